"""Tell a person's age from other bare numbers: "aged 61 and 78", "a woman of 52", "Lindqvist, 43, led".

In: the cut pieces of a text and one number among them. Out: yes or no. "A 34-year-old" is read as a duration and told
from one there. Fails on a list of numbers set off by commas after a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.language.numerals import Numeral, Piece
from comparer.language.units import MONTHS

OLDEST = 115  # years
YOUNGEST = 5  # between commas: a smaller number there is seldom an age
PERSONS = frozenset("man woman boy girl child youth male female grandmother grandfather mother father".split())
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
