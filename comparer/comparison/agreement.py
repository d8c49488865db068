"""Count who tells each row twice: outlets, and the origins their texts go back to."""

from __future__ import annotations

from collections.abc import Sequence

from comparer.comparison.view import EventView
from comparer.model import Agreement


def find_agreements(event: EventView) -> tuple[Agreement, ...]:
    """Return for each row how many outlets print it and how many origins that is, strictly and loosely joined."""
    return tuple(
        Agreement(
            row=row.id,
            outlets=len({event.analysed[k].article.outlet for k in row.told_by}),
            origins=count_origins(event.reuse.origins, row.told_by),
            loose_origins=count_origins(event.reuse.loose_origins, row.told_by),
        )
        for row in event.alignment.rows
    )


def count_origins(origins: Sequence[tuple[int, ...]], articles: Sequence[int]) -> int:
    """Return how many origins stand behind these articles; one that is in none counts for itself.

    >>> count_origins([(0, 2), (1,)], [0, 1, 2])
    2
    """
    held = {k: number for number, origin in enumerate(origins) for k in origin}
    return len({held.get(k, -1 - k) for k in articles})
