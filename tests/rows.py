"""Rows for the tests of content findings: each reading is one outlet's article, its sentences one cell of one row.

The rows are given, so that these tests judge the finders alone, whatever alignment would have made of the texts.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import comparer
from comparer.comparison.certainty.find import find_certainty_findings
from comparer.comparison.facts.find import compare_facts, find_fact_findings
from comparer.comparison.view import EventView
from comparer.comparison.wording.find import find_wording_findings
from comparer.language.doc import read_docs
from comparer.model import Alignment, Cell, Claim, Finding, Passage, Reuse, Row, RowId, Span, Voice
from comparer.pipeline import analyse

CASES = Path(__file__).parent / "cases"
TITLE = "Notes from the harbour"


def cases(topic: str, file: str) -> list[Any]:
    """Read the cases of a topic, for parametrize."""
    return list(tomllib.loads((CASES / topic / f"{file}.toml").read_text(encoding="utf-8"))["case"])


def label(case: dict[str, Any]) -> str:
    """Name a case."""
    return str(case["label"])


def view(*readings: str, published: str | None = None) -> EventView:
    """Lay the readings in one row; a reading with a blank line brings its own headline."""
    texts = [reading if "\n\n" in reading else f"{TITLE}\n\n{reading}" for reading in readings]
    articles = [comparer.read_text(text, outlet=f"Outlet {k}", published=published) for k, text in enumerate(texts)]
    analysed = tuple(analyse(article) for article in articles)
    cells = []
    for k, article in enumerate(articles):
        start = article.text.index("\n\n") + 2
        span = Span(start, len(article.text.rstrip()))
        cells.append(Cell((Claim(f"c{k}", Passage(article.id, span), 1, Voice.OUTLET),)))
    ids = tuple(article.id for article in articles)
    alone = tuple((k,) for k in range(len(ids)))
    reuse = Reuse(ids, (0,) * len(ids), ((0,) * len(ids),) * len(ids), alone, alone, ())
    return EventView(analysed, read_docs(articles), Alignment(ids, (Row(RowId("r1"), tuple(cells)),)), reuse)


def content_findings(event: EventView) -> tuple[Finding, ...]:
    """Run the finders of facts, certainty and wording."""
    return (
        *find_fact_findings(event, compare_facts(event)),
        *find_certainty_findings(event),
        *find_wording_findings(event),
    )


def codes(*readings: str) -> list[str]:
    """Return the codes that readings of one row give, each once, in order."""
    return sorted({finding.code for finding in content_findings(view(*readings))})


def verdicts(*readings: str) -> list[str]:
    """Return "kind verdict" for every fact of the row."""
    return [f"{fact.kind} {fact.verdict.value}" for fact in compare_facts(view(*readings))]


def printed(event: EventView, finding: Finding) -> list[list[str]]:
    """Return the words each side of a finding marks."""
    return [[event.text(event.index_of(p), p.span) for p in side.passages] for side in finding.sides]
