"""Lay out who says what, how and through whom: per article, then source by source and claim by claim side by side.

Words an outlet printed go in as plain text objects, so that nothing on a page can be taken for markup.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.text import Text

from comparer.cli.tables import counted, heading, plain, shorten, wrapped
from comparer.comparison.sourcing.sources import anonymous_share, rung_of
from comparer.model import Act, AnalysedArticle, Attribution, Comparison, EventComparison, Rung, Sourcing, Span
from comparer.model.text import harmless

if TYPE_CHECKING:
    from rich.console import RenderableType

NO_SOURCE = "no source printed"
CSV_HEAD = ("outlet", "path", "rung", "source", "name", "kind", "cue", "stance", "manner", "act", "via", "start", "end",
            "statement")  # fmt: skip


def attributions(comparison: Comparison) -> Iterator[RenderableType]:
    """Yield a list per article and, for each event of several articles, its sources and its claims side by side."""
    for analysed in comparison.articles:
        yield _said_in(analysed)
    for event in comparison.events:
        if len(event.articles) > 1:
            yield _sources(comparison, event)
            yield _side_by_side(comparison, event)


def recorded(comparison: Comparison, *, as_json: bool, as_csv: bool) -> dict[str, Any] | str | None:
    """Return the attributions as plain data, as CSV, or None where neither is asked for."""
    if as_csv:
        return attribution_csv(comparison)
    return attribution_record(comparison) if as_json else None


def attribution_record(comparison: Comparison) -> dict[str, Any]:
    """Return the same as plain data."""
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
                "cue": s.cue.span.of(comparison.article(s.cue.article).article.text) if s.cue else None,
                "source": s.name,
            }
            for event in comparison.events
            for s in event.sourcing
        ],
    }


def attribution_csv(comparison: Comparison) -> str:
    """Return one line per attribution, with a head; offsets are code points into the article's text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_HEAD)
    for analysed in comparison.articles:
        article = analysed.article
        for said in analysed.attributions:
            source, cue = said.source or said.resolved_source, said.cue
            writer.writerow(
                harmless(str(value))
                for value in (
                    article.outlet, article.path or "", plain(_rung(said)), source.of(article.text) if source else "",
                    _name(analysed, said) or "", plain(said.resolved_kind), cue.of(article.text) if cue else "",
                    said.cue_stance, said.manner, said.act, " < ".join(v.span.of(article.text) for v in said.via),
                    said.extent.start, said.extent.end, " … ".join(c.of(article.text) for c in said.content),
                )
            )  # fmt: skip
    return out.getvalue().rstrip("\n")


def _rung(said: Attribution) -> Rung:
    return rung_of(said.resolved_kind) if said.source or said.resolved_source else Rung.OWN_VOICE


def _name(analysed: AnalysedArticle, said: Attribution) -> str | None:
    """Return the name that the source goes by in its article, where one is joined from its mentions."""
    printed = said.resolved_source or said.source
    return next((s.name for s in analysed.sources if printed in s.mentions), None)


def _said_in(analysed: AnalysedArticle) -> RenderableType:
    article = analysed.article
    lines = []
    for said in analysed.attributions:
        source = said.source or said.resolved_source
        whole = source.of(article.text) if source else NO_SOURCE
        name = _name(analysed, said)
        who = shorten(whole, 40) if name is None or name in whole else f"{shorten(whole, 40)} = {name}"
        how = ", ".join(part for part in (plain(_rung(said)), str(said.manner)) if part)
        cue = f" {said.cue.of(article.text)}" if said.cue else ""
        lines.append(wrapped(f"{who}{cue} ({how})", 2))
        lines.append(wrapped(shorten(" … ".join(c.of(article.text) for c in said.content)), 6))
    if not analysed.attribution_attempted:
        lines.append(f"attribution not attempted: the text is not in English ({article.language})")
    else:
        lines.append(wrapped(_summary(analysed)))
    return Text.assemble((wrapped(heading(article)), "bold"), "\n", "\n".join(lines), "\n")


def _summary(analysed: AnalysedArticle) -> str:
    said = [a for a in analysed.attributions if a.act is Act.SPEECH]
    manners = Counter(str(a.manner) for a in said)
    hidden = anonymous_share(analysed)
    parts = [counted(len(analysed.sources), "source"), counted(len(said), "statement")]
    parts += [f"{count} {manner}" for manner, count in sorted(manners.items())]
    parts.append(f"{hidden.count} of {hidden.total} words that sources say rest on anonymous ones")
    return ", ".join(parts)


def _sources(comparison: Comparison, event: EventComparison) -> RenderableType:
    articles = [comparison.article(k) for k in event.articles]
    lines = []
    for source in event.sources:
        outlets = dict.fromkeys(articles[k].article.outlet for k, _ in source.cited)
        lines.append(wrapped(f"{shorten(source.name, 60)} ({plain(source.kind)}): {', '.join(outlets)}", 2))
    lines.append("A source printed without a name is joined with no other.")
    return Text.assemble(("Sources by name", "bold"), "\n", "\n".join(lines), "\n")


def _side_by_side(comparison: Comparison, event: EventComparison) -> RenderableType:
    """List who stands for each claim that two or more outlets print, a line an outlet."""
    sourced = {(s.row, s.article): s for s in event.sourcing}
    outlets = [comparison.article(article).article.outlet for article in event.alignment.articles]
    lines = []
    for row, name in zip(event.alignment.rows, event.row_names, strict=True):
        if len(row.told_by) > 1:
            lines.append(wrapped(name))
            cells = ((outlet, sourced.get((row.id, k))) for k, outlet in enumerate(outlets))
            lines += [wrapped(f"{outlet}: {_cell(comparison, said)}", 2) for outlet, said in cells]
    return Text.assemble((event.title, "bold"), "\n", "\n".join(lines), "\n")


def _cell(comparison: Comparison, said: Sourcing | None) -> str:
    if said is None:
        return "–"
    lines = [said.name, plain(said.rung)] if said.name else [plain(said.rung)]
    if said.cue is not None:
        cue = said.cue.span.of(comparison.article(said.cue.article).article.text)
        lines.append(f"{cue} ({said.manner})" if said.manner else cue)
    return ", ".join(lines)


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
