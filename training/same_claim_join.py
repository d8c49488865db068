"""Join what word statistics and the reader of pairs say of two articles' sentences: features of one regression.

In: the lexical probability of each pair and the reader's log odds of the pairs it was asked about. Out: features
per pair. Refuses to look at texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEAST = 1e-4  # probability under which word statistics all say the same: no
TIE = 6  # decimals to which values count in ranks: equal texts must share a rank
LEXICAL = ("lexical", "lexical_row", "lexical_column", "lexical_lead")
READ = ("reader", "reader_rows", "reader_lead", "reader_lead_weak", "agreed")
FEATURES = LEXICAL + READ


def joined_features(lexical: Array, reader: Array) -> Array:
    """Return the features of each pair, (left, right, features), in the order of `FEATURES`; 0 where not read."""
    clipped = np.clip(lexical, LEAST, 1 - LEAST)
    odds = np.log(clipped / (1 - clipped))
    asked = ~np.isnan(reader)
    said = np.where(asked, reader, np.nan)
    row, column = _lead(said), _lead(said.T).T
    ranks = np.log1p(_above(said)) + np.log1p(_above(said.T).T)
    by_word = [odds, np.log1p(_above(odds)), np.log1p(_above(odds.T).T), np.minimum(_lead(odds), _lead(odds.T).T)]
    by_reader = [said, ranks, np.minimum(row, column), np.maximum(row, column), said * odds / 10]
    return np.stack([*by_word, *(np.where(asked, value, 0.0) for value in by_reader)], axis=-1)


def _above(table: Array) -> Array:
    """Return how many values of its row exceed each value; NaN exceeds nothing."""
    rounded = np.where(np.isnan(table), -np.inf, np.round(table, TIE))
    return np.array([[np.sum(row > value) for value in row] for row in rounded], dtype=float).reshape(table.shape)


def _lead(table: Array) -> Array:
    """Return how far each value lies above the best other of its row, at most 6 either way; 6 where it is alone."""
    known = np.where(np.isnan(table), -np.inf, table)
    if not known.size:
        return known
    best = known.max(axis=1, keepdims=True)
    ordered = np.sort(known, axis=1)
    second = ordered[:, -2:-1] if known.shape[1] > 1 else np.full_like(best, -np.inf)
    first = (known == best) & (second < best)
    with np.errstate(invalid="ignore"):
        gap = known - np.where(first, second, best)
    return np.asarray(np.clip(np.nan_to_num(gap, nan=0.0, posinf=6.0, neginf=-6.0), -6.0, 6.0), dtype=float)
