"""Placeholder while the finder is written."""

from __future__ import annotations

from comparer.comparison.view import EventView
from comparer.model import Fact, Finding


def find_wording_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of this family."""
    return ()


def compare_facts(event: EventView) -> tuple[Fact, ...]:
    """Return the facts of every shared row."""
    return ()
