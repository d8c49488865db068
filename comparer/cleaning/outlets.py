"""Find the name of the outlet where the page prints it as such.

In: the text and its blocks. Out: a name and where it stands, or None. Tried in this order: "Name - ABC" under the
title, "1 min Name", "Name uses cookies", a caption's "© Name", the copyright line, and last a name
above the title that the page's own prompts, blurb or byline repeat. Agencies in captions do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from comparer.cleaning.credits import known_agency
from comparer.model import Block, BlockKind, Span

_WORD = r"[^\W\d_a-z][\w'’.&-]*"
_NAME = rf"{_WORD}(?:\s+(?:of\s+|the\s+|and\s+)?{_WORD}){{0,5}}"
_CODE = re.compile(rf"(?P<name>{_WORD}(?:\s+[\w'’&]+){{1,6}})\s+[-–—|]\s+[A-Z]{{2,6}}")
_READING = re.compile(rf"\d{{1,3}}[- ]?min(?:ute)?s?\.?(?:\s+read)?\s+(?P<name>(?!Read\b){_NAME})")
_COOKIES = re.compile(rf"(?P<name>{_NAME})\s+uses\s+cookies")
_CAPTION = re.compile(rf"©\s*(?P<name>{_NAME})\s*$")
_COPYRIGHT = re.compile(
    rf"(?:copyright|\(c\)|©)\s*(?:©|\(c\)|copyright)?\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?[\s,-]*(?:by\s+)?(?P<name>(?!All\b|Rights\b){_NAME})",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    rf"(?P<name>{_WORD}(?:[ ](?:of[ ]|the[ ]|and[ ])?{_WORD}){{0,4}})\s*(?:$|\r|\n|[|>›/]|\s{{2,}})", re.MULTILINE
)
_OWN_KINDS = {
    BlockKind.ABOUT_OUTLET,
    BlockKind.NEWSLETTER,
    BlockKind.LEGAL,
    BlockKind.COMMENTS,
    BlockKind.CONSENT,
    BlockKind.BYLINE,
    BlockKind.TIMESTAMP,
    BlockKind.AUTHOR_BIO,
}
_COMPANY = re.compile(r"\b(?:Inc|LLC|Ltd|GmbH|Corp|Co|Group|Holdings|PLC|Rights|Reserved|Limited)\b\.?", re.IGNORECASE)


def outlet_in(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """Return the outlet's printed name and its characters, or None where the page does not print it.

    >>> page = "3 min Skerrow Post"
    >>> outlet_in(page, (Block(Span(0, len(page)), BlockKind.TIMESTAMP, 0.9, ""),))
    ('Skerrow Post', Span(start=6, end=18))
    """
    tries: tuple[tuple[re.Pattern[str], BlockKind, Callable[[str], bool]], ...] = (
        (_CODE, BlockKind.BYLINE, _any_name),
        (_READING, BlockKind.TIMESTAMP, _any_name),
        (_COOKIES, BlockKind.CONSENT, _not_generic),
        (_CAPTION, BlockKind.CAPTION, _no_agency),
        (_COPYRIGHT, BlockKind.LEGAL, _no_company),
    )
    for pattern, kind, accepts in tries:
        found = list(_matches(text, blocks, pattern, kind, accepts))
        if found:
            counts = Counter(name for name, _ in found)
            best = max(counts.values())
            return next((name, span) for name, span in found if counts[name] == best)
    return _in_masthead(text, blocks)


def _matches(
    text: str, blocks: Sequence[Block], pattern: re.Pattern[str], kind: BlockKind, accepts: Callable[[str], bool]
) -> list[tuple[str, Span]]:
    found = []
    for block in blocks:
        if block.kind is not kind or len(block.span) > 600:
            continue
        match = pattern.search(text, block.span.start, block.span.end)
        if match is not None and accepts(match.group("name")):
            found.append((" ".join(match.group("name").split()), Span(*match.span("name"))))
    return found


def _in_masthead(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """Return a name that stands above the title and again in the outlet's own furniture further down."""
    title = next((b.span.start for b in blocks if b.kind in {BlockKind.TITLE, BlockKind.CONTENT}), 0)
    own = " \n".join(b.span.of(text) for b in blocks if b.kind in _OWN_KINDS and b.span.start > title)
    for block in blocks:
        if block.span.start >= title or block.kind is not BlockKind.NAVIGATION or "menu entry" in block.reason:
            continue
        match = _MASTHEAD.match(text, block.span.start, block.span.end)
        if match is None or len(match.group("name").split()) > 5:
            continue
        name = match.group("name")
        if " " not in name and name != block.span.of(text):
            continue  # the first entry of a menu row
        if re.search(rf"\b{re.escape(name.removeprefix('The ').removeprefix('THE '))}\b", own, re.IGNORECASE):
            return name, Span(*match.span("name"))
    return None


def _any_name(name: str) -> bool:
    return len(name) > 1


def _not_generic(name: str) -> bool:
    return name.lower() not in {
        "this site",
        "this website",
        "our site",
        "our website",
        "website",
        "the site",
        "site",
        "it",
        "we",
    }


def _no_agency(name: str) -> bool:
    return known_agency(name) is None and "Getty" not in name and len(name.split()) <= 4


def _no_company(name: str) -> bool:
    return _no_agency(name) and _COMPANY.search(name) is None
