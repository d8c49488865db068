"""Join what the rules and the learned models find, so that each decides where it measures better.

In: a text's units and the attributions of the rules. Out: what the models read at each cue, `Weighed`; attributions in
no order. Where both read a cue alike the rules' spans stand, as they keep chains and sharp edges; where they differ by
more than half the model's do. Two readers are served: `best_joined` balances what is missed against what is wrong,
`surest_joined` adds to the rules only what is right as often as they are. What reports a deed ("discussed a force")
states nothing; that test fails on verbs that name both, such as "offered to help".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from comparer.attribution.cues import HYPOTHETICAL, NEGATED, NOBODY
from comparer.attribution.kinds import cited, manner_of, source_kind
from comparer.attribution.linking import Link, confidences, link, read_page
from comparer.attribution.phrases import has_finite, nounish
from comparer.attribution.subjects import first_subject, group_start, subject_before
from comparer.attribution.units import Piece, Range, Unit, cut_back, scan, span_of
from comparer.attribution.verbless import unowned
from comparer.attribution.words import BE, verb_forms
from comparer.model import Act, Attribution, CueStance, Manner, Places, Span
from comparer.resources.loader import word_set

_ANONYMITY = frozenset({"anonymity", "anonymous", "named", "identified"})
_NOTHING = frozenset({"nothing", "little", "anything"})
HOPELESS = 0.2  # confidence below which no reader takes what only the models read
_EDGE = frozenset({".", ",", ";", ":"})


class Weighed(NamedTuple):
    """Hold what the models read at one cue; `rule` is the number of the rules' attribution with the same cue."""

    attribution: Attribution
    confidence: float
    rule: int | None
    unsaid: bool  # speech that is denied, only imagined, or a request for anonymity
    short: bool  # content of a single word: "was critical of Ruiz" passes nothing on
    hinted: Span | None  # who may have said it where the models mark nobody
    ragged: bool  # its source ends where no noun phrase does: "Ankara names its terms and"


def weigh(text: str, units: Sequence[Unit], rules: Sequence[Attribution]) -> list[Weighed]:
    """Return what the models read, in page order, each with its confidence, but for what is hopeless."""
    page = read_page(units, rules)
    links = link(page)
    pieces = [p for unit in units for p in unit.pieces]
    cues = {k: n for n, roles in reversed(list(enumerate(page.mine))) for k, role in roles.items() if role == "C"}
    found: list[Weighed] = []
    for read, sure in zip(links, confidences(page, links), strict=True):
        start = page.base[read.window.unit]
        unit = range(start, start + len(units[read.window.unit].pieces))
        rule = next((cues[k] for k in read.possible_cue if k in cues), None)
        if rule is None and sure < HOPELESS:
            continue
        ragged = read.source is not None and not nounish(pieces[read.source[1] - 1])
        unsaid = _unsaid(pieces, read, unit)
        hinted = _hinted(units[read.window.unit], pieces, read)
        told, short = _attribution(text, pieces, read, unit), _short(pieces, read)
        found.append(Weighed(told, sure, rule, unsaid, short, hinted, ragged))
    return found


def _span(pieces: Sequence[Piece], part: Range) -> Span:
    return span_of(pieces, part[0], cut_back(pieces, part[0] + 1, part[1], _EDGE))


def _speaker(pieces: Sequence[Piece], read: Link, unit: range) -> Range | None:
    """Take the subject before an active cue where the model marks no source; a passive cue has none before it."""
    start, end = read.cue
    passive = any(pieces[k].low in BE for k in range(start, end)) and end - start > 1
    if read.source is not None:
        return read.source
    if passive or start not in unit:
        return None
    inside = [pieces[k] for k in unit]
    subject = subject_before(inside, group_start(inside, start - unit.start))
    if subject is None:
        return None
    part = (subject[0] + unit.start, subject[1] + unit.start)
    return None if any(part[0] < b and a < part[1] for a, b in read.contents) else part


def _unsaid(pieces: Sequence[Piece], read: Link, unit: range) -> bool:
    """Tell whether the words deny or only imagine speech ("said nothing"), or ask for anonymity."""
    if read.source is not None and pieces[read.source[0]].low in NOBODY:
        return True
    if any(end - start == 1 and pieces[start].low in _NOTHING for start, end in read.contents):
        return True
    inside = [pieces[k] for k in sorted(read.content_places)]
    if any(p.low in _ANONYMITY for p in inside):
        return True
    here = [pieces[k] for k in unit]
    start, end = read.cue[0] - unit.start, read.cue[1] - unit.start
    group = {p.low for p in here[group_start(here, max(0, start)) : max(0, end)]}
    return bool(group & (NEGATED | HYPOTHETICAL))


def _hinted(unit: Unit, pieces: Sequence[Piece], read: Link) -> Span | None:
    """Return who may have said it: what the model thinks likeliest, or the main subject that a participle shares."""
    if read.hinted is not None:
        return _span(pieces, read.hinted)
    shares = any(pieces[k].low.endswith("ing") for k in range(*read.cue))
    return first_subject(unit, pieces[read.cue[0]].start) if shares else None


def _short(pieces: Sequence[Piece], read: Link) -> bool:
    inside = [pieces[k] for k in read.content_places]
    return sum(p.low[:1].isalnum() for p in inside) < 2 and not any(p.quotation for p in inside)


def _attribution(text: str, pieces: Sequence[Piece], read: Link, unit: range) -> Attribution:
    speaker = _speaker(pieces, read, unit)
    printed = _span(pieces, speaker) if speaker else None
    lemma, act, stance = _reading(pieces, read.cue)
    content = tuple(_span(pieces, part) for part in read.contents)
    manner = manner_of(pieces, read.contents)
    cue = _span(pieces, read.cue)
    return cited(text, printed, cue, content, manner=manner, act=act, stance=stance, lemma=lemma)


def _reading(pieces: Sequence[Piece], cue: Range) -> tuple[str, Act, CueStance]:
    """Return lemma, act and stance of the last listed verb of a cue; unlisted words stand for themselves."""
    for k in range(cue[1] - 1, cue[0] - 1, -1):
        form = verb_forms().get(pieces[k].low)
        if form is not None:
            reading = form.readings[-1]
            return reading.lemma, reading.act, reading.stance
    words = [pieces[k].low for k in range(*cue)]
    if words[:1] == ["according"]:
        return "according to", Act.SPEECH, CueStance.NEUTRAL
    return words[-1], Act.SPEECH, CueStance.OTHER


LEAST = 0.24  # confidence of what a model adds: finds most sources while one point of content F1 is lost at most
LEAST_BRIEF = 0.3  # the same for a content of fewer than `BRIEF` words, which is the object of a deed as often
LEAST_UNSOURCED = 0.42  # the same where nobody is known to have said it
BRIEF = 3
LEAST_OF_RULE = 0.25  # the same for what a rule found: rules were not written for one kind of news
SURE = 0.75  # confidence from which additions are right more often than the rules, on the same documents
SECOND = 0.1  # how much surer a second reading of a rule's cue must be


def best_joined(
    text: str, units: Sequence[Unit], rules: Sequence[Attribution], read: Sequence[Weighed]
) -> list[Attribution]:
    """Return rules and models joined for the best balance, and quotations of which nobody knows the speaker."""
    best = _best_by_rule(read)
    framed = Places(((k, part) for k, a in enumerate(rules) if a.cue for part in a.content), where=itemgetter(1))
    found: list[Attribution] = []
    for number, rule in enumerate(rules):
        weighed = best.get(number)
        if rule.cue is not None and (weighed is None or weighed.confidence >= LEAST_OF_RULE):
            told = _chosen(number, rule, weighed, framed)
            found.append(_spoken(text, told, weighed.hinted if weighed else None))
    sources = (span for a in found for span in (a.source, *(link.span for link in a.via)) if span is not None)
    speakers = Places(sources, where=_itself)
    for weighed in read:
        second = weighed.rule is not None
        added = weighed.attribution
        taken = weighed.rule is not None and weighed == best[weighed.rule]
        if taken or any(speakers.touching(part) for part in added.content):
            continue
        told = _spoken(text, added, weighed.hinted)
        if weighed.confidence >= _least(text, told) + SECOND * second and not weighed.unsaid:
            found.append(told)
    contents = Places((part for a in found for part in a.content), where=_itself)
    carried = (rule for rule in rules if rule.cue is None)  # a quotation each: no two share words
    found += [rule for rule in carried if not any(contents.touching(part) for part in rule.content)]
    return [*found, *unowned(text, units, found)]


def surest_joined(rules: Sequence[Attribution], read: Sequence[Weighed]) -> list[Attribution]:
    """Return all that the rules found, and what the models are sure of beside it."""
    told = Places((part for rule in rules for part in rule.content), where=_itself)
    frames = Places((span for rule in rules for span in _frame(rule)), where=_itself)
    added_parts: list[Span] = []
    found = list(rules)
    for weighed in read:
        added = weighed.attribution
        if (
            weighed.rule is not None
            or weighed.confidence < SURE
            or weighed.unsaid
            or weighed.short
            or weighed.ragged
            or not added.source
        ):
            continue
        whole = (*added.content, *_frame(added))
        shared = any(told.touching(part) or any(map(part.overlaps, added_parts)) for part in whole)
        if not shared and not any(frames.touching(part) for part in added.content):
            found.append(added)
            added_parts += added.content
    return found


def _itself(span: Span) -> Span:
    return span


def _frame(attribution: Attribution) -> list[Span]:
    return [span for span in (attribution.source, attribution.cue) if span is not None]


def _best_by_rule(read: Sequence[Weighed]) -> dict[int, Weighed]:
    best: dict[int, Weighed] = {}
    for weighed in read:
        if weighed.rule is not None:
            other = best.get(weighed.rule)
            if other is None or weighed.confidence > other.confidence:
                best[weighed.rule] = weighed
    return best


def _chosen(number: int, rule: Attribution, weighed: Weighed | None, framed: Places[tuple[int, Span]]) -> Attribution:
    """Return the rules' attribution, with the model's spans where they differ by more than half.

    The model's never stand where they would take in the next speaker's words.
    """
    if weighed is None or rule.via or _alike(rule.content, weighed.attribution.content):
        return rule
    model = weighed.attribution
    if any(other != number for part in model.content for other, _ in framed.touching(part)):
        return rule
    return replace(
        rule,
        source=model.source,
        cue=model.cue,
        content=model.content,
        manner=model.manner,
        source_kind=model.source_kind,
        resolved_kind=model.resolved_kind,
    )


def _least(text: str, told: Attribution) -> float:
    if told.source is None:
        return LEAST_UNSOURCED
    words = sum(len(part.of(text).split()) for part in told.content)
    return LEAST_BRIEF if words < BRIEF and told.manner is Manner.INDIRECT else LEAST


def _spoken(text: str, told: Attribution, hinted: Span | None) -> Attribution:
    """Return an attribution without a source with the likeliest one, unless that stands in its content."""
    if told.source is not None or hinted is None or any(part.overlaps(hinted) for part in told.content):
        return told
    kind = source_kind(hinted.of(text))
    return replace(told, source=hinted, source_kind=kind, resolved_kind=kind)


def _alike(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Tell whether two contents share at least half of the characters that either holds."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    return 2 * shared >= sum(map(len, left)) + sum(map(len, right)) - shared


_OBJECT_ONLY = frozenset({"clause", "thatclause", "quote", "hearer", "hearsay"})


def states(text: str, attribution: Attribution) -> bool:
    """Tell whether the content is a statement, not a thing talked about: "discussed a force" states nothing."""
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
    return bool(pieces) and pieces[0].low != "to" and (pieces[0].low == "that" or has_finite(pieces, 0, len(pieces)))


def tells_deed(text: str, attribution: Attribution) -> bool:
    """Tell whether a cue names what somebody did: its verb is listed as a deed and no clause follows."""
    return attribution.cue_lemma in word_set("deeds") and not states(text, attribution)
