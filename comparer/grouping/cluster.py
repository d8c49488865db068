"""Join what is alike on average: two groups meet where the mean similarity of their members reaches a threshold.

In: a sparse symmetric matrix; what is not stored counts as 0. Out: groups of indices. Average linkage (Sokal and
Michener 1958) over the pairs that are stored, so that time and memory grow with their number: a mean can only sink
when groups without a stored pair take part, and a pair of groups under the threshold can never rise over it.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence

from comparer.grouping.tfidf import Matrix


def cluster(
    similarity: Matrix,
    least: float,
    *,
    joined: Sequence[tuple[int, ...]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices, each ascending, in order of their first; equal means are joined in order of position.

    Indices in one tuple of `joined` begin as one group; the two of a pair in `apart` (smaller first) never meet.

    >>> from scipy.sparse import csr_matrix
    >>> cluster(csr_matrix([[1, 0.1, 0.6], [0.1, 1, 0.1], [0.6, 0.1, 1]]), 0.5)
    ((0, 2), (1,))
    """
    members: dict[int, list[int]] = {k: [k] for k in range(similarity.shape[0])}
    sums = _sums(similarity)
    for group in joined:
        for other in group[1:]:
            _join(members, sums, group[0], other)
    heap: list[tuple[float, int, int, int, int]] = []
    for a in members:
        _offer(heap, members, sums, a, least)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members.get(a, ())) != size_a or len(members.get(b, ())) != size_b:
            continue  # one of them has grown or gone since
        if apart and any(((x, y) if x < y else (y, x)) in apart for x in members[a] for y in members[b]):
            continue
        _join(members, sums, a, b)
        _offer(heap, members, sums, a, least)
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))


def _join(members: dict[int, list[int]], sums: dict[int, dict[int, float]], a: int, b: int) -> None:
    members[a] += members.pop(b)
    for other, value in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + value


def _offer(
    heap: list[tuple[float, int, int, int, int]],
    members: dict[int, list[int]],
    sums: dict[int, dict[int, float]],
    a: int,
    least: float,
) -> None:
    """Put on the heap every group that this one may meet, with the sizes at which the mean holds."""
    for other, total in sums[a].items():
        mean = round(total / (len(members[a]) * len(members[other])), 9)
        if mean >= least:
            first, second = sorted((a, other))
            heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))


def _sums(similarity: Matrix) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {k: {} for k in range(similarity.shape[0])}
    pairs = similarity.tocoo()
    for a, b, value in zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True):
        if a != b:
            found[a][b] = round(value, 9)
    return found
