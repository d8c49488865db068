"""Write a comparison as tidy CSV: a line per claim and outlet in one file, a line per finding in the other.

In: a Comparison. Out: the text of two files, in the order of the comparison, so equal input gives equal bytes. UTF-8
with a byte order mark, which spreadsheets need to know it. A text that a spreadsheet would run as a formula begins with
an apostrophe instead. With `Config.redact` long passages are quoted by their first words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from comparer.model import AnalysedArticle, Cell, Comparison, EmptyCell, EventComparison, Row
from comparer.model.text import harmless, short_quote

CLAIMS = (
    "event event_title row row_key article outlet published state reason near_miss_score text start end spans "
    "voice source rung manner origin row_confidence"
).split()
FINDINGS = (
    "event event_title finding code family row row_key outlets message count total unit confidence sides evidence "
    "places"
).split()
_Line = Sequence[object]


def claims_csv(comparison: Comparison) -> str:
    """Return a line per row and article; a cell prints each of its claims once; `spans` name every place.

    `state` is told or empty, `reason` why it is empty; `origin` numbers the articles that carry one text, from 1.
    """
    return _written(CLAIMS, claim_lines(comparison))


def findings_csv(comparison: Comparison) -> str:
    """Return a line per finding; sides, quoted evidence and places stand in one column each, parted by " | "."""
    return _written(FINDINGS, finding_lines(comparison))


def claim_lines(comparison: Comparison) -> Iterator[_Line]:
    """Yield the values of each line of `claims_csv`, as they are."""
    return (line for event in comparison.events for line in _claims(comparison, event))


def finding_lines(comparison: Comparison) -> Iterator[_Line]:
    """Yield the values of each line of `findings_csv`, as they are."""
    return (line for event in comparison.events for line in _findings(comparison, event))


def _claims(comparison: Comparison, event: EventComparison) -> Iterator[_Line]:
    articles = [comparison.article(article) for article in event.alignment.articles]
    origin = {k: n for n, members in enumerate(event.reuse.origins, start=1) for k in members}
    sourced = {(s.row, s.article): s for s in event.sourcing}
    for row in event.alignment.rows:
        for k, analysed in enumerate(articles):
            article, said = analysed.article, sourced.get((row.id, k))
            yield (
                event.id,
                event.title,
                row.id,
                row.key,
                article.id,
                article.outlet,
                article.published,
                *_cell(row.cells[k], analysed, redact=comparison.config.redact),
                *((said.name, said.rung, said.manner) if said else (None, None, None)),
                origin.get(k),
                row.confidence,
            )


def _cell(cell: Cell | EmptyCell, analysed: AnalysedArticle, *, redact: bool) -> _Line:
    """Return state, reason, near miss, text, start, end, spans and voice."""
    if isinstance(cell, EmptyCell):
        near = cell.near_miss
        return ("empty", cell.reason, near.score if near else None, *[None] * 5)
    spans = [claim.passage.span for claim in cell.told]
    texts = [_flat(span.of(analysed.article.text)) for span in spans]
    shown = " … ".join(short_quote(text) if redact else text for text in texts)
    voices = dict.fromkeys(str(claim.voice) for claim in cell.told)
    places = " ".join(f"{c.passage.span.start}-{c.passage.span.end}" for c in cell.claims)
    return ("told", None, None, shown, spans[0].start, spans[-1].end, places, "/".join(voices))


def _findings(comparison: Comparison, event: EventComparison) -> Iterator[_Line]:
    rows: dict[str, Row] = {row.id: row for row in event.alignment.rows}
    texts = {a: comparison.article(a).article for a in event.articles}
    for finding in event.findings:
        evidence = tuple(dict.fromkeys(finding.evidence))
        outlets = dict.fromkeys(texts[p.article].outlet for p in evidence)
        quotes = [_flat(p.span.of(texts[p.article].text)) for p in evidence]
        places = [f"{texts[p.article].outlet} {p.span.start}-{p.span.end}" for p in evidence]
        yield (
            event.id,
            event.title,
            finding.id,
            finding.code,
            finding.code[0],
            finding.row,
            rows[finding.row].key if finding.row in rows else None,
            " | ".join(outlets),
            finding.message,
            finding.magnitude.count,
            finding.magnitude.total,
            finding.magnitude.unit,
            finding.confidence,
            " | ".join(side.value for side in finding.sides),
            " | ".join(short_quote(q) if comparison.config.redact else q for q in quotes),
            " | ".join(places),
        )


def _written(head: _Line, lines: Iterable[_Line]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_safe(value) for value in line] for line in lines)
    return "\ufeff" + file.getvalue()


def _safe(value: object) -> object:
    """Return a value as a cell: numbers as they are, text on one line and never a formula."""
    if value is None or isinstance(value, (int, float)):
        return value
    return harmless(_flat(str(value)).replace("\0", ""))


def _flat(text: str) -> str:
    return " ".join(text.split()).encode("utf-8", "replace").decode()
