"""Turn what is measured of candidates for findings into calibrated probabilities that an editor would grant them.

In: features of candidates by name. Out: a probability each, and the line above which a family prints: logistic
regressions. Weights: `resources/findings.json`, learned from annotated events by `training/findings.py`; the line was
chosen on events left out. Refuses to look at texts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from comparer.resources.loader import load_json


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold a family's weights by feature, its constant, its line, and what counts for a feature that is not known."""

    weights: Mapping[str, float]
    constant: float
    line: float
    means: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability of a candidate, rounded to six decimals."""
        score = self.constant + math.fsum(
            weight * (features[name] if name in features else self.means[name]) for name, weight in self.weights.items()
        )
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 6)


@cache
def judge(family: str) -> Judge:
    """Return the judge of a family of findings, by its letter or by its code.

    >>> 0 < judge("W").line < 1
    True
    """
    told = load_json("findings")[family]
    return Judge(told["weights"], told["constant"], told["line"], told.get("means", {}))


def rate(code: str) -> float:
    """Return how probable it is that a finding of a rule holds: the part granted on real annotated events.

    One right and one wrong are added, so that a code of which little is known is near one half.

    >>> 0 < rate("F103") < 1
    True
    """
    right, printed = load_json("findings").get("rates", {}).get(code, (0, 0))
    return float(round((right + 1) / (printed + 2), 3))


@cache
def leaning() -> tuple[NDArray[np.float64], float]:
    """Return the weights and the constant that say how far a word in its place leans to judgement."""
    told = load_json("findings")["leaning"]
    return np.array(told["weights"]), told["constant"]
