"""Gather the occasions on which two or more articles print one statement, with who is cited on each side.

In: the event and its utterances. Out: one occasion per row and per utterance that no row holds, and the pairs of sides
that surely state one thing, each with the source of the very words they share. A finding about attribution needs such
a pair. Fails where a sentence cites two sources for parts of what it shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from comparer.attribution.joining import states
from comparer.comparison.quotations.linking import runs
from comparer.comparison.same import likeness, statement, stems_of
from comparer.comparison.sourcing.ladder import leading, read_sourcing, speeches
from comparer.comparison.view import EventView
from comparer.comparison.voices import attribution_of, spoken
from comparer.comparison.words import content_forms, read_words
from comparer.language.doc import Doc
from comparer.model import Act, Attribution, Claim, Manner, Relation, Row, RowId, Rung, Sourcing, Span, Utterance

RETOLD = 0.4  # part of a headline's content words that a sentence of its body prints, from which it retells it
ASIDE = re.compile(r", (?:who|whose|which|where)\b[^,;.]*(?=,)")
ACCUSED = re.compile(
    r"\b(?:(?:was|were|is|are|been|stands?) (?:also )?(?:accused|suspected) of|(?:to|on|of|with) charges? (?:that|of)"
    r"|(?:allegations?|accusations?|charges) (?:that|of)|(?:is|are|was|were) alleged to)\b"
)
FEWEST_SHARED = 4  # words that two printed forms of a quotation share, or it may be another one
MANY_SHARED = 10  # words that no two speakers share by chance, even where translators chose others between,
TRANSLATED = 0.5  # if they are that part of the shorter form
CARRIED = 0.7  # part of the shared words inside what is attributed, from which their source is the attribution's


class Cited(NamedTuple):
    """Hold one side of an occasion: the words of the statement and who is cited for them.

    `unsure` tells that somebody is cited in the sentence, but not clearly for these words; `silent` that nobody is
    cited in it or over it, and nothing passed on as hearsay or accusation: two such sides differ in no source.
    """

    article: int
    span: Span
    sourcing: Sourcing
    attribution: Attribution | None
    headline: bool = False
    unsure: bool = False
    silent: bool = False


class Occasion(NamedTuple):
    """Hold the sides of one statement, one or more per article that prints it.

    `quoted` tells that the sides print one quotation, `confidence` how surely they are one statement.
    """

    row: RowId | None
    sides: tuple[Cited, ...]
    quoted: bool
    confidence: float


class Pair(NamedTuple):
    """Hold two sides of different articles that surely state one thing, with the content words they share.

    `share` is the part (0..1) of the shorter side's content words they are, of a quotation the part of its words.
    """

    left: Cited
    right: Cited
    stems: frozenset[str]
    share: float


def find_occasions(event: EventView, utterances: Sequence[Utterance]) -> tuple[Occasion, ...]:
    """Return the occasions of quotations two or more articles print, then those of rows they tell."""
    quotations = [_of_utterance(event, utterance) for utterance in utterances]
    rows = [_of_row(event, row) for row in event.shared_rows]
    return tuple(o for o in (*quotations, *rows) if o is not None)


def pairs_of(event: EventView, occasion: Occasion) -> tuple[Pair, ...]:
    """Return the pairs of sides that surely state one thing; a headline's short form and two silent sides make none."""
    sides = [side for side in occasion.sides if not side.headline]
    if all(side.silent for side in sides):
        return ()
    if occasion.quoted:
        apart = (pair for pair in combinations(sides, 2) if pair[0].article != pair[1].article)
        return tuple(Pair(*pair, frozenset(), _alike(event, *pair)) for pair in apart)
    found: list[Pair] = []
    stated = [(side, statement(event, side.article, _words(side))) for side in sides]
    for (left, one), (right, other) in combinations(stated, 2):
        if left.article == right.article or (left.silent and right.silent):
            continue
        like = likeness(one, other)
        same = occasion.row and event.relation(occasion.row, left.article, right.article) is Relation.VERBATIM
        if like.surely_one(occasion.confidence, verbatim=bool(same)):
            found.append(
                Pair(_cited_for(event, left, like.stems), _cited_for(event, right, like.stems), like.stems, like.share)
            )
    return tuple(found)


def _alike(event: EventView, left: Cited, right: Cited) -> float:
    """Return the part (0..1) of the shorter quotation's words that both print in order: 0 for a scrap, 1 for many."""
    one, other = (read_words(event.text(s.article, s.span), Span(0, len(s.span)))[0] for s in (left, right))
    forms = [tuple(word.form for word in words) for words in (one, other)]
    shared = sum(run.size for run in runs(forms[0], forms[1]))
    share = shared / min(map(len, forms)) if shared >= FEWEST_SHARED else 0.0
    return 1.0 if shared >= MANY_SHARED and share >= TRANSLATED else share


def _of_row(event: EventView, row: Row) -> Occasion:
    sides = tuple(side for article in row.told_by for side in _cited(event, row, article))
    return Occasion(row.id, sides, quoted=False, confidence=row.confidence)


def _cited(event: EventView, row: Row, article: int) -> Iterator[Cited]:
    """Yield who an article cites for each of its claims; for a headline alone, by what the body tells of it."""
    claims = event.claims(row, article)
    body = [c for c in claims if not event.in_title(article, c.passage.span)]
    if not body:
        retold = _retold(event, article, claims[0])
        if retold is None:
            sourcing = read_sourcing(event, row.id, article, spoken(claims[0]), claims[0].passage.span)
            yield Cited(article, claims[0].passage.span, sourcing, spoken(claims[0]), headline=True)
            return
        body = [retold]
    sides = event.once(_sides)
    yield from (sides[claim.id] for claim in body)


def _sides(event: EventView) -> Mapping[str, Cited]:
    """Return who is cited for each claim, by its id: the same in every row it stands in, so that no row is named."""
    said_of = event.once(speeches)
    found: dict[str, Cited] = {}
    for article, analysed in enumerate(event.analysed):
        for claim in analysed.claims:
            span = claim.passage.span
            said = said_of[claim.id] or leading(event, article, [claim])
            sourcing = read_sourcing(event, RowId(""), article, said, span)
            own = said is None and sourcing.rung is Rung.OWN_VOICE and not analysed.attributions_at.touching(span)
            silent = own and event.docs[article].once(accused, span) is None
            found[claim.id] = Cited(article, span, sourcing, said, silent=silent)
    return found


def accused(doc: Doc, span: Span) -> Span | None:
    """Return the words of a span that pass on an accusation without making it the outlet's own, or None."""
    found = ACCUSED.search(span.of(doc.text))
    return Span(*found.span()).moved(span.start) if found is not None else None


def _retold(event: EventView, article: int, headline: Claim) -> Claim | None:
    """Return the attributed claim of an article's body that tells its headline's statement, the most alike first."""
    doc = event.docs[article]
    wanted = content_forms(doc, headline.passage.span)
    best: tuple[float, Claim | None] = (RETOLD, None)
    for claim in event.analysed[article].claims:
        if spoken(claim) is None or event.in_title(article, claim.passage.span) or not wanted:
            continue
        share = len(wanted & content_forms(doc, claim.passage.span)) / len(wanted)
        if share > best[0]:
            best = (share, claim)
    return best[1]


def _of_utterance(event: EventView, utterance: Utterance) -> Occasion | None:
    sides = []
    for reading in utterance.readings:
        spans = [s for s in reading.columns if s is not None]
        attribution = attribution_of(event.analysed[reading.article], spans)
        if attribution is None:
            continue
        row = utterance.row or RowId("")
        sourcing = read_sourcing(event, row, reading.article, attribution, reading.passage.span)
        sides.append(Cited(reading.article, reading.passage.span, sourcing, attribution))
    if len(sides) < 2:
        return None
    return Occasion(utterance.row, tuple(sides), quoted=True, confidence=0.9)


def _words(side: Cited) -> list[Span]:
    """Return the stretches of a side that state something: without its source and its verb of saying."""
    said = side.attribution
    frames = sorted(f for f in (said.source, said.cue) if f is not None) if said is not None else []
    return _between([side.span], frames)


def _cited_for(event: EventView, side: Cited, stems: frozenset[str]) -> Cited:
    """Return a side with the source of these very words, where its sentence cites one for them or for others."""
    own = side.attribution
    if own is not None and (_carried(event, side, own, stems) or not any(c.overlaps(side.span) for c in own.content)):
        return side  # the second: a quotation that goes on from an earlier sentence
    analysed = event.analysed[side.article]
    near = [a for a in analysed.attributions_at.touching(side.span) if a.act is Act.SPEECH]
    fitting = [a for a in near if a != own and _passes_on(event, side, a) and _carried(event, side, a, stems)]
    if fitting:
        sourcing = read_sourcing(event, side.sourcing.row, side.article, fitting[0], side.span)
        return side._replace(attribution=fitting[0], sourcing=sourcing)
    return side._replace(unsure=True) if own is not None else side


def _passes_on(event: EventView, side: Cited, said: Attribution) -> bool:
    """Tell whether an attribution gives a statement, or the reasons that somebody cites."""
    return said.cue_lemma == "cite" or states(event.analysed[side.article].article.text, said)


def _carried(event: EventView, side: Cited, said: Attribution, stems: frozenset[str]) -> bool:
    """Tell whether what a source says holds most of these stems; what the outlet puts in beside a name is its own."""
    text = event.analysed[side.article].article.text
    inside = stems_of(event, side.article, said.content)
    if said.manner is Manner.INDIRECT:
        asides = [Span(*m.span()) for span in said.content for m in ASIDE.finditer(text, span.start, span.end)]
        inside -= stems_of(event, side.article, asides) - stems_of(event, side.article, _between(said.content, asides))
    return len(stems & inside) >= CARRIED * len(stems)


def _between(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """Return what is left of spans without the holes in them."""
    left: list[Span] = []
    for span in spans:
        at = span.start
        for hole in (h for h in holes if span.covers(h)):
            left.append(Span(at, hole.start))
            at = hole.end
        left.append(Span(at, span.end))
    return [span for span in left if len(span)]
