"""Find where outlets differ in whom they cite for one statement: A101 to A105, and A106 in one text alone.

In: the event and its utterances. Out: findings with every side that tells the statement. A named and an unnamed source
are never merged, even where the words are the same. Own voice against attribution is said only where the aligned words
lie inside what the other side attributes, and no attribution carries over from the sentence before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from comparer.comparison.occasions import Cited, Occasion, find_occasions
from comparer.comparison.own_voice import own_voice_sides
from comparer.comparison.sources_apart import (
    UNNAMED,
    clearly_another,
    is_told,
    says,
    stays_open,
    surely_a_person,
)
from comparer.comparison.sourcing import LABELS, read_sourcing, spoken
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.model import Act, CueStance, Finding, Passage, Rate, Rung, Side, SourceKind, Span, Utterance

NAMED = frozenset({Rung.NAMED_PERSON})
SPOKEN_STANCES = frozenset({CueStance.NEUTRAL, CueStance.FACTIVE, CueStance.DOUBTFUL, CueStance.EMOTIVE})
STANCES = {
    CueStance.NEUTRAL: "plain",
    CueStance.FACTIVE: "takes it as a fact",
    CueStance.DOUBTFUL: "keeps a distance",
    CueStance.EMOTIVE: "lends it a tone",
}
UNITS = {
    "A101": "texts that print the statement name a person",
    "A102": "texts that print the statement print a source",
    "A103": "texts that print the statement cite the source that stands first here",
    "A104": "texts that print the statement pass it on through another publisher",
    "A105": "texts that print the statement have a verb that adds something",
}
ALIKE = 0.3  # part of the content words of the shorter side that all sides share, before sources are compared
SURE = 0.6  # confidence of a row before its sources are compared
SAME_WORDS_NOTE = "Same words, differently sourced; identity not asserted."


def find_attribution_findings(event: EventView, utterances: Sequence[Utterance]) -> tuple[Finding, ...]:
    """Return the findings of family A, at most one per statement and code."""
    checks: tuple[Callable[[EventView, Occasion], Finding | None], ...] = (
        _named_or_not,
        _own_voice,
        _other_source,
        _via,
        _stance,
    )
    found: list[Finding] = []
    for occasion in find_occasions(event, utterances):
        occasion = _without_headlines(occasion)  # noqa: PLW2901 - a headline's short form names nobody in full
        for check in checks:
            finding = check(event, occasion)
            if finding is not None and not _repeats(finding, found):
                found.append(finding)
    return (*found, *_without_reason(event))


def _without_headlines(occasion: Occasion) -> Occasion:
    """Leave out the sides of which only a headline is known."""
    return replace(occasion, sides=tuple(side for side in occasion.sides if not side.headline))


def _named_or_not(event: EventView, occasion: Occasion) -> Finding | None:
    named = [s for s in occasion.sides if s.sourcing.rung in NAMED and says(s) and surely_a_person(event, s)]
    unnamed = [s for s in occasion.sides if s.sourcing.rung in UNNAMED and says(s) and not stays_open(event, s)]
    unnamed = [s for s in unnamed if not _names_elsewhere(event, occasion, s) and not _may_be_named(event, s, named)]
    if not named or not unnamed or not _alike(occasion):
        return None
    note = SAME_WORDS_NOTE if occasion.quoted else "Identity not asserted."
    return _finding(
        event,
        "A101",
        occasion,
        [*named, *unnamed],
        named,
        f"Cited from a named person in one place and from a source printed without a name in another. {note}",
    )


def _names_elsewhere(event: EventView, occasion: Occasion, side: Cited) -> bool:
    """Tell whether the same article names a person for the same row in another sentence: its fullest form counts."""
    if occasion.row is None:
        return False
    for claim in event.claims(event.row(occasion.row), side.article):
        said = spoken(claim)
        if said is not None and not event.in_title(side.article, claim.passage.span):
            found = read_sourcing(event, occasion.row, side.article, said, claim.passage.span)
            if found.rung in NAMED:
                return True
    return False


def _may_be_named(event: EventView, side: Cited, named: Sequence[Cited]) -> bool:
    """Tell whether "the official" may stand for the person another text names, because its own text names them too."""
    source = side.sourcing.source
    if source is None or not event.text(side.article, source.span).casefold().startswith(("the ", "his ", "her ")):
        return False
    analysed = event.analysed[side.article]
    printed = [event.text(side.article, name.span) for name in analysed.names]
    return any(same_name(other.sourcing.name or "", name) for other in named for name in printed)


def _own_voice(event: EventView, occasion: Occasion) -> Finding | None:
    told, bare = own_voice_sides(event, occasion)
    if not told or not bare:
        return None
    return _finding(
        event,
        "A102",
        occasion,
        [*told, *bare],
        told,
        "Attributed to a source in one place; in another it stands with no source printed, in the outlet's own voice.",
    )


def _other_source(event: EventView, occasion: Occasion) -> Finding | None:
    told = [s for s in occasion.sides if says(s) and not stays_open(event, s) and s.sourcing.name]
    if len(told) < 2 or not _alike(occasion):
        return None
    kept = [s for s in told if any(clearly_another(event, s, other) for other in told)]
    if len(kept) < 2:
        return None
    first = [s for s in kept if not clearly_another(event, kept[0], s)]
    return _finding(event, "A103", occasion, kept, first, "Cited from different sources for the same statement.")


def _via(event: EventView, occasion: Occasion) -> Finding | None:
    passed = [s for s in occasion.sides if _stations(s)]
    direct = [s for s in occasion.sides if not _stations(s) and is_told(s)]
    if not passed or not direct:
        return None
    return _finding(
        event,
        "A104",
        occasion,
        [*passed, *direct],
        passed,
        "Passed on through another publisher's report in one place; in another no such station is printed.",
    )


def _stance(event: EventView, occasion: Occasion) -> Finding | None:
    told = [s for s in occasion.sides if says(s) and s.sourcing.cue and s.sourcing.cue_stance in SPOKEN_STANCES]
    stances = {s.sourcing.cue_stance for s in told}
    if len(stances) < 2 or not _alike(occasion):
        return None
    if not occasion.quoted and any(clearly_another(event, a, b) for a in told for b in told):
        return None
    if frozenset.intersection(*(_stances(event, side) for side in told)):
        return None
    return _finding(
        event,
        "A105",
        occasion,
        told,
        [s for s in told if s.sourcing.cue_stance is not CueStance.NEUTRAL],
        "The reporting verb differs in what it adds to the same statement.",
        by_stance=True,
    )


def _stances(event: EventView, side: Cited) -> frozenset[CueStance | None]:
    """Return the stances of all verbs of saying in a side's sentences: one of them may be the statement's."""
    analysed = event.analysed[side.article]
    places = [s.span for s in analysed.sentences if s.span.overlaps(side.span)]
    said = (a for a in analysed.attributions if a.act is Act.SPEECH and a.cue is not None)
    return frozenset(
        {side.sourcing.cue_stance, *(a.cue_stance for a in said if any(p.overlaps(a.cue) for p in places if a.cue))}
    )


def _without_reason(event: EventView) -> list[Finding]:
    found = []
    for article, analysed in enumerate(event.analysed):
        for source in analysed.sources:
            if source.anonymity is None or source.anonymity_reason is not None:
                continue
            found.append(
                Finding(
                    code="A106",
                    row=None,
                    sides=(Side("no reason stated", (event.passage(article, source.anonymity),)),),
                    magnitude=Rate(1, len(analysed.sources), "sources cited in the text"),
                    message="Anonymity is asked for, and this saved text states no reason for it.",
                    confidence=0.8,
                )
            )
    return found


def _finding(  # noqa: PLR0917 - the columns of one table of findings, in its order
    event: EventView,
    code: str,
    occasion: Occasion,
    sides: Sequence[Cited],
    counted: Sequence[Cited],
    message: str,
    *,
    by_stance: bool = False,
) -> Finding:
    grouped: dict[str, list[Passage]] = {}
    for side in sorted(sides, key=lambda s: (s.article, s.span)):
        label = _stance_label(event, side) if by_stance else _label(event, side, code)
        grouped.setdefault(label, []).extend(_evidence(event, side, cue=by_stance))
    return Finding(
        code=code,
        row=occasion.row,
        sides=tuple(Side(label, tuple(passages)) for label, passages in grouped.items()),
        magnitude=Rate(len({s.article for s in counted}), len({s.article for s in sides}), UNITS[code]),
        message=message,
        confidence=round(min(0.9, occasion.confidence), 3),
    )


def _label(event: EventView, side: Cited, code: str) -> str:
    stations = _stations(side)
    if code == "A104" and stations:
        return "through " + ", ".join(event.text(side.article, s) for s in stations)
    kind = LABELS[side.sourcing.rung]
    return f"{side.sourcing.name} ({kind})" if side.sourcing.name else kind


def _stance_label(event: EventView, side: Cited) -> str:
    cue = side.sourcing.cue
    stance = side.sourcing.cue_stance
    word = event.text(side.article, cue.span) if cue else ""
    return f"“{word}” ({STANCES[stance]})" if stance in STANCES else f"“{word}”"


def _evidence(event: EventView, side: Cited, *, cue: bool) -> list[Passage]:
    """Return the words a side rests on: its source and cue, or the statement where no source is printed."""
    sourcing = side.sourcing
    printed = [sourcing.cue] if cue else [sourcing.source, sourcing.cue]
    spans = [p.span for p in printed if p is not None] + list(_stations(side))
    if cue and sourcing.source is not None:
        spans.append(sourcing.source.span)
    if not spans or not cue:
        spans.append(side.span)
    return [event.passage(side.article, span) for span in sorted(set(spans))]


def _stations(side: Cited) -> tuple[Span, ...]:
    media = (SourceKind.MEDIA, SourceKind.ORGANISATION)
    own = side.sourcing.source.span if side.sourcing.source else None
    return tuple(link.span for link in side.sourcing.via if link.kind in media and link.span != own)


def _alike(occasion: Occasion) -> bool:
    return occasion.quoted or (occasion.overlap >= ALIKE and occasion.confidence >= SURE)


def _repeats(finding: Finding, found: Sequence[Finding]) -> bool:
    """Tell whether an earlier finding of the same code is about the same row or rests on the same sources."""
    if finding.row and any(f.code == finding.code and f.row == finding.row for f in found):
        return True
    places = {(p.article, p.span) for p in finding.evidence}
    return any(
        f.code == finding.code and len(places & {(p.article, p.span) for p in f.evidence}) * 2 >= len(places)
        for f in found
    )
