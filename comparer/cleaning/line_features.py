"""Describe the lines of a page in numbers, for the learned second reading.

In: the records of a page after the first reading, by rules. Out: a matrix, a row for each record and a column for each
name in `NAMES`: the line's shape, the words it shares with the article, what the first reading made of it and of its
neighbours, where it stands. No column names a word, so that weights hold no text.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain

import numpy as np

from comparer.cleaning.decision import Record
from comparer.cleaning.line_places import PLACE, READ, Matrix, describe_places, padded
from comparer.cleaning.lines import Unit, remembered
from comparer.model import BlockKind
from comparer.resources.loader import load_lexicon

_KINDS = tuple(BlockKind)
_KIND_INDEX = {kind: i for i, kind in enumerate(_KINDS)}
_ONE_HOT = np.eye(len(_KINDS) + 1, len(_KINDS), dtype=np.float32)  # the last row stands for no kind
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
_SEEN_AT, _TOPIC_AT = len(_SHAPE), len(_SHAPE) + len(_SEEN)
_KIND_AT = _TOPIC_AT + len(_TOPIC)
_CUE_AT = _KIND_AT + len(_KINDS)
_AROUND_AT, _PLACE_AT = _CUE_AT + len(_KINDS), len(NAMES) - len(PLACE)
_NEIGHBOUR_COLUMNS = np.array([COLUMN[name] for name in _NEIGHBOURS])
_READ_COLUMNS = np.array([COLUMN[name] for name in READ])
_ROW = struct.Struct(f"{len(_SHAPE)}f")
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
    out = np.zeros((len(records), len(NAMES)), np.float32)
    if not records:
        return out
    out[:, :_SEEN_AT] = np.frombuffer(b"".join([_shape(r.unit) for r in records]), np.float32).reshape(len(out), -1)
    out[:, _SEEN_AT:_TOPIC_AT] = _seen(records).T
    out[:, _TOPIC_AT:_KIND_AT] = _topic(records)
    out[:, _KIND_AT:_CUE_AT] = one_hot([r.kind for r in records])
    cues = one_hot([r.cue.kind if r.cue is not None else None for r in records])
    np.multiply(cues, out[:, COLUMN["cue"], None], out=out[:, _CUE_AT:_AROUND_AT])
    around = padded(out[:, _NEIGHBOUR_COLUMNS], _REACH, -1)
    for at, by in zip(range(_AROUND_AT, _PLACE_AT, len(_NEIGHBOURS)), _SHIFTS, strict=True):
        out[:, at : at + len(_NEIGHBOURS)] = around[_REACH + by :][: len(out)]
    out[:, _PLACE_AT:] = describe_places(out[:, _READ_COLUMNS].T)
    return out


def one_hot(kinds: Sequence[BlockKind | None]) -> Matrix:
    """Return a row for each kind with 1 in its column, in the order of `BlockKind`; zeros for none."""
    return _ONE_HOT.take([_KIND_INDEX[kind] if kind is not None else -1 for kind in kinds], axis=0)


@remembered
def _shape(unit: Unit) -> bytes:
    """Return the columns of `_SHAPE` for a line, packed as a row of the matrix."""
    text, words = unit.text, max(unit.words, 1)
    head, opening, first, last = unit.forms[:_HEAD], text[:_OPENING], text[0], text[-1]
    speaks = not _SPEAKING.isdisjoint(unit.vocabulary)
    return _ROW.pack(
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


def _seen(records: Sequence[Record]) -> Matrix:
    """Return the columns of `_SEEN`, each as a row."""
    out = np.empty((len(_SEEN), len(records)), np.float32)
    out[0] = [r.cue.strength if r.cue is not None else 0 for r in records]
    out[1] = [r.cue is not None and r.cue.head != "" for r in records]
    out[2] = [r.furniture for r in records]
    out[3] = [r.repeats > 0 for r in records]
    out[5] = [r.kept for r in records]
    out[4] = np.array([r.probability for r in records]) * (2 * out[5] - 1)
    return out


def _topic(records: Sequence[Record]) -> list[tuple[float, float, float]]:
    """Return for each record the share of its words that stand in the article, at least twice there, in its title."""
    words = [r.unit.vocabulary for r in records]
    short = {word for word in frozenset().union(*words) if len(word) <= _TELLING}
    telling = [own - short for own in words]
    prose = [r.kept and r.unit.prose for r in records]
    counts = Counter(chain.from_iterable([forms for forms, p in zip(telling, prose, strict=True) if p]))
    once, twice = set(counts), {f for f, n in counts.items() if n > 1}
    thrice = {f for f in twice if counts[f] > 2}
    title: frozenset[str] = next(
        (forms for forms, r in zip(telling, records, strict=True) if r.kind is BlockKind.TITLE), frozenset()
    )
    out = []
    for forms, own in zip(telling, prose, strict=True):
        elsewhere, often = (twice, thrice) if own else (once, twice)  # its own words are counted, too
        size = len(forms) or 1
        out.append((len(forms & elsewhere) / size, len(forms & often) / size, len(forms & title) / size))
    return out
