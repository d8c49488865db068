"""What tests of meaning over whole pages share: the key of planted differences, and places in texts.

Places are found by their words, never by counting characters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import comparer
from comparer.model import Article, Block, Comparison, EventComparison, Finding, Passage, Row, Span

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "articles"
KEY: dict[str, Any] = tomllib.loads((ROOT / "tests/cases/articles/planted.toml").read_text(encoding="utf-8"))

# A place is one article's spans on which the same words stand: pages repeat ledes, captions and headlines.
Place = tuple[str, tuple[Span, ...]]


def outlet_of(file: str) -> str:
    """Return the short name of a page: its file name without the ending."""
    return Path(file).stem


def files_of(event: str) -> list[str]:
    """List the files of one event."""
    return [page["file"] for page in KEY["pages"] if page["event"] == event]


@cache
def article(file: str) -> Article:
    """Read one of the sample pages."""
    return comparer.read(ARTICLES / file)


@cache
def event(name: str) -> EventComparison:
    """Compare the pages of one event, taken as one event whatever the grouping says."""
    return comparer.compare([article(file) for file in files_of(name)], one_event=True).events[0]


@cache
def whole() -> Comparison:
    """Compare all sample pages."""
    return comparer.compare([article(page["file"]) for page in KEY["pages"]])


def occurrences(text: str, wanted: str) -> tuple[Span, ...]:
    """Find every place where the words stand."""
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(Span(at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    return tuple(found)


def touches(left: Span, right: Span, share: float) -> bool:
    """Tell whether two spans share at least this part of the shorter one."""
    return left.shared(right) >= share * max(1, min(len(left), len(right)))


def texts(name: str) -> dict[str, Article]:
    """Map the short names of an event's pages to the articles."""
    return {outlet_of(file): article(file) for file in files_of(name)}


def place(pages: dict[str, Article], outlet: str, words: str | Sequence[str]) -> Place:
    """Find the words in an outlet's page; raise AssertionError where they do not stand there."""
    wanted = [words] if isinstance(words, str) else words
    spans = tuple(span for text in wanted for span in occurrences(pages[outlet].text, text))
    assert spans, f"the text of {outlet} does not hold {wanted}"
    return pages[outlet].id, spans


def meets(passages: Iterable[Passage], where: Place, share: float = 0.5) -> bool:
    """Tell whether one of the passages stands on one of the place's spans."""
    return any(p.article == where[0] and touches(p.span, span, share) for p in passages for span in where[1])


def claims_of(row: Row) -> tuple[Passage, ...]:
    """List the passages of all claims of a row."""
    return tuple(claim.passage for cell in row.cells for claim in cell.claims)


def rows_at(found: EventComparison, *places: Place) -> list[Row]:
    """List the rows that hold a claim at each of the places."""
    return [row for row in found.alignment.rows if all(meets(claims_of(row), where) for where in places)]


def reports(finding: Finding, family: str, places: Sequence[Place]) -> bool:
    """Tell whether a finding of this family (or code) rests on words at two of the places, or at the only one."""
    if not finding.code.startswith(family):
        return False
    return sum(meets(finding.evidence, where, 0.3) for where in places) >= min(2, len(places))


def places_of(pages: dict[str, Article], evidence: dict[str, str | list[str]]) -> list[Place]:
    """Find the places of a planted entry's evidence."""
    return [place(pages, outlet, words) for outlet, words in evidence.items()]


def blocks_on(found: Article, span: Span) -> list[Block]:
    """List the blocks that hold most of the span, or lie in it."""
    return [block for block in found.blocks if touches(block.span, span, 0.5)]


def line_span(found: Article, lines: Sequence[Sequence[str]], index: int) -> Span:
    """Find a line of the key in page order, so that a line printed twice is found twice."""
    at = 0
    for _, words, *_ in lines[: index + 1]:
        start = found.text.find(words, at)
        assert start >= 0, f"the text of {found.path} does not hold {words!r}"
        at = start + len(words)
    return Span(at - len(lines[index][1]), at)
