"""Describe the pieces of a text in columns of strings for the learned chains, alone and around a possible cue.

In: the units of a text and the possible cues. Out: `Columns`, with two rows of padding
around each unit, so that a template never looks into the next sentence; a `Window` per possible cue, with columns for
the linker. What stands between a word and the cue is a short string of marks, connectives and verbs, as a path through
a parse would be. Nothing is parsed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from comparer.attribution.labelling import MARGIN, PAD, Column, Labelled, Vocabulary
from comparer.attribution.units import Piece, Unit, last_of
from comparer.attribution.words import class_of, says, verb_forms, word
from comparer.resources.loader import word_set

_LONG_QUOTE = 60  # characters of a quotation that is more than a phrase
WORDS = ("w", "c", "l", "p", "v", "m", "x")  # form, class, lemma, part of speech, meaning as verb, as noun, ending
_PADDING = (PAD,) * MARGIN


class Columns(NamedTuple):
    """Hold the columns of a text; `first` is the row of each unit's first piece."""

    values: dict[str, list[str]]
    first: tuple[int, ...]


def word_columns(units: Sequence[Unit]) -> Columns:
    """Return what each piece is by itself."""
    rows: list[tuple[str, ...]] = []
    first: list[int] = []
    padding = [(PAD,) * len(WORDS)] * MARGIN
    for unit in units:
        rows += padding
        first.append(len(rows))
        rows += [_quoted(p) if p.quotation is not None else _plain(p.low, capital=p.capital) for p in unit.pieces]
        rows += padding
    by_column = zip(*rows, strict=True) if rows else ((),) * len(WORDS)
    return Columns({name: list(column) for name, column in zip(WORDS, by_column, strict=True)}, tuple(first))


def sentence_columns(units: Sequence[Unit], words: Columns) -> dict[str, list[str]]:
    """Return what each piece is in its sentence: the verbs of saying before and ahead of it, how it opens."""
    found: dict[str, list[str]] = {name: [] for name in ("s", "a", "q", "o")}
    for unit, first in zip(units, words.first, strict=True):
        kinds = words.values["c"][first : first + len(unit.pieces)]
        quoted = "q" if any(p.quotation is not None for p in unit.pieces) else ""
        columns = {
            "s": _behind(unit.pieces, kinds),
            "a": _ahead(kinds),
            "q": [quoted] * len(kinds),
            "o": [str(int(unit.opens_paragraph)), *("" for _ in kinds[1:])],
        }
        for name, column in columns.items():
            found[name] += [*_PADDING, *column, *_PADDING]
    return found


def _quoted(piece: Piece) -> tuple[str, ...]:
    assert piece.quotation is not None
    long = len(piece.quotation.content) > _LONG_QUOTE
    form = f"“{'l' if long else 's'}{'.' if piece.stopped else ''}{'A' if piece.capital else 'a'}"
    return form, "m", form, "Q", "", "", form


@lru_cache(maxsize=50_000)
def _plain(low: str, *, capital: bool) -> tuple[str, ...]:
    form = "0" if low[:1].isdigit() else low
    known = word(low)
    kind = class_of(low, capital=capital)
    mark = "C" if capital else ""
    return form, kind, known.lemma, known.part + mark, known.verb, known.noun + mark, form[-3:]


def _behind(pieces: Sequence[Piece], kinds: Sequence[str]) -> list[str]:
    """Return for each piece the last verb of saying before it and what opened or parted the clause since."""
    found: list[str] = []
    seen = since = ""
    for piece, kind in zip(pieces, kinds, strict=True):
        found.append(f"{seen}|{since}")
        if says(kind):
            seen, since = kind[:2], ""
        elif piece.low in {"that", "to", ":"}:
            since = piece.low
        elif piece.low in {",", ";"} and len(since) < 6:
            since += ","
    return found


def _ahead(kinds: Sequence[str]) -> list[str]:
    """Return for each piece how near the next verb of saying is, and across how many commas."""
    found = [""] * len(kinds)
    near, commas = -1, 0
    for k in range(len(kinds) - 1, -1, -1):
        found[k] = "" if near < 0 else f"{min(near - k, 6)}{min(commas, 2)}"
        if says(kinds[k]):
            near, commas = k, 0
        elif kinds[k] == "m,":
            commas += 1
    return found


REACH = 80  # pieces to either side of a cue that can belong to it
_NEXT_QUOTATIONS = 4  # quotations that open the next sentence and may go on what was said
_CONNECTIVES = word_set("function_words", "path_connectives")
_LONGEST_PATH = 14
_WORDS = ("w", "c", "p", "v", "m")  # columns taken from the words themselves


class Window(NamedTuple):
    """Hold a possible cue: `rows` of the pieces around it, of which `cue` (half-open) are the cue itself."""

    unit: int
    start: int  # place of the first piece among all pieces of the text
    rows: tuple[int, ...]
    cue: tuple[int, int]
    inside: int  # pieces that stand in the cue's own sentence
    head: int


class Page(NamedTuple):
    """Hold what is known of a text before linking: `base` is each unit's first place among all pieces."""

    units: Sequence[Unit]
    words: Columns
    labelled: Sequence[Labelled]
    base: Sequence[int]


def windows_of(page: Page) -> list[Window]:
    """Return a window for each possible cue of a text."""
    found: list[Window] = []
    for number, (unit, labelled) in enumerate(zip(page.units, page.labelled, strict=True)):
        first = page.words.first[number]
        for start, end in labelled.cues:
            low, high = max(0, start - REACH), min(len(unit.pieces), end + REACH)
            rows = list(range(first + low, first + high))
            if high == len(unit.pieces) and number + 1 < len(page.units):
                opening = page.units[number + 1].pieces[:_NEXT_QUOTATIONS]
                count = next((k for k, p in enumerate(opening) if p.quotation is None), len(opening))
                rows += range(page.words.first[number + 1], page.words.first[number + 1] + count)
            verb = last_of(unit.pieces, verb_forms(), start, end)
            head = (end - 1 if verb is None else verb) - low
            cue = (start - low, end - low)
            found.append(Window(number, page.base[number] + low, tuple(rows), cue, high - low, head))
    return found


def coded_columns(page: Page, windows: Sequence[Window], vocabulary: Vocabulary) -> tuple[dict[str, Column], Column]:
    """Return the columns of all windows one after the other, padded and as numbers, and the row of each piece."""
    strings: dict[str, list[str]] = defaultdict(list)  # what differs from piece to piece of one window
    cues: dict[str, list[str]] = defaultdict(list)
    levels = {unit: page.labelled[unit].levels() for unit in {window.unit for window in windows}}
    for window in windows:
        for name, values in _of_pieces(page, window, levels[window.unit]).items():
            strings[name] += [*_PADDING, *values, *_PADDING]
        for name, value in _of_cue(page, window).items():
            cues[name].append(value)
    lengths = np.array([len(w.rows) for w in windows], dtype=np.int64)
    starts = np.cumsum(lengths + 2 * MARGIN) - lengths - MARGIN
    at = np.concatenate([np.arange(s, s + n) for s, n in zip(starts.tolist(), lengths.tolist(), strict=True)])
    coded = vocabulary.encode(strings)
    coded["z"] = vocabulary.column("z", [path[:3] if path != PAD else PAD for path in strings["e"]])
    padding = coded["i"] == vocabulary.values["i"].get(PAD, 0)
    for name, values in cues.items():
        column = np.repeat(vocabulary.column(name, values), lengths + 2 * MARGIN)
        coded[name] = np.where(padding, vocabulary.values[name].get(PAD, 0), column)
    rows = np.concatenate([np.array(w.rows, dtype=np.int64) for w in windows])
    for name in _WORDS:
        coded[name] = np.full(len(padding), vocabulary.values[name].get(PAD, 0), dtype=np.int64)
        coded[name][at] = vocabulary.column(name, page.words.values[name])[rows]
    return coded, at


def _of_pieces(page: Page, window: Window, levels: tuple[Sequence[str], Sequence[str]]) -> dict[str, list[str]]:
    """Return what differs from piece to piece: side, path, distance, what the labels say."""
    count, (start, end) = len(window.rows), window.cue
    offset = window.start - page.base[window.unit]
    rivals = {k - offset for low, high in page.labelled[window.unit].cues for k in range(low, high)}
    rivals -= set(range(start, end))
    beyond = count - window.inside
    inside = slice(offset, offset + window.inside)
    return {
        "i": ["L"] * start + ["C"] * (end - start) + ["R"] * (window.inside - end) + ["N"] * beyond,
        "e": _paths(page, window, rivals),
        "d": [_FAR[min(start - k, 20)] if k < start else _FAR[min(max(0, k - end + 1), 20)] for k in range(count)],
        "y": [*levels[0][inside], *("N",) * beyond],
        "k": [*levels[1][inside], *("N",) * beyond],
        "x": ["1" if k in rivals else "" for k in range(count)],
        "n": [""] * window.inside + [_beyond(page, window, k) for k in range(window.inside, count)],
    }


_FAR = [str(next((step for step in (1, 2, 3, 5, 9, 19) if far <= step), 20)) for far in range(21)]


def _of_cue(page: Page, window: Window) -> dict[str, str]:
    """Return what is true of the cue, and so of every piece of its window."""
    start, end = window.cue
    values, rows = page.words.values, window.rows
    kinds = values["c"]
    offset = window.start - page.base[window.unit]
    sure = float(page.labelled[window.unit].roles[offset + start : offset + end, 1].max())
    passive = any(kinds[rows[k]] == "be" for k in range(max(0, start - 2), window.head))
    size = "1" if end - start == 1 else "2" if end - start < 4 else "3"
    known = word(values["w"][rows[window.head]])
    return {
        "f": f"{kinds[rows[window.head]]}{'P' if passive else ''}{size}",
        "l": known.lemma,
        "t": f"{known.part}|{known.verb}|{known.noun}",
        "u": known.verb,
        "A": f"{kinds[rows[end]]}|{values['w'][rows[end]]}" if end < len(rows) else ">",
        "B": kinds[rows[start - 1]] if start else "<",
        "s": str(int(10 * sure)),
    }


def _beyond(page: Page, window: Window, k: int) -> str:
    """Describe a quotation that opens the next sentence."""
    unit, last = page.units[window.unit + 1], page.units[window.unit].pieces[-1]
    more = len(unit.pieces) > len(window.rows) - window.inside
    return f"{k - window.inside}{last.low if len(last.low) < 3 else ''}{int(unit.opens_paragraph)}{int(more)}"


def _paths(page: Page, window: Window, rivals: set[int]) -> list[str]:
    (start, end), rows = window.cue, window.rows
    forms, kinds = page.words.values["w"], page.words.values["c"]
    found = [""] * len(rows)
    for places in (range(start - 1, -1, -1), range(end, len(rows))):
        path = ""
        for k in places:
            found[k] = path
            if len(path) < _LONGEST_PATH:
                path += _step(forms[rows[k]], kinds[rows[k]], path[-1:], rival=k in rivals)
    return found


_LETTERS = {"be": "a", "have": "a", "modal": "a", "-ed": "d", "pers": "p"}


def _step(form: str, kind: str, last: str, *, rival: bool) -> str:
    """Return what one piece adds to a path: a mark, a connective, or a letter where the last one differs."""
    if kind[:1] == "m" and kind != "modal":
        return "Q" if kind == "m" else kind[1]
    if form in _CONNECTIVES:
        return f"<{form}>"
    if says(kind) and not rival:
        return "V"
    letter = "C" if rival else _LETTERS.get(kind, "n")
    return letter if last != letter else ""
