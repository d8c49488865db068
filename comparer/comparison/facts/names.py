"""Compare how one person's name is printed.

In: the event. Out: facts of kind "name", full names that differ by a letter in articles that tell one row.
Transliterations and accents are no difference. Fails on two relatives who share a first name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.language.names import name_key
from comparer.model import Fact, Row, RowId, Span, Verdict

SHORT = 4  # a surname of fewer letters is not compared: too many differ by one
SWAPS = frozenset(frozenset(p) for p in ("ae", "ei", "iy", "ou", "kq", "ck", "gq", "jy", "vw", "sz", "ij", "dj", "bv"))


def spelling_facts(event: EventView) -> list[Fact]:
    """Return full names that two articles print a letter apart in one row, each two spellings once."""
    found: list[Fact] = []
    seen: set[frozenset[str]] = set()
    for row in event.shared_rows:
        printed = {k: _full_names(event, row, k) for k in row.told_by}
        for left, right, near in event.pairs(row, partial(_near_names, event, printed)):
            for a, b in near:
                pair = frozenset({name_key(a.value), name_key(b.value)})
                if pair not in seen:
                    seen.add(pair)
                    sides = _all_spellings(event, row, a.at(left), b.at(right))
                    found.append(_fact(event, "name", row.id, sides, "two spellings of one name"))
    return found


def _fact(event: EventView, kind: str, row: RowId, sides: Sequence[Sequence[Printed[str]]], note: str) -> Fact:
    printed = tuple(side_of(side, text=event.text, passage=event.passage) for side in sides)
    return Fact(row, kind, Verdict.CONFLICT, printed, note)


def _near_names(
    event: EventView, printed: Mapping[int, Sequence[Printed[str]]], left: int, right: int
) -> list[tuple[Printed[str], Printed[str]]]:
    keys = event.once(_name_keys)
    own, others = (
        [(item, key) for item in printed[k] if (key := name_key(item.value)) not in keys[j]]
        for k, j in ((left, right), (right, left))
    )
    return [(a, b) for a, one in own for b, other in others if one != other and _misspelt(one, other)]


def _name_keys(event: EventView) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.key for name in analysed.names) for analysed in event.analysed)


def _full_names(event: EventView, row: Row, article: int) -> list[Printed[str]]:
    return sorted(event.printed(row, article, _named_in_full), key=lambda name: name.span)


def _named_in_full(event: EventView, article: int, claim: Span) -> list[Printed[str]]:
    found = [(m.key, m.span, event.text(article, m.span)) for m in event.docs[article].names_at.inside(claim)]
    return [Printed(article, claim, span, name) for key, span, name in found if " " in key and not name.isupper()]


def _misspelt(one: str, other: str) -> bool:
    """Tell whether two name keys differ in one part, by one letter left out, added or swapped."""
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return False
    unlike = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(unlike) != 1 or min(len(unlike[0][0]), len(unlike[0][1])) < SHORT:
        return False
    return _one_letter(*unlike[0])


def _one_letter(a: str, b: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    edits = list(Levenshtein.editops(a, b))
    if len(edits) != 1:
        return False
    edit = edits[0]
    if edit.tag == "replace":
        return frozenset((a[edit.src_pos], b[edit.dest_pos])) not in SWAPS
    longer, place = (a, edit.src_pos) if edit.tag == "delete" else (b, edit.dest_pos)
    letter, before = longer[place], longer[place - 1 : place]
    doubled = letter in {before, longer[place + 1 : place + 2]}
    return not doubled and letter not in "hy'-"


def _all_spellings(
    event: EventView, row: Row, a: Printed[str], b: Printed[str]
) -> tuple[tuple[Printed[str], ...], ...]:
    wanted = {name_key(a.value), name_key(b.value)}
    items = [p for k in row.told_by for p in _full_names(event, row, k) if name_key(p.value) in wanted]
    first: dict[tuple[int, str], Printed[str]] = {}
    for item in items:
        first.setdefault((item.article, name_key(item.value)), item)
    return gather(list(first.values()), lambda x, y: name_key(x) == name_key(y))
