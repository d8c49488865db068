"""Mark the phrases with which an outlet praises itself or asks its readers to do something.

In: the text and a span, as a rule a block that cleaning typed as about_outlet, promotion or newsletter. Out: spans of
phrases, and what such a block promotes: the outlet, subscriptions, donations, or what somebody paid for. The lists
count on being asked about such blocks: "most reliable" may be about anything, so `praise` asks for a word of the first
person, the outlet's name or a word of its trade beside it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from comparer.model import Block, BlockKind, Span
from comparer.resources.loader import load_lexicon


class Promoted(StrEnum):
    """Say what a block promotes."""

    OUTLET = "the outlet itself"
    SUBSCRIPTIONS = "subscriptions and newsletters"
    DONATIONS = "donations to the outlet"
    SPONSORED = "sponsored or affiliate content"
    SALE = "something else for the reader"


_SELF = re.compile(r"\b(?:we|our|us|ours|its founders|founded|is your)\b", re.IGNORECASE)
_TRADE = re.compile(r"\b(?:journalis\w+|newsrooms?|newspapers?|reporting|coverage|correspondents)\b", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:the|our|your)\s+(?:most|best|only|first|largest|biggest|leading|finest)\s+(?:\w+\s+){0,3}?(?:source|outlet|newspaper|website"
    r"|site|platform|newsroom|publication|coverage|voice|destination|provider|magazine|network|team)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one|no other \w+)\s+(?:covers?|reports?|knows?|understands?|does)\b[^.!?]{0,80}", re.IGNORECASE
)

_LONGEST = 4000  # characters of a block that are searched for what it promotes
_BY_KIND = {
    BlockKind.ABOUT_OUTLET: Promoted.OUTLET,
    BlockKind.NEWSLETTER: Promoted.SUBSCRIPTIONS,
    BlockKind.PROMOTION: Promoted.SALE,
}
PROMOTING = frozenset(_BY_KIND)
_MAY_DISCLOSE = PROMOTING | {BlockKind.LEGAL, BlockKind.OTHER, BlockKind.RELATED}


def praise(text: str, span: Span, *, outlet: str = "") -> tuple[Span, ...]:
    """Return the self-praising phrases in the span, in order; none where nobody there speaks of a news outlet.

    `outlet` is the name under which the page was read.

    >>> blurb = "We are the most reliable source for news of the harbour, and our work is exceptional."
    >>> [s.of(blurb) for s in praise(blurb, Span(0, len(blurb)))]
    ['the most reliable source', 'exceptional']
    """
    name = re.sub(r"[_\W]+", " ", outlet).strip().casefold()
    named = bool(name) and name in re.sub(r"[_\W]+", " ", span.of(text)).casefold()
    if not named and not any(sign.search(text, span.start, span.end) for sign in (_SELF, _TRADE)):
        return ()
    found = [Span(*m.span()) for p in (_NOBODY, _SUPERLATIVE) for m in p.finditer(text, span.start, span.end)]
    found += [Span(*m.span()) for m in _phrases("praise").finditer(text, span.start, span.end)]
    return _without_overlap(found)


def calls_to_act(text: str, span: Span) -> tuple[Span, ...]:
    """Return the phrases in the span that ask the reader to do something, in order.

    >>> prompt = "Keep in touch with us and sign up today."
    >>> [s.of(prompt) for s in calls_to_act(prompt, Span(0, len(prompt)))]
    ['Keep in touch', 'sign up']
    """
    return _without_overlap([Span(*m.span()) for m in _phrases("calls").finditer(text, span.start, span.end)])


def promoted_by(text: str, block: Block) -> Promoted | None:
    """Return what a dropped block promotes, or None where it promotes nothing.

    >>> notice = "If you buy through these links we may earn a commission."
    >>> promoted_by(notice, Block(Span(0, len(notice)), BlockKind.LEGAL, 0.9, "")).value
    'sponsored or affiliate content'
    """
    if block.kept:
        return None
    start, end = block.span.start, min(block.span.end, block.span.start + _LONGEST)
    paid = _phrases("sponsored").search(text, start, end) if block.kind in _MAY_DISCLOSE else None
    if paid is not None and not text[start : paid.start()].casefold().endswith("not "):
        return Promoted.SPONSORED
    if block.kind not in PROMOTING:
        return None
    if _phrases("donations").search(text, start, end):
        return Promoted.DONATIONS
    return _BY_KIND[block.kind]


@cache
def _phrases(group: str) -> re.Pattern[str]:
    entries = next(g.entries for g in load_lexicon("cleaning_promotion").groups if g.name == group)
    ordered = sorted(entries, key=lambda e: (-len(e), e))
    inner = "|".join(r"[\s\-‑.]+".join(re.escape(w) for w in e.split()) for e in ordered)
    return re.compile(rf"\b(?:{inner})(?!\w)", re.IGNORECASE)


def _without_overlap(found: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return tuple(out)
