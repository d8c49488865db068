"""Type what stands within the article: paragraphs, headings, and furniture set between them.

In: the records and the article's range. Out: every record of the range is settled. Running text is kept unless a strong
cue speaks against it: losing a paragraph in silence is the worse error.
"""

from __future__ import annotations

from comparer.cleaning.decision import Record
from comparer.model import BlockKind

_LONGEST_HEADING = 16  # words
_LEAST_RUN = 5  # short lines in a row that look like a list of links rather than headings


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
