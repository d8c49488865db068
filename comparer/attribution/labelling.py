"""Label words with a learned chain: a conditional random field (Lafferty et al. 2001) over columns of numbers.

In: columns, one row per piece, and the lengths of the sequences. Out: how likely each label is at each piece. A
feature is a template, up to three columns at fixed distances; its weights are looked up for all pieces at once.
Learning is done by CRFsuite in `training/`; nothing is learned here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.resources.loader import load_bytes, load_json

Column = NDArray[np.int64]
Numbers = NDArray[np.float32]
Template = tuple[tuple[str, int], ...]  # columns with their distance from the token
MARGIN = 2  # rows of padding before and after a sequence, as far as a template looks
PAD = "<>"
MOST_DENSE = 1 << 18  # keys a template can have and still get a table of them all


class Vocabulary(NamedTuple):
    """Hold which values of each column are known; 0 stands for all others."""

    values: Mapping[str, Mapping[str, int]]

    def encode(self, columns: Mapping[str, Sequence[str]]) -> dict[str, Column]:
        """Return the columns as numbers."""
        return {name: self.column(name, values) for name, values in columns.items()}

    def column(self, name: str, values: Sequence[str]) -> Column:
        """Return one column as numbers."""
        return np.array(list(map(self.values[name].get, values, repeat(0))), dtype=np.int64)

    def padded(self, coded: Mapping[str, Column], lengths: Sequence[int]) -> tuple[dict[str, Column], Column]:
        """Return columns with padding around each sequence, so that no template sees its neighbours, and its rows."""
        sequence = np.repeat(np.arange(len(lengths)), lengths)
        at = np.arange(len(sequence)) + MARGIN * (2 * sequence + 1)
        found: dict[str, Column] = {}
        for name, column in coded.items():
            found[name] = np.full(len(at) + 2 * MARGIN * len(lengths), self.values[name].get(PAD, 0))
            found[name][at] = column
        return found, at

    def keys(self, template: Template, columns: Mapping[str, Column], at: Column) -> Column:
        """Return one number per place in `at` for the values a template sees there."""
        key = np.zeros(len(at), dtype=np.int64)
        for name, distance in template:
            key = key * (len(self.values[name]) + 1) + columns[name][at + distance]
        return key


class Keys(NamedTuple):
    """Hold the sorted keys of a template, and the row of every key there can be where these are few."""

    sorted: Column
    dense: NDArray[np.int32] | None

    @classmethod
    def of(cls, keys: Column) -> Keys:
        """Return the keys ready for looking up."""
        if not len(keys) or keys[-1] >= MOST_DENSE:
            return cls(keys, None)
        dense = np.full(int(keys[-1]) + 2, len(keys), dtype=np.int32)
        dense[keys] = np.arange(len(keys), dtype=np.int32)
        return cls(keys, dense)

    def rows_of(self, wanted: Column) -> NDArray[np.integer[Any]]:
        """Return the row of each wanted key; the row past all others, which holds no weight, where it is unknown."""
        if self.dense is not None:
            return self.dense.take(wanted, mode="clip")
        found = self.sorted.searchsorted(wanted)
        found[self.sorted.take(found, mode="clip") != wanted] = len(self.sorted)
        return found


class Chain(NamedTuple):
    """Hold learned weights: per template its sorted keys, a row of weights for each and one of zeros at the end."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    templates: tuple[Template, ...]
    keys: tuple[Keys, ...]
    rows: tuple[Numbers, ...]
    moves: Numbers

    def probabilities(self, coded: Mapping[str, Column], at: Column, lengths: Sequence[int]) -> Numbers:
        """Return each label's probability at each place; `at` holds the sequences' places one after the other."""
        if not len(at):
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        scores = np.zeros((len(at), len(self.labels)), dtype=np.float32)
        for template, keys, rows in zip(self.templates, self.keys, self.rows, strict=True):
            wanted = self.vocabulary.keys(template, coded, at)
            scores += rows.take(keys.rows_of(wanted), axis=0)
        return _marginals(scores, np.array(lengths, dtype=np.int64), self.moves)


def _marginals(scores: Numbers, lengths: Column, moves: Numbers) -> Numbers:
    """Run forwards and backwards over all sequences together, those alive at a step side by side, the longest first."""
    order = np.argsort(-lengths, kind="stable")
    starts = (np.cumsum(lengths) - lengths)[order]
    live = [int((lengths > step).sum()) for step in range(int(lengths.max()))]
    ends = np.cumsum(live).tolist()
    by_step = np.concatenate([starts[:count] + step for step, count in enumerate(live)])
    local = np.exp(scores - scores.max(axis=1, keepdims=True))[by_step]
    move = np.exp(moves)
    forward, backward = np.empty_like(local), np.ones_like(local)
    begins = [end - count for end, count in zip(ends, live, strict=True)]
    for step, count in enumerate(live):
        here = slice(begins[step], ends[step])
        behind = slice(begins[step - 1], begins[step - 1] + count)
        reached = (forward[behind] @ move) * local[here] if step else local[here]
        forward[here] = reached / reached.sum(axis=1, keepdims=True)
    for step in range(len(live) - 2, -1, -1):
        ahead = slice(ends[step], ends[step + 1])
        left = (local[ahead] * backward[ahead]) @ move.T
        here = slice(begins[step], begins[step] + live[step + 1])
        backward[here] = left / left.sum(axis=1, keepdims=True)
    both: Numbers = np.empty_like(local)
    both[by_step] = forward * backward
    both /= both.sum(axis=1, keepdims=True)
    return both


def with_zeros(rows: NDArray[np.floating[Any]]) -> Numbers:
    """Return rows of weights with one of zeros after them, for keys that are not known."""
    return np.concatenate([rows.astype(np.float32), np.zeros((1, rows.shape[1]), dtype=np.float32)])


def load_chain(name: str) -> Chain:
    """Return the chain whose weights lie in NAME.npz and whose vocabulary and templates in NAME.json."""
    record: Any = load_json(name)
    with np.load(BytesIO(load_bytes(f"{name}.npz")), allow_pickle=False) as arrays:
        ends = np.cumsum(arrays["counts"])[:-1]
        return Chain(
            labels=tuple(record["labels"]),
            vocabulary=Vocabulary(
                {c: {v: k for k, v in enumerate(values, start=1)} for c, values in record["values"].items()}
            ),
            templates=tuple(tuple((str(c), int(d)) for c, d in t) for t in record["templates"]),
            keys=tuple(Keys.of(np.cumsum(steps)) for steps in np.split(arrays["keys"], ends)),
            rows=tuple(with_zeros(rows) for rows in np.split(arrays["rows"], ends)),
            moves=arrays["moves"].astype(np.float32),
        )
