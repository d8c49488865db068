"""Show what reviewers' decisions changed in this run, and which of them met nothing."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model import ArticleId, Change, Comparison
from comparer.reporting.printed import count, tidy

ACTIONS = {
    "accept": "Accepted",
    "reject": "Rejected",
    "note": "Noted",
    "take_out": "Claim taken out of its row",
    "join": "Rows joined",
    "block": "Block",
}
PLACES = 4  # places named of one decision; comparison.json has all


@dataclass(frozen=True, slots=True)
class Line:
    """Show one decision: what was done, to what, where it stands and why."""

    action: str
    what: str
    places: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Show one review file: who made it and when, what it changed, what met nothing."""

    head: str
    changes: tuple[Line, ...]
    missed: tuple[Line, ...]


def reviews(comparison: Comparison) -> tuple[ReviewView, ...]:
    """Return the reviews in the order in which they were applied."""
    outlets = {a.article.id: tidy(a.article.outlet) for a in comparison.articles}
    views = []
    for review in comparison.reviews:
        told = [review.name, review.reviewer, review.made]
        lost = f"{len(review.not_applied)} of {review.decisions} not found"
        sums = f"{count(len(review.changes), 'decision')} applied, {lost}"
        missed = tuple(Line(ACTIONS.get(m.action, m.action), m.reason, m.target, m.note) for m in review.not_applied)
        changes = tuple(_line(change, outlets) for change in review.changes)
        views.append(ReviewView(" · ".join([*(part for part in told if part), sums]), changes, missed))
    return tuple(views)


def _line(change: Change, outlets: dict[ArticleId, str]) -> Line:
    action = ACTIONS.get(change.action, change.action)
    judged = change.action in ("accept", "reject", "note")
    what = change.was if judged else f"{change.was} → {change.now}".replace("_", " ")
    named = [f"{outlets.get(p.article, p.article)} {p.span.start}–{p.span.end}" for p in change.evidence]
    rest = f" and {len(named) - PLACES} more" if len(named) > PLACES else ""
    return Line(action, what, ", ".join(named[:PLACES]) + rest, change.note)
