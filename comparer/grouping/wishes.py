"""Honour what a user wants in one event, or apart.

In: wishes that name articles, and the ties among all articles. Out: the ties without what the wishes forbid, the groups
that are given, and the pairs that stay apart. A contradiction is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from comparer.errors import UsageError
from comparer.grouping.tfidf import Matrix
from comparer.model import Article, ArticleId, EventWishes


class Given(NamedTuple):
    """Hold the wishes by index: whole groups, articles joined beforehand, and pairs that must not meet."""

    pinned: tuple[tuple[int, ...], ...] = ()
    joined: tuple[tuple[int, ...], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()


def by_index(wishes: EventWishes, articles: Sequence[Article]) -> Given:
    """Return the wishes by index; articles that are not among those given are left out of them.

    Raises:
        UsageError: where two wishes contradict each other, naming the outlets.
    """
    place = {article.id: k for k, article in enumerate(articles)}
    pinned, joined, apart = (_indices(sets, place) for sets in (wishes.events, wishes.together, wishes.apart))
    forbidden = frozenset((a, b) for group in apart for n, a in enumerate(group) for b in group[n + 1 :])
    owner: dict[int, int] = {}
    for number, group in enumerate(pinned):
        for k in group:
            if owner.setdefault(k, number) != number:
                raise UsageError(f"{_name(articles[k])} is wanted in two events. Name it in one [[event]] only.")
    given = Given(tuple(g for g in pinned if g), _united(joined), forbidden)
    for group in (*given.pinned, *given.joined):
        for a, b in forbidden & {(a, b) for n, a in enumerate(group) for b in group[n + 1 :]}:
            raise UsageError(f"{_name(articles[a])} and {_name(articles[b])} are wanted in one event and apart.")
    for group in given.joined:
        if len({owner.get(k, -1) for k in group}) > 1:
            names = " and ".join(_name(articles[k]) for k in group[:2])
            raise UsageError(f"{names} are wanted together, but an [[event]] names one without the other.")
    return given


def without_pinned(ties: Matrix, given: Given) -> Matrix:
    """Return the ties without those of articles whose event is given: nothing else joins it."""
    from scipy.sparse import diags

    free = np.ones(ties.shape[0])
    free[[k for group in given.pinned for k in group]] = 0.0
    return (diags(free) @ ties @ diags(free)).tocsr()


def _indices(sets: Sequence[Sequence[ArticleId]], place: Mapping[ArticleId, int]) -> list[tuple[int, ...]]:
    return [tuple(sorted({place[a] for a in group if a in place})) for group in sets]


def _united(groups: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Return the groups with those that share an article made one."""
    found: list[set[int]] = []
    for group in groups:
        touching = [other for other in found if other & set(group)]
        found = [other for other in found if other not in touching] + [set(group).union(*touching)]
    return tuple(sorted(tuple(sorted(group)) for group in found if len(group) > 1))


def _name(article: Article) -> str:
    return article.path or article.outlet
