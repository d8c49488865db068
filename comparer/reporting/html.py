"""Render a comparison as one self-contained page: no network, no inline handlers, every printed word escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comparer.model import Comparison
from comparer.model.text import stable_id
from comparer.reporting.event import EventPage, event_page
from comparer.reporting.labels import day
from comparer.reporting.printed import visible
from comparer.reporting.validation import validation
from comparer.resources.measured import measured_with

if TYPE_CHECKING:
    from jinja2 import Environment

# In the order in which they are joined: small screens and paper overrule, addresses are followed when all is in place.
_STYLE = ("base", "first", "matrix", "claim", "tables", "texts", "drawings", "review", "narrow", "paper")
_SCRIPT = ("common", "claims", "texts", "take", "review", "audit", "address", "paper")


def render_html(comparison: Comparison) -> str:
    """Return the whole report as HTML text; the same comparison gives the same characters.

    Where `comparison.config.redact` is set, full texts are left out and no printed passage is longer than a short
    quotation; marks keep their words.
    """
    environment = _environment()
    several = len(comparison.events) > 1
    pages: list[EventPage] = [
        event_page(comparison, event, prefix=f"e{n}-" if several else "")
        for n, event in enumerate(comparison.events, start=1)
    ]
    css = "\n".join(_lean(f"css/{name}.css") for name in _STYLE)
    js = "\n".join(("(() => {", '"use strict";', *(_lean(f"js/{name}.js") for name in _SCRIPT), "})();"))
    policy = (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(js)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    template = environment.get_template("report.html")
    html: str = template.render(
        comparison=comparison,
        pages=pages,
        several=several,
        report=stable_id("c", *(article.article.id for article in comparison.articles)),
        detectors=validation(),
        measured=(measured_with()[0], day(measured_with()[1])),
        css=css,
        js=js,
        policy=policy,
    )
    return html


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
