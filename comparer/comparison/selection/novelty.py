"""Measure what a claim holds that other texts do not, and how near another text comes to it.

In: a row and an article. Out: content stems, features by name and plain yes or no, for the findings about what is told
where. The words of headlines do not count: every claim of an event names its place and its actor. Fails where another
text says the same with wholly different words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from comparer.comparison.view import EventView
from comparer.language.words import stem
from comparer.model import EmptyCell, EmptyReason, Row, Rung, Span

LEAST_WORDS = 8  # a shorter sentence says too little alone
MOST = 2  # names and figures that count
COVERED = 0.5  # part of a claim's stems that stand in two neighbouring sentences of a text that may tell it after all
OFTEN = 3  # sentences of a text from which on a stem says nothing of which claim they tell
CLOSE = 0.05  # part by which two figures may differ and still be one, rounded
LEAST_FIGURE = 32  # smaller figures are days, ages and counts that recur by chance, and so are years
YEAR = re.compile(r"(?:19|20)\d\d")
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


def measured(event: EventView, row: Row, article: int) -> dict[str, float]:
    """Return what is measured of a row that one article alone tells.

    How near a passage of another text comes, in the reader's and in plain words; what is new in it; who is cited; where
    it stands, and whether its neighbours are told elsewhere.
    """
    spans, doc = event.claim_spans(row, article), event.docs[article]
    others = [k for k in range(len(event.docs)) if k != article]
    held = [event.sentences_with(k) for k in others]
    stems, names = content(event, article, spans), _names(event, article, spans)
    new = {form for form in stems if not any(form in forms for forms in held)}
    cells = [cell for k in others if isinstance(cell := row.cells[k], EmptyCell)]
    near = sorted((cell.near_miss.score if cell.near_miss else 0.0 for cell in cells), reverse=True)
    sourcing, quoted = event.sourced(row.id, article), _quoted(event, article, spans)
    own, at = event.once(_told_sentences)[article], event.claims(row, article)[0].sentence
    figures = [event.once(_all_figures)[id(event.docs[k])] for k in others]
    return {
        "near": near[0],
        "near_second": near[1] if len(near) > 1 else 0.0,
        "covered": max(_covered(stems, forms) for forms in held),
        "figure_near": float(any(_same_figure(_figures(stems), known) for known in figures)),
        "quoted_there": float(bool(quoted) and any(quoted <= forms.keys() for forms in held)),
        "new": len(new) / max(1, len(stems)),
        "new_names": float(min(MOST, sum(_new_name(event, key, held) for key in names))),
        "names": float(min(MOST, len(names))),
        "figures": float(min(MOST, sum(any(ch.isdigit() for ch in form) for form in new))),
        "cited": float(sourcing is not None and sourcing.rung not in UNSOURCED and sourcing.cue is not None),
        "quoted": event.quoted_share(article, spans[0]),
        "words": math.log1p(sum(len(doc.words(span)) for span in spans)),
        "broken": float(BROKEN.search(" ".join(event.text(article, span) for span in spans)) is not None),
        "headline": float(event.in_title(article, spans[0])),
        "depth": at / max(1, len(doc.sentences)),
        "length": math.log1p(len(doc.sentences)),
        "told_before": float(at - 1 in own),
        "told_after": float(at + 1 in own),
        "told": len(own) / max(1, len(doc.sentences)),
        "cut_off": sum(cell.reason is EmptyReason.TRUNCATED for cell in cells) / max(1, len(cells)),
        "before": sum(cell.reason is EmptyReason.PUBLISHED_BEFORE for cell in cells) / max(1, len(cells)),
    }


def _told_sentences(event: EventView) -> tuple[frozenset[int], ...]:
    """Return by article the sentences that stand in a row which another article tells too."""
    rows = event.shared_rows
    return tuple(
        frozenset(claim.sentence for row in rows for claim in event.claims(row, k)) for k in range(len(event.docs))
    )


def _covered(stems: frozenset[str], held: Mapping[str, Sequence[int]]) -> float:
    """Return the part of some stems that two neighbouring sentences of a text hold."""
    found = Counter(n for form in stems for n in {n for at in held.get(form, ()) for n in (at - 1, at)})
    return max(found.values(), default=0) / max(1, len(stems))


def _new_name(event: EventView, key: str, held: Sequence[Mapping[str, Sequence[int]]]) -> bool:
    """Tell whether a part of a name stands in no headline and in no other text."""
    return any(
        part not in event.headline_stems and not any(part in forms for forms in held) for part in _stems_of_key(key)
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
