"""Show the full texts: runs of words under their marks, verse numbers, notes in the margin, furniture folded in place.

Comes last: by then every place that any part of the report links to is known and gets its anchor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from comparer.model import Block, Finding, Places, Span, Voice
from comparer.reporting.context import EventContext, View
from comparer.reporting.pages import LISTED
from comparer.reporting.words import Laid, begun, sweep, tidy
from comparer.resources.rules import title_of


class _Over(NamedTuple):
    """Hold what lies over one text and where notes, anchors (with how far they reach) and verse numbers stand in it.

    A mark is ("row", "r3"), ("mark", "F"), ("share", "p1"), ("own", "") or ("source", "").
    """

    laid: Places[Laid]
    notes: list[tuple[int, Finding]]
    ids: dict[int, list[tuple[str, int]]]
    verses: dict[int, list[tuple[int, str]]]
    cuts: Places[int]


def column(ctx: EventContext, k: int) -> View:
    """Return an article's column: its text, or, in a redacted report, only the words that are linked to."""
    return {
        "outlet": ctx.outlets[k],
        "article": ctx.analysed[k].article,
        "stretches": [] if ctx.redact else _stretches(ctx, k),
        "excerpts": _excerpts(ctx, k) if ctx.redact else [],
    }


def _excerpts(ctx: EventContext, k: int) -> list[tuple[str, str]]:
    """Return anchor and words of every place that is linked to, in page order, each a short quotation."""
    text = ctx.analysed[k].article.text
    places = sorted(ctx.anchors[k].items())
    return [(ctx.anchor(k, start), begun(tidy(text[start:end]))) for start, end in places]


def _stretches(ctx: EventContext, k: int) -> list[View]:
    """Show kept blocks alone, and neighbouring furniture folded together."""
    over = _over(ctx, k)
    stretches: list[View] = []
    for kept, group in groupby(ctx.analysed[k].article.blocks, key=lambda b: b.kept):
        paragraphs = [_paragraph(ctx, k, b, over) for b in group]
        if kept:
            stretches += [{"folded": False, "paragraphs": [p]} for p in paragraphs]
        else:
            kinds = Counter(p["block"].kind for p in paragraphs)
            stretches.append({"folded": True, "kinds": kinds, "paragraphs": paragraphs})
    return stretches


def _over(ctx: EventContext, k: int) -> _Over:
    """Lay rows, tints, shared passages and listed words over the text, verse numbers and notes beside it."""
    laid: list[Laid] = []
    verses: dict[int, list[tuple[int, str]]] = {}
    for row in (*ctx.rows, *ctx.lone) if len(ctx.outlets) > 1 else ():
        for n, claim in enumerate(row.cells[k].told):
            laid.append((claim.passage.span, ("row", ctx.row_id(row.id))))
            if n == 0 or row.id in ctx.shared_ids:
                verses.setdefault(claim.passage.span.start, []).append((ctx.number[row.id], ctx.row_id(row.id)))
    notes = []
    for finding in ctx.event.findings:
        laid += [(span, ("mark", finding.code[0])) for span in ctx.tinted(finding, k)]
        notes += [(passage.span.start, finding) for passage in ctx.printed(finding, k)[:1]]
    for n, shared in enumerate(ctx.event.reuse.passages):
        sides = () if shared.quoted else (shared.left, shared.right)
        laid += [(p.span, ("share", f"p{n}")) for p in sides if ctx.index[p.article] == k]
    listed = (marker for marker in ctx.analysed[k].markers if marker.category in LISTED)
    laid += [(marker.span, ("own" if marker.voice is Voice.OUTLET else "source", "")) for marker in listed]
    ids = _ids(ctx, k)
    cuts = Places({**ids, **verses}, where=lambda at: Span(at, at + 1))
    return _Over(Places(laid, where=itemgetter(0)), notes, ids, verses, cuts)


def _ids(ctx: EventContext, k: int) -> dict[int, list[tuple[str, int]]]:
    """Return the anchors of linked characters by where they stand: there, or where the next block begins."""
    article = ctx.analysed[k].article
    begins = [b.span.start for b in article.blocks]
    ids: dict[int, list[tuple[str, int]]] = {}
    for start, end in sorted(ctx.anchors[k].items()):
        n = bisect_right(begins, start)
        inside = n > 0 and start < article.blocks[n - 1].span.end
        home = start if inside else [*begins[n : n + 1], *begins[-1:], len(article.text)][0]
        ids.setdefault(home, []).append((ctx.anchor(k, start), end))
    return ids


def _paragraph(ctx: EventContext, k: int, block: Block, over: _Over) -> View:
    """Show one block: its characters in runs, and a note per code of the findings that begin in it.

    A run has anchors, verse numbers before it, its look and the rows it belongs to.
    """
    text = ctx.analysed[k].article.text
    runs = []
    for span, marks in sweep(block.span, over.laid.touching(block.span), over.cuts.touching(block.span)):
        named = {kind: dict.fromkeys(name for own, name in marks if own == kind) for kind in ("mark", "share", "row")}
        runs.append(
            {
                "text": span.of(text),
                "ids": over.ids.get(span.start, []),
                "verses": over.verses.get(span.start, []),
                "tinted": " ".join(named["mark"]),
                "shared": " ".join(named["share"]),
                "listed": next((kind for kind, _ in marks if kind in ("own", "source")), ""),
                "rows": " ".join(named["row"]),
            }
        )
    here = [finding for start, finding in over.notes if block.span.start <= start < block.span.end]
    times = Counter(finding.code for finding in here)
    first = {finding.code: finding for finding in reversed(here)}
    notes = [
        {"family": code[0], "title": title_of(code), "href": f"#{ctx.finding_id(first[code])}", "times": times[code]}
        for code in times
        if code[0] != "S"
    ]
    return {"block": block, "runs": runs, "notes": notes}
