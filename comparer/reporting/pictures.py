"""Draw what an editor wants to see at a glance: who shares words with whom, whom each cites, what fills a saved page.

In: one event. Out: counts for small pictures, with the figures that a reader or a screen reader is told, and one page
for a notice board: the summary and the claims by outlet. Nothing here rates an outlet: a picture shows counts alone.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import ceil
from textwrap import wrap

from comparer.model import Act, BlockKind, EmptyCell, SourceKind
from comparer.reporting.context import EventContext, View
from comparer.reporting.sentences import spoken
from comparer.reporting.words import MANNERS, clip, count, opened, tidy

LEVELS = 4  # tints of the overlap, by quarters of a text's words
KINDS = {
    "named": (SourceKind.NAMED_PERSON,),
    "organisation, document": (SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.DOCUMENT),
    "role or group": (SourceKind.ROLE, SourceKind.GROUP, SourceKind.OTHER, SourceKind.PRONOUN),
    "unnamed": (SourceKind.ANONYMOUS,),
}
PROMOTING = (BlockKind.PROMOTION, BlockKind.NEWSLETTER, BlockKind.ABOUT_OUTLET)
CARD_LINE, CARD_CLAIMS, CARD_NAMES = 98, 14, 8  # characters of a line, claims and outlets that a card shows
CARD_LEFT, CARD_STEP, CARD_TOP, LINE, GAP = 440, 44, 118, 20, 8  # units of the card


def overlap(ctx: EventContext) -> list[View]:
    """Return per text how many of its words, quotations left out, stand in each other text, and a tint."""
    reuse = ctx.event.reuse
    return [
        {
            "outlet": outlet,
            "words": reuse.words[k],
            "cells": [
                (shared, ceil(LEVELS * shared / reuse.words[k]) if reuse.words[k] else 0) if n != k else None
                for n, shared in enumerate(reuse.shared[k])
            ],
        }
        for k, outlet in enumerate(ctx.outlets)
    ]


def kinds(ctx: EventContext) -> list[View]:
    """Return per text its statements by kind of source."""
    found = []
    for outlet, analysed in zip(ctx.outlets, ctx.analysed, strict=True):
        said = Counter(a.resolved_kind for a in analysed.attributions if a.act is Act.SPEECH)
        found.append(_bars(outlet, {name: sum(said[k] for k in members) for name, members in KINDS.items()}))
    return _scaled(found)


def page_shares(ctx: EventContext) -> list[View]:
    """Return per saved page its words: of the report, of promotion, of everything else."""
    found = []
    for outlet, analysed in zip(ctx.outlets, ctx.analysed, strict=True):
        words = Counter[str]()
        for block in analysed.article.blocks:
            name = "report" if block.kept else "promotion" if block.kind in PROMOTING else "rest of the page"
            words[name] += len(block.span.of(analysed.article.text).split())
        found.append(_bars(outlet, {name: words[name] for name in ("report", "promotion", "rest of the page")}))
    return _scaled(found)


def _bars(outlet: object, parts: dict[str, int]) -> View:
    return {"outlet": outlet, "parts": parts, "total": sum(parts.values())}


def _scaled(found: list[View]) -> list[View]:
    """Lay the parts of each text behind each other, on one scale for all: left edge and width of a hundred."""
    longest = max((view["total"] for view in found), default=0) or 1
    for view in found:
        ends = [sum(list(view["parts"].values())[:n]) for n in range(len(view["parts"]) + 1)]
        edges = [round(100 * end / longest, 1) for end in ends]
        view["bars"] = [(x, round(end - x, 1)) for x, end in pairwise(edges)]
    return found


def card(ctx: EventContext, *, dates: str) -> View:
    """Return the page for a notice board: lines of text and dots with their places, and its height in units."""
    lines: list[tuple[int, int, str]] = []  # left, top, words
    y = CARD_TOP
    for sentence in spoken(ctx):
        for line in wrap(sentence, CARD_LINE):
            lines.append((24, y, line))
            y += LINE
        y += GAP
    heads_at = y = y + LINE
    rows = []
    shown = ctx.outlets[:CARD_NAMES]
    for row in ctx.rows[:CARD_CLAIMS]:
        y += LINE + 4
        dots = []
        for k in range(len(shown)):
            said = ctx.sourced.get((row.id, k))
            empty = isinstance(row.cells[k], EmptyCell)
            dots.append((CARD_LEFT + k * CARD_STEP, "x" if empty else MANNERS[said.manner if said else None][0]))
        rows.append((y, opened(clip(ctx.names[row.id], 52)), dots))
    names = [(CARD_LEFT + k * CARD_STEP, outlet.siglum) for k, outlet in enumerate(shown)]
    legend = wrap(" · ".join(f"{o.siglum} {tidy(o.name)}" for o in ctx.outlets), CARD_LINE)
    foot = y + 2 * LINE
    more = len(ctx.rows) - CARD_CLAIMS
    return {
        "title": clip(ctx.event.title, 60),
        "told": f"{dates} · {ctx.counts(range(len(ctx.outlets)))} · {count(len(ctx.rows), 'claim')} in two or more",
        "lines": lines,
        "heads_at": heads_at,
        "heads": names,
        "rows": rows,
        "legend": [(foot + n * LINE, line) for n, line in enumerate(legend)],
        "more": f"and {more} more claims in the report" if more > 0 else "",
        "height": foot + (len(legend) + 2) * LINE,
    }
