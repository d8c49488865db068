"""Read what databases of the press export: many articles in one text, each between labels of the database's own.

In: the text of a file, however it was saved. Out: a page per article, whose text is a stretch of the file's, with
outlet, day, section and byline where the layout gives them, and a block for each label; or an error for an article
without text; nothing where the text is no export. Told from other texts by the line that begins or ends each article.
What stands between the labels is left to the cleaner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from comparer.errors import UnreadableInputError
from comparer.model import Block, BlockKind, Provenance, Span
from comparer.model.article import RawPage
from comparer.reading.layouts import EXPORTS, LEGAL, Export, Line, day_in, lines_of, wrapped

KIND = {
    "title": BlockKind.TITLE, "byline": BlockKind.BYLINE, "published": BlockKind.TIMESTAMP,
    "caption": BlockKind.CAPTION, "highlight": BlockKind.STANDFIRST, "legal": BlockKind.LEGAL,
}  # fmt: skip
_AFTER_NAME = re.compile(r"\s*;|,\s+(?:no\.|n°|Late|Early|\w+ Edition)|\s*\(Online\)")
_IN_INFO = re.compile(rf"{_AFTER_NAME.pattern}|\s+[-–]\s+|\s*\(")
_TURNED = re.compile(r"^([^,;]{2,40}),\s+([^,;]{2,30})$")  # Feld, Nora
_ARTICLE_LAST = re.compile(r"^(.{2,40}),\s+(The|A|Le|La|Les|Die|Der|Das|El|Il|De|Het)$")
_MOST_UNDER_CAPTION, _MOST_BEHIND = 250, 25  # words under a caption's label, or another one, behind the text
_BEGUN = 60  # characters by which an abstract is found in the text
_LONG = 60  # characters; a line this long may run on in the next


def pages_in_export(text: str, name: str) -> Iterator[RawPage | UnreadableInputError]:
    r"""Yield the articles of an export; nothing where the text is none.

    >>> one = "Tram derails\nEllery Courier\nMay 19, 2025\nByline: Nora Feld\nBody\nNobody was hurt.\nEnd of Document"
    >>> (page,) = pages_in_export(one, "a.txt")
    >>> page.outlet, page.published, [str(block.kind) for block in page.told]
    ('Ellery Courier', '2025-05-19', ['title', 'other', 'timestamp', 'other', 'byline', 'other', 'other'])
    """
    for export in EXPORTS:
        cuts = list(export.cut.finditer(text))
        if cuts and export.proof.search(text):
            bounds = [cut.start() for cut in cuts] if export.begins else [0, *(cut.end() for cut in cuts)]
            pieces = enumerate(pairwise([*bounds, len(text)]), start=1)
            pages = (_page(export, text[start:end], name, number) for number, (start, end) in pieces)
            yield from filter(None, pages)
            return


def _page(export: Export, text: str, name: str, number: int) -> RawPage | UnreadableInputError | None:
    lines = lines_of(text, export)
    places, begin = export.place(lines) if lines else ({}, 0)
    if "outlet" not in places.values() and not any(line.role for line in lines):
        return None  # a cover, or what follows the last article
    first = min(places, default=0)
    if first and not export.begins:  # a list of all titles goes before
        text = text[lines[first].span.start :]
        lines = lines_of(text, export)
        places, begin = export.place(lines)
    tail = _tail(lines, begin, len(lines) - bool(export.cut.match(lines[-1].text) and not lines[-1].role))
    if begin >= tail:
        return UnreadableInputError(f"{name}: article {number} of this {export.name} export holds no text.")
    told = _Told(export, text, lines, body=_key(" ".join(line.text for line in lines[begin:tail])))
    for at, line in enumerate(lines):
        bare = lines[at - 1] if at and lines[at - 1].value == lines[at - 1].span.end else None  # its label is above
        role = places.get(at) or line.role or (bare.role if bare and at < begin else "")
        if at < begin or at >= tail or role == "text" or (role == "caption" and line.value < line.span.end):
            told.tell(at, role or told.under(at, behind=at >= tail))
        elif not role and (told.runs_on(at) or (at + 1 < tail and told.runs_on(at + 1))):
            told.paragraph(at)
    return told.page()


class _Told:
    """Collect what the lines around the text of one article tell."""

    def __init__(self, export: Export, text: str, lines: list[Line], *, body: str) -> None:
        self.export, self.text, self.lines, self.body = export, text, lines, body
        self.wrapped = wrapped(lines)
        self.blocks: list[Block] = []
        self.facts: list[Provenance] = []
        self.last = "other"

    def under(self, at: int, *, behind: bool) -> str:
        """Return what a line without a label is: it goes on with the label above, behind the text or where wrapped."""
        legal = LEGAL.match(self.lines[at].text)
        return "legal" if legal else self.last if behind or self.runs_on(at) else "other"

    def runs_on(self, at: int) -> bool:
        """Tell whether a line goes on with the one above it, in a text broken at a fixed width."""
        line = self.lines[at]
        return at > 0 and self.wrapped and not line.gap and not line.role and len(self.lines[at - 1].text) >= _LONG

    def tell(self, at: int, role: str) -> None:
        """Add the blocks of one line, its label and what stands behind it, and what it says of the article."""
        line, why = self.lines[at], f"label of {self.export.name}"
        self.last = role if role in {"caption", "abstract", "highlight", "legal"} else "other"
        label = self.text[line.span.start : line.value].rstrip()
        if label:
            self.blocks.append(Block(Span(line.span.start, line.span.start + len(label)), BlockKind.OTHER, 0.99, why))
        words = " ".join(self.text[line.value : line.span.end].split())
        if role == "text" or not words:
            return
        kind, span = KIND.get(role, BlockKind.OTHER), Span(line.value, line.span.end)
        if role == "abstract" and _key(words)[:_BEGUN] in self.body:
            kind = BlockKind.DUPLICATE
        if role == "title" and not line.gap and self.blocks and self.blocks[-1].kind is kind:  # in two lines
            words, span = f"{self.facts.pop().value} {words}", Span(self.blocks.pop().span.start, line.span.end)
        self.blocks.append(Block(span, kind, 0.99, f"{why}: {role}"))
        facts = _facts(role, words, turned=self.export.name == "ProQuest")
        self.facts += [Provenance(field, value, "export", span) for field, value in facts]

    def paragraph(self, at: int) -> None:
        """Add the first line of a paragraph of several as text, or let the last block go on to the end of this one."""
        span = self.lines[at].span
        if self.runs_on(at) and self.blocks and self.blocks[-1].kind is BlockKind.CONTENT:
            span = Span(self.blocks.pop().span.start, span.end)
        self.blocks.append(Block(span, BlockKind.CONTENT, 0.95, "paragraph of several lines in an export"))

    def page(self) -> RawPage:
        """Return the page with all that was told; of two values of a field the first counts."""
        value: dict[str, Any] = {f.field: f.value for f in reversed(self.facts) if f.field in RawPage._fields}
        names = tuple(fact.value for fact in self.facts if fact.field == "byline")
        facts = tuple(fact for fact in self.facts if fact.field != "byline")
        return RawPage(self.text, told=tuple(self.blocks), provenance=facts, bylines=names, **value)


def _facts(role: str, words: str, *, turned: bool) -> Iterator[tuple[str, str]]:
    """Yield what the words of a line say of its article, as field and value; names that are not turned stay printed."""
    if role in {"outlet", "info"}:
        yield "outlet", _ARTICLE_LAST.sub(r"\2 \1", (_IN_INFO if role == "info" else _AFTER_NAME).split(words)[0])
    if role in {"published", "info"} and (day := day_in(words)):
        yield "published", day
    if role == "byline" and turned:
        yield from (("byline", _TURNED.sub(r"\2 \1", one.strip(" ."))) for one in words.split(";") if one.strip(" ."))
    if role in {"title", "section", "url"}:
        yield role, words


def _tail(lines: list[Line], begin: int, end: int) -> int:
    """Return the number of the line from which on there are but labels, with few words under each, up to the end."""
    tail, under, broken = end, 0, wrapped(lines)
    for at in range(end - 1, begin - 1, -1):
        role = lines[at].role
        if role in {"", "text"} and (lines[at].gap or not broken):
            under += lines[at].words
        if role and under > (_MOST_UNDER_CAPTION if role == "caption" else _MOST_BEHIND):
            break
        if role and role != "text":
            tail, under = at, 0
        if under > _MOST_UNDER_CAPTION:
            break
    return tail


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
