"""Gather printed values into the sides of a fact: outlets that print the same stand together.

In: what each article prints of one thing, and which of two agree. Out: sides in the order of the articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from comparer.model import Passage, Side, Span

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Printed(Generic[Value]):
    """Hold one value as one article (index) prints it, with the claim it stands in."""

    article: int
    claim: Span
    span: Span
    value: Value


def gather(
    printed: Sequence[Printed[Value]], agree: Callable[[Value, Value], bool]
) -> tuple[tuple[Printed[Value], ...], ...]:
    """Return the values in sides: each joins the first side with all of whose members it agrees."""
    sides: list[list[Printed[Value]]] = []
    for item in sorted(printed, key=lambda p: (p.article, p.span)):
        home = next((side for side in sides if all(agree(item.value, other.value) for other in side)), None)
        if home is None:
            sides.append([item])
        else:
            home.append(item)
    return tuple(tuple(side) for side in sides)


def side_of(
    items: Sequence[Printed[Value]], *, text: Callable[[int, Span], str], passage: Callable[[int, Span], Passage]
) -> Side:
    """Return the side that these values make: how the first is printed, and where all of them stand."""
    return Side(
        value=" ".join(text(items[0].article, items[0].span).split()),
        passages=tuple(passage(item.article, item.span) for item in items),
    )
