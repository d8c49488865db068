"""Take the visible text out of HTML, once, with what the tags say about each line.

In: HTML source. Out: RawPage whose text has a line per block element, white space collapsed as a browser does it.
Scripts, styles and hidden elements are left out. Broken and deeply nested HTML is read as far as it goes.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from comparer.model import Span
from comparer.model.article import LineHint, RawPage
from comparer.reading.metadata import linked_body, markup_metadata

_UNSEEN = frozenset(
    "script style noscript template head svg math iframe object embed canvas audio video map select datalist"
    " textarea".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr q rp rt ruby s"
    " samp small"
    " span strike strong sub sup time tt u var wbr img input output progress picture source".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_SOURCE = re.compile(
    r"<(script|style|noscript|template|head|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)"
    r"(?:https?://web\.archive\.org/web/\w+/)?(https?://[^\s<>]+)"
)
_HEAD = 5000  # characters in which such a comment stands
_LEAST_BODY = 40  # words of an article that linked data must hold
_SHOWN_SHARE = 0.5  # of them, which the page must show for the article to be on it
_TAGS = re.compile(r"<[^<>]*>")
_LEAST_SHARE = 0.002  # of the source; below it the parser may have lost the text
_MOST_HIDDEN = 1500  # characters; an element marked hidden that holds more is shown later by a script
_BLANK = re.compile(r"[ \t\n\r\f\u200b]+")
_MOST_AROUND = 400  # characters of class names kept per line


def page_from_markup(source: str, *, url: str | None = None) -> RawPage:
    r"""Return the page's visible text with hints per line and its metadata.

    >>> page_from_markup("<h1>Ferry aground</h1><p>Nobody was <b>hurt</b>.</p><script>x</script>").text
    'Ferry aground\nNobody was hurt.'
    """
    root, url = _parsed(source), url or _saved_from(source)
    if root is None:
        return RawPage(text="", url=url, markup=source)
    writer = _Writer()
    _walk(root, writer)
    text, hints = writer.finish()
    if len(text) < _LEAST_SHARE * len(source):
        text, hints = _crude(source, text, hints)
    body = linked_body(root)
    if len(body.split()) >= _LEAST_BODY and len(text.split()) < _SHOWN_SHARE * len(body.split()):
        lines = [line for raw in body.splitlines() if (line := _BLANK.sub(" ", _TAGS.sub(" ", raw)).strip())]
        writer.lines += [(line, "p", 0.0, "body article p") for line in lines]
        text, hints = writer.finish()
    return RawPage(text=text, hints=hints, markup=source, **markup_metadata(root, url=url))


def _saved_from(source: str) -> str | None:
    """Return the address that a browser or SingleFile wrote into a saved page, or the one that an archive saved."""
    match = _SAVED.search(source[:_HEAD])
    return match.group(1) if match else None


def _parsed(source: str) -> Any:  # noqa: ANN401 - lxml ships no types
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, recover=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def _crude(source: str, text: str, hints: tuple[LineHint, ...]) -> tuple[str, tuple[LineHint, ...]]:
    """Strip the tags alone, where the parser gave up on the nesting and its text falls far short of that."""
    bare = unescape(_TAGS.sub("\n", _UNSEEN_SOURCE.sub(" ", source)))
    lines = [line for line in (_BLANK.sub(" ", raw).strip() for raw in bare.split("\n")) if line]
    if sum(map(len, lines)) < 4 * len(text) + 4 or (not text.strip() and not lines):
        return text, hints
    writer = _Writer()
    writer.lines = [(line, "div", 0.0, "") for line in lines]
    return writer.finish()


class _Writer:
    """Collect visible text line by line."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, float, str]] = []
        self.parts: list[str] = []
        self.linked = 0
        self.tag, self.around = "", ""

    def write(self, text: str, *, tag: str, around: str, linked: bool, verbatim: bool) -> None:
        if verbatim:
            first, *rest = text.split("\n")
            self.write(first, tag=tag, around=around, linked=linked, verbatim=False)
            for line in rest:
                self.end_line()
                self.write(line, tag=tag, around=around, linked=linked, verbatim=False)
            return
        text = _BLANK.sub(" ", text)
        if not text.strip():
            if text and self.parts:
                self.parts.append(" ")
            return
        if not self.tag:
            self.tag, self.around = tag, around
        self.parts.append(text)
        self.linked += len(text.strip()) if linked else 0

    def end_line(self) -> None:
        line = _BLANK.sub(" ", "".join(self.parts)).strip()
        if line:
            self.lines.append((line, self.tag, min(1.0, self.linked / len(line)), self.around))
        self.parts, self.linked, self.tag, self.around = [], 0, "", ""

    def finish(self) -> tuple[str, tuple[LineHint, ...]]:
        self.end_line()
        hints, at = [], 0
        for line, tag, links, around in self.lines:
            hints.append(LineHint(Span(at, at + len(line)), tag, round(links, 3), around))
            at += len(line) + 1
        return "\n".join(line for line, *_ in self.lines), tuple(hints)


def _walk(root: Any, writer: _Writer) -> None:  # noqa: ANN401 - lxml ships no types
    """Visit the tree with a stack of its own, so that nesting has no limit."""
    stack: list[tuple[Any, bool, str, str, bool, bool]] = [(root, False, "body", "", False, False)]
    while stack:
        node, leaving, tag, around, linked, verbatim = stack.pop()
        if leaving:
            if tag not in _INLINE:
                writer.end_line()
            if node.tail:
                writer.write(node.tail, tag=_holder(node), around=around, linked=linked, verbatim=verbatim)
            continue
        name = node.tag if isinstance(node.tag, str) else "script"
        seen = name not in _UNSEEN and not _hidden(node)
        own_around = around if name in _INLINE else _described(node, name, around)
        stack.append((node, True, name, around, linked, verbatim))
        if not seen:
            continue
        if name not in _INLINE:
            if name in {"td", "th"} and writer.parts:
                writer.parts.append("  ")
            elif name not in {"td", "th"}:
                writer.end_line()
        inside_link, inside_pre = linked or name == "a", verbatim or name == "pre"
        block = tag if name in _INLINE else name
        if node.text:
            writer.write(node.text, tag=block, around=own_around, linked=inside_link, verbatim=inside_pre)
        stack.extend((child, False, block, own_around, inside_link, inside_pre) for child in reversed(node))


def _holder(node: Any) -> str:  # noqa: ANN401 - lxml ships no types
    """Return the tag of the block element that holds the text behind a node."""
    parent = node.getparent()
    while parent is not None and parent.tag in _INLINE:
        parent = parent.getparent()
    return parent.tag if parent is not None else "body"


def _hidden(node: Any) -> bool:  # noqa: ANN401 - lxml ships no types
    if node.get("hidden") is not None:
        return len("".join(node.itertext())) < _MOST_HIDDEN
    style = node.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _described(node: Any, name: str, around: str) -> str:  # noqa: ANN401 - lxml ships no types
    own = " ".join(v for v in (name, node.get("class"), node.get("id"), node.get("role")) if v)
    return f"{around} {own}"[-_MOST_AROUND:].strip()
