"""Find who speaks where no cue governs: the turns of transcripts, quotations that go on, those that stand alone.

In: a text's units and what was found in them. Out: `Attribution`s. A paragraph of quotations goes on with whoever spoke
in the sentence before. A loose quotation has no source where nothing printed beside it tells the speaker, as in most
interviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from comparer.attribution.kinds import cited
from comparer.attribution.units import Piece, Unit, cut_back, first_of, low_at, span_of
from comparer.model import Act, Attribution, CueStance, Manner, Places, SourceKind, Span
from comparer.resources.loader import word_set


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
        source, cue, content = (span_of(pieces, *part) for part in ((0, colon), (colon, colon + 1), (colon + 1, end)))
        said = _told(text, source, cue, (content,))
        person = SourceKind.NAMED_PERSON
        yield replace(said, source_kind=person, resolved_kind=person) if shouted else said


_SPEAKERS = frozenset({SourceKind.NAMED_PERSON, SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.PRONOUN})
_FEWEST_SPACES = 3  # a shorter line between quotation marks in a paragraph of its own may be anybody's


def going_on(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> list[Attribution]:
    """Return what was found with the sentences that are all quotation and go on with the speaker before them."""
    told = list(found)
    placed = Places(range(len(found)), where=lambda k: found[k].extent)
    speaking: int | None = None  # index in `told` of who spoke in the unit before
    paragraph = -1
    for unit in units:
        span, opening = span_of(unit.pieces, 0, len(unit.pieces)), _only_quotations(unit)
        here = sorted(placed.touching(span), key=lambda k: found[k].extent.start)
        held = any(part.overlaps(span) for k in here for part in found[k].content)
        if opening is not None and held:
            speaking = here[-1]
        elif opening is not None and speaking is not None:
            speaking = _continue(text, told, speaking, opening, same_paragraph=unit.paragraph == paragraph)
        else:
            spoken = [k for k in here if found[k].act is Act.SPEECH and found[k].source_kind in _SPEAKERS]
            direct = [k for k in spoken if found[k].manner is not Manner.INDIRECT]
            speaking = next(iter(reversed(direct or spoken)), None)
        paragraph = unit.paragraph
    return told


def _continue(text: str, told: list[Attribution], speaking: int, opening: Span, *, same_paragraph: bool) -> int | None:
    last = told[speaking]
    if same_paragraph:
        told[speaking] = replace(last, content=(*last.content, opening))
        return speaking
    if opening.of(text).count(" ") < _FEWEST_SPACES:
        return None
    bare = replace(last, source=None, cue=None, cue_lemma="", cue_stance=CueStance.NEUTRAL, via=())
    spoken_by = last.source if last.source is not None else last.resolved_source
    told.append(replace(bare, content=(opening,), manner=Manner.DIRECT, resolved_source=spoken_by))
    return len(told) - 1


def _only_quotations(unit: Unit) -> Span | None:
    """Return the quotations a unit consists of, as one span; None where it holds words of its own."""
    if not unit.pieces or unit.pieces[0].quotation is None or any(p.low[:1].isalnum() for p in unit.pieces):
        return None
    marked = [p for p in unit.pieces if p.quotation is not None]
    return Span(marked[0].start, marked[-1].end)


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
    end = dash + name
    if not name or low_at(rest, end) not in {"", ",", ".", "(", ";"}:
        return None, None
    return span_of(rest, dash, end), span_of(rest, 0, dash)


def _name(pieces: Sequence[Piece]) -> int:
    """Return how many pieces a name at the start takes; 0 where none is."""
    end = 0
    for piece in pieces[:_MOST_NAMES]:
        if piece.quotation is not None or not (piece.capital or (end and piece.low in _PARTICLES)):
            break
        end += 1
    end = cut_back(pieces, 0, end, {"."})
    return end if end > 1 else 0


def _turns(text: str, parts: Sequence[Span]) -> Iterator[Attribution]:
    """Yield the turns of a quoted transcript: "OBI: It was late. / RUIZ: It was not."."""
    for part in parts:
        turns = list(_TURN.finditer(text, part.start, part.end))
        ends = [*(turn.start() for turn in turns[1:]), part.end]
        for turn, end in zip(turns, ends, strict=False):
            stop = turn.end() + len(text[turn.end() : end].rstrip())
            yield _told(text, Span(*turn.span("name")), Span(*turn.span("colon")), (Span(turn.end(), stop),))


def _told(text: str, source: Span | None, cue: Span | None, parts: tuple[Span, ...]) -> Attribution:
    return cited(text, source, cue, parts, manner=Manner.DIRECT, lemma=cue.of(text) if cue is not None else "")
