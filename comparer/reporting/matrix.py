"""Lay the claims that two or more outlets print over the outlets: a row per claim, a cell per outlet."""

from __future__ import annotations

from typing import NamedTuple

from comparer.model import EmptyCell, Finding, Passage, Row, Rung
from comparer.reporting.context import EventContext, FindingView, Label, Outlet, finding_view
from comparer.reporting.readings import Reading, readings, sourcing_of
from comparer.reporting.words import MANNERS, NOT_PRINTED, RUNGS, begun, clip, count, empty, rung_of, tidy, window

LABEL = 60  # characters of a claim's label; a narrow column shows fewer
WIDTHS = {1: 60, 2: 60, 3: 36}  # characters that one line of a cell surely shows, by number of outlets
NARROW = 25  # the same with four outlets or more
SOURCE = 21  # characters of a source in a narrow cell
DOUBTFUL = 0.5  # probability of the weakest link of a row under which a reader is asked to look
WEDGED = "FQMS"  # families that speak of content; A and W give letters only, else every cell had a wedge


class CellView(NamedTuple):
    """Show one outlet's cell: look ("d", "i", "o" or "x"), words, rung and the families of findings."""

    outlet: Outlet
    href: str
    look: str
    source: str
    families: str
    wedge: bool
    words: str = "not found"
    quoted: bool = False
    manner: str = ""
    letter: str = ""
    rung: int = 0
    rung_name: str = ""


class RowView(NamedTuple):
    """Show one claim: its line in the matrix and what opens beneath it. `key` is the name a review knows it by."""

    id: str
    key: str
    number: int
    label: Label
    tally: str
    families: str
    coverage: str
    outlets: int
    first: int
    cells: tuple[CellView, ...]
    readings: tuple[Reading, ...]
    findings: tuple[FindingView, ...]
    confidence: str
    doubtful: bool


def matrix(ctx: EventContext) -> tuple[RowView, ...]:
    """Return the rows that two or more outlets print, by disagreement."""
    return tuple(_row(ctx, row) for row in ctx.rows)


def row_label(ctx: EventContext, row: Row) -> Label:
    """Return the words that name a claim and the outlet that prints them; no two of an event are alike."""
    if not ctx.labels:
        taken: set[str] = set()
        for each in (*ctx.rows, *ctx.lone):
            named = _names(ctx, each)
            ctx.labels[each.id] = next((name for name in named if name.words not in taken), named[0])
            taken.add(ctx.labels[each.id].words)
    return ctx.labels[row.id]


def _names(ctx: EventContext, row: Row) -> list[Label]:
    """List the beginnings of a row's readings: whole sentences first, then those of which most fits."""
    texts = [(ctx.span_text(k, ctx.leading(row.cells[k]).passage.span), k) for k in row.told_by]
    ranked = sorted(texts, key=lambda t: (t[0][:1].islower(), len(t[0]) > LABEL, len(t[0])))
    return [Label(clip(begun(text) if ctx.redact else text, LABEL), ctx.outlets[k]) for text, k in ranked]


def _row(ctx: EventContext, row: Row) -> RowView:
    found = ctx.by_row.get(row.id, [])
    first = row.cells[row.told_by[0]].told[0].passage.span.start
    letters = _letters(ctx, row, found)
    families = " ".join(f"{f}{n if n > 1 else ''}" for f, n in ctx.families(found))
    return RowView(
        id=ctx.row_id(row.id),
        key=row.key,
        number=ctx.number[row.id],
        label=row_label(ctx, row),
        tally=count(len(found), "finding") if found else "no finding",
        families=families,
        coverage=ctx.counts(row.told_by),
        outlets=len(row.told_by),
        first=first,
        cells=tuple(_cell(ctx, row, k, found, letters.get(k, "")) for k in range(len(row.cells))),
        readings=readings(ctx, row),
        findings=tuple(finding_view(ctx, f) for f in found),
        confidence=f"{row.confidence:.2f}",
        doubtful=row.confidence < DOUBTFUL,
    )


def _cell(ctx: EventContext, row: Row, article: int, found: list[Finding], letter: str) -> CellView:
    cell = row.cells[article]
    here = [f for f in found if any(ctx.index[p.article] == article for p in f.evidence)]
    families = [family for family, _ in ctx.families(here)]
    href = f"#{ctx.row_id(row.id)}-{ctx.outlets[article].siglum}"
    if isinstance(cell, EmptyCell):
        placed = "S" in families
        return CellView(ctx.outlets[article], href, "x", empty(cell)[0], "S" if placed else "", placed)
    said = next(iter(sourcing_of(ctx, row, article)), None)
    rung = said.rung if said else Rung.OWN_VOICE
    look, name = MANNERS[said.manner if said else None]
    words, quoted = _words(ctx, row, article, here, direct=look == "d")
    return CellView(
        outlet=ctx.outlets[article],
        href=href,
        look=look,
        manner=name,
        words=words,
        quoted=quoted,
        letter=letter,
        rung=list(RUNGS).index(rung) + 1,
        rung_name=rung_of(said),
        source=clip((said and said.name) or rung_of(said), SOURCE if len(ctx.outlets) > 2 else 2 * SOURCE),
        families=" ".join(families),
        wedge=any(f in WEDGED for f in families),
    )


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
