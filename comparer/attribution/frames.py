"""Find what a reporting verb reports: before it, after it, or on both sides.

In: a unit's pieces and cues. Out: for each cue ranges of pieces. A content ends where the next speaker begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from comparer.attribution.cues import Cue, CueForm
from comparer.attribution.extents import postposed, right_end, right_of
from comparer.attribution.phrases import has_verb, noun_phrase_after, skip_adverbials, verbish
from comparer.attribution.units import QUOTE, Piece, Range, cut_back, first_of, low_at, past_last
from comparer.attribution.words import AUX, LEADERS, PERSONAL, PREPOSITIONS, Reading
from comparer.resources.loader import word_set


class Frame(NamedTuple):
    """Hold one cue with what it reports; `subject` may follow the verb (inverted)."""

    cue: Cue
    reading: Reading
    last: int  # past the cue's last piece
    subject: Range | None
    contents: tuple[Range, ...]
    open_end: bool  # the cue ends its unit with a colon: the content is what follows


_LEFT_TAKES = frozenset({"clause", "quote"})


def frames(pieces: Sequence[Piece], cues: Sequence[Cue]) -> tuple[Frame, ...]:
    """Return the cues that report something, with what they report."""
    found = (_frame(pieces, cues, number) for number in range(len(cues)))
    return tuple(frame for frame in found if frame is not None)


def _frame(pieces: Sequence[Piece], cues: Sequence[Cue], number: int) -> Frame | None:  # noqa: C901, PLR0911 - closed cases, in order
    cue = cues[number]
    if pieces[cue.verb].low in {"citing", "quoting"} and any(p.low == "according" for p in pieces[: cue.first]):
        return None
    if cue.form is CueForm.PASSIVE:
        return _passive(pieces, cues, number)
    subject = cue.subject
    inverted = subject is None
    if inverted:
        subject = _inverted_subject(pieces, cue)
        if subject is None:
            return None
    left = _left(pieces, cues, number, inverted=inverted)
    right = None if inverted else right_of(pieces, cues, number)
    reading = right[1] if right else next((r for r in cue.readings if r.takes & _LEFT_TAKES), None)
    if left is not None and right is not None:
        if _is_quote(pieces, left) and not (right[0][0] < len(pieces) and pieces[right[0][0]].quotation is not None):
            right = None
            reading = next((r for r in cue.readings if r.takes & _LEFT_TAKES), None)
        elif not _is_quote(pieces, left):
            left = None
    if reading is None:
        return None
    last = cue.verb + 1 + len(reading.rest)
    if right is None and left is None:
        parenthetical = None if inverted else _parenthetical(pieces, cues, number, last)
        if parenthetical is not None:
            return Frame(cue, reading, last, subject, parenthetical, open_end=False)
        opens = _opens_block(pieces, last)
        return Frame(cue, reading, last, subject, (), open_end=True) if opens else None
    contents = [r for r in (left, right[0] if right else None) if r is not None]
    if right is None and left is not None:
        whole = _is_quote(pieces, left) or has_verb(pieces, left[0], left[1])
        resumed = _resumed(pieces, cues, number, subject[1] if inverted and subject else last, loose=not whole)
        if resumed is not None:
            contents.append(resumed)
    return Frame(cue, reading, last, subject, tuple(contents), open_end=False)


_APPOSITION_OPENERS = frozenset({"a", "an", "the", "who", "whose", "one", "his", "her"})
_CLOSING = frozenset({"", ",", ".", ";", "at", "in", "on", "after", "as"})
_LONGEST_NAME = 4  # words
_NO_APPOSITION = PREPOSITIONS | PERSONAL | {"and", "but", "that", QUOTE}


def _inverted_subject(pieces: Sequence[Piece], cue: Cue) -> Range | None:
    found = noun_phrase_after(pieces, skip_adverbials(pieces, cue.verb + 1, phrases=False))
    if found is None:
        return None
    start, end = found
    if low_at(pieces, end) == "," and end + 1 < len(pieces):
        closing = first_of(pieces, {",", ".", QUOTE, ";"}, end + 1, len(pieces)) or len(pieces)
        low = pieces[end + 1].low
        if low in _APPOSITION_OPENERS or low[:1].isdigit():
            return start, closing
        named = next((k for k in range(end + 1, len(pieces)) if not pieces[k].capital), len(pieces))
        if not pieces[end - 1].capital and 1 < named - end - 1 <= _LONGEST_NAME and low_at(pieces, named) in _CLOSING:
            return start, named  # "said its spokesman, Peter Lohse."
        described = first_of(pieces, {"of", "for", "at"}, end + 1, closing) is not None
        if described and low not in _NO_APPOSITION and not low.endswith("ing"):
            return start, closing
    return start, end


def _is_quote(pieces: Sequence[Piece], content: Range) -> bool:
    return content[1] - content[0] == 1 and pieces[content[0]].quotation is not None


def _left(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, *, inverted: bool) -> Range | None:  # noqa: C901, PLR0911 - closed cases, in order
    """Return the content that stands before the frame, closed by a comma or a quotation's end."""
    cue = cues[number]
    if cue.form in {CueForm.ADJUNCT, CueForm.MODIFIER, CueForm.JOINED}:
        return None
    start = cue.first if inverted or cue.subject is None else cue.subject[0]
    while start > 0 and pieces[start - 1].low in LEADERS and pieces[start - 1].low not in {"but", "and"}:
        start -= 1
    if start == 0:
        return None
    before = pieces[start - 1]
    if before.quotation is not None:
        return _quoted_left(pieces, start - 1)
    if before.low not in {",", "—", "–", "--"} or start < 2:
        return None
    if pieces[start - 2].quotation is not None:
        return _quoted_left(pieces, start - 2)
    if not any("clause" in r.takes for r in cue.readings):
        return None
    begin = _left_begin(pieces, start - 1)
    if _interrupts(pieces, cue):
        return begin, start - 1
    fronted = pieces[begin].low in PREPOSITIONS | _OPENING
    if fronted and _states_after_front(pieces, begin, start - 1):
        return begin, start - 1
    closes = cue.subject is not None and not inverted and postposed(pieces, cue)
    if closes and start - 1 - begin >= (_FEWEST_FRONTED if fronted else _FEWEST_BEFORE):
        return begin, start - 1  # "It withdrew its offer, the union said.": what stands before can only be a statement
    if (fronted or start - 1 - begin < 3) and not _clause_within(pieces, begin, start - 1):
        return None
    if not has_verb(pieces, begin, start - 1) and not _headline(pieces):
        return None
    return begin, start - 1


_FEWEST_BEFORE = (
    4  # pieces before a frame that closes its sentence from which they are a statement, whatever their verb;
)
_FEWEST_FRONTED = 9  # and where they open with a preposition, which may belong to the frame: "In a letter on Monday"
_OPENING = word_set("function_words", "fronting_conjunctions")
_CLAUSE_HEADS = _OPENING | {"after", "before", "since", "until", "than", "like"}
_NEVER_RESUME = word_set("attribution_phrases", "never_resume")
_RELATIVES = word_set("function_words", "relatives")


def _states_after_front(pieces: Sequence[Piece], begin: int, end: int) -> bool:
    """Tell whether a fronted phrase goes on to a clause: "Without a pilot most ships would have to wait"."""
    if pieces[begin].low in _CLAUSE_HEADS:
        return False
    verb = first_of(pieces, AUX, begin + 3, end)
    return verb is not None and first_of(pieces, _RELATIVES, begin, verb) is None


def _headline(pieces: Sequence[Piece]) -> bool:
    """Tell whether a unit ends without a mark, as headlines do; they leave verbs out."""
    return pieces[-1].low[:1].isalnum() and len(pieces) < 25


def _interrupts(pieces: Sequence[Piece], cue: Cue) -> bool:
    """Tell whether a frame stands between a subject and its verb: The plan, he said, would fail."""
    after = cue.verb + 1
    if after + 2 >= len(pieces) or pieces[after].low != ",":
        return False
    return verbish(pieces, after + 1) or pieces[after + 1].low.endswith("s")


def _clause_within(pieces: Sequence[Piece], start: int, end: int) -> bool:
    comma = first_of(pieces, {","}, start, end)
    return comma is not None and end - comma > 3 and has_verb(pieces, comma, end)


def _quoted_left(pieces: Sequence[Piece], at: int) -> Range:
    """Take the quotation before the frame, with the clause it completes: The plan was “dead,” he said."""
    begin = cut_back(pieces, 0, at, {QUOTE})
    start = past_last(pieces, {";", ":"}, begin)
    if start < begin and pieces[start].low in {"but", "and"}:
        start += 1
    alone = begin == start or pieces[begin - 1].low in {",", ":", "—"}
    return (begin if alone else start), at + 1


def _left_begin(pieces: Sequence[Piece], end: int) -> int:
    begin = past_last(pieces, {";"}, end)
    dateline = first_of(pieces, {"–", "—", "-"}, 1, min(10, end))
    if dateline and pieces[dateline - 1].low == ")":
        begin = max(begin, dateline + 1)
    while begin < end and pieces[begin].low in {"but", "and", "•", "-", "*"}:
        begin += 1
    return begin


def _parenthetical(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, last: int) -> tuple[Range, ...] | None:
    """Read a frame between commas, as in "At one point, she said, the lights went out"."""
    cue = cues[number]
    if cue.subject is None or cue.form is not CueForm.FINITE or "clause" not in cue.readings[0].takes:
        return None
    start = cue.subject[0]
    if start < 2 or pieces[start - 1].low != "," or last >= len(pieces) or pieces[last].low != ",":
        return None
    resumed = _resumed(pieces, cues, number, last, loose=True)
    if resumed is None:
        return None
    begin = _left_begin(pieces, start - 1)
    return ((begin, start - 1), resumed) if begin < start - 1 else (resumed,)


def _resumed(
    pieces: Sequence[Piece], cues: Sequence[Cue], number: int, at: int, *, loose: bool = False
) -> Range | None:
    """Return the second half of a content that the frame interrupts, as in “It,” he said, “ends here”."""
    at = at if low_at(pieces, at) == "," else skip_adverbials(pieces, at, phrases=True)
    if at + 1 >= len(pieces) or pieces[at].low not in {",", ":", "—", QUOTE}:
        return None
    start = at if pieces[at].quotation is not None else at + 1
    first, end = pieces[start].low, right_end(pieces, cues, number, start)
    if first == QUOTE or (first == "and" and low_at(pieces, start + 1) in {"only", "that", "not", "if"}):
        return start, end
    if first.endswith("ing") or first in _NEVER_RESUME or end - start < 2:
        return None
    resumes = loose or (first in AUX | {"to", "because", "if"} and has_verb(pieces, start, end))
    return (start, end) if resumes else None


def _opens_block(pieces: Sequence[Piece], last: int) -> bool:
    """Tell whether the unit ends with a colon after its cue."""
    return len(pieces) > last - 1 and pieces[-1].low == ":" and len(pieces) - last < 25


def _passive(pieces: Sequence[Piece], cues: Sequence[Cue], number: int) -> Frame | None:
    """Read "was accused by the union of neglect" and "is expected to resign"."""
    cue = cues[number]
    at = cue.verb + 1
    if at >= len(pieces) or cue.subject is None:
        return None
    if pieces[at].low == "by":
        source = noun_phrase_after(pieces, at + 1)
        if source is None:
            return None
        source = _cut_source(pieces, source)
        reading = next((r for r in cue.readings if "object" in r.takes or "clause" in r.takes), None)
        if reading is None:
            return None
        contents = [cue.subject]
        rest = source[1]
        if low_at(pieces, rest) in {"of", "for", "as", "to"}:
            contents.append((rest, right_end(pieces, cues, number, rest)))
        return Frame(cue, reading, cue.verb + 1, source, tuple(contents), open_end=False)
    hearsay = next((r for r in cue.readings if "hearsay" in r.takes), None)
    if hearsay is not None and pieces[at].low == "to" and at + 1 < len(pieces):
        end = right_end(pieces, cues, number, at)
        return Frame(cue, hearsay, cue.verb + 1, None, (cue.subject, (at, end)), open_end=False)
    return None


def _cut_source(pieces: Sequence[Piece], source: Range) -> Range:
    for k in range(source[0] + 1, source[1]):
        low, following = pieces[k].low, low_at(pieces, k + 1)
        if following and (low == "to" or (low in {"of", "for", "as"} and following.endswith("ing"))):
            return source[0], k
    return source
