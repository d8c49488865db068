"""Build the apparatus of every utterance that two or more outlets print in quotation marks.

In: the event. Out: utterances, each with its readings in columns and its changes typed. Typography, spelling variants
and transliteration are no changes. Nothing is called the right form, and differences that two translations would
explain are said to be possibly that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

from comparer.comparison.quotations.changes import name_change, possible_translation
from comparer.comparison.quotations.columns import Layout, Reading, lay_out
from comparer.comparison.quotations.linking import Piece, link, quoted_pieces
from comparer.comparison.view import EventView
from comparer.model import (
    ChangeKind,
    Manner,
    Passage,
    QuoteChange,
    QuoteReading,
    Side,
    Span,
    Utterance,
)

NOT_PRINTED = "not printed"
BESIDE = 2  # words shown on either side of a gap
INDISTINCT = frozenset({ChangeKind.IDENTICAL, ChangeKind.BRACKETED, ChangeKind.FRAGMENT})


def find_utterances(event: EventView) -> tuple[Utterance, ...]:
    """Return the utterances printed by two or more articles, in the order of their first place, each laid out."""
    groups = link([piece for piece in quoted_pieces(event) if not piece.title])
    found = [_utterance(event, _readings(group)) for group in groups]
    return tuple(sorted(found, key=lambda u: [(r.article, r.passage.span) for r in u.readings]))


def _readings(group: Sequence[Piece]) -> tuple[Reading, ...]:
    """Return a reading per article, without sentences an article repeats."""
    by_article: dict[int, list[Piece]] = {}
    for piece in sorted(group, key=lambda p: (p.article, -len(p.words), p.span)):
        kept = by_article.setdefault(piece.article, [])
        if not any(set(piece.forms) <= set(other.forms) for other in kept):
            kept.append(piece)
    return tuple(
        Reading(article, tuple(sorted(kept, key=lambda p: p.span))) for article, kept in sorted(by_article.items())
    )


def _utterance(event: EventView, readings: tuple[Reading, ...]) -> Utterance:
    layout = lay_out(readings)
    changes = _changes(event, readings, layout)
    cuts = _cuts(readings, layout, changes)
    segments = list(pairwise(cuts))
    printed = tuple(
        QuoteReading(
            article=reading.article,
            passage=event.passage(reading.article, reading.extent),
            manner=Manner.DIRECT,
            columns=tuple(_segment(reading, layout, k, first, last) for first, last in segments),
        )
        for k, reading in enumerate(readings)
    )
    number = {cut: k for k, cut in enumerate(cuts)}
    typed = tuple(QuoteChange(kind, number[a], number[b], sides) for kind, a, b, sides in changes)
    if not typed:
        typed = (QuoteChange(ChangeKind.IDENTICAL, 0, len(segments), _all_sides(event, readings)),)
    note = possible_translation(event, readings) if any(c.kind not in INDISTINCT for c in typed) else None
    place = "|".join(f"{p.passage.article}:{p.passage.span.start}" for p in sorted(printed, key=lambda p: p.passage))
    return Utterance(
        id="u" + hashlib.sha256(place.encode()).hexdigest()[:10],
        row=event.shared_row([(r.article, piece.span) for piece in r.pieces] for r in readings),
        readings=printed,
        changes=typed,
        possible_translation=note,
    )


Change = tuple[ChangeKind, int, int, tuple[Side, ...]]


def _changes(event: EventView, readings: tuple[Reading, ...], layout: Layout) -> list[Change]:
    """Type every region and join those of several readings that touch; in order of columns."""
    base = readings[layout.base]
    spots: list[tuple[ChangeKind, int, int]] = []
    for k, reading in enumerate(readings):
        for region in layout.regions[k]:
            kind = name_change(event, base, reading, region)
            if kind is not None:
                spots.append((kind, *_columns(layout, k, region.left, region.right)))
        spots += _bare_dots(layout, k, readings, spots)
    joined: list[tuple[ChangeKind, int, int]] = []
    for kind, first, last in sorted(spots, key=lambda s: (s[0], s[1], s[2])):
        if joined and joined[-1][0] is kind and first <= joined[-1][2]:
            joined[-1] = (kind, joined[-1][1], max(last, joined[-1][2]))
        else:
            joined.append((kind, first, last))
    joined.sort(key=lambda s: (s[1], s[2], s[0]))
    return [(kind, first, last, _sides(event, readings, layout, first, last)) for kind, first, last in joined]


def _columns(layout: Layout, k: int, left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    """Return the columns (half-open) that hold these words of the fullest reading and of reading k."""
    held = [
        column
        for column, words in enumerate(layout.columns)
        if _inside(words[layout.base], left) or _inside(words[k], right)
    ]
    return min(held), max(held) + 1


def _inside(word: int | None, place: tuple[int, int]) -> bool:
    return word is not None and place[0] <= word < place[1]


def _bare_dots(
    layout: Layout, k: int, readings: tuple[Reading, ...], spots: Sequence[tuple[ChangeKind, int, int]]
) -> list[tuple[ChangeKind, int, int]]:
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
        words = sorted(w for column in layout.columns[first:last] if (w := column[k]) is not None)
        marked = [span for before, span in reading.dots if _near(before, words, layout, k, first)]
        forms = (*(reading.forms[w] for w in words), *("…" for _ in marked))
        spans = _runs_of(reading, words) or tuple(marked[:1]) or _around_gap(reading, layout, k, first)
        value = _printed(event, reading, words, marked)
        grouped.setdefault(forms, (value, []))[1].extend(event.passage(reading.article, span) for span in spans)
    return tuple(Side(value, tuple(passages)) for value, passages in grouped.values())


def _near(before: int, words: list[int], layout: Layout, k: int, first: int) -> bool:
    if words:
        return words[0] <= before <= words[-1] + 1
    earlier = max((w for column in layout.columns[:first] if (w := column[k]) is not None), default=-1)
    return before == earlier + 1


def _printed(event: EventView, reading: Reading, words: list[int], marked: list[Span]) -> str:
    parts = [(span.start, event.text(reading.article, span)) for span in _runs_of(reading, words)]
    covered = _runs_of(reading, words)
    parts += [(s.start, event.text(reading.article, s)) for s in marked if not any(c.covers(s) for c in covered)]
    return " ".join(" ".join(text.split()) for _, text in sorted(parts)) or NOT_PRINTED


def _runs_of(reading: Reading, words: list[int]) -> tuple[Span, ...]:
    found: list[Span] = []
    start = 0
    for k in range(1, len(words) + 1):
        if k == len(words) or words[k] != words[k - 1] + 1:
            found += reading.spans(words[start], words[k - 1] + 1)
            start = k
    return tuple(found)


def _around_gap(reading: Reading, layout: Layout, k: int, first: int) -> tuple[Span, ...]:
    """Return the words on both sides of the place where a reading prints nothing; at its edge, all it prints."""
    earlier = max((w for column in layout.columns[:first] if (w := column[k]) is not None), default=-1)
    if not 0 <= earlier < len(reading.words) - 1:
        return tuple(piece.span for piece in reading.pieces)
    return reading.spans(max(0, earlier + 1 - BESIDE), min(earlier + 1 + BESIDE, len(reading.words)))


def _all_sides(event: EventView, readings: tuple[Reading, ...]) -> tuple[Side, ...]:
    passages = tuple(event.passage(r.article, s) for r in readings for s in r.spans(0, len(r.words)))
    return (Side("same words", passages),)


def _cuts(readings: tuple[Reading, ...], layout: Layout, changes: Sequence[Change]) -> list[int]:
    """Return the columns at which segments begin, the number of columns last: at changes and new quotations."""
    cuts = {0, len(layout.columns)}
    for _, first, last, _ in changes:
        cuts |= {first, last}
    for k, reading in enumerate(readings):
        cuts |= {c for c, words in enumerate(layout.columns) if words[k] in reading.breaks}
    return sorted(cuts)


def _segment(reading: Reading, layout: Layout, k: int, first: int, last: int) -> Span | None:
    words = sorted(w for column in layout.columns[first:last] if (w := column[k]) is not None)
    spans = _runs_of(reading, words)
    if spans:
        return spans[0] if len(spans) == 1 else max(spans, key=len)
    return next((span for before, span in reading.dots if _near(before, words, layout, k, first)), None)
