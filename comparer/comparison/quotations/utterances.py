"""Build the apparatus of every utterance that two or more outlets print in quotation marks.

In: the event. Out: utterances, each with its readings in columns and its changes typed. Typography, spelling variants
and transliteration are no changes. Nothing is called the right form, and differences that two translations would
explain are said to be possibly that. A possible translation goes by the country of the speaker's own institution or
nationality: printed in the source's words or right beside them ("a Norwegian ministry spokesman"), or, where the source
is "the ministry" or "an official", by the one country that stands in the subject of every lede that names one. It is
the language probably spoken: the sentence says "may". Fails for a foreign speaker who spoke English; of two languages
it names none.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import compress, count, pairwise

from comparer.comparison.quotations.differences import Layout, Reading, lay_out, name_change
from comparer.comparison.quotations.linking import Piece, link, quoted_pieces
from comparer.comparison.view import EventView
from comparer.language.doc import Doc
from comparer.language.words import forms_of
from comparer.model import ChangeKind, Manner, Passage, QuoteChange, QuoteReading, Side, Span, Utterance
from comparer.resources.loader import load_lexicon, word_set

NOT_PRINTED = "not printed"
BESIDE = 2  # words shown on either side of a gap
INDISTINCT = frozenset({ChangeKind.IDENTICAL, ChangeKind.BRACKETED, ChangeKind.FRAGMENT})
APPOSITION = 60  # characters beside a source's name in which its office is printed
OPENING = 3  # first words of a lede in which its subject stands
OFFICES = word_set("comparison_words", "offices")
Spot = tuple[ChangeKind, int, int]
"""A kind of change and the columns (half-open) in which it stands."""


def find_utterances(event: EventView) -> tuple[Utterance, ...]:
    """Return the utterances printed by two or more articles, in the order of their first place, each laid out."""
    groups = link([piece for piece in event.once(quoted_pieces) if not piece.title])
    found = [_utterance(event, _readings(group)) for group in groups]
    return tuple(sorted(found, key=lambda u: [(r.article, r.passage.span) for r in u.readings]))


def _readings(group: Sequence[Piece]) -> tuple[Reading, ...]:
    """Return a reading per article, without sentences an article repeats."""
    by_article: dict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(group, key=lambda p: (p.article, -len(p.words), p.span)):
        kept = by_article[piece.article]
        if not any(set(piece.forms) <= set(other.forms) for other in kept):
            kept.append(piece)
    return tuple(Reading(article, tuple(sorted(kept, key=lambda p: p.span))) for article, kept in by_article.items())


def _utterance(event: EventView, readings: tuple[Reading, ...]) -> Utterance:
    layout = lay_out(readings)
    spots = _spots(event, readings, layout)
    cuts = {0, len(layout.columns)}.union(*(spot[1:] for spot in spots))
    for k, reading in enumerate(readings):
        cuts |= {column for column, words in enumerate(layout.columns) if words[k] in reading.breaks}
    segments = list(pairwise(sorted(cuts)))
    printed = tuple(
        QuoteReading(
            article=reading.article,
            passage=event.passage(reading.article, Span(reading.pieces[0].span.start, reading.pieces[-1].span.end)),
            manner=Manner.DIRECT,
            columns=tuple(_segment(reading, layout, k, first, last) for first, last in segments),
        )
        for k, reading in enumerate(readings)
    )
    number = {cut: k for k, cut in enumerate(sorted(cuts))}
    changes = tuple(
        QuoteChange(kind, number[first], number[last], _sides(event, readings, layout, first, last))
        for kind, first, last in spots
    )
    if not changes:
        same = tuple(event.passage(r.article, span) for r in readings for span in r.spans(0, len(r.words)))
        changes = (QuoteChange(ChangeKind.IDENTICAL, 0, len(segments), (Side("same words", same),)),)
    note = _possible_translation(event, readings) if any(c.kind not in INDISTINCT for c in changes) else None
    place = "|".join(f"{p.passage.article}:{p.passage.span.start}" for p in sorted(printed, key=lambda p: p.passage))
    return Utterance(
        id="u" + hashlib.sha256(place.encode()).hexdigest()[:10],
        row=event.shared_row([(r.article, piece.span) for piece in r.pieces] for r in readings),
        readings=printed,
        changes=changes,
        possible_translation=note,
    )


def _spots(event: EventView, readings: tuple[Reading, ...], layout: Layout) -> list[Spot]:
    """Type every region and join those of several readings that touch; in order of columns."""
    spots: list[Spot] = []
    for k, reading in enumerate(readings):
        for region in layout.regions[k]:
            kind = name_change(event, readings[layout.base], reading, region)
            if kind is not None:
                left, right = set(range(*region.left)), set(range(*region.right))
                touched = (words[layout.base] in left or words[k] in right for words in layout.columns)
                held = list(compress(count(), touched))
                spots.append((kind, held[0], held[-1] + 1))
        spots += _bare_dots(layout, k, readings, spots)
    joined: list[Spot] = []
    for kind, first, last in sorted(spots):
        if joined and joined[-1][0] is kind and first <= joined[-1][2]:
            joined[-1] = (kind, joined[-1][1], max(last, joined[-1][2]))
        else:
            joined.append((kind, first, last))
    return sorted(joined, key=lambda spot: (spot[1], spot[2], spot[0]))


def _bare_dots(layout: Layout, k: int, readings: tuple[Reading, ...], spots: Sequence[Spot]) -> list[Spot]:
    """Return an ellipsis that stands where the other readings print nothing more, as a change of its own."""
    found = []
    for before, _ in readings[k].dots:
        if not 0 < before < len(readings[k].words):
            continue
        after = next(c for c, words in enumerate(layout.columns) if words[k] == before)
        at = layout.columns[after]
        if all(word is None or word in {b for b, _ in readings[o].dots} for o, word in enumerate(at)):
            continue  # every reading that goes on here prints the ellipsis
        if not any(kind is ChangeKind.ELLIPSIS and first - 1 <= after <= last + 1 for kind, first, last in spots):
            found.append((ChangeKind.ELLIPSIS, max(0, after - 1), after + 1))
    return found


def _sides(event: EventView, readings: tuple[Reading, ...], layout: Layout, first: int, last: int) -> tuple[Side, ...]:
    """Return what the readings print in these columns, those that print the same on one side."""
    grouped: dict[tuple[str, ...], tuple[str, list[Passage]]] = {}
    for k, reading in enumerate(readings):
        words = layout.words(k, first, last)
        spans, marked = _places(reading, words), _marks(reading, words, layout, k, first)
        forms = (*(reading.forms[w] for w in words), *("…" for _ in marked))
        apart = (mark for mark in marked if not any(span.covers(mark) for span in spans))
        printed = " ".join(event.text(reading.article, span) for span in sorted((*spans, *apart)))
        shown = spans or tuple(marked[:1]) or _around_gap(reading, layout, k, first)
        _, passages = grouped.setdefault(forms, (" ".join(printed.split()) or NOT_PRINTED, []))
        passages += (event.passage(reading.article, span) for span in shown)
    return tuple(Side(value, tuple(passages)) for value, passages in grouped.values())


def _segment(reading: Reading, layout: Layout, k: int, first: int, last: int) -> Span | None:
    """Return the longest run of words that a reading prints in these columns, or its ellipsis."""
    words = layout.words(k, first, last)
    spans = _places(reading, words)
    return max(spans, key=len) if spans else next(iter(_marks(reading, words, layout, k, first)), None)


def _places(reading: Reading, words: Sequence[int]) -> tuple[Span, ...]:
    """Return the printed places of words, of each run of them."""
    held = set(words)
    starts = [word for word in words if word - 1 not in held]
    ends = [word + 1 for word in words if word + 1 not in held]
    return tuple(span for start, end in zip(starts, ends, strict=True) for span in reading.spans(start, end))


def _marks(reading: Reading, words: Sequence[int], layout: Layout, k: int, first: int) -> list[Span]:
    """Return the ellipses beside these words, or where a reading prints none of them, in the gap."""
    if not reading.dots:
        return []
    low, high = (words[0], words[-1] + 1) if words else (layout.reached(k, first),) * 2
    return [span for before, span in reading.dots if low <= before <= high]


def _around_gap(reading: Reading, layout: Layout, k: int, first: int) -> tuple[Span, ...]:
    """Return the words on both sides of the place where a reading prints nothing; at its edge, all it prints."""
    at = layout.reached(k, first)
    if not 0 < at < len(reading.words):
        return tuple(piece.span for piece in reading.pieces)
    return reading.spans(max(0, at - BESIDE), min(at + BESIDE, len(reading.words)))


def _possible_translation(event: EventView, readings: tuple[Reading, ...]) -> str | None:
    """Return a note where the printed speaker belongs to a country whose public language is not English."""
    sources = [(event.docs[reading.article], place) for reading in readings for place in _sources(event, reading)]
    found = {language for doc, place in sources for language in _languages(doc, place)}
    if not found and any(word.form.removesuffix("'s") in OFFICES for doc, at in sources for word in doc.words(at)):
        found = _of_ledes(event)
    if len(found) != 1:
        return None
    return f"The words may have been spoken in {found.pop()}; both forms may be translations, made independently."


def _sources(event: EventView, reading: Reading) -> set[Span]:
    """Return every place that prints the reading's source."""
    analysed = event.analysed[reading.article]
    places: set[Span | None] = set()
    for attribution in analysed.attributions:
        if any(span.overlaps(piece.span) for span in attribution.content for piece in reading.pieces):
            source = analysed.source_of(attribution)
            places |= {attribution.source, attribution.resolved_source, *(source.mentions if source else ())}
    return {place for place in places if place is not None}


def _languages(doc: Doc, place: Span) -> list[str]:
    """Return the languages of the countries that an office in a source or beside it belongs to, or that speak."""
    alone = _countries().get(place.of(doc.text).casefold())
    near = doc.text[max(0, place.start - APPOSITION) : place.end + APPOSITION]
    offices = (m["of"] or m["own"] for m in _offices().finditer(near))
    return [alone] if alone else [_countries()[name.casefold()] for name in offices]


@cache
def _offices() -> re.Pattern[str]:
    """Return what finds a country's office: "the Turkish defence ministry", "the Ministry of Defense of Turkey"."""
    country, office = (
        "|".join(sorted(map(re.escape, names), key=len, reverse=True)) for names in (_countries(), OFFICES)
    )
    own = rf"\b(?P<own>{country})(?:['’]s)? (?:\w+ )?(?:{office})\b"
    return re.compile(rf"{own}|\b(?:{office}) (?:\w+ ){{0,3}}of (?:the )?(?P<of>{country})\b", re.IGNORECASE)


def _of_ledes(event: EventView) -> set[str]:
    """Return the languages of the countries that open the ledes; a country named later is one spoken of."""
    found: set[str] = set()
    for article, analysed in enumerate(event.analysed):
        lede = next((s.span for s in analysed.sentences if not event.in_title(article, s.span)), None)
        opening = event.docs[article].words(lede)[:OPENING] if lede else ()
        spoken = [_countries().get(word.form.removesuffix("'s")) for word in opening]
        found.update([language for language in spoken if language is not None][:1])
    return found


@cache
def _countries() -> dict[str, str]:
    """Return the languages of countries whose public language is not English, by their names and adjectives."""
    return {
        forms_of(entry)[0]: group.get("language")
        for group in load_lexicon("languages").groups
        for entry in group.entries
    }
