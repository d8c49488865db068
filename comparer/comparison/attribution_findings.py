"""Find where outlets differ in whom they cite for one statement: A101 to A105, and A106 in one text alone.

In: the event and its utterances. Out: findings with every side that tells the statement. A named and an unnamed source
are never merged, even where the words are the same. Own voice against attribution is said only where the aligned words
lie inside what the other side attributes, and no attribution carries over from the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from comparer.comparison.occasions import Cited, Occasion, carried, find_occasions, shared_content
from comparer.comparison.sources_apart import (
    UNNAMED,
    UNSOURCED,
    clearly_another,
    is_told,
    says,
    stays_open,
    surely_a_person,
)
from comparer.comparison.sourcing import LABELS
from comparer.comparison.view import EventView
from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import Act, CueStance, Finding, Passage, Rate, Relation, Rung, Side, SourceKind, Span, Utterance

NAMED = frozenset({Rung.NAMED_PERSON})
FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)*")  # years apart
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us)\b|[“”\"]\s*$|^\s*[“”\"]")
TAG = re.compile(
    r"\b(?:said|says|according to|told|affirmed|announced|reported|claimed|claims|insisted|argued|warned|added|wrote"
    r"|stated|conceded|admitted|confirmed|alleged|testified|explained|acknowledged)\b"
)
"""Words that show that a sentence cites somebody even where the reader found no attribution in it."""

SPOKEN_STANCES = frozenset({CueStance.NEUTRAL, CueStance.FACTIVE, CueStance.DOUBTFUL, CueStance.EMOTIVE})
STANCES = {
    CueStance.NEUTRAL: "plain",
    CueStance.FACTIVE: "takes it as a fact",
    CueStance.DOUBTFUL: "keeps a distance",
    CueStance.EMOTIVE: "lends it a tone",
}
QUOTED = 0.3  # part of a sentence in quotation marks from which it is no longer the outlet's own
ALIKE = 0.3  # part of the content words of the shorter side that all sides share, before sources are compared
SURE = 0.6  # confidence of a row before its sources are compared,
UNSURE = 0.5  # or this where two sides print nearly the same words
NEARLY_SAME = 0.8
SAME_STATEMENT = 0.4  # content words the sides share at least, before attribution is compared with own voice
SHARED_WORDS = 4  # of them at least this many,
CARRIED = 0.6  # and this part of them inside what is attributed
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
        for check in checks:
            finding = check(event, occasion)
            if finding is not None and not _repeats(finding, found):
                found.append(finding)
    return (*found, *_without_reason(event))


def _named_or_not(event: EventView, occasion: Occasion) -> Finding | None:
    named = [s for s in occasion.sides if s.sourcing.rung in NAMED and says(s) and surely_a_person(event, s)]
    unnamed = [s for s in occasion.sides if s.sourcing.rung in UNNAMED and says(s) and not stays_open(event, s)]
    if not named or not unnamed or not _alike(occasion):
        return None
    note = SAME_WORDS_NOTE if occasion.quoted else "Identity not asserted."
    return _finding(
        event,
        "A101",
        occasion,
        [*named, *unnamed],
        f"Cited from a named person in one place and from a source printed without a name in another. {note}",
    )


def _own_voice(event: EventView, occasion: Occasion) -> Finding | None:
    if occasion.quoted or occasion.confidence < UNSURE:
        return None
    told = [s for s in occasion.sides if says(s)]
    bare = [
        s
        for s in occasion.sides
        if s.sourcing.rung in UNSOURCED and not s.headline and not _spoken_words(event, s) and _stands_alone(event, s)
    ]
    told_kept: list[Cited] = []
    bare_kept: list[Cited] = []
    for left in told:
        for right in bare:
            stems = shared_content(event, left, right)
            verbatim = occasion.row and event.relation(occasion.row, left.article, right.article) is Relation.VERBATIM
            if verbatim and event.quoted_share(left.article, left.span) >= QUOTED:
                continue  # a quotation whose marks were lost in one page
            least = SAME_STATEMENT if occasion.confidence >= SURE else NEARLY_SAME
            alike = len(stems) >= SHARED_WORDS and len(stems) >= least * _least_words(event, left, right)
            if alike and _same_figures(event, left, right) and carried(event, left, stems) >= CARRIED:
                told_kept += [left] if left not in told_kept else []
                bare_kept += [right] if right not in bare_kept else []
    if not told_kept or not bare_kept:
        return None
    return _finding(
        event,
        "A102",
        occasion,
        [*told_kept, *bare_kept],
        "Attributed to a source in one place; in another it stands with no source printed, in the outlet's own voice.",
    )


def _other_source(event: EventView, occasion: Occasion) -> Finding | None:
    told = [s for s in occasion.sides if says(s) and not stays_open(event, s) and s.sourcing.name]
    if len(told) < 2 or not _alike(occasion):
        return None
    kept = [s for s in told if any(clearly_another(event, s, other) for other in told)]
    if len(kept) < 2:
        return None
    return _finding(event, "A103", occasion, kept, "Cited from different sources for the same statement.")


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
        "Passed on through another publisher's report in one place; in another no such station is printed.",
    )


def _stance(event: EventView, occasion: Occasion) -> Finding | None:
    told = [s for s in occasion.sides if says(s) and s.sourcing.cue and s.sourcing.cue_stance in SPOKEN_STANCES]
    stances = {s.sourcing.cue_stance for s in told}
    if len(stances) < 2 or not _alike(occasion):
        return None
    if not occasion.quoted and any(clearly_another(event, a, b) for a in told for b in told):
        return None
    return _finding(
        event,
        "A105",
        occasion,
        told,
        "The reporting verb differs in what it adds to the same statement.",
        by_stance=True,
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
                    magnitude=Rate(len(source.mentions), len(source.mentions), "mentions of the source"),
                    message="Anonymity is asked for, and this saved text states no reason for it.",
                    confidence=0.8,
                )
            )
    return found


def _finding(
    event: EventView, code: str, occasion: Occasion, sides: Sequence[Cited], message: str, *, by_stance: bool = False
) -> Finding:
    grouped: dict[str, list[Passage]] = {}
    for side in sorted(sides, key=lambda s: (s.article, s.span)):
        label = _stance_label(event, side) if by_stance else _label(event, side, code)
        grouped.setdefault(label, []).extend(_evidence(event, side, cue=by_stance))
    return Finding(
        code=code,
        row=occasion.row,
        sides=tuple(Side(label, tuple(passages)) for label, passages in grouped.items()),
        magnitude=Rate(len({s.article for s in sides}), len(occasion.sides), "articles that print the statement"),
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


def _least_words(event: EventView, left: Cited, right: Cited) -> int:
    counts = []
    for side in (left, right):
        text = event.analysed[side.article].article.text
        counts.append(len({stem(w.form) for w in words(text, side.span) if w.form not in STOP_WORDS}))
    return min(counts)


def _same_figures(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two statements share a figure, or one of them has none: other figures are another statement."""
    figures = [set(FIGURE.findall(event.text(s.article, s.span))) for s in (left, right)]
    return not all(figures) or bool(figures[0] & figures[1])


def _spoken_words(event: EventView, side: Cited) -> bool:
    """Tell whether a sentence is, or may be, part of a quotation: marks in it, or a speaker who says "I" or "we"."""
    text = event.text(side.article, side.span)
    return event.quoted_share(side.article, side.span) >= QUOTED or FIRST_PERSON.search(text) is not None


def _stands_alone(event: EventView, side: Cited) -> bool:
    """Tell whether nothing in or just before a statement's sentence ascribes it to somebody."""
    analysed = event.analysed[side.article]
    own = [k for k, s in enumerate(analysed.sentences) if s.span.overlaps(side.span)]
    if not own:
        return True
    inside = [analysed.sentences[k].span for k in sorted({own[0], own[-1]})]
    if any(place.overlaps(a.extent) for a in analysed.attributions for place in inside):
        return False
    near = {own[0], own[-1]}
    before = own[0] - 1
    if before >= 0 and analysed.sentences[before].block == analysed.sentences[own[0]].block:
        near.add(before)
    places = [analysed.sentences[k].span for k in sorted(near)]
    if any(a.act is Act.SPEECH and any(p.overlaps(a.extent) for p in places) for a in analysed.attributions):
        return False
    return not any(TAG.search(event.text(side.article, place)) for place in places)


def _repeats(finding: Finding, found: Sequence[Finding]) -> bool:
    """Tell whether an earlier finding of the same code is about the same row or rests on the same sources."""
    if finding.row and any(f.code == finding.code and f.row == finding.row for f in found):
        return True
    places = {(p.article, p.span) for p in finding.evidence}
    return any(
        f.code == finding.code and len(places & {(p.article, p.span) for p in f.evidence}) * 2 >= len(places)
        for f in found
    )
