"""Describe the lines of a page in numbers, for the learned second reading.

In: the records of a page after the first reading, by rules. Out: a matrix, a row for each record and a column for each
name in `NAMES`: the line's shape, the words it shares with the article, what the first reading made of it and of its
neighbours, where it stands. No column names a word, so that weights hold no text.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

import numpy as np

from comparer.cleaning.decision import Record
from comparer.cleaning.line_places import PLACE, READ, Matrix, describe_places, padded
from comparer.cleaning.lines import Unit, remembered
from comparer.model import BlockKind
from comparer.resources.loader import load_lexicon

_KINDS = tuple(BlockKind)
_DIGITS = re.compile(r"\d")
_MARGIN = 10  # lines; menus farther off stay what the rules make of them
_HEAD = 120  # words of a line that are looked up
_OPENING = 300  # characters of a line in which figures are counted
_TELLING = 3  # letters; shorter words say nothing about the topic
_SHAPE = (
    "words", "characters", "word_length", "capitals", "stop_words", "digits", "commas", "ends", "colon", "question",
    "quote", "bullet", "separators", "shouted", "lower_start", "digit_start", "you", "we", "said", "past",
    "ellipsis", "prose",
)  # fmt: skip
_SEEN = ("cue", "head", "furniture", "repeats", "belief", "kept")
_TOPIC = ("shared", "shared_twice", "shared_title")
_NEIGHBOURS = ("words", "ends", "prose", "furniture", "kept", "capitals", "shared", "stop_words")
_SHIFTS, _REACH = (-3, -2, -1, 1, 2, 3), 3
NAMES: tuple[str, ...] = (
    *_SHAPE,
    *_SEEN,
    *_TOPIC,
    *(f"kind_{k.value}" for k in _KINDS),
    *(f"cue_{k.value}" for k in _KINDS),
    *(f"{name}_{by:+d}" for by in _SHIFTS for name in _NEIGHBOURS),
    *PLACE,
)
COLUMN = {name: i for i, name in enumerate(NAMES)}
_AROUND_AT, _PLACE_AT = COLUMN[f"{_NEIGHBOURS[0]}_{_SHIFTS[0]:+d}"], len(NAMES) - len(PLACE)
_NEIGHBOUR_COLUMNS = np.array([COLUMN[name] for name in _NEIGHBOURS])
_READ_COLUMNS = np.array([COLUMN[name] for name in READ])
_SHAPE_ROW, _SEEN_ROW = struct.Struct(f"{len(_SHAPE)}f"), struct.Struct(f"{len(_SEEN) + len(_TOPIC)}f")
_KINDS_ROW = struct.Struct(f"{len(_KINDS)}f")
_KIND_ROWS = {kind: _KINDS_ROW.pack(*(k is kind for k in _KINDS)) for kind in (*_KINDS, None)}
_YOU = frozenset({"you", "your", "yours", "you're", "you'll"})
_WE = frozenset({"we", "our", "us", "ours", "i", "my", "me", "i'm", "we're"})
_SAID = frozenset({"said", "says", "told", "according", "added"})
_SPEAKING = _YOU | _WE | _SAID


def core(records: Sequence[Record]) -> slice:
    """Return the part of a page that is looked at twice: from the first running text to the last, with a margin."""
    text = [i for i, one in enumerate(records) if one.kept or one.prose]
    return slice(max(0, text[0] - _MARGIN), text[-1] + 1 + _MARGIN) if text else slice(0, 0)


def describe(records: Sequence[Record]) -> Matrix:
    """Return the matrix of a page: a row for each record, a column for each of `NAMES`."""
    out = np.empty((len(records), len(NAMES)), np.float32)
    if not records:
        return out
    parts: list[bytes] = []
    for one, shared in zip(records, _topics(records), strict=True):
        cue, belief = one.cue, one.probability if one.kept else -one.probability
        strength, head = (cue.strength, cue.head != "") if cue is not None else (0, False)
        parts += (
            _shape(one.unit),
            _SEEN_ROW.pack(strength, head, one.furniture, one.repeats > 0, belief, one.kept, *shared),
            _KIND_ROWS[one.kind],
            _KIND_ROWS[None] if cue is None else _cue_row(cue.kind, strength),
        )
    out[:, :_AROUND_AT] = np.frombuffer(b"".join(parts), np.float32).reshape(len(out), -1)
    around = padded(out[:, _NEIGHBOUR_COLUMNS], _REACH, -1)
    for at, by in zip(range(_AROUND_AT, _PLACE_AT, len(_NEIGHBOURS)), _SHIFTS, strict=True):
        out[:, at : at + len(_NEIGHBOURS)] = around[_REACH + by :][: len(out)]
    out[:, _PLACE_AT:] = describe_places(out[:, _READ_COLUMNS].T)
    return out


@lru_cache(maxsize=512)
def _cue_row(kind: BlockKind, strength: float) -> bytes:
    return _KINDS_ROW.pack(*(strength if k is kind else 0 for k in _KINDS))


@remembered
def _shape(unit: Unit) -> bytes:
    """Return the columns of `_SHAPE` for a line, packed as part of a row."""
    text, words = unit.text, max(unit.words, 1)
    head, opening, first, last = unit.forms[:_HEAD], text[:_OPENING], text[0], text[-1]
    speaks = not _SPEAKING.isdisjoint(unit.vocabulary)
    return _SHAPE_ROW.pack(
        min(unit.words, 400),
        min(len(text), 3000),
        len(text) / words if words < 3000 else 6,
        unit.capitals / words,
        sum(map(_stop_words().__contains__, head)) / (len(head) or 1),
        len(_DIGITS.findall(opening)) / len(opening) if unit.digit else 0,
        text.count(",", 0, 1000) / words,
        unit.ends,
        last in ":،",
        last == "?",
        first in "\"“'‘«„",
        unit.bullet,
        unit.separators,
        text.isupper(),
        first.islower(),
        first.isdigit(),
        speaks and sum(map(_YOU.__contains__, head)) / words,
        speaks and sum(map(_WE.__contains__, head)) / words,
        speaks and not _SAID.isdisjoint(head),
        f"{' '.join(head)} ".count("ed ") / words,
        last == "…" or text.endswith("..."),
        unit.prose,
    )


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(e for group in load_lexicon("cleaning_stop_words").groups for e in group.entries)


def _topics(records: Sequence[Record]) -> Iterator[tuple[float, float, float]]:
    """Yield for each record the share of its words that stand in the article, at least twice there, in its title."""
    words = [one.unit.vocabulary for one in records]
    short = {word for word in frozenset().union(*words) if len(word) <= _TELLING}
    prose = [one.kept and one.unit.prose for one in records]
    counts = Counter(chain.from_iterable([own for own, counted in zip(words, prose, strict=True) if counted]))
    once = counts.keys() - short
    twice = {word for word in once if counts[word] > 1}
    thrice = {word for word in twice if counts[word] > 2}
    title = next((one.unit.vocabulary for one in records if one.kind is BlockKind.TITLE), frozenset()) - short
    for own, counted in zip(words, prose, strict=True):
        size = len(own - short) or 1
        shared = own & (twice if counted else once)  # a paragraph's own words are counted, too
        often = len(shared & (thrice if counted else twice)) if shared else 0
        yield len(shared) / size, often / size, len(own & title) / size
