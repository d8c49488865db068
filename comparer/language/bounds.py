"""Say how a number is meant: "about", "nearly", "at least", "up to", or just as printed.

In: the cut pieces of a text and the place of a number. Out: its bound and the words that set it. Fails where the words
stand behind the number ("500 or more").
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from comparer.language.numerals import Piece


class Bound(StrEnum):
    """Say how a number is meant: as printed, near it, just under it, or as a limit."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


APPROXIMATORS: tuple[tuple[str, Bound], ...] = (
    ("more or less", Bound.ABOUT),
    ("in the region of", Bound.ABOUT),
    ("somewhere around", Bound.ABOUT),
    ("an estimated", Bound.ABOUT),
    ("at least", Bound.AT_LEAST),
    ("no fewer than", Bound.AT_LEAST),
    ("no less than", Bound.AT_LEAST),
    ("not less than", Bound.AT_LEAST),
    ("more than", Bound.AT_LEAST),
    ("upwards of", Bound.AT_LEAST),
    ("in excess of", Bound.AT_LEAST),
    ("well over", Bound.AT_LEAST),
    ("just over", Bound.AT_LEAST),
    ("just above", Bound.AT_LEAST),
    ("a little over", Bound.AT_LEAST),
    ("a minimum of", Bound.AT_LEAST),
    ("as many as", Bound.AT_MOST),
    ("as much as", Bound.AT_MOST),
    ("up to", Bound.AT_MOST),
    ("at most", Bound.AT_MOST),
    ("no more than", Bound.AT_MOST),
    ("not more than", Bound.AT_MOST),
    ("fewer than", Bound.AT_MOST),
    ("less than", Bound.AT_MOST),
    ("a maximum of", Bound.AT_MOST),
    ("just under", Bound.NEARLY),
    ("just below", Bound.NEARLY),
    ("a little under", Bound.NEARLY),
    ("close to", Bound.NEARLY),
    ("getting on for", Bound.NEARLY),
    ("about", Bound.ABOUT),
    ("around", Bound.ABOUT),
    ("roughly", Bound.ABOUT),
    ("approximately", Bound.ABOUT),
    ("approx", Bound.ABOUT),
    ("circa", Bound.ABOUT),
    ("some", Bound.ABOUT),
    ("estimated", Bound.ABOUT),
    ("nearly", Bound.NEARLY),
    ("almost", Bound.NEARLY),
    ("over", Bound.AT_LEAST),
    ("above", Bound.AT_LEAST),
    ("exceeding", Bound.AT_LEAST),
    ("under", Bound.AT_MOST),
    ("below", Bound.AT_MOST),
    ("beneath", Bound.AT_MOST),
)


def approximator(pieces: Sequence[Piece], first: int) -> tuple[Bound, str | None, int]:
    """Return the bound, the approximator as printed in lower case, and where the quantity begins in the text."""
    for phrase, bound in APPROXIMATORS:
        words = phrase.split()
        if first >= len(words) and [p.form for p in pieces[first - len(words) : first]] == words:
            return bound, phrase, pieces[first - len(words)].span.start
    return Bound.EXACT, None, pieces[first].span.start
