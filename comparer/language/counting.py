"""Find the noun that a number counts, or tell that it counts nothing: dates, years, labels, scores, parts of names.

No parser: the first plural within a few words, or a mass noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from comparer.language.dates import MONTHS
from comparer.language.numbers import TENS, UNITS, Numeral, Piece, approximator
from comparer.resources.loader import word_map, word_set

IRREGULAR = word_map("counted", "irregular_plurals")
NEVER = word_set("counted", "never")
BREAKS = word_set("counted", "breaks")
SINGULAR_ENDINGS = ("ss", "us", "is", "ous", "'s", "’s")
REACH = 4  # words between a number and the noun it counts
PAIRED = frozenset({("men", "women"), ("women", "men"), ("women", "children"), ("men", "boys"), ("boys", "girls")})
PARTITIVE = word_set("counted", "partitive")


def counted_noun(text: str, pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """Return the lemma of the noun that follows a number at piece `at` and the piece after it; ("", at) for none.

    A hyphen makes the next word the unit ("a 71-page ruling"). "Of the" is stepped over ("five of the fishermen", "two
    of its eleven mills").
    """
    if at >= len(pieces):
        return "", at
    if pieces[at].form == "-":
        return _hyphenated(pieces, at)
    here = _after_partitive(pieces, at)
    for offset in range(here, min(len(pieces), here + REACH)):
        form = pieces[offset].form
        if form == "-" and pieces[offset - 1].span.end == pieces[offset].span.start:
            continue
        if not form[0].isalpha() or form in BREAKS:
            break
        if is_plural(form) and (pieces[offset].span.of(text)[0].islower() or offset == here):
            end = offset + 1
            while end < min(len(pieces), here + REACH) and _compound(text, pieces[end]):
                end += 1
            if tuple(p.form for p in pieces[end - 1 : end + 2 : 2]) in PAIRED and pieces[end].form == "and":
                return "people", end + 2
            return lemma(pieces[end - 1].form), end
    return "", at


def _after_partitive(pieces: Sequence[Piece], at: int) -> int:
    """Step over "of the", "of its eleven", "of the city's 1,400": the noun that follows is what is counted."""
    if pieces[at].form != "of" or at + 1 >= len(pieces):
        return at
    here = at + 1
    if pieces[here].form in PARTITIVE:
        here += 1
        if here < len(pieces) and pieces[here].form.endswith(("'s", "’s")):
            here += 1
    elif not _counts(pieces[here]):
        return at
    return here + 1 if here < len(pieces) and _counts(pieces[here]) else here


def _counts(piece: Piece) -> bool:
    return piece.is_figure or piece.form in UNITS or piece.form in TENS


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


def _compound(text: str, piece: Piece) -> bool:
    """Tell whether the word right after a plural is the real head, as in "12 sports cars"."""
    return (
        is_plural(piece.form)
        and piece.span.of(text)[0].islower()
        and piece.form not in {"dead", "killed", "missing"} | {"injured", "wounded"}
    )


YEARS = (1500, 2100)  # a bare figure between these is read as a year unless a counted noun follows
LABELS = word_set("counted", "labels")


def is_no_quantity(
    text: str, pieces: Sequence[Piece], numeral: Numeral, *, last: int, measured: bool, counted: bool
) -> bool:
    """Tell whether the number is a date, a clock time, a year, an ordinal, a label, a score or part of a name."""
    before = pieces[numeral.first - 1] if numeral.first else None
    after = pieces[last] if last < len(pieces) else None
    if not numeral.in_digits:
        return after is not None and after.form == "o'clock"
    return (
        _is_date(pieces, numeral, last)
        or _is_clock(before, after, pieces[numeral.first])
        or _is_glued(before, after, pieces[numeral.first], pieces[last - 1], counted=measured or counted)
        or (not measured and _is_year(pieces[numeral.first], numeral, counted=counted))
        or (not measured and _is_label(text, pieces, numeral.first, counted=counted))
    )


def _is_date(pieces: Sequence[Piece], numeral: Numeral, last: int) -> bool:
    around = [p.form.rstrip(".") for p in pieces[max(0, numeral.first - 4) : numeral.first]]
    if not 1 <= numeral.value <= 31 or numeral.value % 1:
        return numeral.value % 1 == 0 and 1900 <= numeral.value <= 2100 and any(f in MONTHS for f in around[-3:])
    following = [p.form for p in pieces[last : last + 2]]
    if following[:1] == ["of"] and following[1:] and following[1] in MONTHS:
        return True
    if following and following[0] in MONTHS and following[0] not in {"may", "march"}:
        return True
    if following and following[0] in {"may", "march"} and pieces[last].span.start - pieces[last - 1].span.end <= 1:
        return True
    tail = [f for f in around if f not in {".", ","}]
    return bool(tail) and (
        tail[-1] in MONTHS or (len(tail) > 2 and tail[-1] in {"and", "to", "-"} and tail[-3] in MONTHS)
    )


def _is_clock(before: Piece | None, after: Piece | None, here: Piece) -> bool:
    if after is not None and (after.form in {"am", "pm", "o'clock", "o’clock", "hrs", "gmt", "h"} or after.form == ":"):
        return after.form != ":" or after.span.start == here.span.end
    if after is not None and after.form in {"a", "p"} and after.span.start - here.span.end <= 1 and before is not None:
        return before.form in {"at", "by", "until", "from", "before", "after", "around", "about", "to"}
    return before is not None and before.form == ":" and before.span.end == here.span.start


def _is_glued(before: Piece | None, after: Piece | None, first: Piece, last: Piece, *, counted: bool) -> bool:
    """Tell whether the figure touches letters or marks of a longer sign: F-16, 10th, 1990s, 3-2, 24/7, #12."""
    if before is not None and before.span.end == first.span.start:
        if before.form in {"/", "#", ".", "_", ":", "@", "’", "'"} or before.form.isalpha():
            return True
        if before.form in {"-", "–"} and not counted:
            return True
    if after is not None and after.span.start == last.span.end:
        return after.form in {"/", "_", "@", "–"} or (not counted and (after.form.isalpha() or after.form == "-"))
    return False


def _is_year(piece: Piece, numeral: Numeral, *, counted: bool) -> bool:
    looks = len(piece.form) == 4 and piece.form.isdigit() and YEARS[0] <= numeral.value <= YEARS[1]
    return looks and (not counted or numeral.value % 100 != 0)


def _is_label(text: str, pieces: Sequence[Piece], first: int, *, counted: bool) -> bool:
    if first == 0:
        return False
    before = pieces[first - 1]
    if before.form == "." and first > 1 and pieces[first - 2].form in {"no", "nos", "art", "vol", "fig"}:
        return True
    if before.form in LABELS:
        return True
    named = before.form.isalpha() and before.span.of(text)[0].isupper()
    return not counted and named and approximator(pieces, first)[1] is None
