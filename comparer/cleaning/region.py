"""Find where on the page the article stands.

In: the records in page order. Out: the first and last record of the article. Running text earns, furniture costs, and
the stretch with the largest sum wins (the maximum subarray, Bentley 1984; the same idea finds articles in HTML in
Pasternack and Roth 2009). A page of many equal teasers fails: any of them may win.
"""

from __future__ import annotations

from comparer.cleaning.cues import Cue
from comparer.cleaning.decision import Record
from comparer.cleaning.ending import describes_author
from comparer.model import BlockKind

_MOST_WORDS = 60  # a paragraph earns no more than this, or one long blurb would outweigh an article
_PLAIN_SHORT = -5.0
_FURNITURE = -9.0
_SECTION = {"related": -14.0, "comments": -45.0, "author_bio": -20.0, "about_outlet": -30.0}
_DROPPED_PROSE = {
    BlockKind.CONSENT: -40.0,
    BlockKind.LEGAL: -25.0,
    BlockKind.ABOUT_OUTLET: -30.0,
    BlockKind.COMMENTS: -25.0,
}
_PASSING = {
    BlockKind.CAPTION,
    BlockKind.PROMOTION,
    BlockKind.TIMESTAMP,
}  # stand between paragraphs without ending an article
_TAIL = 8  # lines at the article's end that are looked over once more
_TAIL_CUE = 0.6
_TAIL_KINDS = {
    BlockKind.ABOUT_OUTLET,
    BlockKind.AUTHOR_BIO,
    BlockKind.NEWSLETTER,
    BlockKind.COMMENTS,
    BlockKind.LEGAL,
    BlockKind.PROMOTION,
    BlockKind.RELATED,
}
_APART = 2  # short lines on either side that set a paragraph apart
_SCATTERED = 0.4
_TEASERS_AFTER_HEAD = 12  # lines after a heading of links in which lone paragraphs are taken for teasers


def article_region(records: list[Record]) -> tuple[int, int] | None:
    """Return the indices of the first record of the article and of the one after its last, or None."""
    worths = _worths(records)
    best, best_range = 0.0, None
    total, start = 0.0, 0
    for i, worth in enumerate(worths):
        if total <= 0:
            total, start = 0.0, i
        total += worth
        if total > best:
            best, best_range = total, (start, i + 1)
    return _trimmed(records, *best_range) if best_range else None


def _trimmed(records: list[Record], start: int, end: int) -> tuple[int, int]:
    """Take author boxes, blurbs and prompts off the article's end, even where their cue alone would not do."""
    last = end
    for i in range(end - 1, max(start, end - _TAIL) - 1, -1):
        one = records[i]
        weak = one.cue is not None and one.cue.kind in _TAIL_KINDS and one.cue.strength >= _TAIL_CUE
        if weak or (one.unit.words <= 60 and describes_author(one.unit) and "said" not in one.unit.forms):
            last = i
        elif one.unit.prose or one.unit.ends:
            break
    return start, _with_cut_line(records, last if last > start else end)


def _with_cut_line(records: list[Record], end: int) -> int:
    """Add the paragraph in which a page stops in mid-sentence, at its end or before a prompt to read on."""
    if end >= len(records):
        return end
    unit, cue = records[end].unit, records[end].cue
    following = records[end + 1].cue if end + 1 < len(records) else None
    at_end = end + 1 == len(records) or (following is not None and following.kind is BlockKind.NEWSLETTER)
    cut = unit.words >= 12 and not unit.ends and unit.capitals < 0.3 * unit.words
    return end + 1 if cue is None and at_end and cut and records[end - 1].unit.prose else end


def _worths(records: list[Record]) -> list[float]:
    worths = []
    since_head, section, seen = 99, "", 0
    for i, record in enumerate(records):
        head = record.cue.head if record.cue is not None and record.furniture else ""
        since_head = 0 if head else since_head + 1
        section = head or section
        worth = _worth(record)
        if record.prose:
            lone = not _beside_prose(records, i)
            if lone and _far_from_prose(records, i):
                worth *= _SCATTERED
            if since_head <= _TEASERS_AFTER_HEAD and lone and section == "related":
                worth = min(worth, 6.0) * 0.2
            if section == "comments" and seen > 150:
                worth *= 0.3
            seen += record.unit.words
        worths.append(worth)
    return worths


def _beside_prose(records: list[Record], at: int) -> bool:
    return any(0 <= k < len(records) and records[k].prose for k in (at - 1, at + 1))


def _far_from_prose(records: list[Record], at: int) -> bool:
    """Tell whether a paragraph stands alone among short lines, as teasers do."""
    before = records[max(0, at - _APART) : at]
    after = records[at + 1 : at + 1 + _APART]
    return not any(r.prose or r.unit.ends for r in before) and not any(r.prose or r.unit.ends for r in after)


def _worth(record: Record) -> float:
    unit, cue = record.unit, record.cue
    if record.repeats and not unit.prose:
        return _FURNITURE
    if record.furniture and cue is not None:
        return _worth_of_furniture(record, cue)
    if unit.prose:
        return float(min(unit.words, _MOST_WORDS))
    if unit.ends and unit.words >= 4:
        return 3.0
    if unit.bullet and unit.words >= 4:
        return 0.0
    return _PLAIN_SHORT if unit.words < 8 else _PLAIN_SHORT + 1


def _worth_of_furniture(record: Record, cue: Cue) -> float:
    if cue.head:
        return _SECTION.get(cue.head, _FURNITURE)
    if record.unit.prose:
        return _DROPPED_PROSE.get(cue.kind, -12.0)
    return -2.0 if cue.kind in _PASSING else _FURNITURE
