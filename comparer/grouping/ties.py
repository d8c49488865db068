"""Tell how alike any two articles are, and which pairs are worth asking about in a large batch.

In: profiles of articles. Out: similarities 0 to 1 for blocks of pairs, never the whole square of a large batch. A small
batch is one component; a large one falls apart where no pair is alike enough to join. Average linkage joins two groups
only where some pair of theirs reaches the threshold, so that both ways give the same groups.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comparer.grouping.profile import Profiles
from comparer.grouping.tfidf import Matrix

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

LARGE = 300  # articles from which on candidates are looked for: below, a dense square is faster than the import
NEARBY = 1.25  # what two known days that are one or next to each other multiply a similarity with
HALF_LIFE = 3.0  # days over which that factor halves
LEAST_LEFT = 0.15  # what distance in time leaves of a similarity at least: a date alone decides nothing
WINDOW = 14  # days whose articles are compared with others at once
MEMORY = 64  # megabytes that scikit-learn may fill with distances at a time
SLACK = 1e-9  # so that rounding loses no candidate


class Ties:
    """Answer how alike articles (indices) are."""

    def __init__(self, profiles: Profiles, *, least: float, joined: float, large: int = LARGE) -> None:
        """Take what the articles are about; in a batch of `large` articles, pairs less alike than `least` are no tie.

        `joined` is the similarity from which on two articles may stand in one group.
        """
        self.vectors = profiles.vectors
        self.days = np.array([np.nan if day is None else day for day in profiles.days], dtype=float)
        self.least, self.joined = least, joined
        self.is_large = len(self.days) >= large

    def between(self, left: Sequence[int], right: Sequence[int]) -> Array:
        """Return an array (left, right) of similarities: cosines, raised or lowered where both dates are known."""
        a, b = np.asarray(left, dtype=int), np.asarray(right, dtype=int)
        if self.is_large:
            cosine = np.asarray((self.vectors[a] @ self.vectors[b].T).toarray(), dtype=float)
        else:
            cosine = self._square[np.ix_(a, b)]
        return np.minimum(1.0, cosine * _by_time(self.days[a][:, None], self.days[b][None, :]))

    def components(self) -> list[list[int]]:
        """Return the articles in sets that no tie of `joined` or more crosses, in order of their first."""
        if not self.is_large:
            return [list(range(len(self.days)))]
        from scipy.sparse.csgraph import connected_components

        strong = self._graph.copy()
        strong.data[strong.data < self.joined - SLACK] = 0.0
        strong.eliminate_zeros()
        _, labels = connected_components(strong, directed=False)
        found: dict[int, list[int]] = {}
        for k, label in enumerate(labels.tolist()):
            found.setdefault(label, []).append(k)
        return list(found.values())

    def around(self, members: Sequence[int]) -> list[int]:
        """Return the articles outside a group that have a tie to it, in order; in a small batch all others."""
        own = set(members)
        if not self.is_large:
            return [k for k in range(len(self.days)) if k not in own]
        return sorted(set(self._graph[list(members)].indices.tolist()) - own)

    @cached_property
    def _square(self) -> Array:
        return np.asarray((self.vectors @ self.vectors.T).toarray(), dtype=float)

    @cached_property
    def _graph(self) -> Matrix:
        """Return a sparse symmetric matrix of the similarities of all pairs that have a tie."""
        from scipy.sparse import coo_matrix

        rows, columns, values = [], [], []
        for some, others in self._windows():
            a, b, cosine = self._near(some, others)
            value = np.minimum(1.0, cosine * _by_time(self.days[a], self.days[b]))
            kept = (value >= self.least - SLACK) & (a != b)
            rows += [a[kept], b[kept]]
            columns += [b[kept], a[kept]]
            values += [value[kept], value[kept]]
        n = len(self.days)
        at = (np.concatenate(rows), np.concatenate(columns))
        graph = coo_matrix((np.concatenate(values), at), shape=(n, n)).tocsr()
        count = coo_matrix((np.ones(len(at[0])), at), shape=(n, n)).tocsr()
        graph.data /= count.data  # a pair that two windows hold was added twice
        return graph

    def _windows(self) -> Iterator[tuple[Indices, Indices]]:
        """Yield articles with all that they may have a tie to: those without a date, and those of the days around."""
        undated = np.flatnonzero(np.isnan(self.days))
        if len(undated):
            yield undated, undated
        dated = np.flatnonzero(~np.isnan(self.days))
        reach = 1 + HALF_LIFE * math.log2(NEARBY / self.least) if self.least > LEAST_LEFT else math.inf
        block = np.floor(self.days[dated] / WINDOW)
        for number in np.unique(block):
            first, last = number * WINDOW - reach, (number + 1) * WINDOW + reach
            close = dated[(self.days[dated] >= first) & (self.days[dated] <= last)]
            yield dated[block == number], np.concatenate([close, undated])

    def _near(self, some: Indices, others: Indices) -> tuple[Indices, Indices, Array]:
        """Return the pairs whose cosine may reach a tie, as two arrays of indices, with the cosine."""
        from sklearn import config_context
        from sklearn.neighbors import NearestNeighbors

        with config_context(working_memory=MEMORY):
            search = NearestNeighbors(metric="cosine", algorithm="brute").fit(self.vectors[others])
            found = search.radius_neighbors_graph(
                self.vectors[some], radius=1 - self.least / NEARBY + SLACK, mode="distance"
            )
        found = found.tocoo()
        return some[found.row], others[found.col], 1.0 - found.data


def _by_time(one: Array, other: Array) -> Array:
    """Return what the distance of two days multiplies a similarity with; 1 where a day is unknown."""
    apart = np.abs(one - other)
    factor = np.maximum(LEAST_LEFT, NEARBY * 0.5 ** (np.maximum(0.0, np.nan_to_num(apart) - 1.0) / HALF_LIFE))
    return np.where(np.isnan(apart), 1.0, factor)
