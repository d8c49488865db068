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

from comparer.grouping.vectors import Array, Indices, Matrix, Profiles

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
    days, n = profiles.days, len(profiles.days)
    a, b, cosine = similar_pairs(profiles.vectors, FLOOR / MOST)
    value = cosine * _day_factor(days, a, b) * _weekday_factor(profiles.weekdays, a, b)
    value = np.minimum(1.0, value * _company_factor(days, _mirrored(a, b, cosine, n), a, b))
    kept = value >= FLOOR
    return _mirrored(a[kept], b[kept], value[kept], n)


def _mirrored(a: Indices, b: Indices, values: Array, n: int) -> Matrix:
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
    rows = np.repeat(np.arange(similarity.shape[0]), np.diff(similarity.indptr))
    order = np.lexsort((-similarity.data, rows))
    place = np.arange(len(order)) - similarity.indptr[rows]
    top = place < count
    best[rows[top], place[top]] = similarity.data[order][top]
    return best


SAME_DAY = 1.5  # what one day of publication multiplies a similarity with
HALF_LIFE = 7.0  # days over which that factor halves: features come out some days after the news
LEAST_LEFT = 0.15  # what distance in time leaves of a similarity at least
SAME_WEEKDAY = 1.15  # what a weekday that both openings name multiplies a similarity with
OTHER_WEEKDAY = 0.8  # the same where both name weekdays and share none
FAR = 100.0  # days from which on the company an undated article keeps speaks against a dated one
CLOSE = 0.2  # cosine from which on a dated article is company
NEUTRAL = 0.2  # cosine that company must outweigh before it speaks
MOST = SAME_DAY * SAME_WEEKDAY


def _day_factor(days: Array, left: Indices, right: Indices) -> Array:
    apart = np.abs(days[left] - days[right])
    factor = np.maximum(LEAST_LEFT, SAME_DAY * 0.5 ** (np.nan_to_num(apart) / HALF_LIFE))
    return np.where(np.isnan(apart), 1.0, factor)


def _company_factor(days: Array, cosine: Matrix, left: Indices, right: Indices) -> Array:
    """Return the factor of each pair of which one has no day: it is judged by the days of the articles most like it.

    A page without a date that resembles three reports of this week is no report of another year's. No day is
    given to the page. Pairs of two days, or of none, get 1.
    """
    factor = np.ones(len(left))
    undated = np.isnan(days)
    mixed = np.flatnonzero(undated[left] ^ undated[right])
    ours = np.where(undated[left[mixed]], left[mixed], right[mixed])
    others = np.where(undated[left[mixed]], right[mixed], left[mixed])
    order = np.argsort(ours, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(ours[order])) + 1) if len(order) else ():
        row = cosine[ours[group[0]]]
        good = (row.data >= CLOSE) & ~undated[row.indices]
        company, weight, asked = row.indices[good], row.data[good], others[group]
        far = np.abs(days[company][:, None] - days[asked][None, :]) > FAR
        weights = np.where(company[:, None] == asked[None, :], 0.0, weight[:, None])
        lost = (1.0 - LEAST_LEFT) * (weights * far).sum(axis=0)
        factor[mixed[group]] = 1.0 - lost / (NEUTRAL + weights.sum(axis=0))
    return factor


def _weekday_factor(weekdays: Indices, left: Indices, right: Indices) -> Array:
    """Return the factor of each pair by the weekdays named, a bit for each (0 where none is)."""
    mine, other = weekdays[left], weekdays[right]
    factor = np.where(mine & other, SAME_WEEKDAY, OTHER_WEEKDAY)
    return np.where((mine == 0) | (other == 0), 1.0, factor)
