"""Lay the claims that two or more outlets print over the outlets: a row per claim, a cell per outlet."""

from __future__ import annotations

from collections import Counter

from comparer.model import EmptyCell, Finding, Passage, Row
from comparer.reporting.context import EventContext, View, finding_view
from comparer.reporting.readings import readings
from comparer.reporting.words import (
    MANNERS,
    NOT_PRINTED,
    begun,
    clip,
    count,
    empty,
    rung_of,
    tidy,
    window,
    word_places,
)
from comparer.resources.loader import word_set

WIDTHS = {1: 60, 2: 64, 3: 44, 4: 32}  # characters that one line of a cell surely shows, by number of outlets
NARROW = 24  # the same with five outlets or more
SOURCE = 21  # characters of a source in a narrow cell
DOUBTFUL = 0.5  # probability of the weakest link of a row under which a reader is asked to look
WEDGED = "FQM"  # families that speak of content; A and W give letters only, else every cell had a wedge


def matrix(ctx: EventContext) -> list[View]:
    """Return the rows that two or more outlets print, by disagreement: a line of the matrix and what opens beneath."""
    return [_row(ctx, row) for row in ctx.rows]


def _row(ctx: EventContext, row: Row) -> View:
    found = ctx.by_row.get(row.id, [])
    letters = _letters(ctx, row, found)
    return ctx.shown(row.id) | {
        "row": row,
        "tally": count(len(found), "finding") if found else "no finding",
        "families": [family for family, _ in ctx.families(found)],
        "coverage": ctx.counts(row.told_by),
        "first": row.cells[row.told_by[0]].told[0].passage.span.start,
        "cells": [_cell(ctx, row, k, found, letters.get(k, "")) for k in range(len(row.cells))],
        "readings": readings(ctx, row),
        "findings": [finding_view(ctx, f) for f in found],
        "doubtful": row.confidence < DOUBTFUL,
    }


def _cell(ctx: EventContext, row: Row, article: int, found: list[Finding], letter: str) -> View:
    """Show one outlet's cell: look ("d", "i", "o" or "x"), words, source and the families of findings."""
    cell = row.cells[article]
    here = [f for f in found if any(ctx.index[p.article] == article for p in f.evidence)]
    families = [family for family, _ in ctx.families(here) if family != "S"]  # an empty cell says it by itself
    place = {"outlet": ctx.outlets[article], "href": f"#{ctx.row_id(row.id)}-{ctx.outlets[article].siglum}"}
    if isinstance(cell, EmptyCell):
        told = {"look": "x", "words": "not found", "manner": "", "letter": "", "wedge": False}
        return place | told | {"source": empty(cell)[0], "families": families}
    said = ctx.sourced.get((row.id, article))
    look, name = MANNERS[said.manner if said else None]
    return place | {
        "look": look,
        "manner": name,
        "words": _words(ctx, row, article, here),
        "letter": letter,
        "source": clip((said and said.name) or rung_of(said), SOURCE if len(ctx.outlets) > 2 else 2 * SOURCE),
        "families": families,
        "wedge": any(f in WEDGED for f in families),
    }


def _words(ctx: EventContext, row: Row, article: int, here: list[Finding]) -> str:
    """Return the clause of a cell that is compared: round words that a finding rests on, else round what is shared."""
    limit = WIDTHS.get(len(ctx.outlets), NARROW)
    claims = [claim.passage.span for claim in row.cells[article].told]
    for finding in here:
        for passage in _content(ctx, finding, article):
            home = next((c for c in claims if c.covers(passage.span)), None)
            if home is not None and ctx.redact:
                return begun(ctx.span_text(article, passage.span))
            if home is not None:
                text = ctx.analysed[article].article.text
                before = tidy(text[home.start : passage.span.start])
                start = len(before) + bool(before)
                return window(
                    ctx.span_text(article, home), start, start + len(ctx.span_text(article, passage.span)), limit
                )
    words = ctx.span_text(article, ctx.leading(row.cells[article]).passage.span)
    return begun(words) if ctx.redact else window(words, *_shared(ctx, row, article, words, limit), limit)


def _shared(ctx: EventContext, row: Row, article: int, words: str, limit: int) -> tuple[int, int]:
    """Return where the words stand that most of the other readings print too, as far as a cell is wide."""
    held: Counter[str] = Counter()
    for k in row.told_by:
        text = ctx.analysed[k].article.text
        held.update(
            {f for c in row.cells[k].told for *_, f in word_places(c.passage.span.of(text))} if k != article else ()
        )
    plain = word_set("report_function_words")
    found = [(start, end, held[form]) for start, end, form in word_places(words) if form not in plain and held[form]]
    if not found:
        return 0, 0
    runs = ([one for one in found[k:] if one[1] - found[k][0] <= limit] or [found[k]] for k in range(len(found)))
    best = max(runs, key=lambda run: sum(weight for *_, weight in run))
    return best[0][0], best[-1][1]


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
