"""Gather the occasions on which two or more articles print one statement, with who is cited on each side.

In: the event and its utterances. Out: one occasion per row and per utterance that no row holds. A finding about
attribution needs an occasion; whether the sides print the same words is kept, because then nothing else differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from comparer.comparison.pieces import read_words
from comparer.comparison.relations import content_overlap
from comparer.comparison.sourcing import attribution_of, read_sourcing, spoken
from comparer.comparison.view import EventView
from comparer.language.tokens import stem
from comparer.model import Attribution, Claim, Row, RowId, Sourcing, Span, Utterance

RETOLD = 0.4  # part of a headline's content words that a sentence of its body prints, from which it retells it


@dataclass(frozen=True, slots=True)
class Cited:
    """Hold one side of an occasion: the words of the statement and who is cited for them."""

    article: int
    span: Span
    sourcing: Sourcing
    attribution: Attribution | None
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """Hold the sides of one statement.

    `quoted` tells that the sides print one quotation, `overlap` how much of the content words the least alike two
    sides share (0..1), `confidence` that they are one statement.
    """

    row: RowId | None
    sides: tuple[Cited, ...]
    quoted: bool
    overlap: float
    confidence: float


def find_occasions(event: EventView, utterances: Sequence[Utterance]) -> tuple[Occasion, ...]:
    """Return the occasions of rows told by two or more articles, then those of quotations outside such rows."""
    rows = [_of_row(event, row) for row in event.shared_rows()]
    quotations = [_of_utterance(event, utterance) for utterance in utterances]
    return tuple(o for o in (*quotations, *rows) if o is not None)


def _of_row(event: EventView, row: Row) -> Occasion:
    sides = tuple(_cited(event, row, article) for article in row.told_by)
    overlap = min(content_overlap(event, row, a, b) for a, b in combinations(row.told_by, 2))
    return Occasion(row.id, sides, quoted=False, overlap=overlap, confidence=row.confidence)


def _cited(event: EventView, row: Row, article: int) -> Cited:
    """Return who an article cites for a row; where only its headline stands there, by the body's own telling."""
    claims = event.claims(row, article)
    body = [c for c in claims if not event.in_title(article, c.passage.span)]
    told: Sequence[Claim] = body or claims
    sourcing = event.sourced(row.id, article)
    if sourcing is None:
        raise ValueError(f"row {row.id} has no sourcing for article {article}")
    if not body:
        retold = _retold(event, article, claims[0])
        if retold is None:
            return Cited(article, claims[0].passage.span, sourcing, spoken(claims[0]), headline=True)
        told = [retold]
    claim = next((c for c in told if spoken(c) is not None), told[0])
    if not body:
        sourcing = read_sourcing(event, row.id, article, spoken(claim), claim.passage.span)
    return Cited(article, claim.passage.span, sourcing, spoken(claim))


def _retold(event: EventView, article: int, headline: Claim) -> Claim | None:
    """Return the attributed claim of an article's body that tells its headline's statement, the most alike first."""
    text = event.analysed[article].article.text
    wanted = _content(text, headline.passage.span)
    best: tuple[float, Claim | None] = (RETOLD, None)
    for claim in event.analysed[article].claims:
        if spoken(claim) is None or event.in_title(article, claim.passage.span) or not wanted:
            continue
        share = len(wanted & _content(text, claim.passage.span)) / len(wanted)
        if share > best[0]:
            best = (share, claim)
    return best[1]


def _of_utterance(event: EventView, utterance: Utterance) -> Occasion | None:
    sides = []
    for reading in utterance.readings:
        spans = [s for s in reading.columns if s is not None]
        attribution = attribution_of(event.analysed[reading.article], spans)
        if attribution is None:
            continue
        row = utterance.row or RowId("")
        sourcing = read_sourcing(event, row, reading.article, attribution, reading.passage.span)
        sides.append(Cited(reading.article, reading.passage.span, sourcing, attribution))
    if len(sides) < 2:
        return None
    return Occasion(utterance.row, tuple(sides), quoted=True, overlap=1.0, confidence=0.9)


def shared_content(event: EventView, left: Cited, right: Cited) -> frozenset[str]:
    """Return the stems of the content words that two sides share."""
    return _stems(event, left) & _stems(event, right)


def carried(event: EventView, side: Cited, stems: frozenset[str]) -> float:
    """Return the part (0..1) of these stems that a side prints inside what it attributes."""
    if side.attribution is None or not stems:
        return 0.0
    text = event.analysed[side.article].article.text
    inside = {stem(w.form) for span in side.attribution.content for w in read_words(text, span)[0]}
    return len(stems & inside) / len(stems)


def _stems(event: EventView, side: Cited) -> frozenset[str]:
    return _content(event.analysed[side.article].article.text, side.span)


def _content(text: str, span: Span) -> frozenset[str]:
    words, _ = read_words(text, span)
    return frozenset(stem(word.form) for word in words if not word.bare)
