"""Gather everything that one event's page shows. Full texts come last, when all links are known."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model import Comparison, EventComparison
from comparer.reporting import drawings, matrix, pages, summary, tables, texts, utterances
from comparer.reporting.context import EventContext, FindingView, Link, apart
from comparer.reporting.labels import FAMILIES, RUNGS, day
from comparer.reporting.printed import clip, count, tidy

_APART = {
    "quotes": "Q",
    "sourcing": "A",
    "facts": "F",
    "wording": "MW",
    "selection": "S",
    "origins": "R",
    "ledger": "B",
}


@dataclass(frozen=True, slots=True)
class EventPage:
    """Hold the view of one event."""

    prefix: str
    title: str
    dates: str
    counts: tuple[str, str, str]
    alone: bool
    ctx: EventContext
    summary: tuple[summary.SummaryLine, ...]
    origins: tuple[pages.OriginView, ...]
    brackets: tuple[tuple[int, str, int], ...]
    rows: tuple[matrix.RowView, ...]
    families: tuple[tuple[str, str, int], ...]
    utterances: tuple[utterances.UtteranceView, ...]
    ladder: tuple[tables.LadderRow, ...]
    rungs: tuple[str, ...]
    sources: tuple[tables.SourceRow, ...]
    facts: tuple[tables.FactRow, ...]
    verdicts: str
    words: tuple[pages.WordRow, ...]
    quotations: tuple[Link, ...]
    voices: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    lone: tuple[pages.LoneClaims, ...]
    passages: tuple[tuple[Link, Link, int, bool, bool], ...]
    shares: tuple[tuple[object, int, tuple[int, ...]], ...]
    timeline: drawings.Timeline
    pages: tuple[pages.PageView, ...]
    indicators: tuple[tuple[str, tuple[tables.IndicatorCell | None, ...]], ...]
    scores: tuple[tables.ScoreTable, ...]
    apart: dict[str, tuple[FindingView, ...]]
    strips: tuple[drawings.Strip, ...]
    columns: tuple[texts.Column, ...]


def event_page(comparison: Comparison, event: EventComparison, *, prefix: str) -> EventPage:
    """Build the view of one event; `prefix` stands before every id of it."""
    ctx = EventContext(comparison, event, prefix=prefix)
    told = f"{count(len(ctx.rows), 'claim')} printed by two or more, {len(ctx.lone)} by one"
    return EventPage(
        prefix=prefix,
        title=event_title(ctx),
        dates=event_dates(ctx),
        counts=(ctx.counts(range(len(ctx.outlets))), told, count(len(event.findings), "finding")),
        alone=len(ctx.outlets) == 1,
        ctx=ctx,
        summary=summary.summary(ctx),
        origins=pages.origins(ctx),
        brackets=pages.brackets(ctx),
        rows=matrix.matrix(ctx),
        families=tuple((family, FAMILIES[family], n) for family, n in ctx.families(event.findings)),
        utterances=utterances.utterances(ctx),
        ladder=tables.ladder(ctx),
        rungs=tuple(RUNGS.values()),
        sources=tables.sources(ctx),
        facts=tables.facts(ctx),
        verdicts=tables.verdict_counts(ctx),
        words=pages.listed_words(ctx),
        quotations=pages.quotations(ctx) if len(ctx.outlets) == 1 else (),
        voices=pages.voice_counts(ctx),
        lone=pages.lone_claims(ctx),
        passages=pages.shared_passages(ctx),
        shares=pages.shares(ctx),
        timeline=drawings.timeline(ctx),
        pages=pages.pages(ctx),
        indicators=tables.indicators(ctx),
        scores=tables.scores(ctx),
        apart={name: apart(ctx, families) for name, families in _APART.items()},
        strips=drawings.strips(ctx),
        columns=texts.columns(ctx),
    )


def event_title(ctx: EventContext) -> str:
    """Return the event's name; a lone article is called by its own headline, or by its first words."""
    if len(ctx.outlets) > 1:
        return tidy(ctx.event.title) or "Untitled event"
    article = ctx.analysed[0].article
    return tidy(article.title or "") or clip(article.main_text, 70) or "Empty text"


def event_dates(ctx: EventContext) -> str:
    """Return the range of publication days; say so where a page prints none."""
    known = sorted({a.article.published[:10] for a in ctx.analysed if a.article.published})
    unknown = sum(a.article.published is None for a in ctx.analysed)
    if not known:
        return "no date of publication known"
    first, last = day(known[0]) or "", day(known[-1]) or ""
    if first[-8:] == last[-8:] and first != last and first.split(" ", 1)[1] == last.split(" ", 1)[1]:
        span = f"{first.split(' ', 1)[0]}–{last}"
    else:
        span = first if first == last else f"{first} – {last}"
    return span + (f" ({unknown} without a date)" if unknown else "")
