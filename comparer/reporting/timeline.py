"""Draw when the texts were published, by origin, and how many words each pair of them shares.

Where a page prints no time its text stands at the day; where it prints no date it stands apart. Earlier does not mean
first: an agency's own copy may be older than any of these pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations

from comparer.reporting.context import EventContext, Outlet
from comparer.reporting.labels import day, short_day

LEFT, RIGHT, UNDATED = 240.0, 900.0, 970.0  # units of the drawing: first and last moment, and where no date is known
CLOSE = 40.0  # units between texts that a line goes round
STEP, TOP = 30, 30  # height of a line; room for the days above
MOST_DAYS = 8  # days that are named above
LEAST_SHARE = 0.2  # of the shorter text's words from which a pair is joined: less are names and set phrases


@dataclass(frozen=True, slots=True)
class Node:
    """Draw one text; `timed` where its page prints the hour."""

    outlet: Outlet
    x: float
    y: int
    origin: int
    when: str
    timed: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Join two texts that share words: `width` in units grows with the share of the shorter text."""

    path: str
    width: float
    words: str
    copy: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hold the drawing: height, days with their places, texts, joins, and a bracket per origin of several texts."""

    height: int
    days: tuple[tuple[float, str], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    brackets: tuple[tuple[int, int, int], ...]


def timeline(ctx: EventContext) -> Timeline:
    """Return the drawing of an event's texts, those of one origin under each other."""
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
    return Timeline(
        height=TOP + len(order) * STEP + 8,
        days=_days(int(first), int(last)) if known else (),
        nodes=tuple(nodes[k] for k in order),
        edges=_edges(ctx, nodes),
        brackets=tuple(
            (n, nodes[members[0]].y - 10, nodes[members[-1]].y + 10)
            for n, members in enumerate(origins, start=1)
            if len(members) > 1
        ),
    )


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


def _days(first: int, last: int) -> tuple[tuple[float, str], ...]:
    step = max(1, -(-(last - first) // MOST_DAYS))
    marks = range(first, last, step)
    return tuple((_place(d, first, last), day(date.fromordinal(d).isoformat()) or "") for d in marks)


def _edges(ctx: EventContext, nodes: dict[int, Node]) -> tuple[Edge, ...]:
    reuse = ctx.event.reuse
    edges = []
    for left, right in combinations(sorted(nodes, key=lambda k: nodes[k].y), 2):
        shorter, other = sorted((left, right), key=lambda k: (reuse.words[k], k))
        shared, total = reuse.shared[shorter][other], reuse.words[shorter]
        if not total or shared < LEAST_SHARE * total:
            continue
        a, b = sorted((nodes[left], nodes[right]), key=lambda node: (node.x, node.y))
        words = f"{a.outlet.siglum} {b.outlet.siglum}: {shared} of {total} words of {nodes[shorter].outlet.siglum}"
        edges.append(Edge(_path(a, b), round(1 + 7 * shared / total, 1), words, a.origin == b.origin))
    return tuple(edges)


def _path(a: Node, b: Node) -> str:
    """Run from the right of the earlier text to the left of the later; round the right side where they stand close."""
    if b.x - a.x > CLOSE:
        middle = (a.x + b.x) / 2
        return f"M{a.x + 7:.1f} {a.y}C{middle:.1f} {a.y} {middle:.1f} {b.y} {b.x - 7:.1f} {b.y}"
    bend = b.x + 18 + abs(b.y - a.y) / 3
    return f"M{a.x + 7:.1f} {a.y}C{bend:.1f} {a.y} {bend:.1f} {b.y} {b.x + 7:.1f} {b.y}"
