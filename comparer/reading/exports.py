"""Read what databases of the press export: many articles in one text, each between labels of the database's own.

In: the text of a file, however it was saved. Out: a page per article, whose text is a stretch of the file's, with
outlet, day, section and byline where the layout gives them, and a block for each label; or an error for an article
without text; nothing where the text is no export. Told from other texts by the line that begins or ends each article.
What stands between the labels is left to the cleaner. A headline that a layout prints without a mark is told by its
place: above the outlet in Nexis Uni, the longest line above the count of words in Factiva.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from comparer.errors import UnreadableInputError
from comparer.model import Block, BlockKind, Provenance, Span
from comparer.model.article import RawPage
from comparer.resources.loader import word_map

KIND = {
    "title": BlockKind.TITLE, "byline": BlockKind.BYLINE, "published": BlockKind.TIMESTAMP, "caption": BlockKind.CAPTION,
    "highlight": BlockKind.STANDFIRST, "legal": BlockKind.LEGAL,
}  # fmt: skip
_DAY = re.compile(
    r"\d{1,2}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d{2}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
)
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "tr")
_LABEL = re.compile(r"([^\W\d_][^:|\n]{0,40}?)[\s\xa0]*:(?:[\s\xa0]|$)")
_CODE = re.compile(r"([A-Z]{2,3})(?:\s*\|\s*|[ \t\xa0]+|$)")
_CODED = re.compile(r"^HD(?:[ |\t\xa0]|$)", re.MULTILINE)
_COUNT = re.compile(r"[\d.,  ]+(?:words|mots|wörter|palabras|parole|palavras|woorden|kelime|字|слов)", re.IGNORECASE)
_LEGAL = re.compile(r"\(?(?:copyright|©|\(c\)|all rights reserved|tous droits)", re.IGNORECASE)
_LINE = re.compile(r"[^\n\f]+|\n(?=\n)|(?<=\n)\r\n")
_AFTER_NAME = re.compile(r"\s*;|,\s+(?:no\.|n°|Late|Early|\w+ Edition)|\s*\(Online\)")
_IN_INFO = re.compile(rf"{_AFTER_NAME.pattern}|\s+[-–]\s+|\s*\(")
_TURNED = re.compile(r"^([^,;]{2,40}),\s+([^,;]{2,30})$")  # Feld, Nora
_ARTICLE_LAST = re.compile(r"^(.{2,40}),\s+(The|A|Le|La|Les|Die|Der|Das|El|Il|De|Het)$")
_NO_TITLE = re.compile(r"_{5,}|Document \d+ of|Report Information|ProQuest document link|Table of contents|\d+\. ")
_MOST_UNDER_LABEL, _MOST_UNDER_CAPTION = 60, 250  # words under a label behind the text; more of them are the text
_NEAR = 8  # lines or words
_BEGUN = 60  # characters by which an abstract is found in the text
_LONGEST_DATED = 14  # words of a line that prints a day and little else
_WRAPPED, _LONG = 100, 60  # characters: no line of a hard-wrapped text is longer; one this long may run on in the next


class Line(NamedTuple):
    """Hold one line that is not blank: its place, its words, what its label tells, and whether a blank line precedes."""

    span: Span
    text: str
    role: str
    value: int
    gap: bool


class Export(NamedTuple):
    """Hold one database: its name, the line that each article ends or begins with, what proves it, and its layout.

    `place` returns which line of an article's head tells what, by their numbers, and where the text begins.
    """

    name: str
    shown: str
    cut: re.Pattern[str]
    begins: bool
    proof: re.Pattern[str]
    place: Callable[[list[Line]], tuple[dict[int, str], int]]


def pages_in_export(text: str, name: str) -> Iterator[RawPage | UnreadableInputError]:
    r"""Yield the articles of an export; nothing where the text is none.

    >>> one = "Tram leaves the rails\nEllery Courier\nMay 19, 2025\nByline: Nora Feld\nBody\nNobody was hurt.\nEnd of Document"
    >>> (page,) = pages_in_export(one, "a.txt")
    >>> page.outlet, page.published, [str(block.kind) for block in page.told]
    ('Ellery Courier', '2025-05-19', ['title', 'other', 'timestamp', 'other', 'byline', 'other', 'other'])
    """
    for export in EXPORTS:
        cuts = list(export.cut.finditer(text))
        if cuts and export.proof.search(text):
            bounds = [cut.start() for cut in cuts] if export.begins else [0, *(cut.end() for cut in cuts)]
            pieces = zip(bounds, (*bounds[1:], len(text)), strict=True)
            yield from filter(None, (_page(export, text[start:end], name, n) for n, (start, end) in enumerate(pieces, 1)))
            return


def _page(export: Export, text: str, name: str, number: int) -> RawPage | UnreadableInputError | None:
    lines = _lines(text, export)
    places, begin = export.place(lines) if lines else ({}, 0)
    if "outlet" not in places.values() and not any(line.role for line in lines):
        return None  # a cover, or what follows the last article
    first = min(places, default=0)
    if first and not export.begins:  # a list of all titles goes before
        text = text[lines[first].span.start :]
        lines = _lines(text, export)
        places, begin = export.place(lines)
    tail = _tail(lines, begin, len(lines) - bool(export.cut.match(lines[-1].text) and not lines[-1].role))
    if not any(line.text for line in lines[begin:tail]):
        return UnreadableInputError(f"{name}: article {number} of this {export.shown} export holds no text.")
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
        self.wrapped = _wrapped(lines)
        self.blocks: list[Block] = []
        self.facts: list[Provenance] = []
        self.last = "other"

    def under(self, at: int, *, behind: bool) -> str:
        """Return what a line without a label is: it goes on with the label above it, behind the text or where wrapped."""
        legal = _LEGAL.match(self.lines[at].text)
        return "legal" if legal else self.last if behind or self.runs_on(at) else "other"

    def runs_on(self, at: int) -> bool:
        """Tell whether a line goes on with the one above it, in a text broken at a fixed width."""
        line = self.lines[at]
        return at > 0 and self.wrapped and not line.gap and not line.role and len(self.lines[at - 1].text) >= _LONG

    def tell(self, at: int, role: str) -> None:
        """Add the blocks of one line, its label and what stands behind it, and what it says of the article."""
        line, why = self.lines[at], f"label of {self.export.shown}"
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
        facts = _facts(role, words, turned=self.export.name == "proquest")
        self.facts += [Provenance(field, value, "export", span) for field, value in facts]

    def paragraph(self, at: int) -> None:
        """Add the first line of a paragraph of several as text, or let the last block go on to the end of this one."""
        span = self.lines[at].span
        if self.runs_on(at) and self.blocks and self.blocks[-1].kind is BlockKind.CONTENT:
            span = Span(self.blocks.pop().span.start, span.end)
        self.blocks.append(Block(span, BlockKind.CONTENT, 0.95, "paragraph of several lines in an export"))

    def page(self) -> RawPage:
        """Return the page with all that was told; of two values of a field the first counts."""
        value = {fact.field: fact.value for fact in reversed(self.facts) if fact.field in RawPage._fields}
        names = tuple(fact.value for fact in self.facts if fact.field == "byline")
        facts = tuple(fact for fact in self.facts if fact.field != "byline")
        return RawPage(text=self.text, told=tuple(self.blocks), provenance=facts, bylines=names, **value)  # type: ignore[arg-type]


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


def day_in(text: str) -> str | None:
    """Return the first full day printed in a text, in one of eight languages, as an ISO date.

    >>> day_in("lundi 19 mai 2025, p. 3"), day_in("3/4 of 2025")
    ('2025-05-19', None)
    """
    from dateparser import parse

    for match in _DAY.finditer(text):
        day = parse(match.group(), languages=list(LANGUAGES), settings={"STRICT_PARSING": True})
        if day is not None:
            return str(day.date().isoformat())
    return None


def _lines(text: str, export: Export) -> list[Line]:
    """Return the lines that are not blank, with what their labels tell."""
    labels, found, gap = word_map("export_labels", export.name), [], False
    mark = _LABEL
    if export.name == "factiva":
        mark, labels = _CODE, labels if _CODED.search(text) else {}
    for match in _LINE.finditer(text):
        line = match.group().strip().rstrip("|").rstrip()
        if line:
            start = match.start() + match.group().index(line)
            label = mark.match(line)
            role = labels.get((label.group(1) if label else line).casefold(), "")
            value = start + label.end() if label and role else start + len(line) if role else start
            found.append(Line(Span(start, start + len(line)), line, role, value, gap))
        gap = not line
    return found


def _tail(lines: list[Line], begin: int, end: int) -> int:
    """Return the number of the line from which on there are but labels, with few words under each, up to the end."""
    tail, under = end, 0
    for at in range(end - 1, begin - 1, -1):
        role = lines[at].role
        if role in {"", "text"}:
            under += len(lines[at].text.split())
        if under > (_MOST_UNDER_CAPTION if role == "caption" else _MOST_UNDER_LABEL) and role:
            break
        if role and role != "text":
            tail, under = at, 0
        if under > _MOST_UNDER_CAPTION:
            break
    return tail


def _begin(lines: list[Line], head: int = 0) -> int:
    """Return where the text begins: behind the last line that says so, else behind the labels from line `head` on."""
    says = [at for at, line in enumerate(lines) if line.role == "text"]
    if says:
        last = max(at for at in says if at - says[0] <= _NEAR)
        return last if lines[last].value < lines[last].span.end else last + 1
    at, wrapped = head, _wrapped(lines)
    while at < len(lines) and (lines[at].role or (at > head and wrapped and not lines[at].gap)):
        at += 1
    return at


def _wrapped(lines: list[Line]) -> bool:
    """Tell whether a text is broken at a fixed width: no line is long, and blank lines part its paragraphs."""
    return max(len(line.text) for line in lines) <= _WRAPPED and sum(line.gap for line in lines) > len(lines) / 5


def _dated(lines: list[Line], least: int, most: int) -> int | None:
    """Return the number of the first line in a range that prints a day and little else."""
    for at in range(least, min(most, len(lines))):
        if not lines[at].role and len(lines[at].text.split()) <= _LONGEST_DATED and _DAY.search(lines[at].text):
            return at
    return None


def _nexis_old(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Outlet, day and edition centred, then the headline, then labels, then the text."""
    day = _dated(lines, 1, 6) or 1
    label = next((at for at, line in enumerate(lines) if line.role), len(lines))
    places = {at: "other" for at in range(day)} | {1: "outlet", day: "published"}
    title = next((at for at in range(day + 1, label) if lines[at].gap), max(day + 1, label - 1))
    if sum(len(line.text.split()) for line in lines[title + 1 : label]) > _MOST_UNDER_LABEL:
        label = title + 1  # no label above the text
    places |= {at: "other" for at in range(day + 1, title)}
    for at in range(title, label):
        if at > title and lines[at].gap:
            break
        places[at] = "title"
    return places, max(label, _begin(lines, label)) if label < len(lines) else label


def _nexis_new(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Headline, outlet and day in a line each above the labels; a list of all titles may stand above the first."""
    label = next((at for at, line in enumerate(lines) if line.role), len(lines))
    days = [at for at in range(label) if _dated(lines, at, at + 1) is not None and ":" not in lines[at].text[:20]]
    if not days or days[-1] < 2:
        return {}, _begin(lines, label)
    day = days[-1]
    return {day - 2: "title", day - 1: "outlet", day: "published"}, _begin(lines, label)


def _factiva(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Section, headline and author above the count of words, then day, time, outlet, code, language and copyright."""
    count = next((at for at, line in enumerate(lines) if _COUNT.fullmatch(line.text)), None)
    if count is None or any(line.role == "title" for line in lines):
        return {}, _begin(lines)
    title = max(range(count), key=lambda at: len(lines[at].text.split()), default=None)
    places = {at: "section" if at == 0 else "other" for at in range(count)}
    if title is not None:
        places |= {at: "byline" if at == title + 1 else "other" for at in range(title + 1, count)} | {title: "title"}
    day = _dated(lines, count, count + 3)
    outlet = next((at for at in range((day or count) + 1, len(lines)) if not re.match(r"\d", lines[at].text)), count)
    last = next((at for at in range(outlet, min(outlet + 9, len(lines))) if _LEGAL.match(lines[at].text)), None)
    if last is None:  # no copyright line: the text begins behind the last short line
        last = next((at - 1 for at in range(outlet, len(lines)) if len(lines[at].text.split()) > _NEAR), outlet)
    return places | {day or count: "published", outlet: "outlet"}, last + 1


def _proquest(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Headline without a label, then labels; "Full text:" begins the text."""
    label = next((at for at, line in enumerate(lines) if line.role and line.role != "legal"), len(lines))
    plain = [at for at in range(label) if not _NO_TITLE.match(lines[at].text) and _dated(lines, at, at + 1) is None]
    told = any(line.role == "title" for line in lines)
    return ({} if told or not plain else {plain[0]: "title"}), _begin(lines)


def _newsbank(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Headline, then "Outlet (place) - day", then labels, then the text."""
    day = _dated(lines, 0, 6)
    if day is None:
        return {}, _begin(lines)
    return {at: "title" if at == day - 1 else "other" for at in range(day)} | {day: "info"}, _begin(lines, day + 1)


def _europresse(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Outlet with its number, then section, day and count of words, headline, author, text."""
    day = _dated(lines, 1, 8)
    if day is None or day + 2 >= len(lines):
        return {}, 0
    author = day + 2 if len(lines[day + 2].text.split()) <= _NEAR and lines[day + 2].text[-1] not in ".!?»" else None
    places = {day - 1: "outlet", day: "published", day + 1: "title"} | ({author: "byline"} if author else {})
    return places, (author or day + 1) + 1


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


_NEXIS = re.compile(r"^[ \t]*[A-ZÄÖ][A-Za-zäöü-]{2,20}:[\s\xa0]", re.MULTILINE)
EXPORTS = (
    Export(
        "nexis", "Nexis", re.compile(
            r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+|Documento \d+ de \d+)[ \t\r]*$", re.MULTILINE
        ), True, _NEXIS, _nexis_old,
    ),
    Export(
        "nexis", "Nexis", re.compile(
            r"^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)[ \t\r]*$", re.MULTILINE
        ), False, _NEXIS, _nexis_new,
    ),
    Export(
        "factiva", "Factiva", re.compile(
            r"^[ \t]*(?:AN[\s|]+)?(?:Document|Dokument|Documento|文件) [A-Z0-9]{6,14}(?:19|20)\d{6}[a-z0-9]{4,}[ \t\r|]*$", re.MULTILINE
        ), False, re.compile(""), _factiva,
    ),
    Export(
        "proquest", "ProQuest", re.compile(r"^[ \t]*(?:_{20,}|Document \d+ of \d+)[ \t\r]*$|(?<=\n)Database:.*$", re.MULTILINE),
        False, re.compile(r"^(?:Full text:|Publication (?:title|info):|ProQuest document ID:)", re.MULTILINE), _proquest,
    ),
    Export(
        "newsbank", "NewsBank", re.compile(
            r"^Record(?: Number)?:\s*[0-9A-Za-z]{8,}[ \t\r]*$(?:\s*^(?:Copyright|©).*$)?", re.MULTILINE
        ), False, re.compile(""), _newsbank,
    ),
    Export(
        "europresse", "Europresse", re.compile(r"^[^\W\d_]{2,12}·(?:19|20)\d{6}·[A-Z]{1,8}·\S+[ \t\r]*$", re.MULTILINE),
        False, re.compile(""), _europresse,
    ),
)  # fmt: skip
