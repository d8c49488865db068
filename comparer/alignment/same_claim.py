"""Tell how probable it is that two texts of one event report the same claim, and link an event's claims by it.

Logistic regressions in a row: the first weighs how the two texts resemble each other, the second how the pair stands
among the other pairs of its row and column, since a claim's best partner is told by what the others offer (the ranks
help more than sentence embeddings do). Where texts come in page order, a third weighs where they stand; where three
articles or more are compared, a fourth weighs what the others say of a pair. Weights and their scores:
`resources/claim_similarity.json` and its card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from comparer.alignment.claim_texts import ClaimText, EventTexts, event_texts, read_claim, read_event
from comparer.alignment.features import (
    JOINT,
    PLACED,
    PLAIN,
    RANKED,
    Array,
    placed_features,
    plain_features,
    rank_features,
    through_others,
)
from comparer.language.doc import Doc
from comparer.model import ArticleId, Claim, Passage, Places, Reuse, Span
from comparer.resources.loader import load_json

TIE = 9  # decimals to which first scores count: equal texts must share a rank, whatever the order of summing
THIRD = 3  # articles from which on there is a third to ask


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
    return _linear(plain_features(event, left, right), *_weights()["plain"])


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


def joint_probabilities(probability: Array, owners: Sequence[int]) -> Array:
    """Return the probabilities of all claims of an event, with what third texts say of each pair.

    `owners` names the text of each claim, copies counted as one. Two texts alone, and two claims of one, keep what
    they have.
    """
    own = np.array(owners)
    across = own[:, None] != own[None, :]
    if len(set(owners)) < THIRD:
        return probability
    certain = np.clip(probability, 1e-9, 1 - 1e-9)
    features = np.stack([np.log(certain / (1 - certain)), through_others(probability, owners)], axis=-1)
    return np.where(across, _probability(_linear(features, *_weights()["joint"])), probability)


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
    named = (("plain", PLAIN), ("ranked", RANKED), ("placed", PLACED), ("joint", JOINT))
    return {s: (np.array([data[s][n] for n in names], dtype=float), float(data[s]["constant"])) for s, names in named}


ACCEPTED = 0.2  # least probability of a link; chosen on held-out events
SURE = 0.5  # probability under which a link needs so many words or names that both texts share:
SUBSTANCE = 3
HEADED = 0.5  # least probability of a link of a headline: its few words resemble many
TOLERATED = 0.15  # least probability of a pair inside a row whose other links are accepted
REPEATED = 0.5  # least probability that an article says the same thing twice, for two claims in one cell
COPIED = 0.98  # probability of two claims that one shared passage covers almost whole
TIED = 6  # decimals to which probabilities count in the order of links and claims: the last depend on summing
NEAR = 0.12  # least probability worth showing beside an empty cell


class Part(Enum):
    """Say what part of an article a claim stands in."""

    TITLE = 1
    OPENING = 2
    BODY = 3


@dataclass(frozen=True)
class Links:
    """Hold the probability that two claims (indices) report the same, and the article and part of each."""

    owners: tuple[int, ...]
    parts: tuple[Part, ...]
    probability: Array

    def strongest_first(self) -> list[tuple[int, int]]:
        """Return the accepted pairs across articles, strongest first, ties by position."""
        pairs = np.argwhere((self.probability >= ACCEPTED) & self._across)
        order = np.argsort(-self.probability[tuple(pairs.T)].round(TIED), kind="stable")
        return [(a, b) for a, b in pairs[order].tolist()]

    def grown(self, pair: tuple[int, int]) -> list[int]:
        """Return a row: a pair, and every claim that belongs to all claims in it, best first.

        The mean probability with the row's claims says how well a claim fits. One pair in three may be weaker than a
        link, so that one odd wording does not split a row of many outlets.
        """
        row = list(pair)
        accepted = self.probability[row] >= np.maximum(ACCEPTED, self._least[row])
        total = np.zeros(len(self.owners))
        against = np.where(accepted.any(axis=0), np.float32(0), np.float32(np.inf))
        for size, claim in enumerate(row, start=1):
            total += self._with[claim]
            against += self._against[claim]
            if size == len(row):
                fit = np.rint(total / size * 10**TIED)
                np.putmask(fit, against > size // 3, -1.0)
                best = int(fit.argmax())
                row += [best] if fit[best] >= 0.0 else []
        return row

    @cached_property
    def _same(self) -> NDArray[np.bool_]:
        """Tell of each pair whether both stand in one article."""
        owners = np.array(self.owners)
        return np.asarray(owners[:, None] == owners[None, :])

    @cached_property
    def _across(self) -> NDArray[np.bool_]:
        """Tell of each pair whether its claims stand in two articles, the first of the two first."""
        return np.triu(~self._same, k=1)

    @cached_property
    def _least(self) -> Array:
        """Return the probability from which on each pair may stand in one row on their own."""
        parts = np.array([part.value for part in self.parts])
        headed = parts[:, None] + parts[None, :] == Part.TITLE.value + Part.OPENING.value
        return np.where(self._same, np.where(headed, TOLERATED, REPEATED), ACCEPTED)

    @cached_property
    def _with(self) -> Array:
        """Return the probability of every claim with one of a row, by the latter."""
        return self.probability.T.copy()

    @cached_property
    def _against(self) -> NDArray[np.float32]:
        """Return what speaks against a pair in one row: 1 for a weak link, infinite for what no row tolerates."""
        barred = self._with < np.where(self._same, self._least, TOLERATED)
        np.fill_diagonal(barred, val=True)  # no claim stands in a row twice
        weak = (self._with < self._least) & ~self._same
        return np.where(barred, np.inf, weak).astype(np.float32)

    def weakest(self, group: Sequence[int]) -> float:
        """Return the least probability of two articles in an ordered group, 1.0 where there is none."""
        at = np.ix_(group, group)
        return float(self.probability[at].min(where=self._across[at], initial=1.0))

    def fit(self, group: Sequence[int]) -> Array:
        """Return the mean probability of every claim with those of a group."""
        return np.asarray(self._with[list(group)].mean(axis=0), dtype=float)


def link_claims(claims: Sequence[tuple[int, Claim, Part]], docs: Sequence[Doc], reuse: Reuse) -> Links:
    """Return the links among an event's claims; claims of one article must stand together.

    A headline meets headlines and openings only: it is too short to tell which sentence further down it is about.
    """
    event = event_texts([docs[k].once(_read, claim.passage.span) for k, claim, _ in claims])
    owners, parts = tuple(k for k, _, _ in claims), tuple(part for _, _, part in claims)
    own: dict[int, list[int]] = {}
    for n, k in enumerate(owners):
        own.setdefault(k, []).append(n)
    table = _pairwise(event, list(own.values()), [id(docs[k]) for k in own])
    text = {k: n for n, copies in enumerate(reuse.origins) for k in copies}
    table = joint_probabilities(table, [text[k] for k in owners])
    _add_copies(table, [claim for _, claim, _ in claims], reuse)
    title = np.array([part is Part.TITLE for part in parts], dtype=bool)
    body = np.array([part is Part.BODY for part in parts], dtype=bool)
    table[np.logical_or(title[:, None] & body[None, :], body[:, None] & title[None, :])] = 0.0
    headed = title[:, None] | title[None, :]
    _doubt(table, event, owners, headed)
    return Links(owners, parts, table)


def _read(doc: Doc, span: Span) -> ClaimText:
    return read_claim(doc.cut, span, doc.names_at.inside(span))


def _pairwise(event: EventTexts, own: Sequence[Sequence[int]], docs: Sequence[int]) -> Array:
    """Return the probabilities of all pairs of claims, given by article, which are numbered one article after another.

    `docs` tells which articles hold one text: copies of it are measured once.
    """
    ends = list(accumulate(map(len, own), initial=0))
    at = [slice(*place) for place in pairwise(ends)]
    table = np.zeros((ends[-1], ends[-1]))
    first: dict[tuple[int, int], Array] = {}
    found: dict[tuple[int, int], Array] = {}
    for n, left in enumerate(own):
        rest = {docs[m]: own[m] for m in range(len(own) - 1, n - 1, -1) if (docs[n], docs[m]) not in first}
        scores = first_scores(event, left, [k for claims in rest.values() for k in claims])
        places = pairwise(accumulate(map(len, rest.values()), initial=0))
        first |= {(docs[n], other): scores[:, slice(*place)] for other, place in zip(rest, places, strict=True)}
        table[at[n], at[n]] = repeat_probabilities(first[docs[n], docs[n]])
        for m in range(n + 1, len(own)):
            pair = (docs[n], docs[m])
            if pair not in found:
                found[pair] = ranked_probabilities(first[pair], placed=True)
            table[at[n], at[m]], table[at[m], at[n]] = found[pair], found[pair].T
    return table


def _doubt(table: NDArray[np.float64], event: EventTexts, owners: Sequence[int], headed: NDArray[np.bool_]) -> None:
    """Lower what is too little for a link to what a row may tolerate: headlines' faint likeness, and hardly a word."""
    article, present = np.array(owners), event.concepts.sign()
    near = (table > TOLERATED) & (table < max(HEADED, SURE)) & (article[:, None] != article[None, :])
    one, other = np.nonzero(near)
    probability = table[one, other]
    thin = np.asarray(present[one].multiply(present[other]).sum(axis=1)).ravel() < SUBSTANCE
    doubtful = (headed[one, other] & (probability < HEADED)) | (thin & (probability < SURE))
    table[one[doubtful], other[doubtful]] = TOLERATED


def _add_copies(table: NDArray[np.float64], claims: Sequence[Claim], reuse: Reuse) -> None:
    """Raise the probability of claims that a shared passage covers almost whole on both sides."""
    own: dict[ArticleId, list[int]] = {}
    for n, claim in enumerate(claims):
        own.setdefault(claim.passage.article, []).append(n)
    at = {name: Places(places, where=lambda n: claims[n].passage.span) for name, places in own.items()}
    covered: dict[Passage, list[int]] = {}
    for half in {half for passage in reuse.passages for half in (passage.left, passage.right)}:
        near = at[half.article].touching(half.span) if half.article in at else []
        covered[half] = [n for n in near if _mostly(claims[n], half.span.start, half.span.end)]
    for passage in reuse.passages:
        left, right = covered[passage.left], covered[passage.right]
        if len(left) == len(right) == 1:
            a, b = left[0], right[0]
            table[a, b] = table[b, a] = max(table[a, b], COPIED)


def _mostly(claim: Claim, start: int, end: int) -> bool:
    span = claim.passage.span
    return min(span.end, end) - max(span.start, start) >= 0.8 * max(1, len(span))
