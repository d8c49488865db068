"""Lay the claims that two or more outlets print over the outlets: a row per claim, a cell per outlet."""

from __future__ import annotations

from comparer.model import EmptyCell, Finding, Passage, Row, RowId, Rung
from comparer.reporting.context import EventContext, Label, View, finding_view
from comparer.reporting.readings import readings
from comparer.reporting.words import MANNERS, NOT_PRINTED, RUNGS, begun, clip, count, empty, rung_of, tidy, window

LABEL = 60  # characters of a claim's label; a narrow column shows fewer
WIDTHS = {1: 60, 2: 60, 3: 36}  # characters that one line of a cell surely shows, by number of outlets
NARROW = 25  # the same with four outlets or more
SOURCE = 21  # characters of a source in a narrow cell
DOUBTFUL = 0.5  # probability of the weakest link of a row under which a reader is asked to look
WEDGED = "FQMS"  # families that speak of content; A and W give letters only, else every cell had a wedge


def matrix(ctx: EventContext) -> list[View]:
    """Return the rows that two or more outlets print, by disagreement: a line of the matrix and what opens beneath."""
    return [_row(ctx, row) for row in ctx.rows]


def named_row(ctx: EventContext, row: RowId) -> View:
    """Return where a claim is drawn and its name: words of an outlet that prints it; no two of an event are alike."""
    if not ctx.labels:
        taken: set[str] = set()
        for each in (*ctx.rows, *ctx.lone):
            named = _names(ctx, each)
            ctx.labels[each.id] = next((name for name in named if name.words not in taken), named[0])
            taken.add(ctx.labels[each.id].words)
    return {"id": ctx.row_id(row), "number": ctx.number[row], "label": ctx.labels[row]}


def _names(ctx: EventContext, row: Row) -> list[Label]:
    """List the beginnings of a row's readings: whole sentences first, then those of which most fits."""
    texts = [(ctx.span_text(k, ctx.leading(row.cells[k]).passage.span), k) for k in row.told_by]
    ranked = sorted(texts, key=lambda t: (t[0][:1].islower(), len(t[0]) > LABEL, len(t[0])))
    return [Label(clip(begun(text) if ctx.redact else text, LABEL), ctx.outlets[k]) for text, k in ranked]


def _row(ctx: EventContext, row: Row) -> View:
    found = ctx.by_row.get(row.id, [])
    letters = _letters(ctx, row, found)
    return named_row(ctx, row.id) | {
        "row": row,
        "tally": count(len(found), "finding") if found else "no finding",
        "families": " ".join(f"{f}{n if n > 1 else ''}" for f, n in ctx.families(found)),
        "coverage": ctx.counts(row.told_by),
        "first": row.cells[row.told_by[0]].told[0].passage.span.start,
        "cells": [_cell(ctx, row, k, found, letters.get(k, "")) for k in range(len(row.cells))],
        "readings": readings(ctx, row),
        "findings": [finding_view(ctx, f) for f in found],
        "doubtful": row.confidence < DOUBTFUL,
    }


def _cell(ctx: EventContext, row: Row, article: int, found: list[Finding], letter: str) -> View:
    """Show one outlet's cell: look ("d", "i", "o" or "x"), words, rung and the families of findings."""
    cell = row.cells[article]
    here = [f for f in found if any(ctx.index[p.article] == article for p in f.evidence)]
    families = [family for family, _ in ctx.families(here)]
    place = {"outlet": ctx.outlets[article], "href": f"#{ctx.row_id(row.id)}-{ctx.outlets[article].siglum}"}
    if isinstance(cell, EmptyCell):
        placed = "S" if "S" in families else ""
        told = {"look": "x", "words": "not found", "quoted": False, "manner": "", "letter": "", "rung": 0}
        return place | told | {"source": empty(cell)[0], "families": placed, "wedge": bool(placed)}
    said = ctx.sourced.get((row.id, article))
    look, name = MANNERS[said.manner if said else None]
    words, quoted = _words(ctx, row, article, here, direct=look == "d")
    return place | {
        "look": look,
        "manner": name,
        "words": words,
        "quoted": quoted,
        "letter": letter,
        "rung": list(RUNGS).index(said.rung if said else Rung.OWN_VOICE) + 1,
        "rung_name": rung_of(said),
        "source": clip((said and said.name) or rung_of(said), SOURCE if len(ctx.outlets) > 2 else 2 * SOURCE),
        "families": " ".join(families),
        "wedge": any(f in WEDGED for f in families),
    }


def _words(ctx: EventContext, row: Row, article: int, here: list[Finding], *, direct: bool) -> tuple[str, bool]:
    """Choose the words of a cell: from those a fact or verb rests on, else a quotation's or the claim's beginning."""
    limit = WIDTHS.get(len(ctx.outlets), NARROW)
    claims = [claim.passage.span for claim in row.cells[article].told]
    for finding in here:
        for passage in _content(ctx, finding, article):
            home = next((c for c in claims if c.covers(passage.span)), None)
            if home is not None and ctx.redact:
                return begun(ctx.span_text(article, passage.span)), False
            if home is not None:
                text = ctx.analysed[article].article.text
                before = tidy(text[home.start : passage.span.start])
                start = len(before) + bool(before)
                end = start + len(ctx.span_text(article, passage.span))
                return window(ctx.span_text(article, home), start, end, limit), False
    quoted = direct or any(f.code.startswith("Q") for f in here)
    said = [q.content for q in ctx.analysed[article].quotations if any(c.overlaps(q.content) for c in claims)]
    if quoted and said:
        return ctx.label(article, said[0], LABEL), True
    return ctx.label(article, ctx.leading(row.cells[article]).passage.span, LABEL), False


def _content(ctx: EventContext, finding: Finding, article: int) -> list[Passage]:
    """Return the passages of a finding on facts or certainty that print something in one article."""
    if finding.code[0] not in "FM":
        return []
    sides = (side for side in finding.sides if side.value not in NOT_PRINTED)
    return [p for side in sides for p in side.passages if ctx.index[p.article] == article]


def _letters(ctx: EventContext, row: Row, found: list[Finding]) -> dict[int, str]:
    """Give cells of one content one letter, in the order of columns; none where all cells agree or none can be told."""
    told: dict[int, list[int]] = {k: [] for k in row.told_by}
    for finding in found:
        if finding.code[0] in "FQM" and len(finding.sides) > 1:
            for k, placed in told.items():
                placed.append(_side_of(ctx, finding, k))
    kinds = list(dict.fromkeys(tuple(v) for v in told.values()))
    if len(kinds) < 2:
        return {}
    return {k: chr(ord("a") + kinds.index(tuple(v))) for k, v in told.items() if kinds.index(tuple(v)) < 26}


def _side_of(ctx: EventContext, finding: Finding, article: int) -> int:
    for n, side in enumerate(finding.sides):
        if any(ctx.index[p.article] == article for p in side.passages):
            return n
    return -1
