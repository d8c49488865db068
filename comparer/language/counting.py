"""Find the noun that a number counts, or tell that it counts nothing: a day, a year, part of a longer sign.

No parser: the first plural within a few words, or a mass noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from comparer.language.dates import MONTHS
from comparer.language.numbers import Numeral, Piece
from comparer.resources.loader import word_map, word_set

IRREGULAR = word_map("counted", "irregular_plurals")
NEVER = word_set("counted", "never")
BREAKS = word_set("counted", "breaks")
SINGULAR_ENDINGS = ("ss", "us", "is", "ous", "'s", "’s")
REACH = 4  # words between a number and the noun it counts


def counted_noun(text: str, pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """Return the lemma of the noun that follows a number at piece `at` and the piece after it; ("", at) for none.

    A hyphen makes the next word the unit ("a 71-page ruling"). A part counts nothing here ("five of the fishermen").
    """
    if at >= len(pieces):
        return "", at
    if pieces[at].form == "-":
        return _hyphenated(pieces, at)
    for offset in range(at, min(len(pieces), at + REACH)):
        form = pieces[offset].form
        if form == "-" and pieces[offset - 1].span.end == pieces[offset].span.start:
            continue
        if not form[0].isalpha() or form in BREAKS:
            break
        if is_plural(form) and (pieces[offset].span.of(text)[0].islower() or offset == at):
            return lemma(form), offset + 1
    return "", at


def is_plural(form: str) -> bool:
    """Tell whether a lower-case word looks like a counted plural."""
    if form in NEVER or form in BREAKS:
        return False
    if form in IRREGULAR or form.endswith("men"):
        return True
    return len(form) > 3 and form.endswith("s") and not form.endswith(SINGULAR_ENDINGS)


@lru_cache(maxsize=8192)
def lemma(form: str) -> str:
    """Return the singular of a plural noun, by rule.

    >>> [lemma(w) for w in ("fishermen", "ballots", "parties", "churches", "people")]
    ['fisherman', 'ballot', 'party', 'church', 'people']
    """
    if form in IRREGULAR:
        return IRREGULAR[form]
    if form.endswith("men") and len(form) > 4:
        return form[:-3] + "man"
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("ches", "shes", "sses", "xes", "zes")):
        return form[:-2]
    return form[:-1] if form.endswith("s") and not form.endswith(SINGULAR_ENDINGS) else form


def _hyphenated(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    tight = at + 1 < len(pieces) and pieces[at].span.end == pieces[at + 1].span.start
    word = pieces[at + 1].form if tight else ""
    return (lemma(word), at + 2) if word.isalpha() and len(word) > 2 and word not in NEVER else ("", at)


YEARS = (1500, 2100)  # a figure between these is read as a year, unless it counts something and is round
SIGNS = "/#_:@"  # marks that make a figure part of a longer sign


def is_no_quantity(pieces: Sequence[Piece], numeral: Numeral, *, last: int, measured: bool, counted: bool) -> bool:
    """Tell whether a figure is a year, a day of a month, or part of a longer sign: F-16, 10th, 21:00, #12, 27-22."""
    if not numeral.in_digits:
        return False
    first = pieces[numeral.first]
    before, after = pieces[max(0, numeral.first - 1) : numeral.first], pieces[last : last + 1]
    looks = len(first.form) == 4 and first.form.isdigit() and YEARS[0] <= numeral.value <= YEARS[1]
    year = looks and not measured and (not counted or numeral.value % 100 != 0)
    day = numeral.value <= 31 and any(piece.form in MONTHS for piece in (*before, *after))
    left = [piece.form for piece in before if piece.span.end == first.span.start]
    right = [piece.form for piece in after if piece.span.start == pieces[last - 1].span.end]
    glued = any(form.isalpha() or form in SIGNS for form in left + right) or any(form in "-–.’'" for form in left)
    scored = not measured and not counted and (_across(pieces, numeral.first - 1, -1) or _across(pieces, last, 1))
    return year or day or glued or scored


def _across(pieces: Sequence[Piece], at: int, step: int) -> bool:
    """Tell whether a dash at a piece has a figure behind it, as in a score."""
    there = 0 <= at + step < len(pieces) and at >= 0
    return there and pieces[at].form in {"-", "–"} and pieces[at + step].is_figure
