"""In work."""

from __future__ import annotations

from collections.abc import Sequence

from comparer.comparison.view import EventView
from comparer.model import Finding, Indicator, Score, Utterance


def find_attribution_findings(event: EventView, utterances: Sequence[Utterance]) -> tuple[Finding, ...]:
    """Return nothing yet."""
    return ()
