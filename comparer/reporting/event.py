"""Gather everything that one event's page shows: first the sentences of its first screen, last the full texts.

The sentences are fixed templates with printed values and sigla, from the strongest findings. Full texts come when all
links are known.
"""

from __future__ import annotations

from typing import NamedTuple

from comparer.model import Comparison, EventComparison, Finding, Side
from comparer.reporting import drawings, matrix, pages, tables, texts, utterances
from comparer.reporting.context import EventContext, Outlet, View, apart, valued
from comparer.reporting.words import FAMILIES, RUNGS, clip, count, counted, day, tidy
from comparer.resources.rules import rule, summary_order, title_of

MOST, ALIKE = 7, 3  # sentences on the first screen, and of one family among them
SURE = 0.7  # confidence from which a finding may stand there: of ten such sentences seven hold or more
STEP = 0.05  # by which each kind of difference weighs less than the one before it in the order of ranks
VALUE = 90  # characters of a side's value in a sentence
# How a side on which nothing is printed reads before its outlets.
_ABSENT = {
    "not in this saved text": "not in the saved text of",
    "no credit seen in this saved text": "no credit seen in the saved text of",
    "not printed": "not printed in",
}
_APART = {
    "quotes": "Q",
    "sourcing": "A",
    "facts": "F",
    "wording": "MW",
    "selection": "S",
    "origins": "R",
    "ledger": "B",
}


class Part(NamedTuple):
    """Show one side in a sentence, or, `joined`, its next form: a value, quoted where printed, and its outlets."""

    value: str
    printed: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    before: str = ""
    whole: bool = False
    remark: str = ""
    joined: bool = False


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
        "summary": summary(ctx),
        "origins": origins,
        "brackets": pages.brackets(ctx, origins),
        "rows": matrix.matrix(ctx),
        "families": tuple((family, FAMILIES[family], n) for family, n in ctx.families(event.findings)),
        "utterances": utterances.utterances(ctx),
        "ladder": tables.ladder(ctx),
        "rungs": tuple(RUNGS.values()),
        "sources": tables.sources(ctx),
        "facts": tables.facts(ctx),
        "verdicts": tables.verdict_counts(ctx),
        "words": pages.listed_words(ctx),
        "quotations": pages.quotations(ctx) if len(ctx.outlets) == 1 else (),
        "voices": pages.voice_counts(ctx),
        "lone": pages.lone_claims(ctx),
        "passages": pages.shared_passages(ctx),
        "shares": pages.shares(ctx),
        "timeline": drawings.timeline(ctx),
        "pages": pages.pages(ctx),
        "indicators": tables.indicators(ctx),
        "scores": tables.scores(ctx),
        "apart": {name: apart(ctx, families) for name, families in _APART.items()},
        "strips": drawings.strips(ctx),
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


def summary(ctx: EventContext) -> list[View]:
    """Return up to seven sentences, by probability times importance; no row twice, and nothing that is not sure."""
    weight = {code: 1 - STEP * n for n, codes in enumerate(summary_order()) for code in codes}
    sure = [f for f in ctx.event.findings if f.confidence >= SURE and f.code in weight]
    ranked = sorted(
        _distinct(sure), key=lambda f: (-f.confidence * weight[f.code], ctx.number.get(f.row, 0) if f.row else 0)
    )
    chosen: list[Finding] = []
    for finding in ranked:
        same = [f for f in chosen if f.code[0] == finding.code[0]]
        if len(same) < ALIKE and not (finding.row and finding.row in {f.row for f in same}):
            chosen.append(finding)
    return [_line(ctx, f) for f in chosen[:MOST]]


def _distinct(found: list[Finding]) -> list[Finding]:
    """Keep one finding of those that rest on the same passages or say the same of the same values."""
    seen: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for finding in found:
        seen.setdefault((finding.code, tuple(tidy(side.value).casefold() for side in finding.sides)), finding)
    return list(seen.values())


def _line(ctx: EventContext, finding: Finding) -> View:
    """Show one sentence: its head, its sides and the place it links to."""
    if finding.row is not None and finding.row in ctx.shared_ids:
        href, link = f"#{ctx.row_id(finding.row)}", f"Claim {ctx.number[finding.row]}"
    else:
        href, link = f"#{ctx.finding_id(finding)}", finding.code
    note = _copied(ctx, finding) if finding.code.startswith("R") else ""
    if valued(finding):
        parts = tuple(part for side in finding.sides for part in _forms(ctx, side))
    else:
        parts = tuple(_part(ctx, side) for side in finding.sides)
    known = rule(finding.code)
    if known is not None and len(known.sides) == len(parts):
        parts = tuple(part._replace(before=f"{name} ") for part, name in zip(parts, known.sides, strict=True))
    return {"head": title_of(finding.code), "parts": parts, "note": note, "href": href, "link": link}


def _copied(ctx: EventContext, finding: Finding) -> str:
    """Count the words of one text that stand in another: the pair of the finding's texts of which most does."""
    reuse = ctx.event.reuse
    members = sorted({ctx.index[p.article] for p in finding.evidence})
    pairs = [(reuse.shared[a][b], a, b) for a in members for b in members if a != b and reuse.words[a]]
    if not pairs:
        return f"{counted(finding.magnitude)}; "
    shared, a, b = max(pairs, key=lambda pair: (pair[0] / reuse.words[pair[1]], -pair[1]))
    return f"{shared} of {reuse.words[a]} words of {ctx.outlets[a].name} stand in {ctx.outlets[b].name} too; "


def _forms(ctx: EventContext, side: Side) -> tuple[Part, ...]:
    """Return a value in the words of each text, so that no outlet is quoted with another's."""
    if tidy(side.value) in _ABSENT or not ctx.values(side)[0]:
        return (_part(ctx, side),)
    forms = ctx.forms(side)
    return tuple(Part("", (clip(words, VALUE),), by, joined=n > 0) for n, (words, by) in enumerate(forms))


def _part(ctx: EventContext, side: Side) -> Part:
    value = tidy(side.value)
    members = sorted({ctx.index[p.article] for p in side.passages})
    if value in _ABSENT:
        return Part(_ABSENT[value], (), tuple(ctx.outlets[k] for k in members), whole=True)
    values, remark = ctx.values(side)
    outlets = tuple(ctx.outlets[k] for k in members)
    return Part(clip(value, VALUE), tuple(clip(part, VALUE) for part in values), outlets, remark=remark)
