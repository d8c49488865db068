"""Hand a comparison to a notebook: four tables as data frames of pandas or polars, and the report in a frame.

In: a Comparison. Out: `claims` (a line per claim and outlet) and `findings` as in the CSV files, `sources` (a line per
source and outlet that cites it) and `quotations` (a line per printed form of an utterance). Offsets are code points
into `Article.text`. The libraries are imported when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from comparer.exporting.csv import CLAIMS, FINDINGS, claim_lines, finding_lines
from comparer.model import Comparison, EventComparison
from comparer.model.text import short_quote

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

SOURCES = ("event", "event_title", "source", "kind", "outlet", "printed", "office", "mentions", "start", "end")
QUOTATIONS = ("event", "event_title", "utterance", "row", "outlet", "manner", "start", "end", "text", "changes")
_Line = Sequence[object]


class Frames(NamedTuple):
    """Hold the four tables of a comparison, each a data frame of the library that was asked for."""

    claims: Any
    findings: Any
    sources: Any
    quotations: Any


def to_pandas(comparison: Comparison) -> Frames:
    """Return the tables as `pandas.DataFrame`s; an empty table keeps its columns."""
    import pandas as pd

    def frame(head: Sequence[str], lines: Iterable[_Line]) -> pd.DataFrame:
        return pd.DataFrame(list(lines), columns=list(head))

    return Frames(*(frame(head, lines) for head, lines in _tables(comparison)))


def to_polars(comparison: Comparison) -> Frames:
    """Return the tables as `polars.DataFrame`s; an empty table keeps its columns."""
    import polars as pl

    def frame(head: Sequence[str], lines: Iterable[_Line]) -> pl.DataFrame:
        plain = [[str(v) if isinstance(v, str) else v for v in line] for line in lines]
        return pl.DataFrame(plain, schema=list(head), orient="row", infer_schema_length=None)

    return Frames(*(frame(head, lines) for head, lines in _tables(comparison)))


def framed(page: str, *, height: int = 720) -> str:
    """Return a page as HTML for a cell of a notebook: whole and apart, its script within its own frame."""
    return (
        f'<iframe srcdoc="{escape(page)}" width="100%" height="{height}" sandbox="allow-scripts allow-downloads"'
        ' title="Report"></iframe>'
    )


def _tables(comparison: Comparison) -> Iterator[tuple[Sequence[str], Iterator[_Line]]]:
    yield CLAIMS, claim_lines(comparison)
    yield FINDINGS, finding_lines(comparison)
    yield SOURCES, (line for event in comparison.events for line in _sources(comparison, event))
    yield QUOTATIONS, (line for event in comparison.events for line in _quotations(comparison, event))


def _sources(comparison: Comparison, event: EventComparison) -> Iterator[_Line]:
    for shared in event.sources:
        for k, n in shared.cited:
            analysed = comparison.article(event.articles[k])
            source, outlet = analysed.sources[n], analysed.article.outlet
            first = source.mentions[0]
            told = (str(shared.kind), outlet, source.name, source.office, len(source.mentions), first.start, first.end)
            yield (event.id, event.title, shared.name, *told)


def _quotations(comparison: Comparison, event: EventComparison) -> Iterator[_Line]:
    for said in event.utterances:
        changes = " ".join(str(change.kind) for change in said.changes)
        for reading in said.readings:
            article = comparison.article(reading.passage.article).article
            words = " ".join(reading.passage.span.of(article.text).split())
            shown = short_quote(words) if comparison.config.redact else words
            span = reading.passage.span
            place = (article.outlet, str(reading.manner), span.start, span.end, shown, changes)
            yield (event.id, event.title, said.id, said.row, *place)
