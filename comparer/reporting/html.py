"""Render a comparison as one self-contained page: no network, no inline handlers, every printed word escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comparer.model import Comparison, EventComparison
from comparer.model.text import stable_id
from comparer.reporting.event import event_page
from comparer.reporting.labels import day
from comparer.reporting.printed import visible
from comparer.reporting.reread import sealed
from comparer.reporting.reviews import reviews
from comparer.reporting.validation import validation
from comparer.resources.measured import measured_with

if TYPE_CHECKING:
    from jinja2 import Environment

# In the order in which they are joined: small screens and paper overrule, addresses are followed when all is in place.
_STYLE = ("base", "first", "matrix", "claim", "tables", "texts", "drawings", "review", "narrow", "paper")
_SCRIPT = ("common", "claims", "texts", "take", "review", "audit", "address", "paper")


def render_html(comparison: Comparison) -> str:
    """Return the whole report as HTML text; the same comparison gives the same characters.

    Where `comparison.config.redact` is set, full texts are left out and long passages are begun only; marks keep their
    words.
    """
    return _report(comparison, comparison.events, home="")


def render_event(comparison: Comparison, event: EventComparison, *, home: str) -> str:
    """Return the report on one event of several as a page of its own; `home` is the address of the list of events."""
    return _report(comparison, (event,), home=home)


def render_page(template: str, *, style: Sequence[str], script: Sequence[str], **values: object) -> str:
    """Return a self-contained page: its style and script inside, and a policy that lets nothing else in."""
    css = "\n".join(_lean(f"css/{name}.css") for name in style)
    js = "\n".join(("(() => {", '"use strict";', *(_lean(f"js/{name}.js") for name in script), "})();"))
    policy = (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(js)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return sealed(_environment().get_template(template).render(css=css, js=js, policy=policy, **values))


def _report(comparison: Comparison, events: Sequence[EventComparison], *, home: str) -> str:
    several = len(events) > 1
    return render_page(
        "report.html",
        style=_STYLE,
        script=_SCRIPT,
        comparison=comparison,
        pages=[event_page(comparison, e, prefix=f"e{n}-" if several else "") for n, e in enumerate(events, start=1)],
        several=several,
        report=stable_id("c", *(article.article.id for article in comparison.articles)),
        detectors=validation(),
        measured=(measured_with()[0], day(measured_with()[1])),
        home=home,
        reviews=reviews(comparison),
    )


@cache
def _environment() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    folder = files("comparer.reporting") / "templates"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".html"))
    return Environment(
        loader=DictLoader({name: _asset(name) for name in names}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: object) -> object:
    """Make control characters visible in every text that a template prints, before it is escaped."""
    return visible(value) if type(value) is str else value


@cache
def _asset(name: str) -> str:
    return (files("comparer.reporting") / "templates" / name).read_text(encoding="utf-8").strip()


def _lean(name: str) -> str:
    """Return a style or script without its comments, which stand on lines of their own, and without indents."""
    lines = (line.strip() for line in _asset(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
