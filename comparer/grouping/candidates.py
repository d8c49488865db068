"""Find the pairs of articles that resemble each other, without looking at every pair.

In: rows of length one. Out: pairs with their cosine. Method: an inverted index on the terms that few articles print; a
pair that shares none of them is never looked at. Each list of the index is bounded, so that work grows with the number
of articles and not with its square. Fails on pairs that share common words alone, which no two reports of one event do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comparer.grouping.tfidf import Matrix

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

COMMON = 300  # articles that print a term, from which on it leads to no candidates; smaller batches see all pairs
HINT = 0.4  # part of the wanted cosine that rare terms must give for a pair to be looked at
BLOCK = 250  # articles whose candidates are held at a time
CHUNK = 50_000  # pairs whose common terms are multiplied at a time


def similar_pairs(vectors: Matrix, least: float, *, common: int = COMMON) -> tuple[Indices, Indices, Array]:
    """Return the pairs (smaller index first) whose cosine is at least `least`, in order, with that cosine."""
    seen = np.bincount(vectors.indices, minlength=vectors.shape[1])
    rare, frequent = vectors[:, seen <= common].tocsr(), vectors[:, seen > common].tocsr()
    turned = rare.T.tocsr()
    wanted = least * HINT if frequent.nnz else least
    parts = [_block(rare[first : first + BLOCK] @ turned, first, wanted) for first in range(0, vectors.shape[0], BLOCK)]
    a, b, cosine = (np.concatenate([part[k] for part in parts]) for k in range(3))
    if frequent.nnz:
        for first in range(0, len(a), CHUNK):
            chunk = slice(first, first + CHUNK)
            cosine[chunk] += np.asarray(frequent[a[chunk]].multiply(frequent[b[chunk]]).sum(axis=1)).ravel()
    kept = cosine >= least
    return a[kept], b[kept], cosine[kept]


def _block(product: Matrix, first: int, least: float) -> tuple[Indices, Indices, Array]:
    found = product.tocoo()
    a, b = found.row + first, found.col
    kept = (found.data >= least) & (a < b)
    order = np.lexsort((b[kept], a[kept]))
    return a[kept][order].astype(int), b[kept][order].astype(int), found.data[kept][order]
