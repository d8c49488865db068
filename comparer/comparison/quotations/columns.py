"""Lay the printed forms of one utterance beside each other, word by word, and find where they differ.

In: the readings of an utterance. Out: columns that hold a word of each reading or none, and regions in which a reading
differs from the fullest one. The fullest reading only carries the columns; it is not held for what was said. What two
readings print is compared in one fixed order, so the order of the articles changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from comparer.comparison.quotations.linking import Piece, runs
from comparer.comparison.words import Word
from comparer.language.words import STOP_WORDS
from comparer.model import Span

UNBALANCED = 4  # words more on one side than on the other: then part of the longer side is lost, not reworded
MOVED_WEIGHT = 2  # words that are not function words: from here on, a run that stands elsewhere counts as moved


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
    def starts(self) -> frozenset[int]:
        """Return the numbers of the words that open a quoted sentence, and the number of all words."""
        counts = [0]
        for piece in self.pieces:
            counts.append(counts[-1] + len(piece.words))
        return frozenset(counts)

    @cached_property
    def breaks(self) -> frozenset[int]:
        """Return the numbers of the words at which another quotation begins."""
        found, count = set(), 0
        for before, piece in zip((None, *self.pieces), self.pieces, strict=False):
            if before is not None and before.quotation != piece.quotation:
                found.add(count)
            count += len(piece.words)
        return frozenset(found)

    @cached_property
    def dots(self) -> tuple[tuple[int, Span], ...]:
        """Return the ellipses, each with the number of words before it."""
        found, count = [], 0
        for piece in self.pieces:
            found += [(count + before, span) for before, span in piece.dots]
            count += len(piece.words)
        return tuple(found)

    @property
    def extent(self) -> Span:
        """Return the span from the first quoted sentence to the last."""
        return Span(self.pieces[0].span.start, self.pieces[-1].span.end)

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


def lay_out(readings: tuple[Reading, ...]) -> Layout:
    """Return the columns of two or more readings and the regions in which each differs from the fullest."""
    base = max(range(len(readings)), key=lambda k: (len(readings[k].words), -len(readings[k].dots), readings[k].forms))
    forms = readings[base].forms
    places: list[dict[int, int]] = []
    inserted: list[dict[int, list[int]]] = []
    regions = []
    for k, reading in enumerate(readings):
        found = () if k == base else _regions(forms, reading.forms)
        regions.append(found)
        placed, extra = _places(forms, reading.forms, found)
        places.append(placed)
        inserted.append(extra)
    columns: list[tuple[int | None, ...]] = []
    for gap in range(len(forms) + 1):
        slots = max(len(extra.get(gap, ())) for extra in inserted)
        columns += [tuple(_at(extra.get(gap, []), slot) for extra in inserted) for slot in range(slots)]
        if gap < len(forms):
            columns.append(tuple(placed.get(gap) for placed in places))
    return Layout(base, tuple(columns), tuple(regions))


def _regions(base: tuple[str, ...], other: tuple[str, ...]) -> tuple[Region, ...]:
    gaps, left, right = [], 0, 0
    for run in runs(base, other):
        if run.left > left or run.right > right:
            gaps.append(((left, run.left), (right, run.right)))
        left, right = run.left + run.size, run.right + run.size
    if left < len(base) or right < len(other):
        gaps.append(((left, len(base)), (right, len(other))))
    return tuple(
        part for region in _moves(base, other, [Region(a, b) for a, b in gaps]) for part in _split(base, other, region)
    )


def _split(base: tuple[str, ...], other: tuple[str, ...], region: Region) -> list[Region]:
    """Part a region with many more words on one side into the words that stand for each other and those lost."""
    (a, b), (c, d) = region.left, region.right
    size = min(b - a, d - c)
    if region.moved or not size or abs((b - a) - (d - c)) < UNBALANCED:
        return [region]
    if _ending(base[a]) != _ending(other[c]) and _ending(base[b - 1]) == _ending(other[d - 1]):
        parts = [Region((a, b - size), (c, d - size)), Region((b - size, b), (d - size, d))]
    else:
        parts = [Region((a, a + size), (c, c + size)), Region((a + size, b), (c + size, d))]
    return parts


def _ending(form: str) -> str:
    return form[-2:]


def _moves(base: tuple[str, ...], other: tuple[str, ...], regions: list[Region]) -> tuple[Region, ...]:
    """Take out of the regions the runs of words that one reading prints elsewhere, longest first."""
    moved: list[Region] = []
    while True:
        best: tuple[int, int, int, Region, Region] | None = None
        for a in regions:
            for b in regions:
                if a is b:
                    continue
                for run in runs(base[slice(*a.left)], other[slice(*b.right)]):
                    words = base[a.left[0] + run.left : a.left[0] + run.left + run.size]
                    whole = run.size in {a.left[1] - a.left[0], b.right[1] - b.right[0]}
                    heavy = sum(word not in STOP_WORDS for word in words)
                    enough = heavy >= MOVED_WEIGHT or (heavy and whole)
                    if enough and (best is None or run.size > best[0]):
                        best = (run.size, a.left[0] + run.left, b.right[0] + run.right, a, b)
        if best is None:
            return tuple(sorted([*regions, *moved]))
        size, left, right, a, b = best
        moved.append(Region((left, left + size), (right, right + size), moved=True))
        taken = moved[-1]
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
    covered_left = {k for region in regions for k in range(*region.left)}
    covered_right = {k for region in regions for k in range(*region.right)}
    same_left = [k for k in range(len(base)) if k not in covered_left]
    same_right = [k for k in range(len(other)) if k not in covered_right]
    placed = dict(zip(same_left, same_right, strict=True))
    extra: dict[int, list[int]] = {}
    for region in regions:
        left, right = list(range(*region.left)), list(range(*region.right))
        placed.update(zip(left, right, strict=False))
        if len(right) > len(left):
            extra.setdefault(region.left[1], []).extend(right[len(left) :])
    return placed, extra


def _at(words: list[int], slot: int) -> int | None:
    return words[slot] if slot < len(words) else None
