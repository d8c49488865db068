"""Read phrases without a parser: is a word a verb here, may a phrase end here, what follows a verb or a preposition.

In: the pieces of one unit and indices into them. Out: yes or no, or indices; ranges are half-open. It knows closed word
classes and the shapes of words, no dictionary of English. Fails on addressees without a border, as in "told Ana Ruiz
would come".
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.units import QUOTE, Piece
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


def verbish(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a token is probably a finite verb, from closed classes and endings."""
    piece = pieces[at]
    low = piece.low
    if low in AUX or low in IRREGULAR_PASTS:
        return True
    if piece.capital:
        return False
    before = pieces[at - 1] if at else None
    if before is None or before.low in DETERMINERS or before.low in PREPOSITIONS or possessive(before.low):
        return False
    if low.endswith("ed") and len(low) > 4:
        following = pieces[at + 1].low if at + 1 < len(pieces) else "."
        return following not in PREPOSITIONS or before.low in PERSONAL
    form = verb_forms().get(low)
    return form is not None and before.low in PERSONAL | {"who"}


def nounish(piece: Piece) -> bool:
    """Tell whether a noun phrase may end with this piece."""
    low = piece.low
    if low == QUOTE:
        return inner_quote(piece)
    if low == ")":
        return True
    if not low[:1].isalnum() and low[:1] not in "@$":
        return low == "%"
    if (
        low in AUX
        or low in PREPOSITIONS
        or low in SUBORDINATORS
        or low in DETERMINERS
        or low in LEADERS
        or low == "and"
    ):
        return False
    if low in {"not", "there", "here"} or (
        low.endswith("ly") and not piece.capital and low not in {"family", "assembly"}
    ):
        return False
    return not (possessive(low) and low in POSSESSIVES)


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
        if k > start and not pieces[k].capital and low.endswith("ed") and (len(low) > 4 or low == "used"):
            return True
        if (
            k > start
            and not pieces[k].capital
            and (low in forms or low.endswith("s"))
            and pieces[k - 1].low not in DETERMINERS
            and pieces[k - 1].low not in PREPOSITIONS
            and (low in forms or pieces[k - 1].capital or pieces[k - 1].low in PERSONAL)
        ):
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


def _takes_to(low: str) -> bool:
    return low in _BESIDE or low in IRREGULAR_PASTS or low.endswith("ed")


def noun_phrase_after(pieces: Sequence[Piece], start: int) -> tuple[int, int] | None:  # noqa: C901 - closed cases, in order
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
            closing = next((k for k in range(at, min(at + 9, limit)) if pieces[k].low == ")"), None)
            if closing is None:
                break
            at = closing + 1
            continue
        if low in MARKS and not (low == QUOTE and inner_quote(piece) and at > start):
            break
        if at > start and (
            low in {"who", "that", "which", "when", "while", "as", "after", "before", "during", "because"}
            or low in WEEKDAYS
        ):
            break
        if at > start and low == "to" and not _takes_to(pieces[at - 1].low):
            break
        if at > start and (low in PERSONAL or low in AUX or _time_phrase(pieces, at)):
            break
        if (
            at > start
            and low in {"in", "on", "at"}
            and at + 1 < limit
            and pieces[at + 1].low in {"a", "an", "his", "her", "its", "twitter", "monday"}
        ):
            break
        at += 1
    while at > start and pieces[at - 1].low in PREPOSITIONS | {"and"}:
        at -= 1
    return (start, at) if at > start and nounish(pieces[at - 1]) else None


def _time_phrase(pieces: Sequence[Piece], at: int) -> bool:
    low = pieces[at].low
    if low in {"on", "in", "late", "early", "last", "earlier", "this"} and at + 1 < len(pieces):
        following = pieces[at + 1]
        return following.low in TIME or following.low[:4].isdigit()
    return low in {"yesterday", "today", "tonight"}


_OCCASIONS = word_set("attribution_phrases", "occasions")
_BEFORE_CONTENT = word_set("attribution_phrases", "before_content")


def skip_adverbials(pieces: Sequence[Piece], start: int, *, phrases: bool) -> int:
    """Return where what is said may begin: past times, occasions and addressees after the verb.

    With `phrases` prepositional phrases are skipped too, up to a mark or "that"; without either all is skipped.
    """
    at, limit = start, len(pieces)
    while at < limit:
        low = pieces[at].low
        if (
            low in TIME
            or (low.endswith("ly") and len(low) > 4 and not pieces[at].capital)
            or low in {"again", "simply"}
        ):
            if low in {"this", "may", "last", "next", "late", "early"} and not (
                at + 1 < limit and pieces[at + 1].low in TIME
            ):
                return at
            at += 1
            continue
        if low in {"on", "in"} and at + 1 < limit and (pieces[at + 1].low in TIME or _year(pieces[at + 1].low)):
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


def _year(low: str) -> bool:
    return len(low) == 4 and low.isdigit()


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
        if (
            low in _OCCASIONS
            and k + 1 < len(pieces)
            and pieces[k + 1].low not in PREPOSITIONS | {",", ".", "and", "that", ":"} | MARKS
        ):
            return k + 1
        if low in _OCCASIONS and k + 1 < len(pieces) and pieces[k + 1].low in {"on", "in", "with", "to", "at", "after"}:
            continue
        if k > at + 1 and low in PERSONAL:
            return k
    return None
