"""Say how databases of the press lay out what they export: which line begins or ends an article, and what tells what.

In: the text of one article with what surrounds it, and the labels of `export_labels.toml`. Out: its lines with their
labels, and by line what the place alone tells. A headline that a layout prints without a mark is told by its place:
above the outlet in Nexis Uni, the longest line above the count of words in Factiva.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from comparer.model import Span
from comparer.resources.loader import word_map

_DAY = re.compile(
    r"\d{1,2}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d{2}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
)
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "tr")
_LABEL = re.compile(r"([^\W\d_][^:|\n]{0,40}?)[\s\xa0]*:(?:[\s\xa0]|$)")
_CODE = re.compile(r"([A-Z]{2,3})(?:\s*\|\s*|[ \t\xa0]+|$)")
_CODED = re.compile(r"^HD(?:[ |\t\xa0]|$)", re.MULTILINE)
_COUNT = re.compile(r"[\d.,  ]+(?:words|mots|wörter|palabras|parole|palavras|woorden|kelime|字|слов)", re.IGNORECASE)
LEGAL = re.compile(r"\(?(?:copyright|©|\(c\)|all rights reserved|tous droits)", re.IGNORECASE)
_LINE = re.compile(r"[^\n\f]*[\n\f]?")
_NO_TITLE = re.compile(r"_{5,}|Document \d+ of|Report Information|ProQuest document link|Table of contents|\d+\. ")
_LONGEST_DATED = 14  # words of a line that prints a day and little else
_MOST_UNDER_LABEL = 60  # words that may stand under a label; more of them are the text
_NEAR = 8  # lines or words
_WRAPPED = 100  # characters; no line of a hard-wrapped text is longer


class Line(NamedTuple):
    """Hold one line that is not blank: its place, words, what its label tells, whether a blank one precedes."""

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


def lines_of(text: str, export: Export) -> list[Line]:
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


def _begin(lines: list[Line], head: int = 0) -> int:
    """Return where the text begins: behind the line that says so, else behind the labels from `head` on."""
    says = [at for at, line in enumerate(lines) if line.role == "text"]
    if says:
        last = says[0]
        if any(line.role == "abstract" for line in lines[last : last + 2]) and says[1:2]:
            last = says[1]
        return last if lines[last].value < lines[last].span.end else last + 1
    at, broken = head, wrapped(lines)
    while at < len(lines) and (lines[at].role or (at > head and broken and not lines[at].gap)):
        at += 1
    return at


def wrapped(lines: list[Line]) -> bool:
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
    places = dict.fromkeys(range(day), "other") | {1: "outlet", day: "published"}
    title = next((at for at in range(day + 1, label) if lines[at].gap), max(day + 1, label - 1))
    if sum(len(line.text.split()) for line in lines[title + 1 : label]) > _MOST_UNDER_LABEL:
        label = title + 1  # no label above the text
    places |= dict.fromkeys(range(day + 1, title), "other")
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
    last = next((at for at in range(outlet, min(outlet + 9, len(lines))) if LEGAL.match(lines[at].text)), None)
    if last is None:  # no copyright line: the text begins behind the last short line
        last = next((at - 1 for at in range(outlet, len(lines)) if len(lines[at].text.split()) > _NEAR), outlet)
    return places | {day or count: "published", outlet: "outlet"}, last + 1


def _proquest(lines: list[Line]) -> tuple[dict[int, str], int]:
    """Headline without a label, then labels; "Full text:" begins the text."""
    label = next((at for at, line in enumerate(lines) if line.role and line.role != "legal"), len(lines))
    plain = [at for at in range(label) if not _NO_TITLE.match(lines[at].text) and _dated(lines, at, at + 1) is None]
    told = any(line.role == "title" for line in lines)
    begin = _begin(lines) if any(line.role == "text" for line in lines) else len(lines)
    return ({} if told or not plain else {plain[0]: "title"}), begin


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


def _whole(line: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:{line})[ \t\r|]*$", re.MULTILINE)


_NEXIS = re.compile(r"^[ \t]*[A-ZÄÖ][A-Za-zäöü-]{2,20}:[\s\xa0]", re.MULTILINE)
_PROQUEST = re.compile(r"^(?:Full text:|Publication (?:title|info):|ProQuest document ID:)", re.MULTILINE)
_NUMBERED = _whole(r"\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Documento? \d+ de \d+")
_ENDED = _whole("End of Document|Ende des Dokuments|Fin du document|Fin del documento")
_FILED = _whole(r"(?:AN[\s|]+)?(?:Documento?|Dokument|文件) [A-Z0-9]{6,14}(?:19|20)\d{6}[a-z0-9]{4,}")
_RULED = _whole(r"_{20,}|Document \d+ of \d+|Database:.*")
_RECORDED = _whole(r"Record(?: Number)?:\s*[0-9A-Za-z]{8,}(?:\s*^(?:Copyright|©).*)?")
_CERTIFIED = _whole(r"[^\W\d_]{2,12}·(?:19|20)\d{6}·[A-Z]{1,8}·\S+")
_ANY = re.compile("")
EXPORTS = (
    Export("nexis", "Nexis", _NUMBERED, True, _NEXIS, _nexis_old),
    Export("nexis", "Nexis", _ENDED, False, _NEXIS, _nexis_new),
    Export("factiva", "Factiva", _FILED, False, _ANY, _factiva),
    Export("proquest", "ProQuest", _RULED, False, _PROQUEST, _proquest),
    Export("newsbank", "NewsBank", _RECORDED, False, _ANY, _newsbank),
    Export("europresse", "Europresse", _CERTIFIED, False, _ANY, _europresse),
)
