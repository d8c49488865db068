"""Lay a score beside what reference pairs of articles score.

In: a score's name and value. Out: for each kind of reference how many per cent of its pairs score lower, and how many
the same. The quantiles are frozen (`resources/reference_quantiles.json`, rebuilt by `training/reference_quantiles.py`):
three articles give no null of their own. Where a score abstains, or too few pairs are known, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comparer.model import ReferenceKind, Standing
from comparer.resources.loader import load_json

LEAST_PAIRS = 20  # reference pairs, below which one of them would move a percentile by more than five points


def standings(name: str, value: float | None) -> tuple[Standing, ...]:
    """Return where a value of the score `name` stands among each kind of reference, in the order of `ReferenceKind`.

    >>> [(s.kind.value, s.n >= 20, s.lower) for s in standings("wording distance", 0.0)][0]
    ('same_event', True, 0.0)
    >>> standings("wording distance", None)
    ()
    """
    reference = load_json("reference_quantiles")
    kinds = reference["scores"].get(name, {})
    if value is None:
        return ()
    return tuple(
        _standing(kind, reference["points"], kinds[kind.value], value)
        for kind in ReferenceKind
        if kind.value in kinds and kinds[kind.value]["n"] >= LEAST_PAIRS
    )


def percentile(found: Sequence[Standing]) -> float | None:
    """Return the per cent that score lower of the pairs that report one event, or else of the saved pages."""
    wanted = (ReferenceKind.SAME_EVENT, ReferenceKind.SAVED_PAGE)
    return next((s.lower for s in found if s.kind in wanted), None)


def _standing(kind: ReferenceKind, points: Sequence[float], known: dict[str, Any], value: float) -> Standing:
    """Read the share of lower values off the quantiles, in a straight line between two of them.

    How many values equal the least and the greatest is known exactly: most pairs agree in every row, and many share
    nothing word for word, so that a good part of the values may stand at either end.
    """
    n, cut = known["n"], known["quantiles"]
    at_least, at_most = 100 * known["lowest"] / n, 100 * known["highest"] / n
    if value <= cut[0]:
        return Standing(kind, n, 0.0, round(at_least if value == cut[0] else 0.0, 6))
    if value >= cut[-1]:
        return (
            Standing(kind, n, round(100 - at_most, 6), round(at_most, 6))
            if value == cut[-1]
            else Standing(kind, n, 100.0, 0.0)
        )
    inner = [(p, q) for p, q in zip(points, cut, strict=True) if cut[0] < q < cut[-1]]
    knots = [(at_least, cut[0]), *inner, (100 - at_most, cut[-1])]
    above = next(k for k, (_, q) in enumerate(knots) if q >= value)
    (low, left), (high, right) = knots[above - 1], knots[above]
    return Standing(kind, n, round(low + (high - low) * (value - left) / (right - left), 6), 0.0)
