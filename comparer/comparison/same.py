"""Are these one? The place that says whether two amounts are one figure, and two stretches of text one statement.

In: two quantities, or two stretches of text of different articles. Out: whether two amounts are of one sort, whether
both can be right, how far apart they lie; the content words that two statements share, and whether figures bind them or
tell them apart. An amount stands for an interval: "12,000" for what rounds to it, "nearly 500" for a little less, "more
than 200" for anything above. Two amounts conflict only where neither's value lies in the other's interval. Two
currencies are never compared: rates of exchange are not in the text. Words of two headlines or more do not count in
statements: every claim of an event names its place and its actor.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from comparer.comparison.view import EventView
from comparer.comparison.words import COMMON, near
from comparer.language.doc import Doc
from comparer.language.numbers import Bound
from comparer.language.quantities import HOURS, SIZES, Quantity, QuantityKind
from comparer.language.words import STOP_WORDS, stem
from comparer.model import Span, Verdict
from comparer.resources.loader import word_list

LOOSE_SHARE = 0.12  # "about" and "nearly" reach one last place, but no further than this: "nearly 100" is not for 20
TIGHT_SHARE = 0.012  # and at least this far: "about 1,250" may stand for 1,260
NOT_QUITE = 1 - 1e-6  # of that reach, so that "nearly 44 million" is not 43 million itself
HUNDRED = 100  # small approximate numbers are vaguer than their last place
SMALL = 20  # whole numbers up to here are taken as counted, not rounded
AMBIGUOUS = {"dollar": frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD"})}
NEAR = 1.35  # times one value the other: beyond it "more than 10" says nothing of 31
LIMITS = frozenset({Bound.AT_LEAST, Bound.AT_MOST})
LIMIT_SHARE = 1.12  # times one limit the other, where both may be rounded
ONE_NOUN = tuple(frozenset(entry.split(" = ")) for entry in word_list("comparison_words", "counted_as_one"))
"""Nouns that outlets count by in each other's place."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = rf"(?:{MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
FIGURE = re.compile(rf"\b(?!(?:19|20)\d\d\b)(?!\d+ {MONTH})(?P<figure>\d+(?:[.,]\d+)*)|{MONTH} \d+")
"""A figure, but no year; the second part takes days of a month out of the way."""
STEPS = ((0.9, 1), (0.7, 2), (0.6, 4))
"""Confidence of a row, and how many content words two claims of it must share then to be surely one."""
SHARE = 0.3  # part of the shorter statement's content words that both print; chosen with the above on open events
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
ROUNDED = 0.02  # part by which a rounded figure may differ
LONG = 2  # digits from which a figure is seldom shared by chance
Item = TypeVar("Item", bound=Hashable)


class Statement(NamedTuple):
    """Hold the content stems of what an article states, and its figures, each with the content stems near it."""

    stems: frozenset[str]
    figures: Mapping[str, frozenset[str]]


class Likeness(NamedTuple):
    """Hold the stems two statements share, which part (0..1) of the shorter one's they are, and what figures say.

    `same_figure` is a figure of two digits or more with a word beside it that both print.
    """

    stems: frozenset[str]
    share: float
    same_figure: bool
    figures_apart: bool

    def surely_one(self, confidence: float, *, verbatim: bool) -> bool:
        """Tell whether two claims of a row surely state one thing; `confidence` is the row's."""
        if self.figures_apart:
            return False
        if verbatim or (self.same_figure and len(self.stems) > 1):
            return True
        least = next((n for sure, n in STEPS if confidence >= sure), None)
        return least is not None and len(self.stems) >= least and self.share >= SHARE


def comparable(left: Quantity, right: Quantity) -> bool:
    """Tell whether two amounts are of one sort, so that their values can be set side by side."""
    if left.kind is not right.kind or left.kind is QuantityKind.BARE:
        return False
    if left.unit == right.unit or left.kind is QuantityKind.COUNT:
        return True
    if left.kind is QuantityKind.MONEY:
        return right.unit in AMBIGUOUS.get(left.unit, ()) or left.unit in AMBIGUOUS.get(right.unit, ())
    return _scale(left)[0] == _scale(right)[0] != ""


def agree(left: Quantity, right: Quantity) -> bool:
    """Tell whether two comparable amounts can both be right."""
    (a, low_a, high_a), (b, low_b, high_b) = _interval(left), _interval(right)
    if left.bound == right.bound and left.bound in LIMITS:
        return ratio(left, right) <= LIMIT_SHARE  # "up to 30,000" and "up to 50,000" are two limits
    if low_a <= b <= high_a or low_b <= a <= high_b:
        return True
    loose = all(q.bound is not Bound.EXACT or q.high is not None for q in (left, right))
    return loose and low_a <= high_b and low_b <= high_a


def _interval(quantity: Quantity) -> tuple[float, float, float]:
    """Return the value and the interval it stands for, in the first unit of its sort.

    >>> from comparer.language.quantities import find_quantities
    >>> [round(end) for end in _interval(find_quantities("nearly 500 drivers", Span(0, 18))[0])]
    [500, 440, 550]
    """
    _, factor = _scale(quantity)
    value, high = quantity.value * factor, (quantity.high or quantity.value) * factor
    slack = _slack(quantity) * factor
    if quantity.bound is Bound.AT_LEAST:
        return value, value - 1e-9, math.inf
    if quantity.bound is Bound.AT_MOST:
        return value, -math.inf, high + 1e-9
    if quantity.bound is Bound.NEARLY:
        return value, value - _reach(quantity) * factor * NOT_QUITE, high + slack
    if quantity.bound is Bound.ABOUT:
        slack = max(slack, _reach(quantity) * factor)
    return value, value - slack, high + slack


def ratio(left: Quantity, right: Quantity) -> float:
    """Return the larger value over the smaller one; infinite where one is nothing."""
    low, high = sorted(quantity.value * _scale(quantity)[1] for quantity in (left, right))
    return high / low if low > 0 else math.inf


def same_unit(left: Quantity, right: Quantity) -> bool:
    """Tell whether two amounts print one unit; nouns that outlets count by in each other's place are one."""
    return left.unit == right.unit or any({left.unit, right.unit} <= nouns for nouns in ONE_NOUN)


def one_figure(x: Quantity, y: Quantity, *, exact: bool) -> bool:
    """Tell whether two amounts are one figure; those of other nouns only where the values are close and not small."""
    if exact and x.value != y.value:
        return False
    if not comparable(x, y) or not agree(x, y) or x.per != y.per:
        return x.per != y.per and comparable(x, y) and x.value == y.value
    if exact:
        return same_unit(x, y)
    if ratio(x, y) > NEAR:
        return False
    if x.kind is QuantityKind.COUNT and not same_unit(x, y):
        return (x.value == y.value > 2) or (ratio(x, y) < 1.1 and min(x.value, y.value) >= 100)
    return True


def agreement(x: Quantity, y: Quantity) -> tuple[Verdict, str]:
    """Say how two amounts that are one figure are printed: alike, in another unit or rounded."""
    if x.kind in {QuantityKind.DURATION, QuantityKind.MEASURE} and x.unit != y.unit:
        return Verdict.UNIT, "the same amount in another unit"
    if x.value == y.value and x.high == y.high and x.bound == y.bound:
        return Verdict.SAME, "the same number"
    return Verdict.ROUNDING, "one rounds the other, or is a limit the other keeps"


def statement(event: EventView, article: int, spans: Sequence[Span]) -> Statement:
    """Return what the stretches of an article (index) that state something hold."""
    doc = event.docs[article]
    figures = {figure: near for span in spans for figure, near in doc.once(_figures, span).items()}
    stems = frozenset[str]().union(*(doc.once(_stems, span) for span in spans))
    return Statement(stems - event.once(_of_headlines), figures)


def rarity(event: EventView, articles: Iterable[int], stems: Iterable[str]) -> float:
    """Return how rare stems are in two articles, summed: 1 for a stem that two of their sentences print."""
    places = [event.sentences_with(k) for k in articles]
    return sum(2 / max(2, sum(len(held.get(stem, ())) for held in places)) for stem in stems)


def likeness(left: Statement, right: Statement) -> Likeness:
    """Return how alike two statements are."""
    shared = left.stems & right.stems
    same = left.figures.keys() & right.figures.keys()
    return Likeness(
        stems=shared,
        share=len(shared) / max(1, min(len(left.stems), len(right.stems))),
        same_figure=any(sum(c.isdigit() for c in f) >= LONG and left.figures[f] & right.figures[f] for f in same),
        figures_apart=bool(left.figures and right.figures and not same)
        and not _near_enough(left.figures, right.figures),
    )


def joined(pairs: Iterable[tuple[Item, Item]]) -> dict[Item, Item]:
    """Return for each item of these pairs the one that stands for all that pairs join with it.

    >>> found = joined([("ferry", "boat"), ("port", "harbour"), ("boat", "vessel")])
    >>> found["ferry"] == found["vessel"], found["ferry"] == found["port"]
    (True, False)
    """
    stands: dict[Item, Item] = {}

    def head(item: Item) -> Item:
        while (above := stands.setdefault(item, item)) != item:
            stands[item] = stands[above]  # halves the way of the next who asks
            item = above
        return item

    for one, other in pairs:
        stands[head(one)] = head(other)
    return {item: head(item) for item in stands}


def _slack(quantity: Quantity) -> float:
    """Return half of the last place that is surely meant; nothing for small whole numbers."""
    small = quantity.step == 1 or (quantity.step > 1 and quantity.value <= SMALL)
    return 0.49 if small else quantity.step / 2


def _reach(quantity: Quantity) -> float:
    """Return how far an approximate number may lie from the true one, in its own unit."""
    if quantity.value <= HUNDRED:
        return max(LOOSE_SHARE * quantity.value, min(quantity.step, 1.0))
    return max(min(quantity.step, LOOSE_SHARE * quantity.value), TIGHT_SHARE * quantity.value)


def _scale(quantity: Quantity) -> tuple[str, float]:
    """Return the sort of a unit that can be converted, "" of others, and what one of it is in the first of its sort."""
    if quantity.kind is QuantityKind.DURATION:
        return "time", HOURS[quantity.unit]
    return SIZES.get(quantity.unit, ("", 1.0)) if quantity.kind is QuantityKind.MEASURE else ("", 1.0)


def _near_enough(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether a figure of one statement may be one of the other's, rounded."""
    one, other = ([float(f.replace(",", "")) for f in figures if WHOLE.fullmatch(f)] for figures in (left, right))
    return any(abs(a - b) <= ROUNDED * max(a, b) for a in one for b in other)


def _figures(doc: Doc, span: Span) -> dict[str, frozenset[str]]:
    found = (m for m in FIGURE.finditer(doc.text, span.start, span.end) if m["figure"])
    return {m["figure"]: near(doc, span, Span(*m.span())) for m in found}


def _of_headlines(event: EventView) -> frozenset[str]:
    """Return the stems that two headlines share."""
    titles = ((doc, doc.title) for doc in event.docs if doc.title is not None)
    seen = Counter(form for doc, title in titles for form in doc.once(_stems, title))
    return frozenset(form for form, count in seen.items() if count > 1)


def _stems(doc: Doc, span: Span) -> frozenset[str]:
    """Return the stems of the words that carry content; of a name of several words the last one's."""
    text, found = doc.text, doc.words(span)
    parts = {
        a.span
        for a, b in pairwise(found)
        if b.span.start - a.span.end <= 2 and text[a.span.start].isupper() and text[b.span.start].isupper()
    }
    content = (w for w in found if w.form not in STOP_WORDS and w.form not in COMMON and w.span not in parts)
    return frozenset(stem(w.form) for w in content)
