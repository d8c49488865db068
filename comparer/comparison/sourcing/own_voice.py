"""Tell where one outlet ascribes a statement to a source and another prints it in its own voice.

In: two sides that state one thing. Out: whether a side surely speaks for itself. No in every doubtful case: where the
bare words or the sentence before cite anybody, where a document was cited just before and may still be retold, where
they may be a quotation. Fails where a source stands farther back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from comparer.attribution.words import Shape, verb_forms
from comparer.comparison.same import stems_of
from comparer.comparison.sourcing.ladder import ACTS
from comparer.comparison.sourcing.occasions import CARRIED, Cited
from comparer.comparison.view import EventView
from comparer.comparison.voices import quotation_over
from comparer.comparison.words import any_of
from comparer.language.names import name_key, same_name
from comparer.model import Act, AnalysedArticle, Attribution, Manner, Rate, Rung, Source, SourceKind, Span

TAG = re.compile(
    r"\b(?:according to|(?!(?:so|now|and|but|or|like|all|is|was|than|such|given|provided|in)\b)\w+ that"
    r" (?:the|an?|its?|he|she|they|there|no|his|her|their|we|such|at|in|on|some|many|any|all))\b"
)
"""Words that show that a sentence cites somebody even where the reader found no attribution in it."""
REFERS = re.compile(r"\W*(?:That|This|Those|These|Such)\b")
"""What opens a sentence that goes on about something told before, be it by whom it may."""
CITES = any_of("citing", flags=re.NOFLAG)
"""Words in the bare sentence itself by which somebody else speaks or refers, without a report of words."""
ACCUSED = re.compile(
    r"\b(?:(?:was|were|is|are|been|stands?) (?:also )?(?:accused|suspected) of|(?:to|on|of|with) charges? (?:that|of)"
    r"|(?:allegations?|accusations?|charges) (?:that|of)|(?:is|are|was|were) alleged to)\b"
)
"""Words that pass on an accusation without making it the outlet's own."""
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us)\b|[“”\"]\s*$|^\s*[“”\"]")
MOSTLY_QUOTED = 0.3  # part of a sentence in quotation marks from which it is no longer the outlet's own
TELLING = frozenset({"clause", "thatclause"})
FEWEST_WORDS = 6  # a shorter sentence states too little to be compared
BEFORE = 3  # sentences over which what a document says may go on without being cited again
_UNNAMED = frozenset({SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.PRONOUN, SourceKind.OTHER})
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_FEWEST_CAPITALS = 1  # capitals a document's name must hold to be one: "the report" may be any


@dataclass(frozen=True, slots=True)
class SharedSource:
    """Hold one source: its fullest printed name, its kind, and (article index, source) wherever it is cited."""

    name: str
    kind: SourceKind
    cited: tuple[tuple[int, Source], ...]


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
    found = ACCUSED.search(event.text(side.article, side.span))
    if found is None:
        return None
    at = Span(side.span.start + found.start(), side.span.start + found.end())
    inside = stems_of(event, side.article, [Span(at.end, side.span.end)])
    if len(stems & inside) < CARRIED * len(stems):
        return None
    sourcing = replace(side.sourcing, rung=Rung.REPORTEDLY, cue=event.passage(side.article, at))
    return replace(side, sourcing=sourcing)


def shared_sources(articles: Sequence[AnalysedArticle]) -> tuple[SharedSource, ...]:
    """Return the sources of `articles`, most widely cited first, then by name; empty where nobody is cited."""
    groups: list[list[tuple[int, Source]]] = []
    every = [(k, source) for k, article in enumerate(articles) for source in article.sources]
    for place in sorted(every, key=lambda p: (-len(p[1].name.split()), p[0], p[1].mentions)):
        fitting = [group for group in groups if _one(place[1], group)]
        if len(fitting) == 1:
            fitting[0].append(place)
        else:
            groups.append([place])
    found = [
        SharedSource(group[0][1].name, group[0][1].kind, tuple(sorted(group, key=lambda p: p[0]))) for group in groups
    ]
    return tuple(sorted(found, key=lambda s: (-len({k for k, _ in s.cited}), s.name, s.cited[0][0])))


def anonymous_share(analysed: AnalysedArticle) -> Rate:
    """Return how many of the words that sources say rest on anonymous ones."""
    text = analysed.article.text
    said = [a for a in analysed.attributions if a.act is Act.SPEECH]
    words = [(a.resolved_kind, sum(len(_WORD.findall(c.of(text))) for c in a.content)) for a in said]
    hidden = sum(count for kind, count in words if kind is SourceKind.ANONYMOUS)
    return Rate(hidden, sum(count for _, count in words), "words that sources say")


def _spoken_words(event: EventView, side: Cited) -> bool:
    """Tell whether a sentence is, or may be, part of a quotation: marks in it, or a speaker who says "I" or "we"."""
    text = event.text(side.article, side.span)
    if event.quoted_share(side.article, side.span) >= MOSTLY_QUOTED or FIRST_PERSON.search(text) is not None:
        return True
    return quotation_over(event.analysed[side.article], side.span) is not None


def _stands_alone(event: EventView, side: Cited) -> bool:
    """Tell whether nothing in a statement's sentence ascribes it to somebody, and nothing before carries over to it."""
    analysed = event.analysed[side.article]
    own = [k for k, s in enumerate(analysed.sentences) if s.span.overlaps(side.span)]
    if not own:
        return True
    inside = [analysed.sentences[k].span for k in own]
    printed = [event.text(side.article, place) for place in inside]
    if REFERS.match(printed[0]) or any(CITES.search(sentence) or _may_cite(sentence) for sentence in printed):
        return False
    if any(place.overlaps(a.extent) for a in analysed.attributions for place in inside):
        return False
    before = [s.span for s in analysed.sentences[max(0, own[0] - BEFORE) : own[0]]]
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
    return [a for a in analysed.attributions if a.act is Act.SPEECH and place.overlaps(a.extent)]


def _of_a_document(said: Attribution) -> bool:
    return SourceKind.DOCUMENT in {said.source_kind, said.resolved_kind} or said.cue_lemma == "according to"


def _one(source: Source, group: Sequence[tuple[int, Source]]) -> bool:
    """Tell whether a source is the one that a group holds: by name, never by what it says."""
    first = group[0][1]
    if source.kind in _UNNAMED or first.kind in _UNNAMED or source.kind is not first.kind or " and " in source.name:
        return False
    if source.kind is SourceKind.NAMED_PERSON:
        return all(same_name(source.name, other.name) for _, other in group)
    capitals = sum(word[:1].isupper() for word in source.name.split())
    return capitals >= _FEWEST_CAPITALS and name_key(source.name) == name_key(first.name)
