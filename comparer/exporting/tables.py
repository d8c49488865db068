"""Lay a comparison out in tidy tables: two files of CSV, four data frames for a notebook, and the report in a frame.

In: a Comparison. Out: `claims` (a line per claim and outlet), `findings`, `sources` (a line per source and outlet that
cites it) and `quotations` (a line per printed form of an utterance), in the order of the comparison, so equal input
gives equal bytes. CSV holds the first two, as UTF-8 with a byte order mark, which spreadsheets need to know it; a text
that a spreadsheet would run as a formula begins with an apostrophe instead. Offsets are code points into
`Article.text`. With `Config.redact` long passages are quoted by their first words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from comparer.model import AnalysedArticle, Cell, Comparison, EmptyCell, EventComparison, Row, Span
from comparer.model.text import harmless, short_quote

CLAIMS = (
    "event event_title row row_key article outlet published state reason near_miss_score text start end spans "
    "voice source rung manner origin row_confidence"
).split()
FINDINGS = (
    "event event_title finding code family row row_key outlets message count total unit confidence sides evidence "
    "places"
).split()
SOURCES = "event event_title source kind outlet printed office mentions start end".split()
QUOTATIONS = "event event_title utterance row outlet manner start end text changes".split()
_Lines = Iterator[Sequence[object]]


class Frames(NamedTuple):
    """Hold the four tables of a comparison, each a data frame of the library that was asked for."""

    claims: Any
    findings: Any
    sources: Any
    quotations: Any


def claims_csv(comparison: Comparison) -> str:
    """Return a line per row and article; a cell prints each of its claims once; `spans` name every place.

    `state` is told or empty, `reason` why it is empty; `origin` numbers the articles that carry one text, from 1.
    """
    return _csv(comparison, CLAIMS, _claims)


def findings_csv(comparison: Comparison) -> str:
    """Return a line per finding; sides, quoted evidence and places stand in one column each, parted by " | "."""
    return _csv(comparison, FINDINGS, _findings)


def to_pandas(comparison: Comparison) -> Frames:
    """Return the tables as `pandas.DataFrame`s; an empty table keeps its columns."""
    import pandas as pd

    return Frames(*(pd.DataFrame(lines, columns=head) for head, lines in _tables(comparison)))


def to_polars(comparison: Comparison) -> Frames:
    """Return the tables as `polars.DataFrame`s; an empty table keeps its columns."""
    import polars as pl

    frames = []
    for head, lines in _tables(comparison):
        plain = [[str(v) if isinstance(v, str) else v for v in line] for line in lines]  # polars knows no StrEnum
        frames.append(pl.DataFrame(plain, schema=head, orient="row", infer_schema_length=None))
    return Frames(*frames)


def framed(page: str) -> str:
    """Return a page as HTML for a cell of a notebook: whole and apart, its script within its own frame."""
    return (
        f'<iframe srcdoc="{escape(page)}" width="100%" height="720" sandbox="allow-scripts allow-downloads"'
        ' title="Report"></iframe>'
    )


def _tables(comparison: Comparison) -> Iterator[tuple[list[str], list[Sequence[object]]]]:
    makers = ((CLAIMS, _claims), (FINDINGS, _findings), (SOURCES, _sources), (QUOTATIONS, _quotations))
    for head, lines in makers:
        yield head, [line for event in comparison.events for line in lines(comparison, event)]


def _csv(comparison: Comparison, head: list[str], lines: Callable[[Comparison, EventComparison], _Lines]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    for event in comparison.events:
        writer.writerows([_safe(value) for value in line] for line in lines(comparison, event))
    return "\ufeff" + file.getvalue()


def _safe(value: object) -> object:
    """Return a value as a cell: numbers as they are, text on one line and never a formula."""
    if value is None or isinstance(value, (int, float)):
        return value
    return harmless(_flat(str(value)).replace("\0", ""))


def _flat(text: str) -> str:
    return " ".join(text.split()).encode("utf-8", "replace").decode()


def _printed(comparison: Comparison, text: str, span: Span) -> str:
    words = _flat(span.of(text))
    return short_quote(words) if comparison.config.redact else words


def _claims(comparison: Comparison, event: EventComparison) -> _Lines:
    articles = [comparison.article(article) for article in event.alignment.articles]
    origin = {k: n for n, members in enumerate(event.reuse.origins, start=1) for k in members}
    sourced = {(s.row, s.article): s for s in event.sourcing}
    for row in event.alignment.rows:
        for k, analysed in enumerate(articles):
            article, said = analysed.article, sourced.get((row.id, k))
            yield (
                *(event.id, event.title, row.id, row.key, article.id, article.outlet, article.published),
                *_cell(comparison, row.cells[k], analysed),
                *((said.name, said.rung, said.manner) if said else (None, None, None)),
                *(origin.get(k), row.confidence),
            )


def _cell(comparison: Comparison, cell: Cell | EmptyCell, analysed: AnalysedArticle) -> Sequence[object]:
    """Return state, reason, near miss, text, start, end, spans and voice."""
    if isinstance(cell, EmptyCell):
        near = cell.near_miss
        return ("empty", cell.reason, near.score if near else None, *[None] * 5)
    spans = [claim.passage.span for claim in cell.told]
    shown = " … ".join(_printed(comparison, analysed.article.text, span) for span in spans)
    voices = dict.fromkeys(str(claim.voice) for claim in cell.told)
    places = " ".join(f"{c.passage.span.start}-{c.passage.span.end}" for c in cell.claims)
    return ("told", None, None, shown, spans[0].start, spans[-1].end, places, "/".join(voices))


def _findings(comparison: Comparison, event: EventComparison) -> _Lines:
    rows: dict[str, Row] = {row.id: row for row in event.alignment.rows}
    texts = {a: comparison.article(a).article for a in event.articles}
    for finding in event.findings:
        evidence = [(texts[p.article], p.span) for p in dict.fromkeys(finding.evidence)]
        magnitude = finding.magnitude
        parted = (
            [side.value for side in finding.sides],
            [_printed(comparison, article.text, span) for article, span in evidence],
            [f"{article.outlet} {span.start}-{span.end}" for article, span in evidence],
        )
        yield (
            *(event.id, event.title, finding.id, finding.code, finding.code[0], finding.row),
            rows[finding.row].key if finding.row in rows else None,
            " | ".join(dict.fromkeys(article.outlet for article, _ in evidence)),
            *(finding.message, magnitude.count, magnitude.total, magnitude.unit, finding.confidence),
            *(" | ".join(parts) for parts in parted),
        )


def _sources(comparison: Comparison, event: EventComparison) -> _Lines:
    for shared in event.sources:
        for k, n in shared.cited:
            analysed = comparison.article(event.articles[k])
            source, outlet = analysed.sources[n], analysed.article.outlet
            first = source.mentions[0]
            told = (str(shared.kind), outlet, source.name, source.office, len(source.mentions), first.start, first.end)
            yield (event.id, event.title, shared.name, *told)


def _quotations(comparison: Comparison, event: EventComparison) -> _Lines:
    for said in event.utterances:
        changes = " ".join(str(change.kind) for change in said.changes)
        for reading in said.readings:
            article, span = comparison.article(reading.passage.article).article, reading.passage.span
            place = (article.outlet, str(reading.manner), span.start, span.end)
            words = _printed(comparison, article.text, span)
            yield (event.id, event.title, said.id, said.row, *place, words, changes)
