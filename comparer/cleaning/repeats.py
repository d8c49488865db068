"""Find lines that stand on the page more than once.

In: the units. Out: for each the number of the line it repeats, or 0. Equal words count as equal, whatever the marks;
a lede printed twice with small changes is found by `near_copy`. A repeated menu entry is a menu entry: `inherit_kinds`.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.cleaning.decision import Record
from comparer.cleaning.lines import Unit
from comparer.model import BlockKind

_INHERITED = frozenset(
    {
        BlockKind.NAVIGATION,
        BlockKind.RELATED,
        BlockKind.PROMOTION,
        BlockKind.NEWSLETTER,
        BlockKind.COMMENTS,
        BlockKind.ABOUT_OUTLET,
        BlockKind.LEGAL,
    }
)
_LEAST_WORDS = 5  # shorter lines ("Sport", "Read more") repeat on every page and say nothing by it


def repeated_lines(page: Sequence[Unit]) -> list[int]:
    r"""Return for each unit the number of the first line with the same words, or 0 where it is the first.

    >>> from comparer.cleaning.lines import units
    >>> repeated_lines(units("The ferry ran aground off Skerrow\n\nThe ferry ran aground off Skerrow"))
    [0, 1]
    """
    first: dict[str, int] = {}
    found = []
    for unit in page:
        if unit.words < _LEAST_WORDS:
            found.append(0)
            continue
        known = first.setdefault(unit.key, unit.line)
        found.append(known if known != unit.line else 0)
    return found


def near_copy(left: Unit, right: Unit) -> bool:
    """Tell whether two lines print the same words but for a few."""
    if left.words < _LEAST_WORDS or not 0.8 <= left.words / max(right.words, 1) <= 1.25:
        return False
    a, b = left.vocabulary, right.vocabulary
    return len(a & b) >= 0.9 * len(a | b)


def inherit_kinds(records: Sequence[Record]) -> None:
    """Give each repeated line the kind of the furniture it repeats; what repeats the article stays a duplicate."""
    repeated = [one for one in records if one.kind is BlockKind.DUPLICATE]
    by_line = {one.unit.line: one for one in reversed(records)} if repeated else {}
    for one in repeated:
        first = by_line.get(one.repeats)
        if first is not None and first.kind in _INHERITED:
            one.decide(first.kind, min(one.probability, first.probability), one.reason)
