"""Read phrases without a parser: is a word a verb here, may a phrase end here.

In: the pieces of one unit and indices into them. Out: yes or no. It knows closed word classes and the shapes of words,
no dictionary of English.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.units import QUOTE, Piece, low_at
from comparer.attribution.words import (
    AUX,
    DETERMINERS,
    IRREGULAR_PASTS,
    LEADERS,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    SUBORDINATORS,
    contracted,
    possessive,
    verb_forms,
)

_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_NEVER_LAST = AUX | PREPOSITIONS | SUBORDINATORS | DETERMINERS | LEADERS | {"and", "not", "there", "here"}


def verbish(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a token is probably a finite verb, from closed classes and endings."""
    piece = pieces[at]
    low = piece.low
    if low in AUX or low in IRREGULAR_PASTS:
        return True
    if piece.capital:
        return False
    before = low_at(pieces, at - 1)
    if not before or before in _BEFORE_NOUNS or possessive(before):
        return False
    if low.endswith("ed") and len(low) > 4:
        return low_at(pieces, at + 1) not in PREPOSITIONS or before in PERSONAL
    return low in verb_forms() and (before in PERSONAL or before == "who")


def nounish(piece: Piece) -> bool:
    """Tell whether a noun phrase may end with this piece."""
    low = piece.low
    if low == QUOTE:
        return inner_quote(piece)
    if low == ")":
        return True
    if not low[:1].isalnum() and low[:1] not in "@$":
        return low == "%"
    if low in _NEVER_LAST or (low.endswith("ly") and not piece.capital and low not in {"family", "assembly"}):
        return False
    return low not in POSSESSIVES


def adverb(piece: Piece) -> bool:
    """Tell whether a word looks like an adverb in -ly."""
    return piece.low.endswith("ly") and len(piece.low) > 4 and not piece.capital


def inner_quote(piece: Piece) -> bool:
    """Tell whether a quotation is a few quoted words inside a phrase, not something that was said."""
    quotation = piece.quotation
    return quotation is not None and len(quotation.content) < 60 and not piece.stopped


def has_finite(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a stretch of pieces holds what is probably a finite verb or a quotation."""
    forms = verb_forms()
    for k in range(start, end):
        if verbish(pieces, k) or contracted(pieces[k].low) or pieces[k].quotation is not None:
            return True
        if k > start and pieces[k].low in forms and not pieces[k].capital and pieces[k - 1].low not in DETERMINERS:
            return True
    return False
