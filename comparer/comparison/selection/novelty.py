"""Say what a claim holds that other texts do not, and whether another text tells it after all in its own words.

In: a row and an article. Out: content stems, weights and plain yes or no, for the findings about what is told where.
The words of headlines do not count: every claim of an event names its place and its actor. Fails where another text
says the same with wholly different words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from comparer.comparison.view import EventView
from comparer.language.words import stem
from comparer.model import EmptyCell, Row, Rung, Span

LEAST_WORDS = 8  # a shorter sentence says too little alone
COVERED = 0.5  # part of a claim's stems that stand in two neighbouring sentences of a text that may tell it after all
OFTEN = 3  # sentences of a text from which on a stem says nothing of which claim they tell
FAINT = 0.15  # probability of a near miss up to which two claims share a word or two and no more,
FRESH = 0.5  # where this part of the words stands nowhere in the other text
CLOSE = 0.05  # part by which two figures may differ and still be one, rounded
LEAST_FIGURE = 32  # smaller figures are days, ages and counts that recur by chance, and so are years
YEAR = re.compile(r"(?:19|20)\d\d")
NAME, FIGURE, CITED, WORD = 6, 4, 12, 2  # weights: a checkable detail above a word,
MOST_NAMES, MOST_FIGURES, MOST_WORDS = 2, 2, 8  # and how many of each count
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
BROKEN = re.compile(r"(?:\W[A-Z]\.|\?)[”’\"']*$|^(?:[A-Z]\.|[a-z])")
"""A question, or a sentence that was cut at an initial ("Sen. Ida Lund, R-S."), says too little alone."""


def content(event: EventView, article: int, spans: Iterable[Span]) -> frozenset[str]:
    """Return the content stems of some spans of an article, figures included, words of headlines left out."""
    return event.docs[article].stems_of(spans) - event.headline_stems


def may_tell(event: EventView, article: int, stems: frozenset[str]) -> bool:
    """Tell whether two neighbouring sentences of an article hold so many of a claim's stems that it may tell it.

    Stems that the article prints all the time ("union", "said") do not count; a figure that is nearly its own does.
    """
    held = event.sentences_with(article)
    if _same_figure(_figures(stems), event.once(_all_figures)[id(event.docs[article])]):
        return True
    rare = {form for form in stems - event.headline_stems if len(held.get(form, ())) < OFTEN}
    if not rare:
        return True
    found = Counter(k for form in rare for k in {n for at in held.get(form, ()) for n in (at - 1, at)})
    return any(count >= COVERED * len(rare) for count in found.values())


def told_elsewhere(event: EventView, row: Row, article: int, *, other: int) -> bool:
    """Tell whether another text tells, or may tell, what a row told by one article holds.

    A near miss of the alignment may be another claim in some of the same words: it is, where most words are new and
    no name is shared. A figure or all quoted words in the other text speak against it in any case.
    """
    cell = row.cells[other]
    if not isinstance(cell, EmptyCell):
        return True
    spans = event.claim_spans(row, article)
    stems = content(event, article, spans)
    theirs = event.sentences_with(other).keys()
    quoted = _quoted(event, article, spans)
    if quoted and quoted <= theirs:
        return True
    if cell.near_miss is not None:
        near = cell.near_miss.claim.passage.span
        faint = cell.near_miss.score <= FAINT and len(stems - theirs) >= FRESH * len(stems)
        if not faint or _names(event, article, spans) & _names(event, other, (near,)):
            return True
    return may_tell(event, other, stems)


def news(event: EventView, row: Row, article: int) -> int:
    """Weigh what a row told by one article adds to the others: names, figures, a source, words; 0 for too little."""
    spans = event.claim_spans(row, article)
    printed = " ".join(event.text(article, span) for span in spans)
    short = sum(len(event.docs[article].words(span)) for span in spans) < LEAST_WORDS
    if short or BROKEN.search(printed) or event.in_title(article, spans[0]):
        return 0
    others = [event.sentences_with(k) for k in range(len(event.analysed)) if k != article]
    new = {form for form in content(event, article, spans) if not any(form in held for held in others)}
    names = [
        key
        for key in _names(event, article, spans)
        if not all(part in event.headline_stems or any(part in held for held in others) for part in _stems_of_key(key))
    ]
    figures = sum(any(ch.isdigit() for ch in form) for form in new)
    sourcing = event.sourced(row.id, article)
    cited = sourcing is not None and sourcing.rung not in UNSOURCED and sourcing.cue is not None
    return (
        NAME * min(MOST_NAMES, len(names))
        + FIGURE * min(MOST_FIGURES, figures)
        + CITED * cited
        + WORD * min(MOST_WORDS, len(new))
    )


def _quoted(event: EventView, article: int, spans: Iterable[Span]) -> frozenset[str]:
    """Return the content stems that stand inside quotation marks within the spans."""
    inside = ((span, q.content) for span in spans for q in event.analysed[article].quotations_at.touching(span))
    parts = (Span(max(s.start, q.start), min(s.end, q.end)) for s, q in inside if s.overlaps(q))
    return content(event, article, parts)


def _names(event: EventView, article: int, spans: Iterable[Span]) -> frozenset[str]:
    """Return the keys of the names printed in the spans, those of headlines left out."""
    keys = {name.key for span in spans for name in event.analysed[article].names_at.inside(span)}
    return frozenset(key for key in keys if not _stems_of_key(key) <= event.headline_stems)


def _stems_of_key(key: str) -> set[str]:
    return {stem(part) for part in key.split()}


def _same_figure(left: Sequence[float], right: Sequence[float]) -> bool:
    """Tell whether two texts print nearly the same figure, years and small ones apart."""
    return any(abs(a - b) <= CLOSE * max(a, b) for a in left for b in right)


def _all_figures(event: EventView) -> dict[int, tuple[float, ...]]:
    """Return the figures of each text, by its doc."""
    return {id(doc): _figures(event.sentences_with(k)) for k, doc in enumerate(event.docs)}


def _figures(stems: Iterable[str]) -> tuple[float, ...]:
    plain = (form.replace(",", "") for form in stems if not YEAR.fullmatch(form))
    found = (float(form) for form in plain if re.fullmatch(r"\d+(?:\.\d+)?", form))
    return tuple(value for value in found if value >= LEAST_FIGURE)
