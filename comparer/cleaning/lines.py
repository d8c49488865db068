"""Cut a page into its lines, or into paragraphs where a page is broken at a fixed width.

In: the page's text. Out: units with their span and shape. Blank lines and outer blanks belong to no unit; every other
character belongs to exactly one. Nothing here knows what furniture says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from comparer.model import KEPT_KINDS, BlockKind, Span
from comparer.resources.loader import word_set


def late(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """Return what gives a pattern, compiled when it is first asked for: a page of a few lines needs few of them."""
    return cache(lambda: re.compile(pattern, flags))


def any_of(*groups: str, of: str = "cleaning_words") -> str:
    """Return the words of some groups of a list as the alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(word_set(of, *groups), key=lambda word: (-len(word), word))))


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = late(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # scripts that put no blanks between words
_STOPS = frozenset(".!?…。！？؟।")
_CLOSING = "\"'”’»)]›“"
_LONGEST_END = 5  # characters
_BULLET = late(r"[•·●▪◦‣*\-–—+>»]\s+|\d{1,2}[.)]\s")
_SEPARATOR = late(r"\s(?:[|/•·>»›]\s|\s+\S)")
_DIGIT = re.compile(r"\d")

# A page of so few lines may be a page copied as one line; such a line is cut at what looks like the ends of sentences.
_BETWEEN_SENTENCES = late(r"(?:(?<=[^\s.][.!?])|(?<=[.!?][\"'”’»)\]]))\s+(?=[^\W\d_a-z]|[\"“‘«©(])|\s+(?=©)")
_FEW_LINES = 3
_WHOLE_PAGE, _LONGEST_CUT = 240, 200_000  # characters of a line that is cut
_LEAST_BREAKS = 3

# A page counts as broken at a fixed width when this share of its full lines run on in the next one.
_WRAPPED_SHARE, _LEAST_RUNNING = 0.4, 3
_NARROWEST, _WIDEST = 26, 140  # characters of its longest line: the columns of newspapers, and those of mail
_FULL = 0.6  # of that width
_REMEMBERED = 60  # characters of a line up to which what is found of it is remembered for the next page
_MOST_REMEMBERED = 8192  # lines
_LONGEST_READ = 6000  # characters of a line that are looked at for its words; the rest is of the same kind
_T = TypeVar("_T")
_Line = tuple[int, int, int, bool]  # start, end and number of a line, and whether a blank one stands before it


@dataclass(slots=True)
class Unit:
    """Hold one line or one re-joined paragraph: where it stands, its words and its shape.

    `words` counts them, `forms` are the first ones in lower case, `vocabulary` the different ones, `ends` tells
    whether it ends like a sentence, `digit` whether it prints a figure, `prose` whether it looks like running text (ten
    words and a full stop, or twenty-five words), `line` is its number on the page, counted from 1.
    """

    span: Span
    text: str
    line: int
    words: int
    forms: list[str]
    vocabulary: frozenset[str]
    capitals: int
    ends: bool
    bullet: bool
    separators: int
    digit: bool
    prose: bool

    @property
    def key(self) -> str:
        """Return the words in lower case, by which repeated lines are found."""
        return " ".join(self.forms)


class Cue(NamedTuple):
    """Hold what a line gives away: its kind, the belief in it (0..1), why, and the section it opens, if any."""

    kind: BlockKind
    strength: float
    reason: str
    head: str = ""


@dataclass(slots=True)
class Record:
    """Hold a unit, its cue, and the decision as far as it stands; `repeats` is the line it repeats, or 0.

    `furniture` tells whether the cue is strong enough for this line's shape, `prose` whether the line is running text
    that no cue calls furniture, `kept` whether it is settled as journalism.
    """

    unit: Unit
    cue: Cue | None = None
    furniture: bool = False
    prose: bool = False
    kind: BlockKind | None = None
    probability: float = 0.5
    reason: str = ""
    repeats: int = 0
    kept: bool = False

    def decide(self, kind: BlockKind, probability: float, reason: str) -> None:
        """Settle the kind of this unit."""
        self.kind, self.probability, self.reason = kind, probability, reason
        self.kept = kind in KEPT_KINDS

    def follow(self, cue: Cue) -> None:
        """Settle the kind of this unit as a cue says."""
        self.decide(cue.kind, cue.strength, cue.reason)

    def see(self, cue: Cue | None) -> None:
        """Take `cue` for what the line gives away."""
        self.cue = cue
        needed = 0.5 if not self.unit.prose else 0.82 if self.unit.words < 30 else 0.86  # to outweigh its look
        self.furniture = cue is not None and cue.strength >= needed
        self.prose = self.unit.prose and not self.furniture


def units(text: str) -> list[Unit]:
    r"""Return the page's units in order.

    >>> [u.text for u in units("Ferry aground\r\n\r\n  Nobody was hurt. ")]
    ['Ferry aground', 'Nobody was hurt.']
    """
    spans = list(_line_spans(text))
    width = max((end - start for start, end, _, _ in spans), default=0)
    if _NARROWEST <= width <= _WIDEST and _runs_on(text, spans, _FULL * width):
        spans = _joined(text, spans, _FULL * width)
    elif len(spans) <= _FEW_LINES:
        spans = [part for span in spans for part in _sentences(text, span)]
    return [unit_at(text, start, end, line=line) for start, end, line, _ in spans]


def unit_at(text: str, start: int, end: int, *, line: int) -> Unit:
    """Return the unit that stands from `start` to `end` of `text`, both without outer blanks."""
    own = text[start:end]
    look = _known_look(own) if end - start <= _REMEMBERED else _look(own)
    return Unit(Span(start, end), own, line, *look)


def words_of(text: str) -> list[str]:
    """Return the words of `text` in lower case with straight apostrophes; figures stay as they are."""
    return _WORD.findall(text.lower().replace("’", "'"))


def folded(text: str) -> str:
    """Return the words of `text` as `Unit.key` has those of a line."""
    return " ".join(words_of(text))


def remembered(find: Callable[[Unit], _T]) -> Callable[[Unit], _T]:
    """Let `find`, which looks at a line's text alone, remember short lines: menus are the same from page to page."""
    known: dict[str, _T] = {}

    def found(unit: Unit) -> _T:
        text = unit.text
        if len(text) > _REMEMBERED:
            return find(unit)
        if text not in known:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            known[text] = find(unit)
        return known[text]

    return found


def _line_spans(text: str) -> Iterator[_Line]:
    """Yield the lines that are not blank, without outer blanks."""
    at, gap = 0, False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        stripped = line.strip()
        if stripped:
            start = at + line.find(stripped)
            yield start, start + len(stripped), number, gap
        at += len(line)
        gap = not stripped


def _sentences(text: str, span: _Line) -> list[_Line]:
    """Cut a line that holds a whole page into its sentences; leave any other as it is."""
    start, end, line, gap = span
    if not _WHOLE_PAGE <= end - start <= _LONGEST_CUT:
        return [span]
    breaks = [m.span() for m in _BETWEEN_SENTENCES().finditer(text, start, end)]
    if len(breaks) < _LEAST_BREAKS:
        return [span]
    starts, ends = [start, *(b for _, b in breaks)], [*(a for a, _ in breaks), end]
    return [(a, b, line, gap) for a, b in zip(starts, ends, strict=True)]


def _runs_on(text: str, spans: list[_Line], full: float) -> bool:
    """Tell whether a page is broken at a width: its full lines run on, in lower case, in the line right below."""
    pairs = [(a, b) for a, b in itertools.pairwise(spans) if a[1] - a[0] >= full]
    running = sum(not b[3] and not _ends(text[a[0] : a[1]]) and text[b[0]].islower() for a, b in pairs)
    return running >= max(_LEAST_RUNNING, _WRAPPED_SHARE * len(pairs))


def _joined(text: str, spans: list[_Line], full: float) -> list[_Line]:
    out = spans[:1]
    for before, span in itertools.pairwise(spans):
        start, end, _, gap = span
        if not gap and before[1] - before[0] >= full and not _BULLET().match(text, start):
            out[-1] = (out[-1][0], end, *out[-1][2:])
        else:
            out.append(span)
    return out


def _look(own: str) -> tuple[int, list[str], frozenset[str], int, bool, bool, int, bool, bool]:
    """Return what a unit holds of a line's words and shape, from `words` on."""
    looked_at = own[:_LONGEST_READ]
    printed = _WORD.findall(looked_at.replace("’", "'"))
    forms = "\n".join(printed).lower().split("\n") if printed else []
    capitals, ends = sum(word[0].isupper() for word in printed), _ends(own)
    words = len(forms) if own.isascii() else len(forms) + len(_UNSPACED().findall(looked_at)) // 2
    if len(own) > _LONGEST_READ:
        words = words * len(own) // _LONGEST_READ
    separators = len(_SEPARATOR().findall(looked_at)) if words < 60 else 0
    text = (words >= 10 and ends) or (words >= 25 and capitals < 0.6 * words)
    return (
        words,
        forms,
        frozenset(forms),
        capitals,
        ends,
        _BULLET().match(own) is not None,
        separators,
        _DIGIT.search(own) is not None,
        text and (separators < 3 or words >= 40),
    )


_known_look = lru_cache(maxsize=_MOST_REMEMBERED)(_look)


def _ends(own: str) -> bool:
    """Tell whether a line ends with the mark of a sentence's end, perhaps within quotation marks or brackets."""
    last = own[-1:]
    return last in _STOPS or (last in _CLOSING and own[-_LONGEST_END:].rstrip(_CLOSING)[-1:] in _STOPS)
