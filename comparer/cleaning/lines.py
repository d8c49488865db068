"""Cut a page into its lines, or into paragraphs where a page is broken at a fixed width.

In: the page's text. Out: units with their span and shape. Blank lines and outer blanks belong to no unit; every other
character belongs to exactly one. Nothing here knows what furniture says.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from comparer.model import Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # scripts that put no blanks between words
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]›“]*$")
_BULLET = re.compile(r"[•·●▪◦‣*\-–—+>»]\s+|\d{1,2}[.)]\s")
_SEPARATOR = re.compile(r"\s[|/•·>»›]\s|\s{2,}\S")
_MAY_SEPARATE = re.compile(r"[|/•·>»›]|[^\S ]|  ")

# A page of so few lines may be a page copied as one line; such a line is cut at what looks like the ends of sentences.
_BETWEEN_SENTENCES = re.compile(r"(?:(?<=[^\s.][.!?])|(?<=[.!?][\"'”’»)\]]))\s+(?=[^\W\d_a-z]|[\"“‘«©(])|\s+(?=©)")
_FEW_LINES = 3
_WHOLE_PAGE, _LONGEST_CUT = 240, 200_000  # characters of a line that is cut
_LEAST_BREAKS = 3

# A page counts as broken at a fixed width when this share of its long lines run on in the next one.
_WRAPPED_SHARE = 0.4
_LONG_LINE = 45  # characters
REMEMBERED = 60  # characters of a line up to which what is found of it is remembered for the next page
_LONGEST_READ = 6000  # characters of a line that are looked at for its words; the rest is of the same kind


@dataclass(slots=True)
class Unit:
    """Hold one line or one re-joined paragraph: where it stands, its words and its shape.

    `words` counts them, `forms` are the first ones in lower case, `ends` tells whether it ends like a sentence, `line`
    is its number on the page, counted from 1, `gap` whether a blank line stands before it.
    """

    span: Span
    text: str
    line: int
    gap: bool
    words: int
    forms: list[str]
    capitals: int
    ends: bool
    bullet: bool
    separators: int

    @property
    def key(self) -> str:
        """Return the words in lower case, by which repeated lines are found."""
        return " ".join(self.forms)

    @property
    def shouted(self) -> bool:
        """Tell whether the line is printed in capitals."""
        return self.text.isupper()

    @property
    def prose(self) -> bool:
        """Tell whether the line looks like running text: ten words and a full stop, or twenty-five words."""
        if self.separators >= 3 and self.words < 40:
            return False
        if self.words >= 10 and self.ends:
            return True
        return self.words >= 25 and self.capitals < 0.6 * self.words


def units(text: str) -> list[Unit]:
    r"""Return the page's units in order.

    >>> [u.text for u in units("Ferry aground\r\n\r\n  Nobody was hurt. ")]
    ['Ferry aground', 'Nobody was hurt.']
    """
    spans = list(_line_spans(text))
    if _is_wrapped(text, spans):
        spans = list(_joined(text, spans))
    elif len(spans) <= _FEW_LINES:
        spans = [part for span in spans for part in _sentences(text, span)]
    made = []
    for start, end, line, gap in spans:
        made.append(unit_at(text, start, end, line=line, gap=gap))
    return made


def words_of(text: str) -> list[str]:
    """Return the words of `text` in lower case with straight apostrophes; figures stay as they are."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _line_spans(text: str) -> list[tuple[int, int, int, bool]]:
    spans: list[tuple[int, int, int, bool]] = []
    last, number, gap = 0, 1, False
    for match in _LINE.finditer(text):
        start, end = match.span()
        between = text[last:start]
        breaks = len(between) - between.count("\r\n")
        number, last = number + breaks, end
        gap = gap or breaks > 1
        raw = match.group()
        stripped = raw.strip()
        if stripped:
            lead = len(raw) - len(raw.lstrip())
            spans.append((start + lead, start + lead + len(stripped), number, gap))
            gap = False
        else:
            gap = True
    return spans


def _sentences(text: str, span: tuple[int, int, int, bool]) -> list[tuple[int, int, int, bool]]:
    """Cut a line that holds a whole page into its sentences; leave any other as it is."""
    start, end, line, gap = span
    if not _WHOLE_PAGE <= end - start <= _LONGEST_CUT:
        return [span]
    breaks = [m.span() for m in _BETWEEN_SENTENCES.finditer(text, start, end)]
    if len(breaks) < _LEAST_BREAKS:
        return [span]
    starts, ends = [start, *(b for _, b in breaks)], [*(a for a, _ in breaks), end]
    return [(a, b, line, gap) for a, b in zip(starts, ends, strict=True)]


def _runs_on(text: str, left: tuple[int, int, int, bool], right: tuple[int, int, int, bool]) -> bool:
    long = left[1] - left[0] >= _LONG_LINE
    return long and not right[3] and not _SENTENCE_END.search(text, max(left[0], left[1] - 4), left[1])


def _is_wrapped(text: str, spans: list[tuple[int, int, int, bool]]) -> bool:
    long = [s for s in spans if s[1] - s[0] >= _LONG_LINE]
    if len(long) < 6 or max(s[1] - s[0] for s in long) > 140:
        return False
    pairs = itertools.pairwise(spans)
    running = sum(_runs_on(text, left, right) and text[right[0]].islower() for left, right in pairs)
    return running >= _WRAPPED_SHARE * len(long)


def _joined(text: str, spans: list[tuple[int, int, int, bool]]) -> list[tuple[int, int, int, bool]]:
    width = max(s[1] - s[0] for s in spans)
    out: list[tuple[int, int, int, bool]] = []
    previous: tuple[int, int, int, bool] | None = None
    for span in spans:
        follows = previous is not None and not span[3] and previous[1] - previous[0] >= 0.6 * width
        if follows and previous is not None and not _BULLET.match(text, span[0]):
            out[-1] = (out[-1][0], span[1], out[-1][2], out[-1][3])
        else:
            out.append(span)
        previous = span
    return out


def unit_at(text: str, start: int, end: int, *, line: int, gap: bool) -> Unit:
    """Return the unit that stands from `start` to `end` of `text`, both without outer blanks."""
    own = text[start:end]
    look = _remembered(own) if end - start <= REMEMBERED else _look(own)
    return Unit(Span(start, end), own, line, gap, *look)


def _look(own: str) -> tuple[int, list[str], int, bool, bool, int]:
    """Return the words, their forms, capitals, end, bullet and separators of a line."""
    looked_at = own[:_LONGEST_READ]
    printed = _WORD.findall(looked_at)
    words = len(printed) if own.isascii() else len(printed) + len(_UNSPACED.findall(looked_at)) // 2
    if len(own) > _LONGEST_READ:
        words = words * len(own) // _LONGEST_READ
    lowered = "\n".join(printed).lower().replace("’", "'")
    return (
        words,
        lowered.split("\n") if lowered else [],
        sum(map(str.isupper, [w[0] for w in printed])),
        _SENTENCE_END.search(own, max(0, len(own) - 5)) is not None,
        _BULLET.match(own) is not None,
        len(_SEPARATOR.findall(looked_at)) if words < 60 and _MAY_SEPARATE.search(looked_at) else 0,
    )


_remembered = lru_cache(maxsize=8192)(_look)  # menus are the same from page to page
