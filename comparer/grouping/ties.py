"""Tell how alike any two articles of a batch are, seen among all the others.

In: profiles of articles. Out: a sparse matrix of similarities 0 to 1. Three steps: what two texts have in common,
weighed by time; what the nearest neighbours of each have in common with the other (neighbours report the same in other
words); and how near a pair is beside the nearest of each (within a topic all reports are alike, and only those of one
event stand out). In a batch of a few articles neighbours say little, and count for little.
"""

from __future__ import annotations

import math

import numpy as np

from comparer.grouping.candidates import Array, Indices, similar_pairs
from comparer.grouping.profile import Profiles
from comparer.grouping.tfidf import Matrix
from comparer.grouping.times import MOST, company_factor, day_factor, weekday_factor

FLOOR = 0.12  # similarities under it count as none
NEIGHBOURS = 2  # of each article that speak for it
SHARE = 0.5  # how much a neighbour speaks beside the article, at most
FAINT, FULL = 0.1, 0.4  # similarity at which a neighbour begins to speak, and speaks fully
FEW, MANY = 3, 100  # articles of a batch at which neighbours begin to count, and count fully


def similarities(profiles: Profiles) -> Matrix:
    """Return a sparse symmetric matrix of similarities, one row per article, nothing on its diagonal."""
    return _beside_the_nearest(_with_neighbours(_first(profiles)))


def _first(profiles: Profiles) -> Matrix:
    """Return the cosines, raised or lowered by time where it is known."""
    n = len(profiles.days)
    days = np.array([np.nan if day is None else day for day in profiles.days], dtype=float)
    a, b, cosine = similar_pairs(profiles.vectors, FLOOR / MOST)
    value = cosine * day_factor(days, a, b) * weekday_factor(profiles.weekdays, a, b)
    value = np.minimum(1.0, value * company_factor(days, _mirrored(a, b, cosine, n), a, b))
    kept = value >= FLOOR
    return _mirrored(a[kept], b[kept], value[kept], n)


def _mirrored(a: Indices, b: Indices, values: Array, n: int) -> Matrix:
    """Return a symmetric matrix of the values of pairs."""
    from scipy.sparse import coo_matrix

    half = coo_matrix((values, (a, b)), shape=(n, n)).tocsr()
    return (half + half.T).tocsr()


def _with_neighbours(first: Matrix) -> Matrix:
    """Return how alike articles are when each speaks together with its nearest neighbours."""
    from scipy.sparse import diags, identity

    n = first.shape[0]
    weight = SHARE * min(1.0, max(0.0, math.log(max(n, FEW) / FEW) / math.log(MANY / FEW)))
    if weight <= 0:
        return first
    near = first.copy()
    near.data = np.where(near.data >= np.repeat(_ranked(first, NEIGHBOURS)[:, -1], np.diff(near.indptr)), near.data, 0)
    near.data = weight * np.clip((near.data - FAINT) / (FULL - FAINT), 0.0, 1.0)
    near.eliminate_zeros()
    spread = identity(n, format="csr") + near
    both = (spread @ (identity(n, format="csr") + first) @ spread.T).tocsr()
    scale = diags(1.0 / np.sqrt(both.diagonal()))
    return _kept(scale @ both @ scale)


def _beside_the_nearest(similarity: Matrix) -> Matrix:
    """Return the similarities, each lowered as far as it stays under what the two have with their nearest."""
    nearest = _ranked(similarity, min(NEIGHBOURS, max(1, similarity.shape[0] - 1))).mean(axis=1)
    found = similarity.tocoo()
    wanted = np.maximum(nearest[found.row], nearest[found.col])
    found.data = found.data * np.minimum(1.0, found.data / np.maximum(wanted, 1e-9))
    return _kept(found)


def _kept(similarity: Matrix) -> Matrix:
    """Return the matrix without its diagonal and without what is as good as nothing, rounded against noise."""
    found = similarity.tocoo()
    found.data = np.round(np.where((found.data >= FLOOR / 2) & (found.row != found.col), found.data, 0.0), 9)
    kept = found.tocsr()
    kept.eliminate_zeros()
    return kept


def _ranked(similarity: Matrix, count: int) -> Array:
    """Return the highest values of each row in descending order, 0 where it has fewer: an array (rows, count)."""
    best = np.zeros((similarity.shape[0], count))
    order = np.lexsort((-similarity.data, np.repeat(np.arange(similarity.shape[0]), np.diff(similarity.indptr))))
    place = np.arange(len(order)) - np.repeat(similarity.indptr[:-1], np.diff(similarity.indptr))
    rows = np.repeat(np.arange(similarity.shape[0]), np.diff(similarity.indptr))
    top = place < count
    best[rows[top], place[top]] = similarity.data[order][top]
    return best
