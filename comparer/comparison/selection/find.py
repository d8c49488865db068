"""Find what one text tells and another does not, or tells far down: S101 to S103, few and counted.

In: the event. Out: findings about rows. Every row told by one article stands in the alignment anyway; a finding is
printed where a learned judge is sure that no other text tells it, the sooner the more an editor would want it. "Not in
this saved text" is said only where the text is complete, nothing in it comes near, and two origins report the claim or
all who print it open with it. Fails where a text tells a claim in wholly different words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, islice

from comparer.comparison.judged import judge
from comparer.comparison.view import EventView
from comparer.comparison.words import cell_content, read_words
from comparer.language.doc import Doc
from comparer.model import EmptyCell, EmptyReason, Finding, Passage, Rate, Row, Rung, Side, Span

MOST = 2  # figures that count
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
NOT_HERE = 3  # findings per article that lacks a claim
PROMINENCE = 3  # findings per event
LEDE = 2  # sentences after the headline that open a text
SHORT_TEXT = 6  # sentences: in a shorter text nothing stands far down
LATE = 2 / 3  # part of the text after which a claim stands far down
LEAST_CONTENT = 5  # content words of the longest telling, those of headlines apart, before its absence is worth a word
SURE = 0.6  # confidence of a row before its absence elsewhere is worth a finding,
ALIKE = 0.34  # and part of the shorter cell's content words that its tellers share


def find_selection(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family S; none for a lone article."""
    if len(event.analysed) < 2:
        return ()
    return (*_only_here(event), *_not_here(event), *_prominence(event))


def alone(event: EventView) -> list[tuple[Row, int, dict[str, float]]]:
    """Return the rows that one article alone tells, each with the article and what is measured of it."""
    rows = [(row, row.told_by[0]) for row in event.alignment.rows if len(row.told_by) == 1]
    return [(row, article, _measured(event, row, article)) for row, article in rows]


def _measured(event: EventView, row: Row, article: int) -> dict[str, float]:
    """Return what is measured of a row that one article alone tells.

    How near a passage of another text comes, in the reader's and in plain words; what is new in it; who is cited; where
    it stands, and whether its neighbours are told elsewhere.
    """
    spans, doc = event.claim_spans(row, article), event.docs[article]
    others = [k for k in range(len(event.docs)) if k != article]
    held = [event.sentences_with(k) for k in others]
    stems = _content(event, article, spans)
    new = {form for form in stems if not any(form in forms for forms in held)}
    cells = [cell for k in others if isinstance(cell := row.cells[k], EmptyCell)]
    near = sorted((cell.near_miss.score if cell.near_miss else 0.0 for cell in cells), reverse=True)
    sourcing = event.sourced(row.id, article)
    own, at = event.once(_told_sentences)[article], event.claims(row, article)[0].sentence
    return {
        "near": near[0],
        "near_second": near[1] if len(near) > 1 else 0.0,
        "covered": max(_covered(stems, forms) for forms in held),
        "new": len(new) / max(1, len(stems)),
        "figures": float(min(MOST, sum(any(ch.isdigit() for ch in form) for form in new))),
        "cited": float(sourcing is not None and sourcing.rung not in UNSOURCED and sourcing.cue is not None),
        "quoted": event.quoted_share(article, spans[0]),
        "words": math.log1p(sum(len(doc.words(span)) for span in spans)),
        "depth": at / max(1, len(doc.sentences)),
        "length": math.log1p(len(doc.sentences)),
        "told_before": float(at - 1 in own),
        "told_after": float(at + 1 in own),
        "told": len(own) / max(1, len(doc.sentences)),
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


def _only_here(event: EventView) -> list[Finding]:
    """Return what only one text tells and an editor would want, where that is more probable than the line."""
    judged = [(judge("S").probability(features), row, article) for row, article, features in alone(event)]
    every = range(len(event.analysed))
    total = event.counted(every)
    return [
        Finding(
            code="S101",
            row=row.id,
            sides=(Side("only in this text", _passages(event, row, article)),),
            magnitude=Rate(1, total, "saved texts"),
            message=f"Stands in one of {total} saved texts."
            + _cut_note(event.counted(k for k in every if _cut_off(row, k))),
            confidence=probability,
        )
        for probability, row, article in judged
        if probability >= judge("S").line
    ]


def _absent(row: Row, article: int) -> bool:
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason is EmptyReason.ABSENT


def _cut_off(row: Row, article: int) -> bool:
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason is EmptyReason.TRUNCATED


def _cut_note(count: int) -> str:
    """Say how many of the other texts end before they could have told it."""
    return f" {count} of the others {'is' if count == 1 else 'are'} cut off." if count else ""


def _not_here(event: EventView) -> list[Finding]:
    """Return one finding for each row that some texts lack, those that most origins tell or open with first."""
    ranked: list[tuple[tuple[object, ...], Row]] = []
    for row in event.shared_rows:
        origins = event.origins_of(row.told_by)
        ledes = sum(_leads(event, row, k) for k in row.told_by)
        if (origins >= 2 or ledes == len(row.told_by)) and _sure(event, row):
            ranked.append(((-origins, -ledes, -row.confidence, row.id), row))
    lacking: dict[int, int] = {}
    used: set[Passage] = set()
    found = []
    for _, row in sorted(ranked, key=lambda pair: pair[0]):
        if used & {p for k in row.told_by for p in _passages(event, row, k)}:
            continue  # a sentence that carries two claims is shown once
        absent = [k for k in range(len(event.analysed)) if _absent(row, k)]
        open_to = [k for k in absent if lacking.get(k, 0) < NOT_HERE]
        if open_to:
            lacking.update({k: lacking.get(k, 0) + 1 for k in absent})
            found.append(_missing(event, row, absent))
            used.update(found[-1].sides[0].passages)
    return found


def _sure(event: EventView, row: Row) -> bool:
    """Tell whether the tellers of a row surely tell one thing, below their headlines, and one worth missing."""
    below = all(any(not event.in_title(k, span) for span in event.claim_spans(row, k)) for k in row.told_by)
    rich = any(len(_content(event, k, event.claim_spans(row, k))) >= LEAST_CONTENT for k in row.told_by)
    pairs = combinations(row.told_by, 2)
    alike = row.confidence >= SURE and all(_overlap(event, row, a, b) >= ALIKE for a, b in pairs)
    return below and rich and alike


def _content(event: EventView, article: int, spans: Iterable[Span]) -> frozenset[str]:
    """Return the content stems of some spans of an article, figures included, words of headlines left out."""
    return event.docs[article].stems_of(spans) - event.headline_stems


def _overlap(event: EventView, row: Row, left: int, right: int) -> float:
    """Return the part (0..1) of the shorter cell's content words that stand in the longer one too."""
    one, other = cell_content(event, row, left), cell_content(event, row, right)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _missing(event: EventView, row: Row, absent: Sequence[int]) -> Finding:
    told, total, lacking = (event.counted(of) for of in (row.told_by, range(len(event.analysed)), absent))
    origins = event.origins_of(row.told_by)
    texts = "this saved text, which is" if lacking == 1 else f"{lacking} saved texts, which are"
    near = total - told - lacking
    return Finding(
        code="S102",
        row=row.id,
        sides=(
            Side("printed", tuple(p for k in row.told_by for p in _passages(event, row, k))),
            *_anchors(event, absent),
        ),
        magnitude=Rate(told, total, "saved texts"),
        message=f"Printed in {told} of {total} saved texts, {origins} {'origins' if origins > 1 else 'origin'}; "
        f"not in {texts} complete as far as can be told." + (f" Of {near} more it cannot be said." if near else ""),
        confidence=round(min(0.8, 0.9 * row.confidence), 3),
    )


def _anchors(event: EventView, absent: Sequence[int]) -> tuple[Side, ...]:
    """Name the texts that lack the claim by their headlines, or by their first sentences."""
    found = []
    for article in absent:
        first = next((s.span for s in event.analysed[article].sentences), None)
        span = event.title_span(article) or first
        found += [event.passage(article, span)] if span else []
    return (Side("not in this saved text", tuple(found)),) if found else ()


def _prominence(event: EventView) -> list[Finding]:
    found: list[tuple[float, Finding]] = []
    for row in event.shared_rows:
        leading = [k for k in row.told_by if _leads(event, row, k)]
        late = [k for k in row.told_by if k not in leading and _place(event, row, k) >= LATE]
        if not leading or not late or not _sure(event, row):
            continue
        sides = (
            Side("headline or opening", tuple(p for k in leading for p in _passages(event, row, k))),
            Side("last third", tuple(p for k in late for p in _passages(event, row, k))),
        )
        rate = Rate(len(leading), len(row.told_by), "articles that open with it")
        message = (
            f"One text opens with it ({_share(event, row, leading[0])} of its words); in another it stands in the last "
            f"third ({_share(event, row, late[0])})."
        )
        found.append((row.confidence, Finding("S103", row.id, sides, rate, message, round(0.7 * row.confidence, 3))))
    found.sort(key=lambda pair: -pair[0])
    return [finding for _, finding in found[:PROMINENCE]]


def _share(event: EventView, row: Row, article: int) -> str:
    """Say which part of an article's words a row takes, as in "12 of 240"."""
    text = event.analysed[article].article.text
    counts = [
        sum(len(read_words(text, span)[0]) for span in spans)
        for spans in (event.claim_spans(row, article), [s.span for s in event.analysed[article].sentences])
    ]
    return f"{counts[0]} of {counts[1]}"


def _leads(event: EventView, row: Row, article: int) -> bool:
    """Tell whether an article puts a row into its headline or its first sentences."""
    opening = event.docs[article].once(_opening, event.docs[article].whole)
    return any(span.overlaps(first) for span in event.claim_spans(row, article) for first in opening)


def _opening(doc: Doc, _: Span) -> tuple[Span, ...]:
    body = (s.span for s in doc.sentences if doc.title is None or not doc.title.overlaps(s.span))
    return (*((doc.title,) if doc.title else ()), *islice(body, LEDE))


def _place(event: EventView, row: Row, article: int) -> float:
    """Return how far down (0..1) a row first stands in an article, by sentences; 0 in a short text."""
    sentences = event.analysed[article].sentences
    first = min(claim.sentence for claim in event.claims(row, article))
    return first / len(sentences) if len(sentences) >= SHORT_TEXT else 0.0


def _passages(event: EventView, row: Row, article: int) -> tuple[Passage, ...]:
    return tuple(claim.passage for claim in event.claims(row, article))
