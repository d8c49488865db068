"""Show the tables of sources, facts, indicators and scores, and what stands behind a report.

That is how well each detector is measured, and what reviewers' decisions changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from comparer.model import Act, Article, ArticleId, Change, Comparison, Fact, Passage, ReferenceKind, Standing
from comparer.reporting.context import EventContext, Link, View
from comparer.reporting.words import FAMILIES, SAID, clip, count, plain, tidy
from comparer.resources.rules import Measure, corpora, measures

NAMES = {"promotion share": "promotion and subscription text"}
WORDS = 60  # characters of a claim that name it
PLACES = 4  # places named of one decision; comparison.json has all


def sources(ctx: EventContext) -> list[View]:
    """Return every source of the event, most widely cited first: per outlet how often it speaks and where."""
    views: list[View] = []
    for shared in ctx.event.sources:
        cells: list[dict[str, Any]] = [{"said": 0, "links": [], "notes": []} for _ in ctx.outlets]
        for k, n in ((k, n) for k, n in shared.cited if k < len(ctx.outlets)):
            source, cell = ctx.analysed[k].sources[n], cells[k]
            for said in ctx.analysed[k].attributions:
                if said.act is Act.SPEECH and (said.resolved_source or said.source) in source.mentions:
                    cell["links"].append(ctx.link(Passage(ctx.event.articles[k], said.extent)))
            cell["said"] = len(cell["links"])
            if source.anonymity is not None:
                reason = source.anonymity_reason and ctx.span_text(k, source.anonymity_reason)
                cell["notes"].append((ctx.span_text(k, source.anonymity), reason))
        offices = dict.fromkeys(ctx.analysed[k].sources[n].office for k, n in shared.cited)
        views.append({"name": shared.name, "kind": shared.kind, "offices": [o for o in offices if o], "cells": cells})
    views = [view for view in views if any(cell["said"] for cell in view["cells"])]
    return sorted(views, key=lambda v: -sum(bool(cell["said"]) for cell in v["cells"]))


def facts(ctx: EventContext) -> tuple[str, list[View]]:
    """Count by verdict and return the facts that two or more outlets print: conflicts first, then by number of claim.

    One that stands in several rows is shown where it stands first.
    """
    seen: dict[object, Fact] = {}
    for fact in ctx.event.facts:
        seen.setdefault((fact.kind, fact.verdict, tuple(p for s in fact.sides for p in s.passages)), fact)
    said = list(SAID["verdicts"])
    ranked = sorted(seen.values(), key=lambda f: (said.index(f.verdict), ctx.number[f.row]))
    verdicts = Counter(SAID["verdicts"][fact.verdict] for fact in ranked)
    parts = ", ".join(f"{n} {name}" for name, n in verdicts.items())
    return f"{len(ranked)} compared" + (f": {parts}" if parts else ""), [_fact(ctx, fact) for fact in ranked]


def indicators(ctx: EventContext) -> dict[str, list[View | None]]:
    """Return per indicator a cell for each article, or None, in the order in which they were observed."""
    rows: dict[str, list[View | None]] = {}
    for found in ctx.event.indicators:
        css, state = SAID["states"][found.state]
        cells = rows.setdefault(found.name, [None] * len(ctx.outlets))
        evidence = [ctx.link(p) for p in found.evidence[:3]]
        cells[ctx.index[found.article]] = {"css": css, "state": state, "note": found.note, "evidence": evidence}
    return rows


def _fact(ctx: EventContext, fact: Fact) -> View:
    cells: list[dict[Link, None]] = [{} for _ in ctx.outlets]
    for passage in (p for side in fact.sides for p in side.passages):
        cells[ctx.index[passage.article]].setdefault(ctx.link(passage))
    return ctx.shown(fact.row) | {
        "kind": SAID["fact_kinds"].get(fact.kind, plain(fact.kind)),
        "verdict": SAID["verdicts"][fact.verdict],
        "css": str(fact.verdict),
        "note": fact.note,
        "cells": cells,
    }


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


def validation() -> list[View]:
    """Return the detectors with figures and known failures, in the report's order: stages, then families of findings.

    >>> [d["name"] for d in validation()][:2]
    ['Events', 'Page ledger']
    """
    names = SAID["stages"] | {letter: f"{letter} {name.lower()}" for letter, name in FAMILIES.items()}
    figures = {key: [_figure(m) for m in measures() if m.detector == key] for key in names}
    return [
        {"name": names[key], "figures": found, "failures": SAID["failures"][key]}
        for key, found in figures.items()
        if found
    ]


def _figure(measure: Measure) -> View:
    """Show one figure: the corpus, what was counted and how, the outcome with its counts."""
    corpus = next(c for c in corpora() if c.key == measure.corpus)
    counted = f"{measure.counted}, {measure.setting}" if measure.setting else measure.counted
    return {"corpus": corpus, "counted": counted, "outcome": _outcome(measure)}


def _outcome(measure: Measure) -> str:
    """Write counts where there are some, else rates with what they rest on."""
    if measure.average_precision is not None:
        return f"average precision {measure.average_precision:.2f} ({measure.found} of {measure.of})"
    if measure.auc is not None:
        return f"AUC {measure.auc:.2f}, chance .50 ({measure.found} of {measure.of} {measure.unit})"
    if measure.found is not None:
        return f"{measure.found} of {measure.of}"
    rates = f"precision {measure.precision:.2f}, recall {measure.recall:.2f}, F1 {measure.f1:.2f}"
    return f"{rates} ({measure.of} {measure.unit})"


def reviews(comparison: Comparison) -> list[View]:
    """Return the reviews in the order in which they were applied: who made each, what it changed, what met nothing."""
    articles = {a.article.id: a.article for a in comparison.articles}
    views = []
    for review in comparison.reviews:
        lost = f"{len(review.not_applied)} of {review.decisions} not found"
        told = [review.name, review.reviewer, review.made, f"{count(len(review.changes), 'decision')} applied, {lost}"]
        views.append(
            {
                "head": " · ".join(part for part in told if part),
                "changes": [_change(articles, change) for change in review.changes],
                "missed": [{"action": _action(m.action), "told": m} for m in review.not_applied],
            }
        )
    return views


def _change(articles: Mapping[ArticleId, Article], change: Change) -> View:
    """Show a change; corrected rows by their words, since a row's number is another in every run."""
    places = [(articles[p.article], p.span) for p in change.evidence if p.article in articles]
    named = [f"{tidy(article.outlet)} {span.start}–{span.end}" for article, span in places]
    rest = f" and {len(named) - PLACES} more" if len(named) > PLACES else ""
    what, printed = f"{change.was} → {change.now}".replace("_", " "), []
    if change.action in ("take_out", "join"):
        what, printed = "", [clip(span.of(article.text), WORDS) for article, span in places[:PLACES]]
    elif change.action in ("accept", "reject", "note"):
        what = change.was
    where = ", ".join(named[:PLACES]) + rest
    return {"action": _action(change.action), "what": what, "printed": printed, "places": where, "note": change.note}


def _action(name: str) -> str:
    return str(SAID["actions"].get(name, name))
