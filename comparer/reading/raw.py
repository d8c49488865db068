"""The page as it was read: text exactly as decoded, and what its file, address or markup say about it."""

from __future__ import annotations

from typing import NamedTuple

from comparer.model import Provenance, Span


class LineHint(NamedTuple):
    """Hold what the markup said about one line of visible text.

    `tag` is the innermost block element, `links` the share (0..1) of the line's characters inside links, `around` the
    tags, classes and ids of the elements that hold it, outermost first.
    """

    span: Span
    tag: str
    links: float
    around: str


class RawPage(NamedTuple):
    """Hold one page before it is cleaned. Unknown fields are None or empty.

    `text` is never edited. `outlet` and `published` hold what the caller, the address or the markup gave, not what the
    text says. `file_name` is the readable stem of the file; `markup` the HTML source where there was one.
    """

    text: str
    outlet: str | None = None
    title: str | None = None
    path: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    published: str | None = None
    modified: str | None = None
    bylines: tuple[str, ...] = ()
    language: str | None = None
    file_name: str | None = None
    source_digest: str | None = None
    provenance: tuple[Provenance, ...] = ()
    hints: tuple[LineHint, ...] = ()
    markup: str | None = None
