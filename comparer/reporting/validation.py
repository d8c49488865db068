"""Lay out how well each detector is measured: corpus, what was counted, how it came out, what is known to fail."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from comparer.reporting.labels import FAMILIES
from comparer.resources.measured import Measure, corpora, measures

_STAGES = {
    "grouping": "Events",
    "cleaning": "Page ledger",
    "attribution": "Who says what",
    "alignment": "Rows of claims",
    "reuse": "Shared text",
}
# What readers of reports met; each is described on the pages of the codes it touches.
_FAILURES = {
    "grouping": "Short teasers on one topic are joined or parted wrongly; undated follow-ups join the first report.",
    "cleaning": "Live blogs with entries of one sentence; short menu entries between paragraphs taken for subheadings.",
    "attribution": "Indirect speech is found half as often as direct; women, groups, roles less than men.",
    "alignment": "A general sentence stands beside a particular one; a claim told in other words is missed.",
    "reuse": "A machine translation of one agency text shares no words, so that its origin is not seen.",
    "F": "Two amounts of different things in one sentence; names in an unusual order.",
    "Q": "A quotation that runs over several paragraphs; words that one outlet only reports.",
    "A": "A source named two or more sentences earlier; a pronoun after two speakers.",
    "M": "A condition that stands two sentences away.",
    "W": "Irony, and every word outside the lists.",
    "S": "A claim told in quite other words counts as printed by one outlet only.",
    "R": "A passage that two outlets took from one speech or document.",
    "B": "It depends on how the blocks of the page are typed.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Show one figure: the corpus, what was counted and how, the outcome with its counts."""

    corpus: str
    counted: str
    outcome: str
    learned: bool


@dataclass(frozen=True, slots=True)
class Detector:
    """Show one detector with its figures and known failures."""

    name: str
    figures: tuple[Figure, ...]
    failures: str


def validation() -> tuple[Detector, ...]:
    """Return the detectors in the order of the report: stages first, then families of findings.

    >>> [d.name for d in validation()][:2]
    ['Events', 'Page ledger']
    """
    order = [*_STAGES, *FAMILIES]
    kept = sorted((m for m in measures() if m.detector in order), key=lambda m: order.index(m.detector))
    return tuple(
        Detector(_name(key), tuple(_figure(m) for m in found), _FAILURES[key])
        for key, found in groupby(kept, key=lambda m: m.detector)
    )


def _name(detector: str) -> str:
    return _STAGES.get(detector) or f"{detector} {FAMILIES[detector].lower()}"


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
