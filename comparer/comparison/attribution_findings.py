"""Find where outlets differ in whom they cite for one statement: A101 to A105, and A106 in one text alone.

In: the event and its utterances. Out: findings with every side that tells the statement. A named and an unnamed source
are never merged, even where the words are the same. Own voice against attribution is said only where the aligned words
lie inside what the other side attributes, and no attribution carries over from the sentence before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from comparer.comparison.occasions import Cited, Occasion, carried, find_occasions, shared_content
from comparer.comparison.sourcing import LABELS
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import Act, CueStance, Finding, Passage, Rate, Rung, Side, SourceKind, Span, Utterance

NAMED = frozenset({Rung.NAMED_PERSON})
UNNAMED = frozenset({Rung.ROLE, Rung.ANONYMOUS})
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
PRONOUNS = frozenset("he she they it who i we his her their its that this one".split())
SPOKEN_STANCES = frozenset({CueStance.NEUTRAL, CueStance.FACTIVE, CueStance.DOUBTFUL, CueStance.EMOTIVE})
ACTS = frozenset(
    """accept agree apologise apologize appeal approve ask back call condemn consider criticise criticize debate demand
    discuss endorse express negotiate offer oppose order plead pledge praise promise refuse reject sign speak support
    talk thank threaten urge vote welcome""".split()
)
STANCES = {
    CueStance.NEUTRAL: "plain",
    CueStance.FACTIVE: "takes it as a fact",
    CueStance.DOUBTFUL: "keeps a distance",
    CueStance.EMOTIVE: "lends it a tone",
}
SAME_STATEMENT = 0.5  # content words the sides share at least, before attribution is compared with own voice
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
    named = [s for s in occasion.sides if s.sourcing.rung in NAMED and _is_told(s)]
    unnamed = [s for s in occasion.sides if s.sourcing.rung in UNNAMED and _is_told(s) and not _pronoun(s)]
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
    if occasion.quoted:
        return None
    told = [s for s in occasion.sides if _is_told(s) and not _acts(s)]
    bare = [s for s in occasion.sides if s.sourcing.rung in UNSOURCED and not s.headline and _stands_alone(event, s)]
    told_kept: list[Cited] = []
    bare_kept: list[Cited] = []
    for left in told:
        for right in bare:
            stems = shared_content(event, left, right)
            alike = len(stems) >= SHARED_WORDS and len(stems) >= SAME_STATEMENT * _least_words(event, left, right)
            if alike and carried(event, left, stems) >= CARRIED:
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
    told = [s for s in occasion.sides if _is_told(s) and not _pronoun(s) and s.sourcing.name]
    if len(told) < 2 or not _alike(occasion):
        return None
    kept = [s for s in told if any(_another(event, s, other) for other in told)]
    if len(kept) < 2:
        return None
    return _finding(event, "A103", occasion, kept, "Cited from different sources for the same statement.")


def _via(event: EventView, occasion: Occasion) -> Finding | None:
    passed = [s for s in occasion.sides if _stations(s)]
    direct = [s for s in occasion.sides if not _stations(s) and _is_told(s)]
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
    told = [s for s in occasion.sides if _is_told(s) and s.sourcing.cue and s.sourcing.cue_stance in SPOKEN_STANCES]
    stances = {s.sourcing.cue_stance for s in told}
    if len(stances) < 2 or not _alike(occasion):
        return None
    if not occasion.quoted and any(_another(event, a, b) for a in told for b in told):
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


def _is_told(side: Cited) -> bool:
    return side.sourcing.rung not in UNSOURCED


def _acts(side: Cited) -> bool:
    """Tell whether the verb is itself the news ("rejected", "have discussed"), which needs no source beside it."""
    return side.attribution is not None and side.attribution.cue_lemma in ACTS


def _pronoun(side: Cited) -> bool:
    name = (side.sourcing.name or "").casefold()
    unresolved = side.attribution is not None and side.attribution.resolved_kind is SourceKind.PRONOUN
    return name in PRONOUNS or (unresolved and side.sourcing.rung is Rung.ROLE)


def _alike(occasion: Occasion) -> bool:
    return occasion.quoted or occasion.overlap >= 0.3 or occasion.confidence >= 0.7


def _least_words(event: EventView, left: Cited, right: Cited) -> int:
    counts = []
    for side in (left, right):
        text = event.analysed[side.article].article.text
        counts.append(len({stem(w.form) for w in words(text, side.span) if w.form not in STOP_WORDS}))
    return min(counts)


def _stands_alone(event: EventView, side: Cited) -> bool:
    """Tell whether nothing in or just before a statement's sentence ascribes it to somebody."""
    analysed = event.analysed[side.article]
    own = [k for k, s in enumerate(analysed.sentences) if s.span.overlaps(side.span)]
    if not own:
        return True
    near = {own[0], own[-1]}
    before = own[0] - 1
    if before >= 0 and analysed.sentences[before].block == analysed.sentences[own[0]].block:
        near.add(before)
    places = [analysed.sentences[k].span for k in sorted(near)]
    return not any(a.act is Act.SPEECH and any(p.overlaps(a.extent) for p in places) for a in analysed.attributions)


def _another(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two printed sources are clearly not one: names that differ, or kinds that do."""
    if left.article == right.article:
        return False
    one, other = left.sourcing, right.sourcing
    if not one.name or not other.name or one.rung in UNNAMED or other.rung in UNNAMED:
        return False
    if one.rung is other.rung is Rung.NAMED_PERSON:
        return not same_name(one.name, other.name)
    shared = _heads(event, left) & _heads(event, right)
    return not shared if one.rung is other.rung else not (shared and one.rung is other.rung)


def _heads(event: EventView, side: Cited) -> frozenset[str]:
    """Return the content words by which a source is printed, with its fullest name."""
    printed = side.sourcing.name or ""
    if side.sourcing.source is not None:
        printed += " " + event.text(side.article, side.sourcing.source.span)
    return frozenset(stem(t.form) for t in words(printed) if t.form not in STOP_WORDS)


def _repeats(finding: Finding, found: Sequence[Finding]) -> bool:
    """Tell whether an earlier finding of the same code rests on the same sources."""
    places = {(p.article, p.span) for p in finding.evidence}
    return any(
        f.code == finding.code and len(places & {(p.article, p.span) for p in f.evidence}) * 2 >= len(places)
        for f in found
    )
