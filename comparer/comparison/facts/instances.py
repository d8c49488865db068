"""Measure of two printed values that cannot both be right whether they are told of one instance of one thing.

In: the event, a row, and a value of each of two of its cells. Out: features by name, for the judges of numbers and of
days: how sure the row is, and how alike the values and the words around them are to the reader. What the reader holds
is left out where it may not run. Nothing is judged here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparer.comparison.view import EventView, Printed
from comparer.comparison.words import word_states
from comparer.language.doc import Doc
from comparer.model import Row, Span

BESIDE = 3  # words before or after a value that make its surroundings
PARTS = ("value", "last", "before", "after")
SUREST = 0.98  # no row counts as surer
States = NDArray[np.float64]


def common_features(event: EventView, row: Row, a: Printed[Any], b: Printed[Any]) -> dict[str, float]:
    """Return what is measured of any two values of a row."""
    sure = min(SUREST, row.confidence)
    found = {"row": math.log(sure / (1 - sure))}
    if not event.config.fast:
        one, other = (_surroundings(event.docs[item.article], item.claim, item.span) for item in (a, b))
        found |= {f"read_{name}": _cosine(*pair) for name, *pair in zip(PARTS, one, other, strict=True)}
    return found


def _surroundings(doc: Doc, claim: Span, value: Span) -> tuple[States, ...]:
    """Return what the reader holds of the `PARTS`: a value, its last word, the words before and after it."""
    words, states = doc.words(claim), np.asarray(doc.once(word_states, claim), dtype=float)
    own = [k for k, word in enumerate(words) if word.span.overlaps(value)] or [0]
    before, after = range(max(0, own[0] - BESIDE), own[0]), range(own[-1] + 1, min(len(words), own[-1] + 1 + BESIDE))
    return tuple(_mean(states, part or own) for part in (own, own[-1:], before, after))


def _mean(states: States, part: Sequence[int]) -> States:
    return np.asarray(states[list(part)].mean(axis=0), dtype=float)


def _cosine(one: States, other: States) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))
