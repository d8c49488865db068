"""Find threads of readers' posts that no heading announces: name, day and hour, text, again and again.

In: the records of a page with their cues. Out: the ranges of the threads. A list of teasers has the same shape, so the
line beside a stamp must be as short as a name, and the stamp must give a whole date with its hour, or say who posted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from comparer.cleaning.cues import Cue
from comparer.cleaning.decision import Record
from comparer.model import BlockKind

_LEAST_POSTS = 3
_LONGEST_POST = 24  # lines from one stamp to the next
_LONGEST_NAME = 4  # words, without a number before it and "says" behind
_STAMP = re.compile(r"\b(?:19|20)\d{2}\b.*\b\d{1,2}:\d{2}|\b\d{1,2}:\d{2}.*\b(?:19|20)\d{2}\b", re.DOTALL)
_POSTED = re.compile(r"\W*(?:posted|comment(?:ed)?|written|submitted) (?:by|on)\b|\W*reply by\b", re.IGNORECASE)
_SPEAKS = frozenset({"says", "said", "wrote", "writes", "on", "at", "commented", "posted"})
_EDITED = frozenset({"updated", "published", "modified", "created"})
_LEAST_TEXT = 10  # words of a post that has any to speak of, with the name of the next writer
_WRITTEN_SHARE = 0.6  # of the posts


def find_threads(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the first record of each thread and the one after its last, in page order."""
    stamps = [i for i, one in enumerate(records) if one.cue is not None and _is_stamp(one, one.cue)]
    signed = [at for at in stamps if _POSTED.match(records[at].unit.text)]
    named = [at for at in stamps if _name_above(records, at)]
    return sorted(_range(records, run) for style in (signed, named) for run in _runs(style) if _has_text(records, run))


def _runs(stamps: Sequence[int]) -> list[list[int]]:
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
    return _STAMP.search(one.unit.text) is not None


def _has_text(records: Sequence[Record], stamps: Sequence[int]) -> bool:
    texts = [sum(r.unit.words for r in records[a + 1 : b]) for a, b in itertools.pairwise(stamps)]
    return sum(words >= _LEAST_TEXT for words in texts) >= _WRITTEN_SHARE * len(texts)


def _name_above(records: Sequence[Record], at: int) -> bool:
    if not at or records[at - 1].unit.ends or records[at - 1].unit.forms[:1] == ["by"]:
        return False
    words = [f for f in records[at - 1].unit.forms if not f.isdigit() and f not in _SPEAKS]
    return 1 <= len(words) <= _LONGEST_NAME


def _range(records: Sequence[Record], stamps: Sequence[int]) -> tuple[int, int]:
    start = stamps[0] - 1 if _name_above(records, stamps[0]) else stamps[0]
    end = stamps[-1] + 1
    longest = max(b - a for a, b in itertools.pairwise(stamps))
    while end < len(records) and end - stamps[-1] < longest and not records[end].furniture:
        end += 1
    return start, end
