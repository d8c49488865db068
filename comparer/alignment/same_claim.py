"""Tell how probable it is that two texts of one event report the same claim.

In: what the words of each pair have in common, what kinds of claims meet, what third articles say, and the log odds of
the reader of pairs where it was asked. Out: probabilities by words alone, which pairs are worth reading, and one
calibrated probability of all. Logistic regressions in a row: the first weighs how two texts resemble each other, the
second how the pair stands among the other pairs of its row and column, since a claim's best partner is told by what the
others offer (the ranks help more than sentence embeddings do), the third where both stand in page order, the last what
readers said of events that they had not seen. Weights and their scores: `resources/claim_similarity.json`,
`resources/same_claim.json` and their cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from comparer.alignment.claim_texts import read_event
from comparer.alignment.features import (
    PLACED,
    PLAIN,
    RANKED,
    Array,
    best_other,
    logistic,
    placed_features,
    places,
    plain_features,
    rank_features,
)
from comparer.resources.loader import load_json

Flags = NDArray[np.bool_]
FIRST_TIE = 9  # decimals to which first scores count: equal texts must share a rank, whatever the order of summing
TIE = 6  # decimals to which what is told later counts in ranks, for the same reason
PARTNERS = 6  # lexical partners of a claim in each other article that are read: they hold 93 % of the true pairs
LEAST_READ = 0.004  # lexical probability from which a pair is read
LEAST = 1e-4  # probability under which word statistics all say the same: no
MUCH = 6.0  # words and names in common from which on more say nothing new
LEAD = 6.0  # log odds by which a pair leads all others, where there are none or where it leads by more
SIGNS = ("headline", "headline_body", "substance")
STANDING = ("first", "ranked", "lexical", "lexical_ranks", "lexical_lead", *SIGNS, "through")
READ = ("reader", "reader_ranks", "reader_lead", "reader_lead_weak", "agreed")
WORDS = (*PLAIN, *STANDING)
FEATURES = (*WORDS, *READ)


def claim_similarity(left: Sequence[str], right: Sequence[str]) -> Array:
    """Return an array (left, right) of probabilities in 0..1 that two texts of one event report the same claim.

    Give all texts of the event at once: rare words and ranks are judged among them. Empty lists give an empty array.

    >>> ours = ["The ferry struck a sandbank off Skerrow on Monday.", "Tickets will be refunded, the operator said."]
    >>> theirs = ["The operator promised to refund tickets.", "A ferry hit a sandbank near Skerrow."]
    >>> claim_similarity(ours, theirs).argmax(axis=1).tolist()
    [1, 0]
    """
    if not left or not right:
        return np.zeros((len(left), len(right)))
    event = read_event([*left, *right])
    plain = plain_features(event, range(len(left)), range(len(left), len(left) + len(right)))
    return lexical_probabilities(first_scores(plain))[0]


def first_scores(plain: Array) -> Array:
    """Return how much each pair resembles each other by its features, in log odds, before other pairs are looked at."""
    return _linear(plain, "plain", PLAIN)


def lexical_probabilities(first: Array) -> tuple[Array, Array]:
    """Return probabilities from first scores of all pairs of two sides, by words alone and by words and place.

    The latter hold where rows and columns are each an article's claims in page order.
    """
    if not first.size:
        return np.zeros(first.shape), np.zeros(first.shape)
    ranked = _linear(rank_features(np.round(first, FIRST_TIE)), "ranked", RANKED)
    return logistic(ranked), logistic(_linear(placed_features(ranked), "placed", PLACED))


def repeat_probabilities(first: Array) -> Array:
    """Return the probability that two texts of one article say the same twice; a text is not compared with itself."""
    found = logistic(first)
    np.fill_diagonal(found, 0.0)
    return np.asarray(np.minimum(found, found.T), dtype=float)


def candidate_pairs(lexical: Array, *, partners: int = PARTNERS, least: float = LEAST_READ) -> NDArray[np.bool_]:
    """Return which pairs of (left, right) are worth reading: each claim's best lexical partners, from either side.

    >>> candidate_pairs(np.array([[0.9, 0.1, 0.0], [0.0, 0.2, 0.1]]), partners=1).astype(int).tolist()
    [[1, 0, 0], [0, 1, 1]]
    """
    if not lexical.size:
        return np.zeros(lexical.shape, dtype=bool)
    near = (_order(lexical) < partners) | (partners > _order(lexical.T).T)
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
    return np.asarray(plain @ np.stack([weights[: len(PLAIN)] for weights, _ in _joining()], axis=-1), dtype=float)


def joined_probabilities(shares: Array, standing: Array, reader: Array) -> Array:
    """Return the probability of each pair, (left, right), that both sides report one claim.

    `shares` come from `plain_shares`, `standing` from `standing_features`; `reader` holds log odds, NaN where a pair
    was not read; such a pair is told by its words alone.
    """
    (words, at), (both, at_both) = _joining()
    lexical = standing[..., STANDING.index("lexical")]
    alone = shares[..., 0] + standing @ words[len(PLAIN) :] + at
    told = np.concatenate([standing, reader_features(reader, lexical)], axis=-1)
    return logistic(np.where(np.isnan(reader), alone, shares[..., 1] + told @ both[len(PLAIN) :] + at_both))


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


def _order(table: Array) -> NDArray[np.int_]:
    """Return each value's place in its row, 0 for the largest, ties in order."""
    order = np.argsort(-np.round(table, TIE), axis=1, kind="stable")
    return np.asarray(np.argsort(order, axis=1, kind="stable"))


def _ranks(table: Array) -> Array:
    """Return how far down its row and its column each value stands, as a sum of logarithms; 0 where it leads both."""
    known = np.where(np.isnan(table), -np.inf, np.round(table, TIE))
    return np.asarray(np.log1p(places(known)) + np.log1p(places(known.T).T), dtype=float)


def _lead(table: Array) -> Array:
    """Return how far each value lies above the best other of its row, at most `LEAD` either way."""
    known = np.where(np.isnan(table), -np.inf, table)
    with np.errstate(invalid="ignore"):
        gap = known - best_other(known, lone=-np.inf)
    return np.asarray(np.clip(np.nan_to_num(gap, nan=0.0, posinf=LEAD, neginf=-LEAD), -LEAD, LEAD), dtype=float)


def _linear(features: Array, stage: str, names: tuple[str, ...]) -> Array:
    weights, constant = _weights("claim_similarity", stage, names)
    return np.asarray(features @ weights + constant, dtype=float)


def _joining() -> tuple[tuple[Array, float], tuple[Array, float]]:
    """Return weights and constant of both last regressions, by words alone and with the reader."""
    return _weights("same_claim", "words", WORDS), _weights("same_claim", "read", FEATURES)


@cache
def _weights(name: str, stage: str, features: tuple[str, ...]) -> tuple[Array, float]:
    """Return a regression's weights on raw features, in their order, and its constant."""
    told = load_json(name)[stage]
    return np.array([told[feature] for feature in features], dtype=float), float(told["constant"])
