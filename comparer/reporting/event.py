"""Gather everything that one event's page shows: first the sentences of its first screen, last the full texts.

Full texts come when all links are known.
"""

from __future__ import annotations

from comparer.model import Comparison, EventComparison
from comparer.reporting import matrix, pages, pictures, tables, texts, utterances
from comparer.reporting.context import EventContext, View, apart
from comparer.reporting.sentences import sentences
from comparer.reporting.words import FAMILIES, clip, count, day, tidy

_APART = {
    "quotes": "Q",
    "sourcing": "A",
    "facts": "F",
    "wording": "MW",
    "selection": "S",
    "origins": "R",
    "ledger": "B",
}


def event_page(comparison: Comparison, event: EventComparison, *, prefix: str) -> View:
    """Return what the templates show of one event, by the names they use; `prefix` stands before every id of it."""
    ctx = EventContext(comparison, event, prefix=prefix)
    origins = pages.origins(ctx)
    told = f"{count(len(ctx.rows), 'claim')} printed by two or more, {len(ctx.lone)} by one"
    return {
        "prefix": prefix,
        "title": event_title(ctx),
        "dates": event_dates(ctx),
        "counts": (ctx.counts(range(len(ctx.outlets))), told, count(len(event.findings), "finding")),
        "alone": len(ctx.outlets) == 1,
        "ctx": ctx,
        "summary": sentences(ctx),
        "origins": origins,
        "brackets": pages.brackets(ctx, origins),
        "rows": matrix.matrix(ctx),
        "families": tuple((family, FAMILIES[family], n) for family, n in ctx.families(event.findings)),
        "utterances": utterances.utterances(ctx),
        "kinds": pictures.kinds(ctx),
        "shares": pictures.page_shares(ctx),
        "overlap": pictures.overlap(ctx),
        "card": pictures.card(ctx, dates=event_dates(ctx)),
        "sources": tables.sources(ctx),
        "facts": tables.facts(ctx),
        "verdicts": tables.verdict_counts(ctx),
        "words": pages.listed_words(ctx),
        "quotations": pages.quotations(ctx) if len(ctx.outlets) == 1 else (),
        "voices": pages.voice_counts(ctx),
        "lone": pages.lone_claims(ctx),
        "passages": pages.shared_passages(ctx),
        "pages": pages.pages(ctx),
        "indicators": tables.indicators(ctx),
        "scores": tables.scores(ctx),
        "apart": {name: apart(ctx, families) for name, families in _APART.items()},
        "columns": texts.columns(ctx),
    }


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
