"""Tell from words how probable it is that two texts of one event report the same claim.

Logistic regressions in a row: the first weighs how the two texts resemble each other, the second how the pair stands
among the other pairs of its row and column, since a claim's best partner is told by what the others offer (the ranks
help more than sentence embeddings do). Where texts come in page order, a third weighs where they stand. Weights and
their scores: `resources/claim_similarity.json` and its card.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from comparer.alignment.claim_texts import EventTexts, read_event
from comparer.alignment.features import (
    PLACED,
    PLAIN,
    RANKED,
    Array,
    placed_features,
    plain_features,
    rank_features,
)
from comparer.resources.loader import load_json

TIE = 9  # decimals to which first scores count: equal texts must share a rank, whatever the order of summing


def claim_similarity(left: Sequence[str], right: Sequence[str]) -> Array:
    """Return an array (left, right) of probabilities in 0..1 that two texts of one event report the same claim.

    Give all texts of the event at once: rare words and ranks are judged among them. Empty lists give an empty array.

    >>> ours = ["The ferry struck a sandbank off Skerrow on Monday.", "Tickets will be refunded, the operator said."]
    >>> theirs = ["The operator promised to refund tickets.", "A ferry hit a sandbank near Skerrow."]
    >>> claim_similarity(ours, theirs).argmax(axis=1).tolist()
    [1, 0]
    """
    event = read_event([*left, *right])
    return pair_probabilities(event, range(len(left)), range(len(left), len(left) + len(right)))


def pair_probabilities(event: EventTexts, left: Sequence[int], right: Sequence[int]) -> Array:
    """Return the probability of each pair of texts, given by index; rows and columns are ranked among these pairs."""
    return ranked_probabilities(first_scores(event, left, right))


def first_scores(event: EventTexts, left: Sequence[int], right: Sequence[int]) -> Array:
    """Return how much each pair of texts resembles each other, in log odds, before other pairs are looked at."""
    if not len(left) or not len(right):
        return np.zeros((len(left), len(right)))
    return first_scores_of(plain_features(event, left, right))


def first_scores_of(plain: Array) -> Array:
    """Return the first scores of pairs whose features are known."""
    return _linear(plain, *_weights()["plain"])


def ranked_probabilities(first: Array, *, placed: bool = False) -> Array:
    """Return probabilities from first scores of all pairs of two sides.

    With `placed`, rows and columns are each an article's claims in page order, and reading order counts too.
    """
    if not first.size:
        return np.zeros(first.shape)
    score = _linear(rank_features(np.round(first, TIE)), *_weights()["ranked"])
    if placed:
        score = _linear(placed_features(score), *_weights()["placed"])
    return _probability(score)


def repeat_probabilities(first: Array) -> Array:
    """Return the probability that two texts of one article say the same twice; a text is not compared with itself."""
    found = _probability(np.array(first))
    np.fill_diagonal(found, 0.0)
    return np.asarray(np.minimum(found, found.T), dtype=float)


def _probability(score: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))), dtype=float)


def _linear(features: Array, weights: Array, constant: float) -> Array:
    return np.asarray(features @ weights + constant, dtype=float)


@cache
def _weights() -> dict[str, tuple[Array, float]]:
    """Return weights on raw features and a constant per stage, in the order in which features are computed."""
    data = load_json("claim_similarity")
    named = (("plain", PLAIN), ("ranked", RANKED), ("placed", PLACED))
    return {s: (np.array([data[s][n] for n in names], dtype=float), float(data[s]["constant"])) for s, names in named}
