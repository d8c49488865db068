"""Turn the apparatus of quotations into findings: Q101 to Q106, with Q107 and Q109 of rows and Q108 in one page.

In: the event and its utterances. Out: at most one finding per utterance and code, with every reading on a side.
Identical quotations give none.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from comparer.comparison.judged import rate
from comparer.comparison.quotations.changes import name_change
from comparer.comparison.quotations.columns import Reading, lay_out
from comparer.comparison.quotations.fragments import find_fragments
from comparer.comparison.quotations.linking import Piece, quoted_pieces, same_utterance
from comparer.comparison.quotations.retold import find_retold
from comparer.comparison.quotations.utterances import INDISTINCT, NOT_PRINTED
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
    "Q101": "Much the same quotation, printed with different words inside quotation marks",
    "Q102": "Much the same quotation, printed longer in one place than in another",
    "Q103": "Much the same quotation, printed with an ellipsis in one place and not in another",
    "Q104": "Much the same quotation, its parts printed in different order",
    "Q105": "Much the same quotation, with a word of possibility or duty in one printed form and not in another",
    "Q106": "Much the same quotation, with a negation in one printed form and not in another",
}
NO_MARK = "not printed, and no mark stands in their place"
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
SHORT_PIECE = 3  # words: headlines quote scraps
NO_CHANCE = 6  # words that stand in two places of a text because somebody's words were printed twice


def find_quote_findings(event: EventView, utterances: Sequence[Utterance]) -> tuple[Finding, ...]:
    """Return the findings of family Q, by utterance and row."""
    found = [f for utterance in utterances for f in _changed(event, utterance)]
    found += find_fragments(event, found)
    found += find_retold(event, found)
    found += _headlines(event)
    return tuple(found)


def _changed(event: EventView, utterance: Utterance) -> list[Finding]:
    by_code: dict[str, list[QuoteChange]] = {}
    for change in utterance.changes:
        if change.kind in CODES and not _printed_elsewhere(event, change):
            by_code.setdefault(CODES[change.kind], []).append(_printed_sides(change))
    words = max(sum(len(event.text(r.article, s).split()) for s in r.columns if s) for r in utterance.readings)
    found = []
    for code, changes in sorted(by_code.items()):
        sides = _merge(event, utterance, changes)
        values = "; ".join(_between(change, code) for change in changes[:3])
        note = f" {utterance.possible_translation}" if utterance.possible_translation else ""
        touched = sum(max(_count(side.value) for side in change.sides) for change in changes)
        found.append(
            Finding(
                code=code,
                row=utterance.row,
                sides=sides,
                magnitude=Rate(min(touched, words), words, "words of the quotation"),
                message=f"{MESSAGES[code]}: {values}.{note}",
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
    return dataclasses.replace(change, sides=printed) if enough else change


def _merge(event: EventView, utterance: Utterance, changes: Sequence[QuoteChange]) -> tuple[Side, ...]:
    """Join the sides of several changes: readings that agree in all of them stand on one side."""
    printed: dict[int, list[tuple[str, tuple[Passage, ...]]]] = {r.article: [] for r in utterance.readings}
    for change in changes:
        for side in change.sides:
            for article in sorted({event.index_of(p) for p in side.passages}):
                own = tuple(p for p in side.passages if event.index_of(p) == article)
                printed[article].append((side.value, own))
    grouped: dict[tuple[str, ...], list[Passage]] = {}
    for parts in printed.values():
        values = tuple(value for value, _ in parts)
        grouped.setdefault(values, []).extend(p for _, passages in parts for p in passages)
    return tuple(Side(" … ".join(values), tuple(passages)) for values, passages in grouped.items() if passages)


def _between(change: QuoteChange, code: str) -> str:
    """Lay the sides of a change beside each other; of words not printed, say whether a mark stands in their place."""
    values = []
    for side in change.sides:
        if side.value == NOT_PRINTED:
            values.append(NO_MARK if code == "Q102" else NOT_PRINTED)
        else:
            shown = f"“{_short(side.value)}”"
            values.append(f"{shown}, with an ellipsis" if code == "Q102" and ELLIPSIS.search(side.value) else shown)
    return " / ".join(dict.fromkeys(values))


def _short(value: str) -> str:
    words = value.split()
    return value if len(words) <= 15 else " ".join(words[:15]) + " […]"


def _count(value: str) -> int:
    return 0 if value == NOT_PRINTED else len(value.split())


def _headlines(event: EventView) -> list[Finding]:
    """Return Q108 where a page's headline quotes its own body in other words."""
    found = []
    pieces = quoted_pieces(event)
    for title in pieces:
        if not title.title or len(title.words) < SHORT_PIECE:
            continue
        body = [p for p in pieces if p.article == title.article and not p.title]
        scored = [(same_utterance(title, p), p) for p in body]
        best = max(scored, key=lambda pair: (pair[0], -pair[1].span.start), default=(0.0, None))
        if best[1] is not None and best[0] and _substituted(event, title, best[1]):
            found.append(_headline(event, title, best[1]))
    return found


def _substituted(event: EventView, title: Piece, body: Piece) -> bool:
    readings = (Reading(title.article, (title,)), Reading(body.article, (body,)))
    layout = lay_out(readings)
    base, other = readings[layout.base], readings[1 - layout.base]
    kinds = {name_change(event, base, other, region) for region in layout.regions[1 - layout.base]}
    return bool(kinds & (set(CODES) - INDISTINCT - {ChangeKind.TRUNCATED, ChangeKind.ELLIPSIS}))


def _headline(event: EventView, title: Piece, body: Piece) -> Finding:
    return Finding(
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
