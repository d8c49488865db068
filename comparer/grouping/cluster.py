"""Join what is alike on average: two groups meet where the mean similarity of their members reaches a threshold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def cluster(similarity: NDArray[np.float64], least: float) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices, each ascending, in order of their first.

    Average linkage (Sokal and Michener 1958); equal similarities are joined in order of position.


    >>> import numpy as np
    >>> cluster(np.array([[1, 0.1, 0.6], [0.1, 1, 0.1], [0.6, 0.1, 1]]), 0.5)
    ((0, 2), (1,))
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    n = len(similarity)
    if n < 2:
        return tuple((k,) for k in range(n))
    distance = np.clip(1.0 - np.round((similarity + similarity.T) / 2, 9), 0.0, 1.0)
    np.fill_diagonal(distance, 0.0)
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1.0 - least, "distance")
    groups: dict[int, list[int]] = {}
    for k, label in enumerate(labels):
        groups.setdefault(int(label), []).append(k)
    return tuple(sorted(tuple(g) for g in groups.values()))
