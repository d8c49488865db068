"""Cut a stretch of text at every boundary of the spans laid over it, once, so that marks may overlap freely."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from comparer.model import Span

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Laid(Generic[Mark]):
    """Lay one mark over a span."""

    span: Span
    mark: Mark


@dataclass(frozen=True, slots=True)
class Run(Generic[Mark]):
    """Hold a run of characters under one set of marks, in the order in which they were laid."""

    span: Span
    marks: tuple[Mark, ...]


def sweep(within: Span, laid: Sequence[Laid[Mark]], cuts: Iterable[int] = ()) -> tuple[Run[Mark], ...]:
    """Return the runs that tile `within`; `cuts` are further places at which a run must begin.

    >>> [(r.span.start, r.span.end, r.marks) for r in sweep(Span(0, 9), [Laid(Span(2, 6), "a"), Laid(Span(4, 9), "b")])]
    [(0, 2, ()), (2, 4, ('a',)), (4, 6, ('a', 'b')), (6, 9, ('b',))]
    """
    near = [item for item in laid if item.span.overlaps(within)]
    edges = {within.start, within.end, *(c for c in cuts if within.start < c < within.end)}
    for item in near:
        edges |= {e for e in (item.span.start, item.span.end) if within.start < e < within.end}
    ordered = sorted(edges)
    runs = []
    for start, end in itertools.pairwise(ordered):
        span = Span(start, end)
        runs.append(Run(span, tuple(item.mark for item in near if item.span.covers(span))))
    return tuple(runs)
