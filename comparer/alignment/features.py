"""Measure how two texts of one event resemble each other: a vector of features per pair.

In: the readings of an event's texts and two lists of their indices. Out: an array (left, right, features). What the
features weigh is learned elsewhere (`resources/claim_similarity.json`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from comparer.alignment.texts import EventTexts, Matrix

Array = NDArray[np.float64]

PLAIN = (
    "characters", "words", "background", "concepts", "inside", "covering", "concept_inside", "pairs", "token_set",
    "partial", "names", "names_apart", "numbers", "numbers_apart", "dates", "dates_apart", "quoted", "shared_weight",
    "length_ratio", "shorter",
)  # fmt: skip
RANKED = ("logit", "row_rank", "column_rank", "behind_row", "behind_column", "above_mean")


def plain_features(event: EventTexts, left: Sequence[int], right: Sequence[int]) -> Array:
    """Return the features of each pair that need no other pair, in the order of `PLAIN`."""
    a, b = np.array(left, dtype=int), np.array(right, dtype=int)
    shared, weight_a, weight_b = _overlap(event.shared, a, b)
    concepts, concept_a, concept_b = _overlap(event.concepts, a, b)
    runs, run_a, run_b = _overlap(event.pairs, a, b)
    names, name_a, name_b = _overlap(event.names, a, b)
    texts_a, texts_b = [event.texts[i] for i in a], [event.texts[i] for i in b]
    size_a, size_b = (np.array([len(t.stems) for t in ts], dtype=float) for ts in (texts_a, texts_b))
    numbers = _sets([t.numbers for t in texts_a], [t.numbers for t in texts_b])
    dates = _sets([t.dates for t in texts_a], [t.dates for t in texts_b])
    quoted, _ = _sets([t.quoted for t in texts_a], [t.quoted for t in texts_b])
    small, large = np.minimum.outer(weight_a, weight_b), np.maximum.outer(weight_a, weight_b)
    some_names = np.minimum.outer(name_a, name_b) > 0
    columns = [
        _cosine(event.characters, a, b),
        _cosine(event.stems, a, b),
        _cosine(event.background, a, b),
        _ratio(concepts, np.sqrt(np.multiply.outer(concept_a, concept_b))),
        _ratio(shared, small),
        _ratio(shared, large),
        _ratio(concepts, np.minimum.outer(concept_a, concept_b)),
        _ratio(runs, np.minimum.outer(run_a, run_b)),
        _fuzzy(fuzz.token_set_ratio, [" ".join(t.stems) for t in texts_a], [" ".join(t.stems) for t in texts_b]),
        _fuzzy(fuzz.partial_ratio, [t.flat for t in texts_a], [t.flat for t in texts_b]),
        _ratio(names, np.minimum.outer(name_a, name_b)),
        (some_names & (names <= 0)).astype(float),
        *numbers,
        *dates,
        quoted,
        np.log1p(shared),
        _ratio(small, large),
        np.log1p(np.minimum.outer(size_a, size_b)),
    ]
    return np.stack(columns, axis=-1)


def rank_features(logit: Array) -> Array:
    """Return what the pair's place in its row and column adds to its first score, in the order of `RANKED`."""
    rows, columns = logit.shape
    if not rows or not columns:
        return np.zeros((rows, columns, len(RANKED)))
    in_row, in_column = _places(logit), _places(logit.T).T
    best_row = _best_other(logit)
    best_column = _best_other(logit.T).T
    return np.stack(
        [
            logit,
            1 / (1 + in_row),
            1 / (1 + in_column),
            np.clip(logit - best_row, -4, 4),
            np.clip(logit - best_column, -4, 4),
            np.clip(logit - (logit.mean(axis=0, keepdims=True) + logit.mean(axis=1, keepdims=True)) / 2, -6, 6),
        ],
        axis=-1,
    )


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


def _cosine(matrix: Matrix, a: NDArray[np.int_], b: NDArray[np.int_]) -> Array:
    return np.asarray((matrix[a] @ matrix[b].T).toarray(), dtype=float)


def _overlap(matrix: Matrix, a: NDArray[np.int_], b: NDArray[np.int_]) -> tuple[Array, Array, Array]:
    """Return the weight each pair shares and the weight of each text: the matrix holds square roots of weights."""
    whole = np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=float).ravel()
    return _cosine(matrix, a, b), whole[a], whole[b]


def _ratio(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _sets(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> tuple[Array, Array]:
    """Return the share of the smaller set that both hold, and where both hold some but none in common."""
    share = np.zeros((len(left), len(right)))
    apart = np.zeros_like(share)
    for i, mine in enumerate(left):
        if mine:
            for j, other in enumerate(right):
                if other:
                    share[i, j] = len(mine & other) / min(len(mine), len(other))
                    apart[i, j] = float(share[i, j] == 0)
    return share, apart


def _fuzzy(scorer: object, left: Sequence[str], right: Sequence[str]) -> Array:
    if not left or not right:
        return np.zeros((len(left), len(right)))
    return np.asarray(process.cdist(left, right, scorer=scorer, dtype=np.float32), dtype=float) / 100.0  # type: ignore[call-overload]
