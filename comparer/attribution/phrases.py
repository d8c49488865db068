"""Read phrases without a parser: is a word a verb here, may a phrase end here, what is the subject of a verb.

In: the pieces of one unit and indices into them. Out: yes or no, or half-open ranges. It knows closed word classes and
the shapes of words, no dictionary of English. Fails where a clause has no sign of its borders, as in "The man the
police said they feared said nothing".
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.units import QUOTE, Piece, Range, Unit, first_of, last_of, low_at, span_of
from comparer.attribution.words import (
    ADVERBS,
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
    contracted,
    possessive,
    verb_forms,
)
from comparer.model import Span
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


_IN_GROUPS = AUX | ADVERBS
_RELATIVES = frozenset({"who", "that", "which"})
_CLAUSE_OPENERS = SUBORDINATORS - {"than"}
_ALSO_PREPOSITIONS = frozenset({"as", "since", "after", "before"})


def group_start(pieces: Sequence[Piece], verb: int) -> int:
    """Return where the verb group that ends with `verb` starts: auxiliaries and adverbs before it."""
    start = verb
    while start and (pieces[start - 1].low in _IN_GROUPS or adverb(pieces[start - 1])):
        start -= 1
    while start < verb and pieces[start].low in {"first", "earlier", "once", "long", "since"}:
        start += 1
    return start


def subject_before(pieces: Sequence[Piece], end: int) -> Range | None:
    """Return the noun phrase that ends just before `end`, apposition and relative clause included; None if none."""
    if end <= 0:
        return None
    last = pieces[end - 1]
    if last.low in {",", "—", "–"}:
        return _with_apposition(pieces, end - 1)
    if last.low == ")":
        opening = last_of(pieces, {"("}, max(0, end - 9), end - 1)
        inner = subject_before(pieces, opening) if opening else None
        return (inner[0], end) if inner else None
    relative = last.low in {"who", "which"} or (last.low == "that" and end > 1 and nounish(pieces[end - 2]))
    if relative or last.low in PERSONAL or contracted(last.low):
        return end - 1, end
    if not nounish(last) and last.low not in {"others", "some", "many", "one", "most", "both", "few", "all"}:
        return None
    return _trim(pieces, _phrase_start(pieces, end), end)


def _phrase_start(pieces: Sequence[Piece], end: int) -> int:
    joined: int | None = None
    at = end - 1
    while at >= 0:
        low = pieces[at].low
        if low == ")":
            opening = last_of(pieces, {"("}, max(0, at - 8), at)
            if opening is None:
                return at + 1
            at = opening
        elif low in {"and", "&"}:
            joined = at + 1 if joined is None else joined
        elif low in MARKS and not (low == QUOTE and inner_quote(pieces[at])):
            initial = low == "." and at and pieces[at - 1].capital and len(pieces[at - 1].low) <= 5
            listed = low == "," and joined and at and pieces[at - 1].capital and pieces[at + 1].capital
            if not (initial or listed):  # "U.S. envoy", "Ruiz, Obi and Tan"
                return at + 1
        elif _opens_clause(pieces, at):
            return at + 1
        elif verbish(pieces, at) and low_at(pieces, at - 1) not in _RELATIVES:
            return joined if joined is not None else at + 1
        at -= 1
    return 0


def _opens_clause(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a conjunction parts a clause from the one before, not a relative clause or a phrase inside it."""
    low = pieces[at].low
    after_noun = at > 0 and nounish(pieces[at - 1])
    if low not in _CLAUSE_OPENERS or (low in _RELATIVES and after_noun and verbish(pieces, at + 1)):
        return False
    return low not in _ALSO_PREPOSITIONS or not after_noun


def _trim(pieces: Sequence[Piece], start: int, end: int) -> Range | None:
    late = first_of(pieces, {"later", "earlier", "ago"}, start + 1, min(start + 4, end))
    if late is not None and pieces[start].low not in DETERMINERS:
        start = late + 1
    while start < end - 1 and pieces[start].low.isdigit() and len(pieces[start].low) == 4:
        start += 1
    while start < end and (pieces[start].low in LEADERS or _opening_adverb(pieces[start].low)):
        start += 1
    if start >= end:
        return None
    fronted = pieces[start].low in PREPOSITIONS or pieces[start].low in TIME - {"may"}
    return _last_name(pieces, start, end) if fronted else (start, end)


def _opening_adverb(low: str) -> bool:
    return low.endswith("ly") and len(low) > 4 and low not in {"italy", "family", "early"}


def _last_name(pieces: Sequence[Piece], start: int, end: int) -> Range | None:
    """Find the subject after a fronted phrase that no comma ends: "On Monday Ruiz said"."""
    zone = (last_of(pieces, PREPOSITIONS, start, end) or start) + 1
    for at in range(zone, end):
        low, before = pieces[at].low, pieces[at - 1].low
        named = pieces[at].capital and low not in TIME
        if named and (before in TIME or before[:1].isdigit()):
            return at, end
        if at > zone and (
            low in DETERMINERS
            or (named and not pieces[at - 1].capital)
            or (before in TIME and low not in TIME and low not in PREPOSITIONS)
        ):
            return at, end
    return None


_APPOSITION_OPENERS = word_set("attribution_phrases", "apposition_openers")


def _with_apposition(pieces: Sequence[Piece], comma: int) -> Range | None:
    """Read "Ruiz, who leads the union," or "Tan, 45, a nurse," backwards from its closing comma."""
    at = comma
    for _ in range(4):
        opening = last_of(pieces, {",", "—", "–"}, 0, at)
        if not opening or at - opening > 40 or not _appositive(pieces, opening + 1, at):
            return None
        head, named = pieces[opening - 1], _name_like(pieces, opening + 1, at)
        at = opening
        if nounish(head) or head.low == ")":
            start = _phrase_start(pieces, opening)
            parted = low_at(pieces, start - 1) in {",", "—"} and _appositive(pieces, start, opening)
            if parted and not named and not _person_like(pieces, start, opening):
                continue
            found = _trim(pieces, start, opening)
            if found and pieces[opening + 1].low.endswith("ing"):
                return found
            return (found[0], comma) if found else None
    return None


def _person_like(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return end - start >= 2 and pieces[end - 1].capital and pieces[start].low not in {"a", "an"}


def _name_like(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a stretch is a full name, with a rank or not: "Lt. Ilan Marsh"."""
    return 2 <= end - start <= 6 and all(
        pieces[k].capital or (pieces[k].low == "." and k > start) for k in range(start, end)
    )


_HANDED_ON = word_set("attribution_phrases", "handed_on")
"""What has been done with a paper that is cited: "a memo, seen by the Mercury, says"."""


def _appositive(pieces: Sequence[Piece], start: int, end: int) -> bool:  # noqa: PLR0911 - closed cases, in order
    first = pieces[start]
    if first.low in _APPOSITION_OPENERS or first.low[:1].isdigit():
        return not any(p.quotation is not None and len(p.quotation.content) > 60 for p in pieces[start:end])
    if first.low.endswith("ing") and first.low not in {"according", "saying", "adding"}:
        return True
    if first.low in _HANDED_ON and end - start > 1:
        return True
    if any(verbish(pieces, k) for k in range(start, end)) or first.quotation is not None:
        return False
    if first.low in PERSONAL or first.low in LEADERS or first.low in SUBORDINATORS:
        return False
    if first.low in {"in", "at", "from", "of"} and end - start <= 4 and pieces[end - 1].capital:
        return True
    links = first_of(pieces, {"of", "for", "at", "in", "with"}, start + 1, min(end, start + 8))
    if links is not None and first.low not in PREPOSITIONS:
        return True
    return (end - start <= 3 and first.capital) or _name_like(pieces, start, end)


def bare_subject(unit: Unit) -> Span | None:
    """Return the subject of a sentence of a few words whose only verb is its last: "The Taliban object."."""
    pieces = unit.pieces
    end = len(pieces) - (pieces[-1].low in {".", "!", "?"})
    if not 2 <= end <= 5 or pieces[end - 1].capital or pieces[end - 1].low.endswith("ly"):
        return None
    subject = subject_before(pieces, end - 1)
    return span_of(pieces, *subject) if subject and subject[0] == 0 else None


def first_subject(unit: Unit, before: int) -> Span | None:
    """Return the subject of the first finite verb of a sentence that stands before a place in the text."""
    pieces = unit.pieces
    relative = next((k for k in range(2, min(len(pieces) - 1, 9)) if pieces[k + 1].low == "who"), 0)
    if relative and pieces[relative].low == "," and all(p.capital or p.low == "." for p in pieces[:relative]):
        return span_of(pieces, 0, relative)  # "Lt. Ilan Marsh, who speaks for the board, set terms"
    for k in range(1, min(len(pieces), 25)):
        if pieces[k].start >= before:
            return None
        if pieces[k - 1].low in {"who", "which", "that"}:
            continue
        form = verb_forms().get(pieces[k].low)
        if verbish(pieces, k) or (form is not None and form.shape == "past" and not pieces[k].capital):
            subject = subject_before(pieces, group_start(pieces, k))
            if subject is None:
                return None
            first = subject[0] + (pieces[subject[0]].low == ",")  # "Meanwhile, Venn and her crew had"
            return span_of(pieces, first, subject[1]) if first < subject[1] else None
    return None
