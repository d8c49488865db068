"""Name an event and its claims by words that the texts themselves print: a short run of one, of words several share.

In: the headlines and first sentences of an event, or the readings of a row. Out: at most six words of one text in
their order, of those the run that holds most of what the readings share and least of what other rows hold too. A word
that is listed as loaded or judging never stands in a name, nor who says it; a figure, a day or a modal verb only where
all readings print it, a name of somebody or of a place only where half of them do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

from comparer.comparison.view import EventView
from comparer.language.doc import Doc
from comparer.language.words import STOP_WORDS, stem
from comparer.model import BlockKind, Span, Token
from comparer.resources.loader import word_set

MOST_WORDS, MOST_CHARACTERS = 6, 46  # of a name; a redacted report prints six words of a passage too
TITLE_WORDS, TITLE_CHARACTERS = 9, 64  # of an event's name, which stands alone
LONE_WORD = 0.35  # what a content word weighs that one reading alone prints: it may stand between words that weigh more
CAPITALS = 3  # letters up to which a word in capitals is an abbreviation; longer ones that one text prints are shouted
LENGTH = 0.12  # what each word costs, so that nothing is added which tells little
EDGE = 0.3  # what it is worth that a run begins or ends where a phrase does: at a sign or a function word
CLOSING = frozenset('.;:!?,“”"()[]|\n\t–—‘…')  # signs that a name does not run across
MODALS = word_set("modals")
PLAIN = STOP_WORDS | word_set("report_function_words")


class _Reading(NamedTuple):
    doc: Doc
    tokens: tuple[Token, ...]
    barred: frozenset[int]  # characters of listed words, and of who says it
    dated: frozenset[int]  # characters of days and hours
    named: frozenset[int]  # characters of names


def row_names(event: EventView) -> tuple[str, ...]:
    """Return a name per row of the alignment, no two alike as far as the words of the readings allow it."""
    cells = [[(k, event.claim_spans(row, k)) for k in row.told_by] for row in event.alignment.rows]
    rows = [[_reading(event, k, span, told=True) for k, spans in row for span in spans] for row in cells]
    known = Counter[str]()
    for found in rows:
        known.update({stem(t.form) for reading in found for t in reading.tokens if t.form not in PLAIN})
    rare = {form: log((1 + len(rows)) / (1 + count)) + LENGTH for form, count in known.items()}
    taken: set[str] = set()
    names = []
    for row, found in zip(cells, rows, strict=True):
        told = [event.docs[k].stems_of(spans) for k, spans in row]
        ranked = _ranked(found, told, rare, MOST_WORDS, MOST_CHARACTERS)
        name = next((name for name in ranked if name.casefold() not in taken), ranked[0] if ranked else _begun(found))
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def event_title(event: EventView) -> str:
    """Return the run of a headline or first sentence that holds most of the words several of them share.

    Where nothing is shared it is the first headline, or the first words of the first text; "untitled" where nothing is
    printed at all.
    """
    heads = [(k, span) for k in range(len(event.docs)) for span in _heads(event.docs[k])]
    printed = {event.text(k, span): (k, span) for k, span in reversed(heads) if span == event.docs[k].title}
    headlines = list(printed.values())[::-1] if len(printed) > 1 else heads  # each once, however many print it
    told = [event.docs[k].stems(span) for k, span in headlines]
    shared = {form: 1.0 for form, n in Counter(form for forms in told for form in forms).items() if n > 1}
    ranked = _ranked([_reading(event, k, s) for k, s in headlines], told, shared, TITLE_WORDS, TITLE_CHARACTERS)
    if ranked and len(event.docs) > 1:
        return ranked[0][0].upper() + ranked[0][1:]
    titles = [a.article.title for a in event.analysed if a.article.title]
    first = titles[:1] or [event.text(k, span) for k, span in heads[:1]]
    parts = " ".join(first).split()
    return " ".join(parts[:TITLE_WORDS]) + (" …" if len(parts) > TITLE_WORDS else "") or "untitled"


def _heads(doc: Doc) -> list[Span]:
    """Return the headline and the first sentence below it."""
    titles = {doc.title, *(b.span for b in doc.blocks if b.kind is BlockKind.TITLE)}
    body = next((s.span for s in doc.sentences if s.span not in titles), None)
    return [span for span in (doc.title, body) if span is not None]


def _reading(event: EventView, k: int, span: Span, *, told: bool = False) -> _Reading:
    doc = event.docs[k]
    barred = [m.span for m in doc.markers if m.category in ("loaded", "evaluation") and m.span.overlaps(span)]
    if told:
        parts = (part for a in event.analysed[k].attributions for part in (a.source, a.cue) if part is not None)
        barred += [part for part in parts if part.overlaps(span)]
    dated = (mention.span for mention in doc.dates(span))
    named = (mention.span for mention in doc.names_at.touching(span))
    return _Reading(doc, doc.words(span), *map(_characters, (barred, dated, named)))


def _characters(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(n for span in spans for n in range(span.start, span.end))


def _begun(readings: Sequence[_Reading]) -> str:
    """Return the first words of the first reading, where no run of its words is fit to be a name."""
    tokens = [t for reading in readings[:1] for t in reading.tokens[:MOST_WORDS]]
    return " ".join(readings[0].doc.text[tokens[0].span.start : tokens[-1].span.end].split()) if tokens else ""


def _ranked(
    readings: Sequence[_Reading], told: Sequence[frozenset[str]], weights: dict[str, float], most: int, length: int
) -> list[str]:
    """Return the runs that may be a name, best first; of equals the one that stands first."""
    held = Counter(form for forms in told for form in forms)
    found: dict[str, float] = {}
    for reading in readings:
        tokens, forms = reading.tokens, [stem(token.form) for token in reading.tokens]
        fit = [_fit(reading, t, printed=held[form], of=len(told)) for t, form in zip(tokens, forms, strict=True)]
        for first, token in enumerate(tokens):
            weight, seen = EDGE * _edge(reading, first), set[str]()
            for last in range(first, min(first + most, len(tokens)) if token.form not in PLAIN else 0):
                here, form = tokens[last], forms[last]
                closed = last > first and CLOSING & set(_between(reading, last))
                if closed or not fit[last] or here.span.end - token.span.start > length:
                    break
                shared = held[form] / len(told) if held[form] > 1 or len(told) == 1 else 0.0
                content = here.form not in PLAIN
                if content and form not in seen:
                    weight += weights.get(form, 0.0) * (shared or LONE_WORD)
                weight -= LENGTH
                seen.add(form)
                if content and shared and (last > first or len(tokens) == 1):
                    name = " ".join(reading.doc.text[token.span.start : here.span.end].split())
                    found[name] = max(weight + EDGE * _edge(reading, last + 1), found.get(name, weight))
    return sorted(found, key=lambda name: -found[name])


def _fit(reading: _Reading, token: Token, *, printed: int, of: int) -> bool:
    """Tell whether a word that so many of the readings print may stand in a name."""
    start = token.span.start
    value = start in reading.dated or token.form in MODALS or any(c.isdigit() for c in token.form)
    loud = token.span.of(reading.doc.text).isupper() and len(token.form) > CAPITALS and printed < 2
    named = start in reading.named and (printed < min(2, of) or 2 * printed < of)
    return not (loud or named or start in reading.barred or (value and printed < of))


def _between(reading: _Reading, at: int) -> str:
    """Return what stands before the word at a place of a reading, after the word before it."""
    return reading.doc.text[reading.tokens[at - 1].span.end : reading.tokens[at].span.start]


def _edge(reading: _Reading, at: int) -> bool:
    """Tell whether a phrase may end before a word of a reading: at its ends, at signs, beside a function word."""
    if at in (0, len(reading.tokens)) or CLOSING & set(_between(reading, at)):
        return True
    before = reading.tokens[at - 1].form
    return reading.tokens[at].form in PLAIN or (before in PLAIN and before not in MODALS)
