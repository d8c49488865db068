"""Find where outlets differ in whom they cite for one statement: A101 to A105, and A106 in one text alone.

In: the event and its utterances. Out: findings with the sides that differ. A named and an unnamed source are never
merged, even where the words are the same. Sources are compared only between two sides that surely state one thing, and
only where the words they share lie inside what each source says; where an article tells a statement twice, its fullest
source counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from comparer.comparison.sourcing.occasions import Cited, Occasion, Pair, find_occasions, pairs_of
from comparer.comparison.sourcing.own_voice import hearsay, in_own_voice
from comparer.comparison.sourcing.sources import (
    UNNAMED,
    another_kind,
    attribution_finding,
    clearly_another,
    denies,
    is_told,
    of_a_medium,
    says,
    stations,
    stays_open,
    surely_a_person,
    surely_one,
)
from comparer.comparison.view import EventView
from comparer.language.names import name_key
from comparer.model import Act, CueStance, Finding, Rate, Rung, Side, Utterance

NAMED = frozenset({Rung.NAMED_PERSON})
SPOKEN_STANCES = frozenset({CueStance.NEUTRAL, CueStance.FACTIVE, CueStance.DOUBTFUL, CueStance.EMOTIVE})
SURE = 0.7  # confidence of a row from which a person and somebody unnamed surely say one thing in it,
SURER = 0.9  # and a person and a body,
MOSTLY = 0.5  # with that part of the shorter statement's content words in common,
WORDS = 3  # and so many; where they are quoted,
VERBATIM = 0.8  # that part of the shorter quotation's words
QUOTED = 0.3  # part of a sentence in quotation marks from which another's same words may have lost them
OWN_VOICE = (
    "Attributed to a source in one place; in another it stands with no source printed, in the outlet's own voice."
)
OTHER_SOURCES = "Cited from different sources for the same statement."
OTHER_KINDS = "Cited from sources of different kinds for the same statement; whether they are one is not asserted."
SAME_WORDS_NOTE = "Much the same words, differently sourced; identity not asserted."


def find_attribution_findings(event: EventView, utterances: Sequence[Utterance]) -> tuple[Finding, ...]:
    """Return the findings of family A, at most one per statement and code."""
    checks: tuple[Callable[[EventView, Occasion, Sequence[Pair]], Finding | None], ...] = (
        _named_or_not,
        _own_voice,
        _other_source,
        _via,
        _stance,
    )
    found: list[Finding] = []
    for occasion in find_occasions(event, utterances):
        pairs = [pair for pair in pairs_of(event, occasion) if denies(pair.left) == denies(pair.right)]
        met = (check(event, occasion, pairs) for check in checks if pairs)
        found += [finding for finding in met if finding is not None]
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: -len(f.evidence)):
        if not _repeats(finding, kept):
            kept.append(finding)
    return (*kept, *_without_reason(event))


def _named_or_not(event: EventView, occasion: Occasion, pairs: Sequence[Pair]) -> Finding | None:
    met = [
        (one, other)
        for pair in pairs
        if _surely_shared(occasion, pair)
        for one, other in ((pair.left, pair.right), (pair.right, pair.left))
        if one.sourcing.rung in NAMED and says(one) and surely_a_person(event, one)
        if other.sourcing.rung in UNNAMED and says(other) and not stays_open(event, other)
        if not _names_elsewhere(occasion, other) and not _may_be_named(event, other, one)
    ]
    if not met:
        return None
    named, unnamed = _each(one for one, _ in met), _each(other for _, other in met)
    note = SAME_WORDS_NOTE if occasion.quoted else "Identity not asserted."
    message = f"Cited from a named person in one place and from a source printed without a name in another. {note}"
    return attribution_finding(event, "A101", occasion, [*named, *unnamed], named, message)


def _names_elsewhere(occasion: Occasion, side: Cited) -> bool:
    """Tell whether the same article names a person for the same row in another sentence: its fullest form counts."""
    return any(other.article == side.article and other.sourcing.rung in NAMED for other in occasion.sides)


def _may_be_named(event: EventView, side: Cited, other: Cited) -> bool:
    """Tell whether "the official" may stand for the person another text names, because its own text names them too."""
    source = side.sourcing.source
    if source is None or not event.text(side.article, source.span).casefold().startswith(("the ", "his ", "her ")):
        return False
    analysed = event.analysed[side.article]
    name = other.sourcing.name or ""
    if re.search(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b", analysed.article.main_text):
        return True
    return any(n.key.split()[-1:] == name_key(name).split()[-1:] for n in analysed.names)


def _own_voice(event: EventView, occasion: Occasion, pairs: Sequence[Pair]) -> Finding | None:
    if occasion.quoted:
        return None
    told_by = {side.article for side in occasion.sides if is_told(side)}
    met: list[tuple[Cited, Cited]] = []
    for pair in pairs:
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            told = one if says(one) and not denies(one) else hearsay(event, one, pair.stems)
            if told is None or other.article in told_by or not in_own_voice(event, other):
                continue
            if not _quoted_elsewhere(event, told, other):
                met.append((told, other))
    if not met:
        return None
    ascribed, own = _each(one for one, _ in met), _each(other for _, other in met)
    return attribution_finding(event, "A102", occasion, [*ascribed, *own], ascribed, OWN_VOICE)


def _quoted_elsewhere(event: EventView, told: Cited, bare: Cited) -> bool:
    """Tell whether a bare side repeats a quotation of the other word for word: its marks may have been lost."""
    words = [re.findall(r"\w+", event.text(s.article, s.span).casefold()) for s in (told, bare)]
    quoted = event.quoted_share(told.article, told.span) >= QUOTED
    return quoted and " ".join(words[1]) in " ".join(words[0])


def _other_source(event: EventView, occasion: Occasion, pairs: Sequence[Pair]) -> Finding | None:
    sure = [p for p in pairs if _cites_somebody(event, p.left) and _cites_somebody(event, p.right)]
    sure = [p for p in sure if _surely_shared(occasion, p)]
    apart = [p for p in sure if clearly_another(event, p.left, p.right)]
    kinds = [p for p in sure if another_kind(event, p.left, p.right, quoted=occasion.quoted)]
    met = apart or kinds
    if not met:
        return None
    kept = sorted(_each(s for p in met for s in (p.left, p.right)), key=lambda s: (s.article, s.span))
    partners = [p.right if p.left == kept[0] else p.left for p in met if kept[0] in {p.left, p.right}]
    first = [s for s in kept if s not in partners]
    return attribution_finding(event, "A103", occasion, kept, first, OTHER_SOURCES if apart else OTHER_KINDS)


def _cites_somebody(event: EventView, side: Cited) -> bool:
    """Tell whether a side prints a source that is clear, and no publisher on the way to it."""
    return says(side) and bool(side.sourcing.name) and not stays_open(event, side) and not stations(event, side)


def _surely_shared(occasion: Occasion, pair: Pair) -> bool:
    """Tell whether a person and another source surely say one thing, not each something of the kind."""
    rungs = {side.sourcing.rung for side in (pair.left, pair.right)}
    if occasion.quoted:
        return pair.share >= VERBATIM
    if not rungs & NAMED:
        return True
    if rungs & UNNAMED:
        return occasion.confidence >= SURE
    if rungs == NAMED:
        return False  # two people who say alike things are no difference
    return occasion.confidence >= SURER and pair.share >= MOSTLY and len(pair.stems) >= WORDS


def _via(event: EventView, occasion: Occasion, pairs: Sequence[Pair]) -> Finding | None:
    met = [
        (one, other)
        for pair in pairs
        for one, other in ((pair.left, pair.right), (pair.right, pair.left))
        if stations(event, one) and says(other) and not stations(event, other) and not of_a_medium(other)
    ]
    if not met:
        return None
    passed, direct = _each(one for one, _ in met), _each(other for _, other in met)
    message = "Passed on through another publisher's report in one place; in another no such station is printed."
    return attribution_finding(event, "A104", occasion, [*passed, *direct], passed, message)


def _stance(event: EventView, occasion: Occasion, pairs: Sequence[Pair]) -> Finding | None:
    met = [
        p
        for p in pairs
        if all(says(s) and s.sourcing.cue and s.sourcing.cue_stance in SPOKEN_STANCES for s in (p.left, p.right))
        if not denies(p.left) and surely_one(event, p.left, p.right)
        if not _stances(event, p.left) & _stances(event, p.right)
    ]
    if not met:
        return None
    told = _each(s for p in met for s in (p.left, p.right))
    toned = [s for s in told if s.sourcing.cue_stance is not CueStance.NEUTRAL]
    message = "The reporting verb differs in what it adds to the same statement."
    return attribution_finding(event, "A105", occasion, told, toned, message, by_stance=True)


def _each(sides: Iterable[Cited]) -> list[Cited]:
    """Return sides in order, each once."""
    return list(dict.fromkeys(sides))


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


def _repeats(finding: Finding, found: Sequence[Finding]) -> bool:
    """Tell whether an earlier finding of the same code is about the same row or holds most of its articles' sides."""
    places = {(p.article, p.span) for p in finding.evidence}
    articles = {article for article, _ in places}
    for other in (f for f in found if f.code == finding.code):
        if finding.row and other.row == finding.row:
            return True
        shared = {article for article, _ in places & {(p.article, p.span) for p in other.evidence}}
        if 2 * len(shared) > len(articles):
            return True
    return False
