"""Find what one text tells and another does not: S101 to S104, few and counted.

In: the event. Out: findings about rows. Every row told by one article stands in the alignment anyway; a finding is
printed only for those that add most. "Not in this saved text" is said only where the text is complete, nothing in it
comes near, and two origins report the claim or all who print it open with it. Fails where a text tells a claim in
wholly different words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from comparer.comparison.agreement import count_origins
from comparer.comparison.quotations.pieces import read_words
from comparer.comparison.relations import cell_forms, content_overlap
from comparer.comparison.selection.novelty import LEAST_WORDS, content, may_tell, news, told_elsewhere
from comparer.comparison.view import EventView
from comparer.model import EmptyCell, EmptyReason, Finding, Passage, Rate, Row, Side, Span

ONLY_HERE = 4  # findings per article,
ONLY_HERE_PART = 2  # and at most one in two of the rows told by it alone
NEWS = 16  # weight of a row told by one: a cited source and two new words, or two new names and as many
NOT_HERE = 3  # findings per article that lacks a claim
PROMINENCE = 3  # findings per event
LEDE = 2  # sentences after the headline that open a text
SHORT_TEXT = 6  # sentences: in a shorter text nothing stands far down
LATE = 2 / 3  # part of the text after which a claim stands far down
LEAST_CONTENT = 5  # content words of the longest telling, those of headlines apart, before its absence is worth a word
SURE = 0.7  # confidence of a row before its absence elsewhere is worth a finding,
ALIKE = 0.34  # and part of the shorter cell's content words that its tellers share


def find_selection(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family S; none for a lone article."""
    if len(event.analysed) < 2:
        return ()
    only_here = [f for article in range(len(event.analysed)) for f in _only_here(event, article)]
    return (*only_here, *_not_here(event), *_prominence(event))


def _only_here(event: EventView, article: int) -> list[Finding]:
    alone = [row for row in event.alignment.rows if row.told_by == (article,)]
    others = [k for k in range(len(event.analysed)) if k != article]
    weights = {row.id: news(event, row, article) for row in alone}
    complete = [
        row
        for row in alone
        if weights[row.id] >= NEWS
        and any(_whole(row, k) for k in others)
        and all(
            _cut_off(row, k) or (_whole(row, k) and not told_elsewhere(event, row, article, other=k)) for k in others
        )
    ]
    complete.sort(key=lambda row: (-weights[row.id], row.cells[article].claims[0].passage))
    wanted = complete[: min(ONLY_HERE, -(-len(alone) // ONLY_HERE_PART))]
    return [
        Finding(
            code="S101",
            row=row.id,
            sides=(Side("only in this text", _passages(event, row, article)),),
            magnitude=Rate(1, len(event.analysed), "saved texts"),
            message=f"Stands in one of {len(event.analysed)} saved texts; nothing in the others comes near."
            + _cut_note(sum(_cut_off(row, k) for k in others)),
            confidence=0.6,
        )
        for row in wanted
    ]


def _whole(row: Row, article: int) -> bool:
    """Tell whether nothing but its choice keeps a row out of a text: it is neither cut off nor too old."""
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason in {EmptyReason.ABSENT, EmptyReason.NEAR_MISS}


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
        origins = count_origins(event.reuse.origins, row.told_by)
        ledes = sum(_leads(event, row, k) for k in row.told_by)
        if (origins >= 2 or ledes == len(row.told_by)) and _sure(event, row):
            ranked.append(((-origins, -ledes, -row.confidence, row.id), row))
    lacking: dict[int, int] = {}
    used: set[Passage] = set()
    found = []
    for _, row in sorted(ranked, key=lambda pair: pair[0]):
        if used & {p for k in row.told_by for p in _passages(event, row, k)}:
            continue  # a sentence that carries two claims is shown once
        absent = [k for k in range(len(event.analysed)) if _absent(row, k) and not _may_tell(event, row, k)]
        open_to = [k for k in absent if lacking.get(k, 0) < NOT_HERE]
        if open_to:
            lacking.update({k: lacking.get(k, 0) + 1 for k in absent})
            found.append(_missing(event, row, absent))
            used.update(found[-1].sides[0].passages)
    return found


def _may_tell(event: EventView, row: Row, article: int) -> bool:
    """Tell whether an article may tell a row that the alignment found nowhere in it."""
    return any(may_tell(event, article, content(event, k, event.claim_spans(row, k))) for k in row.told_by)


def _sure(event: EventView, row: Row) -> bool:
    """Tell whether the tellers of a row surely tell one thing, below their headlines, and one worth missing."""
    long = any(len(cell_forms(event, row, k)) >= LEAST_WORDS for k in row.told_by)
    below = all(any(not event.in_title(k, span) for span in event.claim_spans(row, k)) for k in row.told_by)
    rich = any(len(content(event, k, event.claim_spans(row, k))) >= LEAST_CONTENT for k in row.told_by)
    pairs = combinations(row.told_by, 2)
    alike = row.confidence >= SURE and all(content_overlap(event, row, a, b) >= ALIKE for a, b in pairs)
    return long and below and rich and alike


def _missing(event: EventView, row: Row, absent: Sequence[int]) -> Finding:
    told, total = row.told_by, len(event.analysed)
    origins = count_origins(event.reuse.origins, told)
    texts = "this saved text, which is" if len(absent) == 1 else f"{len(absent)} saved texts, which are"
    near = total - len(told) - len(absent)
    return Finding(
        code="S102",
        row=row.id,
        sides=(Side("printed", tuple(p for k in told for p in _passages(event, row, k))), *_anchors(event, absent)),
        magnitude=Rate(len(told), total, "saved texts"),
        message=f"Printed in {len(told)} of {total} saved texts, {origins} {'origins' if origins > 1 else 'origin'}; "
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
    opening = _opening(event, article)
    return any(span.overlaps(first) for span in event.claim_spans(row, article) for first in opening)


def _opening(event: EventView, article: int) -> tuple[Span, ...]:
    body = [s.span for s in event.analysed[article].sentences if not event.in_title(article, s.span)]
    title = event.title_span(article)
    return (*((title,) if title else ()), *body[:LEDE])


def _place(event: EventView, row: Row, article: int) -> float:
    """Return how far down (0..1) a row first stands in an article, by sentences; 0 in a short text."""
    sentences = event.analysed[article].sentences
    first = min(claim.sentence for claim in event.claims(row, article))
    return first / len(sentences) if len(sentences) >= SHORT_TEXT else 0.0


def _passages(event: EventView, row: Row, article: int) -> tuple[Passage, ...]:
    return tuple(claim.passage for claim in event.claims(row, article))
