"""Read phrases around a reporting verb without a parser: is it a verb here, who is its subject, what follows it.

In: the pieces of one unit and indices into them. Out: index ranges, half-open. It knows closed word classes and the
shapes of words, no dictionary of English. Fails where a clause has no sign of its borders, as in "The man the police
said they feared said nothing".
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution import classes
from comparer.attribution.scan import QUOTE, Piece
from comparer.attribution.verbs import verb_forms


def group_start(pieces: Sequence[Piece], verb: int) -> int:
    """Return where the verb group that ends with `verb` starts: auxiliaries and adverbs before it."""
    start = verb
    while start > 0:
        low = pieces[start - 1].low
        adverb = low in classes.ADVERBS or (low.endswith("ly") and len(low) > 4 and not pieces[start - 1].capital)
        if low == "far" and start > 1 and pieces[start - 2].low == "so":
            start -= 2
            continue
        if not (low in classes.AUX or adverb):
            break
        start -= 1
    while (
        start < verb
        and pieces[start].low not in classes.AUX
        and pieces[start].low in {"first", "earlier", "once", "long", "since"}
    ):
        start += 1
    return start


def verbish(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a token is probably a finite verb, from closed classes and endings."""
    piece = pieces[at]
    low = piece.low
    if low in classes.AUX or low in classes.IRREGULAR_PASTS:
        return True
    if piece.capital:
        return False
    before = pieces[at - 1] if at else None
    if (
        before is None
        or before.low in classes.DETERMINERS
        or before.low in classes.PREPOSITIONS
        or classes.possessive(before.low)
    ):
        return False
    if low.endswith("ed") and len(low) > 4:
        following = pieces[at + 1].low if at + 1 < len(pieces) else "."
        return following not in classes.PREPOSITIONS or before.low in classes.PERSONAL
    form = verb_forms().get(low)
    return form is not None and before.low in classes.PERSONAL | {"who"}


def subject(pieces: Sequence[Piece], end: int, floor: int = 0) -> tuple[int, int] | None:  # noqa: PLR0911 - closed cases, in order
    """Return the noun phrase that ends just before `end`, apposition and relative clause included; None if none."""
    if end <= floor:
        return None
    last = pieces[end - 1]
    if last.low in {",", "—", "–"}:
        return _with_apposition(pieces, end - 1, floor)
    if last.low == ")":
        opening = next((k for k in range(end - 2, max(floor, end - 9) - 1, -1) if pieces[k].low == "("), None)
        if opening is None or opening == floor:
            return None
        inner = subject(pieces, opening, floor)
        return (inner[0], end) if inner else None
    if last.low in {"who", "which"} or (last.low == "that" and end - 2 >= floor and nounish(pieces[end - 2])):
        return end - 1, end
    if last.low in classes.PERSONAL or classes.contracted(last.low):
        return end - 1, end
    if not nounish(last) and last.low not in {"others", "some", "many", "one", "most", "both", "few", "all"}:
        return None
    start = _phrase_start(pieces, end, floor)
    return _trim(pieces, start, end)


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
        low in classes.AUX
        or low in classes.PREPOSITIONS
        or low in classes.SUBORDINATORS
        or low in classes.DETERMINERS
        or low in classes.LEADERS
        or low == "and"
    ):
        return False
    if low in {"not", "there", "here"} or (
        low.endswith("ly") and not piece.capital and low not in {"family", "assembly"}
    ):
        return False
    return not (classes.possessive(low) and low in classes.POSSESSIVES)


def _phrase_start(pieces: Sequence[Piece], end: int, floor: int) -> int:  # noqa: C901 - closed cases, in order
    joined: int | None = None
    at = end - 1
    while at >= floor:
        low = pieces[at].low
        if low == ")":
            opening = next((k for k in range(at - 1, max(floor, at - 8) - 1, -1) if pieces[k].low == "("), None)
            if opening is None:
                return at + 1
            at = opening - 1
            continue
        if low in {"and", "&"}:
            joined = at + 1 if joined is None else joined
        elif low in classes.MARKS and not (low == QUOTE and inner_quote(pieces[at])):
            if low == "." and at and pieces[at - 1].capital and len(pieces[at - 1].low) <= 5:
                at -= 1
                continue
            if low == "," and joined is not None and at + 1 < end and _list_comma(pieces, at, floor):
                at -= 1
                continue
            return at + 1
        elif (
            low in {"who", "that", "which"}
            and at > floor
            and nounish(pieces[at - 1])
            and at + 1 < end
            and verbish(pieces, at + 1)
        ):
            pass
        elif (low in classes.SUBORDINATORS and low not in {"as", "than", "since", "after", "before"}) or (
            low in {"as", "since", "after", "before"} and (at == floor or not nounish(pieces[at - 1]))
        ):
            return at + 1
        elif verbish(pieces, at) and not (at and pieces[at - 1].low in {"who", "that", "which"}):
            return joined if joined is not None else at + 1
        at -= 1
    return floor


def inner_quote(piece: Piece) -> bool:
    """Tell whether a quotation is a few quoted words inside a phrase, not something that was said."""
    quotation = piece.quotation
    return quotation is not None and len(quotation.content) < 60 and not piece.stopped


def _long_quote(piece: Piece) -> bool:
    return piece.quotation is not None and len(piece.quotation.content) > 60


def _list_comma(pieces: Sequence[Piece], at: int, floor: int) -> bool:
    """Tell whether a comma parts members of a list of names: "Ruiz, Obi and Tan said"."""
    return at > floor and pieces[at - 1].capital and pieces[at + 1].capital


def _trim(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    late = next(
        (k for k in range(start + 1, min(start + 4, end)) if pieces[k].low in {"later", "earlier", "ago"}), None
    )
    if late is not None and pieces[start].low not in classes.DETERMINERS:
        start = late + 1
    while start < end - 1 and pieces[start].low.isdigit() and len(pieces[start].low) == 4:
        start += 1
    while start < end and (
        pieces[start].low in classes.LEADERS
        or (
            pieces[start].low.endswith("ly")
            and len(pieces[start].low) > 4
            and pieces[start].low not in {"italy", "family", "early"}
        )
    ):
        start += 1
    if start < end and (
        pieces[start].low in classes.PREPOSITIONS or (pieces[start].low in classes.TIME and pieces[start].low != "may")
    ):
        return _last_name(pieces, start, end)
    return (start, end) if start < end else None


def _last_name(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """Find the subject after a fronted phrase that no comma ends: "On Monday Ruiz said"."""
    zone = end - 1
    while zone > start and pieces[zone].low not in classes.PREPOSITIONS:
        zone -= 1
    zone += 1
    for at in range(zone, end):
        low, before = pieces[at].low, pieces[at - 1].low
        if at > zone and low in classes.DETERMINERS:
            return at, end
        if pieces[at].capital and low not in classes.TIME and at > zone and not pieces[at - 1].capital:
            return at, end
        if pieces[at].capital and (before in classes.TIME or before[:1].isdigit()) and low not in classes.TIME:
            return at, end
        if before in classes.TIME and low not in classes.TIME and low not in classes.PREPOSITIONS and at > zone:
            return at, end
    return None


_APPOSITION_OPENERS = frozenset(
    "who whose which a an the one his her its their then now also formerly both all".split()
)


def _with_apposition(pieces: Sequence[Piece], comma: int, floor: int) -> tuple[int, int] | None:
    """Read "Ruiz, who leads the union," or "Tan, 45, a nurse," backwards from its closing comma."""
    end = comma
    at = comma
    for _ in range(4):
        opening = next((k for k in range(at - 1, floor - 1, -1) if pieces[k].low in {",", "—", "–"}), None)
        if opening is None or opening == floor or at - opening > 40:
            return None
        if not _appositive(pieces, opening + 1, at):
            return None
        head = pieces[opening - 1]
        named = _name_like(pieces, opening + 1, at)
        at = opening
        if nounish(head) or head.low == ")":
            start = _phrase_start(pieces, opening, floor)
            before = pieces[start - 1].low if start > floor else ""
            if (
                before in {",", "—"}
                and start - 1 > floor
                and _appositive(pieces, start, opening)
                and not _person_like(pieces, start, opening)
                and not named
            ):
                continue
            found = _trim(pieces, start, opening)
            if found and pieces[opening + 1].low.endswith("ing"):
                return found
            return (found[0], end) if found else None
    return None


def _person_like(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return end - start >= 2 and pieces[end - 1].capital and pieces[start].low not in {"a", "an"}


def _name_like(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a stretch is a full name, with a rank or not: "Lt. Ilan Marsh"."""
    return 2 <= end - start <= 6 and all(
        pieces[k].capital or (pieces[k].low == "." and k > start) for k in range(start, end)
    )


_HANDED_ON = frozenset(
    "seen obtained dated reviewed signed leaked filed published released issued posted sent shared circulated".split()
)
"""What has been done with a paper that is cited: "a memo, seen by the Mercury, says"."""


def _appositive(pieces: Sequence[Piece], start: int, end: int) -> bool:  # noqa: PLR0911 - closed cases, in order
    if start >= end:
        return False
    first = pieces[start]
    if first.low in _APPOSITION_OPENERS or first.low[:1].isdigit():
        return not any(_long_quote(pieces[k]) for k in range(start, end))
    if first.low.endswith("ing") and first.low not in {"according", "saying", "adding"}:
        return True
    if first.low in _HANDED_ON and end - start > 1:
        return True
    if (
        any(verbish(pieces, k) for k in range(start, end))
        or first.low in classes.PERSONAL
        or first.quotation is not None
    ):
        return False
    if first.low in classes.LEADERS or first.low in classes.SUBORDINATORS:
        return False
    if first.low in {"in", "at", "from", "of"} and end - start <= 4 and pieces[end - 1].capital:
        return True
    if (
        any(pieces[k].low in {"of", "for", "at", "in", "with"} for k in range(start + 1, min(end, start + 8)))
        and first.low not in classes.PREPOSITIONS
    ):
        return True
    return (end - start <= 3 and first.capital) or _name_like(pieces, start, end)
