"""Read one number in digits or English words, and how it is meant: "some 1,200", "nearly half a million", "aged 61".

In: the cut pieces of a text. Out: a number with its place and value, its bound with the words that set it, and whether
it is a person's age. Fails where the words that bound it stand behind it ("500 or more"), and on a list of numbers set
off by commas after a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from comparer.language.dates import MONTHS
from comparer.model import Span
from comparer.resources.loader import word_list, word_map, word_set

PIECE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+(?![.\d])|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
UNITS = {word: k for k, word in enumerate((*word_list("numerals", "to_twelve"), *word_list("numerals", "teens")))}
TENS = {word: 10 * k for k, word in enumerate(word_list("numerals", "tens"), start=2)}
SCALES = {
    **dict(zip(word_list("numerals", "scales"), (1e2, 1e3, 1e6, 1e9, 1e12), strict=True)),
    **{letter: float(size) for letter, size in word_map("amounts", "scale_letters").items()},
    "dozen": 12.0,
}
LETTER_SCALES = frozenset(word_map("amounts", "scale_letters"))
ARTICLES = {"half": ("half a", 0.5), "quarter": ("quarter of a", 0.25), "a": ("a", 1.0), "an": ("an", 1.0)}
MAY_COUNT = re.compile(
    r"\d|(?<![^\W\d_])(?:" + "|".join(w for w in (*UNITS, *TENS, *SCALES) if w not in LETTER_SCALES) + ")",
    re.IGNORECASE,
)
"""What one of which every number holds: a span without any is not cut into pieces."""
MAX_DIGITS = 30  # with their commas; a longer row of digits counts nothing
MAX_WORDS = 12  # no number in news prose is written with more words


class Piece(NamedTuple):
    """Hold one word, figure or mark with its lower-case form."""

    span: Span
    form: str

    @property
    def is_figure(self) -> bool:
        """Tell whether the piece is written in digits."""
        return self.form[0].isdecimal()


class Numeral(NamedTuple):
    """Hold a number read from pieces `first` to `last` (half-open); `step` is its last printed place.

    "12.4 million" has the step 100,000; words and figures below 20 have the step 1 although they may be exact.
    """

    value: float
    step: float
    first: int
    last: int
    in_digits: bool


def cut(text: str, span: Span) -> tuple[Piece, ...]:
    """Return the words, figures and marks of a span, in order."""
    return tuple(Piece(Span(*m.span()), m.group().casefold()) for m in PIECE.finditer(text, span.start, span.end))


def read_numeral(pieces: Sequence[Piece], at: int) -> Numeral | None:
    """Return the number that begins at piece `at`, or None where none does.

    >>> text = "Some three per cent of 1.2 billion crowns"
    >>> pieces = cut(text, Span(0, len(text)))
    >>> read_numeral(pieces, 1).value, read_numeral(pieces, 5).value
    (3.0, 1200000000.0)
    """
    if pieces[at].is_figure:
        return _figures(pieces, at) if len(pieces[at].form) <= MAX_DIGITS else None
    return _article(pieces, at) or _words(pieces, at)


def _figures(pieces: Sequence[Piece], at: int) -> Numeral:
    printed = pieces[at].form.replace(",", "")
    value, step = float(printed), _printed_step(printed)
    factor, last = _scale(pieces, at + 1)
    return Numeral(round(value * factor, 6), step * factor, at, last, in_digits=True)


def _printed_step(printed: str) -> float:
    """Return the place of the last digit that is surely meant: 0.1 in 12.4, 1 in 78, 100 in 1,200."""
    if "." in printed:
        return float(10.0 ** -len(printed.split(".")[1]))
    trailing = len(printed) - len(printed.rstrip("0"))
    return float(10.0 ** min(trailing, len(printed) - 1)) if int(printed) else 1.0


def _scale(pieces: Sequence[Piece], at: int) -> tuple[float, int]:
    """Return what the scales at a piece multiply with, and the piece after them; a letter touches its figure: 12.4m."""
    factor = 1.0
    while at < len(pieces) and pieces[at].form in SCALES:
        if pieces[at].form in LETTER_SCALES and pieces[at - 1].span.end < pieces[at].span.start:
            break
        factor *= SCALES[pieces[at].form]
        at += 1
    joined = [piece.form for piece in pieces[at : at + 2]]
    if factor == 1.0 and joined in (["-", "million"], ["-", "billion"]):
        return SCALES[joined[1]], at + 2
    return factor, at


def _article(pieces: Sequence[Piece], at: int) -> Numeral | None:
    """Read "half a million", "a dozen", "a hundred", "a quarter of a million"."""
    lead, factor = ARTICLES.get(pieces[at].form, ("", 0.0))
    first = at + len(lead.split())
    if not lead or " ".join(p.form for p in pieces[at:first]) != lead:
        return None
    scale, last = _scale(pieces, first)
    step = factor * scale / 10 if scale > 12 else 1.0
    return Numeral(factor * scale, step, at, last, in_digits=False) if scale > 1.0 else None


def _words(pieces: Sequence[Piece], at: int) -> Numeral | None:
    total, current, here = 0.0, 0.0, at
    while here < min(len(pieces), at + MAX_WORDS):
        form = pieces[here].form
        if form in UNITS:
            if current % 100 and (current % 10 or UNITS[form] >= 10):
                break
            current += UNITS[form]
        elif form in TENS and not current % 100:
            current += TENS[form]
        elif form == "hundred" and 0 < current < 100:
            current *= 100
        elif form in SCALES and form not in LETTER_SCALES and current:
            total, current = total + current * SCALES[form], 0.0
        elif not (here > at and _goes_on(pieces, here, current)):
            break
        here += 1
    if here == at:
        return None
    value = total + current
    return Numeral(value, _printed_step(str(int(value))), at, here, in_digits=False)


def _goes_on(pieces: Sequence[Piece], joint: int, current: float) -> bool:
    """Tell whether "-" or "and" joins two parts of one number rather than two numbers."""
    following = pieces[joint + 1].form if joint + 1 < len(pieces) else ""
    if pieces[joint].form == "-":
        tight = pieces[joint].span.start == pieces[joint - 1].span.end
        return tight and pieces[joint - 1].form in TENS and 0 < UNITS.get(following, 0) < 10
    hundreds = current >= 100 and current % 100 == 0
    return pieces[joint].form == "and" and hundreds and (following in UNITS or following in TENS)


class Bound(StrEnum):
    """Say how a number is meant: as printed, near it, just under it, or as a limit."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


APPROXIMATORS = tuple((p.split(), p, Bound(bound)) for p, bound in word_map("amounts", "approximators").items())
LONGEST_APPROXIMATOR = max(len(words) for words, _, _ in APPROXIMATORS)


def approximator(pieces: Sequence[Piece], first: int) -> tuple[Bound, str | None, int]:
    """Return the bound, the approximator as printed in lower case, and where the quantity begins in the text."""
    before = [p.form for p in pieces[max(0, first - LONGEST_APPROXIMATOR) : first]]
    for words, phrase, bound in APPROXIMATORS:
        if before[-len(words) :] == words:
            return bound, phrase, pieces[first - len(words)].span.start
    return Bound.EXACT, None, pieces[first].span.start


OLDEST = 115  # years
YOUNGEST = 5  # between commas: a smaller number there is seldom an age
PERSONS = word_set("ages", "persons")
JOINTS = frozenset({"and", "or", ","})


def is_age(pieces: Sequence[Piece], numeral: Numeral) -> bool:
    """Tell whether a number without a noun or unit is printed as a person's age."""
    if not 0 < numeral.value <= OLDEST or numeral.value % 1:
        return False
    before = [piece.form for piece in pieces[max(0, numeral.first - 4) : numeral.first]]
    after = pieces[numeral.last].form if numeral.last < len(pieces) else ""
    lead, second, third = [*before[::-1], "", "", ""][:3]
    if lead in {"aged", "age"} or (lead in JOINTS and third in {"aged", "age"}):
        return True
    if lead == "of" and second in PERSONS:
        return True
    if lead in {"is", "was"} and second in {"who", "he", "she"}:
        return after in {",", "."}
    named = second.isalpha() and second not in MONTHS and second not in JOINTS
    return lead == after == "," and named and numeral.in_digits and numeral.value >= YOUNGEST
