"""Find what a reporting verb reports: before it, after it, or on both sides.

In: a unit's pieces and cues. Out: for each cue ranges of pieces. A content ends where the next speaker begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comparer.attribution import phrases
from comparer.attribution.cues import Cue, CueForm
from comparer.attribution.phrases import AUX, BE, HAVE, PERSONAL, PREPOSITIONS, verbish
from comparer.attribution.scan import QUOTE, Piece
from comparer.attribution.verbs import Reading, verb_forms
from comparer.model import Act

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one cue with what it reports; `subject` may follow the verb (inverted)."""

    cue: Cue
    reading: Reading
    last: int  # past the cue's last piece
    subject: Range | None
    contents: tuple[Range, ...]
    open_end: bool  # the cue ends its unit with a colon: the content is what follows


_WH = frozenset("whether how what why where when who if which".split())
_LEFT_TAKES = frozenset({"clause", "quote"})


def frames(pieces: Sequence[Piece], cues: Sequence[Cue]) -> tuple[Frame, ...]:
    """Return the cues that report something, with what they report."""
    found = []
    for number, cue in enumerate(cues):
        frame = _frame(pieces, cues, number)
        if frame is not None:
            found.append(frame)
    return tuple(found)


def _frame(pieces: Sequence[Piece], cues: Sequence[Cue], number: int) -> Frame | None:
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
    right = None if inverted else _right(pieces, cues, number)
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
        whole = _is_quote(pieces, left) or _has_verb(pieces, left[0], left[1])
        resumed = _resumed(pieces, cues, number, subject[1] if inverted and subject else last, loose=not whole)
        if resumed is not None:
            contents.append(resumed)
    return Frame(cue, reading, last, subject, tuple(contents), open_end=False)


def _inverted_subject(pieces: Sequence[Piece], cue: Cue) -> Range | None:
    found = phrases.noun_phrase_after(pieces, phrases.skip_adverbials(pieces, cue.verb + 1, phrases=False))
    if found is None:
        return None
    start, end = found
    if end < len(pieces) and pieces[end].low == "," and end + 1 < len(pieces):
        closing = next((k for k in range(end + 1, len(pieces)) if pieces[k].low in {",", ".", QUOTE, ";"}), len(pieces))
        following = pieces[end + 1]
        appositive = (
            following.low in {"a", "an", "the", "who", "whose", "one", "his", "her"}
            or following.low[:1].isdigit()
            or (
                following.low not in PREPOSITIONS | PERSONAL | {"and", "but", "that"}
                and not following.low.endswith("ing")
                and following.quotation is None
                and any(pieces[k].low in {"of", "for", "at"} for k in range(end + 1, closing))
            )
        )
        if appositive:
            end = closing
    return start, end


def _is_quote(pieces: Sequence[Piece], content: Range) -> bool:
    return content[1] - content[0] == 1 and pieces[content[0]].quotation is not None


def _left(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, *, inverted: bool) -> Range | None:
    """Return the content that stands before the frame, closed by a comma or a quotation's end."""
    cue = cues[number]
    if cue.form in {CueForm.ADJUNCT, CueForm.MODIFIER, CueForm.JOINED}:
        return None
    start = cue.first if inverted or cue.subject is None else cue.subject[0]
    while start > 0 and pieces[start - 1].low in phrases.LEADERS and pieces[start - 1].low not in {"but", "and"}:
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
    if not any(r.takes & {"clause"} for r in cue.readings):
        return None
    begin = _left_begin(pieces, cues, number, start - 1)
    if _interrupts(pieces, cue):
        return begin, start - 1
    if start - 1 - begin < 3 or (
        pieces[begin].low in PREPOSITIONS | {"when", "while", "if", "asked", "as", "because", "although", "though"}
        and pieces[begin].low not in {"if", "when"}
    ):
        if not _clause_within(pieces, begin, start - 1):
            return None
    if not _has_verb(pieces, begin, start - 1) and not _headline(pieces):
        return None
    return begin, start - 1


def _headline(pieces: Sequence[Piece]) -> bool:
    """Tell whether a unit ends without a mark, as headlines do; they leave verbs out."""
    return pieces[-1].low[:1].isalnum() and len(pieces) < 25


def _interrupts(pieces: Sequence[Piece], cue: Cue) -> bool:
    """Tell whether a frame stands between a subject and its verb: The plan, he said, would fail."""
    after = cue.verb + 1
    return (
        after + 2 < len(pieces)
        and pieces[after].low == ","
        and (phrases.verbish(pieces, after + 1) or pieces[after + 1].low.endswith("s"))
    )


def _clause_within(pieces: Sequence[Piece], start: int, end: int) -> bool:
    comma = next((k for k in range(start, end) if pieces[k].low == ","), None)
    return comma is not None and end - comma > 3 and _has_verb(pieces, comma, end)


def _quoted_left(pieces: Sequence[Piece], at: int) -> Range:
    """Take the quotation before the frame, with the clause it completes: The plan was “dead,” he said."""
    begin = at
    while begin > 0 and pieces[begin - 1].quotation is not None:
        begin -= 1
    start = begin
    while start > 0 and pieces[start - 1].low not in {";", ":"}:
        start -= 1
    if start < begin and pieces[start].low in {"but", "and"}:
        start += 1
    if begin == start or (pieces[begin - 1].low in {",", ":"} and not _has_verb(pieces, start, begin)):
        return begin, at + 1
    if pieces[begin - 1].low in {",", ":", "—"}:
        return begin, at + 1
    return start, at + 1


def _left_begin(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, end: int) -> int:
    begin = 0
    for k in range(end - 1, -1, -1):
        if pieces[k].low == ";":
            begin = k + 1
            break
    while begin < end and pieces[begin].low in {"but", "and", "•", "-", "*"}:
        begin += 1
    return begin


def _has_verb(pieces: Sequence[Piece], start: int, end: int) -> bool:
    forms = verb_forms()
    for k in range(start, end):
        low = pieces[k].low
        if low in AUX or phrases.contracted(low) or low in phrases.IRREGULAR_PASTS:
            return True
        if k > start and not pieces[k].capital and low.endswith("ed") and len(low) > 4:
            return True
        if (
            k > start
            and not pieces[k].capital
            and (low in forms or low.endswith("s"))
            and pieces[k - 1].low not in phrases.DETERMINERS | PREPOSITIONS
        ):
            if low in forms or pieces[k - 1].capital or pieces[k - 1].low in PERSONAL:
                return True
    return False


def _right(pieces: Sequence[Piece], cues: Sequence[Cue], number: int) -> tuple[Range, Reading] | None:
    cue = cues[number]
    for reading in cue.readings:
        start = _right_start(pieces, cue.verb + 1 + len(reading.rest), reading)
        if start is None:
            continue
        end = right_end(pieces, cues, number, start)
        if end <= start or not _acceptable(pieces, start, end, reading, cue):
            continue
        return (start, end), reading
    return None


def _right_start(pieces: Sequence[Piece], at: int, reading: Reading) -> int | None:
    takes = reading.takes
    limit = len(pieces)
    if at >= limit:
        return None
    if takes <= {"object", "infinitive"}:
        return _object_start(pieces, at, takes)
    if "hearer" in takes:
        at = _skip_hearer(pieces, at)
    if not takes & {"clause", "quote", "thatclause", "wh"}:
        return _object_start(pieces, at, takes)
    skipped = phrases.skip_adverbials(pieces, at, phrases=True)
    if skipped >= limit:
        return _object_start(pieces, at, takes) if takes & {"object", "infinitive"} else None
    low = pieces[skipped].low
    if low in {":", "—"} and skipped + 1 < limit:
        return skipped + 1
    if low == ",":
        return _after_comma(pieces, skipped)
    if low in phrases.MARKS - {QUOTE, "("}:
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
    at = phrases.skip_adverbials(pieces, at, phrases=False)
    if at >= len(pieces):
        return None
    low = pieces[at].low
    if low == "to":
        return at if "infinitive" in takes else None
    if "object" not in takes or (low in phrases.MARKS and pieces[at].quotation is None and low not in {":"}):
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
    while at < len(pieces):
        piece = pieces[at]
        low = piece.low
        if (
            low == "that"
            or low in phrases.MARKS
            or low in _WH
            or low in {"to", "not", "about", "of", "in", "on", "during", "after", "at", "via", "there"}
        ):
            if (
                low in {"of", "at", "in"}
                and at > start
                and at + 1 < len(pieces)
                and pieces[at + 1].capital
                and pieces[at + 1].low not in phrases.TIME
            ):
                at += 2
                continue
            break
        if at > start and (low in PERSONAL or phrases.contracted(low) or low in phrases.TIME):
            break
        if at > start and low in phrases.DETERMINERS:
            break
        at += 1
        if at - start > 12:
            break
    return at


def _acceptable(pieces: Sequence[Piece], start: int, end: int, reading: Reading, cue: Cue) -> bool:
    first = pieces[start]
    takes = reading.takes
    if first.low in {"that", ":"} or first.quotation is not None or first.low in _WH:
        if first.low == "that" and end - start < 3:
            return False
        return True
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
        return end - start > 2 and _has_verb(pieces, start, stop)
    return False


def _names_something(pieces: Sequence[Piece], start: int, end: int) -> bool:
    inner = range(start + 1, end)
    return any(
        pieces[k].quotation is not None
        or (pieces[k].low in {"a", "an", "the", "his", "her"} and pieces[k - 1].low not in PREPOSITIONS)
        for k in inner
    )


_BREAKING_ING = frozenset("referring speaking according pointing alluding".split())


def right_end(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, start: int) -> int:
    """Return where content that starts at `start` ends: before the next speaker, a semicolon or the final mark."""
    limit = len(pieces)
    later = {_cue_edge(c): c for c in cues[number + 1 :] if c.verb > start}
    forms = verb_forms()
    comma_ends = _dependent(pieces, cues[number])
    narrow = pieces[start].low != "that" and cues[number].readings[0].takes.isdisjoint({"clause", "hearer"})
    at = start
    while at < limit:
        low = pieces[at].low
        if low == ";":
            break
        if at > start and low in {",", "—"} and at + 1 < limit and _breaks(pieces, at, later, forms):
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


_WAITING = frozenset("when while if as after although though because before since which that whom".split())


def _dependent(pieces: Sequence[Piece], cue: Cue) -> bool:
    """Tell whether the cue stands in a clause that waits for its main clause: "When Ruiz said ..., Obi left"."""
    if cue.subject is None:
        return False
    start, end = cue.subject
    if end - start == 1 and pieces[start].low in {"who", "which", "that"}:
        return True
    return start > 0 and pieces[start - 1].low in _WAITING


def _main_clause(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a main clause may begin at `at`: a finite verb at once, or a subject and one soon."""
    if at >= len(pieces) or pieces[at].low in {"and", "or", "which", "who"} | PREPOSITIONS:
        return False
    if phrases.verbish(pieces, at) or (pieces[at].low in verb_forms() and not pieces[at].low.endswith("ing")):
        return True
    return not pieces[at].low.endswith("ing") and _subject_and_verb(pieces, at)


def _subject_and_verb(pieces: Sequence[Piece], at: int) -> bool:
    if at >= len(pieces) or pieces[at].low in {"only", "not", "also", "that", "to"} | PREPOSITIONS:
        return False
    for k in range(at, min(at + 7, len(pieces))):
        if pieces[k].low in {",", ".", ";"}:
            return False
        if phrases.contracted(pieces[k].low) or (
            k > at and (phrases.verbish(pieces, k) or (pieces[k].low in verb_forms() and not pieces[k].capital))
        ):
            return True
    return False


def _outer_clause(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether ", but Obi left" or ", and left" begins at `at`, which a noun phrase as content cannot hold."""
    if pieces[at].low in {"and", "but", "so", "though", "although", "while", "yet"}:
        return _main_clause(pieces, at + 1) or _subject_and_verb(pieces, at + 1)
    return pieces[at].low in AUX or pieces[at].low in PERSONAL


def _cue_edge(cue: Cue) -> int:
    if cue.form is CueForm.FINITE and cue.subject is not None:
        return cue.subject[0]
    return cue.first


def _speaks(cue: Cue) -> bool:
    return any(r.act is Act.SPEECH for r in cue.readings)


def _breaks(pieces: Sequence[Piece], at: int, later: dict[int, Cue], forms: object) -> bool:
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
    after = phrases.skip_adverbials(pieces, cue.verb + 1, phrases=True)
    return any("clause" in r.takes or "hearer" in r.takes for r in cue.readings) and (
        after >= len(pieces) or pieces[after].low in {".", ","}
    )


def _parenthetical(pieces: Sequence[Piece], cues: Sequence[Cue], number: int, last: int) -> tuple[Range, ...] | None:
    """Read a frame between commas: At one point, she said, the lights went out."""
    cue = cues[number]
    if cue.subject is None or cue.form is not CueForm.FINITE or "clause" not in cue.readings[0].takes:
        return None
    start = cue.subject[0]
    if start < 2 or pieces[start - 1].low != "," or last >= len(pieces) or pieces[last].low != ",":
        return None
    resumed = _resumed(pieces, cues, number, last, loose=True)
    if resumed is None:
        return None
    begin = _left_begin(pieces, cues, number, start - 1)
    return ((begin, start - 1), resumed) if begin < start - 1 else (resumed,)


def _resumed(
    pieces: Sequence[Piece], cues: Sequence[Cue], number: int, at: int, *, loose: bool = False
) -> Range | None:
    """Return the second half of a content that the frame interrupts: “It,” he said, “ends here.”"""
    at = min(at, len(pieces))
    at = at if at < len(pieces) and pieces[at].low == "," else phrases.skip_adverbials(pieces, at, phrases=True)
    if at + 1 >= len(pieces) or pieces[at].low not in {",", ":", "—"} | ({QUOTE} if at < len(pieces) else set()):
        return None
    start = at if pieces[at].quotation is not None else at + 1
    if pieces[start].quotation is not None:
        return start, right_end(pieces, cues, number, start)
    first = pieces[start].low
    if first == "and" and start + 1 < len(pieces) and pieces[start + 1].low in {"only", "that", "not", "if"}:
        return start, right_end(pieces, cues, number, start)
    if first.endswith("ing") or first in {
        "who",
        "and",
        "but",
        "as",
        "while",
        "when",
        "which",
        "with",
        "in",
        "on",
        "according",
        "after",
        "although",
        "though",
        "citing",
        "a",
        "an",
    }:
        return None
    end = right_end(pieces, cues, number, start)
    fits = loose or first in AUX | {"to", "because", "if"}
    return (start, end) if fits and end - start > 1 and (loose or _has_verb(pieces, start, end)) else None


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
        source = phrases.noun_phrase_after(pieces, at + 1)
        if source is None:
            return None
        source = _cut_source(pieces, source)
        reading = next((r for r in cue.readings if "object" in r.takes or "clause" in r.takes), None)
        if reading is None:
            return None
        contents = [cue.subject]
        rest = source[1]
        if rest < len(pieces) and pieces[rest].low in {"of", "for", "as", "to"}:
            contents.append((rest, right_end(pieces, cues, number, rest)))
        return Frame(cue, reading, cue.verb + 1, source, tuple(contents), open_end=False)
    hearsay = next((r for r in cue.readings if "hearsay" in r.takes), None)
    if hearsay is not None and pieces[at].low == "to" and at + 1 < len(pieces):
        end = right_end(pieces, cues, number, at)
        return Frame(cue, hearsay, cue.verb + 1, None, (cue.subject, (at, end)), open_end=False)
    return None


def _cut_source(pieces: Sequence[Piece], source: Range) -> Range:
    for k in range(source[0] + 1, source[1]):
        if (
            pieces[k].low in {"of", "for", "as", "to"}
            and pieces[k + 1 : k + 2]
            and (pieces[k + 1].low.endswith("ing") or pieces[k].low == "to")
        ):
            return source[0], k
    return source
