"""Render a comparison as self-contained pages: no network, no inline handlers, every printed word escaped.

In: a comparison. Out: one page, or one per event and a list of them that can be searched and sorted. The list counts
what differs and rates no outlet.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, NamedTuple

import jinja2
from jinja2 import BaseLoader, Environment, StrictUndefined, Template

from comparer.model import Comparison, EventComparison
from comparer.model.text import stable_id
from comparer.reporting import pages, tables
from comparer.reporting.claims import claim_row
from comparer.reporting.context import EventContext, View, apart
from comparer.reporting.summary import card, sentences
from comparer.reporting.texts import column
from comparer.reporting.utterances import utterances
from comparer.reporting.words import FAMILIES, SAID, count, day, opened, plain, share, short_day, tidy, visible
from comparer.resources.rules import measured_with

TEMPLATES = files("comparer.reporting") / "templates"
# In the order in which they are joined: small screens and paper overrule, addresses are followed when all is in place.
_STYLE = "base first matrix claim tables texts review views narrow paper".split()
_SCRIPT = "common claims texts pair take review steps audit class views address paper".split()
INDEX = "index.html"
FOLDER = "events"
NAMED = 8  # outlets named in a line; the search finds the others too
_LIST_STYLE = ("base", "index")
_LIST_SCRIPT = ("common", "index")
# Families of findings that belong to no row of the matrix, by the section that shows them.
_APART = {
    "quotes": "Q",
    "sourcing": "A",
    "facts": "F",
    "wording": "MW",
    "selection": "S",
    "origins": "R",
    "ledger": "B",
}


def render_html(comparison: Comparison) -> str:
    """Return the whole report as HTML text; the same comparison gives the same characters.

    Where `comparison.config.redact` is set, full texts are left out and long passages are begun only; marks keep their
    words.
    """
    return _report(comparison, home="")


def render_cards(comparison: Comparison) -> str:
    """Return the card of each event as one SVG image, below each other: what the report's first screen says."""
    template, drawn, top = environment().get_template("card.html"), [], 0
    for event in comparison.events:
        ctx = EventContext(comparison, event, prefix="")
        view = card(ctx, sentences(ctx))
        svg = template.render(comparison=comparison, page={"card": view})
        drawn.append(f'<g transform="translate(0 {top})">{svg}</g>')
        top += view["height"]
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {top}" width="800" height="{top}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- Made by comparer -->\n{frame}{"".join(drawn)}</svg>\n'


def render_event(alone: Comparison, *, home: str = f"../{INDEX}") -> tuple[str, str]:
    """Return name and HTML of the page of an event that stands alone; `home` is the address of the list of events."""
    return _page(alone.events[0]), _report(alone, home=home)


def render_page(template: str, *, style: Sequence[str], script: Sequence[str], own: str = "", **values: object) -> str:
    """Return a self-contained page: its style and script inside, and a policy that lets nothing else in.

    `own` is what the policy lets the page ask of where it comes from.
    """
    css = "\n".join(_lean(f"css/{name}.css") for name in style)
    js = "\n".join(("(() => {", '"use strict";', *(_lean(f"js/{name}.js") for name in script), "})();"))
    policy = (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(js)}'; "
        f"{own}base-uri 'none'; form-action 'none'; img-src blob:"
    )
    return environment().get_template(template).render(css=css, js=js, policy=policy, **values) + "\n"


def _report(comparison: Comparison, *, home: str) -> str:
    events = comparison.events
    several = len(events) > 1
    return render_page(
        "report.html",
        style=_STYLE,
        script=_SCRIPT,
        comparison=comparison,
        pages=[_event(comparison, e, prefix=f"e{n}-" if several else "") for n, e in enumerate(events, start=1)],
        several=several,
        report=stable_id("c", *(article.article.id for article in comparison.articles)),
        detectors=tables.validation(),
        said=SAID,
        findings=sum(len(event.findings) for event in events),
        measured=(measured_with()[0], day(measured_with()[1])),
        home=home,
        reviews=tables.reviews(comparison),
    )


def _event(comparison: Comparison, event: EventComparison, *, prefix: str) -> View:
    """Return what the templates show of one event, by the names they use; `prefix` stands before every id of it.

    Full texts come last, when all links are known.
    """
    ctx = EventContext(comparison, event, prefix=prefix)
    summary, origins = sentences(ctx), pages.origins(ctx)
    told = f"{count(len(ctx.rows), 'claim')} printed by two or more, {len(ctx.lone)} by one"
    verdicts, facts = tables.facts(ctx)
    return {
        "prefix": prefix,
        "title": ctx.title,
        "dates": ctx.dates,
        "counts": (ctx.counts(range(len(ctx.outlets))), told, count(len(event.findings), "finding")),
        "alone": len(ctx.outlets) == 1,
        "ctx": ctx,
        "summary": summary,
        "origins": origins,
        "brackets": pages.brackets(ctx, origins),
        "rows": [claim_row(ctx, row) for row in ctx.rows],
        "families": [(family, FAMILIES[family], n) for family, n in ctx.families(event.findings)],
        "utterances": utterances(ctx),
        "kinds": pages.kinds(ctx),
        "shares": pages.page_shares(ctx),
        "overlap": pages.overlap(ctx),
        "card": card(ctx, summary),
        "sources": tables.sources(ctx),
        "facts": facts,
        "verdicts": verdicts,
        "words": pages.listed_words(ctx),
        "quotations": pages.quotations(ctx) if len(ctx.outlets) == 1 else (),
        "voices": pages.voice_counts(ctx),
        "lone": pages.lone_claims(ctx),
        "passages": pages.shared_passages(ctx),
        "pages": [pages.page(ctx, k) for k in range(len(ctx.outlets))],
        "indicators": tables.indicators(ctx),
        "scores": tables.scores(ctx),
        "apart": {name: apart(ctx, families) for name, families in _APART.items()},
        "columns": [column(ctx, k) for k in range(len(ctx.outlets))],
    }


@cache
def environment() -> Environment:
    """Return the settings of jinja that every template is rendered with."""
    made = Environment(
        loader=_Templates(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {one.__name__: one for one in (day, opened, plain, share, short_day, tidy)}
    return made


class _Templates(BaseLoader):
    """Load templates, those whose code is at hand without making it again."""

    def __init__(self) -> None:
        self._made: dict[str, dict[str, str]] = json.loads(text_of("compiled.json"))

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002 - jinja's name
        source, made = text_of(name), self._made.get(name, {})
        at_hand = made.get("of") == key_of(source)
        code = compile(made["code"], name, "exec") if at_hand else environment.compile(source, name, name)
        return Template.from_code(environment, code, environment.make_globals(globals))


def key_of(source: str) -> str:
    """Return the version of jinja and the digest of a text: compiled code is of one of each."""
    return f"{jinja2.__version__} {hashlib.sha256(source.encode()).hexdigest()}"


def _finalize(value: object) -> object:
    """Make control characters visible in every text that a template prints, before it is escaped."""
    return visible(value) if type(value) is str else value


@cache
def text_of(name: str) -> str:
    """Return the text of a file of the templates' folder."""
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _lean(name: str) -> str:
    """Return a style or script without its comments, which stand on lines of their own, and without indents."""
    lines = (line.strip() for line in text_of(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class IndexLine(NamedTuple):
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
    def rank(self) -> tuple[object, ...]:
        """Return the place in the order of disagreement: conflicts of fact, then differences, then size, then name."""
        return (-self.conflicts, -self.differences, -self.texts, self.title.casefold(), self.href)


def render_pages(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield name and HTML of a page per event, then of the list that leads to them."""
    lines = []
    for event in comparison.events:
        alone = comparison.alone(event)
        lines.append(index_line(alone))
        yield render_event(alone)
    yield INDEX, render_index(lines, version=comparison.version)


def render_index(lines: Sequence[IndexLine], *, version: str) -> str:
    """Return the list of events as HTML, in order of disagreement."""
    compared = [line for line in lines if line.texts > 1]
    odd = sum(line.conflicts > 0 for line in lines)
    told = [
        f"{count(len(compared), 'event')} with two or more texts",
        count(len(lines) - len(compared), "single text"),
        f"{count(odd, 'event')} with facts printed differently",
    ]
    return render_page(
        "index.html",
        style=_LIST_STYLE,
        script=_LIST_SCRIPT,
        lines=sorted(lines, key=attrgetter("rank")),
        texts=sum(line.texts for line in lines),
        told=told,
        version=version,
        families=FAMILIES,
        named=NAMED,
    )


def render_days(lines: Sequence[object], *, version: str) -> str:
    """Return the list of days as HTML; a line has day, href, texts, events, several and conflicts."""
    return render_page("days.html", style=_LIST_STYLE, script=(), lines=lines, version=version)


def _page(event: EventComparison) -> str:
    return f"{FOLDER}/{event.id}.html"


def index_line(alone: Comparison) -> IndexLine:
    """Return how the list shows an event that stands alone."""
    event = alone.events[0]
    ctx = EventContext(alone, event, prefix="")
    return IndexLine(
        href=_page(event),
        title=ctx.title,
        dates=ctx.dates,
        first=ctx.days[0] if ctx.days else "",
        outlets=(*(o.name for o in ctx.outlets), *(tidy(a.outlet) for more in ctx.copies.values() for a in more)),
        origins=len(event.reuse.origins),
        claims=len(ctx.rows),
        conflicts=sum(f.code.startswith("F") for f in event.findings),
        differences=sum(len(f.sides) > 1 for f in event.findings),
        families=ctx.families(event.findings),
    )
