"""Show what reviewers' decisions changed in this run, and which of them met nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comparer.model import Article, ArticleId, Change, Comparison
from comparer.reporting.printed import clip, count, tidy

ACTIONS = {
    "accept": "Accepted",
    "reject": "Rejected",
    "note": "Noted",
    "take_out": "Claim taken out of its row",
    "join": "Rows joined",
    "block": "Block",
}
WORDS = 60  # characters of a claim that name it
PLACES = 4  # places named of one decision; comparison.json has all


@dataclass(frozen=True, slots=True)
class Line:
    """Show one decision: what was done, to what (or to which `printed` words), where it stands and why."""

    action: str
    what: str
    printed: tuple[str, ...]
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
    articles = {a.article.id: a.article for a in comparison.articles}
    views = []
    for review in comparison.reviews:
        told = [review.name, review.reviewer, review.made]
        lost = f"{len(review.not_applied)} of {review.decisions} not found"
        sums = f"{count(len(review.changes), 'decision')} applied, {lost}"
        missed = tuple(
            Line(ACTIONS.get(m.action, m.action), m.reason, (), m.target, m.note) for m in review.not_applied
        )
        changes = tuple(_line(change, articles) for change in review.changes)
        views.append(ReviewView(" · ".join([*(part for part in told if part), sums]), changes, missed))
    return tuple(views)


def _line(change: Change, articles: Mapping[ArticleId, Article]) -> Line:
    """Show a change; corrected rows by their words, since a row's number is another in every run."""
    action = ACTIONS.get(change.action, change.action)
    places = [(articles[p.article], p.span) for p in change.evidence if p.article in articles]
    named = [f"{tidy(article.outlet)} {span.start}–{span.end}" for article, span in places]
    rest = f" and {len(named) - PLACES} more" if len(named) > PLACES else ""
    where = ", ".join(named[:PLACES]) + rest
    if change.action in ("take_out", "join"):
        printed = tuple(clip(span.of(article.text), WORDS) for article, span in places[:PLACES])
        return Line(action, "", printed, where, change.note)
    judged = change.action in ("accept", "reject", "note")
    what = change.was if judged else f"{change.was} → {change.now}".replace("_", " ")
    return Line(action, what, (), where, change.note)
