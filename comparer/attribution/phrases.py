"""Read phrases without a parser: is a word a verb here, may a phrase end here, what follows a verb or a preposition.

In: the pieces of one unit and indices into them. Out: yes or no, or indices; ranges are half-open. It knows closed word
classes and the shapes of words, no dictionary of English. Fails on addressees without a border, as in "told Ana Ruiz
would come".
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.units import QUOTE, Piece, Range, cut_back, first_of, low_at
from comparer.attribution.words import (
    AUX,
    DETERMINERS,
    IRREGULAR_PASTS,
    LEADERS,
    MARKS,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME,
    WEEKDAYS,
    contracted,
    possessive,
    verb_forms,
)
from comparer.resources.loader import word_set

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


def has_verb(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a stretch of pieces holds what is probably a finite verb."""
    forms = verb_forms()
    for k in range(start, end):
        low = pieces[k].low
        if low in AUX or contracted(low) or low in IRREGULAR_PASTS:
            return True
        if k == start or pieces[k].capital:
            continue
        if low.endswith("ed") and (len(low) > 4 or low == "used"):
            return True
        before = pieces[k - 1]
        third = low.endswith("s") and (before.capital or before.low in PERSONAL)
        if (low in forms or third) and before.low not in _BEFORE_NOUNS:
            return True
    return False


def has_finite(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a stretch of pieces holds what is probably a finite verb or a quotation."""
    forms = verb_forms()
    for k in range(start, end):
        if verbish(pieces, k) or contracted(pieces[k].low) or pieces[k].quotation is not None:
            return True
        if k > start and pieces[k].low in forms and not pieces[k].capital and pieces[k - 1].low not in DETERMINERS:
            return True
    return False


_BESIDE = word_set("attribution_phrases", "beside_somebody")
_PHRASE_ENDS = word_set("attribution_phrases", "phrase_ends") | WEEKDAYS | PERSONAL | AUX
_OCCASION_OPENERS = frozenset({"a", "an", "his", "her", "its", "twitter", "monday"})
_HANGING = PREPOSITIONS | {"and"}


def _takes_to(low: str) -> bool:
    return low in _BESIDE or low in IRREGULAR_PASTS or low.endswith("ed")


def noun_phrase_after(pieces: Sequence[Piece], start: int) -> Range | None:
    """Return the noun phrase that starts at `start`, with an apposition closed by a comma or the end; None if none."""
    at = start
    limit = len(pieces)
    while at < limit:
        piece = pieces[at]
        low = piece.low
        if low == "." and at + 1 < limit and at > start and pieces[at - 1].capital and pieces[at + 1].capital:
            at += 1
            continue
        if low == "(":
            closing = first_of(pieces, {")"}, at, min(at + 9, limit))
            if closing is None:
                break
            at = closing + 1
            continue
        if low in MARKS and not (low == QUOTE and inner_quote(piece) and at > start):
            break
        if at > start and (low in _PHRASE_ENDS or _time_phrase(pieces, at)):
            break
        if at > start and low == "to" and not _takes_to(pieces[at - 1].low):
            break
        if at > start and low in {"in", "on", "at"} and low_at(pieces, at + 1) in _OCCASION_OPENERS:
            break
        at += 1
    at = cut_back(pieces, start, at, _HANGING)
    return (start, at) if at > start and nounish(pieces[at - 1]) else None


def _time_phrase(pieces: Sequence[Piece], at: int) -> bool:
    low, following = pieces[at].low, low_at(pieces, at + 1)
    if low in {"on", "in", "late", "early", "last", "earlier", "this"}:
        return following in TIME or following[:4].isdigit()
    return low in {"yesterday", "today", "tonight"}


_OCCASIONS = word_set("attribution_phrases", "occasions")
_AFTER_OCCASIONS = PREPOSITIONS | MARKS | {"and", "that"}
_BEFORE_CONTENT = word_set("attribution_phrases", "before_content")


def skip_adverbials(pieces: Sequence[Piece], start: int, *, phrases: bool) -> int:
    """Return where what is said may begin: past times, occasions and addressees after the verb.

    With `phrases` prepositional phrases are skipped too, up to a mark or "that"; without either all is skipped.
    """
    at, limit = start, len(pieces)
    while at < limit:
        low, following = pieces[at].low, low_at(pieces, at + 1)
        if low in TIME or adverb(pieces[at]) or low in {"again", "simply"}:
            if low in {"this", "may", "last", "next", "late", "early"} and following not in TIME:
                return at
            at += 1
            continue
        if low in {"on", "in"} and (following in TIME or (len(following) == 4 and following.isdigit())):
            at += 2
            while at < limit and (pieces[at].low in TIME or pieces[at].low[:1].isdigit()):
                at += 1
            continue
        if not phrases or low not in _BEFORE_CONTENT:
            return at
        past = _phrase_end(pieces, at)
        if past is None:
            return limit
        at = past
    return at


def _phrase_end(pieces: Sequence[Piece], at: int) -> int | None:
    """Return where a prepositional phrase ends that stands between verb and content."""
    for k in range(at + 1, min(at + 25, len(pieces))):
        low = pieces[k].low
        if low in {"that", ":", QUOTE}:
            return k
        if low == "," and k + 1 < len(pieces):
            return k
        if low in {".", ";", "?", "!"} and not (low == "." and pieces[k - 1].capital and k + 1 < len(pieces)):
            return None
        if low in _OCCASIONS and k + 1 < len(pieces) and pieces[k + 1].low not in _AFTER_OCCASIONS:
            return k + 1
        if k > at + 1 and low in PERSONAL:
            return k
    return None
