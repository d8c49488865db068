"""Type the lines for where they stand: before the article, within it, after it.

In: the records, the article's range and its headline. Out: every record is settled, and the range without what turned
out to be opening matter. Running text within is kept unless a strong cue speaks against it: losing a paragraph in
silence is the worse error. After the article a heading ("Related", "Comments") gives its kind to the lines below it
until another cue speaks.
"""

from __future__ import annotations

from comparer.cleaning.lines import Record, late
from comparer.cleaning.phrases import describes_author
from comparer.cleaning.shapes import POINTS_HEADINGS, ends_with_stamp, looks_like_person
from comparer.model import BlockKind
from comparer.resources.loader import word_set

_HEADLINE = 7  # words; a longer line above the article is a headline rather than a menu entry
_SIGNED = frozenset({BlockKind.TIMESTAMP, BlockKind.BYLINE})
_NAMES = 0.6  # of the words; a line with more capitals is a list of names
_LONGEST_HEADING = 16  # words
_LEAST_RUN = 5  # short lines in a row that look like a list of links rather than headings
_SECTION_ENDS = {BlockKind.LEGAL, BlockKind.CONSENT, BlockKind.NEWSLETTER, BlockKind.SHARE, BlockKind.NAVIGATION}
_SECTION_KINDS = {
    "related": BlockKind.RELATED,
    "comments": BlockKind.COMMENTS,
    "author_bio": BlockKind.AUTHOR_BIO,
    "about_outlet": BlockKind.ABOUT_OUTLET,
}
_ABOUT = late(r"About (?:the )?[^\W\d_a-z][\w.'’&-]*(?: (?:of |the |and )?[^\W\d_a-z][\w.'’&-]*){0,4}:?")
_COOKIES = word_set("cleaning_words", "cookies")
_CUE_OVER_SECTION = 0.65
_HEADS = 3  # lines below a heading among which its text begins
_NEAR = 6  # lines after the article where names stand for its author


def type_opening(records: list[Record], start: int, end: int, title: int | None) -> tuple[int, int]:
    """Settle everything before the article, whose headline is `title`, and return its range, perhaps begun later."""
    if title is not None:
        records[title].decide(BlockKind.TITLE, 0.9, "headline above the article")
        if title >= start:
            start = title + 1
    for i in range(start):
        if records[i].kind is None:
            _type_above(records, i, title, start)
    return start, end


def _type_above(records: list[Record], at: int, title: int | None, start: int) -> None:
    one = records[at]
    unit, cue = one.unit, one.cue
    if cue is not None and (one.furniture or title is None or at < title):
        copied = one.repeats and cue.kind is BlockKind.CAPTION
        kind, reason = (BlockKind.DUPLICATE, f"repeats line {one.repeats}") if copied else (cue.kind, cue.reason)
        one.decide(kind, cue.strength, reason)
        return
    if title is not None and at != title and unit.forms == records[title].unit.forms:
        one.decide(BlockKind.DUPLICATE, 0.9, f"repeats the title, line {records[title].unit.line}")
    elif one.repeats and unit.words >= 6:
        one.decide(BlockKind.DUPLICATE, 0.85, f"repeats line {one.repeats}")
    elif title is not None and title < at:
        _type_below_title(records, at, title, start)
    elif title is None and unit.words <= 6 and _near_time(records, at) and looks_like_person(unit):
        one.decide(BlockKind.BYLINE, 0.7, "a name beside a date")
    elif unit.prose:
        one.decide(BlockKind.RELATED, 0.5, "text of another item above the article")
    elif unit.words >= _HEADLINE and not unit.separators:
        one.decide(BlockKind.RELATED, 0.5, "headline of another item above the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.75, "short line above the article")


def _type_below_title(records: list[Record], at: int, title: int, start: int) -> None:
    one = records[at]
    unit = one.unit
    if unit.text.casefold() in POINTS_HEADINGS:
        one.decide(BlockKind.SUBHEADING, 0.8, "heading of a summary")
    elif ends_with_stamp(unit):
        one.decide(BlockKind.TIMESTAMP, 0.75, "row with a date below the title")
    elif at - title <= 6 and looks_like_person(unit):
        one.decide(BlockKind.BYLINE, 0.75, "a name below the title")
    elif unit.words >= 8 or (unit.ends and unit.words >= 5):
        if at - title <= 3 and (unit.ends or (at - title == 1 and unit.capitals < _NAMES * unit.words)):
            one.decide(BlockKind.STANDFIRST, 0.7, "sentence between title and article")
        elif unit.prose:
            one.decide(BlockKind.CONTENT, 0.7, "running text between title and article")
        else:
            one.decide(BlockKind.CAPTION, 0.5, "unfinished sentence above the article")
    elif start - at == 1 and unit.words >= 3:
        one.decide(BlockKind.SUBHEADING, 0.5, "heading right above the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.6, "short line between title and article")


def _near_time(records: list[Record], at: int) -> bool:
    around = records[max(0, at - 2) : at] + records[at + 1 : at + 3]
    return any(r.cue is not None and r.cue.kind in _SIGNED for r in around)


def type_inside(records: list[Record], start: int, end: int) -> None:
    """Settle every record from `start` to `end`."""
    section = ""
    for i in range(start, end):
        one = records[i]
        if one.kind is not None:
            continue
        if one.furniture and one.cue is not None:
            section = one.cue.head
            kind, reason = one.cue.kind, one.cue.reason
            if one.repeats and kind is BlockKind.CAPTION:
                kind, reason = BlockKind.DUPLICATE, f"repeats line {one.repeats}"
            one.decide(kind, one.cue.strength, reason)
        elif one.repeats:
            one.decide(BlockKind.DUPLICATE, 0.9, f"repeats line {one.repeats}")
        elif one.unit.prose:
            section = ""
            one.decide(BlockKind.CONTENT, 0.93, "running text of the article")
        else:
            _type_short(records, i, start, end, section)


def _type_short(records: list[Record], at: int, start: int, end: int, section: str) -> None:
    one = records[at]
    unit = one.unit
    if section == "related" and not unit.ends:
        one.decide(BlockKind.RELATED, 0.8, "below a heading of links to other articles")
    elif unit.ends and unit.words >= 2:
        one.decide(BlockKind.CONTENT, 0.8, "short sentence within the article")
    elif unit.bullet or unit.text.endswith((":", "،", ",", ";")):
        one.decide(BlockKind.CONTENT, 0.75, "item or lead-in within the article")
    elif _run(records, at, start, end) >= _LEAST_RUN:
        one.decide(BlockKind.CONTENT, 0.55, "short line among others within the article")
    elif unit.words <= _LONGEST_HEADING and _before_prose(records, at, end):
        one.decide(BlockKind.SUBHEADING, 0.8, "heading between paragraphs")
    else:
        one.decide(BlockKind.CONTENT, 0.6, "line within the article")


def _run(records: list[Record], at: int, start: int, end: int) -> int:
    """Count the short lines in a row around this one, no further than the number that matters."""
    first = at
    while first > start and at - first < _LEAST_RUN and _is_short(records[first - 1]):
        first -= 1
    last = at
    while last + 1 < end and last - first < _LEAST_RUN and _is_short(records[last + 1]):
        last += 1
    return last - first + 1


def _is_short(one: Record) -> bool:
    return not one.unit.prose and not one.unit.ends and not one.furniture


def _before_prose(records: list[Record], at: int, end: int) -> bool:
    return any(one.prose or (one.unit.ends and not one.furniture) for one in records[at + 1 : min(end, at + 4)])


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
        if one.unit.text.startswith("About") and _ABOUT().fullmatch(one.unit.text):
            section = _section_about(records, i)
            one.decide(_SECTION_KINDS[section], 0.85, "heading above what someone says about themselves")
            continue
        _type_after(records, i, end, section)


def _type_after(records: list[Record], at: int, end: int, section: str) -> None:
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
        told = unit.ends and any(_ABOUT().fullmatch(r.unit.text) for r in records[max(0, at - 2) : at])
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
