"""Find where on the page the article stands, which lines repeat others, and where readers' posts stand in a row.

In: the records in page order. Out: the first and last record of the article; for each unit the line it repeats; the
ranges of threads. Running text earns, furniture costs, and the stretch with the largest sum wins (the maximum subarray,
Bentley 1984; the same idea finds articles in HTML in Pasternack and Roth 2009). A page of many equal teasers fails: any
of them may win. A thread is name, day and hour, text, again and again; a list of teasers has the same shape, so the
line beside a stamp must be as short as a name, and the stamp must give a whole date with its hour, or say who posted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from comparer.cleaning.lines import Cue, Record, Unit, late
from comparer.cleaning.phrases import describes_author
from comparer.model import BlockKind
from comparer.resources.loader import word_set

_MOST_EARNING = 60  # a paragraph earns no more than this, or one long blurb would outweigh an article
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
_LEAST_POSTS = 3
_LONGEST_POST = 24  # lines from one stamp to the next
_LONGEST_NAME = 4  # words, without a number before it and "says" behind
_STAMP = late(r"\b(?:19|20)\d{2}\b.*\b\d{1,2}:\d{2}|\b\d{1,2}:\d{2}.*\b(?:19|20)\d{2}\b", re.DOTALL)
_POSTED = late(r"\W*(?:posted|comment(?:ed)?|written|submitted) (?:by|on)\b|\W*reply by\b", re.IGNORECASE)
_SPEAKS = word_set("cleaning_words", "post_says")
_EDITED = word_set("cleaning_words", "post_edited")
_LEAST_TEXT = 10  # words of a post that has any to speak of, with the name of the next writer
_WRITTEN_SHARE = 0.6  # of the posts
_INHERITED = frozenset(
    {
        BlockKind.NAVIGATION,
        BlockKind.RELATED,
        BlockKind.PROMOTION,
        BlockKind.NEWSLETTER,
        BlockKind.COMMENTS,
        BlockKind.ABOUT_OUTLET,
        BlockKind.LEGAL,
    }
)
_LEAST_WORDS = 5  # shorter lines ("Sport", "Read more") repeat on every page and say nothing by it


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
    return start, last if last > start else end


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
        return float(min(unit.words, _MOST_EARNING))
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


def find_threads(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the first record of each thread and the one after its last, in page order."""
    stamps = [i for i, one in enumerate(records) if one.cue is not None and _is_stamp(one, one.cue)]
    signed = [at for at in stamps if _POSTED().match(records[at].unit.text)]
    named = [at for at in stamps if _name_above(records, at)]
    return sorted(
        _thread(records, run) for style in (signed, named) for run in _runs_of(style) if _has_text(records, run)
    )


def _runs_of(stamps: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for at in stamps:
        if found and at - found[-1][-1] <= _LONGEST_POST:
            found[-1].append(at)
        else:
            found.append([at])
    return [run for run in found if len(run) >= _LEAST_POSTS]


def _is_stamp(one: Record, cue: Cue) -> bool:
    if cue.kind not in {BlockKind.TIMESTAMP, BlockKind.BYLINE, BlockKind.COMMENTS}:
        return False
    if one.unit.words > 16 or one.unit.forms[:1] == ["by"] or not _EDITED.isdisjoint(one.unit.vocabulary):
        return False
    return _STAMP().search(one.unit.text) is not None


def _has_text(records: Sequence[Record], stamps: Sequence[int]) -> bool:
    texts = [sum(r.unit.words for r in records[a + 1 : b]) for a, b in itertools.pairwise(stamps)]
    return sum(words >= _LEAST_TEXT for words in texts) >= _WRITTEN_SHARE * len(texts)


def _name_above(records: Sequence[Record], at: int) -> bool:
    if not at or records[at - 1].unit.ends or records[at - 1].unit.forms[:1] == ["by"]:
        return False
    words = [f for f in records[at - 1].unit.forms if not f.isdigit() and f not in _SPEAKS]
    return 1 <= len(words) <= _LONGEST_NAME


def _thread(records: Sequence[Record], stamps: Sequence[int]) -> tuple[int, int]:
    start = stamps[0] - 1 if _name_above(records, stamps[0]) else stamps[0]
    end = stamps[-1] + 1
    longest = max(b - a for a, b in itertools.pairwise(stamps))
    while end < len(records) and end - stamps[-1] < longest and not records[end].furniture:
        end += 1
    return start, end


def repeated_lines(page: Sequence[Unit]) -> list[int]:
    r"""Return for each unit the number of the first line with the same words, or 0 where it is the first.

    >>> from comparer.cleaning.lines import units
    >>> repeated_lines(units("The ferry ran aground off Skerrow\n\nThe ferry ran aground off Skerrow"))
    [0, 1]
    """
    first: dict[str, int] = {}
    found = []
    for unit in page:
        if unit.words < _LEAST_WORDS:
            found.append(0)
            continue
        known = first.setdefault(unit.key, unit.line)
        found.append(known if known != unit.line else 0)
    return found


def inherit_kinds(records: Sequence[Record]) -> None:
    """Give each repeated line the kind of the furniture it repeats; what repeats the article stays a duplicate."""
    repeated = [one for one in records if one.kind is BlockKind.DUPLICATE]
    by_line = {one.unit.line: one for one in reversed(records)} if repeated else {}
    for one in repeated:
        first = by_line.get(one.repeats)
        if first is not None and first.kind in _INHERITED:
            one.decide(first.kind, min(one.probability, first.probability), one.reason)
