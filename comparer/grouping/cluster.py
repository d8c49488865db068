"""Join what is alike on average: two groups meet where the mean similarity of their members reaches a threshold.

In: a sparse symmetric matrix; what is not stored counts as 0. Out: groups of indices. Average linkage (Sokal and
Michener 1958) over the pairs that are stored, so that time and memory grow with their number: a mean can only sink
when groups without a stored pair take part, and a pair of groups under the threshold can never rise over it.
"""

from __future__ import annotations

import heapq

from comparer.grouping.tfidf import Matrix


def cluster(similarity: Matrix, least: float) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices, each ascending, in order of their first; equal means are joined in order of position.

    >>> from scipy.sparse import csr_matrix
    >>> cluster(csr_matrix([[1, 0.1, 0.6], [0.1, 1, 0.1], [0.6, 0.1, 1]]), 0.5)
    ((0, 2), (1,))
    """
    members: dict[int, list[int]] = {k: [k] for k in range(similarity.shape[0])}
    sums = _sums(similarity)
    heap = [(-value, a, b, 1, 1) for a, row in sums.items() for b, value in row.items() if a < b and value >= least]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members.get(a, ())) != size_a or len(members.get(b, ())) != size_b:
            continue  # one of them has grown or gone since
        members[a] += members.pop(b)
        taken = sums.pop(b)
        for other, value in taken.items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + value
        for other, total in sums[a].items():
            mean = round(total / (len(members[a]) * len(members[other])), 9)
            if mean >= least:
                first, second = sorted((a, other))
                heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))


def _sums(similarity: Matrix) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {k: {} for k in range(similarity.shape[0])}
    pairs = similarity.tocoo()
    for a, b, value in zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True):
        if a != b:
            found[a][b] = round(value, 9)
    return found
