"""Find what stands after a reporting verb, and where it ends.

In: a unit's pieces and cues. Out: ranges of pieces, half-open. A content ends where the next speaker begins.
Fails where a reported clause and the reporter's own are joined without a mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.cues import Cue, CueForm
from comparer.attribution.phrases import has_verb, skip_adverbials, verbish
from comparer.attribution.units import QUOTE, Piece, Range, cut_back, first_of, low_at
from comparer.attribution.words import (
    AUX,
    BE,
    DETERMINERS,
    HAVE,
    MARKS,
    PERSONAL,
    PREPOSITIONS,
    TIME,
    Reading,
    contracted,
    verb_forms,
)
from comparer.model import Act
from comparer.resources.loader import word_set

_WH = word_set("function_words", "question_words")


_NO_OBJECTS = PREPOSITIONS | AUX | {"and", "or", "that", "but", "by"}
_AFTER_HEARERS = frozenset({"to", "not", "about", "of", "in", "on", "during", "after", "at", "via", "there", "that"})
_NO_MAIN_CLAUSES = PREPOSITIONS | {"and", "or", "which", "who"}
_NO_SUBJECTS = PREPOSITIONS | {"only", "not", "also", "that", "to"}


def right_of(pieces: Sequence[Piece], cues: Sequence[Cue], number: int) -> tuple[Range, Reading] | None:
    """Return the content that follows a cue, with the reading of the cue that takes it; None where nothing does."""
    cue = cues[number]
    for reading in cue.readings:
        start = _right_start(pieces, cue.verb + 1 + len(reading.rest), reading)
        end = right_end(pieces, cues, number, start) if start is not None else 0
        if start is not None and end > start and _acceptable(pieces, start, end, reading):
            return (start, end), reading
    return None


def _right_start(pieces: Sequence[Piece], at: int, reading: Reading) -> int | None:  # noqa: PLR0911 - closed cases, in order
    takes = reading.takes
    limit = len(pieces)
    if at >= limit:
        return None
    if "hearer" in takes:
        at = _skip_hearer(pieces, at)
    if not takes & {"clause", "quote", "thatclause", "wh"}:
        return _object_start(pieces, at, takes)
    skipped = skip_adverbials(pieces, at, phrases=True)
    if skipped >= limit:
        return _object_start(pieces, at, takes) if takes & {"object", "infinitive"} else None
    low = pieces[skipped].low
    if low in {":", "—"} and skipped + 1 < limit:
        return skipped + 1
    if low == ",":
        return _after_comma(pieces, skipped)
    if low in MARKS - {QUOTE, "("}:
        return None
    if low == "that" or pieces[skipped].quotation is not None:
        return skipped
    wanted = {"wh"} if low in _WH else {"infinitive"} if low == "to" else {"clause", "object"}
    return skipped if takes & wanted else None


def _object_start(pieces: Sequence[Piece], at: int, takes: frozenset[str]) -> int | None:
    at = skip_adverbials(pieces, at, phrases=False)
    if at >= len(pieces):
        return None
    low = pieces[at].low
    if low == "to":
        return at if "infinitive" in takes else None
    if "object" not in takes or (low in MARKS and pieces[at].quotation is None and low != ":"):
        return None
    return None if low in _NO_OBJECTS else at


def _after_comma(pieces: Sequence[Piece], comma: int) -> int | None:
    if low_at(pieces, comma + 1) in {QUOTE, "that"}:
        return comma + 1
    closing = first_of(pieces, {","}, comma + 1, min(comma + 15, len(pieces)))
    return closing + 1 if closing is not None and low_at(pieces, closing + 1) in {QUOTE, "that"} else None


def _skip_hearer(pieces: Sequence[Piece], at: int) -> int:
    """Step over the noun phrase that is told something."""
    start = at
    if at + 1 < len(pieces) and pieces[at].low in PERSONAL and verbish(pieces, at + 1):
        return at  # "warned it was late": the clause starts at once
    while at < len(pieces) and at - start <= 12:
        low = pieces[at].low
        if low == "." and at > start and at + 1 < len(pieces) and pieces[at - 1].capital and pieces[at + 1].capital:
            at += 1  # "told Mr. Venn that"
            continue
        if low in MARKS or low in _WH or low in _AFTER_HEARERS:
            named = at > start and at + 1 < len(pieces) and pieces[at + 1].capital and pieces[at + 1].low not in TIME
            if not (named and low in {"of", "at", "in"}):
                break
            at += 2
            continue
        if at > start and (low in PERSONAL or contracted(low) or low in TIME or low in DETERMINERS):
            break
        at += 1
    return at


def _acceptable(pieces: Sequence[Piece], start: int, end: int, reading: Reading) -> bool:  # noqa: PLR0911 - closed cases, in order
    first = pieces[start]
    takes = reading.takes
    if first.low in {"that", ":"} or first.quotation is not None or first.low in _WH:
        return first.low != "that" or end - start > 2
    if first.low == "to":
        return end - start > 1
    if "object" in takes:
        if reading.lemma in {"call", "term", "dub", "label", "brand"}:
            return _names_something(pieces, start, end)
        if "clause" not in takes:
            return True
    if "clause" in takes:
        if reading.lemma in {"say", "think", "believe"} and first.low not in PREPOSITIONS and end - start > 2:
            return True
        stop = first_of(pieces, {",", "and", "though", "although", "while", "because"}, start, end)
        return end - start > 2 and has_verb(pieces, start, end if stop is None else stop)
    return False


def _names_something(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return any(
        pieces[k].quotation is not None
        or (pieces[k].low in {"a", "an", "the", "his", "her"} and pieces[k - 1].low not in PREPOSITIONS)
        for k in range(start + 1, end)
    )


_BREAKING_ING = word_set("attribution_cues", "breaking_participles")


def right_end(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, start: int) -> int:  # noqa: C901 - closed cases, in order
    """Return where content that starts at `start` ends: before the next speaker, a semicolon or the final mark."""
    limit = len(pieces)
    later = {_cue_edge(c): c for c in cues[number + 1 :] if c.verb > start}
    comma_ends = _dependent(pieces, cues[number])
    narrow = pieces[start].low != "that" and cues[number].readings[0].takes.isdisjoint({"clause", "hearer"})
    at = start
    while at < limit:
        low = pieces[at].low
        if low == ";":
            break
        if at > start and low in {",", "—"} and at + 1 < limit and _breaks(pieces, at, later):
            break
        if at > start and low in {",", "—", "-", "–"} and comma_ends and _main_clause(pieces, at + 1):
            break
        if at > start and narrow and low == "," and at + 2 < limit and _outer_clause(pieces, at + 1):
            break
        if at > start and narrow and low == "and" and low_at(pieces, at + 1) in HAVE | BE:
            break
        if at > start and low in {"and", "but", "while", "as", "although", "whereas"} and at + 1 in later:
            cue = later[at + 1]
            speaks = cue.subject is not None and low != "as" and any(r.act is Act.SPEECH for r in cue.readings)
            if cue.form is CueForm.JOINED or (speaks and pieces[at - 1].low not in PREPOSITIONS):
                break
        if at > start + 1 and low == "according" and low_at(pieces, at + 1) == "to":
            break
        at += 1
        if pieces[at - 1].quotation is not None and at in later and later[at].subject is not None:
            break
    return cut_back(pieces, start, at, {".", ",", "—", "…", ";", "–", "?", "!", ":"})


_WAITING = word_set("function_words", "waiting_conjunctions")


def _dependent(pieces: Sequence[Piece], cue: Cue) -> bool:
    """Tell whether the cue stands in a clause that waits for its main clause: "When Ruiz said ..., Obi left"."""
    if cue.subject is None:
        return False
    start, end = cue.subject
    relative = end - start == 1 and pieces[start].low in {"who", "which", "that"}
    return relative or (start > 0 and pieces[start - 1].low in _WAITING)


def _main_clause(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a main clause may begin at `at`: a finite verb at once, or a subject and one soon."""
    if at >= len(pieces) or pieces[at].low in _NO_MAIN_CLAUSES:
        return False
    if verbish(pieces, at) or (pieces[at].low in verb_forms() and not pieces[at].low.endswith("ing")):
        return True
    return not pieces[at].low.endswith("ing") and _subject_and_verb(pieces, at)


def _subject_and_verb(pieces: Sequence[Piece], at: int) -> bool:
    if at >= len(pieces) or pieces[at].low in _NO_SUBJECTS:
        return False
    for k in range(at, min(at + 7, len(pieces))):
        if pieces[k].low in {",", ".", ";"}:
            return False
        if contracted(pieces[k].low) or (
            k > at and (verbish(pieces, k) or (pieces[k].low in verb_forms() and not pieces[k].capital))
        ):
            return True
    return False


def _outer_clause(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether ", but Obi left" or ", and left" begins at `at`, which a noun phrase as content cannot hold."""
    if pieces[at].low in {"and", "but", "so", "though", "although", "while", "yet"}:
        return _main_clause(pieces, at + 1)
    return pieces[at].low in AUX or pieces[at].low in PERSONAL


def _cue_edge(cue: Cue) -> int:
    if cue.form is CueForm.FINITE and cue.subject is not None:
        return cue.subject[0]
    return cue.first


def _breaks(pieces: Sequence[Piece], at: int, later: dict[int, Cue]) -> bool:
    following = pieces[at + 1].low
    if following in _BREAKING_ING:
        return True
    cue = later.get(at + 1)
    if cue is not None and (cue.form in {CueForm.ADJUNCT, CueForm.JOINED} or postposed(pieces, cue)):
        return True
    if following in {"and", "but", "while", "although", "though", "whereas"} and at + 2 in later:
        return later[at + 2].form is not CueForm.MODIFIER
    return following == "citing"


def postposed(pieces: Sequence[Piece], cue: Cue) -> bool:
    """Tell whether a frame closes its sentence: ..., officials said."""
    past = low_at(pieces, skip_adverbials(pieces, cue.verb + 1, phrases=True))
    return past in {"", ".", ","} and any(r.takes & {"clause", "hearer"} for r in cue.readings)
