"""Turn the apparatus of quotations into findings: Q101 to Q106, with Q107 and Q109 of rows and Q108 in one page.

In: the event and its utterances. Out: at most one finding per utterance and code, with every reading on a side.
Identical quotations give none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from comparer.comparison.judged import rate
from comparer.comparison.quotations.differences import Reading, lay_out, name_change
from comparer.comparison.quotations.fragments import find_fragments
from comparer.comparison.quotations.linking import Piece, quoted_pieces, same_utterance
from comparer.comparison.quotations.retold import find_retold
from comparer.comparison.quotations.utterances import NOT_PRINTED
from comparer.comparison.view import EventView
from comparer.language.words import WORD
from comparer.model import (
    ChangeKind,
    Finding,
    Passage,
    QuoteChange,
    Rate,
    Side,
    Utterance,
)

CODES = {
    ChangeKind.SUBSTITUTED_WORD: "Q101",
    ChangeKind.TRUNCATED: "Q102",
    ChangeKind.SPLICED: "Q102",
    ChangeKind.ELLIPSIS: "Q103",
    ChangeKind.REORDERED: "Q104",
    ChangeKind.MODAL: "Q105",
    ChangeKind.NEGATION: "Q106",
}
MESSAGES = {
    "Q101": "printed with different words inside quotation marks",
    "Q102": "printed longer in one place than in another",
    "Q103": "printed with an ellipsis in one place and not in another",
    "Q104": "its parts printed in different order",
    "Q105": "with a word of possibility or duty in one printed form and not in another",
    "Q106": "with a negation in one printed form and not in another",
}
NO_MARK = "not inside the quotation marks, where no ellipsis stands for them"
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
SHOWN = 15  # words of a side that a message repeats
SHORT_PIECE = 3  # words: headlines quote scraps
NO_CHANCE = 6  # words that stand in two places of a text because somebody's words were printed twice


def find_quote_findings(event: EventView, utterances: Sequence[Utterance]) -> tuple[Finding, ...]:
    """Return the findings of family Q, by utterance and row."""
    found = [f for utterance in utterances for f in _changed(event, utterance)]
    found += find_fragments(event, found)
    found += find_retold(event, found)
    return (*found, *_headlines(event))


def _changed(event: EventView, utterance: Utterance) -> list[Finding]:
    by_code: dict[str, list[QuoteChange]] = defaultdict(list)
    for change in utterance.changes:
        if change.kind in CODES and not _printed_elsewhere(event, change):
            by_code[CODES[change.kind]].append(_printed_sides(change))
    words = max(sum(len(event.text(r.article, s).split()) for s in r.columns if s) for r in utterance.readings)
    note = f" {utterance.possible_translation}" if utterance.possible_translation else ""
    found = []
    for code, changes in sorted(by_code.items()):
        values = "; ".join(_between(change, code) for change in changes[:3])
        touched = sum(max(_count(side.value) for side in change.sides) for change in changes)
        found.append(
            Finding(
                code=code,
                row=utterance.row,
                sides=_merge(event, utterance, changes),
                magnitude=Rate(min(touched, words), words, "words of the quotation"),
                message=f"Much the same quotation, {MESSAGES[code]}: {values}.{note}",
                confidence=rate(code),
            )
        )
    return found


def _printed_elsewhere(event: EventView, change: QuoteChange) -> bool:
    """Tell whether an article that is said not to print words prints them in another place of its text."""
    words = [f" {_folded(side.value)} " for side in change.sides if len(side.value.split()) >= NO_CHANCE]
    lacking = {event.index_of(p) for side in change.sides if side.value == NOT_PRINTED for p in side.passages}
    texts = [f" {_folded(event.docs[article].kept)} " for article in lacking] if words else []
    return any(printed in text for printed in words for text in texts)


def _folded(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def _printed_sides(change: QuoteChange) -> QuoteChange:
    """Leave out the readings that print nothing there, where those that print something make the difference."""
    if change.kind not in {ChangeKind.REORDERED, ChangeKind.SUBSTITUTED_WORD, ChangeKind.ELLIPSIS}:
        return change
    printed = tuple(side for side in change.sides if side.value != NOT_PRINTED)
    enough = len(printed) > 1 or (change.kind is ChangeKind.REORDERED and printed)
    return replace(change, sides=printed) if enough else change


def _between(change: QuoteChange, code: str) -> str:
    """Lay the sides of a change beside each other; of words not printed, say whether a mark stands in their place."""
    return " / ".join(dict.fromkeys(_shown(side.value, longer=code == "Q102") for side in change.sides))


def _shown(value: str, *, longer: bool) -> str:
    if value == NOT_PRINTED:
        return NO_MARK if longer else NOT_PRINTED
    words = value.split()
    quoted = value if len(words) <= SHOWN else " ".join(words[:SHOWN]) + " […]"
    return f"“{quoted}”, with an ellipsis" if longer and ELLIPSIS.search(value) else f"“{quoted}”"


def _count(value: str) -> int:
    return 0 if value == NOT_PRINTED else len(value.split())


def _merge(event: EventView, utterance: Utterance, changes: Sequence[QuoteChange]) -> tuple[Side, ...]:
    """Join the sides of several changes: readings that agree in all of them stand on one side."""
    values: dict[int, list[str]] = {reading.article: [] for reading in utterance.readings}
    passages: dict[int, list[Passage]] = defaultdict(list)
    for change in changes:
        for side in change.sides:
            for article, own in groupby(side.passages, key=event.index_of):
                values[article].append(side.value)
                passages[article] += own
    grouped: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for article, printed in values.items():
        grouped[tuple(printed)] += passages[article]
    return tuple(
        Side(NOT_PRINTED if {*printed} == {NOT_PRINTED} else " … ".join(printed), tuple(places))
        for printed, places in grouped.items()
        if places
    )


def _headlines(event: EventView) -> Iterator[Finding]:
    """Yield Q108 where a page's headline quotes its own body in other words."""
    pieces = event.once(quoted_pieces)
    for title in (piece for piece in pieces if piece.title and len(piece.words) >= SHORT_PIECE):
        own = [piece for piece in pieces if piece.article == title.article and not piece.title]
        if any(piece.forms == title.forms for piece in own):
            continue
        body = max(own, key=lambda piece: (same_utterance(title, piece), -piece.span.start), default=None)
        if body is not None and same_utterance(title, body) and _reworded(event, title, body):
            yield Finding(
                code="Q108",
                row=None,
                sides=(
                    Side("headline", (event.passage(title.article, title.span),)),
                    Side("body", (event.passage(body.article, body.span),)),
                ),
                magnitude=Rate(len(title.words), len(body.words), "words of the quotation"),
                message="The headline prints a quotation in other words than the body of the same text.",
                confidence=rate("Q108"),
            )


def _reworded(event: EventView, title: Piece, body: Piece) -> bool:
    readings = (Reading(title.article, (title,)), Reading(body.article, (body,)))
    layout = lay_out(readings)
    base, other = readings[layout.base], readings[1 - layout.base]
    kinds = {name_change(event, base, other, region) for region in layout.regions[1 - layout.base]}
    return bool(kinds & (CODES.keys() - {ChangeKind.TRUNCATED, ChangeKind.ELLIPSIS}))
