"""Read the names out of bylines.

In: the text and its blocks. Out: names in page order, without "By", titles of office and dates. Newsrooms are kept as
printed ("Pulse Newsroom"), since that is what the page names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comparer.cleaning.credits import known_agency
from comparer.model import Block, BlockKind, Span

_LEAD = re.compile(
    r"\W*(?:(?:written|words|story|text|reported|posted|published|analysis|opinion)?\s*\bby\b|words\b|author\b|writing\b|from\b)\s*:?\s*(?:by\b\s*)?",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|\||/|\band\b|&|\bund\b|\bet\b|\by\b|\s{2,})\s*")
_PART = r"[^\W\d_a-z][\w.'’\-]*"
_PERSON = re.compile(rf"{_PART}(?:\s+(?:{_PART}|de|van|von|der|den|al|bin|la|del|di|da))*")
_OFFICE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|staff|columnist|photography|photographs?|photos?|pictures|updated|published|at|on|am|pm|for|in)\b",
    re.IGNORECASE,
)
_AUTHOR = re.compile(rf"\b[Bb]y:?\s+(?P<name>{_PART}(?:\s+(?:{_PART}|de|van|von|der|den|al|bin|la|del|di|da)){{1,4}})")
_ORGANISATION = re.compile(
    r"\b(?:Press|Presse|Wire|Newswire|News|Agency|Agence|Service|Agentur|Agencia|Newsroom|Media|Staff|Desk)\b"
)
_DATE = re.compile(r"\d{4}|\b\d{1,2}[:.]\d{2}\b")
_NOT_NAMES = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|min read)\b", re.IGNORECASE
)


def names_in_bylines(text: str, blocks: Sequence[Block]) -> tuple[tuple[str, Span], ...]:
    """Return the names printed in bylines, with their characters.

    >>> page = "By RONNIE GADD, Consumer Editor"
    >>> [name for name, _ in names_in_bylines(page, (Block(Span(0, len(page)), BlockKind.BYLINE, 0.9, ""),))]
    ['RONNIE GADD']
    """
    found: dict[str, Span] = {}
    first = next((b.span.start for b in blocks if b.kind is BlockKind.CONTENT), len(text))
    for block in blocks:
        if block.kind is BlockKind.TIMESTAMP and block.span.start < first and len(block.span) < 200:
            author = _AUTHOR.search(text, block.span.start, block.span.end)
            if author is not None and not _NOT_NAMES.search(author.group("name")):
                found.setdefault(author.group("name"), Span(*author.span("name")))
        if block.kind is BlockKind.BYLINE and "short form" not in block.reason and len(block.span) < 300:
            for name, span in _names(text, block.span):
                found.setdefault(name, span)
    return tuple(found.items())


def is_organisation(name: str) -> bool:
    """Tell whether a printed author is an agency or newsroom rather than a person.

    >>> is_organisation("Nordic Press Agency"), is_organisation("Ines Calloway")
    (True, False)
    """
    return known_agency(name) is not None or _ORGANISATION.search(name) is not None


def _names(text: str, span: Span) -> list[tuple[str, Span]]:
    lead = _LEAD.match(text, span.start, span.end)
    start = lead.end() if lead else span.start
    names: list[tuple[str, Span]] = []
    at = start
    pieces = [*_SPLIT.finditer(text, start, span.end)]
    for left, right in [*((m.start(), m.end()) for m in pieces), (span.end, span.end)]:
        piece = text[at:left].strip()
        offset = at + len(text[at:left]) - len(text[at:left].lstrip())
        at = right
        if not piece:
            continue
        match = _PERSON.match(piece)
        if match is None or _DATE.search(piece) or _NOT_NAMES.search(piece):
            continue
        if _OFFICE.search(piece) or len(match.group()) < len(piece):
            continue
        if names and is_organisation(piece):
            continue
        if len(piece.split()) >= 2 or not names:
            names.append((piece, Span(offset, offset + len(piece))))
    return names
