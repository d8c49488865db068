"""Find who said a quotation that no verb of saying governs: a signature, an announcement, the turns of a transcript.

In: a text's units and the attributions found in it. Out: one attribution for the loose quotations of each paragraph.
Its source is None where nothing printed beside it tells the speaker, as in most interviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from comparer.attribution.kinds import source_kind
from comparer.attribution.resolve import first_subject
from comparer.attribution.scan import Piece, Unit
from comparer.model import Act, Attribution, CueStance, Manner, SourceKind, Span

FEWEST_WORDS = 6  # shorter quotations outside any attribution are names and scare quotes as often as speech
_MOST_NAMES = 6  # pieces of a signature's name: "President Ana María de Ruiz"
_PARTICLES = frozenset("de la von van der del di da bin al .".split())
_DASHES = frozenset("—–―-")
_TURN = re.compile(r"(?m)^[\"“]?(?P<name>[A-Z][A-Z.'’ -]{1,30}[A-Z])(?P<colon>:)[ \t]+(?=\S)")
_SHARED = 8  # contents in order of which one may overlap a quotation


def unowned(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield, paragraph by paragraph, the quotations that no attribution covers."""
    loose = _loose(text, units, found)
    for _, group in groupby(loose, key=lambda at: units[at[0]].paragraph):
        places = list(group)
        parts = tuple(Span(units[n].pieces[k].start, units[n].pieces[k].end) for n, k in places)
        turns = list(_turns(text, parts))
        speaker, cue = _signature(units, *places[-1])
        if speaker is None:
            speaker, cue = _announced(units, *places[0])
        if speaker is not None and any(a.extent.overlaps(speaker) for a in found):
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
    while end and pieces[end - 1].low == ".":
        end -= 1
    return end if end > 1 else 0


def _announced(units: Sequence[Unit], number: int, at: int) -> tuple[Span | None, Span | None]:
    """Return the subject of a sentence that ends with a colon before the quotation: "Ruiz had an answer:"."""
    if at or not number:
        return None, None
    pieces = units[number - 1].pieces
    if pieces[-1].low != ":":
        return None, None
    return first_subject(units[number - 1], pieces[-1].start), Span(pieces[-1].start, pieces[-1].end)


def _turns(text: str, parts: Sequence[Span]) -> Iterator[Attribution]:
    """Yield the turns of a quoted transcript: "OBI: It was late. / RUIZ: It was not."."""
    for part in parts:
        turns = list(_TURN.finditer(text, part.start, part.end))
        ends = [*(turn.start() for turn in turns[1:]), part.end]
        for turn, end in zip(turns, ends, strict=False):
            stop = turn.end() + len(text[turn.end() : end].rstrip())
            yield _told(text, Span(*turn.span("name")), Span(*turn.span("colon")), (Span(turn.end(), stop),))


def _told(text: str, source: Span | None, cue: Span | None, parts: tuple[Span, ...]) -> Attribution:
    kind = source_kind(source.of(text)) if source is not None else SourceKind.OTHER
    cue = cue if source is not None else None
    lemma = cue.of(text) if cue is not None else ""
    return Attribution(source, cue, parts, Manner.DIRECT, Act.SPEECH, kind, kind, CueStance.NEUTRAL, lemma)
