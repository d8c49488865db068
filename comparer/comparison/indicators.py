"""In work."""

from __future__ import annotations

from comparer.comparison.view import EventView
from comparer.model import Indicator


def find_indicators(event: EventView) -> tuple[Indicator, ...]:
    """Return nothing yet."""
    return ()
