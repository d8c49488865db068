"""Say what stands behind the report: how well each detector is measured, and what reviewers' decisions changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from comparer.model import Article, ArticleId, Change, Comparison
from comparer.reporting.words import FAMILIES, SAID, clip, count, tidy
from comparer.resources.measured import Measure, corpora, measures


class Figure(NamedTuple):
    """Show one figure: the corpus, what was counted and how, the outcome with its counts."""

    corpus: str
    counted: str
    outcome: str
    learned: bool


class Detector(NamedTuple):
    """Show one detector with its figures and known failures."""

    name: str
    figures: tuple[Figure, ...]
    failures: str


def validation() -> tuple[Detector, ...]:
    """Return the detectors in the order of the report: stages first, then families of findings.

    >>> [d.name for d in validation()][:2]
    ['Events', 'Page ledger']
    """
    order = [*SAID["stages"], *FAMILIES]
    kept = sorted((m for m in measures() if m.detector in order), key=lambda m: order.index(m.detector))
    return tuple(
        Detector(_name(key), tuple(_figure(m) for m in found), SAID["failures"][key])
        for key, found in groupby(kept, key=lambda m: m.detector)
    )


def _name(detector: str) -> str:
    return SAID["stages"].get(detector) or f"{detector} {FAMILIES[detector].lower()}"


def _figure(measure: Measure) -> Figure:
    corpus = next(c for c in corpora() if c.key == measure.corpus)
    counted = f"{measure.counted}, {measure.setting}" if measure.setting else measure.counted
    return Figure(corpus.name, counted, _outcome(measure), corpus.learned)


def _outcome(measure: Measure) -> str:
    """Write counts where there are some, else rates with what they rest on."""
    if measure.average_precision is not None:
        return f"average precision {measure.average_precision:.2f} ({measure.found} of {measure.of})"
    if measure.auc is not None:
        return f"AUC {measure.auc:.2f}, chance .50 ({measure.found} of {measure.of} {measure.unit})"
    if measure.found is not None:
        return f"{measure.found} of {measure.of}"
    rates = f"precision {measure.precision:.2f}, recall {measure.recall:.2f}, F1 {measure.f1:.2f}"
    return f"{rates} ({measure.of} {measure.unit})"


WORDS = 60  # characters of a claim that name it
PLACES = 4  # places named of one decision; comparison.json has all


class Line(NamedTuple):
    """Show one decision: what was done, to what (or to which `printed` words), where it stands and why."""

    action: str
    what: str
    printed: tuple[str, ...]
    places: str
    note: str


class ReviewView(NamedTuple):
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
            Line(SAID["actions"].get(m.action, m.action), m.reason, (), m.target, m.note) for m in review.not_applied
        )
        changes = tuple(_line(change, articles) for change in review.changes)
        views.append(ReviewView(" · ".join([*(part for part in told if part), sums]), changes, missed))
    return tuple(views)


def _line(change: Change, articles: Mapping[ArticleId, Article]) -> Line:
    """Show a change; corrected rows by their words, since a row's number is another in every run."""
    action = SAID["actions"].get(change.action, change.action)
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
