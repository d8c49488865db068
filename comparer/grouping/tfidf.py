"""Weigh words by how few texts print them, over few texts or many, without scikit-learn's seconds of import.

In: bags of terms. Out: sparse matrices with a row per bag, rows of length one, so that a product is a cosine. A batch
of two texts says nothing about which words are rare: the background counts of `resources/background_idf.json` do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparer.resources.loader import load_json

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Matrix = Any  # scipy.sparse.csr_matrix of float; named so that importing this module does not import scipy


@cache
def background_idf() -> tuple[Mapping[str, float], float]:
    """Return ln(pages / pages with the stem) per stem, and the value for a stem the background never saw.

    >>> weights, unseen = background_idf()
    >>> weights["year"] < weights["hospital"] < unseen
    True
    """
    data = load_json("background_idf")
    pages = float(data["documents"])
    weights = {
        word: math.log((pages + 1) / (int(count) + 1))
        for count, stems in data["stems_by_count"].items()
        for word in stems.split()
    }
    return weights, math.log((pages + 1) / 3)


def idf_of(terms: Iterable[str]) -> list[float]:
    """Return the background weight of each term, in order."""
    weights, unseen = background_idf()
    return [weights.get(term, unseen) for term in terms]


def matrix_of(bags: Sequence[Mapping[str, float]]) -> tuple[Matrix, tuple[str, ...]]:
    """Return a sparse matrix of the bags' weights and the terms of its columns, in order of first appearance."""
    import numpy as np
    from scipy.sparse import csr_matrix

    column: dict[str, int] = {}
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for bag in bags:
        for term, weight in bag.items():
            indices.append(column.setdefault(term, len(column)))
            values.append(weight)
        ends.append(len(indices))
    shape = (len(bags), max(1, len(column)))
    matrix = csr_matrix(
        (np.array(values, dtype=float), np.array(indices, dtype=np.int32), np.array(ends, dtype=np.int32)), shape=shape
    )
    return matrix, tuple(column)


def smooth_idf(matrix: Matrix) -> Any:  # noqa: ANN401 - an array of float per column
    """Return ln((1 + rows) / (1 + rows with the term)) + 1 per column, as scikit-learn smooths it."""
    import numpy as np

    rows, columns = matrix.shape
    seen = np.bincount(matrix.indices, minlength=columns)
    return np.log((1 + rows) / (1 + seen)) + 1.0


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with every row scaled to length one; empty rows stay empty."""
    import numpy as np

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    scaled = matrix.copy()
    scaled.data *= np.repeat(scale, np.diff(matrix.indptr))
    return scaled
