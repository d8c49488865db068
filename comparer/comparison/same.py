"""Compare two printed amounts: can both be right?

In: two quantities. Out: whether they are of one sort, whether both can be right, how far apart they lie. An amount
stands for an interval: "12,000" for what rounds to it, "nearly 500" for a little less, "more than 200" for anything
above. Two amounts conflict only where neither's value lies in the other's interval. Two currencies are never compared:
rates of exchange are not in the text.
"""

from __future__ import annotations

import math

from comparer.language.numbers import Bound
from comparer.language.quantities import Quantity, QuantityKind
from comparer.language.units import HOURS, SIZES

LOOSE_SHARE = 0.12  # "about" and "nearly" reach one last place, but no further than this: "nearly 100" is not for 20
TIGHT_SHARE = 0.012  # and at least this far: "about 1,250" may stand for 1,260
NOT_QUITE = 1 - 1e-6  # of that reach, so that "nearly 44 million" is not 43 million itself
HUNDRED = 100  # small approximate numbers are vaguer than their last place
SMALL = 20  # whole numbers up to here are taken as counted, not rounded
AMBIGUOUS = {"dollar": frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD"})}
LIMITS = frozenset({Bound.AT_LEAST, Bound.AT_MOST})
LIMIT_SHARE = 1.12  # times one limit the other, where both may be rounded
PEOPLE = frozenset({"people", "personnel", "staff", "troop", "soldier", "worker", "employee", "resident", "passenger"})
ONE_NOUN = (
    PEOPLE,
    frozenset({"company", "firm", "business"}),
    frozenset({"home", "house"}),
    frozenset({"flat", "apartment"}),
    frozenset({"vote", "ballot"}),
    frozenset({"job", "post", "position"}),
    frozenset({"officer", "policeman", "police"}),
    frozenset({"shop", "store"}),
    frozenset({"car", "vehicle"}),
    frozenset({"ship", "boat", "vessel"}),
)
"""Nouns that outlets count by in each other's place."""


def comparable(left: Quantity, right: Quantity) -> bool:
    """Tell whether two amounts are of one sort, so that their values can be set side by side."""
    if left.kind is not right.kind or left.kind is QuantityKind.BARE:
        return False
    if left.unit == right.unit:
        return True
    if left.kind is QuantityKind.MONEY:
        return right.unit in AMBIGUOUS.get(left.unit, ()) or left.unit in AMBIGUOUS.get(right.unit, ())
    if left.kind is QuantityKind.MEASURE:
        return _size(left)[0] == _size(right)[0] != ""
    return left.kind in {QuantityKind.DURATION, QuantityKind.COUNT}


def agree(left: Quantity, right: Quantity) -> bool:
    """Tell whether two comparable amounts can both be right."""
    (a, low_a, high_a), (b, low_b, high_b) = interval(left), interval(right)
    if left.bound == right.bound and left.bound in LIMITS:
        return ratio(left, right) <= LIMIT_SHARE  # "up to 30,000" and "up to 50,000" are two limits
    if low_a <= b <= high_a or low_b <= a <= high_b:
        return True
    loose = all(q.bound is not Bound.EXACT or q.high is not None for q in (left, right))
    return loose and low_a <= high_b and low_b <= high_a


def interval(quantity: Quantity) -> tuple[float, float, float]:
    """Return the value and the interval it stands for, in the first unit of its sort.

    >>> from comparer.language.quantities import find_quantities
    >>> from comparer.model import Span
    >>> [round(end) for end in interval(find_quantities("nearly 500 drivers", Span(0, 18))[0])]
    [500, 440, 550]
    """
    factor = _factor(quantity)
    value, high = quantity.value * factor, (quantity.high or quantity.value) * factor
    slack = _slack(quantity) * factor
    if quantity.bound is Bound.AT_LEAST:
        return value, value - 1e-9, math.inf
    if quantity.bound is Bound.AT_MOST:
        return value, -math.inf, high + 1e-9
    if quantity.bound is Bound.NEARLY:
        return value, value - _reach(quantity) * factor * NOT_QUITE, high + slack
    if quantity.bound is Bound.ABOUT:
        wide = max(slack, _reach(quantity) * factor)
        return value, value - wide, high + wide
    return value, value - slack, high + slack


def ratio(left: Quantity, right: Quantity) -> float:
    """Return the larger value over the smaller one; infinite where one is nothing."""
    a, b = left.value * _factor(left), right.value * _factor(right)
    low, high = min(a, b), max(a, b)
    return high / low if low > 0 else math.inf


def same_unit(left: Quantity, right: Quantity) -> bool:
    """Tell whether two amounts print one unit; nouns that outlets count by in each other's place are one."""
    return left.unit == right.unit or any({left.unit, right.unit} <= nouns for nouns in ONE_NOUN)


def _slack(quantity: Quantity) -> float:
    """Return half of the last place that is surely meant; nothing for small whole numbers."""
    whole = quantity.step >= 1
    if whole and (quantity.value <= SMALL or quantity.step == 1):
        return 0.49
    return quantity.step / 2


def _reach(quantity: Quantity) -> float:
    """Return how far an approximate number may lie from the true one, in its own unit."""
    if quantity.value <= HUNDRED:
        return max(LOOSE_SHARE * quantity.value, min(quantity.step, 1.0))
    return max(min(quantity.step, LOOSE_SHARE * quantity.value), TIGHT_SHARE * quantity.value)


def _factor(quantity: Quantity) -> float:
    if quantity.kind is QuantityKind.DURATION:
        return HOURS[quantity.unit]
    return _size(quantity)[1] if quantity.kind is QuantityKind.MEASURE else 1.0


def _size(quantity: Quantity) -> tuple[str, float]:
    return SIZES.get(quantity.unit, ("", 1.0))
