"""Tell where one outlet ascribes a statement to a source and another prints it in its own voice.

In: one occasion. Out: the sides that do either. No in every doubtful case: where figures differ, where the bare words
or the sentence before cite anybody, where they may be a quotation. Fails where a source stands two sentences earlier.
"""

from __future__ import annotations

import re

from comparer.comparison.occasions import Cited, Occasion, carried, shared_content
from comparer.comparison.sources_apart import UNSOURCED, says
from comparer.comparison.view import EventView
from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import Act, Relation, Span

TAG = re.compile(
    r"\b(?:said|says|according to|told|affirmed|announced|reported|claimed|claims|insisted|argued|warned|added|wrote"
    r"|stated|conceded|admitted|confirmed|alleged|testified|explained|acknowledged)\b"
)
"""Words that show that a sentence cites somebody even where the reader found no attribution in it."""

CITES = re.compile(r"\b(?:say|insists?|argues?|objects?|den(?:y|ies|ied)|points? (?:out )?to|cit(?:es|ed|ing))\b")
"""Verbs in the bare sentence itself by which somebody else speaks or refers, without a report of words."""

FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)*")  # years apart
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us)\b|[“”\"]\s*$|^\s*[“”\"]")
QUOTED = 0.3  # part of a sentence in quotation marks from which it is no longer the outlet's own
SAME_STATEMENT = 0.4  # content words the sides share at least, before attribution is compared with own voice
SHARED_WORDS = 4  # of them at least this many,
CARRIED = 0.6  # and this part of them inside what is attributed
SURE = 0.6  # confidence of a row before its sources are compared,
UNSURE = 0.5  # or this where two sides print nearly the same words
NEARLY_SAME = 0.8


def own_voice_sides(event: EventView, occasion: Occasion) -> tuple[tuple[Cited, ...], tuple[Cited, ...]]:
    """Return the sides that ascribe the statement and those that print it as their own; both empty where unsure."""
    if occasion.quoted:
        return (), ()
    told = [s for s in occasion.sides if says(s)]
    bare = [
        s
        for s in occasion.sides
        if s.sourcing.rung in UNSOURCED and not s.headline and not _spoken_words(event, s) and _stands_alone(event, s)
    ]
    told_kept: list[Cited] = []
    bare_kept: list[Cited] = []
    for left in told:
        for right in bare:
            stems = shared_content(event, left, right)
            verbatim = occasion.row and event.relation(occasion.row, left.article, right.article) is Relation.VERBATIM
            if occasion.confidence < UNSURE and not _shared_figure(event, left, right):
                continue
            if verbatim and event.quoted_share(left.article, left.span) >= QUOTED:
                continue  # a quotation whose marks were lost in one page
            sure = occasion.confidence >= SURE or _shared_figure(event, left, right)
            least = SAME_STATEMENT if sure else NEARLY_SAME
            alike = len(stems) >= SHARED_WORDS and _share(event, left, right, stems) >= least
            if alike and _same_figures(event, left, right) and carried(event, left, stems) >= CARRIED:
                told_kept += [left] if left not in told_kept else []
                bare_kept += [right] if right not in bare_kept else []
    return tuple(told_kept), tuple(bare_kept)


def _share(event: EventView, left: Cited, right: Cited, stems: frozenset[str]) -> float:
    """Return the part (0..1) of the shorter side's content words that both print; words of headlines do not count.

    What every claim of an event names, its place and its actor, says nothing of whether two claims are one.
    """
    common = _headline_stems(event)
    own = [_stems(event, side.article, side.span) - common for side in (left, right)]
    return len(stems - common) / max(1, min(len(words) for words in own))


def _headline_stems(event: EventView) -> frozenset[str]:
    titles = [(k, span) for k in range(len(event.analysed)) if (span := event.title_span(k)) is not None]
    found = [_stems(event, article, span) for article, span in titles]
    return frozenset(form for k, one in enumerate(found) for form in one if any(form in o for o in found[k + 1 :]))


def _stems(event: EventView, article: int, span: Span) -> frozenset[str]:
    text = event.analysed[article].article.text
    return frozenset(stem(w.form) for w in words(text, span) if w.form not in STOP_WORDS)


def _shared_figure(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two statements print a figure of two digits or more alike, which is seldom chance."""
    figures = [{f for f in FIGURE.findall(event.text(s.article, s.span)) if len(f) > 1} for s in (left, right)]
    return bool(figures[0] & figures[1])


def _same_figures(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two statements share a figure, or one of them has none: other figures are another statement."""
    figures = [set(FIGURE.findall(event.text(s.article, s.span))) for s in (left, right)]
    return not all(figures) or bool(figures[0] & figures[1])


def _spoken_words(event: EventView, side: Cited) -> bool:
    """Tell whether a sentence is, or may be, part of a quotation: marks in it, or a speaker who says "I" or "we"."""
    text = event.text(side.article, side.span)
    return event.quoted_share(side.article, side.span) >= QUOTED or FIRST_PERSON.search(text) is not None


def _stands_alone(event: EventView, side: Cited) -> bool:
    """Tell whether nothing in or just before a statement's sentence ascribes it to somebody."""
    analysed = event.analysed[side.article]
    own = [k for k, s in enumerate(analysed.sentences) if s.span.overlaps(side.span)]
    if not own:
        return True
    inside = [analysed.sentences[k].span for k in sorted({own[0], own[-1]})]
    if any(place.overlaps(a.extent) for a in analysed.attributions for place in inside):
        return False
    near = {own[0], own[-1]}
    before = own[0] - 1
    if before >= 0 and analysed.sentences[before].block == analysed.sentences[own[0]].block:
        near.add(before)
    places = [analysed.sentences[k].span for k in sorted(near)]
    if any(a.act is Act.SPEECH and any(p.overlaps(a.extent) for p in places) for a in analysed.attributions):
        return False
    if any(CITES.search(event.text(side.article, place)) for place in inside):
        return False
    return not any(TAG.search(event.text(side.article, place)) for place in places)
