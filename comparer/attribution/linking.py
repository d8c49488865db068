"""Read possible cues and what each governs with two learned chains: where no reader of our own may run.

In: the units of a text. Out: a `Link` per possible cue that governs any content. The first chain labels the words of a
sentence, the second those in a `Window` around one possible cue; both see pieces as columns of strings. What stands
between a word and the cue is a short string of marks, connectives and verbs, as a path through a parse would be.
Nothing is parsed. Weights come from `training/attribution.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from comparer.attribution.labelling import Chain, Column, Numbers, Vocabulary, load_chain
from comparer.attribution.links import Link, Tried, cue_runs, opening_quotations, read_link
from comparer.attribution.units import Piece, Unit, last_of
from comparer.attribution.words import class_of, says, verb_forms, word
from comparer.resources.loader import word_set

Columns = dict[str, list[str]]
_LONG_QUOTE = 60  # characters of a quotation that is more than a phrase
WORDS = ("w", "c", "l", "p", "v", "m", "x")  # form, class, lemma, part of speech, meaning as verb, as noun, ending


class Page(NamedTuple):
    """Hold what is known of a text before linking.

    `words` holds a value per piece, `roles` a row per piece: how likely it is source, cue and content. `cues` are the
    places of each unit's possible cues. `base` is each unit's first place among all pieces, and where the last ends.
    """

    units: Sequence[Unit]
    words: Columns
    roles: Numbers
    cues: Sequence[Sequence[range]]
    base: Sequence[int]


@cache
def _chain(name: str) -> Chain:
    return load_chain(name)


def read_page(units: Sequence[Unit], chain: Chain | None = None) -> Page:
    """Return what linking rests on: words and labels."""
    chain = chain or _chain("attribution_words")
    lengths = [len(unit.pieces) for unit in units]
    base = list(accumulate(lengths, initial=0))
    words = word_columns(units)
    coded = chain.vocabulary.encode(words | sentence_columns(units, words))
    found = chain.probabilities(*chain.vocabulary.padded(coded, lengths), lengths)
    runs = (cue_runs(found[start:end, 3:5]) for start, end in pairwise(base))
    cues = [[range(start + low, start + high) for low, high in of] for start, of in zip(base, runs, strict=False)]
    return Page(units, words, found[:, 1:].reshape(-1, 3, 2).sum(axis=2), cues, base)


def link(page: Page, chain: Chain | None = None) -> list[Link]:
    """Return the links of a text in page order."""
    windows = windows_of(page)
    if not windows:
        return []
    chain = chain or _chain("attribution_links")
    coded, at = coded_columns(page, windows, chain.vocabulary)
    lengths = [len(window.places) for window in windows]
    likely = np.split(chain.probabilities(coded, at, lengths), np.cumsum(lengths)[:-1])
    found = (
        read_link(Tried(w.unit, w.cue, tuple(page.roles[w.cue, 1].tolist())), w.places.start, own)
        for w, own in zip(windows, likely, strict=True)
    )
    return [one for one in found if one is not None]


def word_columns(units: Sequence[Unit]) -> Columns:
    """Return what each piece is by itself."""
    pieces = [p for unit in units for p in unit.pieces]
    rows = [_quoted(p) if p.quotation is not None else _plain(p.low, capital=p.capital) for p in pieces]
    return {name: [row[k] for row in rows] for k, name in enumerate(WORDS)}


def sentence_columns(units: Sequence[Unit], words: Columns) -> Columns:
    """Return what each piece is in its sentence: the verbs of saying before and ahead of it, how it opens."""
    found: Columns = {name: [] for name in ("s", "a", "q", "o")}
    for unit in units:
        start = len(found["s"])
        kinds = words["c"][start : start + len(unit.pieces)]
        found["s"] += _behind(unit.pieces, kinds)
        found["a"] += _ahead(kinds)
        found["q"] += ["q" if any(p.quotation is not None for p in unit.pieces) else ""] * len(kinds)
        found["o"] += [str(int(unit.opens_paragraph)), *[""] * (len(kinds) - 1)]
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
    mark = "C" if capital else ""
    kind = class_of(low, capital=capital)
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
_SURENESS = np.array([0.1, 0.3, 0.5, 0.7, 0.9])


class Window(NamedTuple):
    """Hold a possible cue and the places around it; from `stop` on they stand in the next sentence."""

    unit: int
    places: range
    cue: range
    stop: int
    head: int  # place of the cue's verb


def windows_of(page: Page) -> list[Window]:
    """Return a window for each possible cue of a text."""
    pieces = [p for unit in page.units for p in unit.pieces]
    found: list[Window] = []
    for number, cues in enumerate(page.cues):
        start, end = page.base[number : number + 2]
        for cue in cues:
            low, stop = max(start, cue.start - REACH), min(end, cue.stop + REACH)
            high = stop + (opening_quotations(page.units, number + 1, _NEXT_QUOTATIONS) if stop == end else 0)
            verb = last_of(pieces, verb_forms(), cue.start, cue.stop)
            found.append(Window(number, range(low, high), cue, stop, cue.stop - 1 if verb is None else verb))
    return found


def coded_columns(page: Page, windows: Sequence[Window], vocabulary: Vocabulary) -> tuple[dict[str, Column], Column]:
    """Return the columns of all windows one after the other, padded and as numbers, and the row of each piece."""
    pieces: dict[str, list[str]] = defaultdict(list)  # what differs from piece to piece of one window
    cues: dict[str, list[str]] = defaultdict(list)
    levels = _levels(page.roles)
    for window in windows:
        for name, values in _of_pieces(page, window, levels).items():
            pieces[name] += values
        for name, value in _of_cue(page, window).items():
            cues[name].append(value)
    lengths = [len(window.places) for window in windows]
    places = np.concatenate([np.arange(w.places.start, w.places.stop) for w in windows])
    coded = vocabulary.encode(pieces)
    coded |= {name: np.repeat(column, lengths) for name, column in vocabulary.encode(cues).items()}
    coded |= {name: vocabulary.column(name, page.words[name])[places] for name in _WORDS}
    return vocabulary.padded(coded, lengths)


def _levels(roles: Numbers) -> tuple[list[str], list[str]]:
    """Return for each piece its likeliest role, and how sure its being source and content is."""
    rest = 1 - roles.sum(axis=1)
    best = np.where(roles.max(axis=1) > rest, roles.argmax(axis=1), 3).tolist()
    steps = (roles[:, (0, 2), None] >= _SURENESS).sum(axis=2).tolist()
    return ["SCTO"[k] for k in best], [f"{source}{content}" for source, content in steps]


_FAR = [str(next((step for step in (1, 2, 3, 5, 9, 19) if far <= step), 20)) for far in range(21)]


def _of_pieces(page: Page, window: Window, levels: tuple[list[str], list[str]]) -> Columns:
    """Return what differs from piece to piece: side, path, distance, what the labels say."""
    places, cue, stop = window.places, window.cue, window.stop
    rivals = {k for other in page.cues[window.unit] for k in other} - set(cue)
    paths = _paths(page, window, rivals)
    beyond = ["N"] * (places.stop - stop)
    return {
        "i": ["L"] * (cue.start - places.start) + ["C"] * len(cue) + ["R"] * (stop - cue.stop) + beyond,
        "e": paths,
        "z": [path[:3] for path in paths],
        "d": [_FAR[min(cue.start - k if k < cue.start else max(0, k - cue.stop + 1), 20)] for k in places],
        "y": levels[0][places.start : stop] + beyond,
        "k": levels[1][places.start : stop] + beyond,
        "x": ["1" if k in rivals else "" for k in places],
        "n": [""] * (stop - places.start) + [_beyond(page, window, k) for k in range(len(beyond))],
    }


def _of_cue(page: Page, window: Window) -> dict[str, str]:
    """Return what is true of the cue, and so of every piece of its window."""
    places, cue, head = window.places, window.cue, window.head
    forms, kinds = page.words["w"], page.words["c"]
    passive = "be" in kinds[max(places.start, cue.start - 2) : head]
    size = "1" if len(cue) == 1 else "2" if len(cue) < 4 else "3"
    known = word(forms[head])
    return {
        "f": f"{kinds[head]}{'P' if passive else ''}{size}",
        "l": known.lemma,
        "t": f"{known.part}|{known.verb}|{known.noun}",
        "u": known.verb,
        "A": f"{kinds[cue.stop]}|{forms[cue.stop]}" if cue.stop < places.stop else ">",
        "B": kinds[cue.start - 1] if places.start < cue.start else "<",
        "s": str(int(10 * float(page.roles[cue, 1].max()))),
    }


def _beyond(page: Page, window: Window, k: int) -> str:
    """Describe a quotation that opens the next sentence."""
    unit, last = page.units[window.unit + 1], page.units[window.unit].pieces[-1]
    more = len(unit.pieces) > window.places.stop - window.stop
    return f"{k}{last.low if len(last.low) < 3 else ''}{int(unit.opens_paragraph)}{int(more)}"


def _paths(page: Page, window: Window, rivals: set[int]) -> list[str]:
    places, cue = window.places, window.cue
    found = [""] * len(places)
    for way in (range(cue.start - 1, places.start - 1, -1), range(cue.stop, places.stop)):
        path = ""
        for k in way:
            found[k - places.start] = path
            if len(path) < _LONGEST_PATH:
                path += _step(page.words["w"][k], page.words["c"][k], path[-1:], rival=k in rivals)
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
