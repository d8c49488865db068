"""Read how firmly a sentence binds two things: as an association, a possible cause, or a cause.

In: a text and a span of it. Out: the firmest bond in it with the words that state it. The scale is that of studies of
science news (Sumner and others, BMJ 349:g7015, 2014). What follows an association is its object ("linked to reduced
risk") and no cause. Negated bonds are not graded. Fails on causes in other verbs, and where the bond is in a noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from comparer.language.markers import Hit, find_phrases
from comparer.language.words import Words
from comparer.model import Span, Token
from comparer.resources.loader import word_set


class Grade(IntEnum):
    """Grade a bond; only the order means something."""

    ASSOCIATION = 1
    POSSIBLE_CAUSE = 2
    CAUSE = 3


REACH = 4  # words before a verb among which a modal or a negation belongs to it
MODALS = word_set("causes", "weak")
NEGATIONS = word_set("causes", "denials")
BEFORE_ADJECTIVE = word_set("causes", "before_adjective")
"""Words after which a form in -ed or -ing is an adjective or a noun: "a reduced risk"."""

ARTICLES = frozenset("a an the".split())
NOUN_BEFORE = word_set("causes", "after_noun")
"""Words before which a form that may be a verb is a noun: "the increases expected", "an increase in"."""


class Bond(NamedTuple):
    """Hold one bond: where its words stand, and how firm it is."""

    span: Span
    grade: Grade


def bond(cut: Words, span: Span) -> Bond | None:
    """Return the firmest bond of a span, the first of equals, or None where it states none.

    >>> line = "Coffee may prevent gout. Coffee is linked to less gout."
    >>> found = bond(Words(line), Span(0, len(line)))
    >>> found.span.of(line), found.grade.name
    ('may prevent', 'POSSIBLE_CAUSE')
    """
    text, tokens = cut.text, cut.words(span)
    hits = sorted(find_phrases(cut, (span,), ("evidence",)), key=lambda h: (h.span.start, -h.span.end))
    found: list[Bond] = []
    associated = -1
    for hit in hits:
        at = next(k for k, token in enumerate(tokens) if token.span.start >= hit.span.start)
        before = _before(text, tokens, at)
        if any(t.form in NEGATIONS or t.form.endswith("n't") for t in before):
            continue
        if hit.group.name == "association":
            associated = hit.span.end
            found.append(Bond(hit.span, Grade.ASSOCIATION))
        elif not _adjective(tokens, at, hit) and not _object_of(text, associated, hit):
            modal = _modal(text, tokens, at, hit)
            start = modal.span.start if modal else hit.span.start
            found.append(Bond(Span(start, hit.span.end), Grade.POSSIBLE_CAUSE if modal else Grade.CAUSE))
    return max(found, key=lambda b: (b.grade, -b.span.start)) if found else None


def _modal(text: str, tokens: Sequence[Token], at: int, hit: Hit) -> Token | None:
    """Return the modal that a verb stands under, near it or, for a bare form, anywhere before it in the sentence."""
    near = next((t for t in _before(text, tokens, at) if t.form in MODALS), None)
    if near is not None or tokens[at].form != hit.entry.split()[0]:
        return near
    return next((t for t in reversed(tokens[:at]) if t.form in MODALS), None)


def _before(text: str, tokens: Sequence[Token], at: int) -> list[Token]:
    """Return the few words before a token in its clause."""
    found: list[Token] = []
    edge = tokens[at].span.start
    for token in reversed(tokens[max(0, at - REACH) : at]):
        if any(mark in text[token.span.end : edge] for mark in ".;:!?,"):
            break
        found.append(token)
        edge = token.span.start
    return found[::-1]


def _adjective(tokens: Sequence[Token], at: int, hit: Hit) -> bool:
    """Tell whether what looks like a verb is an adjective or a noun."""
    if " " in hit.entry:
        return False
    form = tokens[at].form
    before = tokens[at - 1].form if at else ""
    after = tokens[at + 1].form if at + 1 < len(tokens) else ""
    shaped = form.endswith(("ed", "ing")) and before in BEFORE_ADJECTIVE
    return shaped or (not form.endswith("ed") and after in NOUN_BEFORE) or (at > 0 and before in ARTICLES)


def _object_of(text: str, associated: int, hit: Hit) -> bool:
    """Tell whether a verb stands behind an association in its sentence, whose object it then describes."""
    return associated >= 0 and not any(mark in text[associated : hit.span.start] for mark in ".;!?")
