"""Show the ladder of sources, the tables of sources and facts, the indicators and the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from comparer.model import EmptyCell, Fact, Passage, ReferenceKind, Rung, Score, SourceKind, Standing, Verdict
from comparer.reporting.context import EventContext, Label, Link, Outlet, SideView
from comparer.reporting.matrix import row_label
from comparer.reporting.words import SAID, VERDICTS, clip, plain


class RungCell(NamedTuple):
    """Show who stands on one rung; `between` where the row's line passes through without an outlet."""

    outlets: tuple[Outlet, ...]
    names: tuple[str, ...]
    between: bool
    goes_on: bool


class LadderRow(NamedTuple):
    """Show on which rungs the outlets stand for one claim."""

    row: str
    number: int
    label: Label
    cells: tuple[RungCell, ...]
    absent: tuple[Outlet, ...]
    rungs: int


class SourceRow(NamedTuple):
    """Show one source as one outlet prints it."""

    name: str
    office: str | None
    kind: str
    outlet: Outlet
    mentions: tuple[Link, ...]
    anonymity: str | None


class FactRow(NamedTuple):
    """Show one fact as each outlet prints it, with the verdict and why."""

    row: str
    number: int
    label: Label
    kind: str
    verdict: str
    css: str
    note: str
    cells: tuple[tuple[Link, ...], ...]
    sides: tuple[SideView, ...]


class IndicatorCell(NamedTuple):
    """Show one indicator for one article."""

    css: str
    state: str
    note: str
    evidence: tuple[Link, ...]


def ladder(ctx: EventContext) -> tuple[LadderRow, ...]:
    """Return the rung of each outlet for each claim of the matrix, in its order."""
    rows = []
    for row in ctx.rows:
        said = [s for s in ctx.event.sourcing if s.row == row.id]
        told = {s.article for s in said}
        by_rung: dict[Rung, list[int]] = {rung: [] for rung in Rung}
        names: dict[Rung, list[str]] = {rung: [] for rung in Rung}
        for s in said:
            by_rung[s.rung].append(s.article)
            if s.name:
                names[s.rung].append(clip(s.name, 48))
        for k in row.told_by:
            if k not in told:
                by_rung[Rung.OWN_VOICE].append(k)
        used = [n for n, members in enumerate(by_rung.values()) if members]
        cells = tuple(
            RungCell(
                tuple(ctx.outlets[k] for k in dict.fromkeys(members)),
                tuple(dict.fromkeys(names[rung])),
                goes_on=bool(used) and used[0] <= n < used[-1],
                between=bool(used) and used[0] < n < used[-1] and not members,
            )
            for n, (rung, members) in enumerate(by_rung.items())
        )
        absent = tuple(ctx.outlets[k] for k, cell in enumerate(row.cells) if isinstance(cell, EmptyCell))
        rows.append(LadderRow(ctx.row_id(row.id), ctx.number[row.id], row_label(ctx, row), cells, absent, len(used)))
    return tuple(rows)


def sources(ctx: EventContext) -> tuple[SourceRow, ...]:
    """Return every source of every article: named persons first, then by outlet and place."""
    rows = []
    order = list(SourceKind)
    for k, analysed in enumerate(ctx.analysed):
        for source in analysed.sources:
            asked = None
            if source.anonymity is not None:
                reason = source.anonymity_reason
                asked = f"anonymity: {ctx.span_text(k, source.anonymity)}"
                asked += f"; reason: {ctx.span_text(k, reason)}" if reason else "; no reason printed"
            mentions = tuple(ctx.link(Passage(ctx.event.articles[k], span)) for span in source.mentions[:3])
            row = SourceRow(source.name, source.office, plain(source.kind), ctx.outlets[k], mentions, asked)
            rows.append((order.index(source.kind), k, row))
    return tuple(row for _, _, row in sorted(rows, key=lambda item: item[:2]))


def facts(ctx: EventContext) -> tuple[FactRow, ...]:
    """Return the facts that two or more outlets print: conflicts first, then by number of the claim."""
    order = list(VERDICTS)
    ranked = sorted(_unique(ctx.event.facts), key=lambda f: (order.index(f.verdict), ctx.number[f.row]))
    return tuple(_fact(ctx, fact) for fact in ranked)


def verdict_counts(ctx: EventContext) -> str:
    """Count the facts by verdict."""
    found = [fact.verdict for fact in _unique(ctx.event.facts)]
    parts = [f"{found.count(v)} {name}" for v, name in VERDICTS.items() if v in found]
    return f"{len(found)} compared" + (": " + ", ".join(parts) if parts else "")


def indicators(ctx: EventContext) -> tuple[tuple[str, tuple[IndicatorCell | None, ...]], ...]:
    """Return a row per indicator with a cell per article, in the order in which they were observed."""
    names = list(dict.fromkeys(i.name for i in ctx.event.indicators))
    rows = []
    for name in names:
        cells: list[IndicatorCell | None] = [None] * len(ctx.outlets)
        for found in ctx.event.indicators:
            if found.name == name:
                css, state = SAID["states"][found.state]
                evidence = tuple(ctx.link(p) for p in found.evidence[:3])
                cells[ctx.index[found.article]] = IndicatorCell(css, state, found.note, evidence)
        rows.append((name[:1].upper() + name[1:], tuple(cells)))
    return tuple(rows)


def _unique(found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Keep each fact once: one that stands in several rows is shown where it stands first."""
    seen: dict[object, Fact] = {}
    for fact in found:
        seen.setdefault((fact.kind, fact.verdict, tuple(p for s in fact.sides for p in s.passages)), fact)
    return tuple(seen.values())


def _fact(ctx: EventContext, fact: Fact) -> FactRow:
    cells: list[list[Link]] = [[] for _ in ctx.outlets]
    for side in fact.sides:
        for passage in side.passages:
            cells[ctx.index[passage.article]].append(ctx.link(passage))
    return FactRow(
        row=ctx.row_id(fact.row),
        number=ctx.number[fact.row],
        label=row_label(ctx, ctx.row(fact.row)),
        kind=SAID["fact_kinds"].get(fact.kind, plain(fact.kind)),
        verdict=VERDICTS[fact.verdict],
        css="conflict" if fact.verdict is Verdict.CONFLICT else str(fact.verdict),
        note=fact.note,
        cells=tuple(tuple(dict.fromkeys(links)) for links in cells),
        sides=tuple(ctx.side(side) for side in fact.sides),
    )


NAMES = {"promotion share": "promotion and subscription text"}


class ScoreRow(NamedTuple):
    """Show one score; `beside` says, for each reference of the table, where the value stands in it."""

    name: str
    outlets: tuple[Outlet, ...]
    value: str
    counted: str
    beside: tuple[str, ...]


class ScoreTable(NamedTuple):
    """Show the scores of pairs, or of single texts, beside the references that any of them has."""

    caption: str
    references: tuple[str, ...]
    rows: tuple[ScoreRow, ...]


def scores(ctx: EventContext) -> tuple[ScoreTable, ...]:
    """Return the scores of pairs and then those of single texts, by name and in the order of the comparison."""
    pairs, alone = (tuple(s for s in ctx.event.scores if len(s.articles) == size) for size in (2, 1))
    tables = (("Scores of pairs of texts", pairs), ("Scores of single texts", alone))
    return tuple(_table(ctx, caption, found) for caption, found in tables if found)


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


def _table(ctx: EventContext, caption: str, found: Sequence[Score]) -> ScoreTable:
    used = {standing.kind for score in found for standing in score.standings}
    kinds = [kind for kind in ReferenceKind if kind in used]
    rows = tuple(_row(ctx, score, kinds) for score in sorted(found, key=lambda s: s.name))
    return ScoreTable(caption, tuple(SAID["references"][kind] for kind in kinds), rows)


def _row(ctx: EventContext, score: Score, kinds: Sequence[ReferenceKind]) -> ScoreRow:
    name = NAMES.get(score.name, score.name)
    stands = {standing.kind: place(standing) for standing in score.standings}
    return ScoreRow(
        name=name[:1].upper() + name[1:],
        outlets=tuple(ctx.outlets[ctx.index[a]] for a in score.articles),
        value="–" if score.value is None else f"{score.value:.2f}",
        counted=f"n {score.n} {score.unit}",
        beside=tuple(stands.get(kind, "–") for kind in kinds),
    )
