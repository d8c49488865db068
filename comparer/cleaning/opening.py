"""Type what stands before the article: menus, title, standfirst, bylines, dates, captions.

In: the records and the article's range. Out: the range without what turned out to be opening matter; every record
before it is settled. The title is the line above the article that shares most words with it and looks like a headline;
a page that begins with its lede has none.
"""

from __future__ import annotations

from comparer.cleaning.decision import Record
from comparer.cleaning.repeats import near_copy
from comparer.cleaning.shapes import POINTS_HEADINGS, ends_with_stamp, looks_like_person
from comparer.model import BlockKind

_REACH = 16  # lines above the article among which a title is looked for
_LEAST_TITLE = 1.5
_COPY_REACH = 9  # lines within which a standfirst is repeated as lede
_HEADLINE = 7  # words; a longer line above the article is a headline rather than a menu entry
_SIGNED = frozenset({BlockKind.TIMESTAMP, BlockKind.BYLINE})
_SHORT_WORD = 3  # letters; shorter words say nothing about the topic


def type_opening(records: list[Record], start: int, end: int) -> tuple[int, int]:
    """Settle everything before the article and return the article's range, perhaps begun later."""
    title = _find_title(records, start, end)
    if title is not None:
        records[title].decide(BlockKind.TITLE, 0.9, "headline above the article")
        if title >= start:
            start = title + 1
    for i in range(max(0, start - _COPY_REACH), start + 1):
        _set_aside_copied_lede(records, i, start, end)
    for i in range(start):
        if records[i].kind is None:
            _type_line(records, i, title, start)
    return start, end


def _set_aside_copied_lede(records: list[Record], at: int, start: int, end: int) -> None:
    """Take the first of two copies of the lede for the standfirst, and let the second stand in the article."""
    if at >= len(records) or not records[at].unit.prose or records[at].kind is not None:
        return
    for later in range(max(at + 1, start), min(start + _COPY_REACH, end)):
        if records[later].unit.prose and near_copy(records[at].unit, records[later].unit):
            line = records[later].unit.line
            records[at].decide(BlockKind.DUPLICATE, 0.93, f"standfirst that repeats the lede, line {line}")
            records[later].repeats = 0
            if not records[later].furniture:
                records[later].see(None)
            return


def _topic(records: list[Record], start: int, end: int) -> set[str]:
    words: set[str] = set()
    for one in records[start : min(end, start + 40)]:
        if one.prose:
            words.update(one.unit.forms)
    return words


def _find_title(records: list[Record], start: int, end: int) -> int | None:
    topic = _topic(records, start, end)
    best, best_score = None, _LEAST_TITLE
    for i in range(max(0, start - _REACH), start):
        score = _title_score(records, i, start, topic)
        if score >= best_score:
            best, best_score = i, score
    return best


def _title_score(records: list[Record], at: int, start: int, topic: set[str]) -> float:
    one = records[at]
    unit = one.unit
    if one.furniture or one.kind is not None or not 2 <= unit.words <= 32 or unit.separators >= 2:
        return 0.0
    telling = [f for f in unit.forms if len(f) > _SHORT_WORD]
    shared = sum(f in topic for f in telling) / len(telling) if telling else 0.0
    score = 2.0 * shared
    score += 0.8 if 4 <= unit.words <= 20 else 0.0
    score += 0.4 if not unit.text.endswith(".") else -0.4
    score += 0.4 if at == 0 or records[at - 1].furniture or records[at - 1].unit.words <= 3 else 0.0
    behind = [r.cue.kind for r in records[at + 1 : at + 5] if r.cue is not None and r.furniture]
    score += 0.5 if BlockKind.BYLINE in behind or BlockKind.TIMESTAMP in behind else 0.0
    score -= 0.05 * (start - at)
    return score


def _type_line(records: list[Record], at: int, title: int | None, start: int) -> None:
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
    elif unit.words <= 6 and _near_time(records, at) and looks_like_person(unit):
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
        if at - title <= 3 or unit.prose:
            one.decide(BlockKind.STANDFIRST, 0.7, "sentence between title and article")
        else:
            one.decide(BlockKind.CAPTION, 0.5, "unfinished sentence above the article")
    elif start - at == 1 and unit.words >= 3:
        one.decide(BlockKind.SUBHEADING, 0.5, "heading right above the article")
    else:
        one.decide(BlockKind.NAVIGATION, 0.6, "short line between title and article")


def _near_time(records: list[Record], at: int) -> bool:
    around = records[max(0, at - 2) : at] + records[at + 1 : at + 3]
    return any(r.cue is not None and r.cue.kind in _SIGNED for r in around)
