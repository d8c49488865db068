"""Find what a text counts or measures: the number, its unit or the noun it counts, and how exactly it is meant.

In: a text and a span of it. Out: quantities in text order. Years, days of a month and parts of a longer sign ("F-16",
"21:00") are no quantities, nor is "one" alone, which is mostly a pronoun. What is counted is the first plural or mass
noun within a few words: no parser. Fails where that stands far off ("of the drivers who voted, 68 in all"), on labels
("Boeing 737 jets") and on numbers written as names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from comparer.language.dates import MONTHS
from comparer.language.numbers import MAY_COUNT, Bound, Numeral, Piece, approximator, cut, is_age, read_numeral
from comparer.language.words import singular
from comparer.model import Span
from comparer.resources.loader import word_map, word_set


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
_SIZES = ((unit, size.split()) for unit, size in word_map("units", "sizes").items())
SIZES = {unit: (sort, float(size)) for unit, (sort, size) in _SIZES}
"""The sort of a unit, such as length, and what one of it is in the first unit of its sort."""

SPEEDS = {"mph": "mile", "km/h": "km"}  # units that hold their period: a length an hour
UNITS = {
    **{word: (QuantityKind.MEASURE, unit) for word, unit in word_map("units", "measures").items()},
    **{word: (QuantityKind.DURATION, unit) for word, unit in DURATIONS.items()},
    **{f"{word} {old}": (QuantityKind.AGE, "year") for word in DURATIONS for old in ("old", "- old")},
    **{word: (QuantityKind.MONEY, unit) for word, unit in CURRENCY_WORDS.items()},
    **dict.fromkeys(("%", "percent", "pc", "pct", "per cent"), (QuantityKind.PERCENT, "percent")),
    **dict.fromkeys(("percentage point", "percentage points"), (QuantityKind.PERCENT, "percentage point")),
    **dict.fromkeys(("degrees c", "degrees celsius", "degrees centigrade"), (QuantityKind.MEASURE, "degree C")),
    **dict.fromkeys(("degrees f", "degrees fahrenheit"), (QuantityKind.MEASURE, "degree F")),
}
"""What the words behind a number make of it, and its unit."""
OF_THEM = frozenset(("of", word) for word in ("them", "whom", "those", "which"))
PERIODS = ("year", "month", "week", "day", "hour", "minute", "night", "weekday", "annum", "quarter", "head")
PER = {
    **{f"{lead} {period}": period for lead in ("a", "an", "per", "each", "every") for period in PERIODS},
    "/ h": "hour",
    "annually": "year",
    "yearly": "year",
}
"""What the words behind an amount make of it: the period of a rate."""

IRREGULAR = word_map("counted", "irregular_plurals")
NEVER = word_set("counted", "never")
BREAKS = word_set("counted", "breaks")
SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s")
REACH = 4  # words between a number and the noun it counts
YEARS = (1500, 2100)  # a figure between these is read as a year, unless it counts something and is round
SIGNS = "/#_:@"  # marks that make a figure part of a longer sign


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
    if kind is QuantityKind.BARE and not high and is_age(pieces, numeral):
        kind, unit = QuantityKind.AGE, "year"
    surely = currency or kind is QuantityKind.AGE
    if not surely and numeral.in_digits and _is_no_quantity(pieces, numeral, last, kind):
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
    noun, end = _counted_noun(text, pieces, at)
    of = tuple(p.form for p in pieces[at : at + 2])
    if not noun and earlier and earlier[-1].kind is QuantityKind.COUNT and of in OF_THEM:
        return QuantityKind.COUNT, earlier[-1].unit, at + 2  # "47 cases, 31 of them in children"
    return (QuantityKind.COUNT, noun, end) if noun else (QuantityKind.BARE, "", at)


def _measure_word(pieces: Sequence[Piece], at: int) -> tuple[QuantityKind, str, int]:
    forms = [p.form for p in pieces[at : at + 3]]
    for words in (forms, forms[:2], forms[:1]):
        kind, unit = UNITS.get(" ".join(words), (QuantityKind.BARE, ""))
        if unit:
            return kind, unit, at + len(words)
    return QuantityKind.BARE, "", at


def _counted_noun(text: str, pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """Return the lemma of the noun that follows a number at piece `at` and the piece after it; ("", at) for none.

    A hyphen makes the next word the unit ("a 71-page ruling"). A part counts nothing here ("five of the fishermen").
    """
    if at < len(pieces) and pieces[at].form == "-":
        return _hyphenated(pieces, at)
    for place, piece in enumerate(pieces[at : at + REACH], start=at):
        if piece.form == "-" and pieces[place - 1].span.end == piece.span.start:
            continue
        if not piece.form[0].isalpha() or piece.form in BREAKS:
            break
        if _is_plural(piece.form) and (piece.span.of(text)[0].islower() or place == at):
            return _lemma(piece.form), place + 1
    return "", at


def _hyphenated(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    tight = at + 1 < len(pieces) and pieces[at].span.end == pieces[at + 1].span.start
    word = pieces[at + 1].form if tight else ""
    return (_lemma(word), at + 2) if word.isalpha() and len(word) > 2 and word not in NEVER else ("", at)


def _is_plural(form: str) -> bool:
    if form in NEVER or form in BREAKS:
        return False
    if form in IRREGULAR or form.endswith("men"):
        return True
    return len(form) > 3 and form.endswith("s") and not form.endswith(SINGULAR_ENDINGS)


def _lemma(form: str) -> str:
    """Return the singular of a plural noun, by rule.

    >>> [_lemma(w) for w in ("fishermen", "ballots", "parties", "churches", "people")]
    ['fisherman', 'ballot', 'party', 'church', 'people']
    """
    if form in IRREGULAR:
        return IRREGULAR[form]
    return form[:-3] + "man" if form.endswith("men") and len(form) > 4 else singular(form)


def _is_no_quantity(pieces: Sequence[Piece], numeral: Numeral, last: int, kind: QuantityKind) -> bool:
    """Tell whether a figure is a year, a day of a month, or part of a longer sign: F-16, 10th, 21:00, #12, 27-22."""
    first = pieces[numeral.first]
    before, after = pieces[max(0, numeral.first - 1) : numeral.first], pieces[last : last + 1]
    looks = len(first.form) == 4 and first.form.isdigit() and YEARS[0] <= numeral.value <= YEARS[1]
    year = looks and (kind is QuantityKind.BARE or (kind is QuantityKind.COUNT and numeral.value % 100 != 0))
    day = numeral.value <= 31 and any(piece.form in MONTHS for piece in (*before, *after))
    left = [piece.form for piece in before if piece.span.end == first.span.start]
    right = [piece.form for piece in after if piece.span.start == pieces[last - 1].span.end]
    glued = any(form.isalpha() or form in SIGNS for form in left + right) or any(form in "-–.’'" for form in left)
    scored = kind is QuantityKind.BARE and (_across(pieces, numeral.first - 1, -1) or _across(pieces, last, 1))
    return year or day or glued or scored


def _across(pieces: Sequence[Piece], at: int, step: int) -> bool:
    """Tell whether a dash at a piece has a figure behind it, as in a score."""
    there = 0 <= at + step < len(pieces) and at >= 0
    return there and pieces[at].form in {"-", "–"} and pieces[at + step].is_figure


def _per(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    forms = [p.form for p in pieces[at : at + 2]]
    found = next((words for words in (forms, forms[:1]) if " ".join(words) in PER), [])
    return PER.get(" ".join(found), ""), at + len(found)


def _converted(text: str, earlier: Sequence[Quantity], span: Span, kind: QuantityKind) -> bool:
    """Tell whether the amount repeats the one before it in another unit: "1.2 billion crowns ($115 million)"."""
    if not earlier or earlier[-1].kind is not kind or kind not in {QuantityKind.MONEY, QuantityKind.MEASURE}:
        return False
    between = text[earlier[-1].span.end : span.start].strip().casefold()
    return bool(
        re.fullmatch(r"(?:(?:a|per) \w+)?[,\s]*(?:\(|or|that is|which is|equal to|equivalent to|=|/)\s*", between)
    )
