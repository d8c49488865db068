"""In work."""

from __future__ import annotations

from comparer.comparison.view import EventView
from comparer.model import Finding


def find_origin_findings(event: EventView) -> tuple[Finding, ...]:
    """Return nothing yet."""
    return ()
