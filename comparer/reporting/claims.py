"""Lay claims over outlets: a row per claim that two or more print, a cell per outlet, and what opens beneath.

That are the readings: equal ones together, words that differ marked, sources below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_lowercase
from typing import NamedTuple

from comparer.model import Claim, EmptyCell, Finding, Row, Sourcing, Span
from comparer.model.text import QUOTED
from comparer.reporting.context import EventContext, Outlet, View, finding_view
from comparer.reporting.words import (
    MANNERS,
    SAID,
    begun,
    clip,
    clip_words,
    count,
    empty,
    rung_of,
    sweep,
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
NEAR = 0.6  # part of two readings' words that both print: under it they are told in other words, and none is marked


class WordRun(NamedTuple):
    """Show some words of a reading: plain, "some" (in some readings), "only" (here) or "tint", kinds raised after.

    `families` are those of the findings that rest on tinted words; a kind is its family, its name and a link.
    """

    text: str
    look: str
    codes: tuple[tuple[str, str, str], ...] = ()
    families: str = ""


class SourceLine(NamedTuple):
    """Say how a reading is sourced; `source`, `cue` and `via` are printed words, `only` the outlets where not all."""

    look: str
    manner: str
    source: str | None
    rung: str
    cue: str | None
    stance: str | None
    via: tuple[str, ...]
    anonymity: str | None
    only: tuple[Outlet, ...] = ()


def claim_row(ctx: EventContext, row: Row) -> View:
    """Show a row that two or more outlets print: a line of the matrix and what opens beneath."""
    found = ctx.by_row.get(row.id, [])
    letters = _letters(ctx, row, found)
    return ctx.shown(row.id) | {
        "row": row,
        "tally": count(len(found), "finding") if found else "no finding",
        "families": [family for family, _ in ctx.families(found)],
        "coverage": ctx.counts(row.told_by),
        "first": row.cells[row.told_by[0]].told[0].passage.span.start,
        "cells": [_cell(ctx, row, k, found) | {"letter": letters.get(k, "")} for k in range(len(row.cells))],
        "readings": _readings(ctx, row),
        "findings": [finding_view(ctx, f) for f in found],
        "doubtful": row.confidence < DOUBTFUL,
    }


def _letters(ctx: EventContext, row: Row, found: list[Finding]) -> dict[int, str]:
    """Give cells of one content one letter, in the order of columns; none where all cells agree or none can be told."""
    told = [f for f in found if f.code[0] in WEDGED and len(f.sides) > 1]
    content = {k: tuple(_side_of(ctx, finding, k) for finding in told) for k in row.told_by}
    letters = dict(zip(dict.fromkeys(content.values()), ascii_lowercase, strict=False))
    return {k: letters[one] for k, one in content.items() if one in letters} if len(letters) > 1 else {}


def _side_of(ctx: EventContext, finding: Finding, article: int) -> int:
    return next((n for n, side in enumerate(finding.sides) if article in ctx.tellers(side.passages)), -1)


def _cell(ctx: EventContext, row: Row, article: int, found: list[Finding]) -> View:
    """Show one outlet's cell: look ("d", "i", "o" or "x"), words, source and the families of findings."""
    cell = row.cells[article]
    here = [f for f in found if article in ctx.tellers(f.evidence)]
    families = [family for family, _ in ctx.families(here) if family != "S"]  # an empty cell says it by itself
    place = {"outlet": ctx.outlets[article], "href": f"#{_id(ctx, row, article)}", "families": families}
    if isinstance(cell, EmptyCell):
        return place | {"look": "x", "words": "not found", "manner": "", "wedge": False, "source": empty(cell)[0]}
    said = ctx.sourced.get((row.id, article))
    look, manner = MANNERS[said.manner if said else None]
    return place | {
        "look": look,
        "manner": manner,
        "words": _words(ctx, row, article, here),
        "source": clip((said and said.name) or rung_of(said), SOURCE if len(ctx.outlets) > 2 else 2 * SOURCE),
        "wedge": any(f in WEDGED for f in families),
    }


def _id(ctx: EventContext, row: Row, article: int) -> str:
    return f"{ctx.row_id(row.id)}-{ctx.outlets[article].siglum}"


def _words(ctx: EventContext, row: Row, article: int, here: list[Finding]) -> str:
    """Return the clause of a cell that is compared: round words that a finding rests on, else round what is shared."""
    limit = WIDTHS.get(len(ctx.outlets), NARROW)
    claims = row.cells[article].told
    content = (p.span for f in here if f.code[0] in "FM" for p in ctx.printed(f, article))
    for span, home in ((span, claim.passage.span) for span in content for claim in claims):
        if home.covers(span):
            words = ctx.span_text(article, span)
            if ctx.redact:
                return begun(words)
            before = ctx.span_text(article, Span(home.start, span.start))
            start = len(before) + bool(before)
            return window(ctx.span_text(article, home), start, start + len(words), limit)

    def strays(claim: Claim) -> tuple[bool, int]:
        """Put claims in a headline last, and those that stand in many rows: they speak for no cell of theirs."""
        title = ctx.titles[article]
        return title is not None and title.overlaps(claim.passage.span), ctx.uses[claim.id]

    words = ctx.span_text(article, min(claims, key=strays).passage.span)
    return begun(words) if ctx.redact else window(words, *_shared(ctx, row, article, words, limit), limit)


def _shared(ctx: EventContext, row: Row, article: int, words: str, limit: int) -> tuple[int, int]:
    """Return where the words stand that most of the other readings print too, as far as a cell is wide."""
    held: Counter[str] = Counter()
    for k in row.told_by:
        if k != article:
            text = ctx.analysed[k].article.text
            held.update({f for c in row.cells[k].told for *_, f in word_places(c.passage.span.of(text))})
    plain = word_set("report_function_words")
    found = [(start, end, held[form]) for start, end, form in word_places(words) if form not in plain and held[form]]
    if not found:
        return 0, 0
    runs = ([one for one in found[k:] if one[1] - found[k][0] <= limit] or [found[k]] for k in range(len(found)))
    best = max(runs, key=lambda run: sum(weight for *_, weight in run))
    return best[0][0], best[-1][1]


def _readings(ctx: EventContext, row: Row) -> list[View]:
    """Return the readings of a row in the order of outlets, then the empty cells: why there is none."""
    groups: dict[str, list[int]] = {}
    for k in row.told_by:
        text = ctx.analysed[k].article.text
        groups.setdefault(tidy(" ".join(c.passage.span.of(text) for c in row.cells[k].told)), []).append(k)
    bags = [{form for _, _, form in word_places(text)} for text in groups]
    told = [_told(ctx, row, members, bags, n) for n, members in enumerate(groups.values())]
    absent: dict[object, list[int]] = {}  # why a cell is empty, or, where a passage comes near, the cell itself
    for k, cell in enumerate(row.cells):
        if isinstance(cell, EmptyCell):
            absent.setdefault(k if cell.near_miss else empty(cell)[1], []).append(k)
    return told + [_empty(ctx, row, members) for members in absent.values()]


def _told(ctx: EventContext, row: Row, members: Sequence[int], bags: list[set[str]], place: int) -> View:
    first, own = members[0], bags[place]
    rest = bags[:place] + bags[place + 1 :]
    near = any(len(own & bag) / (len(own | bag) or 1) >= NEAR for bag in rest)
    claims = row.cells[first].told
    runs = [r for c in claims for r in _runs(ctx, row, first, c.passage.span, others=rest if near else [])]
    lines = _lines(ctx, row, members)
    return _reading(ctx, row, members) | {
        "look": lines[0].look if lines else "o",
        "language": ctx.analysed[first].article.language,
        "runs": _cut(runs) if ctx.redact else runs,
        "lines": lines,
        "places": [ctx.link(c.passage) for k in members for c in row.cells[k].told],
        "absent": None,
    }


def _reading(ctx: EventContext, row: Row, members: Sequence[int]) -> View:
    return {"ids": [_id(ctx, row, k) for k in members], "outlets": [ctx.outlets[k] for k in members]}


def _empty(ctx: EventContext, row: Row, members: Sequence[int]) -> View:
    cell = row.cells[members[0]]
    assert isinstance(cell, EmptyCell)
    near = cell.near_miss and {"place": ctx.link(cell.near_miss.claim.passage), "score": cell.near_miss.score}
    return _reading(ctx, row, members) | {"look": "x", "absent": empty(cell)[1], "near": near}


def _lines(ctx: EventContext, row: Row, members: Sequence[int]) -> list[SourceLine]:
    """Return how the outlets of one reading are sourced, each way once, with the outlets where they differ."""
    told: dict[SourceLine, list[Outlet]] = {}
    for k in members:
        if said := ctx.sourced.get((row.id, k)):
            told.setdefault(_source_line(ctx, said), []).append(ctx.outlets[k])
    return [line if len(by) == len(members) else line._replace(only=tuple(by)) for line, by in told.items()]


def _source_line(ctx: EventContext, said: Sourcing) -> SourceLine:
    look, manner = MANNERS[said.manner]
    reason = {None: None, True: "reason for anonymity printed", False: "no reason for anonymity printed"}
    return SourceLine(
        look=look,
        manner=manner,
        source=said.name,
        rung=rung_of(said),
        cue=ctx.text(said.cue) if said.cue else None,
        stance=SAID["stances"].get(said.cue_stance),
        via=tuple(ctx.span_text(said.article, link.span) for link in said.via),
        anonymity=reason[said.anonymity_reason],
    )


def _runs(ctx: EventContext, row: Row, article: int, within: Span, *, others: Sequence[set[str]]) -> list[WordRun]:
    """Cut one claim into runs of one look, with codes after the words they rest on or after the claim.

    Each word is marked by how many of the `others` hold it, the words of other readings; function words stay plain.
    """
    text = ctx.analysed[article].article.text
    held = Counter(form for words in others for form in words)
    plain = word_set("report_function_words")
    laid = [
        (Span(start, end).moved(within.start), ("some" if held[form] else "only", ""))
        for start, end, form in (word_places(within.of(text)) if others else ())
        if form not in plain and held[form] < len(others)
    ]
    after: dict[int, dict[tuple[str, str], str]] = {}
    for finding in ctx.by_row.get(row.id, ()):
        family = finding.code[0]
        here = [span for span in ctx.tinted(finding, article) if within.overlaps(span)]
        spans = [Span(max(within.start, s.start), min(within.end, s.end)) for s in here]
        laid += [(span, ("tint", family)) for span in spans]
        if family == "S":
            continue  # it is said of the whole claim, and rests on no word of it
        if spans or any(ctx.index[p.article] == article and within.overlaps(p.span) for p in finding.evidence):
            end = max((s.end for s in spans), default=within.end)
            kind = (family, SAID["family_words"].get(family, family))
            after.setdefault(end, {}).setdefault(kind, f"#{ctx.finding_id(finding)}")
    runs = []
    for span, marks in sweep(within, laid, cuts=after):
        looks = [look for look, _ in marks]
        families = " ".join(dict.fromkeys(family for _, family in marks if family))
        look = next((name for name in ("tint", "only", "some") if name in looks), "")
        kinds = tuple((*kind, href) for kind, href in after.get(span.end, {}).items())
        runs.append(WordRun(span.of(text), look, kinds, families))
    return [*_joined(runs), WordRun(" ", "")]


def _joined(runs: Sequence[WordRun]) -> list[WordRun]:
    """Draw one line under neighbouring words of one look, blanks between them included."""
    out: list[WordRun] = []
    for k, run in enumerate(runs):
        between = 0 < k < len(runs) - 1 and not run.look and run.text.isspace() and not run.codes
        look = out[-1].look if between and out[-1].look == runs[k + 1].look and not out[-1].codes else run.look
        if out and out[-1].look == look and not out[-1].codes and (between or out[-1].families == run.families):
            out[-1] = WordRun(out[-1].text + run.text, look, run.codes, out[-1].families)
        else:
            out.append(run._replace(look=look))
    return out


def _cut(runs: Sequence[WordRun]) -> list[WordRun]:
    """Keep the first words of a reading, every tinted word and every code, for a redacted report."""
    left, out = QUOTED, []
    for run in runs:
        size = len(run.text.split())
        if run.look == "tint" or size <= left:
            out.append(run)
        elif left > 0 or run.codes:
            out.append(WordRun(clip_words(run.text, max(left, 0)) + " ", run.look, run.codes))
        left -= size
    return out
