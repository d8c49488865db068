"""Read each word of what several articles tell of one thing: what it leans to in its place.

In: claims of an event. Out: the rows that two or more articles tell, headlines among them, and per claim its words,
each with how far it leans to judgement, in log odds. Nothing is judged here. Only a claim's first 64 word pieces are
read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comparer.comparison.judged import leaning
from comparer.comparison.view import EventView
from comparer.encoder import read_words
from comparer.language.doc import Doc
from comparer.model import RowId, Span, Token


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one row as what several articles tell: claims by article. All headlines together make one, without id."""

    row: RowId | None
    confidence: float
    cells: Mapping[int, tuple[Span, ...]]


def told_rows(event: EventView) -> tuple[Told, ...]:
    """Return what two or more articles tell: the shared rows, and the headlines, which are all of the event."""
    rows = [
        Told(row.id, row.confidence, {k: event.claim_spans(row, k) for k in row.told_by}) for row in event.shared_rows
    ]
    titles = {k: (title,) for k in range(len(event.docs)) if (title := event.title_span(k)) is not None}
    return (*rows, *([Told(None, 0.0, titles)] if len(titles) > 1 else []))


def leanings(doc: Doc, claim: Span) -> tuple[tuple[Token, float], ...]:
    """Return the words of a claim, each with how far it leans to judgement."""
    return doc.once(_leanings, claim)


def word_states(doc: Doc, claim: Span) -> list[list[float]]:
    """Return what the reader holds of each word of a claim."""
    places = [Span(word.span.start - claim.start, word.span.end - claim.start) for word in doc.words(claim)]
    found: list[list[float]] = read_words(claim.of(doc.text), places).tolist()
    return found


def _leanings(doc: Doc, claim: Span) -> tuple[tuple[Token, float], ...]:
    weights, constant = leaning()
    words = doc.words(claim)
    if not words:
        return ()
    scores = word_states(doc, claim) @ weights + constant
    return tuple((word, float(score)) for word, score in zip(words, scores, strict=True))
