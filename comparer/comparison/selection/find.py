"""Find what one text tells and another does not, or tells far down: S101 to S103, few and counted.

In: the event. Out: findings about rows. Every row told by one article stands in the alignment anyway; a finding is
printed where a learned judge is sure that no other text tells it, the sooner the more an editor would want it. "Not in
this saved text" is said only where the text is complete, nothing in it comes near, and two origins report the claim or
all who print it open with it. Fails where a text tells a claim in wholly different words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from operator import itemgetter

from comparer.attribution.vouching import UNSOURCED
from comparer.comparison.judged import judge
from comparer.comparison.view import EventView
from comparer.comparison.words import cell_content, read_words
from comparer.language.doc import Doc
from comparer.model import EmptyCell, EmptyReason, Finding, Passage, Rate, Row, Side, Span

MOST = 2  # figures that count
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
    rows = (row for row in event.alignment.rows if len(row.told_by) == 1)
    return [(row, k, _measured(event, row, k)) for row in rows for k in row.told_by]


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
    near = [*sorted((cell.near_miss.score if cell.near_miss else 0.0 for cell in cells), reverse=True), 0.0]
    sourcing = event.sourced(row.id, article)
    own, at = event.once(_told_sentences)[article], event.claims(row, article)[0].sentence
    return {
        "near": near[0],
        "near_second": near[1],
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


def _only_here(event: EventView) -> Iterator[Finding]:
    """Yield what only one text tells and an editor would want, where that is more probable than the line."""
    total = event.counted(range(len(event.analysed)))
    for row, article, features in alone(event):
        probability = judge("S").probability(features)
        if probability >= judge("S").line:
            cut = event.counted(_lacking(row, EmptyReason.TRUNCATED))
            note = f" {cut} of the others {'is' if cut == 1 else 'are'} cut off." if cut else ""
            yield Finding(
                code="S101",
                row=row.id,
                sides=(Side("only in this text", _passages(event, row, [article])),),
                magnitude=Rate(1, total, "saved texts"),
                message=f"Stands in one of {total} saved texts.{note}",
                confidence=probability,
            )


def _lacking(row: Row, reason: EmptyReason) -> list[int]:
    """Return the articles whose cell of a row is empty for a reason."""
    return [k for k, cell in enumerate(row.cells) if isinstance(cell, EmptyCell) and cell.reason is reason]


def _not_here(event: EventView) -> list[Finding]:
    """Return one finding for each row that some texts lack, those that most origins tell or open with first."""
    ranked: list[tuple[tuple[object, ...], Row]] = []
    for row in event.shared_rows:
        origins = event.origins_of(row.told_by)
        ledes = sum(_leads(event, row, k) for k in row.told_by)
        if (origins >= 2 or ledes == len(row.told_by)) and _sure(event, row):
            ranked.append(((-origins, -ledes, -row.confidence, row.id), row))
    lacking: Counter[int] = Counter()
    used: set[Passage] = set()
    found = []
    for _, row in sorted(ranked, key=itemgetter(0)):
        absent, printed = _lacking(row, EmptyReason.ABSENT), _passages(event, row, row.told_by)
        if used.isdisjoint(printed) and any(lacking[k] < NOT_HERE for k in absent):
            lacking.update(absent)
            used.update(printed)  # a sentence that carries two claims is shown once
            found.append(_missing(event, row, absent, printed))
    return found


def _sure(event: EventView, row: Row) -> bool:
    """Tell whether the tellers of a row surely tell one thing, below their headlines, and one worth missing."""
    told = {k: event.claim_spans(row, k) for k in row.told_by}
    below = all(any(not event.in_title(k, span) for span in spans) for k, spans in told.items())
    rich = any(len(_content(event, k, spans)) >= LEAST_CONTENT for k, spans in told.items())
    cells = combinations((cell_content(event, row, k) for k in told), 2)
    return below and rich and row.confidence >= SURE and all(_overlap(one, other) >= ALIKE for one, other in cells)


def _content(event: EventView, article: int, spans: Iterable[Span]) -> frozenset[str]:
    """Return the content stems of some spans of an article, figures included, words of headlines left out."""
    return event.docs[article].stems_of(spans) - event.headline_stems


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the part (0..1) of the shorter cell's content words that stand in the longer one too."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _missing(event: EventView, row: Row, absent: Sequence[int], printed: tuple[Passage, ...]) -> Finding:
    told, total, lacking = (event.counted(of) for of in (row.told_by, range(len(event.analysed)), absent))
    origins = event.origins_of(row.told_by)
    texts = "this saved text, which is" if lacking == 1 else f"{lacking} saved texts, which are"
    near = total - told - lacking
    openings = [(k, opening[0]) for k in absent if (opening := _opening(event, k))]
    anchors = Side("not in this saved text", tuple(event.passage(k, span) for k, span in openings))
    return Finding(
        code="S102",
        row=row.id,
        sides=(Side("printed", printed), *([anchors] if openings else [])),
        magnitude=Rate(told, total, "saved texts"),
        message=f"Printed in {told} of {total} saved texts, {origins} {'origins' if origins > 1 else 'origin'}; "
        f"not in {texts} complete as far as can be told." + (f" Of {near} more it cannot be said." if near else ""),
        confidence=round(min(0.8, 0.9 * row.confidence), 3),
    )


def _prominence(event: EventView) -> list[Finding]:
    """Return the surest rows with which one text opens and that another tells far down."""
    found = []
    for row in event.shared_rows:
        leading = [k for k in row.told_by if _leads(event, row, k)]
        late = [k for k in row.told_by if k not in leading and _place(event, row, k) >= LATE]
        if leading and late and _sure(event, row):
            sides = (
                Side("headline or opening", _passages(event, row, leading)),
                Side("last third", _passages(event, row, late)),
            )
            rate = Rate(len(leading), len(row.told_by), "articles that open with it")
            message = (
                f"One text opens with it ({_share(event, row, leading[0])} of its words); in another it stands in the "
                f"last third ({_share(event, row, late[0])})."
            )
            found.append(
                (row.confidence, Finding("S103", row.id, sides, rate, message, round(0.7 * row.confidence, 3)))
            )
    return [finding for _, finding in sorted(found, key=lambda pair: -pair[0])[:PROMINENCE]]


def _share(event: EventView, row: Row, article: int) -> str:
    """Say which part of an article's words a row takes, as in "12 of 240"."""
    text, whole = event.docs[article].text, [s.span for s in event.analysed[article].sentences]
    counts = [sum(len(read_words(text, s)[0]) for s in spans) for spans in (event.claim_spans(row, article), whole)]
    return f"{counts[0]} of {counts[1]}"


def _leads(event: EventView, row: Row, article: int) -> bool:
    """Tell whether an article puts a row into its headline or its first sentences."""
    opening = _opening(event, article)
    return any(span.overlaps(first) for span in event.claim_spans(row, article) for first in opening)


def _opening(event: EventView, article: int) -> tuple[Span, ...]:
    """Return the headline of an article, where it has one, and its first sentences."""
    doc = event.docs[article]
    return doc.once(_opening_of, doc.whole)


def _opening_of(doc: Doc, _: Span) -> tuple[Span, ...]:
    body = (s.span for s in doc.sentences if doc.title is None or not doc.title.overlaps(s.span))
    return (*((doc.title,) if doc.title else ()), *islice(body, LEDE))


def _place(event: EventView, row: Row, article: int) -> float:
    """Return how far down (0..1) a row first stands in an article, by sentences; 0 in a short text."""
    sentences = event.analysed[article].sentences
    first = min(claim.sentence for claim in event.claims(row, article))
    return first / len(sentences) if len(sentences) >= SHORT_TEXT else 0.0


def _passages(event: EventView, row: Row, articles: Iterable[int]) -> tuple[Passage, ...]:
    return tuple(claim.passage for k in articles for claim in event.claims(row, k))
