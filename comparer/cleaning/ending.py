"""Type what stands after the article: credits, author boxes, links, prompts, comments, the outlet about itself.

In: the records and the article's end. Out: every record after it is settled. A heading ("Related", "Comments") gives
its kind to the lines below it until another cue speaks.
"""

from __future__ import annotations

import re

from comparer.cleaning.decision import Record
from comparer.cleaning.lines import Unit
from comparer.cleaning.shapes import looks_like_person
from comparer.model import BlockKind

_BIO = re.compile(
    r"\b(?:is|was|has been) (?:an?|the|our)\b.{0,60}\b(?:writer|reporter|journalist|correspondent|editor"
    r"|columnist|author|producer"
    r"|contributor|professor|lecturer|researcher|fellow|analyst|photographer|blogger|critic|founder)\b"
    r"|\b(?:covers|writes (?:about|on|for)|reports on|reported from)\b.{0,80}\b(?:for|at|the|and)\b",
    re.IGNORECASE,
)
_BIO_WORDS = frozenset(
    "writer reporter journalist correspondent editor columnist author producer contributor professor lecturer"
    " researcher fellow analyst photographer blogger critic founder covers writes reports reported".split()
)
_SECTION_ENDS = {BlockKind.LEGAL, BlockKind.CONSENT, BlockKind.NEWSLETTER, BlockKind.SHARE, BlockKind.NAVIGATION}
_SECTION_KINDS = {
    "related": BlockKind.RELATED,
    "comments": BlockKind.COMMENTS,
    "author_bio": BlockKind.AUTHOR_BIO,
    "about_outlet": BlockKind.ABOUT_OUTLET,
}
_ABOUT = re.compile(r"About (?:the )?[^\W\d_a-z][\w.'’&-]*(?: (?:of |the |and )?[^\W\d_a-z][\w.'’&-]*){0,4}:?")
_COOKIES = frozenset({"cookie", "cookies", "tracking", "statistics", "preferences"})
_CUE_OVER_SECTION = 0.65
_HEADS = 3  # lines below a heading among which its text begins
_NEAR = 6  # lines after the article where names stand for its author


def type_ending(records: list[Record], end: int) -> None:
    """Settle every record from `end` on."""
    section = ""
    for i in range(end, len(records)):
        one = records[i]
        cue = one.cue
        if cue is not None and (one.furniture or not one.unit.prose):
            if cue.head == "about_outlet" and not _text_follows(records, i):
                one.decide(BlockKind.NAVIGATION, 0.8, "link to what the outlet says about itself")
                continue
            if cue.head:
                section = cue.head
            elif cue.kind in _SECTION_ENDS and section != "comments":
                section = ""
            one.decide(cue.kind, cue.strength, cue.reason)
            continue
        if one.unit.text.startswith("About") and _ABOUT.fullmatch(one.unit.text):
            section = _section_about(records, i)
            one.decide(_SECTION_KINDS[section], 0.85, "heading above what someone says about themselves")
            continue
        _type_line(records, i, end, section)


def describes_author(unit: Unit) -> bool:
    """Tell whether a line says what somebody writes, or for whom."""
    return not _BIO_WORDS.isdisjoint(unit.vocabulary) and _BIO.search(unit.text) is not None


def _type_line(records: list[Record], at: int, end: int, section: str) -> None:
    one = records[at]
    unit = one.unit
    if unit.words <= 60 and describes_author(unit):
        one.decide(BlockKind.AUTHOR_BIO, 0.75, "describes the author")
        _name_before(records, at, end)
    elif one.cue is not None and one.cue.strength >= _CUE_OVER_SECTION and section != "comments":
        one.decide(one.cue.kind, one.cue.strength, one.cue.reason)
    elif (
        one.unit.bullet
        and at
        and records[at - 1].kind is BlockKind.CONSENT
        and not _COOKIES.isdisjoint(unit.vocabulary)
    ):
        one.decide(BlockKind.CONSENT, 0.8, "item of a cookie notice")
    elif section in _SECTION_KINDS:
        kind = _SECTION_KINDS[section]
        told = unit.ends and any(_ABOUT.fullmatch(r.unit.text) for r in records[max(0, at - 2) : at])
        one.decide(kind, 0.85 if told else 0.75, "below a heading of that kind")
    elif one.cue is not None:
        one.decide(one.cue.kind, one.cue.strength, one.cue.reason)
    elif at - end < _NEAR and looks_like_person(unit) and _bio_follows(records, at):
        one.decide(BlockKind.AUTHOR_BIO, 0.7, "a name above a description of the author")
    elif unit.prose and unit.words >= 45:
        one.decide(BlockKind.ABOUT_OUTLET, 0.4, "long text after the article's end")
    elif unit.words >= 6:
        one.decide(BlockKind.RELATED, 0.6, "headline or teaser after the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.65, "short line after the article")


def _text_follows(records: list[Record], at: int) -> bool:
    return any(one.unit.prose or one.unit.ends for one in records[at + 1 : at + 1 + _HEADS])


def _section_about(records: list[Record], at: int) -> str:
    """Tell whether a heading "About ..." opens an author box or the outlet's text about itself."""
    following = records[at + 1 : at + 2]
    return "author_bio" if following and describes_author(following[0].unit) else "about_outlet"


def _bio_follows(records: list[Record], at: int) -> bool:
    for later in records[at + 1 : at + 4]:
        if later.cue is not None and later.cue.kind is BlockKind.AUTHOR_BIO:
            return True
        if describes_author(later.unit):
            return True
    return False


def _name_before(records: list[Record], at: int, end: int) -> None:
    for i in range(at - 1, max(end, at - 3) - 1, -1):
        if looks_like_person(records[i].unit):
            records[i].decide(BlockKind.AUTHOR_BIO, 0.7, "a name above a description of the author")
