"""Weigh words by how few texts print them, and read articles into vectors of such weights and into days.

In: bags of terms, or cleaned articles. Out: sparse matrices with a row per bag, rows of length one, so that a product
is a cosine; profiles of articles, with the words that two share. A batch of two texts says nothing about which words
are rare: the background counts of `resources/background_idf.json` do. The opening of an article (title, first words) is
compared apart: reports tell the event there and the background later, and it is as long in a teaser as in a long
report, so that one threshold fits both. No scikit-learn: its import takes seconds.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparer.language.dates import WEEKDAYS
from comparer.language.words import STOP_WORDS, WORD, normal_form, stem
from comparer.model import Article, BlockKind
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
    rows, columns = matrix.shape
    seen = np.bincount(matrix.indices, minlength=columns)
    return np.log((1 + rows) / (1 + seen)) + 1.0


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with every row scaled to length one; empty rows stay empty."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    scaled = matrix.copy()
    scaled.data *= np.repeat(scale, np.diff(matrix.indptr))
    return scaled


WHOLE = 0.7  # how much of the similarity is that of the whole texts; the rest is that of the openings
OPENING = 70  # words after the title that count as opening: a teaser's length, or two to three sentences
NEWS = 130  # words in which a report says on which day of the week its event was
WHOLE_WEEKDAYS = frozenset(name for name in WEEKDAYS if name.endswith("day"))
TITLE_WEIGHT = 2  # times a word of the title counts in the whole
NAME_WEIGHT = 1.5  # what a capitalised word's weight is multiplied with
TRUST = 60.0  # articles at which the batch's own counts weigh as much as the background's


@dataclass(frozen=True)
class Profiles:
    """Hold the weighted words of each article, rows of length one, and how each stem is printed.

    Products of `vectors` are the weighted mean of two cosines, of whole articles and of their openings. `days` number
    the days of publication, NaN where unknown; `weekdays` hold a bit for each weekday that title or opening names.
    """

    whole: Matrix
    vectors: Matrix
    terms: tuple[str, ...]
    surface: tuple[Mapping[str, str], ...]
    days: Array
    weekdays: Indices

    def deciding_terms(self, members: Sequence[int], count: int) -> tuple[str, ...]:
        """Return printed words that weigh most in most members together, strongest first."""
        columns, sums, held = summed(self.whole[list(members)])
        weight = np.where(2 * held > len(members), sums / len(members), 0.0)
        known = (k for k in np.flatnonzero(weight > 0).tolist())
        best = nsmallest(count, known, key=lambda k: (-round(float(weight[k]), 9), self.terms[columns[k]]))
        return tuple(self._printed(self.terms[columns[k]], members) for k in best)

    def shared_terms(self, members: Sequence[int], other: int, count: int) -> tuple[str, ...]:
        """Return printed words that the members on average and another article have in common, strongest first."""
        columns, sums, _ = summed(self.whole[list(members)])
        row = self.whole[other]
        at = np.minimum(np.searchsorted(columns, row.indices), len(columns) - 1)
        weight = np.where(columns[at] == row.indices, sums[at], 0.0) * row.data
        order = sorted(range(len(weight)), key=lambda k: (-round(float(weight[k]), 9), self.terms[row.indices[k]]))
        return tuple(self._printed(self.terms[row.indices[k]], (*members, other)) for k in order[:count] if weight[k])

    def _printed(self, term: str, members: Sequence[int]) -> str:
        """Return the form most members print, by position where equal."""
        forms = Counter(self.surface[m][term] for m in members if term in self.surface[m])
        return max(forms, key=lambda form: forms[form], default=term)


def summed(rows: Matrix) -> tuple[Indices, Array, Indices]:
    """Return the columns in which some rows hold something, in order, each with its sum and how many rows hold it."""
    columns, at = np.unique(rows.indices, return_inverse=True)
    sums: Array = np.bincount(at, weights=rows.data).astype(float, copy=False)  # told as integers in the stubs
    return columns, sums, np.bincount(at)


def read_profiles(articles: Sequence[Article]) -> Profiles:
    """Return the profiles of the articles; an article without kept words resembles nothing."""
    from scipy.sparse import hstack

    wholes, openings, surfaces = zip(*map(_bags, articles), strict=True)
    counts, terms = matrix_of(wholes)
    whole, opening = _weigh(counts, terms), _weigh(*matrix_of(openings))
    return Profiles(
        whole,
        hstack([whole * math.sqrt(WHOLE), opening * math.sqrt(1 - WHOLE)]).tocsr(),
        terms,
        surfaces,
        np.array([_day(a.published) for a in articles], dtype=float),
        np.array([_weekdays(a) for a in articles], dtype=int),
    )


def _weigh(matrix: Matrix, terms: Sequence[str]) -> Matrix:
    from scipy.sparse import diags

    rows = matrix.shape[0]
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    own = np.log((1 + rows) / (1 + seen)) + 0.3
    trust = rows / (rows + TRUST)
    idf = trust * own + (1 - trust) * np.array(idf_of(terms) if terms else [0.0])
    return unit_rows(matrix @ diags(np.maximum(idf, 0.0)))


def _bags(article: Article) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
    """Return the weight of each stem before any idf, in the whole and in the opening, and how it is first printed."""
    whole: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    surface: dict[str, str] = {}
    left = OPENING
    for text, is_title in _texts(article):
        printed = WORD.findall(text)
        keys = [_key(word) for word in printed]
        at = len(keys) if is_title else max(0, left)
        left -= 0 if is_title else len(keys)
        for word, key in zip(printed, keys, strict=True):
            if not key:
                continue
            whole[key] += TITLE_WEIGHT if is_title else 1
            capital[key] += 0 if is_title else 1 if word[0].isupper() else -1
            if key not in surface or (word[0].islower() and not is_title):
                surface[key] = word
        opening.update(keys[:at])
    del opening[""]
    return _damped(whole, capital), _damped(opening, capital), surface


def _texts(article: Article) -> Iterator[tuple[str, bool]]:
    """Yield the kept texts, each with whether it is the title; the title once, first where the page prints none."""
    kept = [(b.span.of(article.text), b.kind is BlockKind.TITLE) for b in article.kept_blocks]
    if article.title and not any(is_title for _, is_title in kept):
        yield article.title, True
    yield from kept


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """Return what a word counts as, empty where it does not count."""
    form = normal_form(word)
    return "" if form in STOP_WORDS or len(form) < 2 else stem(form)


def _damped(counts: Counter[str], capital: Counter[str]) -> dict[str, float]:
    return {k: (1 + math.log(c)) * (NAME_WEIGHT if capital[k] > 0 else 1.0) for k, c in counts.items()}


def _weekdays(article: Article) -> int:
    printed = (word for text, _ in _texts(article) for word in WORD.findall(text))
    named = {normal_form(word).removesuffix("'s") for word in islice(printed, NEWS)}
    return sum(1 << WEEKDAYS[name] for name in named & WHOLE_WEEKDAYS)


def _day(published: str | None) -> float:
    try:
        return dt.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return math.nan
