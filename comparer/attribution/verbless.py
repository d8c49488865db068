"""Find attributions without a verb of saying: "according to", "the claim that", a colon, a signature.

In: the pieces of a unit; for quotations that nothing governs, a text's units and what was found in them. Out:
`Attribution`s. A chain ("according to an agency, citing a spokesman") gives its last link as source and those before it
as `via`. A loose quotation has no source where nothing printed beside it tells the speaker, as in most interviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from comparer.attribution.kinds import cited, source_kind
from comparer.attribution.phrases import noun_phrase_after, verbish
from comparer.attribution.subjects import first_subject
from comparer.attribution.units import QUOTE, Piece, Range, Unit, cut_back, first_of, last_of, past_last, span_of
from comparer.attribution.words import AUX, DETERMINERS, possessive
from comparer.model import Act, Attribution, ChainLink, CueStance, Manner, Places, SourceKind, Span
from comparer.resources.loader import load_lexicon, word_set


@cache
def _noun_cues() -> dict[str, tuple[CueStance, Act]]:
    groups = load_lexicon("noun_cues").groups
    return {e: (CueStance(g.get("stance")), Act(g.get("act"))) for g in groups for e in g.entries}


_APPOSITION_OPENERS = frozenset({"a", "an", "the", "who", "which", "one"})
_CITING = frozenset({"citing", "quoting", "cites", "quotes", "cited", "quoted"})


def according_to(text: str, pieces: Sequence[Piece]) -> Iterator[Attribution]:
    """Yield what stands beside each "according to"."""
    for at in range(len(pieces) - 2):
        if pieces[at].low == "according" and pieces[at + 1].low == "to":
            found = _according(text, pieces, at)
            if found is not None:
                yield found


def _according(text: str, pieces: Sequence[Piece], at: int) -> Attribution | None:
    source = _source_after(pieces, at + 2)
    content = _beside(pieces, at, source[1]) if source is not None else None
    if source is None or content is None:
        return None
    chain = [source]
    while (link := _citing(pieces, chain[-1][1])) is not None:
        chain.append(link)
    *through, last = [span_of(pieces, *part) for part in chain]
    quoted = any(pieces[k].quotation is not None for a, b in content for k in range(a, b))
    whole = all(b - a == 1 and pieces[a].quotation is not None for a, b in content)
    return cited(
        text,
        last,
        span_of(pieces, at, at + 2),
        tuple(span_of(pieces, *part) for part in content),
        manner=Manner.DIRECT if whole else Manner.MIXED if quoted else Manner.INDIRECT,
        lemma="according to",
        via=tuple(ChainLink(span, _link_kind(span.of(text))) for span in through),
    )


def _link_kind(phrase: str) -> SourceKind:
    """Return media for a report by a medium: "a report by the agency"."""
    _, by, rest = phrase.partition(" by ")
    return SourceKind.MEDIA if by and source_kind(rest) is SourceKind.MEDIA else source_kind(phrase)


def _source_after(pieces: Sequence[Piece], start: int) -> Range | None:
    source = noun_phrase_after(pieces, start)
    if source is None:
        return None
    end = source[1]
    if start > 2 and end + 1 < len(pieces) and pieces[end].low == "," and pieces[end + 1].low in _APPOSITION_OPENERS:
        closing = first_of(pieces, {",", ".", ";", QUOTE}, end + 1, len(pieces)) or len(pieces)
        stated = any(verbish(pieces, k) for k in range(end + 1, closing))
        if not stated or pieces[end + 1].low in {"who", "which"}:
            return source[0], closing
    return source


def _citing(pieces: Sequence[Piece], end: int) -> Range | None:
    """Return the source behind the source: ", citing a spokesman"."""
    at = first_of(pieces, _CITING | {".", ";", QUOTE}, end, min(end + 8, len(pieces)))
    return noun_phrase_after(pieces, at + 1) if at is not None and pieces[at].low in _CITING else None


def _beside(pieces: Sequence[Piece], at: int, end: int) -> list[Range] | None:
    stop = cut_back(pieces, 0, at, {",", "—", "–", "(", "and"})
    begin = past_last(pieces, {";"}, stop)
    while begin < stop and pieces[begin].low in {"but", "and", "•"}:
        begin += 1
    parts = [(begin, stop)] if _says_something(pieces, begin, stop) else []
    if end < len(pieces) and pieces[end].low in {",", QUOTE, ":"}:
        start = end if pieces[end].quotation is not None else end + 1
        stop = first_of(pieces, {";"}, start, len(pieces)) or len(pieces)
        stop = cut_back(pieces, start, stop, {".", ",", "?", "!"})
        if _says_something(pieces, start, stop) and (not parts or _continues(pieces, start)):
            parts.append((start, stop))
    return parts or None


def _says_something(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return end - start > 1 or (end > start and pieces[start].quotation is not None)


def _continues(pieces: Sequence[Piece], start: int) -> bool:
    first = pieces[start].low
    return first in AUX or pieces[start].quotation is not None


def noun_cues(text: str, pieces: Sequence[Piece]) -> Iterator[Attribution]:
    """Yield "Ruiz's claim that ..." and "the claim that ...", the latter without a source."""
    for at in range(1, len(pieces) - 3):
        low = pieces[at].low
        reading = _noun_cues().get(low)
        if reading is None or pieces[at + 1].low != "that":
            continue
        stance, act = reading
        owner = next((k for k in range(at - 1, max(-1, at - 4), -1) if possessive(pieces[k].low)), None)
        if owner is None and first_of(pieces, DETERMINERS, max(0, at - 3), at) is None:
            continue
        stop = first_of(pieces, {",", ";", "—"}, at + 2, len(pieces)) or len(pieces)
        stop = cut_back(pieces, at + 2, stop, {".", "?", "!"})
        if stop - at < 4:
            continue
        quoted = any(p.quotation is not None for p in pieces[at + 1 : stop])
        yield cited(
            text,
            _owner(pieces, owner) if owner is not None else None,
            span_of(pieces, at, at + 1),
            (span_of(pieces, at + 1, stop),),
            manner=Manner.MIXED if quoted else Manner.INDIRECT,
            act=act,
            stance=stance,
            lemma=low,
        )


_BACKED = {
    "confirmed": CueStance.FACTIVE,
    "disclosed": CueStance.FACTIVE,
    "revealed": CueStance.FACTIVE,
    "announced": CueStance.NEUTRAL,
    "reported": CueStance.NEUTRAL,
}


def backed_by(text: str, unit: Unit) -> Iterator[Attribution]:
    """Yield "Talks ended, a decision confirmed by the union": what stands before the comma is the union's too."""
    pieces = unit.pieces
    for at in range(4, len(pieces) - 2):
        stance = _BACKED.get(pieces[at].low)
        if stance is None or pieces[at + 1].low != "by":
            continue
        comma = last_of(pieces, {","}, max(3, at - 5), at - 1)
        source = _source_after(pieces, at + 2)
        if comma is None or source is None or pieces[comma + 1].low not in DETERMINERS:
            continue
        content = (span_of(pieces, past_last(pieces, {";"}, comma), comma),)
        cue, lemma = span_of(pieces, at, at + 2), f"{pieces[at].low} by"
        yield cited(text, span_of(pieces, *source), cue, content, stance=stance, lemma=lemma)


def _owner(pieces: Sequence[Piece], owner: int) -> Span:
    start = owner
    while start > 0 and pieces[start - 1].capital and pieces[owner].capital:
        start -= 1
    if start > 0 and pieces[start - 1].low in DETERMINERS:
        start -= 1
    return span_of(pieces, start, owner + 1)


def colon_speech(text: str, unit: Unit) -> Iterator[Attribution]:
    """Yield "RUIZ: We won." of a transcript and "Ruiz: “We won”" of a headline."""
    pieces = unit.pieces
    colon = first_of(pieces, {":"}, 0, min(7, len(pieces)))
    if not colon or not unit.opens_paragraph or colon + 1 >= len(pieces):
        return
    names = pieces[:colon]
    if not all(p.capital or p.low in {".", "of", "de", "von", "van"} for p in names):
        return
    shouted = all(text[p.start : p.end].isupper() for p in names if p.low != ".") and len(names[-1].low) > 2
    if shouted or pieces[colon + 1].quotation is not None:
        end = len(pieces) - (pieces[-1].low == "." and not shouted)
        said = _after_colon(text, pieces, colon, end, Manner.DIRECT)
        person = SourceKind.NAMED_PERSON
        yield replace(said, source_kind=person, resolved_kind=person) if shouted else said


def headline_speech(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield "Ruiz: Budget is dead" of the opening lines, where Ruiz is cited in the text below."""
    names = {a.source.of(text).split()[-1].lower() for a in found if a.source is not None}
    for unit in units[:2]:
        pieces = unit.pieces
        colon = first_of(pieces, {":"}, 0, min(5, len(pieces)))
        if not colon or colon + 2 >= len(pieces) or not all(p.capital for p in pieces[:colon]):
            continue
        if pieces[colon - 1].low in names and not any(a.extent.start < pieces[-1].end for a in found):
            manner = Manner.MIXED if any(p.quotation for p in pieces) else Manner.INDIRECT
            yield _after_colon(text, pieces, colon, len(pieces) - (pieces[-1].low == "."), manner)


def _after_colon(text: str, pieces: Sequence[Piece], colon: int, end: int, manner: Manner) -> Attribution:
    cue, content = span_of(pieces, colon, colon + 1), span_of(pieces, colon + 1, end)
    return cited(text, span_of(pieces, 0, colon), cue, (content,), manner=manner, lemma=":")


FEWEST_WORDS = 6  # shorter quotations outside any attribution are names and scare quotes as often as speech
_MOST_NAMES = 6  # pieces of a signature's name: "President Ana María de Ruiz"
_PARTICLES = word_set("function_words", "name_particles")
_DASHES = frozenset("—–―-")
_TURN = re.compile(r"(?m)^[\"“]?(?P<name>[A-Z][A-Z.'’ -]{1,30}[A-Z])(?P<colon>:)[ \t]+(?=\S)")
_SHARED = 8  # contents in order of which one may overlap a quotation


def unowned(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield, paragraph by paragraph, the quotations that no attribution covers."""
    loose = _loose(text, units, found)
    extents = Places(found, where=lambda a: a.extent)
    for _, group in groupby(loose, key=lambda at: units[at[0]].paragraph):
        places = list(group)
        parts = tuple(span_of(units[n].pieces, k, k + 1) for n, k in places)
        turns = list(_turns(text, parts))
        speaker, cue = _signature(units, *places[-1])
        if speaker is None:
            speaker, cue = _announced(units, *places[0])
        if speaker is not None and extents.touching(speaker):
            speaker = cue = None
        yield from turns or [_told(text, speaker, cue, parts)]


def _loose(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> Iterator[tuple[int, int]]:
    """Yield unit and piece of each longer quotation outside all contents."""
    parts, at = sorted(part for a in found for part in a.content), 0
    for number, unit in enumerate(units):
        for k, piece in enumerate(unit.pieces):
            if piece.quotation is None:
                continue
            span = Span(piece.start, piece.end)
            while at < len(parts) and parts[at].end <= span.start:
                at += 1
            covered = any(part.overlaps(span) for part in parts[at : at + _SHARED])
            if not covered and len(span.of(text).split()) >= FEWEST_WORDS:
                yield number, k


def _signature(units: Sequence[Unit], number: int, at: int) -> tuple[Span | None, Span | None]:
    """Return name and dash of “We won.” ― Ana Ruiz, 32, Leeds, which close a paragraph or stand below it."""
    following = units[number + 1].pieces if number + 1 < len(units) else ()
    rest = units[number].pieces[at + 1 :] or following
    dash = next((k for k, p in enumerate(rest) if p.low not in _DASHES), 0)
    name = _name(rest[dash:]) if dash else 0
    if not name:
        return None, None
    end = dash + name
    if end < len(rest) and rest[end].low not in {",", ".", "(", ";"}:
        return None, None
    return Span(rest[dash].start, rest[end - 1].end), Span(rest[0].start, rest[dash - 1].end)


def _name(pieces: Sequence[Piece]) -> int:
    """Return how many pieces a name at the start takes; 0 where none is."""
    end = 0
    for piece in pieces[:_MOST_NAMES]:
        if piece.quotation is not None or not (piece.capital or (end and piece.low in _PARTICLES)):
            break
        end += 1
    end = cut_back(pieces, 0, end, {"."})
    return end if end > 1 else 0


def _announced(units: Sequence[Unit], number: int, at: int) -> tuple[Span | None, Span | None]:
    """Return the subject of a sentence that ends with a colon before the quotation: "Ruiz had an answer:"."""
    if at or not number:
        return None, None
    colon = units[number - 1].pieces[-1]
    if colon.low != ":":
        return None, None
    return first_subject(units[number - 1], colon.start), Span(colon.start, colon.end)


def _turns(text: str, parts: Sequence[Span]) -> Iterator[Attribution]:
    """Yield the turns of a quoted transcript: "OBI: It was late. / RUIZ: It was not."."""
    for part in parts:
        turns = list(_TURN.finditer(text, part.start, part.end))
        ends = [*(turn.start() for turn in turns[1:]), part.end]
        for turn, end in zip(turns, ends, strict=False):
            stop = turn.end() + len(text[turn.end() : end].rstrip())
            yield _told(text, Span(*turn.span("name")), Span(*turn.span("colon")), (Span(turn.end(), stop),))


def _told(text: str, source: Span | None, cue: Span | None, parts: tuple[Span, ...]) -> Attribution:
    cue = cue if source is not None else None
    return cited(text, source, cue, parts, manner=Manner.DIRECT, lemma=cue.of(text) if cue is not None else "")
