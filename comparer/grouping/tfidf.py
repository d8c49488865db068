"""Weigh words by how few texts print them, over few texts or many, without scikit-learn's seconds of import.

In: terms, or a matrix with a row per text. Out: a weight per term. A batch of two texts says nothing about which words
are rare: the background counts of `resources/background_idf.json` do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from comparer.grouping.sparse import Array, Matrix
from comparer.resources.loader import load_json


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


def smooth_idf(matrix: Matrix) -> Array:
    """Return ln((1 + rows) / (1 + rows with the term)) + 1 per column, as scikit-learn smooths it."""
    seen = np.bincount(matrix.columns, minlength=matrix.width)
    return np.log((1 + matrix.height) / (1 + seen)) + 1.0
