"""Join what words, places, third articles and the reader of pairs say of two claims into one calibrated probability.

In: per pair the features of its words, their scores alone and among others, what kinds of claims meet, what third
articles say, and the reader's log odds where it was asked. Out: which pairs to ask about, and a probability per pair,
by a logistic regression. Weights: `resources/same_claim.json`, learned from what readers said of events that they had
not seen. Refuses to look at texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from comparer.alignment.features import PLAIN, Array
from comparer.resources.loader import load_json

Flags = NDArray[np.bool_]
PARTNERS = 6  # lexical partners of a claim in each other article that are read: they hold 93 % of the true pairs
LEAST_READ = 0.004  # lexical probability from which a pair is read
LEAST = 1e-4  # probability under which word statistics all say the same: no
TIE = 6  # decimals to which values count in ranks: equal texts must share a rank
MUCH = 6.0  # words and names in common from which on more say nothing new
SIGNS = ("headline", "headline_body", "substance")
STANDING = ("first", "ranked", "lexical", "lexical_ranks", "lexical_lead", *SIGNS, "through")
READ = ("reader", "reader_ranks", "reader_lead", "reader_lead_weak", "agreed")
WORDS = (*PLAIN, *STANDING)
FEATURES = (*WORDS, *READ)


def candidate_pairs(lexical: Array, *, partners: int = PARTNERS, least: float = LEAST_READ) -> NDArray[np.bool_]:
    """Return which pairs of (left, right) are worth reading: each claim's best lexical partners, from either side.

    >>> candidate_pairs(np.array([[0.9, 0.1, 0.0], [0.0, 0.2, 0.1]]), partners=1).astype(int).tolist()
    [[1, 0, 0], [0, 1, 1]]
    """
    if not lexical.size:
        return np.zeros(lexical.shape, dtype=bool)
    near = (_places(lexical) < partners) | (partners > _places(lexical.T).T)
    return np.asarray(near & (lexical > least))


def signs_of(titles: Sequence[Flags], bodies: Sequence[Flags], common: Array) -> Array:
    """Return what kinds of claims meet in each pair, (left, right, signs), in the order of `SIGNS`.

    `titles` and `bodies` tell of both sides which claims are headlines, and which stand below an article's opening;
    `common` counts the words and names that a pair shares.
    """
    either = titles[0][:, None] | titles[1][None, :]
    crossed = (titles[0][:, None] & bodies[1][None, :]) | (bodies[0][:, None] & titles[1][None, :])
    return np.stack([either.astype(float), crossed.astype(float), np.minimum(common, MUCH)], axis=-1)


def plain_shares(plain: Array) -> Array:
    """Return what the features of a pair's words, (left, right, `PLAIN`), add to both regressions: (left, right, 2)."""
    return np.asarray(plain @ np.stack([weights[: len(PLAIN)] for weights, _ in _weights()], axis=-1), dtype=float)


def joined_probabilities(shares: Array, standing: Array, reader: Array) -> Array:
    """Return the probability of each pair, (left, right), that both sides report one claim.

    `shares` come from `plain_shares`, `standing` from `standing_features`; `reader` holds log odds, NaN where a pair
    was not read; such a pair is told by its words alone.
    """
    (words, at), (both, at_both) = _weights()
    lexical = standing[..., STANDING.index("lexical")]
    alone = shares[..., 0] + standing @ words[len(PLAIN) :] + at
    told = np.concatenate([standing, reader_features(reader, lexical)], axis=-1)
    score = np.where(np.isnan(reader), alone, shares[..., 1] + told @ both[len(PLAIN) :] + at_both)
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))), dtype=float)


def standing_features(first: Array, ranked: Array, placed: Array, signs: Array, through: Array) -> Array:
    """Return where each pair stands among others, (left, right, `STANDING`).

    `first` are log odds, `ranked` and `placed` probabilities by words, by words and place; `through` says how well a
    third article joins the pair.
    """
    odds = _odds(placed)
    lead = np.minimum(_lead(odds), _lead(odds.T).T)
    tables = np.stack([first, _odds(ranked), odds, _ranks(odds), lead], axis=-1)
    return np.concatenate([tables, signs, through[..., None]], axis=-1)


def reader_features(reader: Array, lexical: Array) -> Array:
    """Return what the reader says of each pair and of others, (left, right, `READ`); 0 where it was not asked."""
    row, column = _lead(reader), _lead(reader.T).T
    told = [reader, _ranks(reader), np.minimum(row, column), np.maximum(row, column), reader * lexical / 10]
    return np.where(np.isnan(reader)[..., None], 0.0, np.stack(told, axis=-1))


def _odds(probability: Array) -> Array:
    clipped = np.clip(probability, LEAST, 1 - LEAST)
    return np.asarray(np.log(clipped / (1 - clipped)), dtype=float)


def _places(table: Array) -> NDArray[np.int_]:
    """Return each value's place in its row, 0 for the largest, ties in order."""
    order = np.argsort(-np.round(table, TIE), axis=1, kind="stable")
    return np.asarray(np.argsort(order, axis=1, kind="stable"))


def _ranks(table: Array) -> Array:
    """Return how far down its row and its column each value stands, as a sum of logarithms; 0 where it leads both."""
    return np.asarray(np.log1p(_above(table)) + np.log1p(_above(table.T).T), dtype=float)


def _above(table: Array) -> Array:
    """Return how many values of its row exceed each value; NaN exceeds nothing."""
    rounded = -np.where(np.isnan(table), -np.inf, np.round(table, TIE))
    ordered = np.sort(rounded, axis=1)
    found = [np.searchsorted(own, values) for own, values in zip(ordered, rounded, strict=True)]
    return np.array(found, dtype=float).reshape(table.shape)


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


@cache
def _weights() -> tuple[tuple[Array, float], tuple[Array, float]]:
    """Return weights and constant of both regressions, by words alone and with the reader, in the order of features."""
    data = load_json("same_claim")
    words, read = (
        (np.array([data[s][n] for n in names], dtype=float), float(data[s]["constant"]))
        for s, names in (("words", WORDS), ("read", FEATURES))
    )
    return words, read
