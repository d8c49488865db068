"""Apply the small learned networks of the cleaner: one or two layers, weights from a JSON resource.

In: a matrix of features, a row for each line. Out: probabilities. The weights are made by `training/cleaning.py`; numpy
alone applies them, and equal input gives equal output.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparer.resources.loader import load_json

Matrix = NDArray[np.float32]
_SMALL = 200_000  # multiplications in one product
_FAR = 4.0  # standard deviations beyond which a feature says no more


@dataclass(frozen=True, slots=True)
class Network:
    """Hold one network: which columns are read on a logarithmic scale, scaling, layers of weights and bias, classes."""

    logarithmic: NDArray[np.bool_]
    mean: Matrix
    scale: Matrix
    layers: tuple[tuple[Matrix, Matrix], ...]
    classes: tuple[str, ...] = ()

    def probabilities(self, features: Matrix) -> Matrix:
        """Return a row of probabilities for each row of `features`: of "yes" alone where there is one output."""
        return self.answers(self.scaled(features))

    def scaled(self, features: Matrix, *, start: int = 0) -> Matrix:
        """Return the features as the network reads them; `start` is which of its inputs their first column is."""
        at = slice(start, start + features.shape[1])
        return scale(features, self.logarithmic[at], self.mean[at], self.scale[at])

    def answers(self, layer: Matrix) -> Matrix:
        """Return a row of probabilities for each row of scaled features."""
        for weights, bias in self.layers[:-1]:
            layer = _times(layer, weights)
            layer += bias
            np.maximum(layer, 0, out=layer)
        weights, bias = self.layers[-1]
        scores = np.maximum(np.minimum(_times(layer, weights) + bias, 30), -30)
        if scores.shape[1] == 1:
            return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _times(rows: Matrix, weights: Matrix) -> Matrix:
    """Multiply a few rows at a time: for a page's matrices, threads that a library starts cost more than they give."""
    step = max(1, _SMALL // weights.size)
    out = np.empty((len(rows), weights.shape[1]), np.float32)
    for at in range(0, len(rows), step):
        np.matmul(rows[at : at + step], weights, out=out[at : at + step])
    return out


def scale(features: Matrix, logarithmic: NDArray[np.bool_], mean: Matrix, spread: Matrix) -> Matrix:
    """Return the features as the network reads them: logarithms of the counts, then standard scores within bounds."""
    out = features.astype(np.float32)
    columns = logarithmic.nonzero()[0]
    counts = out[:, columns]
    out[:, columns] = np.copysign(np.log1p(np.abs(counts)), counts)
    out -= mean
    out /= spread
    return np.maximum(np.minimum(out, _FAR, out=out), -_FAR, out=out)


@cache
def load_network(resource: str, name: str) -> Network:
    """Return the network `name` of a resource."""
    weights: dict[str, Any] = load_json(resource)[name]
    return Network(
        logarithmic=np.array(weights["logarithmic"], bool),
        mean=_array(weights["mean"]),
        scale=_array(weights["scale"]),
        layers=tuple((_array(w), _array(b)) for w, b in weights["layers"]),
        classes=tuple(weights["classes"]),
    )


def _array(values: list[Any]) -> Matrix:
    return np.array(values, np.float32)
