"""Find attributions without a verb: "according to", nouns such as "the claim that", and a name before a colon.

In: the pieces of one unit. Out: `Attribution`s. A chain ("according to an agency, citing a spokesman") gives its last
link as source and the links before it as `via`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from comparer.attribution.kinds import source_kind
from comparer.attribution.phrases import noun_phrase_after, verbish
from comparer.attribution.subjects import first_subject
from comparer.attribution.units import QUOTE, Piece, Unit
from comparer.attribution.words import AUX, DETERMINERS, possessive
from comparer.model import Act, Attribution, ChainLink, CueStance, Manner, SourceKind, Span
from comparer.resources.loader import load_lexicon, word_set


@cache
def _noun_cues() -> dict[str, tuple[CueStance, Act]]:
    groups = load_lexicon("noun_cues").groups
    return {e: (CueStance(g.get("stance")), Act(g.get("act"))) for g in groups for e in g.entries}


def according_to(text: str, pieces: Sequence[Piece]) -> Iterator[Attribution]:
    """Yield what stands beside each "according to"."""
    for at in range(len(pieces) - 2):
        if pieces[at].low == "according" and pieces[at + 1].low == "to":
            found = _according(text, pieces, at)
            if found is not None:
                yield found


def _according(text: str, pieces: Sequence[Piece], at: int) -> Attribution | None:
    source = _source_after(pieces, at + 2)
    if source is None:
        return None
    content = _beside(pieces, at, source[1])
    if content is None:
        return None
    spans = [Span(pieces[source[0]].start, pieces[source[1] - 1].end)]
    end = source[1]
    while (link := _citing(pieces, end)) is not None:
        spans.append(Span(pieces[link[0]].start, pieces[link[1] - 1].end))
        end = link[1]
    kinds = [source_kind(s.of(text)) for s in spans]
    parts = tuple(Span(pieces[a].start, pieces[b - 1].end) for a, b in content)
    quoted = any(pieces[k].quotation is not None for a, b in content for k in range(a, b))
    whole = all(b - a == 1 and pieces[a].quotation is not None for a, b in content)
    return Attribution(
        source=spans[-1],
        cue=Span(pieces[at].start, pieces[at + 1].end),
        content=parts,
        manner=Manner.DIRECT if whole else Manner.MIXED if quoted else Manner.INDIRECT,
        act=Act.SPEECH,
        source_kind=kinds[-1],
        resolved_kind=kinds[-1],
        cue_stance=CueStance.NEUTRAL,
        cue_lemma="according to",
        via=tuple(ChainLink(s, _link_kind(s.of(text), k)) for s, k in zip(spans[:-1], kinds[:-1], strict=True)),
    )


def _link_kind(phrase: str, kind: SourceKind) -> SourceKind:
    """Return media for a report by a medium: "a report by the agency"."""
    _, by, rest = phrase.partition(" by ")
    return SourceKind.MEDIA if by and source_kind(rest) is SourceKind.MEDIA else kind


def _source_after(pieces: Sequence[Piece], start: int) -> tuple[int, int] | None:
    source = noun_phrase_after(pieces, start)
    if source is None:
        return None
    end = source[1]
    if (
        end + 1 < len(pieces)
        and pieces[end].low == ","
        and pieces[end + 1].low in {"a", "an", "the", "who", "which", "one"}
        and start > 2
    ):
        closing = next((k for k in range(end + 1, len(pieces)) if pieces[k].low in {",", ".", ";", QUOTE}), len(pieces))
        if not any(verbish(pieces, k) for k in range(end + 1, closing)) or pieces[end + 1].low in {
            "who",
            "which",
        }:
            return source[0], closing
    return source


def _citing(pieces: Sequence[Piece], end: int) -> tuple[int, int] | None:
    """Return the source behind the source: ", citing a spokesman"."""
    for k in range(end, min(end + 8, len(pieces))):
        low = pieces[k].low
        if low in {"citing", "quoting", "cites", "quotes", "cited", "quoted"}:
            return noun_phrase_after(pieces, k + 1)
        if low in {".", ";", QUOTE}:
            return None
    return None


def _beside(pieces: Sequence[Piece], at: int, end: int) -> list[tuple[int, int]] | None:
    stop = at
    while stop > 0 and pieces[stop - 1].low in {",", "—", "–", "(", "and"}:
        stop -= 1
    begin = stop
    while begin > 0 and pieces[begin - 1].low != ";":
        begin -= 1
    while begin < stop and pieces[begin].low in {"but", "and", "•"}:
        begin += 1
    parts: list[tuple[int, int]] = []
    if stop - begin > 1 or (stop > begin and pieces[begin].quotation is not None):
        parts.append((begin, stop))
    if end < len(pieces) and pieces[end].low in {",", QUOTE, ":"}:
        start = end if pieces[end].quotation is not None else end + 1
        tail = _tail(pieces, start)
        if tail is not None and not (parts and not _continues(pieces, start)):
            parts.append(tail)
    return parts or None


def _continues(pieces: Sequence[Piece], start: int) -> bool:
    first = pieces[start].low
    return first in AUX or pieces[start].quotation is not None


def _tail(pieces: Sequence[Piece], start: int) -> tuple[int, int] | None:
    stop = len(pieces)
    for k in range(start, len(pieces)):
        if pieces[k].low == ";":
            stop = k
            break
    while stop > start and pieces[stop - 1].low in {".", ",", "?", "!"}:
        stop -= 1
    return (start, stop) if stop - start > 1 or (stop > start and pieces[start].quotation is not None) else None


def noun_cues(text: str, pieces: Sequence[Piece]) -> Iterator[Attribution]:
    """Yield "Ruiz's claim that ..." and "the claim that ...", the latter without a source."""
    for at in range(1, len(pieces) - 3):
        low = pieces[at].low
        reading = _noun_cues().get(low)
        if reading is None or pieces[at + 1].low != "that":
            continue
        stance, act = reading
        owner = next((k for k in range(at - 1, max(-1, at - 4), -1) if possessive(pieces[k].low)), None)
        if owner is None and not any(pieces[k].low in DETERMINERS for k in range(max(0, at - 3), at)):
            continue
        stop = next((k for k in range(at + 2, len(pieces)) if pieces[k].low in {",", ";", "—"}), len(pieces))
        while stop > at + 2 and pieces[stop - 1].low in {".", "?", "!"}:
            stop -= 1
        if stop - at < 4:
            continue
        source = _owner(pieces, owner) if owner is not None else None
        kind = source_kind(source.of(text)) if source else SourceKind.OTHER
        quoted = any(p.quotation is not None for p in pieces[at + 1 : stop])
        yield Attribution(
            source=source,
            cue=Span(pieces[at].start, pieces[at].end),
            content=(Span(pieces[at + 1].start, pieces[stop - 1].end),),
            manner=Manner.MIXED if quoted else Manner.INDIRECT,
            act=act,
            source_kind=kind,
            resolved_kind=kind,
            cue_stance=stance,
            cue_lemma=low,
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
        comma = next((k for k in range(at - 2, max(2, at - 6), -1) if pieces[k].low == ","), None)
        source = _source_after(pieces, at + 2)
        if comma is None or source is None or pieces[comma + 1].low not in DETERMINERS:
            continue
        begin = max((k + 1 for k in range(comma) if pieces[k].low == ";"), default=0)
        kind = source_kind(Span(pieces[source[0]].start, pieces[source[1] - 1].end).of(text))
        yield Attribution(
            source=Span(pieces[source[0]].start, pieces[source[1] - 1].end),
            cue=Span(pieces[at].start, pieces[at + 1].end),
            content=(Span(pieces[begin].start, pieces[comma - 1].end),),
            manner=Manner.INDIRECT,
            act=Act.SPEECH,
            source_kind=kind,
            resolved_kind=kind,
            cue_stance=stance,
            cue_lemma=f"{pieces[at].low} by",
        )


def _owner(pieces: Sequence[Piece], owner: int) -> Span:
    start = owner
    while start > 0 and pieces[start - 1].capital and pieces[owner].capital:
        start -= 1
    if start > 0 and pieces[start - 1].low in DETERMINERS:
        start -= 1
    return Span(pieces[start].start, pieces[owner].end)


def colon_speech(text: str, unit: Unit) -> Iterator[Attribution]:
    """Yield "RUIZ: We won." of a transcript and "Ruiz: “We won”" of a headline."""
    pieces = unit.pieces
    colon = next((k for k, p in enumerate(pieces[:7]) if p.low == ":"), None)
    if colon is None or colon == 0 or not unit.opens_paragraph or colon + 1 >= len(pieces):
        return
    names = pieces[:colon]
    if not all(p.capital or p.low in {".", "of", "de", "von", "van"} for p in names):
        return
    shouted = all(text[p.start : p.end].isupper() for p in names if p.low != ".") and len(names[-1].low) > 2
    quoted = pieces[colon + 1].quotation is not None
    if not (shouted or quoted):
        return
    last = pieces[-1]
    end = len(pieces) - 1 if last.low == "." and not shouted else len(pieces)
    source = Span(names[0].start, names[-1].end)
    kind = source_kind(source.of(text))
    yield Attribution(
        source=source,
        cue=Span(pieces[colon].start, pieces[colon].end),
        content=(Span(pieces[colon + 1].start, pieces[end - 1].end),),
        manner=Manner.DIRECT,
        act=Act.SPEECH,
        source_kind=SourceKind.NAMED_PERSON if shouted else kind,
        resolved_kind=SourceKind.NAMED_PERSON if shouted else kind,
        cue_stance=CueStance.NEUTRAL,
        cue_lemma=":",
    )


def headline_speech(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> list[Attribution]:
    """Return "Ruiz: Budget is dead" of the opening lines, where Ruiz is cited in the text below."""
    cited = {a.source.of(text).split()[-1].lower() for a in found if a.source is not None}
    added: list[Attribution] = []
    for unit in units[:2]:
        pieces = unit.pieces
        colon = next((k for k, p in enumerate(pieces[:5]) if p.low == ":"), None)
        if not colon or colon + 2 >= len(pieces) or not all(p.capital for p in pieces[:colon]):
            continue
        if pieces[colon - 1].low not in cited or any(a.extent.start < pieces[-1].end for a in found):
            continue
        source = Span(pieces[0].start, pieces[colon - 1].end)
        kind = source_kind(source.of(text))
        end = len(pieces) - (pieces[-1].low == ".")
        added.append(
            Attribution(
                source,
                Span(pieces[colon].start, pieces[colon].end),
                (Span(pieces[colon + 1].start, pieces[end - 1].end),),
                Manner.MIXED if any(p.quotation for p in pieces) else Manner.INDIRECT,
                Act.SPEECH,
                kind,
                kind,
                CueStance.NEUTRAL,
                ":",
            )
        )
    return added


FEWEST_WORDS = 6  # shorter quotations outside any attribution are names and scare quotes as often as speech
_MOST_NAMES = 6  # pieces of a signature's name: "President Ana María de Ruiz"
_PARTICLES = word_set("function_words", "name_particles")
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
