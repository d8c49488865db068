"""Mark the phrases with which an outlet praises itself or asks its readers for something, and press releases.

In: the text and a span, as a rule a block that cleaning typed as about_outlet, promotion or newsletter. Out: spans of
phrases, and what such a block promotes: the outlet, subscriptions, donations, or what somebody paid for. The lists
count on being asked about such blocks: "most reliable" may be about anything, so `praise` asks for a word of the first
person, the outlet's name or a word of its trade beside it. Of the marks of a press release one certain one is enough
("For immediate release" as a line, the name of a paid wire in brackets before the text); of the parts that releases end
with, two of different kinds must stand there, since an outlet's own page may name a contact for the press. A release
rewritten by the outlet shows none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache

from comparer.cleaning.lines import any_of, late
from comparer.model import Block, BlockKind, Span
from comparer.resources.loader import word_list

_LONGEST_MARK = 120  # characters of a line that is a mark; longer ones are sentences that use the words
_DATELINE = 120  # characters of a paragraph before whose end a wire's name is a dateline
_PARTS = 2  # different parts of a release that together are as good as a certain mark


class Promoted(StrEnum):
    """Say what a block promotes."""

    OUTLET = "the outlet itself"
    SUBSCRIPTIONS = "subscriptions and newsletters"
    DONATIONS = "donations to the outlet"
    SPONSORED = "sponsored or affiliate content"
    SALE = "something else for the reader"


_SELF = late(rf"\b(?:{any_of('outlet_self')})\b", re.IGNORECASE)
_TRADE = late(r"\b(?:journalis\w+|newsrooms?|newspapers?|reporting|coverage|correspondents)\b", re.IGNORECASE)
_SUPERLATIVE = late(
    rf"\b(?:the|our|your)\s+(?:{any_of('superlatives')})\s+(?:\w+\s+){{0,3}}?(?:{any_of('outlet_nouns')})\b",
    re.IGNORECASE,
)
_NOBODY = late(
    r"\b(?:nobody|no one|no other \w+)\s+(?:covers?|reports?|knows?|understands?|does)\b[^.!?]{0,80}", re.IGNORECASE
)

_SPACED = r"[\s\-‑.]+"  # what may stand between the words of a phrase
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
    if not named and not any(sign().search(text, span.start, span.end) for sign in (_SELF, _TRADE)):
        return ()
    found = [Span(*m.span()) for p in (_NOBODY, _SUPERLATIVE) for m in p().finditer(text, span.start, span.end)]
    found += _phrases("praise", text, span)
    return _without_overlap(found)


def calls_to_act(text: str, span: Span) -> tuple[Span, ...]:
    """Return the phrases in the span that ask the reader to do something, in order.

    >>> prompt = "Keep in touch with us and sign up today."
    >>> [s.of(prompt) for s in calls_to_act(prompt, Span(0, len(prompt)))]
    ['Keep in touch', 'sign up']
    """
    return tuple(_phrases("calls", text, span))


def promoted_by(text: str, block: Block) -> Promoted | None:
    """Return what a dropped block promotes, or None where it promotes nothing.

    >>> notice = "If you buy through these links we may earn a commission."
    >>> promoted_by(notice, Block(Span(0, len(notice)), BlockKind.LEGAL, 0.9, "")).value
    'sponsored or affiliate content'
    """
    if block.kept:
        return None
    span = Span(block.span.start, min(block.span.end, block.span.start + _LONGEST))
    paid = _phrases("sponsored", text, span) if block.kind in _MAY_DISCLOSE else []
    if paid and not text[span.start : paid[0].start].casefold().endswith("not "):
        return Promoted.SPONSORED
    if block.kind not in PROMOTING:
        return None
    if _phrases("donations", text, span):
        return Promoted.DONATIONS
    return _BY_KIND[block.kind]


def _phrases(group: str, text: str, span: Span) -> list[Span]:
    """Return the phrases of a group in the span, in order; of those that begin at one place the longest."""
    return [Span(*match.span()) for match in _any(group).finditer(text, span.start, span.end)]


@cache
def _any(group: str, before: str = r"\b", behind: str = r"(?!\w)") -> re.Pattern[str]:
    """Return the pattern of a group's phrases, the longest first."""
    entries = sorted(word_list("cleaning_promotion", group), key=lambda e: (-len(e), e))
    phrases = "|".join(_SPACED.join(map(re.escape, e.split())) for e in entries)
    return re.compile(f"{before}({phrases}){behind}", re.IGNORECASE)


def _without_overlap(found: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return tuple(out)


def release_marks(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    r"""Return the marks of a press release on a page, in order; none where they do not suffice.

    >>> page = "FOR IMMEDIATE RELEASE"
    >>> [s.of(page) for s in release_marks(page, [Block(Span(0, 21), BlockKind.OTHER, 0.9, "")])]
    ['FOR IMMEDIATE RELEASE']
    """
    found = [mark for block in blocks for mark in _marks(text, block.span)]
    kinds = {kind for kind, _ in found}
    return tuple(span for _, span in found) if kinds & {"release", "wire"} or len(kinds) >= _PARTS else ()


def _marks(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the mark of a release that a block holds, with its kind: "release", "wire" or how the part begins."""
    for group in ("release", "release_parts") if len(span) <= _LONGEST_MARK else ():
        match = _any(group, r"\W*", r"\b").match(text, span.start, span.end)
        if match is not None and _alone(group, match, text, span):
            yield "release" if group == "release" else match.group(1).lower()[:5], Span(*match.span(1))
            return
    wire = _any("release_wires", r"[(/]\s*", r"\s*[)/]").search(text, span.start, min(span.end, span.start + _DATELINE))
    if wire is not None:
        yield "wire", Span(*wire.span())


def _alone(group: str, match: re.Match[str], text: str, span: Span) -> bool:
    """Tell whether nothing but a time, a name or an address follows: "Notes to editors were lost" is a sentence."""
    rest = text[match.end() : span.end].strip(" *:–—-|.\t")
    shouted = match.group(1).isupper()
    return not rest or shouted or (group == "release_parts" and text[match.end() : match.end() + 1] in ":,|–—")
