"""Find the pairs of articles that resemble each other, and tell how alike they are, seen among all the others.

In: rows of length one, and profiles of articles. Out: a sparse matrix of similarities 0 to 1. Candidates come from an
inverted index on the terms that few articles print: each of its lists is bounded, so that work grows with the number of
articles and not with its square. Then three steps: what two texts have in common, weighed by time; what the nearest
neighbours of each have in common with the other (neighbours report the same in other words); and how near a pair is
beside the nearest of each (within a topic all reports are alike, and only those of one event stand out). In a batch of
a few articles neighbours say little, and count for little. Fails on pairs that share common words alone.
"""

from __future__ import annotations

import math

import numpy as np

from comparer.grouping.profiles import MOST, Profiles, company_factor, day_factor, weekday_factor
from comparer.grouping.sparse import Array, Indices, Matrix, product

COMMON = 300  # articles that print a term, from which on it leads to no candidates; smaller batches see all pairs
HINT = 0.4  # part of the wanted cosine that rare terms must give for a pair to be looked at
BLOCK = 100  # articles whose candidates are held at a time
CHUNK = 50_000  # pairs whose common terms are multiplied at a time


def similar_pairs(vectors: Matrix, least: float, *, common: int = COMMON) -> tuple[Indices, Indices, Array]:
    """Return the pairs (smaller index first) whose cosine is at least `least`, in order, with that cosine."""
    seen = np.bincount(vectors.columns, minlength=vectors.width)[vectors.columns]
    rare, frequent = vectors.where(seen <= common), vectors.where(seen > common)
    every, some = np.arange(vectors.height), bool(len(frequent.values))
    wanted = least * HINT if some else least
    parts = [_block(rare, every[first : first + BLOCK], wanted) for first in range(0, vectors.height, BLOCK)]
    a, b, cosine = (np.concatenate([part[k] for part in parts]) for k in range(3))
    if some:
        for first in range(0, len(a), CHUNK):
            chunk = slice(first, first + CHUNK)
            cosine[chunk] += frequent.in_common(a[chunk], b[chunk])
    kept = cosine >= least
    return a[kept], b[kept], cosine[kept]


def _block(rare: Matrix, rows: Indices, least: float) -> tuple[Indices, Indices, Array]:
    """Return the pairs of these rows, which follow each other, with later ones, from a cosine on."""
    later = np.arange(rows[0], rare.height)
    found = rare.alike(rows, later)
    a, b = np.nonzero((found >= least) & (rows[:, None] < later))
    return rows[a], later[b], found[a, b]


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
    both = np.concatenate([a, b]), np.concatenate([b, a])
    return Matrix.gathered(*both, np.concatenate([values, values]), (n, n))


def _with_neighbours(first: Matrix) -> Matrix:
    """Return how alike articles are when each speaks together with its nearest neighbours."""
    n = first.height
    weight = SHARE * min(1.0, max(0.0, math.log(max(n, FEW) / FEW) / math.log(MANY / FEW)))
    if weight <= 0:
        return first
    near = first.where(first.values >= _ranked(first, NEIGHBOURS)[first.rows, -1])
    spread = _beside_itself(near.with_values(weight * np.clip((near.values - FAINT) / (FULL - FAINT), 0.0, 1.0)))
    beside, turned = _beside_itself(first), spread.turned
    blocks = [np.arange(n)[k : k + BLOCK] for k in range(0, n, BLOCK)]
    parts = [Matrix.of(product(Matrix.of(product(spread.at(rows), beside)), turned)) for rows in blocks]
    rows = np.concatenate([block[part.rows] for block, part in zip(blocks, parts, strict=True)])
    columns, values = (np.concatenate([getattr(part, name) for part in parts]) for name in ("columns", "values"))
    both = Matrix.gathered(rows, columns, values, (n, n))
    own = both.where(both.rows == both.columns).over_columns()
    return _kept(both.scaled(1.0 / np.sqrt(own)).weighed(1.0 / np.sqrt(own)))


def _beside_itself(similarity: Matrix) -> Matrix:
    """Return similarities with 1 on the diagonal."""
    n = similarity.height
    own = np.arange(n)
    rows, columns = np.concatenate([similarity.rows, own]), np.concatenate([similarity.columns, own])
    return Matrix.gathered(rows, columns, np.concatenate([similarity.values, np.ones(n)]), (n, n))


def _beside_the_nearest(similarity: Matrix) -> Matrix:
    """Return the similarities, each lowered as far as it stays under what the two have with their nearest."""
    nearest = _ranked(similarity, min(NEIGHBOURS, max(1, similarity.height - 1))).mean(axis=1)
    wanted, found = np.maximum(nearest[similarity.rows], nearest[similarity.columns]), similarity.values
    return _kept(similarity.with_values(found * np.minimum(1.0, found / np.maximum(wanted, 1e-9))))


def _kept(similarity: Matrix) -> Matrix:
    """Return the matrix without its diagonal and without what is as good as nothing, rounded against noise."""
    rounded = similarity.with_values(np.round(similarity.values, 9))
    return rounded.where((similarity.values >= FLOOR / 2) & (similarity.rows != similarity.columns))


def _ranked(similarity: Matrix, count: int) -> Array:
    """Return the highest values of each row in descending order, 0 where it has fewer: an array (rows, count)."""
    best = np.zeros((similarity.height, count))
    order = np.lexsort((-similarity.values, similarity.rows))
    place = np.arange(len(order)) - similarity.ends[:-1][similarity.rows]
    top = place < count
    best[similarity.rows[top], place[top]] = similarity.values[order][top]
    return best
