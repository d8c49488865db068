"""Draw the texts as strips: what several outlets print, what one prints alone, what was folded, where findings are."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model import Span
from comparer.reporting.context import EventContext, Outlet
from comparer.reporting.labels import NOT_PRINTED

LEFT, WIDTH = 34.0, 960.0  # units of the drawing: where a strip begins, and the length of the longest text
STEP, LINE = 26, 15  # height of a strip with its ticks, and of its line
LEAST = 1.5  # units: a mark that is narrower is not seen


@dataclass(frozen=True, slots=True)
class Bar:
    """Draw one stretch: left edge, width, top and height in units; `href` is the place it leads to."""

    css: str
    x: float
    width: float
    y: float
    height: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """Draw one text: the ground, the claims on it, and where findings stand."""

    outlet: Outlet
    y: int
    bars: tuple[Bar, ...]
    ticks: tuple[float, ...]


def strips(ctx: EventContext) -> tuple[Strip, ...]:
    """Return a strip per text, all to the scale of the longest; nothing where the texts are left out."""
    longest = max((len(a.article.text) for a in ctx.analysed), default=0)
    if ctx.redact or not longest:
        return ()
    return tuple(_strip(ctx, k, WIDTH / longest) for k in range(len(ctx.analysed)))


def _strip(ctx: EventContext, k: int, scale: float) -> Strip:
    article = ctx.analysed[k].article
    ground = [Bar("fur", LEFT, round(len(article.text) * scale, 1), 0, LINE)]
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
    return Strip(ctx.outlets[k], k * STEP, (*ground, *claims), _ticks(ctx, k, scale))


def _bar(css: str, span: Span, scale: float, height: float, href: str = "") -> Bar:
    width = max(LEAST, round((span.end - span.start) * scale, 1))
    return Bar(css, round(LEFT + span.start * scale, 1), width, round(LINE - height, 1), height, href)


def _ticks(ctx: EventContext, k: int, scale: float) -> tuple[float, ...]:
    """Return where findings that print something in this text begin."""
    starts = {
        passage.span.start
        for finding in ctx.event.findings
        for side in finding.sides
        if side.value not in NOT_PRINTED
        for passage in side.passages
        if ctx.index[passage.article] == k
    }
    return tuple(round(LEFT + start * scale, 1) for start in sorted(starts))
