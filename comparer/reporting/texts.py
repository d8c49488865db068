"""Show the full texts: runs of words under their marks, verse numbers, notes in the margin, furniture folded in place.

Comes last: by then every place that any part of the report links to is known and gets its anchor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from comparer.model import Block, Finding, Passage, Places, Span, Voice
from comparer.reporting.context import EventContext, View
from comparer.reporting.readings import TINTED_WORDS, tint_limit
from comparer.reporting.words import Laid, begun, sweep, tidy
from comparer.resources.rules import title_of

_LISTED = frozenset({"loaded", "evaluation", "prediction"})
_Mark = tuple[
    str, str
]  # what lies over a run, and which: ("row", "r3"), ("mark", "F"), ("share", "p1"), ("own", ""), ("source", "")


class _Over(NamedTuple):
    """Hold what lies over one text: marks, verse numbers, anchors with where they stand, notes."""

    laid: Places[Laid[_Mark]]
    starts: dict[int, list[tuple[int, str]]]
    verses: Places[int]
    homes: Places[tuple[int, int]]
    notes: tuple[tuple[int, Finding], ...]


def columns(ctx: EventContext) -> list[View]:
    """Return a column per article: its text, or, in a redacted report, only the words that are linked to."""
    return [_column(ctx, k) for k in range(len(ctx.analysed))]


def _column(ctx: EventContext, k: int) -> View:
    """Show one article; stretches are kept blocks alone and neighbouring furniture folded together."""
    article = ctx.analysed[k].article
    stretches: list[View] = []
    if not ctx.redact:
        homes = _homes(article.blocks, ctx.anchors[k], len(article.text))
        laid, starts = _laid(ctx, k)
        verses = Places(starts, where=lambda at: Span(at, at + 1))
        over = _Over(Places(laid, where=lambda one: one.span), starts, verses, homes, tuple(_notes(ctx, k)))
        for kept, group in groupby(article.blocks, key=lambda b: b.kept):
            paragraphs = [_paragraph(ctx, k, b, over) for b in group]
            if kept:
                stretches += [{"folded": False, "paragraphs": [p]} for p in paragraphs]
            else:
                kinds = Counter(p["block"].kind for p in paragraphs)
                stretches.append({"folded": True, "kinds": kinds, "paragraphs": paragraphs})
    return {
        "outlet": ctx.outlets[k],
        "article": article,
        "stretches": stretches,
        "excerpts": _excerpts(ctx, k) if ctx.redact else [],
    }


def _homes(blocks: tuple[Block, ...], wanted: Iterable[int], end: int) -> Places[tuple[int, int]]:
    """Return wanted characters with where the anchor of each stands: there, or where the next block begins."""
    begins = [b.span.start for b in blocks]
    homes = []
    for start in sorted(wanted):
        k = bisect_right(begins, start)
        inside = k > 0 and start < blocks[k - 1].span.end
        homes.append((start, start if inside else [*begins[k : k + 1], *begins[-1:], end][0]))
    return Places(homes, where=lambda home: Span(home[1], home[1] + 1))


def _laid(ctx: EventContext, k: int) -> tuple[list[Laid[_Mark]], dict[int, list[tuple[int, str]]]]:
    """Lay rows, tints and listed words over the text; return where verse numbers stand beside them."""
    laid: list[Laid[_Mark]] = []
    starts: dict[int, list[tuple[int, str]]] = {}
    for row in (*ctx.rows, *ctx.lone):
        for n, claim in enumerate(row.cells[k].told):
            if len(ctx.outlets) > 1:
                laid.append(Laid(claim.passage.span, ("row", ctx.row_id(row.id))))
            if len(ctx.outlets) > 1 and (n == 0 or row.id in ctx.shared_ids):
                starts.setdefault(claim.passage.span.start, []).append((ctx.number[row.id], ctx.row_id(row.id)))
    laid += [Laid(passage.span, ("mark", finding.code[0])) for finding, passage in _tinted(ctx, k)]
    for n, shared in enumerate(ctx.event.reuse.passages):
        sides = (shared.left, shared.right)
        laid += [Laid(p.span, ("share", f"p{n}")) for p in sides if ctx.index[p.article] == k and not shared.quoted]
    laid += [
        Laid(marker.span, ("own" if marker.voice is Voice.OUTLET else "source", ""))
        for marker in ctx.analysed[k].markers
        if marker.category in _LISTED
    ]
    return laid, starts


def _tinted(ctx: EventContext, k: int) -> list[tuple[Finding, Passage]]:
    """Return the passages of findings in one article that are short enough to tint."""
    return [
        (finding, passage)
        for finding, passage in ctx.printed(k)
        if len(ctx.span_text(k, passage.span).split())
        <= (TINTED_WORDS if finding.code.startswith("B") else tint_limit(finding))
    ]


def _notes(ctx: EventContext, k: int) -> list[tuple[int, Finding]]:
    """Return the findings that print something in one article, with where the first words of each begin."""
    first: dict[int, tuple[int, Finding]] = {}
    for finding, passage in ctx.printed(k):
        first.setdefault(id(finding), (passage.span.start, finding))
    return list(first.values())


def _paragraph(ctx: EventContext, k: int, block: Block, over: _Over) -> View:
    """Show one block: its characters in runs, and a note per code of the findings that begin in it.

    A run has anchors, verse numbers before it, its look and the rows it belongs to.
    """
    text = ctx.analysed[k].article.text
    ids: dict[int, list[tuple[str, int]]] = {}
    for wanted, home in over.homes.touching(block.span):
        ids.setdefault(home, []).append((ctx.anchor(k, wanted), ctx.anchors[k][wanted]))
    runs = [
        {
            "text": run.span.of(text),
            "ids": ids.get(run.span.start, []),
            "verses": over.starts.get(run.span.start, []),
            "tinted": " ".join(dict.fromkeys(name for kind, name in run.marks if kind == "mark")),
            "shared": " ".join(dict.fromkeys(name for kind, name in run.marks if kind == "share")),
            "listed": next((kind for kind, _ in run.marks if kind in ("own", "source")), ""),
            "rows": " ".join(dict.fromkeys(name for kind, name in run.marks if kind == "row")),
        }
        for run in sweep(block.span, over.laid.touching(block.span), cuts=[*ids, *over.verses.touching(block.span)])
    ]
    here = [finding for start, finding in over.notes if block.span.start <= start < block.span.end]
    times = Counter(finding.code for finding in here)
    first = {finding.code: finding for finding in reversed(here)}
    notes = [
        {"family": code[0], "title": title_of(code), "href": f"#{ctx.finding_id(first[code])}", "times": times[code]}
        for code in times
        if code[0] != "S"
    ]
    return {"block": block, "runs": runs, "notes": notes}


def _excerpts(ctx: EventContext, k: int) -> list[tuple[str, str]]:
    """Return anchor and words of every place that is linked to, in page order, each a short quotation."""
    text = ctx.analysed[k].article.text
    places = sorted(ctx.anchors[k].items())
    return [(ctx.anchor(k, start), begun(tidy(text[start:end]))) for start, end in places]
