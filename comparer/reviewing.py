"""Apply review files while a comparison is made: blocks first, then rows, then findings.

Composes cleaning and alignment as `pipeline` composes the stages, and remembers what became of every decision: each
ends as a change or as not applied with the reason, none is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from comparer.model import (
    Alignment,
    AppliedReview,
    Article,
    BlockDecision,
    Change,
    EventComparison,
    Finding,
    FindingDecision,
    Judgement,
    NotApplied,
    Review,
    RowDecision,
)

Decision = BlockDecision | RowDecision | FindingDecision
_Key = tuple[int, Decision]

NO_FINDING = "no finding of this comparison has that id"
NO_ARTICLE = "no article of this comparison has that id"
NO_BLOCK = "no block of the article stands at exactly those characters"


class Corrected(NamedTuple):
    """Hold the corrected rows of an event, and what the corrections did, until the event has its id."""

    alignment: Alignment
    changes: tuple[tuple[_Key, Change], ...]


class Reviewing:
    """Apply reviews in their order and remember what each decision did."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        """Remember nothing yet: until it is applied, no decision has met anything."""
        self.reviews = tuple(reviews)
        self.changes: dict[_Key, Change] = {}
        self.reasons: dict[_Key, str] = {}
        judged = [d for r in self.reviews for d in r.findings if d.judgement is not Judgement.NOTE]
        last = {d.finding: d.judgement for d in judged}  # of two files that disagree the later one counts
        self.rejected = frozenset(finding for finding, told in last.items() if told is Judgement.REJECT)

    def article(self, article: Article) -> Article:
        """Return an article with its blocks as decided."""
        from comparer.cleaning.article import with_blocks
        from comparer.cleaning.overrides import overrule_places

        for n, review in enumerate(self.reviews):
            decisions = [b for b in review.blocks if b.passage.article == article.id]
            if decisions:
                before = {block.span: str(block.kind) for block in article.blocks}
                blocks, lost = overrule_places(article.blocks, decisions)
                article = with_blocks(article, blocks)
                after = {block.span: str(block.kind) for block in blocks}
                self.reasons |= {(n, d): NO_BLOCK for d in lost}
                for d in decisions:
                    if d not in lost:
                        was, now = before[d.passage.span], after[d.passage.span]
                        self.changes[n, d] = Change("block", d.passage.place, None, (d.passage,), was, now, d.note)
        return article

    def rows(self, alignment: Alignment) -> Corrected:
        """Return the rows of one event as decided."""
        from comparer.alignment.corrections import correct_rows

        changes: list[tuple[_Key, Change]] = []
        for n, review in enumerate(self.reviews):
            alignment, made = correct_rows(alignment, review.rows)
            for d, done in zip(review.rows, made, strict=True):
                key = (n, d)
                if done.reason:
                    self.reasons[key] = min(self.reasons.get(key, done.reason), done.reason, key=_vague)
                else:
                    target = " ".join(d.rows)
                    change = Change(str(d.action), target, None, done.evidence, done.was, done.now, d.note)
                    changes.append((key, change))
        return Corrected(alignment, tuple(changes))

    def event(self, event: EventComparison, corrected: Corrected) -> EventComparison:
        """Return an event without the findings that were rejected."""
        self.changes |= {key: replace(change, event=event.id) for key, change in corrected.changes}
        found: dict[str, Finding] = {}
        for finding in event.findings:
            found.setdefault(finding.id, finding)
        for n, review in enumerate(self.reviews):
            for d in review.findings:
                if d.finding in found:
                    self.changes[n, d] = _judged(found[d.finding], d, event.id)
        if not self.rejected & found.keys():
            return event
        return replace(event, findings=tuple(f for f in event.findings if f.id not in self.rejected))

    def join(self, other: Reviewing) -> None:
        """Take in what the same reviews did in another event."""
        self.changes |= other.changes
        for key, reason in other.reasons.items():
            self.reasons[key] = min(self.reasons.get(key, reason), reason, key=_vague)

    def applied(self) -> tuple[AppliedReview, ...]:
        """Return what became of every decision, a value per review."""
        return tuple(self._applied(n, review) for n, review in enumerate(self.reviews))

    def _applied(self, n: int, review: Review) -> AppliedReview:
        decisions: tuple[Decision, ...] = (*review.findings, *review.rows, *review.blocks)
        changes = tuple(self.changes[n, d] for d in decisions if (n, d) in self.changes)
        missed = tuple(self._missed(n, d) for d in decisions if (n, d) not in self.changes)
        return AppliedReview(review.name, review.reviewer, review.made, changes, missed)

    def _missed(self, n: int, d: Decision) -> NotApplied:
        if isinstance(d, FindingDecision):
            return NotApplied(str(d.judgement), d.finding, NO_FINDING, d.note)
        reason = self.reasons.get((n, d), NO_ARTICLE)
        if isinstance(d, RowDecision):
            return NotApplied(str(d.action), " ".join(d.rows), reason, d.note)
        return NotApplied("block", d.passage.place, reason, d.note)


def _judged(finding: Finding, decision: FindingDecision, event: str) -> Change:
    rejected = finding if decision.judgement is Judgement.REJECT else None
    now = {Judgement.ACCEPT: "accepted", Judgement.REJECT: "rejected", Judgement.NOTE: "noted"}[decision.judgement]
    was = f"{finding.code}: {finding.message}"
    return Change(
        str(decision.judgement), finding.id, event, finding.evidence, was, now, decision.note, finding=rejected
    )


def _vague(reason: str) -> bool:
    """Rank reasons: that a row is not in one event says less than what went wrong in the event that has it."""
    from comparer.alignment.corrections import NO_ROW

    return reason == NO_ROW
