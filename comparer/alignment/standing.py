"""Measure how a pair of claims stands among the other pairs of its event.

In: scores of pairs. Out: an array of features per pair: its rank in its row and column, its place in the order of
telling, and what third articles say of it. What the features weigh is learned elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comparer.alignment.features import Array

RANKED = ("logit", "rank", "ahead", "behind", "above_mean")
PLACED = ("logit", "same_depth", "along", "across", "beside")
JOINT = ("logit", "through")


def rank_features(logit: Array) -> Array:
    """Return what the pair's place in its row and column adds to its first score, in the order of `RANKED`.

    `ahead` and `behind` are the better and the worse of its distances to the best other pair of row and column.
    """
    rows, columns = logit.shape
    if not rows or not columns:
        return np.zeros((rows, columns, len(RANKED)))
    in_row, in_column = _places(logit), _places(logit.T).T
    over_row, over_column = logit - _best_other(logit), logit - _best_other(logit.T).T
    means = (logit.mean(axis=0, keepdims=True) + logit.mean(axis=1, keepdims=True)) / 2
    return np.stack(
        [
            logit,
            1 / (1 + in_row) + 1 / (1 + in_column),
            np.clip(np.maximum(over_row, over_column), -4, 4),
            np.clip(np.minimum(over_row, over_column), -4, 4),
            np.clip(logit - means, -6, 6),
        ],
        axis=-1,
    )


def placed_features(logit: Array) -> Array:
    """Return what reading order adds, in the order of `PLACED`; rows and columns must be claims in page order.

    Reports tell an event in much the same order, and a claim whose neighbours meet probably meets too: `along` is the
    better of the pairs before and after, `across` the same in crossed order, `beside` where one side stays.
    """
    rows, columns = logit.shape
    probability = np.pad(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))), 1)
    up, down, before, after = slice(0, rows), slice(2, rows + 2), slice(0, columns), slice(2, columns + 2)
    here_row, here_column = slice(1, rows + 1), slice(1, columns + 1)
    depth_a, depth_b = np.arange(rows) / max(1, rows - 1), np.arange(columns) / max(1, columns - 1)
    own = np.maximum(probability[up, here_column], probability[down, here_column])
    other = np.maximum(probability[here_row, before], probability[here_row, after])
    return np.stack(
        [
            logit,
            1.0 - np.abs(depth_a[:, None] - depth_b[None, :]),
            np.maximum(probability[up, before], probability[down, after]),
            np.maximum(probability[up, after], probability[down, before]),
            np.maximum(own, other),
        ],
        axis=-1,
    )


def through_others(probability: Array, owners: Sequence[int]) -> Array:
    """Return for each pair of claims how well a claim of a third text joins them, 0 where there is no third.

    `probability` is symmetric, `owners` the text each claim stands in; copies of one text are one owner, since a copy
    knows no more than its original. Each claim asks its best partner in each third text; the two probabilities are
    multiplied. What a third outlet prints in words between two others' joins them.
    """
    own = np.array(owners)
    across = np.where(own[:, None] != own[None, :], probability, 0.0)
    best = np.zeros(probability.shape)
    for third in dict.fromkeys(owners):
        columns = np.flatnonzero(own == third)
        partner = columns[across[:, columns].argmax(axis=1)]
        found = across[np.arange(len(own)), partner][:, None] * across[partner]
        found[own == third] = 0.0
        best = np.maximum(best, found)
    return np.asarray(np.where(own[:, None] != own[None, :], np.maximum(best, best.T), 0.0), dtype=float)


def _places(score: Array) -> Array:
    """Return each value's place in its row, 0 for the highest; equal values share the better place."""
    ordered = np.sort(-score, axis=1)
    return np.stack([np.searchsorted(o, -s) for o, s in zip(ordered, score, strict=True)]).astype(float)


def _best_other(score: Array) -> Array:
    """Return for each pair the highest score of another pair in its row; a lone pair is compared with a weak one."""
    if score.shape[1] < 2:
        return np.full_like(score, -3.0)
    top = np.partition(score, -2, axis=1)[:, -2:]
    return np.where(score >= top[:, 1:], top[:, :1], top[:, 1:])
