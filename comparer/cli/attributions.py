"""Lay out who says what, how and through whom: per article, then source by source and claim by claim side by side.

Words an outlet printed go in as plain text objects, so that nothing on a page can be taken for markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from comparer.cli.tables import counted, csv_of, heading, shorten, wrapped
from comparer.comparison.sourcing.sources import anonymous_share, rung_of
from comparer.model import Act, AnalysedArticle, Attribution, Comparison, EventComparison, Rung, Sourcing, Span
from comparer.reporting.words import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

NO_SOURCE = "no source printed"
CSV_HEAD = ("outlet", "path", "rung", "source", "name", "kind", "cue", "stance", "manner", "act", "via", "start", "end",
            "statement")  # fmt: skip


def attributions(comparison: Comparison) -> Iterator[RenderableType]:
    """Yield a list per article and, for each event of several articles, its sources and its claims side by side."""
    for analysed in comparison.articles:
        yield _titled(wrapped(heading(analysed.article)), _said_in(analysed))
    for event in comparison.events:
        if len(event.articles) > 1:
            yield _titled("Sources by name", _sources(comparison, event))
            yield _titled(event.title, _side_by_side(comparison, event))


def recorded(comparison: Comparison, *, as_json: bool, as_csv: bool) -> dict[str, Any] | str | None:
    """Return the attributions as plain data, as CSV with a line each, or None where neither is asked for.

    Offsets are code points into the article's text.
    """
    if as_csv:
        told = (_told(analysed, said) for analysed in comparison.articles for said in analysed.attributions)
        return csv_of(CSV_HEAD, (line.values() for line in told))
    return _record(comparison) if as_json else None


def _titled(title: str, lines: Iterator[str]) -> RenderableType:
    return Text.assemble((title, "bold"), "\n", "\n".join(lines), "\n")


def _said_in(analysed: AnalysedArticle) -> Iterator[str]:
    for said in analysed.attributions:
        told = _told(analysed, said)
        whole, name = told["source"] or NO_SOURCE, told["name"]
        who = shorten(whole, 40) if name in whole else f"{shorten(whole, 40)} = {name}"
        yield wrapped(f"{who} {told['cue']} ({told['rung']}, {told['manner']})", 2)
        yield wrapped(shorten(told["statement"]), 6)
    if analysed.attribution_attempted:
        yield wrapped(_summary(analysed))
    else:
        yield f"attribution not attempted: the text is not in English ({analysed.article.language})"


def _told(analysed: AnalysedArticle, said: Attribution) -> dict[str, str]:
    """Return what is said of an attribution by the heads of the table."""
    article = analysed.article

    def words(spans: Sequence[Span | None], between: str) -> str:
        return between.join(span.of(article.text) for span in spans if span)

    found = (
        article.outlet, article.path or "", plain(_rung(said)), words([said.source or said.resolved_source], ""),
        _name(analysed, said) or "", plain(said.resolved_kind), words([said.cue], ""), said.cue_stance, said.manner,
        said.act, words([v.span for v in said.via], " < "), said.extent.start, said.extent.end,
        words(said.content, " … "),
    )  # fmt: skip
    return dict(zip(CSV_HEAD, map(str, found), strict=True))


def _rung(said: Attribution) -> Rung:
    return rung_of(said.resolved_kind) if said.source or said.resolved_source else Rung.OWN_VOICE


def _name(analysed: AnalysedArticle, said: Attribution) -> str | None:
    """Return the name that the source goes by in its article, where one is joined from its mentions."""
    printed = said.resolved_source or said.source
    return next((s.name for s in analysed.sources if printed in s.mentions), None)


def _summary(analysed: AnalysedArticle) -> str:
    said = [a for a in analysed.attributions if a.act is Act.SPEECH]
    manners = Counter(str(a.manner) for a in said)
    hidden = anonymous_share(analysed)
    parts = [counted(len(analysed.sources), "source"), counted(len(said), "statement")]
    parts += [f"{count} {manner}" for manner, count in sorted(manners.items())]
    parts.append(f"{hidden.count} of {hidden.total} words that sources say rest on anonymous ones")
    return ", ".join(parts)


def _sources(comparison: Comparison, event: EventComparison) -> Iterator[str]:
    for source in event.sources:
        outlets = dict.fromkeys(comparison.article(event.articles[k]).article.outlet for k, _ in source.cited)
        yield wrapped(f"{shorten(source.name, 60)} ({plain(source.kind)}): {', '.join(outlets)}", 2)
    yield "A source printed without a name is joined with no other."


def _side_by_side(comparison: Comparison, event: EventComparison) -> Iterator[str]:
    """Yield who stands for each claim that two or more outlets print, a line an outlet."""
    sourced = {(s.row, s.article): s for s in event.sourcing}
    outlets = [comparison.article(article).article.outlet for article in event.alignment.articles]
    for row, name in zip(event.alignment.rows, event.row_names, strict=True):
        if len(row.told_by) > 1:
            yield wrapped(name)
            for k, outlet in enumerate(outlets):
                yield wrapped(f"{outlet}: {_cell(comparison, sourced.get((row.id, k)))}", 2)


def _cell(comparison: Comparison, said: Sourcing | None) -> str:
    if said is None:
        return "–"
    cue = _cue(comparison, said)
    how = f"{cue} ({said.manner})" if cue and said.manner else cue
    return ", ".join(part for part in (said.name, plain(said.rung), how) if part)


def _cue(comparison: Comparison, said: Sourcing) -> str | None:
    return said.cue.span.of(comparison.article(said.cue.article).article.text) if said.cue else None


def _record(comparison: Comparison) -> dict[str, Any]:
    return {
        "articles": [_article_record(analysed) for analysed in comparison.articles],
        "sources": [record for event in comparison.events for record in _source_records(comparison, event)],
        "claims": [
            {
                "event": event.title,
                "row": s.row,
                "outlet": comparison.article(event.articles[s.article]).article.outlet,
                "rung": s.rung,
                "manner": s.manner,
                "cue": _cue(comparison, s),
                "source": s.name,
            }
            for event in comparison.events
            for s in event.sourcing
        ],
    }


def _source_records(comparison: Comparison, event: EventComparison) -> list[dict[str, Any]]:
    articles = [comparison.article(k) for k in event.articles]
    return [
        {
            "event": event.title,
            "name": source.name,
            "kind": source.kind,
            "cited": [
                {"outlet": articles[k].article.outlet, "name": s.name, "office": s.office}
                for k, s in ((k, articles[k].sources[n]) for k, n in source.cited)
            ],
        }
        for source in event.sources
    ]


def _article_record(analysed: AnalysedArticle) -> dict[str, Any]:
    hidden = anonymous_share(analysed)
    return {
        "outlet": analysed.article.outlet,
        "path": analysed.article.path,
        "attempted": analysed.attribution_attempted,
        "words_of_sources": hidden.total,
        "words_of_anonymous_sources": hidden.count,
        "attributions": [_attribution_record(analysed, said) for said in analysed.attributions],
        "sources": [{"name": s.name, "kind": s.kind, "mentions": len(s.mentions)} for s in analysed.sources],
    }


def _attribution_record(analysed: AnalysedArticle, said: Attribution) -> dict[str, Any]:
    text = analysed.article.text

    def words(span: Span | None) -> dict[str, Any] | None:
        return {"start": span.start, "end": span.end, "exact": span.of(text)} if span else None

    return {
        "source": words(said.source),
        "resolved_source": words(said.resolved_source),
        "name": _name(analysed, said),
        "rung": _rung(said),
        "cue": words(said.cue),
        "content": [words(c) for c in said.content],
        "manner": said.manner,
        "act": said.act,
        "source_kind": said.source_kind,
        "resolved_kind": said.resolved_kind,
        "cue_stance": said.cue_stance,
        "via": [words(link.span) for link in said.via],
    }
