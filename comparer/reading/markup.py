"""Take the visible text out of HTML, once, with what the tags say about each line.

In: HTML source. Out: RawPage whose text has a line per block element, white space collapsed as a browser does it.
Scripts, styles and hidden elements are left out. Broken and deeply nested HTML is read as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any, TypeAlias

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
_Line: TypeAlias = tuple[str, str, float, str]  # a line's words, its tag, share in links, and what holds it


def page_from_markup(source: str, *, url: str | None = None) -> RawPage:
    r"""Return the page's visible text with hints per line and its metadata.

    >>> page_from_markup("<h1>Ferry aground</h1><p>Nobody was <b>hurt</b>.</p><script>x</script>").text
    'Ferry aground\nNobody was hurt.'
    """
    root, url = _parsed(source), url or _saved_from(source)
    if root is None:
        return RawPage(text="", url=url, markup=source)
    lines = _shown(root)
    text, hints = _laid(lines)
    if len(text) < _LEAST_SHARE * len(source):  # tags stripped alone, where the parser gave up on the nesting
        bare = _filled(unescape(_TAGS.sub("\n", _UNSEEN_SOURCE.sub(" ", source))).split("\n"))
        if sum(map(len, bare)) >= 4 * len(text) + 4:
            text, hints = _laid([(line, "div", 0.0, "") for line in bare])
    body = linked_body(root)
    if len(body.split()) >= _LEAST_BODY and len(text.split()) < _SHOWN_SHARE * len(body.split()):
        linked = _filled(_TAGS.sub(" ", line) for line in body.splitlines())
        text, hints = _laid([*lines, *((line, "p", 0.0, "body article p") for line in linked)])
    return RawPage(text=text, hints=hints, markup=source, **markup_metadata(root, url=url))


def _saved_from(source: str) -> str | None:
    """Return the address that a browser or SingleFile wrote into a saved page, or the one that an archive saved."""
    match = _SAVED.search(source[:_HEAD])
    return match.group(1) if match else None


def _parsed(source: str) -> Any:  # noqa: ANN401 - lxml ships no types
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, recover=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _filled(lines: Iterable[str]) -> list[str]:
    """Return the lines that are not blank, white space collapsed."""
    return [line for raw in lines if (line := _BLANK.sub(" ", raw).strip())]


def _laid(lines: Sequence[_Line]) -> tuple[str, tuple[LineHint, ...]]:
    """Return the text of lines, one below the other, and where each stands in it."""
    hints, at = [], 0
    for line, tag, links, around in lines:
        hints.append(LineHint(Span(at, at + len(line)), tag, round(links, 3), around))
        at += len(line) + 1
    return "\n".join(line for line, *_ in lines), tuple(hints)


class _Writer:
    """Collect visible text line by line."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.parts: list[str] = []
        self.linked = 0
        self.tag, self.around = "", ""

    def write(self, text: str, *, tag: str, around: str, linked: bool, verbatim: bool) -> None:
        for number, line in enumerate(text.split("\n") if verbatim else [text]):
            if number:
                self.end_line()
            shown = _BLANK.sub(" ", line)
            if shown.strip():
                if not self.tag:
                    self.tag, self.around = tag, around
                self.parts.append(shown)
                self.linked += len(shown.strip()) if linked else 0
            elif shown and self.parts:
                self.parts.append(" ")

    def end_line(self) -> None:
        line = _BLANK.sub(" ", "".join(self.parts)).strip()
        if line:
            self.lines.append((line, self.tag, min(1.0, self.linked / len(line)), self.around))
        self.parts, self.linked, self.tag, self.around = [], 0, "", ""


def _shown(root: Any) -> list[_Line]:  # noqa: ANN401 - lxml ships no types
    """Return the lines that a browser shows; a stack of its own visits the tree, so that nesting has no limit."""
    writer = _Writer()
    stack: list[tuple[Any, bool, str, str, bool, bool]] = [(root, False, "body", "", False, False)]
    while stack:
        node, leaving, block, around, linked, verbatim = stack.pop()  # the text behind a node is its parent's
        if leaving:
            if node.tag not in _INLINE:
                writer.end_line()
            if node.tail:
                writer.write(node.tail, tag=block, around=around, linked=linked, verbatim=verbatim)
            continue
        stack.append((node, True, block, around, linked, verbatim))
        name = node.tag if isinstance(node.tag, str) else "script"
        if name in _UNSEEN or _hidden(node):
            continue
        if name not in _INLINE:
            block, around = name, _described(node, name, around)
            if name not in {"td", "th"}:
                writer.end_line()
            elif writer.parts:
                writer.parts.append("  ")
        linked, verbatim = linked or name == "a", verbatim or name == "pre"
        if node.text:
            writer.write(node.text, tag=block, around=around, linked=linked, verbatim=verbatim)
        stack.extend((child, False, block, around, linked, verbatim) for child in reversed(node))
    writer.end_line()
    return writer.lines


def _hidden(node: Any) -> bool:  # noqa: ANN401 - lxml ships no types
    if node.get("hidden") is not None:
        return len("".join(node.itertext())) < _MOST_HIDDEN
    style = node.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _described(node: Any, name: str, around: str) -> str:  # noqa: ANN401 - lxml ships no types
    own = " ".join(v for v in (name, node.get("class"), node.get("id"), node.get("role")) if v)
    return f"{around} {own}"[-_MOST_AROUND:].strip()
