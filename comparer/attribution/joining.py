"""Join what the rules and the models find, so that each decides where it measures better.

In: the attributions of the rules and what the models read at each cue. Out: attributions in no order. Where both read a
cue alike the rules' spans stand, as they keep chains and sharp edges; where they differ by more than half the model's
do. Two readers are served: `best_joined` balances what is missed against what is wrong, `surest_joined` adds to the
rules only what is right as often as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comparer.attribution.kinds import source_kind
from comparer.attribution.learned import Weighed
from comparer.attribution.scan import Unit
from comparer.attribution.unowned import unowned
from comparer.model import Attribution, Manner, Span

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
    found: list[Attribution] = []
    for number, rule in enumerate(rules):
        weighed = best.get(number)
        if rule.cue is not None and (weighed is None or weighed.confidence >= LEAST_OF_RULE):
            told = _chosen(rule, weighed, [other for other in rules if other is not rule and other.cue])
            found.append(_spoken(text, told, weighed.hinted if weighed else None))
    speakers = [span for a in found for span in (a.source, *(link.span for link in a.via)) if span is not None]
    for weighed in read:
        second = weighed.rule is not None
        added = weighed.attribution
        if (second and weighed in best.values()) or any(c.overlaps(s) for c in added.content for s in speakers):
            continue
        told = _spoken(text, added, weighed.hinted)
        if weighed.confidence >= _least(text, told) + SECOND * second and not weighed.unsaid:
            found.append(told)
    for carried in (rule for rule in rules if rule.cue is None):
        if not any(_shares(carried, other) for other in found):
            found.append(carried)
    return [*found, *unowned(text, units, found)]


def surest_joined(rules: Sequence[Attribution], read: Sequence[Weighed]) -> list[Attribution]:
    """Return all that the rules found, and what the models are sure of beside it."""
    taken = [part for rule in rules for part in rule.content]
    frames = [span for rule in rules for span in _frame(rule)]
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
        apart = not any(part.overlaps(other) for part in (*added.content, *_frame(added)) for other in taken)
        if apart and not any(part.overlaps(other) for part in added.content for other in frames):
            found.append(added)
            taken += added.content
    return found


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


def _chosen(rule: Attribution, weighed: Weighed | None, others: Sequence[Attribution]) -> Attribution:
    """Return the rules' attribution, with the model's spans where they differ by more than half.

    The model's never stand where they would take in the next speaker's words.
    """
    if weighed is None or rule.via or _alike(rule.content, weighed.attribution.content):
        return rule
    model = weighed.attribution
    if any(_shares(model, other) for other in others):
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


def _shares(carried: Attribution, other: Attribution) -> bool:
    return any(a.overlaps(b) for a in carried.content for b in other.content)
