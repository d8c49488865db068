"""Recognise the marks of a press release, and part the company's text about itself from an outlet's own blurb.

In: lines with their words. Out: the places of the marks. One certain mark is enough ("For immediate release" as a line,
the name of a paid wire in brackets before the text); of the parts that releases end with, two of different kinds must
stand there, since an outlet's own page may name a contact for the press. A release rewritten by the outlet shows none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from comparer.cleaning.decision import Record
from comparer.cleaning.lines import Unit, words_of
from comparer.model import Block, BlockKind, Span
from comparer.resources.loader import load_lexicon

_LONGEST = 120  # characters of a line that is a mark; longer ones are sentences that use the words
_DATELINE = 120  # characters of a paragraph before whose end a wire's name is a dateline
_ABOUT = re.compile(r"About (?:the )?[^\W\d_a-z]")
_PARTS = 2  # different parts of a release that together are as good as a certain mark


def release_marks(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    r"""Return the marks of a press release on a page, in order; none where they do not suffice.

    >>> page = "FOR IMMEDIATE RELEASE"
    >>> [s.of(page) for s in release_marks(page, [Block(Span(0, 21), BlockKind.OTHER, 0.9, "")])]
    ['FOR IMMEDIATE RELEASE']
    """
    found = [(kind, Span(*at)) for b in blocks for kind, at in [_mark(text, b.span)] if kind]
    return tuple(span for _, span in found) if _suffice([kind for kind, _ in found]) else ()


def settle_release(records: Sequence[Record]) -> None:
    """Give the lines that make a page a press release their kind and reason; leave pages without its marks alone."""
    marks = {i: _mark(r.unit.text, Span(0, len(r.unit.text)))[0] for i, r in enumerate(records) if _may_mark(r.unit)}
    if not _suffice([kind for kind in marks.values() if kind]):
        return
    company = False  # below a heading "About ..." with a name, until the next short line
    for i, one in enumerate(records):
        mark = marks.get(i, "")
        heading = not one.unit.prose and not one.unit.ends and _ABOUT.match(one.unit.text) is not None
        company = one.kind is BlockKind.ABOUT_OUTLET or heading or (company and one.unit.prose)
        if mark == "release":
            one.decide(BlockKind.PROMOTION, 0.9, "press release: says that it is one")
        elif mark and mark != "wire" and not one.unit.prose:
            one.decide(BlockKind.OTHER, 0.85, "press release: what is meant for editors")
        elif company:
            one.decide(BlockKind.PROMOTION, one.probability, "press release: the company about itself")


def _suffice(kinds: Sequence[str]) -> bool:
    return "release" in kinds or "wire" in kinds or len(set(kinds)) >= _PARTS


def _may_mark(unit: Unit) -> bool:
    """Tell whether a line begins like a mark or has what a wire's name stands in; nearly all lines do not."""
    opening = unit.text[:_DATELINE]
    return "(" in opening or "/" in opening or not _first_words().isdisjoint(unit.forms[:1])


@cache
def _first_words() -> frozenset[str]:
    groups = load_lexicon("cleaning_promotion").groups
    return frozenset(words_of(e)[0] for g in groups if g.name in {"release", "release_parts"} for e in g.entries)


def _mark(text: str, span: Span) -> tuple[str, tuple[int, int]]:
    """Return the kind of mark a line begins with ("release", "wire" or the words of a part), and where it stands."""
    if len(span) <= _LONGEST:
        for group in ("release", "release_parts"):
            match = _starting(group).match(text, span.start, span.end)
            if match is not None and _alone(group, match, text, span):
                kind = "release" if group == "release" else match.group(1).lower()[:5]
                return kind, match.span(1)
    wire = _wires().search(text, span.start, min(span.end, span.start + _DATELINE))
    return ("wire", wire.span()) if wire else ("", (span.start, span.start))


def _alone(group: str, match: re.Match[str], text: str, span: Span) -> bool:
    """Tell whether nothing but a time, a name or an address follows: "Notes to editors were lost" is a sentence."""
    rest = text[match.end() : span.end].strip(" *:–—-|.\t")
    shouted = match.group(1).isupper()
    return not rest or shouted or (group == "release_parts" and text[match.end() : match.end() + 1] in ":,|–—")


@cache
def _starting(group: str) -> re.Pattern[str]:
    return re.compile(rf"\W*((?:{_any(group)})\b)", re.IGNORECASE)


@cache
def _wires() -> re.Pattern[str]:
    return re.compile(rf"[(/]\s*(?:{_any('release_wires')})\s*[)/]", re.IGNORECASE)


def _any(group: str) -> str:
    entries = next(g.entries for g in load_lexicon("cleaning_promotion").groups if g.name == group)
    return "|".join(r"[\s\-]+".join(map(re.escape, e.split())) for e in sorted(entries, key=lambda e: (-len(e), e)))
