"""Correct the rows of an event as a reviewer decided: take a claim out of a row, join rows that hold one claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from comparer.model import (
    Alignment,
    Cell,
    Claim,
    EmptyCell,
    EmptyReason,
    NearMiss,
    Passage,
    Row,
    RowAction,
    RowDecision,
    RowId,
)

NO_ROW = "no row of this event has that key"
OTHER_EVENT = "not all of these rows stand in this event: the others have changed, or belong to another event"
NO_CLAIM = "the claim does not stand in that row"
LAST_CLAIM = "the claim stands alone in that row"
ONE_ROW = "the keys name one row"


class Correction(NamedTuple):
    """Say what became of one decision: the claims it moved, the rows before and after; or why it did nothing."""

    reason: str
    evidence: tuple[Passage, ...] = ()
    was: str = ""
    now: str = ""


def correct_rows(alignment: Alignment, decisions: Sequence[RowDecision]) -> tuple[Alignment, tuple[Correction, ...]]:
    """Return the alignment as the decisions want it, and a correction per decision."""
    rows = _Rows(alignment.rows)
    made = tuple(rows.join(d) if d.action is RowAction.JOIN else rows.take_out(d) for d in decisions)
    return replace(alignment, rows=tuple(rows.rows)), made


class _Rows:
    """Hold the rows of an event while they change; `keys` are all keys a row has or had."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = list(rows)
        self.keys = {row.key: row.id for row in rows}
        self.last = max((int(row.id[1:]) for row in rows if row.id[1:].isdecimal()), default=0)

    def take_out(self, decision: RowDecision) -> Correction:
        at = self._at(decision.rows[0])
        if at is None:
            return Correction(NO_ROW)
        row = self.rows[at]
        found = [(k, c) for k, cell in enumerate(row.cells) for c in cell.claims if c.passage == decision.claim]
        if not found:
            return Correction(NO_CLAIM)
        place, claim = found[0]
        rest = tuple(c for c in row.cells[place].claims if c != claim)
        left: Cell | EmptyCell = Cell(rest) if rest else _near(claim, row)
        smaller = replace(row, cells=(*row.cells[:place], left, *row.cells[place + 1 :]))
        if not smaller.told_by:
            return Correction(LAST_CLAIM)
        others = self.rows[:at] + self.rows[at + 1 :]
        new = [] if _stands(claim, others) else [self._lone(row, place, claim)]
        if len(smaller.told_by) == 1:
            smaller = replace(smaller, confidence=1.0)
        kept = [] if _needless(smaller, others) else [smaller]
        self.rows[at : at + 1] = kept + new
        self.keys |= {row.key: row.id for row in kept + new}
        now = ", ".join(r.id for r in kept + new) or "its other rows"
        return Correction("", (claim.passage,), row.id, now)

    def join(self, decision: RowDecision) -> Correction:
        places = [self._at(key) for key in decision.rows]
        if None in places:
            return Correction(NO_ROW if places.count(None) == len(places) else OTHER_EVENT)
        joined = sorted({at for at in places if at is not None})
        if len(joined) == 1:
            return Correction(ONE_ROW)
        old = [self.rows[at] for at in joined]
        cells = tuple(_joined([row.cells[k] for row in old]) for k in range(len(old[0].cells)))
        row = Row(old[0].id, cells, 1.0)
        self.keys |= {key: row.id for key, name in self.keys.items() if name in {r.id for r in old}}
        self.rows = [row if r is old[0] else r for r in self.rows if r is old[0] or r not in old]
        self.keys[row.key] = row.id
        evidence = tuple(dict.fromkeys(c.passage for r in old for c in _claims(r)))
        return Correction("", evidence, ", ".join(r.id for r in old), row.id)

    def _at(self, key: str) -> int | None:
        name = self.keys.get(key)
        return next((k for k, row in enumerate(self.rows) if row.id == name), None)

    def _lone(self, row: Row, place: int, claim: Claim) -> Row:
        """Return a row for a claim taken out of its only row; the claims it stood beside are shown as near misses."""
        self.last += 1
        cells = tuple(
            Cell((claim,)) if k == place else _near(cell.claims[0], row) if isinstance(cell, Cell) else cell
            for k, cell in enumerate(row.cells)
        )
        return Row(RowId(f"r{self.last}"), cells)


def _near(claim: Claim, row: Row) -> EmptyCell:
    return EmptyCell(EmptyReason.NEAR_MISS, NearMiss(claim, row.confidence))


def _joined(cells: Sequence[Cell | EmptyCell]) -> Cell | EmptyCell:
    claims = dict.fromkeys(c for cell in cells for c in cell.claims)
    if not claims:
        return cells[0]
    return Cell(tuple(sorted(claims, key=lambda c: (c.passage.span, c.id))))


def _claims(row: Row) -> Iterator[Claim]:
    return (claim for cell in row.cells for claim in cell.claims)


def _needless(row: Row, others: Sequence[Row]) -> bool:
    """Tell whether a row says nothing that others do not: its claims stand together in one, or alone each in any."""
    claims = set(_claims(row))
    if len(row.told_by) == 1:
        return all(_stands(claim, others) for claim in claims)
    return any(claims <= set(_claims(other)) for other in others)


def _stands(claim: Claim, rows: Sequence[Row]) -> bool:
    return any(claim == other for row in rows for other in _claims(row))
