"""Show the scores: each value with what was counted, and where it stands among reference pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comparer.model import ReferenceKind, Score, Standing
from comparer.reporting.context import EventContext, Outlet

NAMES = {"promotion share": "promotion and subscription text"}
REFERENCES: dict[ReferenceKind, str] = {
    ReferenceKind.SAME_EVENT: "Pairs of reports of one event",
    ReferenceKind.DIFFERENT_EVENTS: "Pairs of reports of two like events",
    ReferenceKind.ONE_STORY: "Pairs of prints of one agency story",
    ReferenceKind.SAVED_PAGE: "Saved news pages",
}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Show one score; `beside` says, for each reference of the table, where the value stands in it."""

    name: str
    outlets: tuple[Outlet, ...]
    value: str
    counted: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreTable:
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
    kinds = [kind for kind in REFERENCES if kind in used]
    rows = tuple(_row(ctx, score, kinds) for score in sorted(found, key=lambda s: s.name))
    return ScoreTable(caption, tuple(REFERENCES[kind] for kind in kinds), rows)


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
