"""Link the claims of an event's articles: which pairs may stand in one row, and how probable it is.

In: the claims of all articles, their readings and shared passages. Out: `Links`, a probability per pair of claims, from
which rows grow. Words are measured for every pair; unless the caller is in a hurry, the reader of pairs reads the
claims that come near each other (`encoder`, `same_claim`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.alignment.claim_texts import ClaimText, EventTexts, event_texts, read_claim
from comparer.alignment.features import Array, plain_features, products, through_others
from comparer.alignment.same_claim import (
    candidate_pairs,
    first_scores,
    joined_probabilities,
    lexical_probabilities,
    plain_shares,
    repeat_probabilities,
    signs_of,
    standing_features,
)
from comparer.encoder import read_pairs
from comparer.grouping.vectors import Matrix
from comparer.language.doc import Doc
from comparer.model import ArticleId, Claim, Passage, Places, Reuse, Span

ACCEPTED = 0.4  # least probability of a link: on annotated events three rows' pairs in four held
TOLERATED = 0.24  # least probability of a pair inside a row whose other links are accepted
REPEATED = 0.5  # least probability that an article says the same thing twice, for two claims in one cell
COPIED = 0.98  # probability of two claims that one shared passage covers almost whole
MOSTLY = 0.8  # part of a claim that such a passage covers at least
TIED = 6  # decimals to which probabilities count in the order of links and claims: the last depend on summing
PORTION = 200_000  # pairs whose features are held at a time: 50 MB
MOST_READ = 3000  # pairs of an event that are read, the likeliest by their words: twenty seconds


class Part(IntEnum):
    """Say what part of an article a claim stands in."""

    TITLE = 1
    OPENING = 2
    BODY = 3


@dataclass(frozen=True)
class Links:
    """Hold the probability that two claims (indices) report the same, and the article, sentence and part of each.

    `probability` is symmetric; `sentences` number the sentences of all articles: the clauses of one have one number.
    """

    owners: tuple[int, ...]
    sentences: tuple[int, ...]
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
            total += self.probability[claim]
            against += self._against[claim]
            if size == len(row):
                fit = np.rint(total / size * 10**TIED)
                np.putmask(fit, against > size // 3, -1.0)
                best = int(fit.argmax())
                row += [best] if fit[best] >= 0.0 else []
        return row

    def joined(self, group: Collection[int]) -> bool:
        """Tell whether each two claims of a group that stand in two articles are linked."""
        at = np.ix_(sorted(group), sorted(group))
        return bool((self.probability[at] >= ACCEPTED)[self._across[at]].all())

    @cached_property
    def _same(self) -> NDArray[np.bool_]:
        """Tell of each pair whether both stand in one article."""
        owners = np.array(self.owners)
        return np.asarray(np.equal.outer(owners, owners))

    @cached_property
    def _across(self) -> NDArray[np.bool_]:
        """Tell of each pair whether its claims stand in two articles, the first of the two first."""
        return np.triu(~self._same, k=1)

    @cached_property
    def _least(self) -> Array:
        """Return the probability from which on each pair may stand in one row on their own."""
        parts = np.array(self.parts)
        headed = np.add.outer(parts, parts) == Part.TITLE + Part.OPENING
        return np.where(self._same, np.where(headed, TOLERATED, REPEATED), ACCEPTED)

    @cached_property
    def _against(self) -> NDArray[np.float32]:
        """Return what speaks against a pair in one row: 1 for a weak link, infinite for what no row tolerates."""
        barred = self.probability < np.where(self._same, self._least, TOLERATED)
        np.fill_diagonal(barred, val=True)  # no claim stands in a row twice
        weak = (self.probability < self._least) & ~self._same
        return np.where(barred, np.inf, weak).astype(np.float32)

    def confidence(self, group: Sequence[int]) -> float:
        """Return the mean probability of two articles in an ordered group, 1.0 where there is none."""
        at = np.ix_(group, group)
        pairs = self.probability[at][self._across[at]]
        return float(pairs.mean()) if pairs.size else 1.0

    def nearness(self, group: Sequence[int]) -> Array:
        """Return how near every claim comes to a whole group, as a mean over its claims.

        A claim counts with the clauses of its own sentence, the nearest of them: probabilities are learned on
        sentences, and of half a sentence nothing can be said to be missing where the other half is told.
        """
        return np.asarray(np.mean([self._reach[self.sentences[k]] for k in group], axis=0), dtype=float)

    @cached_property
    def _reach(self) -> dict[int, Array]:
        """Return by sentence the probability of every claim with the nearest of its clauses."""
        clauses: dict[int, list[int]] = {}
        for n, sentence in enumerate(self.sentences):
            clauses.setdefault(sentence, []).append(n)
        return {sentence: self.probability[own].max(axis=0) for sentence, own in clauses.items()}


class Meeting(NamedTuple):
    """Hold the claims (indices) of two texts and what their words say of each pair.

    `first` are log odds, `ranked` and `placed` probabilities, `shares` what the words add to the last regressions;
    `places` hold the claims of each two articles that print these texts, the first two among them.
    """

    left: Sequence[int]
    right: Sequence[int]
    first: Array
    ranked: Array
    placed: Array
    shares: Array
    places: list[tuple[Sequence[int], Sequence[int]]]


def link_claims(
    claims: Sequence[tuple[int, Claim, Part]], docs: Sequence[Doc], reuse: Reuse, *, fast: bool = False
) -> Links:
    """Return the links among an event's claims; claims of one article must stand together.

    `fast` measures words alone and reads no pair. Copies of a text are measured and read once.
    """
    event = event_texts([docs[k].once(_claim_text, claim.passage.span) for k, claim, _ in claims])
    owners, parts = tuple(k for k, _, _ in claims), [part for _, _, part in claims]
    own: dict[int, list[int]] = {}
    for n, k in enumerate(owners):
        own.setdefault(k, []).append(n)
    table = np.zeros((len(owners), len(owners)))
    meetings = _meetings(event, list(own.values()), [id(docs[k]) for k in own], table)
    texts = [] if fast else [claim.passage.span.of(docs[k].text) for k, claim, _ in claims]
    logits = _read(meetings, texts)
    _spread(table, meetings, [meeting.placed for meeting in meetings])
    origin = {k: n for n, copies in enumerate(reuse.origins) for k in copies}
    through = through_others(table, [origin[k] for k in owners])
    present, found = event.concepts.sign(), []
    for meeting, told in zip(meetings, logits, strict=True):
        third = through[np.ix_(meeting.left, meeting.right)]
        signs = _signs(meeting, present, parts)
        standing = standing_features(meeting.first, meeting.ranked, meeting.placed, signs, third)
        found.append(joined_probabilities(meeting.shares, standing, told))
    _spread(table, meetings, found)
    _add_copies(table, [claim for _, claim, _ in claims], reuse)
    numbers: dict[tuple[int, int], int] = {}
    sentences = tuple(numbers.setdefault((k, claim.sentence), len(numbers)) for k, claim, _ in claims)
    return Links(owners, sentences, tuple(parts), table)


def _claim_text(doc: Doc, span: Span) -> ClaimText:
    return read_claim(doc.cut, span, doc.names_at.inside(span))


def _spread(table: Array, meetings: Sequence[Meeting], found: Sequence[Array]) -> None:
    """Write what is known of two texts wherever their copies meet, from either side."""
    for meeting, told in zip(meetings, found, strict=True):
        for left, right in meeting.places:
            table[np.ix_(left, right)], table[np.ix_(right, left)] = told, told.T


def _meetings(event: EventTexts, own: Sequence[Sequence[int]], docs: Sequence[int], table: Array) -> list[Meeting]:
    """Return each two texts that meet, once; `docs` names the texts.

    Writes into the table how probable it is that an article says the same twice.
    """
    first: dict[tuple[int, int], tuple[Array, Array]] = {}
    found: dict[tuple[int, int], Meeting] = {}
    for n, left in enumerate(own):
        rest = {docs[m]: own[m] for m in range(len(own) - 1, n - 1, -1) if (docs[n], docs[m]) not in first}
        others = [k for claims in rest.values() for k in claims]
        scores, shares = _scored(event, left, others)
        places = pairwise(accumulate(map(len, rest.values()), initial=0))
        at = {other: slice(*place) for other, place in zip(rest, places, strict=True)}
        first |= {(docs[n], other): (scores[:, place], shares[:, place]) for other, place in at.items()}
        table[np.ix_(left, left)] = repeat_probabilities(first[docs[n], docs[n]][0])
        for m in range(n + 1, len(own)):
            pair = docs[n], docs[m]
            if pair not in found:
                score, share = first[pair]
                found[pair] = Meeting(left, own[m], score, *lexical_probabilities(score), share, [])
            found[pair].places.append((left, own[m]))
    return list(found.values())


def _scored(event: EventTexts, left: Sequence[int], right: Sequence[int]) -> tuple[Array, Array]:
    """Return first scores and shares of each pair, in portions: the features of a pair are thirty numbers."""
    scores, shares = np.zeros((len(left), len(right))), np.zeros((len(left), len(right), 2))
    step = max(1, PORTION // max(1, len(right)))
    for k in range(0, len(left) if right else 0, step):
        plain = plain_features(event, left[k : k + step], right)
        scores[k : k + step], shares[k : k + step] = first_scores(plain), plain_shares(plain)
    return scores, shares


def _read(meetings: Sequence[Meeting], texts: Sequence[str]) -> list[Array]:
    """Return what the reader says of the likeliest candidates of all meetings, NaN of others; no texts, none."""
    told = [np.full(meeting.placed.shape, np.nan) for meeting in meetings]
    asked: list[tuple[float, str, str, int, int, int]] = []
    for k, meeting in enumerate(meetings if texts else ()):
        for i, j in np.argwhere(candidate_pairs(meeting.placed)).tolist():
            pair = sorted((texts[meeting.left[i]], texts[meeting.right[j]]))
            if pair[0] != pair[1]:  # words tell of the same text all there is to tell
                asked.append((-round(float(meeting.placed[i, j]), TIED), pair[0], pair[1], k, i, j))
    asked = sorted(asked)[:MOST_READ]
    logits = read_pairs([(left, right) for _, left, right, *_ in asked])
    for (*_, k, i, j), logit in zip(asked, logits.tolist(), strict=True):
        told[k][i, j] = logit
    return told


def _signs(meeting: Meeting, present: Matrix, parts: Sequence[Part]) -> Array:
    """Return which headlines and bodies meet, and how many words and names each pair shares."""
    titles, bodies = (
        tuple(np.array([parts[k] is part for k in side], dtype=bool) for side in (meeting.left, meeting.right))
        for part in (Part.TITLE, Part.BODY)
    )
    return signs_of(titles, bodies, products(present, meeting.left, meeting.right))


def _add_copies(table: NDArray[np.float64], claims: Sequence[Claim], reuse: Reuse) -> None:
    """Raise the probability of claims that a shared passage covers almost whole on both sides."""
    own: dict[ArticleId, list[int]] = {}
    for n, claim in enumerate(claims):
        own.setdefault(claim.passage.article, []).append(n)
    at = {name: Places(places, where=lambda n: claims[n].passage.span) for name, places in own.items()}
    covered: dict[Passage, list[int]] = {}
    for half in {half for passage in reuse.passages for half in (passage.left, passage.right)}:
        near = at[half.article].touching(half.span) if half.article in at else []
        spans = ((n, claims[n].passage.span) for n in near)
        covered[half] = [n for n, span in spans if span.shared(half.span) >= MOSTLY * len(span)]
    for passage in reuse.passages:
        left, right = covered[passage.left], covered[passage.right]
        if len(left) == len(right) == 1:
            a, b = left[0], right[0]
            table[a, b] = table[b, a] = max(table[a, b], COPIED)
