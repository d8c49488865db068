"""Say what stands behind the report: how well each detector is measured, and what reviewers' decisions changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from comparer.model import Article, ArticleId, Change, Comparison
from comparer.reporting.context import View
from comparer.reporting.words import FAMILIES, SAID, clip, count, tidy
from comparer.resources.rules import Measure, corpora, measures


def validation() -> list[View]:
    """Return the detectors with figures and known failures, in the report's order: stages, then families of findings.

    >>> [d["name"] for d in validation()][:2]
    ['Events', 'Page ledger']
    """
    order = [*SAID["stages"], *FAMILIES]
    kept = sorted((m for m in measures() if m.detector in order), key=lambda m: order.index(m.detector))
    return [
        {"name": _name(key), "figures": [_figure(m) for m in found], "failures": SAID["failures"][key]}
        for key, found in groupby(kept, key=lambda m: m.detector)
    ]


def _name(detector: str) -> str:
    return SAID["stages"].get(detector) or f"{detector} {FAMILIES[detector].lower()}"


def _figure(measure: Measure) -> View:
    """Show one figure: the corpus, what was counted and how, the outcome with its counts."""
    corpus = next(c for c in corpora() if c.key == measure.corpus)
    counted = f"{measure.counted}, {measure.setting}" if measure.setting else measure.counted
    return {"corpus": corpus, "counted": counted, "outcome": _outcome(measure)}


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


def reviews(comparison: Comparison) -> list[View]:
    """Return the reviews in the order in which they were applied: who made each, what it changed, what met nothing."""
    articles = {a.article.id: a.article for a in comparison.articles}
    views = []
    for review in comparison.reviews:
        told = [review.name, review.reviewer, review.made]
        lost = f"{len(review.not_applied)} of {review.decisions} not found"
        sums = f"{count(len(review.changes), 'decision')} applied, {lost}"
        views.append(
            {
                "head": " · ".join([*(part for part in told if part), sums]),
                "changes": [_line(change, articles) for change in review.changes],
                "missed": [{"action": _action(m.action), "told": m} for m in review.not_applied],
            }
        )
    return views


def _line(change: Change, articles: Mapping[ArticleId, Article]) -> View:
    """Show a change; corrected rows by their words, since a row's number is another in every run."""
    places = [(articles[p.article], p.span) for p in change.evidence if p.article in articles]
    named = [f"{tidy(article.outlet)} {span.start}–{span.end}" for article, span in places]
    rest = f" and {len(named) - PLACES} more" if len(named) > PLACES else ""
    what, printed = "", []
    if change.action in ("take_out", "join"):
        printed = [clip(span.of(article.text), WORDS) for article, span in places[:PLACES]]
    elif change.action in ("accept", "reject", "note"):
        what = change.was
    else:
        what = f"{change.was} → {change.now}".replace("_", " ")
    where = ", ".join(named[:PLACES]) + rest
    return {"action": _action(change.action), "what": what, "printed": printed, "places": where, "note": change.note}


def _action(name: str) -> str:
    return str(SAID["actions"].get(name, name))
