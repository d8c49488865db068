"""Draw the texts: as strips of what each prints, and over the time of publication, by origin.

A strip shows what several outlets print, what one prints alone, what was folded and where findings are. In time, a text
whose page prints no hour stands at the day, one without a date apart. Earlier does not mean first: an agency's own copy
may be older than any of these pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import combinations
from typing import NamedTuple

from comparer.model import Span
from comparer.reporting.context import EventContext, Outlet, View
from comparer.reporting.words import short_day

STRIP_LEFT, WIDTH = 34.0, 960.0  # units of the drawing: where a strip begins, and the length of the longest text
STRIP_STEP, LINE = 26, 15  # height of a strip with its ticks, and of its line
LEAST = 1.5  # units: a mark that is narrower is not seen
LEFT, RIGHT, UNDATED = 240.0, 900.0, 970.0  # units of the drawing: first and last moment, and where no date is known
CLOSE = 40.0  # units between texts that a line goes round
STEP, TOP = 30, 30  # height of a line; room for the days above
MOST_DAYS = 8  # days that are named above
LEAST_SHARE = 0.2  # of the shorter text's words from which a pair is joined: less are names and set phrases


def strips(ctx: EventContext) -> list[View]:
    """Return a strip per text, all to the scale of the longest; nothing where the texts are left out."""
    longest = max((len(a.article.text) for a in ctx.analysed), default=0)
    if ctx.redact or not longest:
        return []
    return [_strip(ctx, k, WIDTH / longest) for k in range(len(ctx.analysed))]


def _strip(ctx: EventContext, k: int, scale: float) -> View:
    """Draw one text: the ground, the claims on it, and where findings that print something in it begin."""
    article = ctx.analysed[k].article
    ground = [_bar("fur", Span(0, len(article.text)), scale, LINE)]
    ground += [_bar("kpt", block.span, scale, LINE) for block in article.blocks if block.kept]
    told: dict[Span, tuple[int, str]] = {}
    for row in (*ctx.rows, *ctx.lone):
        for claim in row.cells[k].claims:
            outlets = max(len(row.told_by), told.get(claim.passage.span, (0, ""))[0])
            told[claim.passage.span] = (outlets, ctx.link(claim.passage).href)
    claims = []
    for span, (outlets, href) in sorted(told.items(), key=lambda item: item[0].start):
        alone = outlets == 1
        height = 5 if alone else round(LINE * outlets / len(ctx.outlets), 1)
        claims.append(_bar("lon" if alone else "shd", span, scale, height, href))
    starts = sorted({passage.span.start for _, passage in ctx.printed(k)})
    ticks = [round(STRIP_LEFT + start * scale, 1) for start in starts]
    return {"outlet": ctx.outlets[k], "y": k * STRIP_STEP, "bars": ground + claims, "ticks": ticks}


def _bar(css: str, span: Span, scale: float, height: float, href: str = "") -> View:
    """Draw one stretch: left edge, width, top and height in units; `href` is the place it leads to."""
    x, width = round(STRIP_LEFT + span.start * scale, 1), max(LEAST, round(len(span) * scale, 1))
    return {"css": css, "x": x, "width": width, "y": round(LINE - height, 1), "height": height, "href": href}


class Node(NamedTuple):
    """Draw one text; `timed` where its page prints the hour."""

    outlet: Outlet
    x: float
    y: int
    origin: int
    when: str
    timed: bool


def timeline(ctx: EventContext) -> View:
    """Return the drawing of an event's texts, those of one origin under each other.

    It holds days with their places, texts, joins, and a bracket per origin of several texts.
    """
    moments = [_moment(a.article.published) for a in ctx.analysed]
    known = [m for m in moments if m is not None]
    first, last = min(known, default=0.0), max(known, default=0.0)
    first, last = int(first), max(int(last) + 1.0, int(first) + 1.0)
    origins = ctx.event.reuse.origins
    order = [k for members in origins for k in members]
    nodes: dict[int, Node] = {}
    for line, k in enumerate(order):
        published, moment = ctx.analysed[k].article.published, moments[k]
        timed = published is not None and len(published) > 10
        at = UNDATED if moment is None else _place(moment if timed else int(moment) + 0.5, first, last)
        number = next(n for n, members in enumerate(origins, start=1) if k in members)
        nodes[k] = Node(ctx.outlets[k], at, TOP + line * STEP + STEP // 2, number, short_day(published), timed)
    return {
        "height": TOP + len(order) * STEP + 8,
        "days": _days(int(first), int(last)) if known else [],
        "nodes": [nodes[k] for k in order],
        "edges": _edges(ctx, nodes),
        "brackets": [(nodes[found[0]].y - 10, nodes[found[-1]].y + 10) for found in origins if len(found) > 1],
    }


def _moment(published: str | None) -> float | None:
    """Return a day's number with the part of the day as fraction; hours with a zone are taken to UTC."""
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return moment.toordinal() + (moment.hour + moment.minute / 60) / 24


def _place(moment: float, first: float, last: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * (moment - first) / (last - first), 1)


def _days(first: int, last: int) -> list[tuple[float, str]]:
    step = max(1, -(-(last - first) // MOST_DAYS))
    return [(_place(d, first, last), date.fromordinal(d).isoformat()) for d in range(first, last, step)]


def _edges(ctx: EventContext, nodes: dict[int, Node]) -> list[View]:
    """Join texts that share words: `width` in units grows with the share of the shorter text."""
    reuse = ctx.event.reuse
    edges = []
    for left, right in combinations(sorted(nodes, key=lambda k: nodes[k].y), 2):
        shorter, other = sorted((left, right), key=lambda k: (reuse.words[k], k))
        shared, total = reuse.shared[shorter][other], reuse.words[shorter]
        if not total or shared < LEAST_SHARE * total:
            continue
        a, b = sorted((nodes[left], nodes[right]), key=lambda node: (node.x, node.y))
        words = f"{a.outlet.siglum} {b.outlet.siglum}: {shared} of {total} words of {nodes[shorter].outlet.siglum}"
        width, copied = round(1 + 7 * shared / total, 1), a.origin == b.origin
        edges.append({"path": _path(a, b), "width": width, "words": words, "copied": copied})
    return edges


def _path(a: Node, b: Node) -> str:
    """Run from the right of the earlier text to the left of the later; round the right side where they stand close."""
    if b.x - a.x > CLOSE:
        middle = (a.x + b.x) / 2
        return f"M{a.x + 7:.1f} {a.y}C{middle:.1f} {a.y} {middle:.1f} {b.y} {b.x - 7:.1f} {b.y}"
    bend = b.x + 18 + abs(b.y - a.y) / 3
    return f"M{a.x + 7:.1f} {a.y}C{bend:.1f} {a.y} {bend:.1f} {b.y} {b.x + 7:.1f} {b.y}"
