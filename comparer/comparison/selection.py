"""Find what one text tells and another does not: S101 to S103, few and counted.

In: the event. Out: findings about rows. Every row told by one article stands in the alignment anyway; a finding is
printed only for those that matter most by what they hold. "Not in this saved text" is said only where the text is
complete, nothing in it comes near, and two origins report the claim or all who print it lead with it.
"""

from __future__ import annotations

from itertools import combinations

from comparer.comparison.agreement import count_origins
from comparer.comparison.pieces import read_words
from comparer.comparison.relations import cell_forms, content_overlap
from comparer.comparison.view import EventView
from comparer.model import EmptyCell, EmptyReason, Finding, Passage, Rate, Row, Rung, Side, Span

ONLY_HERE = 5  # findings per article,
ONLY_HERE_PART = 2  # and at most one in two of the rows told by it alone
NOT_HERE = 3  # findings per article
PROMINENCE = 3  # findings per event
LEDE = 2  # sentences after the headline that open a text
SHORT_TEXT = 6  # sentences: in a shorter text nothing stands far down
LATE = 2 / 3  # part of the text after which a claim stands far down
LEAST_WORDS = 8  # a shorter sentence says too little alone
SUBSTANCE = 15  # a cited source with a few words, or two names and a figure, or ten words with a name
SURE = 0.7  # confidence of a row before its absence elsewhere is worth a finding,
ALIKE = 0.34  # and part of the shorter cell's content words that its tellers share


def find_selection(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family S; none for a lone article."""
    if len(event.analysed) < 2:
        return ()
    found: list[Finding] = []
    for article in range(len(event.analysed)):
        found += _only_here(event, article)
        found += _not_here(event, article)
    return (*found, *_prominence(event))


def _only_here(event: EventView, article: int) -> list[Finding]:
    alone = [row for row in event.alignment.rows if row.told_by == (article,)]
    others = [k for k in range(len(event.analysed)) if k != article]
    complete = [
        row
        for row in alone
        if any(_absent(row, k) for k in others) and all(_absent(row, k) or _cut_off(row, k) for k in others)
    ]
    ranked = sorted(complete, key=lambda row: (-_substance(event, row, article), row.cells[article].claims[0].passage))
    wanted = ranked[: min(ONLY_HERE, -(-len(alone) // ONLY_HERE_PART))]
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
        if _substance(event, row, article) >= SUBSTANCE
    ]


def _substance(event: EventView, row: Row, article: int) -> int:
    """Weigh a row told by one: names, figures and a cited source count above words; 0 for what says too little."""
    claims = event.claims(row, article)
    analysed = event.analysed[article]
    text = analysed.article.text
    words = [w for c in claims for w in read_words(text, c.passage.span)[0]]
    if len(words) < LEAST_WORDS or event.in_title(article, claims[0].passage.span):
        return 0
    names = {n.key for n in analysed.names if any(c.passage.span.covers(n.span) for c in claims)}
    figures = sum(any(ch.isdigit() for ch in w.form) for w in words)
    sourcing = event.sourced(row.id, article)
    cited = sourcing is not None and sourcing.rung not in {Rung.OWN_VOICE, Rung.REPORTEDLY}
    return 6 * min(2, len(names)) + 4 * min(2, figures) + 12 * cited + min(25, sum(not w.bare for w in words))


def _absent(row: Row, article: int) -> bool:
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason is EmptyReason.ABSENT


def _cut_off(row: Row, article: int) -> bool:
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason is EmptyReason.TRUNCATED


def _cut_note(count: int) -> str:
    """Say how many of the other texts end before they could have told it."""
    return f" {count} of the others {'is' if count == 1 else 'are'} cut off." if count else ""


def _not_here(event: EventView, article: int) -> list[Finding]:
    ranked: list[tuple[tuple[object, ...], Row]] = []
    for row in event.shared_rows():
        if article in row.told_by or not _absent(row, article) or not _sure(event, row):
            continue
        origins = count_origins(event.reuse.origins, row.told_by)
        ledes = sum(_leads(event, row, k) for k in row.told_by)
        if origins >= 2 or ledes == len(row.told_by):
            ranked.append(((-origins, -ledes, -row.confidence, row.id), row))
    return [_missing(event, row, article) for _, row in sorted(ranked, key=lambda pair: pair[0])[:NOT_HERE]]


def _sure(event: EventView, row: Row) -> bool:
    """Tell whether the tellers of a row surely tell one thing, and one worth missing."""
    long = any(len(w) >= LEAST_WORDS for w in (cell_forms(event, row, k) for k in row.told_by))
    pairs = combinations(row.told_by, 2)
    return long and row.confidence >= SURE and all(content_overlap(event, row, a, b) >= ALIKE for a, b in pairs)


def _missing(event: EventView, row: Row, article: int) -> Finding:
    told = [k for k in row.told_by if k != article]
    origins = count_origins(event.reuse.origins, told)
    outlet_count = (
        f"{len(told)} of {len(event.analysed)} saved texts, {origins} {'origins' if origins > 1 else 'origin'}"
    )
    side = Side("printed", tuple(p for k in told for p in _passages(event, row, k)))
    return Finding(
        code="S102",
        row=row.id,
        sides=(side, *_anchor(event, article)),
        magnitude=Rate(len(told), len(event.analysed), "saved texts"),
        message=f"Printed in {outlet_count}; not in this saved text, which is complete as far as can be told.",
        confidence=round(min(0.8, 0.9 * row.confidence), 3),
    )


def _anchor(event: EventView, article: int) -> tuple[Side, ...]:
    """Name the text that lacks the claim by its headline, or by its first sentence."""
    analysed = event.analysed[article]
    span = event.title_span(article) or next((s.span for s in analysed.sentences), None)
    return (Side("not in this saved text", (event.passage(article, span),)),) if span else ()


def _prominence(event: EventView) -> list[Finding]:
    found: list[tuple[float, Finding]] = []
    for row in event.shared_rows():
        leading = [k for k in row.told_by if _leads(event, row, k)]
        late = [k for k in row.told_by if k not in leading and _place(event, row, k) >= LATE]
        if not leading or not late or not _sure(event, row):
            continue
        sides = (
            Side("headline or opening", tuple(p for k in leading for p in _passages(event, row, k))),
            Side("last third", tuple(p for k in late for p in _passages(event, row, k))),
        )
        message = "One text opens with it; in another it stands in the last third."
        rate = Rate(len(leading), len(row.told_by), "articles that open with it")
        found.append((row.confidence, Finding("S103", row.id, sides, rate, message, round(0.7 * row.confidence, 3))))
    found.sort(key=lambda pair: -pair[0])
    return [finding for _, finding in found[:PROMINENCE]]


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
