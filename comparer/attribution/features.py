"""Describe each piece of a unit to the sequence model: its word, its neighbours, and what the rules say of it.

In: the units of a text and the attributions that the rules found. Out: for each unit a list of feature strings per
piece. It looks at words and closed classes only; nothing is parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from comparer.attribution import classes
from comparer.attribution.scan import QUOTE, Piece, Unit
from comparer.attribution.verbs import Shape, verb_forms
from comparer.model import Act, Attribution, Span

ROLES = ("S", "C", "T")  # source, cue, content
_LONG_QUOTE = 60


def role_spans(attributions: Sequence[Attribution]) -> list[tuple[Span, str]]:
    """Return every source, cue and content span with its role, by where it starts."""
    found: list[tuple[Span, str]] = []
    for a in attributions:
        found += [(s, "T") for s in a.content]
        if a.source is not None:
            found.append((a.source, "S"))
        if a.cue is not None:
            found.append((a.cue, "C"))
    return sorted(found, key=lambda f: (f[0].start, f[0].end, f[1]))


def labels(unit: Unit, spans: Sequence[tuple[Span, str]]) -> list[str]:
    """Return a label per piece: O, or B- or I- and a role; content gives way to source and cue, which are shorter."""
    pieces = unit.pieces
    found = ["O"] * len(pieces)
    first, last = pieces[0].start, pieces[-1].end
    near = [(s, r) for s, r in spans if s.start < last and s.end > first]
    for role in ("T", "S", "C"):
        for span, kind in near:
            if kind != role:
                continue
            inside = False
            for k, piece in enumerate(pieces):
                overlap = min(span.end, piece.end) - max(span.start, piece.start)
                if overlap * 2 > piece.end - piece.start:
                    found[k] = ("I-" if inside else "B-") + role
                    inside = True
    return found


def _word(piece: Piece) -> str:
    if piece.quotation is not None:
        long = len(piece.quotation.content) > _LONG_QUOTE
        return f"“{'l' if long else 's'}{'.' if piece.stopped else ''}{'A' if piece.capital else 'a'}"
    return "0" if piece.low[:1].isdigit() else piece.low


def _class(piece: Piece) -> str:
    return _class_of(piece.low, capital=piece.capital)


@lru_cache(maxsize=20000)
def _class_of(low: str, *, capital: bool) -> str:  # noqa: C901, PLR0911, PLR0912 - closed cases, in order
    if low in classes.MARKS:
        return "m" + ("" if low == QUOTE else low)
    if low in classes.BE:
        return "be"
    if low in classes.HAVE:
        return "have"
    if low in classes.MODALS:
        return "modal"
    if low in classes.PERSONAL:
        return "pers"
    if low in classes.DETERMINERS:
        return "det"
    if low in classes.PREPOSITIONS:
        return "prep"
    if low in classes.SUBORDINATORS:
        return "sub"
    if low in classes.TIME:
        return "time"
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
    for end in ("ly", "ed", "ing", "s"):
        if low.endswith(end) and len(low) > len(end) + 2:
            return "-" + end
    return "w"


_SIGNS = frozenset({QUOTE, ":"})


def worth_reading(unit: Unit, rule: Sequence[str]) -> bool:
    """Tell whether a unit has a word or mark that speech leaves behind, so that most are never labelled."""
    return any(r != "O" for r in rule) or any(p.low in _SIGNS or _class(p)[:2] in _VERBS for p in unit.pieces)


_VERBS = frozenset({"vs", "vt", "vi"})


def features(unit: Unit, rule: Sequence[str], before: str) -> list[list[str]]:
    """Return the features of each piece of a unit, given the rules' labels and how the unit before ended."""
    pieces = unit.pieces
    words = ["<", "<", *(_word(p) for p in pieces), ">", ">"]
    kinds = ["<", "<", *(_class(p) for p in pieces), ">", ">"]
    marks = ["<", *rule, ">"]
    seen, that, ahead = "", "", _ahead(kinds, len(pieces))
    rows: list[list[str]] = []
    opening = f"{before}{int(unit.opens_paragraph)}"
    quoted = int(any(p.quotation is not None for p in pieces))
    attributed = "".join(r for r in ROLES if f"B-{r}" in rule)
    for k in range(len(pieces)):
        w, c = words[k + 2], kinds[k + 2]
        w1, c1, w9, c9 = words[k + 3], kinds[k + 3], words[k + 1], kinds[k + 1]
        row = [
            "w=" + w, "w-=" + w9, "w+=" + w1, "w--=" + words[k], "w++=" + words[k + 4],
            "c=" + c9 + "|" + c + "|" + c1, "cc=" + kinds[k] + "|" + c9 + "|" + c,
            "c2=" + c + "|" + c1 + "|" + kinds[k + 4],
            "b=" + w9 + "|" + w, "n=" + w + "|" + w1, "r=" + marks[k] + "|" + marks[k + 1] + "|" + marks[k + 2],
            "rw=" + marks[k + 1] + "|" + w, f"s={seen}|{that}|{c}|{c9}", f"a={ahead[k]}|{seen}|{attributed}",
            f"q={quoted}|{c}|{ahead[k]}", "x=" + w[-3:] + "|" + c9, f"rc={marks[k + 1]}|{seen}|{c}",
        ]  # fmt: skip
        if k == 0:
            row.append("o=" + opening + "|" + c)
        rows.append(row)
        if c[:1] == "v" and c[:4] != "v":
            seen, that = c[:2], ""
        elif w == "that" or w in {"to", ":"}:
            that = w
        elif w in {",", ";"}:
            that = that + "," if len(that) < 6 else that
    return rows


def _ahead(kinds: Sequence[str], count: int) -> list[str]:
    """Return for each piece how near the next verb of saying is, and across how many commas."""
    found = [""] * count
    near, commas = -1, 0
    for k in range(count - 1, -1, -1):
        c = kinds[k + 2]
        found[k] = "" if near < 0 else f"{min(near - k, 6)}{min(commas, 2)}"
        if c[:2] in {"vs", "vt", "vi"} and c[:1] == "v":
            near, commas = k, 0
        elif c == "m,":
            commas += 1
    return found
