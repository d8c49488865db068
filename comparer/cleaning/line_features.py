"""Describe the lines of a page in numbers, for the learned second reading.

In: the records of a page after the first reading, by rules. Out: a matrix, a row for each record and a column for each
name in `NAMES`: the line's shape, the words it shares with the article, what the first reading made of it and of its
neighbours, where it stands. `believed` adds what the first network believes of the lines around (a page is a sequence).
No column names a word, so that weights hold no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.decision import Record
from comparer.cleaning.lines import REMEMBERED, Unit, unit_at
from comparer.model import KEPT_KINDS, BlockKind
from comparer.resources.loader import load_lexicon

Matrix = NDArray[np.float32]
_KINDS = tuple(BlockKind)
_KIND_INDEX = {kind: i for i, kind in enumerate(_KINDS)}
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
_BELIEFS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_LONG = 60  # words; a longer line weighs no more
_SHORT = 8  # words
_NEIGHBOURS = ("words", "ends", "prose", "furniture", "kept", "capitals", "shared", "stop_words")
_REACH = (-3, -2, -1, 1, 2, 3)
_PLACE = (
    "line", "share_above", "words_above", "to_prose_above", "to_prose_below", "to_cue_above", "to_cue_below",
    "kept_above", "kept_below", "prose_10", "short_10", "furniture_10", "kept_10", "run_short", "run_above", "lines",
    "page_prose", "page_kept", "page_subheadings", "page_short_kept", "same_shape", "since_head",
    "to_subheading_above", "to_subheading_below",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *_SHAPE,
    *_SEEN,
    *_TOPIC,
    *(f"kind_{k.value}" for k in _KINDS),
    *(f"cue_{k.value}" for k in _KINDS),
    *(f"{name}_{by:+d}" for by in _REACH for name in _NEIGHBOURS),
    *_PLACE,
)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(e for group in load_lexicon("cleaning_stop_words").groups for e in group.entries)


def core(records: Sequence[Record]) -> slice:
    """Return the part of a page that is looked at twice: from the first running text to the last, with a margin."""
    text = [i for i, one in enumerate(records) if one.kept or one.prose]
    return slice(max(0, text[0] - _MARGIN), text[-1] + 1 + _MARGIN) if text else slice(0, 0)


def describe(records: Sequence[Record]) -> Matrix:
    """Return the matrix of a page: a row for each record, a column for each of `NAMES`."""
    if not records:
        return np.zeros((0, len(NAMES)), np.float32)
    shape = np.array([_shape(r.unit) for r in records], np.float32)
    seen = np.array([_seen(r) for r in records], np.float32)
    topic = _topic(records)
    kinds = np.zeros((len(records), 2 * len(_KINDS)), np.float32)
    for i, one in enumerate(records):
        if one.kind is not None:
            kinds[i, _KIND_INDEX[one.kind]] = 1
        if one.cue is not None:
            kinds[i, len(_KINDS) + _KIND_INDEX[one.cue.kind]] = one.cue.strength
    own = np.hstack([shape, seen, topic])
    columns = [(*_SHAPE, *_SEEN, *_TOPIC).index(name) for name in _NEIGHBOURS]
    around = [_shifted(own[:, columns], by, beyond=-1) for by in _REACH]
    return np.hstack([own, kinds, *around, _place(records, own)])


def _shape(unit: Unit) -> tuple[float, ...]:
    return _remembered(unit.text) if len(unit.text) <= REMEMBERED else _look(unit)


@lru_cache(maxsize=8192)
def _remembered(line: str) -> tuple[float, ...]:
    return _look(unit_at(line, 0, len(line), line=1, gap=False))


def _look(unit: Unit) -> tuple[float, ...]:
    text, forms, words = unit.text, unit.forms, max(unit.words, 1)
    stop = _stop_words()
    first = text[0]
    head = forms[:_HEAD]
    opening = text[:_OPENING]
    return (
        min(unit.words, 400),
        min(len(text), 3000),
        len(text) / words if words < 3000 else 6,
        unit.capitals / words,
        sum(map(stop.__contains__, head)) / max(len(head), 1),
        len(_DIGITS.findall(opening)) / len(opening),
        text.count(",", 0, 1000) / words,
        unit.ends,
        text.endswith((":", "،")),
        text.endswith("?"),
        first in "\"“'‘«„",
        unit.bullet,
        unit.separators,
        unit.shouted,
        first.islower(),
        first.isdigit(),
        sum(map(_YOU.__contains__, head)) / words,
        sum(map(_WE.__contains__, head)) / words,
        not _SAID.isdisjoint(head),
        len([1 for f in head if f[-2:] == "ed"]) / words,
        text.endswith(("...", "…")),
        unit.prose,
    )


_YOU = frozenset({"you", "your", "yours", "you're", "you'll"})
_WE = frozenset({"we", "our", "us", "ours", "i", "my", "me", "i'm", "we're"})
_SAID = frozenset({"said", "says", "told", "according", "added"})


def _seen(one: Record) -> tuple[float, ...]:
    kept = one.kind in KEPT_KINDS
    return (
        one.cue.strength if one.cue is not None else 0.0,
        one.cue is not None and bool(one.cue.head),
        one.furniture,
        bool(one.repeats),
        one.probability if kept else -one.probability,
        kept,
    )


def _topic(records: Sequence[Record]) -> Matrix:
    telling = [frozenset([f for f in r.unit.forms if len(f) > _TELLING]) for r in records]
    prose = [r.kept and r.unit.prose for r in records]
    counts = Counter(f for forms, p in zip(telling, prose, strict=True) if p for f in forms)
    title = next((forms for forms, r in zip(telling, records, strict=True) if r.kind is BlockKind.TITLE), frozenset())
    out = np.zeros((len(records), 3), np.float32)
    for i, (forms, own) in enumerate(zip(telling, prose, strict=True)):
        if forms:
            found = [counts[f] for f in forms if f in counts]
            twice = [n for n in found if n > 1]
            out[i] = (
                len(twice if own else found) / len(forms),
                (len([n for n in twice if n > 2]) if own else len(twice)) / len(forms),
                len(forms & title) / len(forms),
            )
    return out


def _shifted(columns: Matrix, by: int, *, beyond: int) -> Matrix:
    """Return the rows of the record `by` places further on, `beyond` past the page's ends."""
    out = np.full_like(columns, beyond)
    if abs(by) < len(columns):
        if by > 0:
            out[:-by] = columns[by:]
        else:
            out[-by:] = columns[:by]
    return out


def _since(flags: NDArray[np.bool_]) -> Matrix:
    """Return how many rows above the nearest row with the flag stands, at most 50."""
    at = np.where(flags, np.arange(len(flags)), -1000)
    above = np.maximum.accumulate(np.concatenate([[-1000], at[:-1]]))
    return np.asarray(np.minimum(np.arange(len(flags)) - above, 50), np.float32)


def _window(values: Matrix, reach: int) -> Matrix:
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low), np.float32)


def _place(records: Sequence[Record], own: Matrix) -> Matrix:
    names = (*_SHAPE, *_SEEN, *_TOPIC)
    column = {name: own[:, i] for i, name in enumerate(names)}
    count = len(records)
    prose, kept = column["prose"] > 0, column["kept"] > 0
    kept_prose = prose & kept
    words = column["words"].astype(np.float64)
    heads = (column["head"] > 0) & (column["furniture"] > 0)
    furniture, short = column["furniture"] > 0, ~prose & (column["ends"] == 0)
    flipped = slice(None, None, -1)
    weight = np.where(kept_prose, words, 0)
    above = np.cumsum(weight) - weight
    total = max(float(weight.sum()), 1.0)
    subheadings = np.array([r.kind is BlockKind.SUBHEADING for r in records])
    short_kept = kept & ~prose
    lines = np.arange(count)
    styles = list(
        zip(column["words"].clip(0, 12) // 3, column["capitals"] > 0.7, column["ends"], column["bullet"], strict=True)
    )
    alike = Counter(styles)
    return np.column_stack(
        [
            np.minimum(lines, 300),
            lines / count,
            above / total,
            _since(kept_prose),
            _since(kept_prose[flipped])[flipped],
            _since(furniture),
            _since(furniture[flipped])[flipped],
            np.minimum(above, 3000),
            np.minimum(total - above - weight, 3000),
            _window(prose.astype(np.float32), 10),
            _window(short.astype(np.float32), 10),
            _window(furniture.astype(np.float32), 10),
            _window(kept.astype(np.float32), 10),
            _since(~short) + _since(~short[flipped])[flipped],
            _since(~short),
            np.full(count, min(count, 1000)),
            np.full(count, prose.mean()),
            np.full(count, kept.mean()),
            np.full(count, subheadings.sum() / max(kept_prose.sum(), 1)),
            np.full(count, short_kept.sum() / max(kept_prose.sum(), 1)),
            np.array([alike[s] for s in styles]) / count,
            _since(heads),
            _since(subheadings),
            _since(subheadings[flipped])[flipped],
        ]
    ).astype(np.float32)


def believed(belief: Matrix, words: Matrix) -> Matrix:
    """Return a row for each record that says what the first network believes of it and of the lines around it."""
    count = len(belief)
    weight = np.minimum(words, _LONG)
    heavy = belief * weight
    total = float(heavy.sum()) + 1
    short = words < _SHORT
    columns = [np.log((belief + 1e-3) / (1 - belief + 1e-3))]
    columns += [_shifted(belief, by, beyond=0) for by in _BELIEFS]
    for reach in (5, 15):
        columns += [_mean_above(heavy, weight, reach), _mean_above(heavy[::-1], weight[::-1], reach)[::-1]]
    columns += [
        np.cumsum(heavy) / total,
        belief / (belief.max(initial=0) + 1e-6),
        np.full(count, (belief > 0.5).mean() if count else 0),
        np.full(count, np.log1p(total)),
        np.full(count, (belief * short).sum() / (belief.sum() + 1)),
    ]
    return np.column_stack(columns).astype(np.float32)


def _mean_above(heavy: Matrix, weight: Matrix, reach: int) -> Matrix:
    """Return the belief in the `reach` rows above each row, weighted by their words."""
    sums, weights = (np.concatenate([[0.0], np.cumsum(v, dtype=np.float64)]) for v in (heavy, weight))
    at = np.arange(len(heavy))
    low = np.maximum(at - reach, 0)
    return np.asarray((sums[at] - sums[low]) / (weights[at] - weights[low] + 1), np.float32)
