"""Lay the readings of one row side by side: equal ones together, words that differ marked, sources beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from comparer.model import EmptyCell, Finding, Row, Sourcing, Span
from comparer.model.text import QUOTED
from comparer.reporting.context import EventContext, Outlet, View
from comparer.reporting.words import (
    MANNERS,
    NOT_PRINTED,
    SAID,
    Laid,
    clip_words,
    empty,
    rung_of,
    sweep,
    tidy,
    word_places,
)
from comparer.resources.loader import word_set

TINTED_SOURCE_WORDS = 8  # of a finding on sources: the source and the verb are tinted, the statement is not
NEAR = 0.6  # part of two readings' words that both print: under it they are told in other words, and none is marked
TINTED_WORDS = 15  # longer evidence is not tinted: a tint over a whole sentence points nowhere


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


def readings(ctx: EventContext, row: Row) -> list[View]:
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


def source_line(ctx: EventContext, said: Sourcing) -> SourceLine:
    """Show who is cited, how, with what verb and through whom."""
    look, manner = MANNERS[said.manner]
    text = ctx.analysed[said.article].article.text
    anonymity = None
    if said.anonymity_reason is not None:
        anonymity = "reason for anonymity printed" if said.anonymity_reason else "no reason for anonymity printed"
    return SourceLine(
        look=look,
        manner=manner,
        source=said.name,
        rung=rung_of(said),
        cue=ctx.text(said.cue) if said.cue else None,
        stance=SAID["stances"].get(said.cue_stance) if said.cue_stance else None,
        via=tuple(tidy(link.span.of(text)) for link in said.via),
        anonymity=anonymity,
    )


def tint_limit(finding: Finding) -> int:
    """Return the number of words up to which a passage is tinted; what is here or not here has no words of its own."""
    if finding.code[0] in "SRB":
        return 0
    return TINTED_SOURCE_WORDS if finding.code.startswith("A") else TINTED_WORDS


def _told(ctx: EventContext, row: Row, members: Sequence[int], bags: list[set[str]], place: int) -> View:
    first = members[0]
    like = max(
        (len(bags[place] & b) / (len(bags[place] | b) or 1) for n, b in enumerate(bags) if n != place), default=0
    )
    others = Counter(form for n, bag in enumerate(bags) if n != place for form in bag if like >= NEAR)
    found = ctx.by_row.get(row.id, ())
    runs = [
        r
        for claim in row.cells[first].told
        for r in _runs(ctx, first, claim.passage.span, others=others, rest=len(bags) - 1, found=found)
    ]
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
    outlets = [ctx.outlets[k] for k in members]
    return {"ids": [f"{ctx.row_id(row.id)}-{outlet.siglum}" for outlet in outlets], "outlets": outlets}


def _lines(ctx: EventContext, row: Row, members: Sequence[int]) -> tuple[SourceLine, ...]:
    """Return how the outlets of one reading are sourced, each way once, with the outlets where they differ."""
    told: dict[SourceLine, list[int]] = {}
    for k in members:
        if said := ctx.sourced.get((row.id, k)):
            told.setdefault(source_line(ctx, said), []).append(k)
    return tuple(
        line if len(by) == len(members) else line._replace(only=tuple(ctx.outlets[k] for k in by))
        for line, by in told.items()
    )


def _empty(ctx: EventContext, row: Row, members: Sequence[int]) -> View:
    cell = row.cells[members[0]]
    assert isinstance(cell, EmptyCell)
    near = cell.near_miss
    return _reading(ctx, row, members) | {
        "look": "x",
        "absent": empty(cell)[1],
        "near": near and {"place": ctx.link(near.claim.passage), "score": near.score},
    }


def _runs(
    ctx: EventContext, article: int, within: Span, *, others: Counter[str], rest: int, found: Sequence[Finding]
) -> list[WordRun]:
    """Cut one claim into runs of one look, with codes after the words they rest on or after the claim."""
    text = ctx.analysed[article].article.text
    laid = _word_marks(within.of(text), within.start, others, rest) if others else []
    after: dict[int, dict[tuple[str, str], str]] = {}
    for finding in found:
        spans = _tinted(ctx, finding, article, within)
        family = finding.code[0]
        laid += [Laid(span, f"tint{family}") for span in spans]
        if family == "S":
            continue  # it is said of the whole claim, and rests on no word of it
        if spans or any(ctx.index[p.article] == article and within.overlaps(p.span) for p in finding.evidence):
            end = max((s.end for s in spans), default=within.end)
            kind = (family, SAID["family_words"].get(family, family))
            after.setdefault(end, {}).setdefault(kind, f"#{ctx.finding_id(finding)}")
    runs = []
    for run in sweep(within, laid, cuts=after):
        families = " ".join(dict.fromkeys(mark[4:] for mark in run.marks if mark.startswith("tint")))
        look = "tint" if families else next((name for name in ("only", "some") if name in run.marks), "")
        kinds = tuple((*kind, href) for kind, href in after.get(run.span.end, {}).items())
        runs.append(WordRun(run.span.of(text), look, kinds, families))
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


def _word_marks(words: str, offset: int, others: Counter[str], rest: int) -> list[Laid[str]]:
    """Mark each word by how many of the other readings print it; function words stay plain."""
    laid, plain = [], word_set("report_function_words")
    for start, end, form in word_places(words):
        shared = others[form]
        if form not in plain and shared < rest:
            laid.append(Laid(Span(start + offset, end + offset), "some" if shared else "only"))
    return laid


def _tinted(ctx: EventContext, finding: Finding, article: int, within: Span) -> list[Span]:
    spans = []
    for side in finding.sides:
        if side.value in NOT_PRINTED:
            continue
        for passage in side.passages:
            here = ctx.index[passage.article] == article and within.overlaps(passage.span)
            if here and len(ctx.span_text(article, passage.span).split()) <= tint_limit(finding):
                spans.append(Span(max(within.start, passage.span.start), min(within.end, passage.span.end)))
    return spans


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
