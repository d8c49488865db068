"""Describe each piece of a text in columns of strings for the learned chains: words, their classes, what rules say.

In: the units of a text, and the rules' label of each piece. Out: `Columns`, with two rows of padding around each unit,
so that a template never looks into the next sentence. Nothing is parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from comparer.attribution import classes
from comparer.attribution.chain import MARGIN, PAD
from comparer.attribution.scan import QUOTE, Piece, Unit
from comparer.attribution.verbs import Shape, verb_forms
from comparer.attribution.words import word
from comparer.model import Act

_LONG_QUOTE = 60  # characters of a quotation that is more than a phrase
WORDS = ("w", "c", "l", "p", "v", "m", "x")  # form, class, lemma, part of speech, meaning as verb, as noun, ending
_PADDING = (PAD,) * MARGIN


@dataclass(frozen=True, slots=True)
class Columns:
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


def sentence_columns(units: Sequence[Unit], words: Columns, rules: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Return what each piece is in its sentence: the rules' label, the verbs of saying before and ahead of it."""
    found: dict[str, list[str]] = {name: [] for name in ("r", "s", "a", "q", "o")}
    before = "-"
    for unit, first, rule in zip(units, words.first, rules, strict=True):
        kinds = words.values["c"][first : first + len(unit.pieces)]
        quoted = "q" if any(p.quotation is not None for p in unit.pieces) else ""
        roles = "".join(r for r in "SCT" if f"B-{r}" in rule)
        columns = {
            "r": list(rule),
            "s": _behind(unit.pieces, kinds),
            "a": _ahead(kinds),
            "q": [quoted + roles] * len(kinds),
            "o": [f"{before}{int(unit.opens_paragraph)}", *("" for _ in kinds[1:])],
        }
        for name, column in columns.items():
            found[name] += [*_PADDING, *column, *_PADDING]
        before = next((r[2:] for r in reversed(rule) if r != "O"), "-")
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


@lru_cache(maxsize=20_000)
def class_of(low: str, *, capital: bool) -> str:
    """Return the class of a form: a mark, a closed class, a verb of saying, or the look of the word."""
    if low in classes.MARKS:
        return "m" + ("" if low == QUOTE else low)
    closed = next((name for name, members in _CLOSED if low in members), None)
    if closed is not None:
        return closed
    form = verb_forms().get(low)
    if form is not None and not capital:
        acts = {r.act for r in form.readings}
        act = "s" if Act.SPEECH in acts else "t" if Act.THOUGHT in acts else "i"
        shape = "p" if Shape.PAST in form.shapes else "g" if Shape.ING in form.shapes else "b"
        return f"v{act}{shape}" + ("c" if "clause" in form.readings[0].takes else "")
    if capital:
        return "Cap"
    if low[:1].isdigit():
        return "num"
    return next(("-" + e for e in ("ly", "ed", "ing", "s") if low.endswith(e) and len(low) > len(e) + 2), "w")


_CLOSED = (
    ("be", classes.BE),
    ("have", classes.HAVE),
    ("modal", classes.MODALS),
    ("pers", classes.PERSONAL),
    ("det", classes.DETERMINERS),
    ("prep", classes.PREPOSITIONS),
    ("sub", classes.SUBORDINATORS),
    ("time", classes.TIME),
)


def says(kind: str) -> bool:
    """Tell whether a class is that of a verb of speech, thought or intention."""
    return kind[:2] in {"vs", "vt", "vi"}


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
