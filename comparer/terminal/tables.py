"""Lay out events, attributions, groups and rules as tables, trees and records.

Words an outlet printed go in as plain text objects, so that nothing on a page can be taken for markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group as Stack
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from comparer.model import (
    AnalysedArticle,
    Article,
    Attribution,
    Comparison,
    EventComparison,
    Group,
    RowId,
    Span,
)
from comparer.terminal.words import counted, heading, plain, shorten

if TYPE_CHECKING:
    from rich.console import RenderableType

    from comparer.comparison.rule import Rule


def summary(comparison: Comparison) -> RenderableType:
    """Return a table of the events: outlets, origins, claims and findings by family."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("event", "outlets", "origins", "claims in two or more", "only in one", "findings"):
        table.add_column(head, justify="left" if head in {"event", "findings"} else "right")
    for event in comparison.events:
        shared = sum(len(row.told_by) > 1 for row in event.alignment.rows)
        alone = len(event.alignment.rows) - shared
        counts = (len(event.articles), len(event.reuse.origins), shared, alone)
        families = Counter(f.code[0] for f in event.findings)
        table.add_row(
            Text(shorten(event.title)),
            *(str(c) for c in counts),
            f"{len(event.findings)}  " + " ".join(f"{letter} {n}" for letter, n in sorted(families.items())),
        )
    return table


def attributions(comparison: Comparison) -> Iterator[RenderableType]:
    """Yield a table per article and, for each event of several articles, one claim by claim."""
    for analysed in comparison.articles:
        yield _said_in(analysed)
    for event in comparison.events:
        if len(event.articles) > 1:
            yield _side_by_side(comparison, event)


def attribution_record(comparison: Comparison) -> dict[str, Any]:
    """Return the same as plain data."""
    articles = [
        {
            "outlet": a.article.outlet,
            "path": a.article.path,
            "attempted": a.attribution_attempted,
            "attributions": [_attribution_record(a, x) for x in a.attributions],
            "sources": [{"name": s.name, "kind": str(s.kind), "mentions": len(s.mentions)} for s in a.sources],
        }
        for a in comparison.articles
    ]
    rows = [
        {
            "event": event.title,
            "row": s.row,
            "outlet": comparison.article(event.articles[s.article]).article.outlet,
            "rung": str(s.rung),
            "manner": str(s.manner) if s.manner else None,
            "source": s.name,
        }
        for event in comparison.events
        for s in event.sourcing
    ]
    return {"articles": articles, "claims": rows}


def groups(articles: Sequence[Article], found: Sequence[Group]) -> RenderableType:
    """Return the events as a tree: members, confidence, what decided and what nearly joined."""
    tree = Tree(Text(f"{len(articles)} articles, {len(found)} events", style="bold"))
    for number, group in enumerate(found, start=1):
        sure = f", confidence {group.confidence:.2f}" if len(group.members) > 1 else ""
        branch = tree.add(Text(f"event {number}: {counted(len(group.members), 'article')}{sure}"))
        for member in group.members:
            branch.add(Text(heading(articles[member])))
        if group.terms:
            branch.add(Text(f"terms: {', '.join(group.terms)}", style="dim"))
        if group.nearest:
            near = articles[group.nearest.article]
            branch.add(Text(f"nearest outside, at {group.nearest.similarity:.2f}: {heading(near)}", style="dim"))
    return tree


def group_record(articles: Sequence[Article], found: Sequence[Group]) -> list[dict[str, Any]]:
    """Return the same as plain data."""
    return [
        {
            "articles": [{"outlet": articles[m].outlet, "path": articles[m].path} for m in group.members],
            "confidence": round(group.confidence, 6),
            "terms": list(group.terms),
            "nearest": {
                "outlet": articles[group.nearest.article].outlet,
                "path": articles[group.nearest.article].path,
                "similarity": round(group.nearest.similarity, 6),
            }
            if group.nearest
            else None,
        }
        for group in found
    ]


def rules(chosen: Sequence[Rule], *, whole: bool) -> RenderableType:
    """Return a list of rules, or their whole pages."""
    if whole:
        return Stack(*(_rule_page(rule) for rule in chosen))
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("code", no_wrap=True)
    table.add_column("finding")
    for rule in chosen:
        table.add_row(rule.code, rule.title)
    return table


def _said_in(analysed: AnalysedArticle) -> RenderableType:
    article = analysed.article
    table = Table(box=None, padding=(0, 2, 0, 0), title_justify="left", title=Text(heading(article), style="bold"))
    for head in ("source", "kind", "cue", "manner", "statement"):
        table.add_column(head)
    for said in analysed.attributions:
        source = said.source or said.resolved_source
        table.add_row(
            Text(shorten(source.of(article.text), 40) if source else "no source printed"),
            str(said.resolved_kind),
            Text(said.cue.of(article.text) if said.cue else ""),
            str(said.manner),
            Text(shorten(" … ".join(c.of(article.text) for c in said.content))),
        )
    if not analysed.attribution_attempted:
        return Stack(table, Text(f"attribution not attempted: the text is not in English ({article.language})\n"))
    return Stack(table, Text(f"{counted(len(analysed.sources), 'source')}\n"))


def _side_by_side(comparison: Comparison, event: EventComparison) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 1, 0), title_justify="left", title=Text(event.title, style="bold"))
    table.add_column("claim", ratio=2)
    for article in event.articles:
        table.add_column(Text(comparison.article(article).article.outlet), ratio=1)
    sourced = {(s.row, s.article): s for s in event.sourcing}
    for row in event.alignment.rows:
        if len(row.told_by) < 2:
            continue
        cells = []
        for k in range(len(event.articles)):
            said = sourced.get((row.id, k))
            cells.append(Text(f"{said.name or 'no source printed'}\n{plain(said.rung)}") if said else Text("–"))
        table.add_row(Text(_label(comparison, event, row.id)), *cells)
    return table


def _label(comparison: Comparison, event: EventComparison, wanted: RowId) -> str:
    row = next(r for r in event.alignment.rows if r.id == wanted)
    claim = row.cells[row.told_by[0]].claims[0]
    return shorten(claim.passage.span.of(comparison.article(claim.passage.article).article.text))


def _rule_page(rule: Rule) -> RenderableType:
    text = Text(f"{rule.code}  {rule.title}\n", style="bold")
    parts = [("", rule.meaning), ("How it errs: ", rule.errs), ("Measured: ", rule.measured)]
    parts += [("Flags: ", " | ".join(readings)) for readings in rule.flags]
    parts += [("Spares: ", " | ".join(readings)) for readings in rule.spares]
    for head, body in parts:
        text.append(f"{head}{body}\n", style="not bold")
    return text


def _attribution_record(analysed: AnalysedArticle, said: Attribution) -> dict[str, Any]:
    text = analysed.article.text

    def words(span: Span | None) -> dict[str, Any] | None:
        return {"start": span.start, "end": span.end, "exact": span.of(text)} if span else None

    return {
        "source": words(said.source),
        "resolved_source": words(said.resolved_source),
        "cue": words(said.cue),
        "content": [words(c) for c in said.content],
        "manner": str(said.manner),
        "act": str(said.act),
        "source_kind": str(said.source_kind),
        "resolved_kind": str(said.resolved_kind),
        "cue_stance": str(said.cue_stance),
        "via": [words(link.span) for link in said.via],
    }
