"""Let a learned sequence model add attributions that the rules miss.

In: a text's units and the rules' attributions. Out: further attributions, none of whose content the rules cover, each
at least as sure as the margin asks. The model labels pieces as source, cue or content; the nearest cue and source are
linked by rule. What the rules found is never changed. Without python-crfsuite or its weights this is an error, not a
silent fallback.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from comparer.attribution import classes, phrases
from comparer.attribution.cues import HYPOTHETICAL, NEGATED, NOBODY
from comparer.attribution.features import features, labels, role_spans, worth_reading
from comparer.attribution.kinds import source_kind
from comparer.attribution.scan import Piece, Unit
from comparer.attribution.verbs import verb_forms
from comparer.model import Act, Attribution, CueStance, Manner, SourceKind, Span
from comparer.resources.loader import load_bytes

MARGIN = 0.3  # least mean probability of each part; chosen on training documents left out of learning
_WEIGHTS = "attribution.crfsuite"
_ANONYMITY = frozenset({"anonymity", "anonymous", "named", "identified"})
_EDGE = frozenset({".", ",", ";"})


class Segment(NamedTuple):
    """Hold a run of pieces with one role, half-open."""

    role: str
    start: int
    end: int


def model_attributions(
    text: str, units: Sequence[Unit], rules: Sequence[Attribution], margin: float = MARGIN
) -> tuple[Attribution, ...]:
    """Return what the model adds to the attributions of the rules, in page order."""
    tagger = _tagger()
    found: list[Attribution] = []
    before = "-"
    for unit, near in _spans_by_unit(units, role_spans(rules)):
        rule = labels(unit, near)
        if not worth_reading(unit, rule):
            before = "-"
            continue
        tagger.set(features(unit, rule, before))
        before = next((r[2:] for r in reversed(rule) if r != "O"), "-")
        tagged = tagger.tag()
        segments = _segments(tagged)
        if all(s.role != "T" for s in segments):
            continue
        for contents, cue, source in link(segments):
            parts = tuple(_span(unit.pieces, s) for s in contents)
            fresh = tuple(p for p in parts if not any(p.overlaps(s) for s, r in near if r == "T"))
            chosen = [*contents, *(s for s in (cue, source) if s is not None)]
            if not fresh or len(chosen) == len(contents) or _unsaid(unit.pieces, contents, cue, source):
                continue
            if min(_sureness(tagger, tagged, s) for s in chosen) >= margin:
                found.append(_attribution(text, unit, fresh, cue, _speaker(unit.pieces, contents, cue, source)))
    return tuple(found)


@cache
def _tagger() -> Any:  # noqa: ANN401 - python-crfsuite has no types
    import pycrfsuite  # type: ignore[import-untyped]  # late, as most commands need no model

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_weights())
    return tagger


@cache  # CRFsuite reads the weights where they lie: they must live as long as the tagger
def _weights() -> bytes:
    return load_bytes(_WEIGHTS)


def _spans_by_unit(
    units: Sequence[Unit], spans: Sequence[tuple[Span, str]]
) -> Iterator[tuple[Unit, list[tuple[Span, str]]]]:
    """Yield each unit with the spans that overlap it; spans are in order of their starts."""
    begin = end = 0
    for unit in units:
        first, last = unit.pieces[0].start, unit.pieces[-1].end
        while end < len(spans) and spans[end][0].start < last:
            end += 1
        while begin < end and spans[begin][0].end <= first:
            begin += 1
        yield unit, [(s, r) for s, r in spans[begin:end] if s.end > first]


def _segments(found: Sequence[str]) -> list[Segment]:
    segments: list[Segment] = []
    for k, label in enumerate(found):
        if label == "O":
            continue
        role = label[2:]
        if label[0] == "I" and segments and segments[-1].role == role and segments[-1].end == k:
            segments[-1] = Segment(role, segments[-1].start, k + 1)
        else:
            segments.append(Segment(role, k, k + 1))
    return segments


def _span(pieces: Sequence[Piece], segment: Segment) -> Span:
    end = segment.end
    while end - 1 > segment.start and pieces[end - 1].low in _EDGE:
        end -= 1
    return Span(pieces[segment.start].start, pieces[end - 1].end)


def _sureness(tagger: Any, tagged: Sequence[str], segment: Segment) -> float:  # noqa: ANN401 - python-crfsuite has no types
    inside = range(segment.start, segment.end)
    return float(sum(tagger.marginal(tagged[k], k) for k in inside)) / len(inside)


def link(segments: Sequence[Segment]) -> list[tuple[list[Segment], Segment | None, Segment | None]]:
    """Return contents with their cue and source: each content takes the nearest cue, each cue the nearest source.

    >>> [(len(t), c.start, s.start) for t, c, s in link([Segment("S", 0, 1), Segment("C", 1, 2), Segment("T", 2, 9)])]
    [(1, 1, 0)]
    """
    cues = [s for s in segments if s.role == "C"]
    sources = [s for s in segments if s.role == "S"]
    groups: dict[Segment, list[Segment]] = {}
    loose: list[Segment] = []
    for content in (s for s in segments if s.role == "T"):
        if cues:
            groups.setdefault(min(cues, key=lambda c: (_far(segments, content, c), c.start)), []).append(content)
        else:
            loose.append(content)
    linked: list[tuple[list[Segment], Segment | None, Segment | None]] = []
    for cue, contents in groups.items():
        source = min(sources, key=lambda s: (_far(segments, cue, s), s.start)) if sources else None
        linked.append((contents, cue, source))
    for content in loose:
        source = min(sources, key=lambda s: (_far(segments, content, s), s.start)) if sources else None
        linked.append(([content], None, source))
    return linked


def _speaker(
    pieces: Sequence[Piece], contents: Sequence[Segment], cue: Segment | None, source: Segment | None
) -> Segment | None:
    """Take the subject before an active cue where the model marks no source; a passive cue has none before it."""
    if cue is None:
        return source
    passive = any(pieces[k].low in classes.BE for k in range(cue.start, cue.end)) and cue.end - cue.start > 1
    if source is not None:
        return None if passive and source.end <= cue.start else source
    subject = None if passive else phrases.subject(pieces, phrases.group_start(pieces, cue.start))
    if subject is None or any(subject[0] < c.end and c.start < subject[1] for c in contents):
        return None
    return Segment("S", *subject)


def _unsaid(pieces: Sequence[Piece], contents: Sequence[Segment], cue: Segment | None, source: Segment | None) -> bool:
    """Tell whether the words deny or only imagine speech, ask for anonymity, or belong to a chain the rules read."""
    if source is not None and pieces[source.start].low in NOBODY:
        return True
    inside = [pieces[k] for c in contents for k in range(c.start, c.end)]
    few = sum(p.low[:1].isalnum() for p in inside) < 2 and not any(p.quotation for p in inside)
    if few or any(p.low in _ANONYMITY for p in inside):
        return True
    if cue is None:
        return False
    words = {pieces[k].low for k in range(phrases.group_start(pieces, cue.start), cue.end)}
    return bool(words & (NEGATED | HYPOTHETICAL)) or any(p.low == "according" for p in pieces)


def _far(segments: Sequence[Segment], left: Segment, right: Segment) -> int:
    """Return how far two segments stand apart in pieces; what stands between them counts four."""
    first, second = (left, right) if left.start <= right.start else (right, left)
    between = sum(1 for s in segments if s.role in "CT" and s.start >= first.end and s.end <= second.start)
    return second.start - first.end + 4 * between + (left.start < right.start)


def _attribution(
    text: str, unit: Unit, content: tuple[Span, ...], cue: Segment | None, source: Segment | None
) -> Attribution:
    pieces = unit.pieces
    printed = _span(pieces, source) if source else None
    kind = source_kind(printed.of(text)) if printed else SourceKind.OTHER
    lemma, act, stance = _reading(pieces, cue)
    quoted = [p for p in pieces if p.quotation is not None and any(c.covers(Span(p.start, p.end)) for c in content)]
    whole = len(quoted) == len(content) and all(any(Span(p.start, p.end) == c for p in quoted) for c in content)
    return Attribution(
        source=printed,
        cue=_span(pieces, cue) if cue else None,
        content=content,
        manner=Manner.DIRECT if whole else Manner.MIXED if quoted else Manner.INDIRECT,
        act=act,
        source_kind=kind,
        resolved_kind=kind,
        cue_stance=stance,
        cue_lemma=lemma,
    )


def _reading(pieces: Sequence[Piece], cue: Segment | None) -> tuple[str, Act, CueStance]:
    """Return lemma, act and stance of the last listed verb of a cue; unlisted words stand for themselves."""
    if cue is None:
        return "", Act.SPEECH, CueStance.NEUTRAL
    for k in range(cue.end - 1, cue.start - 1, -1):
        form = verb_forms().get(pieces[k].low)
        if form is not None:
            reading = form.readings[-1]
            return reading.lemma, reading.act, reading.stance
    return pieces[cue.end - 1].low, Act.SPEECH, CueStance.OTHER
