"""Tell where one outlet ascribes a statement to a source and another prints it in its own voice.

In: two sides that state one thing. Out: whether a side surely speaks for itself. No in every doubtful case: where the
bare words or the sentence before cite anybody, where a document was cited just before and may still be retold, where
they may be a quotation. Fails where a source stands farther back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from comparer.attribution.words import Shape, verb_forms
from comparer.comparison.same import stems_of
from comparer.comparison.sourcing.ladder import ACTS
from comparer.comparison.sourcing.occasions import CARRIED, Cited, accused
from comparer.comparison.view import EventView
from comparer.comparison.voices import quotation_over
from comparer.comparison.words import any_of
from comparer.model import Act, AnalysedArticle, Attribution, Manner, Rung, SourceKind, Span

TAG = re.compile(
    r"\b(?:according to|(?!(?:so|now|and|but|or|like|all|is|was|than|such|given|provided|in)\b)\w+ that"
    r" (?:the|an?|its?|he|she|they|there|no|his|her|their|we|such|at|in|on|some|many|any|all))\b"
)
"""Words that show that a sentence cites somebody even where the reader found no attribution in it."""
REFERS = re.compile(r"\W*(?:That|This|Those|These|Such)\b")
"""What opens a sentence that goes on about something told before, be it by whom it may."""
CITES = any_of("citing", flags=re.NOFLAG)
"""Words in the bare sentence itself by which somebody else speaks or refers, without a report of words."""
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us)\b|[“”\"]\s*$|^\s*[“”\"]")
MOSTLY_QUOTED = 0.3  # part of a sentence in quotation marks from which it is no longer the outlet's own
TELLING = frozenset({"clause", "thatclause"})
FEWEST_WORDS = 6  # a shorter sentence states too little to be compared
BEFORE = 3  # sentences over which what a document says may go on without being cited again


def in_own_voice(event: EventView, side: Cited) -> bool:
    """Tell whether a side surely prints its statement as the outlet's own."""
    text = event.text(side.article, side.span)
    if len(text.split()) < FEWEST_WORDS or text.rstrip(" ”\"'’").endswith("?"):
        return False
    own = side.sourcing.rung is Rung.OWN_VOICE and side.attribution is None and not side.unsure and not side.headline
    return own and not _spoken_words(event, side) and _stands_alone(event, side)


def hearsay(event: EventView, side: Cited, stems: frozenset[str]) -> Cited | None:
    """Return a side that passes the shared words on as hearsay or as an accusation, with the words that do; or None."""
    if side.unsure or side.attribution is not None or side.headline:
        return None
    cue = side.sourcing.cue if side.sourcing.rung is Rung.REPORTEDLY else None
    if cue is not None:
        return side
    at = event.docs[side.article].once(accused, side.span)
    if at is None:
        return None
    inside = stems_of(event, side.article, [Span(at.end, side.span.end)])
    if len(stems & inside) < CARRIED * len(stems):
        return None
    sourcing = replace(side.sourcing, rung=Rung.REPORTEDLY, cue=event.passage(side.article, at))
    return side._replace(sourcing=sourcing)


def _spoken_words(event: EventView, side: Cited) -> bool:
    """Tell whether a sentence is, or may be, part of a quotation: marks in it, or a speaker who says "I" or "we"."""
    text = event.text(side.article, side.span)
    if event.quoted_share(side.article, side.span) >= MOSTLY_QUOTED or FIRST_PERSON.search(text) is not None:
        return True
    return quotation_over(event.analysed[side.article], side.span) is not None


def _stands_alone(event: EventView, side: Cited) -> bool:
    """Tell whether nothing in a statement's sentence ascribes it to somebody, and nothing before carries over to it."""
    analysed = event.analysed[side.article]
    own = analysed.sentences_at.touching(side.span)
    if not own:
        return True
    inside = [sentence.span for sentence in own]
    printed = [event.text(side.article, place) for place in inside]
    if REFERS.match(printed[0]) or any(CITES.search(sentence) or _may_cite(sentence) for sentence in printed):
        return False
    if any(analysed.attributions_at.touching(place) for place in inside):
        return False
    before = [s.span for s in analysed.sentences[max(0, own[0].index - BEFORE) : own[0].index]]
    return not _carries_over(event, side.article, [s for s in before if not event.in_title(side.article, s)])


def _carries_over(event: EventView, article: int, before: Sequence[Span]) -> bool:
    """Tell whether what the sentences before cite may go on: a document, or in the last one anybody retold."""
    analysed = event.analysed[article]
    if any(_of_a_document(a) for place in before for a in _speech(analysed, place)):
        return True
    last = [(place, _speech(analysed, place)) for place in before[-1:]]
    if any(a.manner is not Manner.DIRECT for _, said in last for a in said):
        return True
    return any(not said and _may_cite(event.text(article, place), participles=False) for place, said in last)


def _may_cite(sentence: str, *, participles: bool = True) -> bool:
    """Tell whether a sentence holds words by which somebody may be cited, be they verbs of saying or not."""
    found = re.findall(r"[^\W\d_]+(?! by\b)", sentence.casefold())
    tells = _tells(Shape.PAST, Shape.PRESENT, *([Shape.ING] if participles else []))
    return TAG.search(sentence) is not None or any(word in tells for word in found)


@cache
def _tells(*shapes: Shape) -> frozenset[str]:
    """Return the forms of verbs that are followed by a statement."""
    forms = ((form, v) for form, v in verb_forms().items() if v.shapes & {*shapes})
    return frozenset(
        form
        for form, v in forms
        if any(r.act is Act.SPEECH and r.takes & TELLING and not r.rest and r.lemma not in ACTS for r in v.readings)
    )


def _speech(analysed: AnalysedArticle, place: Span) -> list[Attribution]:
    return [a for a in analysed.attributions_at.touching(place) if a.act is Act.SPEECH]


def _of_a_document(said: Attribution) -> bool:
    return SourceKind.DOCUMENT in {said.source_kind, said.resolved_kind} or said.cue_lemma == "according to"
