"""Compare how one person's name and rank are printed.

In: the event. Out: names that differ by a letter or two in articles that tell one row, and ranks of one ladder that
differ for one name. Transliterations and accents are no difference. Fails on two relatives who share a first name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, partial
from itertools import combinations
from typing import NamedTuple

from comparer.comparison.view import EventView, Printed, gather
from comparer.language.names import name_key, same_name
from comparer.language.words import normal_form
from comparer.model import NameMention, Row, RowId, Span
from comparer.resources.loader import load_lexicon

SHORT = 4  # a surname of fewer letters is not compared: too many differ by one
RANK_WORDS = 3
SWAPS = frozenset(frozenset(p) for p in ("ae", "ei", "iy", "ou", "kq", "ck", "gq", "jy", "vw", "sz", "ij", "dj", "bv"))
AFTER = re.compile(r",\s+(?:an?|the|who is an?)\s+", re.IGNORECASE)

LAST_WORD = re.compile(r"(?<![^\W_])([^\W_]+)[. ]*\Z")


class NameFact(NamedTuple):
    """Hold one difference of name or rank: its kind, the row both stand in, if any, and the sides' values."""

    kind: str
    row: RowId | None
    sides: tuple[tuple[Printed[str], ...], ...]


def spelling_facts(event: EventView) -> tuple[NameFact, ...]:
    """Return full names that two articles print a letter or two apart in one row, each spelling once."""
    found: list[NameFact] = []
    seen: set[frozenset[str]] = set()
    for row in event.shared_rows:
        printed = {k: _full_names(event, row, k) for k in row.told_by}
        for left, right, near in event.pairs(row, partial(_near_names, event, printed)):
            for a, b in near:
                pair = frozenset({name_key(a.value), name_key(b.value)})
                if pair not in seen:
                    seen.add(pair)
                    found.append(NameFact("name", row.id, _all_spellings(event, row, a.at(left), b.at(right))))
    return tuple(found)


def rank_facts(event: EventView) -> tuple[NameFact, ...]:
    """Return persons whose rank is printed differently by two articles, in order of first print."""
    ranks: list[tuple[str, Printed[str]]] = []
    for article, analysed in enumerate(event.analysed):
        for mention in analysed.names:
            printed = mention.span.of(analysed.article.text)
            rank = _rank(event, article, mention)
            if rank is not None:
                ranks.append((printed, rank))
    found: list[NameFact] = []
    done: list[str] = []
    for name, _ in ranks:
        if any(same_name(name, other) for other in done):
            continue
        done.append(name)
        own = [rank for other, rank in ranks if same_name(name, other)]
        sides = gather(own, _agree)
        if len(sides) > 1 and len({item.article for side in sides for item in side}) > 1 and _steady(sides):
            found.append(NameFact("title", _shared_row(event, sides), sides))
    return tuple(found)


def _steady(sides: Sequence[Sequence[Printed[str]]]) -> bool:
    """Tell whether each article stands on one side only: one that prints both ranks tells of a promotion."""
    articles = [{item.article for item in side} for side in sides]
    return all(not one & other for one, other in combinations(articles, 2))


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


def _rank(event: EventView, article: int, mention: NameMention) -> Printed[str] | None:
    """Return the rank printed right before a name or after it ("Ida Lund, a commander"), with the name."""
    doc, ranks = event.docs[article], _ranks()
    text = doc.text
    near = Span(max(0, mention.span.start - 45), mention.span.start)
    beside = LAST_WORD.search(text, near.start, near.end)
    before = doc.words(near) if beside is not None and normal_form(beside[1]) in _rank_ends() else ()
    head = doc.words(mention.span)
    for size in range(RANK_WORDS, 0, -1):
        forms = " ".join(t.form.strip(".") for t in before[-size:])
        touching = not text[before[-1].span.end : mention.span.start].strip(". ") if before else False
        if len(before) >= size and forms in ranks and touching and text[before[-size].span.start].isupper():
            return Printed(article, mention.span, Span(before[-size].span.start, mention.span.end), ranks[forms])
        inside = " ".join(t.form.strip(".") for t in head[:size])
        if len(head) > size and inside in ranks:
            return Printed(article, mention.span, mention.span, ranks[inside])
    match = AFTER.match(text, mention.span.end)
    after = doc.words(Span(match.end(), min(len(text), match.end() + 40))) if match else ()
    for size in range(RANK_WORDS, 0, -1):
        forms = " ".join(t.form for t in after[:size])
        if len(after) >= size and forms in ranks:
            return Printed(article, mention.span, Span(mention.span.start, after[size - 1].span.end), ranks[forms])
    return None


@cache
def _rank_ends() -> frozenset[str]:
    """Return what ranks end with: without it right before a name, no rank stands there."""
    return frozenset(re.split(r"[\W_]+", form)[-1] for form in _ranks())


@cache
def _ranks() -> dict[str, str]:
    """Return every printed form of a rank with the rank's own name."""
    table: dict[str, str] = {}
    for group in load_lexicon("ranks").groups:
        for entry in group.entries:
            forms = entry.split(" / ")
            table.update({normal_form(form): forms[0] for form in forms})
    return table


def _agree(left: str, right: str) -> bool:
    """Tell whether two ranks can be one: equal, or one a short form of the other."""
    one, other = set(left.split()), set(right.split())
    return one <= other or other <= one


def _shared_row(event: EventView, sides: Sequence[Sequence[Printed[str]]]) -> RowId | None:
    touched = Counter(n for side in sides for n in event.rows_touched((item.article, item.span) for item in side))
    first = min((n for n, count in touched.items() if count > 1), default=None)
    return event.shared_rows[first].id if first is not None else None
