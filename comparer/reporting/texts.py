"""Show the full texts: runs of words under their marks, verse numbers, notes in the margin, furniture folded in place.

Comes last: by then every place that any part of the report links to is known and gets its anchor.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from comparer.model import Block, BlockKind, Passage, Voice
from comparer.reporting.context import EventContext, Outlet
from comparer.reporting.readings import TINTED_WORDS, tint_limit
from comparer.reporting.words import NOT_PRINTED, Laid, begun, count, plain, sweep, tidy
from comparer.resources.rules import title_of

_LISTED = frozenset({"loaded", "evaluation", "prediction"})
_Mark = tuple[str, str]  # what lies over a run, and which: ("row", "r3"), ("mark", ""), ("own", ""), ("source", "")


class TextRun(NamedTuple):
    """Show a run of characters: its anchors, verse numbers before it, its look and the rows it belongs to."""

    text: str
    ids: tuple[str, ...]
    verses: tuple[tuple[int, str], ...]
    tinted: bool
    listed: str
    rows: str


class Note(NamedTuple):
    """Stand in the margin for a finding that begins in a paragraph."""

    code: str
    title: str
    href: str
    times: int = 1


class Paragraph(NamedTuple):
    """Show one block; `label` says what the cleaner took a dropped one for, why, and how sure it is."""

    kind: str
    label: str
    runs: tuple[TextRun, ...]
    notes: tuple[Note, ...]


class Stretch(NamedTuple):
    """Hold neighbouring blocks: a kept one alone, or furniture folded together."""

    folded: bool
    kinds: str
    size: str
    paragraphs: tuple[Paragraph, ...]


class _Over(NamedTuple):
    """Hold what lies over one text: marks, verse numbers, anchors with where they stand, notes."""

    laid: tuple[Laid[_Mark], ...]
    starts: dict[int, list[tuple[int, str]]]
    homes: dict[int, int]
    notes: tuple[tuple[int, Note], ...]


class Column(NamedTuple):
    """Show one article's text, or, in a redacted report, only the words that are linked to."""

    outlet: Outlet
    language: str
    digest: str
    characters: int
    stretches: tuple[Stretch, ...]
    excerpts: tuple[tuple[str, str], ...]


def columns(ctx: EventContext) -> tuple[Column, ...]:
    """Return a column per article."""
    return tuple(_column(ctx, k) for k in range(len(ctx.analysed)))


def _column(ctx: EventContext, k: int) -> Column:
    article = ctx.analysed[k].article
    stretches: list[Stretch] = []
    excerpts: tuple[tuple[str, str], ...] = ()
    if ctx.redact:
        excerpts = _excerpts(ctx, k)
    else:
        homes = _homes(article.blocks, ctx.anchors[k], len(article.text))
        laid, starts = _laid(ctx, k)
        over = _Over(tuple(laid), starts, homes, tuple(_notes(ctx, k)))
        for kept, group in groupby(article.blocks, key=lambda b: b.kept):
            paragraphs = [(b, _paragraph(ctx, k, b, over)) for b in group]
            if kept:
                stretches += [Stretch(False, "", "", (p,)) for _, p in paragraphs]
            else:
                kinds = [plain(b.kind) for b, _ in paragraphs]
                tally = ", ".join(f"{n} ×{kinds.count(n)}" if kinds.count(n) > 1 else n for n in dict.fromkeys(kinds))
                stretches.append(
                    Stretch(True, tally, count(len(paragraphs), "block") + " folded", tuple(p for _, p in paragraphs))
                )
    return Column(
        outlet=ctx.outlets[k],
        language=article.language,
        digest=article.digest,
        characters=len(article.text),
        stretches=tuple(stretches),
        excerpts=excerpts,
    )


def _homes(blocks: tuple[Block, ...], wanted: Iterable[int], end: int) -> dict[int, int]:
    """Say where the anchor of each wanted character stands: there, or where the next block begins."""
    homes = {}
    for start in sorted(wanted):
        inside = any(b.span.start <= start < b.span.end for b in blocks)
        later = [b.span.start for b in blocks if b.span.start >= start]
        last = max((b.span.start for b in blocks), default=end)
        homes[start] = start if inside else min(later, default=last)
    return homes


def _laid(ctx: EventContext, k: int) -> tuple[list[Laid[_Mark]], dict[int, list[tuple[int, str]]]]:
    """Lay rows, tints and listed words over the text; return where verse numbers stand beside them."""
    laid: list[Laid[_Mark]] = []
    starts: dict[int, list[tuple[int, str]]] = {}
    for row in (*ctx.rows, *ctx.lone):
        for n, claim in enumerate(row.cells[k].told):
            if row.id in ctx.shared_ids:
                laid.append(Laid(claim.passage.span, ("row", ctx.row_id(row.id))))
            if len(ctx.outlets) > 1 and (n == 0 or row.id in ctx.shared_ids):
                starts.setdefault(claim.passage.span.start, []).append((ctx.number[row.id], ctx.row_id(row.id)))
    laid += [Laid(passage.span, ("mark", "")) for passage in _tinted(ctx, k)]
    laid += [
        Laid(marker.span, ("own" if marker.voice is Voice.OUTLET else "source", ""))
        for marker in ctx.analysed[k].markers
        if marker.category in _LISTED
    ]
    return laid, starts


def _tinted(ctx: EventContext, k: int) -> list[Passage]:
    """Return the passages of findings in one article that are short enough to tint."""
    return [
        passage
        for finding in ctx.event.findings
        for side in finding.sides
        if side.value not in NOT_PRINTED
        for passage in side.passages
        if ctx.index[passage.article] == k
        and len(ctx.span_text(k, passage.span).split())
        <= (TINTED_WORDS if finding.code.startswith("B") else tint_limit(finding))
    ]


def _notes(ctx: EventContext, k: int) -> list[tuple[int, Note]]:
    notes = []
    for finding in ctx.event.findings:
        note = Note(finding.code, title_of(finding.code), f"#{ctx.finding_id(finding)}")
        places = [
            p.span.start
            for side in finding.sides
            if side.value not in NOT_PRINTED
            for p in side.passages
            if ctx.index[p.article] == k
        ]
        if places:
            notes.append((places[0], note))
    return notes


def _paragraph(ctx: EventContext, k: int, block: Block, over: _Over) -> Paragraph:
    text = ctx.analysed[k].article.text
    ids: dict[int, list[str]] = {}
    for wanted, home in over.homes.items():
        if block.span.start <= home < block.span.end:
            ids.setdefault(home, []).append(ctx.anchor(k, wanted))
    runs = []
    for run in sweep(block.span, over.laid, cuts=[*ids, *over.starts]):
        rows = " ".join(dict.fromkeys(name for kind, name in run.marks if kind == "row"))
        voices = [kind for kind, _ in run.marks if kind in ("own", "source")]
        runs.append(
            TextRun(
                text=run.span.of(text),
                ids=tuple(ids.get(run.span.start, ())),
                verses=tuple(over.starts.get(run.span.start, ())),
                tinted=any(kind == "mark" for kind, _ in run.marks),
                listed=voices[0] if voices else "",
                rows=rows,
            )
        )
    here = [note for start, note in over.notes if block.span.start <= start < block.span.end]
    codes = [note.code for note in here]
    first = {note.code: note for note in reversed(here)}
    notes = tuple(first[code]._replace(times=codes.count(code)) for code in dict.fromkeys(codes))
    label = "" if block.kept else f"{plain(block.kind)} · {block.reason} · {block.probability:.2f}"
    return Paragraph(_kind(block), label, tuple(runs), notes)


def _kind(block: Block) -> str:
    named = (BlockKind.TITLE, BlockKind.SUBHEADING, BlockKind.STANDFIRST)
    return str(block.kind) if block.kind in named else "content" if block.kept else "furniture"


def _excerpts(ctx: EventContext, k: int) -> tuple[tuple[str, str], ...]:
    """Return anchor and words of every place that is linked to, in page order, each a short quotation."""
    text = ctx.analysed[k].article.text
    places = sorted(ctx.anchors[k].items())
    return tuple((ctx.anchor(k, start), begun(tidy(text[start:end]))) for start, end in places)
