"""List many events on one page that can be searched and sorted; each event has a page of its own.

In: a comparison. Out: the list as HTML, and the names of the pages it leads to. The list counts what differs and rates
no outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comparer.model import Comparison, EventComparison
from comparer.reporting.context import EventContext
from comparer.reporting.event import event_dates, event_title
from comparer.reporting.html import render_event, render_page
from comparer.reporting.labels import FAMILIES
from comparer.reporting.printed import count

INDEX = "index.html"
FOLDER = "events"
NAMED = 8  # outlets named in a line; the search finds the others too
_STYLE = ("base", "index")
_SCRIPT = ("common", "index")


@dataclass(frozen=True, slots=True)
class IndexLine:
    """Show one event in the list.

    `first` is its earliest day of publication as an ISO date, empty where none is known. `claims` counts those told by
    two or more, `conflicts` findings about facts, `differences` findings that set one text against another.
    """

    href: str
    title: str
    dates: str
    first: str
    outlets: tuple[str, ...]
    origins: int
    claims: int
    conflicts: int
    differences: int
    families: tuple[tuple[str, int], ...]

    @property
    def texts(self) -> int:
        """Count the saved texts."""
        return len(self.outlets)

    @property
    def findings(self) -> int:
        """Count the findings of all families."""
        return sum(number for _, number in self.families)

    @property
    def rank(self) -> tuple[object, ...]:
        """Return the place in the order of disagreement: conflicts of fact, then differences, then size, then name."""
        return (-self.conflicts, -self.differences, -self.texts, self.title.casefold(), self.href)


def render_pages(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield name and HTML of a page per event, then of the list that leads to them."""
    for event in comparison.events:
        yield _page(event), render_event(comparison, event, home=f"../{INDEX}")
    yield INDEX, render_index([_line(comparison, event) for event in comparison.events], version=comparison.version)


def render_index(lines: Sequence[IndexLine], *, version: str) -> str:
    """Return the list of events as HTML, in order of disagreement."""
    ordered = sorted(lines, key=lambda line: line.rank)
    compared = [line for line in lines if line.texts > 1]
    odd = sum(line.conflicts > 0 for line in lines)
    told = [
        f"{count(len(compared), 'event')} with two or more texts",
        count(len(lines) - len(compared), "single text"),
        f"{count(odd, 'event')} with facts printed differently",
    ]
    return render_page(
        "index.html",
        style=_STYLE,
        script=_SCRIPT,
        lines=ordered,
        texts=sum(line.texts for line in lines),
        told=told,
        version=version,
        families=FAMILIES,
        named=NAMED,
    )


def _page(event: EventComparison) -> str:
    return f"{FOLDER}/{event.id}.html"


def _line(comparison: Comparison, event: EventComparison) -> IndexLine:
    ctx = EventContext(comparison, event, prefix="")
    days = sorted(a.article.published[:10] for a in ctx.analysed if a.article.published)
    return IndexLine(
        href=_page(event),
        title=event_title(ctx),
        dates=event_dates(ctx),
        first=days[0] if days else "",
        outlets=tuple(outlet.name for outlet in ctx.outlets),
        origins=len(event.reuse.origins),
        claims=len(ctx.rows),
        conflicts=sum(f.code.startswith("F") for f in event.findings),
        differences=sum(len(f.sides) > 1 for f in event.findings),
        families=ctx.families(event.findings),
    )
