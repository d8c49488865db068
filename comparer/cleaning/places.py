"""Type the lines for where they stand: before the article, within it, after it, in a row of readers' posts.

In: the records, the article's range and its headline. Out: every record is settled. Running text within is kept unless
a strong cue speaks against it: losing a paragraph in silence is the worse error. After the article a heading
("Related", "Comments") gives its kind to the lines below it until another cue speaks. A thread is name, day and hour,
text, again and again; a list of teasers has the same shape, so the line beside a stamp must be as short as a name, and
the stamp must give a whole date with its hour, or say who posted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from comparer.cleaning.lines import Cue, Record, late
from comparer.cleaning.phrases import describes_author
from comparer.cleaning.shapes import POINTS_HEADINGS, ends_with_stamp, looks_like_person
from comparer.model import BlockKind
from comparer.resources.loader import word_set

_HEADLINE = 7  # words; a longer line above the article is a headline rather than a menu entry
_NAMES = 0.6  # of the words; a line with more capitals is a list of names
_LONGEST_HEADING = 16  # words
_LEAST_RUN = 5  # short lines in a row that look like a list of links rather than headings
_SECTION_ENDS = {BlockKind.LEGAL, BlockKind.CONSENT, BlockKind.NEWSLETTER, BlockKind.SHARE, BlockKind.NAVIGATION}
_ABOUT = late(r"About (?:the )?[^\W\d_a-z][\w.'’&-]*(?: (?:of |the |and )?[^\W\d_a-z][\w.'’&-]*){0,4}:?")
_CUE_OVER_SECTION = 0.65
_HEADS = 3  # lines below a heading among which its text begins
_NEAR = 6  # lines after the article where names stand for its author

_LEAST_POSTS = 3
_LONGEST_POST = 24  # lines from one stamp to the next
_LONGEST_NAME = 4  # words, without a number before it and "says" behind
_STAMP = late(r"\b(?:19|20)\d{2}\b.*\b\d{1,2}:\d{2}|\b\d{1,2}:\d{2}.*\b(?:19|20)\d{2}\b", re.DOTALL)
_STAMPED = {BlockKind.TIMESTAMP, BlockKind.BYLINE, BlockKind.COMMENTS}
_POSTED = late(r"\W*(?:posted|comment(?:ed)?|written|submitted) (?:by|on)\b|\W*reply by\b", re.IGNORECASE)
_SPEAKS = word_set("cleaning_words", "post_says")
_EDITED = word_set("cleaning_words", "post_edited")
_LEAST_TEXT = 10  # words of a post that has any to speak of, with the name of the next writer
_WRITTEN_SHARE = 0.6  # of the posts


def type_opening(records: list[Record], start: int, title: int | None) -> int:
    """Settle everything before the article, whose headline is `title`; return where it begins, perhaps later."""
    if title is not None:
        records[title].decide(BlockKind.TITLE, 0.9, "headline above the article")
        start = max(start, title + 1)
    for at, one in enumerate(records[:start]):
        if one.kind is None:
            _type_above(records, at, title, start)
    return start


def _type_above(records: list[Record], at: int, title: int | None, start: int) -> None:
    one = records[at]
    unit = one.unit
    if one.cue is not None and (one.furniture or title is None or at < title):
        _follow_cue(one, one.cue)
    elif title is not None and unit.forms == records[title].unit.forms:
        one.decide(BlockKind.DUPLICATE, 0.9, f"repeats the title, line {records[title].unit.line}")
    elif one.repeats and unit.words >= 6:
        one.decide(BlockKind.DUPLICATE, 0.85, f"repeats line {one.repeats}")
    elif title is not None and title < at:
        _type_below_title(one, at - title, right_above=start - at == 1)
    elif unit.prose:
        one.decide(BlockKind.RELATED, 0.5, "text of another item above the article")
    elif unit.words >= _HEADLINE and not unit.separators:
        one.decide(BlockKind.RELATED, 0.5, "headline of another item above the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.75, "short line above the article")


def _type_below_title(one: Record, below: int, *, right_above: bool) -> None:
    """Settle a line that stands `below` lines below the title, above the article."""
    unit = one.unit
    if unit.text.casefold() in POINTS_HEADINGS:
        one.decide(BlockKind.SUBHEADING, 0.8, "heading of a summary")
    elif ends_with_stamp(unit):
        one.decide(BlockKind.TIMESTAMP, 0.75, "row with a date below the title")
    elif below <= 6 and looks_like_person(unit):
        one.decide(BlockKind.BYLINE, 0.75, "a name below the title")
    elif unit.words >= 8 or (unit.ends and unit.words >= 5):
        if below <= 3 and (unit.ends or (below == 1 and unit.capitals < _NAMES * unit.words)):
            one.decide(BlockKind.STANDFIRST, 0.7, "sentence between title and article")
        elif unit.prose:
            one.decide(BlockKind.CONTENT, 0.7, "running text between title and article")
        else:
            one.decide(BlockKind.CAPTION, 0.5, "unfinished sentence above the article")
    elif right_above and unit.words >= 3:
        one.decide(BlockKind.SUBHEADING, 0.5, "heading right above the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.6, "short line between title and article")


def _follow_cue(one: Record, cue: Cue) -> None:
    """Settle a line as its cue says; a caption may be printed twice."""
    if one.repeats and cue.kind is BlockKind.CAPTION:
        cue = cue._replace(kind=BlockKind.DUPLICATE, reason=f"repeats line {one.repeats}")
    one.follow(cue)


def type_inside(records: list[Record], start: int, end: int) -> None:
    """Settle every record from `start` to `end`."""
    section = ""
    for at in range(start, end):
        one = records[at]
        if one.furniture and one.cue is not None:
            section = one.cue.head
            _follow_cue(one, one.cue)
        elif one.repeats:
            one.decide(BlockKind.DUPLICATE, 0.9, f"repeats line {one.repeats}")
        elif one.unit.prose:
            section = ""
            one.decide(BlockKind.CONTENT, 0.93, "running text of the article")
        else:
            _type_short(records, at, start, end, section)


def _type_short(records: list[Record], at: int, start: int, end: int, section: str) -> None:
    one = records[at]
    unit = one.unit
    if section == "related" and not unit.ends:
        one.decide(BlockKind.RELATED, 0.8, "below a heading of links to other articles")
    elif unit.ends and unit.words >= 2:
        one.decide(BlockKind.CONTENT, 0.8, "short sentence within the article")
    elif unit.bullet or unit.text.endswith((":", "،", ",", ";")):
        one.decide(BlockKind.CONTENT, 0.75, "item or lead-in within the article")
    elif _in_run(records, at, start, end):
        one.decide(BlockKind.CONTENT, 0.55, "short line among others within the article")
    elif unit.words <= _LONGEST_HEADING and _before_text(records[at + 1 : min(end, at + 4)]):
        one.decide(BlockKind.SUBHEADING, 0.8, "heading between paragraphs")
    else:
        one.decide(BlockKind.CONTENT, 0.6, "line within the article")


def _in_run(records: list[Record], at: int, start: int, end: int) -> bool:
    """Tell whether a line stands in a run of short ones, of which no more are counted than matter."""
    above = itertools.takewhile(_is_short, reversed(records[max(start, at - _LEAST_RUN) : at]))
    below = itertools.takewhile(_is_short, records[at + 1 : min(end, at + _LEAST_RUN)])
    return 1 + len([*above, *below]) >= _LEAST_RUN


def _is_short(one: Record) -> bool:
    return not one.unit.prose and not one.unit.ends and not one.furniture


def _before_text(following: list[Record]) -> bool:
    return any(one.prose or (one.unit.ends and not one.furniture) for one in following)


def type_ending(records: list[Record], end: int) -> None:
    """Settle every record from `end` on."""
    section = ""
    for at in range(end, len(records)):
        one, cue = records[at], records[at].cue
        if cue is not None and (one.furniture or not one.unit.prose):
            if cue.head == "about_outlet" and not _text_follows(records, at):
                one.decide(BlockKind.NAVIGATION, 0.8, "link to what the outlet says about itself")
                continue
            if cue.head:
                section = cue.head
            elif cue.kind in _SECTION_ENDS and section != "comments":
                section = ""
            one.follow(cue)
        elif _is_about(one):
            # an author box, or the outlet's text about itself
            author = any(describes_author(r.unit) for r in records[at + 1 : at + 2])
            section = "author_bio" if author else "about_outlet"
            one.decide(BlockKind(section), 0.85, "heading above what someone says about themselves")
        else:
            _type_after(records, at, end, section)


def _type_after(records: list[Record], at: int, end: int, section: str) -> None:
    one = records[at]
    unit, cue = one.unit, one.cue
    if unit.words <= 60 and describes_author(unit):
        one.decide(BlockKind.AUTHOR_BIO, 0.75, "describes the author")
        for before in records[max(end, at - 3) : at]:
            if looks_like_person(before.unit):
                before.decide(BlockKind.AUTHOR_BIO, 0.7, "a name above a description of the author")
    elif cue is not None and (not section or (cue.strength >= _CUE_OVER_SECTION and section != "comments")):
        one.follow(cue)
    elif section:
        told = unit.ends and any(map(_is_about, records[max(0, at - 2) : at]))
        one.decide(BlockKind(section), 0.85 if told else 0.75, "below a heading of that kind")
    elif at - end < _NEAR and looks_like_person(unit) and _bio_follows(records, at):
        one.decide(BlockKind.AUTHOR_BIO, 0.7, "a name above a description of the author")
    elif unit.prose and unit.words >= 45:
        one.decide(BlockKind.ABOUT_OUTLET, 0.4, "long text after the article's end")
    elif unit.words >= 6:
        one.decide(BlockKind.RELATED, 0.6, "headline or teaser after the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.65, "short line after the article")


def _is_about(one: Record) -> bool:
    return one.unit.text.startswith("About") and _ABOUT().fullmatch(one.unit.text) is not None


def _text_follows(records: list[Record], at: int) -> bool:
    return any(one.unit.prose or one.unit.ends for one in records[at + 1 : at + 1 + _HEADS])


def _bio_follows(records: list[Record], at: int) -> bool:
    return any(
        describes_author(one.unit) or (one.cue is not None and one.cue.kind is BlockKind.AUTHOR_BIO)
        for one in records[at + 1 : at + 4]
    )


def find_threads(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the first record of each thread of readers' posts and the one after its last, in page order."""
    stamps = [at for at, one in enumerate(records) if _is_stamp(one)]
    signed = [at for at in stamps if _POSTED().match(records[at].unit.text)]
    named = [at for at in stamps if _name_above(records, at)]
    runs = (run for style in (signed, named) for run in _runs_of(style))
    return sorted(_thread(records, run) for run in runs if _has_text(records, run))


def _is_stamp(one: Record) -> bool:
    if one.cue is None or one.cue.kind not in _STAMPED:
        return False
    if one.unit.words > 16 or one.unit.forms[:1] == ["by"] or not _EDITED.isdisjoint(one.unit.vocabulary):
        return False
    return _STAMP().search(one.unit.text) is not None


def _name_above(records: Sequence[Record], at: int) -> bool:
    if not at or records[at - 1].unit.ends or records[at - 1].unit.forms[:1] == ["by"]:
        return False
    words = [f for f in records[at - 1].unit.forms if not f.isdigit() and f not in _SPEAKS]
    return 1 <= len(words) <= _LONGEST_NAME


def _runs_of(stamps: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for at in stamps:
        if found and at - found[-1][-1] <= _LONGEST_POST:
            found[-1].append(at)
        else:
            found.append([at])
    return [run for run in found if len(run) >= _LEAST_POSTS]


def _has_text(records: Sequence[Record], stamps: Sequence[int]) -> bool:
    texts = [sum(r.unit.words for r in records[a + 1 : b]) for a, b in itertools.pairwise(stamps)]
    return sum(words >= _LEAST_TEXT for words in texts) >= _WRITTEN_SHARE * len(texts)


def _thread(records: Sequence[Record], stamps: Sequence[int]) -> tuple[int, int]:
    start = stamps[0] - 1 if _name_above(records, stamps[0]) else stamps[0]
    end = stamps[-1] + 1
    longest = max(b - a for a, b in itertools.pairwise(stamps))
    while end < len(records) and end - stamps[-1] < longest and not records[end].furniture:
        end += 1
    return start, end
