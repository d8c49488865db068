"""Say how databases of the press lay out what they export: which line begins or ends an article, and what tells what.

In: the text of one article and the labels of `export_labels.toml`. Out: its lines with their labels, and by line what
the place alone tells: a headline without a mark stands above the outlet in Nexis Uni, in Factiva it is the longest line
above the count of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from comparer.model import Span
from comparer.resources.loader import word_map

_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "tr"]
_DAY = re.compile(
    r"\d{1,2}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d{2}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
)
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

    @property
    def words(self) -> int:
        """Count the words of the line."""
        return len(self.text.split())

    @property
    def dated(self) -> bool:
        """Tell whether the line prints a day and little else."""
        return not self.role and self.words <= _LONGEST_DATED and _DAY.search(self.text) is not None


Places: TypeAlias = tuple[dict[int, str], int]  # what each line of a head tells, by number, and where the text begins


class Export(NamedTuple):
    """Hold one database: its name, the line that each article ends or begins with, what proves it, and its layout."""

    name: str
    cut: re.Pattern[str]
    begins: bool
    proof: re.Pattern[str]
    place: Callable[[list[Line]], Places]


def day_in(text: str) -> str | None:
    """Return the first full day printed in a text, in one of eight languages, as an ISO date.

    >>> day_in("lundi 19 mai 2025, p. 3"), day_in("3/4 of 2025")
    ('2025-05-19', None)
    """
    from dateparser import parse

    for match in _DAY.finditer(text):
        day = parse(match.group(), languages=_LANGUAGES, settings={"STRICT_PARSING": True})
        if day is not None:
            return str(day.date().isoformat())
    return None


def lines_of(text: str, export: Export) -> list[Line]:
    """Return the lines that are not blank, with what their labels tell."""
    labels, mark = word_map("export_labels", export.name.lower()), _LABEL
    if export.name == "Factiva":
        mark, labels = _CODE, labels if _CODED.search(text) else {}
    found, gap = [], False
    for match in _LINE.finditer(text):
        line = match.group().strip().rstrip("|").rstrip()
        if line:
            start = match.start() + match.group().index(line)
            label = mark.match(line)
            role = labels.get((label.group(1) if label else line).casefold(), "")
            told = label.end() if label else len(line)
            found.append(Line(Span(start, start + len(line)), line, role, start + told if role else start, gap))
        gap = not line
    return found


def wrapped(lines: list[Line]) -> bool:
    """Tell whether a text is broken at a fixed width: no line is long, and blank lines part its paragraphs."""
    return max(len(line.text) for line in lines) <= _WRAPPED and sum(line.gap for line in lines) > len(lines) / 5


def _begin(lines: list[Line], head: int = 0) -> int:
    """Return where the text begins: behind the line that says so, else behind the labels from `head` on."""
    says = next((at for at, line in enumerate(lines) if line.role == "text"), None)
    if says is not None:
        return says + (lines[says].value >= lines[says].span.end)
    at, broken = head, wrapped(lines)
    while at < len(lines) and (lines[at].role or (at > head and broken and not lines[at].gap)):
        at += 1
    return at


def _dated(lines: list[Line], least: int, most: int) -> int | None:
    """Return the number of the first line in a range that prints a day and little else."""
    return next((least + n for n, line in enumerate(lines[least:most]) if line.dated), None)


def _label(lines: list[Line]) -> int:
    """Return the number of the first line with a label, of all lines where there is none."""
    return next((at for at, line in enumerate(lines) if line.role), len(lines))


def _nexis_old(lines: list[Line]) -> Places:
    """Outlet, day and edition centred, then the headline, then labels, then the text."""
    day, label = _dated(lines, 1, 6) or 1, _label(lines)
    title = next((at for at in range(day + 1, label) if lines[at].gap), max(day + 1, label - 1))
    if sum(line.words for line in lines[title + 1 : label]) > _MOST_UNDER_LABEL:
        label = title + 1  # no label above the text
    behind = next((at for at in range(title + 1, label) if lines[at].gap), label)
    places = dict.fromkeys(range(title), "other") | dict.fromkeys(range(title, behind), "title")
    return places | {1: "outlet", day: "published"}, max(label, _begin(lines, label))


def _nexis_new(lines: list[Line]) -> Places:
    """Headline, outlet and day in a line each above the labels; a list of all titles may stand above the first."""
    label = _label(lines)
    days = (at for at in range(2, label) if lines[at].dated and ":" not in lines[at].text[:20])
    day = max(days, default=None)
    return {day - 2: "title", day - 1: "outlet", day: "published"} if day else {}, _begin(lines, label)


def _factiva(lines: list[Line]) -> Places:
    """Section, headline and author above the count of words, then day, time, outlet, code, language and copyright."""
    count = next((at for at, line in enumerate(lines) if _COUNT.fullmatch(line.text)), None)
    if count is None or any(line.role == "title" for line in lines):
        return {}, _begin(lines)
    places = {at: "other" if at else "section" for at in range(count)}
    if count:
        title = max(places, key=lambda at: lines[at].words)
        places |= {at: "byline" if at == title + 1 else "other" for at in range(title + 1, count)} | {title: "title"}
    day = _dated(lines, count, count + 3) or count
    outlet = next((at for at in range(day + 1, len(lines)) if not lines[at].text[0].isdecimal()), count)
    last = next((at for at in range(outlet, min(outlet + 9, len(lines))) if LEGAL.match(lines[at].text)), None)
    if last is None:  # no copyright line: the text begins behind the last short line
        last = next((at - 1 for at in range(outlet, len(lines)) if lines[at].words > _NEAR), outlet)
    return places | {day: "published", outlet: "outlet"}, last + 1


def _proquest(lines: list[Line]) -> Places:
    """Headline without a label, then labels; "Full text:" begins the text."""
    label = next((at for at, line in enumerate(lines) if line.role not in {"", "legal"}), len(lines))
    plain = [at for at in range(label) if not _NO_TITLE.match(lines[at].text) and not lines[at].dated]
    roles = {line.role for line in lines}
    begin = _begin(lines) if "text" in roles else len(lines)
    return {plain[0]: "title"} if plain and "title" not in roles else {}, begin


def _newsbank(lines: list[Line]) -> Places:
    """Headline, then "Outlet (place) - day", then labels, then the text."""
    day = _dated(lines, 0, 6)
    if day is None:
        return {}, _begin(lines)
    return {at: "title" if at == day - 1 else "other" for at in range(day)} | {day: "info"}, _begin(lines, day + 1)


def _europresse(lines: list[Line]) -> Places:
    """Outlet with its number, then section, day and count of words, headline, author, text."""
    day = _dated(lines, 1, 8)
    if day is None or day + 2 >= len(lines):
        return {}, 0
    places = {day - 1: "outlet", day: "published", day + 1: "title"}
    if lines[day + 2].words > _NEAR or lines[day + 2].text[-1] in ".!?»":
        return places, day + 2
    return places | {day + 2: "byline"}, day + 3


def _whole(line: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:{line})[ \t\r|]*$", re.MULTILINE)


_NEXIS = re.compile(r"^[ \t]*[A-ZÄÖ][A-Za-zäöü-]{2,20}:[\s\xa0]", re.MULTILINE)
_PROQUEST = re.compile(r"^(?:Full text:|Publication (?:title|info):|ProQuest document ID:)", re.MULTILINE)
_ANY = re.compile("")
_NUMBERED = _whole(r"\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Documento? \d+ de \d+")
_ENDED = _whole("End of Document|Ende des Dokuments|Fin du document|Fin del documento")
_FILED = _whole(r"(?:AN[\s|]+)?(?:Documento?|Dokument|文件) [A-Z0-9]{6,14}(?:19|20)\d{6}[a-z0-9]{4,}")
_RULED = _whole(r"_{20,}|Document \d+ of \d+|Database:.*")
_RECORDED = _whole(r"Record(?: Number)?:\s*[0-9A-Za-z]{8,}(?:\s*^(?:Copyright|©).*)?")
_CERTIFIED = _whole(r"[^\W\d_]{2,12}·(?:19|20)\d{6}·[A-Z]{1,8}·\S+")
EXPORTS = (
    Export("Nexis", _NUMBERED, True, _NEXIS, _nexis_old),
    Export("Nexis", _ENDED, False, _NEXIS, _nexis_new),
    Export("Factiva", _FILED, False, _ANY, _factiva),
    Export("ProQuest", _RULED, False, _PROQUEST, _proquest),
    Export("NewsBank", _RECORDED, False, _ANY, _newsbank),
    Export("Europresse", _CERTIFIED, False, _ANY, _europresse),
)
