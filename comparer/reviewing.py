"""Apply review files while a comparison is made, and write what a person decides of a page into the file beside it.

Composes cleaning and alignment as `pipeline` composes the stages: blocks first, then rows, then findings. Remembers
what became of every decision: each ends as a change or as not applied with the reason, none is passed over. The file
beside a page holds kinds of lines, whose the page is and its day; `inputs` honours it in every later run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from comparer.errors import UnreadableInputError
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
    PageDecision,
    Review,
    RowDecision,
)

Decision = BlockDecision | RowDecision | FindingDecision
_Key = tuple[int, Decision]

AUTO = "auto"  # the verdict that leaves a line to the cleaner again
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
            if not decisions:
                continue
            before = {block.span: str(block.kind) for block in article.blocks}
            blocks, lost = overrule_places(article.blocks, decisions)
            article = with_blocks(article, blocks)
            after = {block.span: str(block.kind) for block in blocks}
            self.reasons |= {(n, d): NO_BLOCK for d in lost}
            for d in (d for d in decisions if d not in lost):
                place = d.passage.span
                self.changes[n, d] = Change(*_named(d), None, (d.passage,), before[place], after[place], d.note)
        return article

    def rows(self, alignment: Alignment) -> Corrected:
        """Return the rows of one event as decided."""
        from comparer.alignment.corrections import correct_rows

        changes: list[tuple[_Key, Change]] = []
        for n, review in enumerate(self.reviews):
            alignment, made = correct_rows(alignment, review.rows)
            for d, done in zip(review.rows, made, strict=True):
                if done.reason:
                    self._miss((n, d), done.reason)
                else:
                    changes.append(((n, d), Change(*_named(d), None, done.evidence, done.was, done.now, d.note)))
        return Corrected(alignment, tuple(changes))

    def event(self, event: EventComparison, corrected: Corrected) -> EventComparison:
        """Return an event without the findings that were rejected."""
        self.changes |= {key: replace(change, event=event.id) for key, change in corrected.changes}
        found = {finding.id: finding for finding in reversed(event.findings)}  # the first of an id counts
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
            self._miss(key, reason)

    def applied(self) -> tuple[AppliedReview, ...]:
        """Return what became of every decision, a value per review."""
        return tuple(self._applied(n, review) for n, review in enumerate(self.reviews))

    def _applied(self, n: int, review: Review) -> AppliedReview:
        decisions: tuple[Decision, ...] = (*review.findings, *review.rows, *review.blocks)
        changes: list[Change] = []
        missed: list[NotApplied] = []
        for d in decisions:
            if (n, d) in self.changes:
                changes.append(self.changes[n, d])
            else:
                unmet = NO_FINDING if isinstance(d, FindingDecision) else NO_ARTICLE
                missed.append(NotApplied(*_named(d), self.reasons.get((n, d), unmet), d.note))
        return AppliedReview(review.name, review.reviewer, review.made, tuple(changes), tuple(missed))

    def _miss(self, key: _Key, reason: str) -> None:
        """Keep why a decision met nothing: that a row is not in one event says less than what went wrong in its own."""
        from comparer.alignment.corrections import NO_ROW

        if self.reasons.get(key, NO_ROW) == NO_ROW:
            self.reasons[key] = reason


def _named(decision: Decision) -> tuple[str, str]:
    """Return what a decision wants done, and to what."""
    if isinstance(decision, FindingDecision):
        return str(decision.judgement), decision.finding
    if isinstance(decision, RowDecision):
        return str(decision.action), " ".join(decision.rows)
    return "block", decision.passage.place


def _judged(finding: Finding, decision: FindingDecision, event: str) -> Change:
    rejected = finding if decision.judgement is Judgement.REJECT else None
    now = {Judgement.ACCEPT: "accepted", Judgement.REJECT: "rejected", Judgement.NOTE: "noted"}[decision.judgement]
    was = f"{finding.code}: {finding.message}"
    return Change(*_named(decision), event, finding.evidence, was, now, decision.note, finding=rejected)


def decide(source: str | Path, wanted: Sequence[tuple[int, str]], *, note: str = "") -> Path:
    """Set decisions of a reviewer, as (line, verdict), in the file beside a page, and return that file's path.

    The verdict "auto" takes a line's decision back. Decisions about other lines and pages stay.

    Raises:
        UnreadableInputError: where the page cannot be read, no block begins on a line, or the file is malformed.
        OSError: where the file cannot be written.
    """
    from comparer.cleaning.article import article_from
    from comparer.cleaning.overrides import decisions_on
    from comparer.exporting.files import review_toml, write_file
    from comparer.reading.formats import read_path
    from comparer.reading.user_files import REVIEW_FILE, read_page_decisions, read_review

    path = Path(source)
    file, article = path.parent / REVIEW_FILE, article_from(read_path(path))
    pages = read_page_decisions(path.parent)
    told = {(path.name, line) for line, _ in wanted}
    decisions = [d for d in read_review(path.parent) if (d.page, d.line) not in told]
    for line, verdict in wanted:
        new = decisions_on(article.text, article.blocks, page=path.name, line=line, verdict=verdict, note=note)
        if not new:
            where = f"no block begins on line {line}. `comparer flag` numbers the lines."
            raise UnreadableInputError(f"{path.name}: {where}")
        decisions += () if verdict == AUTO else new
    write_file(file, review_toml(decisions, pages))
    return file


def tell(source: Path, *, outlet: str, published: str) -> None:
    """Write whose a page is and its day in the file beside it, empty for what it says itself.

    Raises:
        UnreadableInputError: where the day is none, or the file is malformed.
        OSError: where the file cannot be written.
    """
    from comparer.exporting.files import review_toml, write_file
    from comparer.reading.metadata import iso_date
    from comparer.reading.user_files import REVIEW_FILE, read_page_decisions, read_review

    if published and not iso_date(published):
        raise UnreadableInputError(f"{published[:40]} is no day. Write it like 2026-03-05.")
    told = [page for page in read_page_decisions(source.parent) if page.page != source.name]
    told += [PageDecision(source.name, outlet, published)] if outlet or published else []
    write_file(source.parent / REVIEW_FILE, review_toml(read_review(source.parent), told))
