"""Weigh how near two articles are in time: by their days of publication, and by the weekdays they name.

In: what each article prints or bears. Out: factors for their similarities, 1 where nothing is known. Dates help and
never decide alone: the longest distance leaves a part, and the same day cannot make two topics one event.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comparer.grouping.candidates import Array, Indices
from comparer.grouping.tfidf import Matrix

SAME_DAY = 1.5  # what one day of publication multiplies a similarity with
HALF_LIFE = 7.0  # days over which that factor halves: features come out some days after the news
LEAST_LEFT = 0.15  # what distance in time leaves of a similarity at least
SAME_WEEKDAY = 1.15  # what a weekday that both openings name multiplies a similarity with
OTHER_WEEKDAY = 0.8  # the same where both name weekdays and share none
FAR = 100.0  # days from which on the company an undated article keeps speaks against a dated one
CLOSE = 0.2  # cosine from which on a dated article is company
NEUTRAL = 0.2  # cosine that company must outweigh before it speaks
MOST = SAME_DAY * SAME_WEEKDAY


def day_factor(days: Array, left: Indices, right: Indices) -> Array:
    """Return the factor of each pair by its days (numbers, NaN where unknown)."""
    apart = np.abs(days[left] - days[right])
    factor = np.maximum(LEAST_LEFT, SAME_DAY * 0.5 ** (np.nan_to_num(apart) / HALF_LIFE))
    return np.where(np.isnan(apart), 1.0, factor)


def company_factor(days: Array, cosine: Matrix, left: Indices, right: Indices) -> Array:
    """Return the factor of each pair of which one has no day: it is judged by the days of the articles most like it.

    A page without a date that resembles three reports of this week is no report of another year's. No day is
    given to the page. Pairs of two days, or of none, get 1.
    """
    factor = np.ones(len(left))
    undated = np.isnan(days)
    mixed = np.flatnonzero(undated[left] ^ undated[right])
    ours = np.where(undated[left[mixed]], left[mixed], right[mixed])
    others = np.where(undated[left[mixed]], right[mixed], left[mixed])
    order = np.argsort(ours, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(ours[order])) + 1) if len(order) else ():
        row = cosine[ours[group[0]]]
        good = (row.data >= CLOSE) & ~undated[row.indices]
        company, weight, asked = row.indices[good], row.data[good], others[group]
        far = np.abs(days[company][:, None] - days[asked][None, :]) > FAR
        weights = np.where(company[:, None] == asked[None, :], 0.0, weight[:, None])
        lost = (1.0 - LEAST_LEFT) * (weights * far).sum(axis=0)
        factor[mixed[group]] = 1.0 - lost / (NEUTRAL + weights.sum(axis=0))
    return factor


def weekday_factor(weekdays: Sequence[int], left: Indices, right: Indices) -> Array:
    """Return the factor of each pair by the weekdays named, a bit for each (0 where none is)."""
    bits: NDArray[np.int_] = np.array(weekdays, dtype=int)
    mine, other = bits[left], bits[right]
    factor = np.where(mine & other, SAME_WEEKDAY, OTHER_WEEKDAY)
    return np.where((mine == 0) | (other == 0), 1.0, factor)
