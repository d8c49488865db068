"""Lay the printed forms of one utterance beside each other, word by word, and name each difference.

In: the readings of an utterance. Out: columns that hold a word of each reading or none, regions in which a reading
differs from the fullest one, and of each a kind of change, or none where the difference says nothing (a whole sentence
that one outlet did not quote). The fullest reading only carries the columns; it is not held for what was said, and no
kind says which reading is right. What two readings print is compared in one fixed order, so the order of the articles
changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, permutations, zip_longest
from typing import NamedTuple

from comparer.comparison.quotations.linking import Piece, runs
from comparer.comparison.view import EventView
from comparer.comparison.words import Word, weight
from comparer.language.names import name_key
from comparer.language.words import CURRENCIES, STOP_WORDS, spelled_number
from comparer.model import ChangeKind, Span
from comparer.resources.loader import word_set

UNBALANCED = 4  # words more on one side than on the other: then part of the longer side is lost, not reworded
MOVED_WEIGHT = 2  # words that are not function words: from here on, a run that stands elsewhere counts as moved
SHORT = 4  # words: a modal or a negation gained in a longer stretch is part of what was cut
LOSS = 3  # words more on one side than on the other make a cut rather than another wording
MODALS = word_set("modals", "modals") | {"ought"}
NEGATIONS = word_set("negations", "particles", "pronouns", "without") - {"nowhere"}
LEADS_TO = word_set("comparison_words", "before_to")  # "have to", "going to"
EITHER = (frozenset({"is", "has"}), frozenset({"would", "had"}))  # what "it's" and "he'd" stand for


@dataclass(frozen=True)
class Reading:
    """Hold what one article prints of an utterance: its quoted sentences in page order, read as one row of words."""

    article: int
    pieces: tuple[Piece, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return the words of all pieces."""
        return tuple(word for piece in self.pieces for word in piece.words)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Return the comparable forms of the words."""
        return tuple(word.form for word in self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Return the numbers of the words that open a quoted sentence, and the number of all words."""
        return tuple(accumulate((len(piece.words) for piece in self.pieces), initial=0))

    @cached_property
    def breaks(self) -> frozenset[int]:
        """Return the numbers of the words at which another quotation begins."""
        joints = zip(self.starts[1:], pairwise(self.pieces), strict=False)
        return frozenset(start for start, (before, piece) in joints if before.quotation != piece.quotation)

    @cached_property
    def dots(self) -> tuple[tuple[int, Span], ...]:
        """Return the ellipses, each with the number of words before it."""
        placed = zip(self.starts, self.pieces, strict=False)
        return tuple((start + before, span) for start, piece in placed for before, span in piece.dots)

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """Return the printed places of words `first` to `last`, cut where another quotation begins."""
        while first > 0 and self.words[first - 1].span.end == self.words[first].span.start:
            first -= 1  # the second half of a contraction is not shown without the first
        while last < len(self.words) and last > first and self.words[last - 1].span.end == self.words[last].span.start:
            last += 1
        cuts = [first, *sorted(k for k in self.breaks if first < k < last), last]
        return tuple(Span(self.words[a].span.start, self.words[b - 1].span.end) for a, b in pairwise(cuts) if a < b)


class Region(NamedTuple):
    """Mark where a reading differs from the fullest: words `left` of the fullest against words `right` of the reading.

    Both are half-open ranges, one of which may be empty. `moved` says that both print the words, in other places.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    moved: bool = False


class Layout(NamedTuple):
    """Hold the columns: per column, the number of the word each reading prints there, or None.

    `base` is the index of the fullest reading; `regions[r]` are those of reading r, empty for the fullest.
    """

    base: int
    columns: tuple[tuple[int | None, ...], ...]
    regions: tuple[tuple[Region, ...], ...]

    def words(self, reading: int, first: int, last: int) -> list[int]:
        """Return the words that a reading prints in columns `first` to `last`, in its order."""
        return sorted(word for column in self.columns[first:last] if (word := column[reading]) is not None)

    def reached(self, reading: int, column: int) -> int:
        """Return how far into its words a reading is before a column."""
        return max(self.words(reading, 0, column), default=-1) + 1


def lay_out(readings: tuple[Reading, ...]) -> Layout:
    """Return the columns of two or more readings and the regions in which each differs from the fullest."""
    base = max(range(len(readings)), key=lambda k: (len(readings[k].words), -len(readings[k].dots), readings[k].forms))
    forms = readings[base].forms
    regions = tuple(() if k == base else _regions(forms, reading.forms) for k, reading in enumerate(readings))
    placed = [_places(forms, reading.forms, found) for reading, found in zip(readings, regions, strict=True)]
    columns: list[tuple[int | None, ...]] = []
    for gap in range(len(forms) + 1):
        columns += zip_longest(*(inserted.get(gap, ()) for _, inserted in placed))
        if gap < len(forms):
            columns.append(tuple(own.get(gap) for own, _ in placed))
    return Layout(base, tuple(columns), regions)


def _regions(base: tuple[str, ...], other: tuple[str, ...]) -> tuple[Region, ...]:
    gaps, left, right = [], 0, 0
    for run in runs(base, other):
        if run.a > left or run.b > right:
            gaps.append(Region((left, run.a), (right, run.b)))
        left, right = run.a + run.size, run.b + run.size
    return tuple(part for region in _moves(base, other, gaps) for part in _split(region))


def _split(region: Region) -> list[Region]:
    """Part a region with many more words on one side into the words that stand for each other and those lost."""
    (a, b), (c, d) = region.left, region.right
    size = min(b - a, d - c)
    if region.moved or not size or abs((b - a) - (d - c)) < UNBALANCED:
        return [region]
    return [Region((a, a + size), (c, c + size)), Region((a + size, b), (c + size, d))]


def _moves(base: tuple[str, ...], other: tuple[str, ...], regions: list[Region]) -> list[Region]:
    """Take out of the regions the runs of words that one reading prints elsewhere, longest first."""
    moved: list[Region] = []
    while True:
        found = []
        for a, b in permutations(regions, 2):
            for run in runs(base[slice(*a.left)], other[slice(*b.right)]):
                left, right = a.left[0] + run.a, b.right[0] + run.b
                heavy = sum(word not in STOP_WORDS for word in base[left : left + run.size])
                whole = run.size in {a.left[1] - a.left[0], b.right[1] - b.right[0]}
                if heavy >= MOVED_WEIGHT or (heavy and whole):
                    found.append((Region((left, left + run.size), (right, right + run.size), moved=True), a, b))
        if not found:
            return sorted([*regions, *moved])
        taken, a, b = max(found, key=lambda move: move[0].left[1] - move[0].left[0])
        moved.append(taken)
        regions = [p for r in regions for p in _without(r, taken, left=r is a, right=r is b)]


def _without(region: Region, taken: Region, *, left: bool, right: bool) -> list[Region]:
    """Cut a moved run out of the side of a region it stands on; blank parts are dropped."""
    (a, b), (c, d) = region.left, region.right
    if left:
        parts = [Region((a, taken.left[0]), (c, d)), Region((taken.left[1], b), (d, d))]
    elif right:
        parts = [Region((a, b), (c, taken.right[0])), Region((b, b), (taken.right[1], d))]
    else:
        parts = [region]
    return [part for part in parts if part.left[0] < part.left[1] or part.right[0] < part.right[1]]


def _places(
    base: tuple[str, ...], other: tuple[str, ...], regions: tuple[Region, ...]
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return which word of the reading stands at each of the base's words, and which stand between them."""
    same_left = sorted(set(range(len(base))).difference(*(range(*region.left) for region in regions)))
    same_right = sorted(set(range(len(other))).difference(*(range(*region.right) for region in regions)))
    placed = dict(zip(same_left, same_right, strict=True))
    extra: dict[int, list[int]] = {}
    for region in regions:
        left, right = range(*region.left), range(*region.right)
        placed.update(zip(left, right, strict=False))
        if len(right) > len(left):
            extra.setdefault(region.left[1], []).extend(right[len(left) :])
    return placed, extra


def name_change(  # noqa: PLR0911 - one return per kind of change reads as the table it is
    event: EventView, base: Reading, other: Reading, region: Region
) -> ChangeKind | None:
    """Return what kind of change a region is, or None where it is no change worth showing."""
    left, right = base.words[slice(*region.left)], other.words[slice(*region.right)]
    if region.moved:
        return None if {word.form for word in left} <= CURRENCIES else ChangeKind.REORDERED
    if _touches_dots(other, region.right) or _touches_dots(base, region.left):
        return ChangeKind.ELLIPSIS
    if any(word.bracketed for word in (*left, *right)):
        return ChangeKind.BRACKETED
    if not left or not right:
        return _lost(base, other, region)
    if _same_in_print(event, (base, left), (other, right)):
        return None
    short = max(len(left), len(right)) <= SHORT
    if short and _of(left, NEGATIONS) != _of(right, NEGATIONS):
        return ChangeKind.NEGATION
    if short and _modals(left) != _modals(right):
        return ChangeKind.MODAL
    return ChangeKind.SUBSTITUTED_WORD


def _touches_dots(reading: Reading, place: tuple[int, int]) -> bool:
    return any(place[0] <= before <= place[1] for before, _ in reading.dots)


def _lost(base: Reading, other: Reading, region: Region) -> ChangeKind | None:
    """Name words that stand in one reading only, with no mark where they would have stood in the other."""
    fuller, shorter = (base, other) if region.left[0] < region.left[1] else (other, base)
    gap, at = (region.left, region.right[0]) if fuller is base else (region.right, region.left[0])
    words = fuller.words[slice(*gap)]
    inside = 0 < at < len(shorter.words)
    if inside and _repeats(fuller, gap):
        return ChangeKind.SUBSTITUTED_WORD
    negated, modal = _of(words, NEGATIONS), _modals(words)
    if inside and len(words) < SHORT and (negated or modal):
        return ChangeKind.NEGATION if negated else ChangeKind.MODAL
    if {gap[0], gap[1]}.issubset(fuller.starts):
        return ChangeKind.SPLICED if inside and at not in shorter.breaks else None
    if len(words) < LOSS and not weight(words):
        return ChangeKind.SUBSTITUTED_WORD if inside else ChangeKind.FRAGMENT
    if inside and at in shorter.starts:
        return None if at in shorter.breaks else ChangeKind.SPLICED
    cut = inside or (len(shorter.words) >= SHORT and (at > 0 or len(words) >= LOSS))
    return ChangeKind.TRUNCATED if cut else ChangeKind.FRAGMENT


def _repeats(reading: Reading, gap: tuple[int, int]) -> bool:
    """Tell whether the words are said twice in a row: "no, no choice"."""
    size = gap[1] - gap[0]
    said = reading.forms[gap[0] : gap[1]]
    return said in (reading.forms[max(0, gap[0] - size) : gap[0]], reading.forms[gap[1] : gap[1] + size])


def _of(words: tuple[Word, ...], wanted: frozenset[str]) -> set[str]:
    return {word.form for word in words} & wanted


def _modals(words: tuple[Word, ...]) -> set[str]:
    forms = [word.form for word in words]
    return _of(words, MODALS) | {first for first, then in pairwise(forms) if first in LEADS_TO and then == "to"}


def _same_in_print(
    event: EventView, left: tuple[Reading, tuple[Word, ...]], right: tuple[Reading, tuple[Word, ...]]
) -> bool:
    """Tell whether both sides print the same: joined or with a hyphen, in figures or words, or one name in two ways."""
    one, other = (tuple(word.form for word in words) for _, words in (left, right))
    number = spelled_number(one)
    if "".join(one) == "".join(other) or (number is not None and number == spelled_number(other)):
        return True
    if len(one) != 1 or len(other) != 1:
        return False
    if any(word.open_ended for _, words in (left, right) for word in words):
        return any({one[0], other[0]} <= pair for pair in EITHER)
    printed = [event.text(reading.article, words[0].span) for reading, words in (left, right)]
    return all(name[0].isupper() for name in printed) and name_key(printed[0]) == name_key(printed[1])
