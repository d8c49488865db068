"""What the readers of indicators share: the answer of one, and how counts are written."""

from __future__ import annotations

from collections.abc import Sequence

from comparer.model import IndicatorState, Span

Found = tuple[IndicatorState, Sequence[Span], str]
"""State, passages that show it, and what was counted or why it cannot be told."""

OBSERVED, NOT_OBSERVED, CANNOT_TELL = (
    IndicatorState.OBSERVED,
    IndicatorState.NOT_OBSERVED,
    IndicatorState.CANNOT_TELL,
)


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number.

    >>> counted(1, "named person"), counted(2, "named person")
    ('1 named person', '2 named persons')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
