"""In work."""

from __future__ import annotations

from collections.abc import Sequence

from comparer.comparison.view import EventView
from comparer.model import Score, Utterance


def find_scores(event: EventView, utterances: Sequence[Utterance]) -> tuple[Score, ...]:
    """Return nothing yet."""
    return ()
