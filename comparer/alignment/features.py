"""Measure how two texts of one event resemble each other, and how a pair stands among the other pairs.

In: the readings of an event's texts and two lists of their indices, or scores of all pairs. Out: an array (left, right,
features). What the features weigh is learned elsewhere (`resources/claim_similarity.json`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from comparer.alignment.claim_texts import ClaimText, EventTexts
from comparer.grouping.vectors import Matrix

Array = NDArray[np.float64]

FAINT = 0.1  # cosine of letter runs under which two texts are not fitted into each other
LARGE = 1000.0  # numbers from which on two texts do not share one by chance
FIRST_YEAR, LAST_YEAR = 1900, 2100
ROUNDED = 0.025  # part of an amount that rounding takes: "nearly $44 million" for 43,885,310
CHANCE = 0.45  # how well two unrelated sentences fit, at the median
PLAIN = (
    "letters", "characters", "words", "background", "concepts", "covering", "rarest", "pairs", "partial",
    "concept_weight", "shared_weight", "predicate_weight", "length_ratio", "shorter",
    "names_apart", "lead_apart", "denied_both", "denied_one", "numbers", "amounts", "amounts_apart", "dates", "quoted",
)  # fmt: skip
Places = NDArray[np.int_]


class Overlap(NamedTuple):
    """Hold the weight each pair shares of a matrix of square roots, and the weight of each text of either side."""

    common: Array
    left: Array
    right: Array


def plain_features(event: EventTexts, left: Sequence[int], right: Sequence[int]) -> Array:
    """Return the features of each pair that need no other pair, in the order of `PLAIN`."""
    a, b = np.array(left, dtype=int), np.array(right, dtype=int)
    ours, theirs = [event.texts[i] for i in a], [event.texts[i] for i in b]
    shared, concepts, runs = (_overlap(matrix, a, b) for matrix in (event.shared, event.concepts, event.pairs))
    characters = products(event.characters, a, b)
    names, name_a, name_b = _overlap(event.names, a, b)
    sizes = (np.array([len(t.stems) for t in side], dtype=float) for side in (ours, theirs))
    leads_a, leads_b = (np.array([next(iter(t.names), "") for t in side]) for side in (ours, theirs))
    no_a, no_b = (np.array([t.denies for t in side], dtype=float) for side in (ours, theirs))
    near, two_amounts = _near([_amounts(t) for t in ours], [_amounts(t) for t in theirs])
    found: dict[str, NDArray[Any]] = {
        "letters": products(event.letters, a, b),
        "characters": characters,
        "words": products(event.stems, a, b),
        "background": products(event.background, a, b),
        "concepts": _ratio(concepts.common, np.sqrt(np.multiply.outer(concepts.left, concepts.right))),
        "covering": _ratio(shared.common, np.maximum.outer(shared.left, shared.right)),
        "rarest": _rarest(event.concepts, a, b),
        "pairs": _ratio(runs.common, np.minimum.outer(runs.left, runs.right)),
        "partial": _partial(event, a, b, characters >= FAINT),
        "concept_weight": np.log1p(concepts.common),
        "shared_weight": np.log1p(shared.common),
        "predicate_weight": np.log1p(products(event.predicates, a, b)),
        "length_ratio": _ratio(
            np.minimum.outer(shared.left, shared.right), np.maximum.outer(shared.left, shared.right)
        ),
        "shorter": np.log1p(np.minimum.outer(*sizes)),
        "names_apart": (np.minimum.outer(name_a, name_b) > 0) & (names <= 0),
        "lead_apart": np.not_equal.outer(leads_a, leads_b) & np.logical_and.outer(leads_a != "", leads_b != ""),
        "denied_both": np.multiply.outer(no_a, no_b),
        "denied_one": np.not_equal.outer(no_a, no_b),
        "numbers": _sets(event.numbers, a, b),
        "amounts": near,
        "amounts_apart": two_amounts & ~near,
        "dates": _sets(event.dates, a, b),
        "quoted": _sets(event.quoted, a, b),
    }
    return np.stack([np.asarray(found[name], dtype=float) for name in PLAIN], axis=-1)


def products(matrix: Matrix, a: Sequence[int] | Places, b: Sequence[int] | Places) -> Array:
    """Return the product of each two rows of a matrix: (left, right)."""
    return np.asarray((matrix[a] @ matrix[b].T).toarray(), dtype=float)


def _overlap(matrix: Matrix, a: Places, b: Places) -> Overlap:
    ours, theirs = matrix[a], matrix[b]
    weights = (np.asarray(side.multiply(side).sum(axis=1), dtype=float).ravel() for side in (ours, theirs))
    return Overlap(np.asarray((ours @ theirs.T).toarray(), dtype=float), *weights)


def _rarest(matrix: Matrix, a: Places, b: Places) -> Array:
    """Return the weight of the rarest term each pair shares, 0 where they share none."""
    found = np.zeros((len(a), len(b)))
    theirs = matrix[b].tocsc()
    ours = matrix[a].tocoo()
    for i, term, root in zip(ours.row.tolist(), ours.col.tolist(), ours.data.tolist(), strict=True):
        holders = theirs.indices[theirs.indptr[term] : theirs.indptr[term + 1]]
        found[i, holders] = np.maximum(found[i, holders], root * root)
    return found


def _amounts(text: ClaimText) -> tuple[float, ...]:
    """Return the numbers that are too large to recur by chance; years recur."""
    values = (float(number) for number in text.numbers)
    return tuple(v for v in values if v >= LARGE and not FIRST_YEAR <= v <= LAST_YEAR)


def _near(
    left: Sequence[tuple[float, ...]], right: Sequence[tuple[float, ...]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell of each pair whether both hold an amount in common, rounded or not, and whether both hold any."""
    found, both = np.zeros((2, len(left), len(right)), dtype=bool)
    full = [j for j, other in enumerate(right) if other]
    for i, mine in enumerate(left):
        for j in full if mine else ():
            both[i, j] = True
            found[i, j] = any(abs(x - y) <= ROUNDED * max(x, y) for x in mine for y in right[j])
    return found, both


def _ratio(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _sets(matrix: Matrix, a: Places, b: Places) -> Array:
    """Return the part of the smaller set that both hold, 0 where either is empty."""
    size = matrix.getnnz(axis=1)
    return _ratio(products(matrix, a, b), np.minimum.outer(size[a], size[b]).astype(float))


ENDLESS = 500  # characters of a text from which on it is no claim, but a piece of a sentence without an end,
BRIEFLY = 100  # of which so many are fitted
FITTED = 400  # characters of a claim that are fitted letter by letter: the time grows with their third power


def _partial(event: EventTexts, a: Places, b: Places, wanted: NDArray[np.bool_]) -> Array:
    """Return how far the shorter text's best fit into the longer, letter by letter, exceeds that of any two texts.

    Only wanted pairs are fitted, and each two forms once: two texts with hardly a letter run in common fit as well as
    any two, and each fit costs some 15 microseconds.
    """
    one, other = np.meshgrid(event.flat[a], event.flat[b], indexing="ij")
    low, high = np.minimum(one, other), np.maximum(one, other)  # a fit is the same both ways
    asked = np.zeros(event.fits.shape, dtype=bool)
    asked[low[wanted], high[wanted]] = True
    forms = {n: event.texts[k].flat for k, n in enumerate(event.flat.tolist())}
    forms = {n: form[: FITTED if len(form) <= ENDLESS else BRIEFLY] for n, form in forms.items()}
    for i, j in np.argwhere(asked & np.isnan(event.fits)).tolist():
        event.fits[i, j] = max(0.0, fuzz.partial_ratio(forms[i], forms[j]) / 100.0 - CHANCE) / (1.0 - CHANCE)
    return np.where(wanted, event.fits[low, high], 0.0)


WEAK = -3.0  # score of the pair that a lone one is compared with
RANKED = ("logit", "rank", "ahead", "behind", "above_mean")
PLACED = ("logit", "same_depth", "along", "across", "beside")


def rank_features(logit: Array) -> Array:
    """Return what the pair's place in its row and column adds to its first score, in the order of `RANKED`.

    `ahead` and `behind` are the better and the worse of its distances to the best other pair of row and column.
    """
    rows, columns = logit.shape
    if not rows or not columns:
        return np.zeros((rows, columns, len(RANKED)))
    in_row, in_column = places(logit), places(logit.T).T
    over_row, over_column = logit - best_other(logit, lone=WEAK), logit - best_other(logit.T, lone=WEAK).T
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
    probability = np.pad(logistic(logit), 1)
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


def logistic(score: Array) -> Array:
    """Return the probability that log odds stand for."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))), dtype=float)


def places(score: Array) -> Array:
    """Return each value's place in its row, 0 for the highest; equal values share the better place."""
    order = np.argsort(-score, axis=1)
    ordered = np.take_along_axis(score, order, axis=1)
    lower = np.pad(ordered[:, 1:] < ordered[:, :-1], ((0, 0), (1, 0)))
    place = np.maximum.accumulate(np.where(lower, np.arange(score.shape[1]), 0), axis=1)
    found = np.empty(score.shape)
    np.put_along_axis(found, order, place, axis=1)
    return found


def best_other(score: Array, *, lone: float) -> Array:
    """Return for each pair the highest score of another pair in its row; `lone` where there is none."""
    if score.shape[1] < 2:
        return np.full_like(score, lone)
    top = np.partition(score, -2, axis=1)[:, -2:]
    return np.where(score >= top[:, 1:], top[:, :1], top[:, 1:])
