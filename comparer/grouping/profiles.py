"""Read what an article is about, whole and in its opening, and how much two have in common, in words and in time.

In: cleaned articles. Out: a vector per article, the words that two share, and factors for how near they are in time, 1
where nothing is known: dates help and never decide alone. The opening (title, first words) is compared apart: reports
tell the event there and the background later, and it is as long in a teaser as in a long report, so that one threshold
fits both.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from comparer.grouping.tfidf import Array, Indices, Matrix, idf_of, matrix_of, unit_rows
from comparer.language.dates import WEEKDAYS
from comparer.language.words import STOP_WORDS, WORD, normal_form, stem
from comparer.model import Article, BlockKind

WHOLE = 0.7  # how much of the similarity is that of the whole texts; the rest is that of the openings
OPENING = 70  # words after the title that count as opening: a teaser's length, or two to three sentences
NEWS = 130  # words in which a report says on which day of the week its event was
WHOLE_WEEKDAYS = frozenset(name for name in WEEKDAYS if name.endswith("day"))
TITLE_WEIGHT = 2  # times a word of the title counts in the whole
NAME_WEIGHT = 1.5  # what a capitalised word's weight is multiplied with
TRUST = 60.0  # articles at which the batch's own counts weigh as much as the background's


@dataclass(frozen=True)
class Profiles:
    """Hold the weighted words of each article and of its opening, rows of length one, and how each stem is printed.

    `days` number the days of publication; `weekdays` hold a bit for each weekday that the title or the opening names.
    """

    whole: Matrix
    opening: Matrix
    terms: tuple[str, ...]
    surface: tuple[Mapping[str, str], ...]
    days: tuple[float | None, ...]
    weekdays: tuple[int, ...]

    @cached_property
    def vectors(self) -> Matrix:
        """Return one row per article whose products are the weighted mean of both cosines."""
        from scipy.sparse import hstack

        return hstack([self.whole * math.sqrt(WHOLE), self.opening * math.sqrt(1 - WHOLE)]).tocsr()

    def deciding_terms(self, members: Sequence[int], count: int) -> tuple[str, ...]:
        """Return printed words that weigh most in most members together, strongest first."""
        columns, sums, held = summed(self.whole[list(members)])
        weight = np.where(2 * held > len(members), sums / len(members), 0.0)
        known = (k for k in np.flatnonzero(weight > 0).tolist())
        best = nsmallest(count, known, key=lambda k: (-round(float(weight[k]), 9), self.terms[columns[k]]))
        return tuple(self._printed(self.terms[columns[k]], members) for k in best)

    def shared_terms(self, members: Sequence[int], other: int, count: int) -> tuple[str, ...]:
        """Return printed words that the members on average and another article have in common, strongest first."""
        columns, sums, _ = summed(self.whole[list(members)])
        row = self.whole[other]
        at = np.minimum(np.searchsorted(columns, row.indices), len(columns) - 1)
        weight = np.where(columns[at] == row.indices, sums[at], 0.0) * row.data
        order = sorted(range(len(weight)), key=lambda k: (-round(float(weight[k]), 9), self.terms[row.indices[k]]))
        return tuple(self._printed(self.terms[row.indices[k]], (*members, other)) for k in order[:count] if weight[k])

    def _printed(self, term: str, members: Sequence[int]) -> str:
        """Return the form most members print, by position where equal."""
        forms = Counter(self.surface[m][term] for m in members if term in self.surface[m])
        return max(forms, key=lambda form: forms[form], default=term)


def summed(rows: Matrix) -> tuple[Indices, Array, Indices]:
    """Return the columns in which some rows hold something, in order, each with its sum and how many rows hold it."""
    columns, at = np.unique(rows.indices, return_inverse=True)
    sums: Array = np.bincount(at, weights=rows.data).astype(float, copy=False)  # told as integers in the stubs
    return columns, sums, np.bincount(at)


def read_profiles(articles: Sequence[Article]) -> Profiles:
    """Return the profiles of the articles; an article without kept words resembles nothing."""
    read = [_bags(article) for article in articles]
    whole, terms = matrix_of([bag for bag, _, _ in read])
    opening, opening_terms = matrix_of([bag for _, bag, _ in read])
    return Profiles(
        _weigh(whole, terms),
        _weigh(opening, opening_terms),
        terms,
        tuple(surface for _, _, surface in read),
        tuple(_day(a.published) for a in articles),
        tuple(_weekdays(a) for a in articles),
    )


def _weigh(matrix: Matrix, terms: Sequence[str]) -> Matrix:
    from scipy.sparse import diags

    rows = matrix.shape[0]
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    own = np.log((1 + rows) / (1 + seen)) + 0.3
    trust = rows / (rows + TRUST)
    idf = trust * own + (1 - trust) * np.array(idf_of(terms) if terms else [0.0])
    return unit_rows(matrix @ diags(np.maximum(idf, 0.0)))


def _bags(article: Article) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
    """Return the weight of each stem before any idf, in the whole and in the opening, and how it is first printed."""
    whole: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    surface: dict[str, str] = {}
    left = OPENING
    for text, is_title in _texts(article):
        printed = WORD.findall(text)
        keys = [_key(word) for word in printed]
        at = len(keys) if is_title else max(0, left)
        left -= 0 if is_title else len(keys)
        for word, key in zip(printed, keys, strict=True):
            if not key:
                continue
            whole[key] += TITLE_WEIGHT if is_title else 1
            capital[key] += 0 if is_title else 1 if word[0].isupper() else -1
            if key not in surface or (word[0].islower() and not is_title):
                surface[key] = word
        opening.update(keys[:at])
    del opening[""]
    return _damped(whole, capital), _damped(opening, capital), surface


def _texts(article: Article) -> Iterator[tuple[str, bool]]:
    """Yield the kept texts, each with whether it is the title; the title once, first where the page prints none."""
    kept = [(b.span.of(article.text), b.kind is BlockKind.TITLE) for b in article.kept_blocks]
    if article.title and not any(is_title for _, is_title in kept):
        yield article.title, True
    yield from kept


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """Return what a word counts as, empty where it does not count."""
    form = normal_form(word)
    return "" if form in STOP_WORDS or len(form) < 2 else stem(form)


def _damped(counts: Counter[str], capital: Counter[str]) -> dict[str, float]:
    return {k: (1 + math.log(c)) * (NAME_WEIGHT if capital[k] > 0 else 1.0) for k, c in counts.items()}


def _weekdays(article: Article) -> int:
    printed = (word for text, _ in _texts(article) for word in WORD.findall(text))
    named = {normal_form(word).removesuffix("'s") for word in islice(printed, NEWS)}
    return sum(1 << WEEKDAYS[name] for name in named & WHOLE_WEEKDAYS)


def _day(published: str | None) -> float | None:
    try:
        return float(dt.date.fromisoformat((published or "")[:10]).toordinal())
    except ValueError:
        return None


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
