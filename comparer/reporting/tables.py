"""Show the tables of sources and facts, the indicators and the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comparer.model import Act, Attribution, Fact, Passage, ReferenceKind, Span, Standing
from comparer.reporting.context import EventContext, Link, View
from comparer.reporting.words import SAID, VERDICTS, plain


def sources(ctx: EventContext) -> list[View]:
    """Return every source of the event, most widely cited first: per outlet how often it speaks and where."""
    views: list[View] = []
    for shared in ctx.event.sources:
        cells: list[dict[str, Any]] = [{"said": 0, "links": [], "notes": []} for _ in ctx.outlets]
        for k, n in ((k, n) for k, n in shared.cited if k < len(ctx.outlets)):
            source, cell = ctx.analysed[k].sources[n], cells[k]
            places = [_said_at(said, source.mentions) for said in ctx.analysed[k].attributions]
            cell["links"] += [ctx.link(Passage(ctx.event.articles[k], span)) for span in places if span]
            cell["said"] = len(cell["links"])
            if source.anonymity is not None:
                reason = source.anonymity_reason and ctx.span_text(k, source.anonymity_reason)
                cell["notes"].append((ctx.span_text(k, source.anonymity), reason))
        offices = dict.fromkeys(ctx.analysed[k].sources[n].office for k, n in shared.cited)
        views.append({"name": shared.name, "kind": shared.kind, "offices": [o for o in offices if o], "cells": cells})
    views = [view for view in views if any(cell["said"] for cell in view["cells"])]
    return sorted(views, key=lambda v: -sum(bool(cell["said"]) for cell in v["cells"]))


def _said_at(said: Attribution, mentions: Sequence[Span]) -> Span | None:
    """Return the extent of a statement whose source is printed at one of these places."""
    return said.extent if said.act is Act.SPEECH and (said.resolved_source or said.source) in mentions else None


def facts(ctx: EventContext) -> list[View]:
    """Return the facts that two or more outlets print: conflicts first, then by number of the claim."""
    order = list(VERDICTS)
    ranked = sorted(_unique(ctx.event.facts), key=lambda f: (order.index(f.verdict), ctx.number[f.row]))
    return [_fact(ctx, fact) for fact in ranked]


def verdict_counts(ctx: EventContext) -> str:
    """Count the facts by verdict."""
    found = [fact.verdict for fact in _unique(ctx.event.facts)]
    parts = [f"{found.count(v)} {name}" for v, name in VERDICTS.items() if v in found]
    return f"{len(found)} compared" + (": " + ", ".join(parts) if parts else "")


def indicators(ctx: EventContext) -> dict[str, list[View | None]]:
    """Return per indicator a cell for each article, or None, in the order in which they were observed."""
    rows: dict[str, list[View | None]] = {}
    for found in ctx.event.indicators:
        css, state = SAID["states"][found.state]
        cells = rows.setdefault(found.name, [None] * len(ctx.outlets))
        evidence = [ctx.link(p) for p in found.evidence[:3]]
        cells[ctx.index[found.article]] = {"css": css, "state": state, "note": found.note, "evidence": evidence}
    return rows


def _unique(found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Keep each fact once: one that stands in several rows is shown where it stands first."""
    seen: dict[object, Fact] = {}
    for fact in found:
        seen.setdefault((fact.kind, fact.verdict, tuple(p for s in fact.sides for p in s.passages)), fact)
    return tuple(seen.values())


def _fact(ctx: EventContext, fact: Fact) -> View:
    cells: list[dict[Link, None]] = [{} for _ in ctx.outlets]
    for passage in (p for side in fact.sides for p in side.passages):
        cells[ctx.index[passage.article]].setdefault(ctx.link(passage))
    return ctx.shown(fact.row) | {
        "kind": SAID["fact_kinds"].get(fact.kind, plain(fact.kind)),
        "verdict": VERDICTS[fact.verdict],
        "css": str(fact.verdict),
        "note": fact.note,
        "cells": cells,
    }


NAMES = {"promotion share": "promotion and subscription text"}


def scores(ctx: EventContext) -> list[View]:
    """Return the scores of pairs and then those of single texts, by name and in the order of the comparison.

    `references` are those that any score of a table has, `beside` says where each score stands in them.
    """
    tables = []
    for caption, size in (("Scores of pairs of texts", 2), ("Scores of single texts", 1)):
        found = sorted((s for s in ctx.event.scores if len(s.articles) == size), key=lambda s: s.name)
        used = {standing.kind for score in found for standing in score.standings}
        kinds = [kind for kind in ReferenceKind if kind in used]
        rows = [
            {
                "name": NAMES.get(score.name, score.name),
                "outlets": [ctx.outlets[ctx.index[a]] for a in score.articles],
                "score": score,
                "beside": [next((place(s) for s in score.standings if s.kind is kind), "–") for kind in kinds],
            }
            for score in found
        ]
        tables.append({"caption": caption, "references": [SAID["references"][kind] for kind in kinds], "rows": rows})
    return [table for table in tables if table["rows"]]


def place(standing: Standing) -> str:
    """Say where a value stands among reference pairs, in whole pairs.

    >>> place(Standing(ReferenceKind.SAME_EVENT, 150, 62.1, 0.0))
    'higher than 93 of 150'
    >>> place(Standing(ReferenceKind.SAME_EVENT, 150, 22.0, 78.0))
    'higher than 33 of 150, the same as 117'
    >>> place(Standing(ReferenceKind.ONE_STORY, 24, 0.0, 0.0))
    'lower than all 24'
    """
    n = standing.n
    lower, equal = round(standing.lower * n / 100), round(standing.equal * n / 100)
    if n in {lower, equal}:
        return f"higher than all {n}" if lower else f"the same as all {n}"
    if not lower:
        return f"lower than {n - equal} of {n}, the same as {equal}" if equal else f"lower than all {n}"
    return f"higher than {lower} of {n}" + (f", the same as {equal}" if equal else "")
