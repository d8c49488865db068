"""Find what a text counts or measures: the number, its unit or the noun it counts, and how exactly it is meant.

In: a text and a span of it. Out: quantities in text order. Years, days of a month and parts of a longer sign ("F-16",
"21:00") are no quantities. "One" alone is left out: it is mostly a pronoun. Fails where the counted noun stands far off
("of the drivers who voted, 68 in all"), on labels ("Boeing 737 jets") and on numbers written as names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from comparer.language.counting import counted_noun, is_no_quantity
from comparer.language.numbers import MAY_COUNT, Bound, Numeral, Piece, approximator, cut, is_age, read_numeral
from comparer.model import Span
from comparer.resources.loader import word_map


class QuantityKind(StrEnum):
    """Say what sort of thing a number gives."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    MEASURE = "measure"
    AGE = "age"
    BARE = "bare"


CURRENCY_MARKS = word_map("units", "currency_marks")
CURRENCY_WORDS = word_map("units", "currency_words")
"""An ambiguous sign keeps an ambiguous name: "$" is "dollar", never a country's."""

DURATIONS = word_map("units", "durations")
HOURS = {unit: float(hours) for unit, hours in word_map("units", "hours").items()}
MEASURES = word_map("units", "measures")
_SIZES = ((unit, size.split()) for unit, size in word_map("units", "sizes").items())
SIZES = {unit: (sort, float(size)) for unit, (sort, size) in _SIZES}
"""The sort of a unit, such as length, and what one of it is in the first unit of its sort."""

SPEEDS = {"mph": "mile", "km/h": "km"}  # units that hold their period: a length an hour
PERCENTS = frozenset({"%", "percent", "pc", "pct"})
SCALES_OF_HEAT = frozenset({"c", "f", "celsius", "centigrade", "fahrenheit"})
OF_THEM = frozenset(("of", word) for word in ("them", "whom", "those", "which"))
PERIODS = frozenset({"year", "month", "week", "day", "hour", "minute", "night", "weekday", "annum", "quarter", "head"})


class Quantity(NamedTuple):
    """Hold one counted or measured amount. `span` runs from its approximator to its unit or noun.

    `value` is in the printed unit, `high` the upper end of a printed range. `unit` is a currency ("dollar", "USD"),
    "percent", a duration or measure ("day", "km"), or the lemma of the counted noun; "" where none was found. `step` is
    the last printed place, `per` the period of a rate, `converted` marks an amount given again in another unit.
    """

    span: Span
    value: float
    high: float | None
    unit: str
    kind: QuantityKind
    approximator: str | None
    bound: Bound
    step: float
    per: str = ""
    converted: bool = False


def find_quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """Return the quantities printed in a span, in order; empty where it counts nothing.

    >>> lede = "Nearly 500 drivers struck for two days over a £12.4m dividend in 2019"
    >>> [(q.span.of(lede), q.value, q.unit) for q in find_quantities(lede, Span(0, len(lede)))]
    [('Nearly 500 drivers', 500.0, 'driver'), ('two days', 2.0, 'day'), ('£12.4m', 12400000.0, 'GBP')]
    """
    pieces = cut(text, span) if MAY_COUNT.search(text, span.start, span.end) else ()
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        numeral = read_numeral(pieces, at)
        if numeral is None:
            at += 1
            continue
        quantity = _quantity(text, pieces, numeral, found)
        if quantity is not None:
            found.append(quantity)
        at = max(numeral.last, at + 1)
        while quantity is not None and at < len(pieces) and pieces[at].span.end <= quantity.span.end:
            at += 1
    return tuple(found)


def _quantity(text: str, pieces: Sequence[Piece], numeral: Numeral, earlier: Sequence[Quantity]) -> Quantity | None:
    high = _range_end(pieces, numeral)
    last = high.last if high else numeral.last
    currency, first = _currency_before(pieces, numeral.first)
    kind, unit, end = _unit(text, pieces, last, currency, earlier)
    old = kind is QuantityKind.DURATION and pieces[end - 1].form == "old"
    if old or (kind is QuantityKind.BARE and not high and is_age(pieces, numeral)):
        kind, unit = QuantityKind.AGE, "year"
    measured, counted = kind not in {QuantityKind.BARE, QuantityKind.COUNT}, kind is QuantityKind.COUNT
    surely = currency or kind is QuantityKind.AGE
    if not surely and is_no_quantity(pieces, numeral, last=last, measured=measured, counted=counted):
        return None
    if numeral.value == 1 and not numeral.in_digits and kind in {QuantityKind.COUNT, QuantityKind.BARE}:
        return None
    bound, word, start = approximator(pieces, first)
    per, end = _per(pieces, end)
    if unit in SPEEDS:
        unit, per = SPEEDS[unit], "hour"
    span = Span(start, max(pieces[end - 1].span.end, pieces[last - 1].span.end))
    value = numeral.value
    if high and high.value >= 1000 > value and high.step >= 1000:
        value *= 1e6 if high.value >= 1e6 else 1e3  # "10 to 15 million"
    return Quantity(
        span=span,
        value=value,
        high=high.value if high and high.value > value else None,
        unit=unit,
        kind=kind,
        approximator=word,
        bound=bound,
        step=numeral.step,
        per=per,
        converted=_converted(text, earlier, span, kind),
    )


def _range_end(pieces: Sequence[Piece], numeral: Numeral) -> Numeral | None:
    at = numeral.last
    if at + 1 >= len(pieces) or pieces[at].form not in {"to", "-", "–"}:
        return None
    if pieces[at].form == "to" and pieces[at + 1].is_figure != numeral.in_digits:
        return None
    follower = at + 1
    if pieces[follower].form in CURRENCY_MARKS and follower + 1 < len(pieces):
        follower += 1
    end = read_numeral(pieces, follower) if pieces[follower].is_figure or pieces[at].form == "to" else None
    return end if end is not None and end.value > numeral.value else None


def _currency_before(pieces: Sequence[Piece], first: int) -> tuple[str, int]:
    """Return the currency printed before the figure ("US$", "$US", "€") and the piece it begins at."""
    if first == 0:
        return "", first
    mark = pieces[first - 1].form
    if first > 1 and pieces[first - 2].span.end == pieces[first - 1].span.start:
        joined = pieces[first - 2].form + mark
        if joined in CURRENCY_MARKS:
            return CURRENCY_MARKS[joined], first - 2
    if mark in CURRENCY_MARKS:
        return CURRENCY_MARKS[mark], first - 1
    if mark in CURRENCY_WORDS and len(mark) == 3 and mark.isalpha():
        return CURRENCY_WORDS[mark], first - 1  # "EUR 40"
    return "", first


def _unit(
    text: str, pieces: Sequence[Piece], at: int, currency: str, earlier: Sequence[Quantity]
) -> tuple[QuantityKind, str, int]:
    """Return the kind, the unit and the piece after it."""
    if currency:
        return QuantityKind.MONEY, currency, at
    while at + 1 < len(pieces) and pieces[at].form in {"-", "of"} and _measure_word(pieces, at + 1)[1]:
        at += 1
    found = _measure_word(pieces, at)
    if found[1]:
        return found
    noun, end = counted_noun(text, pieces, at)
    of = tuple(p.form for p in pieces[at : at + 2])
    if not noun and earlier and earlier[-1].kind is QuantityKind.COUNT and of in OF_THEM:
        return QuantityKind.COUNT, earlier[-1].unit, at + 2  # "47 cases, 31 of them in children"
    return (QuantityKind.COUNT, noun, end) if noun else (QuantityKind.BARE, "", at)


def _measure_word(pieces: Sequence[Piece], at: int) -> tuple[QuantityKind, str, int]:
    form, following = (*(p.form for p in pieces[at : at + 2]), "", "")[:2]
    two = f"{form} {following}"
    percent = (form in PERCENTS, two == "per cent", form == "percentage" and following.startswith("point"))
    if any(percent):
        return QuantityKind.PERCENT, "percentage point" if percent[2] else "percent", at + (1 if percent[0] else 2)
    currency = CURRENCY_WORDS.get(two) or CURRENCY_WORDS.get(form)
    if currency:
        return QuantityKind.MONEY, currency, at + (2 if two in CURRENCY_WORDS else 1)
    if form in DURATIONS:
        tail = [p.form for p in pieces[at + 1 : at + 3]]
        old = 3 if tail == ["-", "old"] else 2 if tail[:1] == ["old"] else 1
        return QuantityKind.DURATION, DURATIONS[form], at + old
    if form in {"degrees", "degree"} and following[:1] in {"c", "f"} and following in SCALES_OF_HEAT:
        return QuantityKind.MEASURE, f"degree {following[0].upper()}", at + 2
    if form in MEASURES:
        return QuantityKind.MEASURE, MEASURES[form], at + 1
    return QuantityKind.BARE, "", at


def _per(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    forms = [p.form for p in pieces[at : at + 3]]
    if forms[:2] == ["/", "h"]:
        return "hour", at + 2
    if forms[:1] in (["a"], ["an"], ["per"], ["each"], ["every"]) and forms[1:2] and forms[1] in PERIODS:
        return forms[1], at + 2
    return ("year", at + 1) if forms[:1] in (["annually"], ["yearly"]) else ("", at)


def _converted(text: str, earlier: Sequence[Quantity], span: Span, kind: QuantityKind) -> bool:
    """Tell whether the amount repeats the one before it in another unit: "1.2 billion crowns ($115 million)"."""
    if not earlier or earlier[-1].kind is not kind or kind not in {QuantityKind.MONEY, QuantityKind.MEASURE}:
        return False
    between = text[earlier[-1].span.end : span.start].strip().casefold()
    return bool(
        re.fullmatch(r"(?:(?:a|per) \w+)?[,\s]*(?:\(|or|that is|which is|equal to|equivalent to|=|/)\s*", between)
    )
