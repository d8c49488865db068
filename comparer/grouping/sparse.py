"""Hold matrices of which most is 0, and multiply their rows, by numpy alone: scipy's import costs more than an event.

In: bags of terms, or rows, columns and values. Out: matrices whose values stand row by row. A product adds up in the
order in which the left row holds its values, so equal rows give equal sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int_]


@dataclass(frozen=True, eq=False)
class Matrix:
    """Hold the stored values row by row, with their columns; row k holds those from `ends[k]` to `ends[k + 1]`.

    >>> Matrix.of(np.array([[0.0, 2.0], [3.0, 0.0]])).turned.full().tolist()
    [[0.0, 3.0], [2.0, 0.0]]
    """

    columns: Indices
    values: Array
    ends: Indices
    width: int

    @classmethod
    def of(cls, full: Array) -> Matrix:
        """Return the values of an array that are not 0."""
        rows, columns = np.nonzero(full)
        return cls(columns, full[rows, columns], _ends(np.bincount(rows, minlength=len(full))), full.shape[1])

    @classmethod
    def gathered(cls, rows: Indices, columns: Indices, values: Array, shape: tuple[int, int]) -> Matrix:
        """Return the values at these places, those of one place added up, each row's columns in ascending order."""
        cells, at = np.unique(rows * shape[1] + columns, return_inverse=True)
        counts = np.bincount(cells // shape[1], minlength=shape[0])
        return cls(cells % shape[1], _sums(at, values, len(cells)), _ends(counts), shape[1])

    @property
    def height(self) -> int:
        """Count the rows."""
        return len(self.ends) - 1

    @cached_property
    def rows(self) -> Indices:
        """Return the row of each value."""
        return np.repeat(np.arange(self.height), np.diff(self.ends))

    @cached_property
    def turned(self) -> Matrix:
        """Return the matrix with its rows as columns."""
        order = np.argsort(self.columns, kind="stable")
        ends = _ends(np.bincount(self.columns, minlength=self.width))
        return Matrix(self.rows[order], self.values[order], ends, self.height)

    def at(self, rows: Indices) -> Matrix:
        """Return the matrix of these rows, in their order."""
        sizes = np.diff(self.ends)[rows]
        place = _places(self.ends[:-1][rows], sizes)
        return Matrix(self.columns[place], self.values[place], _ends(sizes), self.width)

    def where(self, wanted: NDArray[np.bool_]) -> Matrix:
        """Return the matrix of the wanted ones of its values."""
        ends = _ends(np.bincount(self.rows[wanted], minlength=self.height))
        return Matrix(self.columns[wanted], self.values[wanted], ends, self.width)

    def with_values(self, values: Array) -> Matrix:
        """Return the matrix with other values in the places of its own."""
        return replace(self, values=values)

    def weighed(self, weights: Array) -> Matrix:
        """Return the matrix with each column multiplied by its weight."""
        return replace(self, values=self.values * weights[self.columns])

    def scaled(self, factors: Array) -> Matrix:
        """Return the matrix with each row multiplied by its factor."""
        return replace(self, values=self.values * factors[self.rows])

    def over_columns(self) -> Array:
        """Return the sum of each row."""
        return _sums(self.rows, self.values, self.height)

    def over_rows(self) -> Array:
        """Return the sum of each column."""
        return _sums(self.columns, self.values, self.width)

    def full(self) -> Array:
        """Return the matrix as an array."""
        found = np.zeros((self.height, self.width))
        found[self.rows, self.columns] = self.values
        return found

    def alike(self, left: Indices, right: Indices) -> Array:
        """Return the products of each of some rows with each of some others, an array (left, right)."""
        first = int(right.min(initial=self.height))
        cell, mine, theirs = self._meetings(left, first)
        width = self.height - first
        found = _sums(cell, mine * theirs, len(left) * width)
        return found.reshape(len(left), width)[:, right - first]

    def largest_shared(self, left: Indices, right: Indices) -> Array:
        """Return the largest product of two values in one column for each pair of rows, an array (left, right)."""
        first = int(right.min(initial=self.height))
        cell, mine, theirs = self._meetings(left, first)
        width = self.height - first
        found = np.zeros(len(left) * width)
        np.maximum.at(found, cell, mine * theirs)
        return found.reshape(len(left), width)[:, right - first]

    def in_common(self, left: Indices, right: Indices) -> Array:
        """Return the product of the rows of each pair; the left ones are held as arrays, so let there be few."""
        held, column = np.unique(self.columns, return_inverse=True)
        narrow = Matrix(column, self.values, self.ends, len(held))
        first, which = np.unique(left, return_inverse=True)
        ours, theirs = narrow.at(first).full(), narrow.at(right)
        return theirs.with_values(theirs.values * ours[which[theirs.rows], theirs.columns]).over_columns()

    def _meetings(self, left: Indices, first: int) -> tuple[Indices, Array, Array]:
        """Return where a value of a left row and one of the rows from `first` on stand in one column, and the values.

        Places are those of an array (left, rows from `first` on), read row by row.
        """
        ours, held = self.at(left), np.bincount(self.columns[: self.ends[first]], minlength=self.width)
        sizes = (np.diff(self.turned.ends) - held)[ours.columns]
        place = _places((self.turned.ends[:-1] + held)[ours.columns], sizes)
        cell = np.repeat(ours.rows * (self.height - first) - first, sizes) + self.turned.columns[place]
        return cell, np.repeat(ours.values, sizes), self.turned.values[place]


def product(left: Matrix, right: Matrix) -> Array:
    """Return the product of two matrices as an array (rows of the left one, columns of the right one)."""
    sizes = np.diff(right.ends)[left.columns]
    place = _places(right.ends[:-1][left.columns], sizes)
    cell = np.repeat(left.rows * right.width, sizes) + right.columns[place]
    values = np.repeat(left.values, sizes) * right.values[place]
    return _sums(cell, values, left.height * right.width).reshape(left.height, right.width)


def matrix_of(bags: Sequence[Mapping[str, float]]) -> tuple[Matrix, tuple[str, ...]]:
    """Return a matrix of the bags' weights and the terms of its columns, in order of first appearance."""
    column: dict[str, int] = {}
    columns = [column.setdefault(term, len(column)) for bag in bags for term in bag]
    values = [weight for bag in bags for weight in bag.values()]
    ends = _ends(np.array([len(bag) for bag in bags], dtype=int))
    return Matrix(np.array(columns, dtype=int), np.array(values, dtype=float), ends, max(1, len(column))), tuple(column)


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with every row scaled to length one; empty rows stay empty."""
    length = np.sqrt(matrix.with_values(matrix.values**2).over_columns())
    return matrix.scaled(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0))


def _ends(sizes: Indices) -> Indices:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(int)


def _places(starts: Indices, sizes: Indices) -> Indices:
    """Return the indices of runs of so many places from these starts on, one run after another."""
    return np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def _sums(at: Indices, values: Array, size: int) -> Array:
    """Return what the values at each of so many places add up to, in their order."""
    return np.bincount(at, weights=values, minlength=size).astype(float, copy=False)
