"""Make attributions of what the readers of cues found: spans without loose edges, verb, manner, speaker, mediators.

In: a text's units, links and their probabilities. Out: `Weighed`, an attribution with what speaks against printing it;
of an attribution, whether it states anything ("discussed a force" tells a deed). Speech that is denied or only
imagined, and requests for anonymity, are marked as unsaid. Fails where a denial stands outside the verb group: "Nobody
in the room recalls that he said", and on verbs that name deed and word, such as "offered to help".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from comparer.attribution.kinds import cited, manner_of, source_kind
from comparer.attribution.links import Link
from comparer.attribution.phrases import first_subject, group_start, has_finite, subject_before
from comparer.attribution.units import QUOTE, Piece, Range, Unit, cut_back, first_of, scan, span_of
from comparer.attribution.words import AUX, BE, MODALS, NEGATIONS, contracted, verb_forms
from comparer.model import Act, Attribution, ChainLink, CueStance, Manner, Span
from comparer.resources.loader import word_set

NOBODY = word_set("attribution_cues", "nobody")
NEGATED = NEGATIONS | {w for w in AUX if w.endswith("n't")} | {"cannot"}
HYPOTHETICAL = MODALS - {"will"}
_ANONYMITY = frozenset({"anonymity", "anonymous", "named", "identified"})
_NOTHING = frozenset({"nothing", "little", "anything"})
_OPENS = frozenset({"that", "which", "who"})
_EDGE = frozenset({".", ",", ";", ":"})
_JOINS = frozenset({"and", "or", "but"})
_BETWEEN = 4  # pieces between a medium and "citing": "an agency on Monday, citing a spokesman"
_STOPS = frozenset({".", ",", ";", ":", "(", ")", QUOTE})
_OBJECT_ONLY = frozenset({"clause", "thatclause", "quote", "hearer", "hearsay"})
_CITING = frozenset({"citing", "quoting", "cites", "quotes", "cited", "quoted"})


class Weighed(NamedTuple):
    """Hold what the models read at one cue."""

    attribution: Attribution
    confidence: float
    unsaid: bool  # speech that is denied, only imagined, or a request for anonymity


def weigh(text: str, units: Sequence[Unit], links: Sequence[Link], sure: Sequence[float]) -> list[Weighed]:
    """Return the links as attributions, in their order."""
    pieces = [p for unit in units for p in unit.pieces]
    starts = [0, *accumulate(len(unit.pieces) for unit in units)]
    found: list[Weighed] = []
    mediating: set[int] = set()  # places of "citing" that belong to a source
    for read, confidence in zip(links, sure, strict=True):
        if not mediating.isdisjoint(read.tried.places):
            continue
        unit, start = units[read.tried.unit], starts[read.tried.unit]
        speaker = _speaker(pieces, read, unit, start)
        printed = _source(pieces, speaker) if speaker else _hinted(unit, pieces, read)
        told = _attribution(text, pieces, read, printed)
        citing = _citing(pieces, max(speaker[1], read.cue[1]), start + len(unit.pieces)) if speaker else None
        if citing is not None and printed is not None:
            mediating.add(citing[0] - 1)
            told = _passed_on(text, told, printed, _span(pieces, citing))
        found.append(Weighed(told, confidence, _unsaid(pieces, read, unit, start)))
    return found


def _citing(pieces: Sequence[Piece], at: int, stop: int) -> Range | None:
    """Return whom a source goes on to cite: "according to an agency, citing | a spokesman"."""
    verb = first_of(pieces, _CITING, at, min(at + _BETWEEN, stop))
    if verb is None:
        return None
    end = first_of(pieces, _STOPS, verb + 1, stop) or stop
    return (verb + 1, end) if verb + 1 < end else None


def _passed_on(text: str, told: Attribution, through: Span, last: Span) -> Attribution:
    """Return an attribution as the words of the last of a chain, through the source that cites it."""
    link = ChainLink(through, source_kind(through.of(text)))
    content = tuple(part for part in told.content if not part.overlaps(last)) or told.content
    kind = source_kind(last.of(text))
    return replace(told, source=last, content=content, source_kind=kind, resolved_kind=kind, via=(link,))


def _span(pieces: Sequence[Piece], part: Range) -> Span:
    return span_of(pieces, part[0], cut_back(pieces, part[0] + 1, part[1], _EDGE))


def _speaker(pieces: Sequence[Piece], read: Link, unit: Unit, start: int) -> Range | None:
    """Take the subject before an active cue where the model marks no source; a passive cue has none before it."""
    if read.source is not None:
        first, last = read.source
        citing = first_of(pieces, _CITING, first + 1, last)
        end = cut_back(pieces, first + 1, citing or last, _EDGE | _OPENS | _JOINS)
        if end > first + 1 or pieces[first].low not in _EDGE:  # a mark alone names nobody
            return first, end
    cue = [p.low for p in pieces[slice(*read.cue)]]
    at = read.cue[0] - start
    if not 0 <= at < len(unit.pieces) or (len(cue) > 1 and not BE.isdisjoint(cue)):
        return None
    subject = subject_before(unit.pieces, group_start(unit.pieces, at))
    part = (subject[0] + start, subject[1] + start) if subject is not None else None
    return None if part is None or any(part[0] < b and a < part[1] for a, b in read.contents) else part


def _source(pieces: Sequence[Piece], part: Range) -> Span:
    """Return the words of a source, without an auxiliary joined on: "she" of "she's"."""
    span, last = _span(pieces, part), pieces[part[1] - 1]
    return Span(span.start, last.start + last.low.index("'")) if contracted(last.low) else span


def _unsaid(pieces: Sequence[Piece], read: Link, unit: Unit, start: int) -> bool:
    """Tell whether the words deny or only imagine speech ("said nothing"), or ask for anonymity."""
    nobody = read.source is not None and pieces[read.source[0]].low in NOBODY
    nothing = any(b - a == 1 and pieces[a].low in _NOTHING for a, b in read.contents)
    unnamed = any(pieces[k].low in _ANONYMITY for k in read.content_places)
    first, last = (max(0, place - start) for place in read.cue)
    group = {p.low for p in unit.pieces[group_start(unit.pieces, first) : last]}
    return nobody or nothing or unnamed or not group.isdisjoint(NEGATED | HYPOTHETICAL)


def _hinted(unit: Unit, pieces: Sequence[Piece], read: Link) -> Span | None:
    """Return who may have said it: what the model thinks likeliest, or the main subject that a participle shares."""
    span = _span(pieces, read.hinted) if read.hinted is not None else None
    if read.hinted is None and any(p.low.endswith("ing") for p in pieces[slice(*read.cue)]):
        span = first_subject(unit, pieces[read.cue[0]].start)
    return None if span is None or any(span.overlaps(_span(pieces, part)) for part in read.contents) else span


def _attribution(text: str, pieces: Sequence[Piece], read: Link, printed: Span | None) -> Attribution:
    lemma, act, stance = _reading(pieces, read.cue)
    parts = [(a, b) for a, b in read.contents if any(p.low[:1].isalnum() or p.quotation for p in pieces[a:b])]
    content = tuple(_span(pieces, part) for part in parts or read.contents)
    manner, cue = manner_of(pieces, read.contents), _span(pieces, read.cue)
    return cited(text, printed, cue, content, manner=manner, act=act, stance=stance, lemma=lemma)


def _reading(pieces: Sequence[Piece], cue: Range) -> tuple[str, Act, CueStance]:
    """Return lemma, act and stance of the last listed verb of a cue; unlisted words stand for themselves.

    "Is believed" is hearsay, "believes" a belief: of a verb's readings the passive ones need a form of "be".
    """
    passive = any(pieces[k].low in BE for k in range(*cue))
    for k in range(cue[1] - 1, cue[0] - 1, -1):
        form = verb_forms().get(pieces[k].low)
        if form is not None:
            following = tuple(p.low for p in pieces[k + 1 : k + 4])
            fits = [r for r in form.readings if r.rest and following[: len(r.rest)] == r.rest]
            fits = fits or [r for r in form.readings if not r.rest and ("hearsay" in r.takes) == passive]
            reading = fits[0] if fits else form.readings[-1]
            return reading.lemma, reading.act, reading.stance
    words = [pieces[k].low for k in range(*cue)]
    if words[:1] == ["according"]:
        return "according to", Act.SPEECH, CueStance.NEUTRAL
    return words[-1], Act.SPEECH, CueStance.OTHER


def states(text: str, attribution: Attribution) -> bool:
    """Tell whether the content is a statement, not a thing talked about."""
    if attribution.manner is not Manner.INDIRECT:
        return True
    lemma = attribution.cue_lemma.partition(" ")[0]
    form = verb_forms().get(lemma)
    if form is None or lemma == "according":
        return True
    readings = [r for r in form.readings if r.lemma == attribution.cue_lemma]
    if all(r.takes.isdisjoint(_OBJECT_ONLY) for r in readings):
        return False
    fronted = attribution.cue is not None and attribution.content[-1].end <= attribution.cue.start
    if fronted and any("clause" in r.takes for r in readings):
        return True  # "It paid a dividend, the union said": only a statement stands there
    return _is_clause(tuple(part.of(text) for part in attribution.content))


@lru_cache(maxsize=16384)
def _is_clause(content: tuple[str, ...]) -> bool:
    pieces = [p for part in content for unit in scan(part, ()) for p in unit.pieces]
    return pieces[0].low == "that" or (pieces[0].low != "to" and has_finite(pieces, 0, len(pieces)))


def tells_deed(text: str, attribution: Attribution) -> bool:
    """Tell whether a cue names what somebody did: its verb is listed as a deed and no clause follows."""
    return attribution.cue_lemma in word_set("deeds") and not states(text, attribution)
