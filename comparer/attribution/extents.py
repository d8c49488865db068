"""Find what stands after a reporting verb, and where it ends.

In: a unit's pieces and cues. Out: ranges of pieces, half-open. A content ends where the next speaker begins.
Fails where a reported clause and the reporter's own are joined without a mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.cues import Cue, CueForm
from comparer.attribution.phrases import has_verb, skip_adverbials, verbish
from comparer.attribution.units import QUOTE, Piece
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

Range = tuple[int, int]


_WH = word_set("function_words", "question_words")


def right_of(pieces: Sequence[Piece], cues: Sequence[Cue], number: int) -> tuple[Range, Reading] | None:
    """Return the content that follows a cue, with the reading of the cue that takes it; None where nothing does."""
    cue = cues[number]
    for reading in cue.readings:
        start = _right_start(pieces, cue.verb + 1 + len(reading.rest), reading)
        if start is None:
            continue
        end = right_end(pieces, cues, number, start)
        if end <= start or not _acceptable(pieces, start, end, reading):
            continue
        return (start, end), reading
    return None


def _right_start(pieces: Sequence[Piece], at: int, reading: Reading) -> int | None:  # noqa: C901, PLR0911 - closed cases, in order
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
    if low in _WH:
        return skipped if "wh" in takes else None
    if low == "to":
        return skipped if "infinitive" in takes else None
    if "clause" in takes or "object" in takes:
        return skipped
    return None


def _object_start(pieces: Sequence[Piece], at: int, takes: frozenset[str]) -> int | None:
    at = skip_adverbials(pieces, at, phrases=False)
    if at >= len(pieces):
        return None
    low = pieces[at].low
    if low == "to":
        return at if "infinitive" in takes else None
    if "object" not in takes or (low in MARKS and pieces[at].quotation is None and low != ":"):
        return None
    if low in PREPOSITIONS or low in {"and", "or", "that", "but", "by"} | AUX:
        return None
    return at


def _after_comma(pieces: Sequence[Piece], comma: int) -> int | None:
    following = comma + 1
    if following >= len(pieces):
        return None
    if pieces[following].quotation is not None or pieces[following].low == "that":
        return following
    closing = next((k for k in range(following, min(following + 14, len(pieces))) if pieces[k].low == ","), None)
    if (
        closing is not None
        and closing + 1 < len(pieces)
        and (pieces[closing + 1].low == "that" or pieces[closing + 1].quotation is not None)
    ):
        return closing + 1
    return None


def _skip_hearer(pieces: Sequence[Piece], at: int) -> int:
    """Step over the noun phrase that is told something."""
    start = at
    if at + 1 < len(pieces) and pieces[at].low in PERSONAL and (pieces[at + 1].low in AUX or verbish(pieces, at + 1)):
        return at  # "warned it was late": the clause starts at once
    while at < len(pieces) and at - start <= 12:
        low = pieces[at].low
        if low == "." and at > start and at + 1 < len(pieces) and pieces[at - 1].capital and pieces[at + 1].capital:
            at += 1  # "told Mr. Venn that"
            continue
        if (
            low == "that"
            or low in MARKS
            or low in _WH
            or low in {"to", "not", "about", "of", "in", "on", "during", "after", "at", "via", "there"}
        ):
            if (
                low in {"of", "at", "in"}
                and at > start
                and at + 1 < len(pieces)
                and pieces[at + 1].capital
                and pieces[at + 1].low not in TIME
            ):
                at += 2
                continue
            break
        if at > start and (low in PERSONAL or contracted(low) or low in TIME):
            break
        if at > start and low in DETERMINERS:
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
        stop = next(
            (k for k in range(start, end) if pieces[k].low in {",", "and", "though", "although", "while", "because"}),
            end,
        )
        return end - start > 2 and has_verb(pieces, start, stop)
    return False


def _names_something(pieces: Sequence[Piece], start: int, end: int) -> bool:
    inner = range(start + 1, end)
    return any(
        pieces[k].quotation is not None
        or (pieces[k].low in {"a", "an", "the", "his", "her"} and pieces[k - 1].low not in PREPOSITIONS)
        for k in inner
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
        if at > start and narrow and low == "and" and at + 1 < limit and pieces[at + 1].low in HAVE | BE:
            break
        if at > start and low in {"and", "but", "while", "as", "although", "whereas"} and at + 1 in later:
            cue = later[at + 1]
            if cue.form is CueForm.JOINED or (
                cue.subject is not None and pieces[at - 1].low not in PREPOSITIONS and low != "as" and _speaks(cue)
            ):
                break
        if at > start + 1 and low == "according" and at + 1 < limit and pieces[at + 1].low == "to":
            break
        if (
            pieces[at].quotation is not None
            and at + 1 < limit
            and at + 1 in later
            and later[at + 1].subject is not None
        ):
            at += 1
            break
        at += 1
    while at > start and pieces[at - 1].low in {".", ",", "—", "…", ";", "–", "?", "!", ":"}:
        at -= 1
    return at


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
    if at >= len(pieces) or pieces[at].low in {"and", "or", "which", "who"} | PREPOSITIONS:
        return False
    if verbish(pieces, at) or (pieces[at].low in verb_forms() and not pieces[at].low.endswith("ing")):
        return True
    return not pieces[at].low.endswith("ing") and _subject_and_verb(pieces, at)


def _subject_and_verb(pieces: Sequence[Piece], at: int) -> bool:
    if at >= len(pieces) or pieces[at].low in {"only", "not", "also", "that", "to"} | PREPOSITIONS:
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


def _speaks(cue: Cue) -> bool:
    return any(r.act is Act.SPEECH for r in cue.readings)


def _breaks(pieces: Sequence[Piece], at: int, later: dict[int, Cue]) -> bool:
    following = pieces[at + 1].low
    if following in _BREAKING_ING:
        return True
    cue = later.get(at + 1)
    if cue is not None and (cue.form in {CueForm.ADJUNCT, CueForm.JOINED} or _postposed(pieces, cue)):
        return True
    if following in {"and", "but", "while", "although", "though", "whereas"} and at + 2 in later:
        cue = later[at + 2]
        return cue.form is not CueForm.MODIFIER
    return following == "citing"


def _postposed(pieces: Sequence[Piece], cue: Cue) -> bool:
    """Tell whether a frame closes its sentence: ..., officials said."""
    past = skip_adverbials(pieces, cue.verb + 1, phrases=True)
    return any("clause" in r.takes or "hearer" in r.takes for r in cue.readings) and (
        past >= len(pieces) or pieces[past].low in {".", ","}
    )
