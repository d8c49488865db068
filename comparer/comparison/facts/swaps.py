"""Find sums that two articles print with two neighbouring digits swapped ($38.6m, $36.8m), in whatever sentences.

In: the event. Out: pairs of sums with every place that prints them. Where neither article prints the other's sum, a
swap is far likelier than two sums so alike. Fails on two true sums that differ by just that.
"""

from __future__ import annotations

from itertools import combinations

from comparer.comparison.facts.numbers import printed_elsewhere
from comparer.comparison.facts.verdicts import Amount
from comparer.comparison.printed import Printed
from comparer.comparison.same import agree
from comparer.comparison.view import EventView
from comparer.language.numbers import Bound
from comparer.language.quantities import Quantity, QuantityKind, find_quantities

SWAP_DIGITS = 3  # a sum with fewer digits may look like another by chance


def swapped_digits(event: EventView) -> tuple[tuple[tuple[Amount, ...], tuple[Amount, ...]], ...]:
    """Return the pairs of sums, each with its places, in the order of the articles."""
    pages = [_sums(event, k) for k in range(len(event.analysed))]
    return tuple(
        (a, b)
        for left, right in combinations(pages, 2)
        for a in left
        for b in right
        if _swapped(a[0].value, b[0].value)
        and not printed_elsewhere(event, a[0], b[0])
        and not printed_elsewhere(event, b[0], a[0])
    )


def _sums(event: EventView, article: int) -> tuple[tuple[Amount, ...], ...]:
    """Return the exact sums of money an article prints, with every place that prints them."""
    text = event.analysed[article].article.text
    found: dict[float, list[Amount]] = {}
    for sentence in event.analysed[article].sentences:
        for q in find_quantities(text, sentence.span):
            if q.kind is QuantityKind.MONEY and q.bound is Bound.EXACT and not q.converted and not q.high:
                found.setdefault(q.value, []).append(Printed(article, sentence.span, q.span, q))
    return tuple(tuple(places) for places in found.values())


def _swapped(x: Quantity, y: Quantity) -> bool:
    """Tell whether two sums of one currency and period differ by one swap of neighbouring digits."""
    if x.unit != y.unit or x.per != y.per or x.step != y.step or agree(x, y):
        return False
    one, other = (f"{q.value / q.step:.0f}" for q in (x, y))
    unlike = [k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(one) < SWAP_DIGITS or len(unlike) != 2 or unlike[1] - unlike[0] != 1:
        return False
    return one[unlike[0]] == other[unlike[1]] and one[unlike[1]] == other[unlike[0]]
