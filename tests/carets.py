"""Draw what is read in a text as lines of carets under its lines, for the snapshots of whole articles.

In: a text and marks, each a span with a label. Out: the text's lines, numbered and folded at blanks, each followed by
the carets of the marks that touch it. Marks of one label share a line of carets where they stand apart. Columns are
those of a terminal: a wide character takes two, a combining one none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from comparer.language.doc import Doc
from comparer.model import AnalysedArticle, Attribution, BlockKind, Span

FOLD = 100  # columns of text in a row, so that carets and labels stand on a reviewer's screen
GUTTER = "     | "


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one annotation: the characters it stands on and what is said of them."""

    span: Span
    label: str


def draw(text: str, marks: Iterable[Mark]) -> str:
    """Return the drawing; marks of an equal place stand in the order given, and no row ends in blanks."""
    given = list(marks)
    rows: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        for row in _folded(line, start):
            printed = "".join(" " if unicodedata.category(c) == "Cc" else c for c in row.of(text))
            rows.append(f"{number if row.start == start else '':>4} | {printed}")
            touching = (mark for mark in given if mark.span.overlaps(row))
            rows += (f"{GUTTER}{carets}" for carets in _carets(row, text, touching))
        start += len(line) + 1
    return "\n".join(row.rstrip() for row in rows) + "\n"


def article_marks(analysed: AnalysedArticle, doc: Doc) -> Iterator[Mark]:
    """Yield all that is read in one article, from the page's blocks down to single words."""
    text = analysed.article.text
    for block in analysed.article.blocks:
        if block.kind is not BlockKind.CONTENT:
            yield Mark(block.span, block.kind.value if block.kept else f"dropped: {block.kind.value}")
    for claim in analysed.claims:
        yield Mark(claim.passage.span, f"claim in the {claim.voice.value}'s voice")
    for quotation in analysed.quotations:
        yield Mark(quotation.span, "quotation" if quotation.closed else "quotation without an end")
    for number, attribution in enumerate(analysed.attributions, 1):
        yield from _attribution_marks(number, attribution, text)
    yield from (Mark(name.span, "name") for name in analysed.names)
    for sentence in analysed.sentences:
        yield from _figure_marks(doc, sentence.span)
    for marker in analysed.markers:
        yield Mark(marker.span, f"{marker.category}, {marker.voice.value}'s word")


def _attribution_marks(number: int, found: Attribution, text: str) -> Iterator[Mark]:
    """Yield the parts of one attribution, which its number holds together."""
    if found.source is not None:
        meant = f" = {found.resolved_source.of(text)}" if found.resolved_source is not None else ""
        yield Mark(found.source, f"source {number}: {found.source_kind.value}{meant}")
    for link in found.via:
        yield Mark(link.span, f"via {number}: {link.kind.value}")
    if found.cue is not None:
        yield Mark(found.cue, f"cue {number}: {found.cue_lemma}, {found.cue_stance.value}")
    for content in found.content:
        yield Mark(content, f"content {number}: {found.act.value}, {found.manner.value}")


def _figure_marks(doc: Doc, sentence: Span) -> Iterator[Mark]:
    """Yield the quantities and dates of a sentence."""
    for quantity in doc.quantities(sentence):
        yield Mark(quantity.span, f"quantity: {quantity.kind.value}")
    for date in doc.dates(sentence):
        yield Mark(date.span, f"date: {' or '.join(date.days)}" if date.days else "date")


def _carets(row: Span, text: str, marks: Iterable[Mark]) -> list[str]:
    """Return the lines of carets under one row, in the order in which their labels come first."""
    columns = [0, *accumulate(_width(c) for c in row.of(text))]
    lines: list[tuple[str, str]] = []
    for mark in marks:
        first = columns[max(mark.span.start - row.start, 0)]
        last = max(first + 1, columns[min(mark.span.end - row.start, len(row))])
        at = next((k for k, (label, line) in enumerate(lines) if label == mark.label and len(line) < first), None)
        before = "" if at is None else lines[at][1]
        drawn = (mark.label, before.ljust(first) + "^" * (last - first))
        if at is None:
            lines.append(drawn)
        else:
            lines[at] = drawn
    return [f"{line} {label}" for label, line in lines]


def _folded(line: str, start: int) -> Iterator[Span]:
    """Yield the rows of a line that begins at `start`; a word wider than a row is not broken."""
    begin, wide, blank = 0, 0, -1
    for k, character in enumerate(line):
        wide += _width(character)
        if wide > FOLD and blank > begin:
            yield Span(start + begin, start + blank + 1)
            begin = blank + 1
            wide = sum(map(_width, line[begin : k + 1]))
        if character == " ":
            blank = k
    yield Span(start + begin, start + len(line))


def _width(character: str) -> int:
    """Return how many columns a character takes."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
