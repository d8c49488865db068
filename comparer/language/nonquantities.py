"""Tell numbers that count nothing from quantities: dates, clock times, years, ordinals, labels, scores, parts of names.

In: the cut pieces of a text and one number among them. Out: yes or no. Fails on a year that counts ("2021 workers").
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.language.bounds import approximator
from comparer.language.numerals import Numeral, Piece
from comparer.language.units import MONTHS

YEARS = (1500, 2100)  # a bare figure between these is read as a year unless a counted noun follows
LABELS = frozenset(
    """nos number article section page chapter room route highway flight phase type group round game match level
    line act rule clause paragraph item channel gate platform pier station apartment flat suite unit block lot exit
    version volume part step stage week day year grade class category tier zone ward district precinct aged age
    episode season lane seat junction""".split()
)


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
