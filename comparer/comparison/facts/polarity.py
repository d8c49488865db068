"""Find claims of one row that say the opposite: an act done here and its contrary there, or denied in one of them.

In: the event and one row. Out: pairs of readings. The contrary must come from a listed pair of acts on the same object,
be the same verb, negated on one side only, in claims that share most of their content words, or stand before the same
noun. Fails on irony, on negation carried by a whole paragraph, and on opposites that no list holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from comparer.comparison.facts.contraries import contrary_descriptions
from comparer.comparison.printed import Printed
from comparer.comparison.view import EventView
from comparer.comparison.words import part_shared, stems
from comparer.language.units import MONTHS, WEEKDAYS
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import Row, Span
from comparer.resources.loader import load_lexicon

TIMES = frozenset((*WEEKDAYS, *MONTHS)) - {"may", "march", "sun", "sat", "mar", "dec"}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OBJECT_WORDS = 9  # words after an act in which its object is looked for
SHARED_OBJECT = 2  # content stems beside the verb that both share
SAME_CLAIM = 0.6  # part of the shorter claim's content words that both share, for a plain negation
NEGATORS = frozenset(
    "not never n't cannot won't didn't doesn't don't isn't wasn't hasn't haven't hadn't aren't".split()
)
UNSURE = frozenset(
    "if unless whether no nobody nothing none neither nor without deny denies denied refuse refused fail failed reject "
    "rejected could may might would should until only yet stop stopped rule ruled out against unlikely".split()
)


@dataclass(frozen=True, slots=True)
class _Act:
    span: Span
    pair: int
    side: int
    stems: frozenset[str]


def opposites(event: EventView, row: Row) -> tuple[tuple[Printed[str], Printed[str]], ...]:
    """Return pairs of readings in the row that say the opposite, in the order of the articles."""
    return tuple(
        pair
        for left, right in combinations(row.told_by, 2)
        for pair in (
            *_contrary_acts(event, row, left, right),
            *_negated(event, row, left, right),
            *contrary_descriptions(event, row, left, right),
        )
    )


def _contrary_acts(event: EventView, row: Row, left: int, right: int) -> Iterator[tuple[Printed[str], Printed[str]]]:
    one, other = (event.analysed[k].article.text for k in (left, right))
    for a_claim in event.claim_spans(row, left):
        for b_claim in event.claim_spans(row, right):
            if _other_times(one, a_claim, other, b_claim):
                continue
            for a in _acts(one, a_claim):
                for b in _acts(other, b_claim):
                    if a.pair == b.pair and a.side != b.side and len(a.stems & b.stems) >= SHARED_OBJECT:
                        yield Printed(left, a_claim, a.span, ""), Printed(right, b_claim, b.span, "")


def _other_times(one: str, a: Span, other: str, b: Span) -> bool:
    """Tell whether both claims print days or years and none in common: what fell on Friday may rise on Monday."""
    times = [
        {t.form for t in words(text, span) if t.form in TIMES} | set(YEAR.findall(span.of(text)))
        for text, span in ((one, a), (other, b))
    ]
    return bool(times[0] and times[1] and not times[0] & times[1])


def _acts(text: str, claim: Span) -> list[_Act]:
    tokens = words(text, claim)
    if any(t.form in NEGATORS for t in tokens):
        return []
    found: list[_Act] = []
    for at in range(len(tokens)):
        for forms, pair, side in _pairs().get(tokens[at].form, ()):
            if tuple(t.form for t in tokens[at : at + len(forms)]) == forms:
                last = min(len(tokens), at + len(forms) + OBJECT_WORDS)
                rest = tokens[at + len(forms) : last]
                end = rest[min(len(rest), 6) - 1].span.end if rest else tokens[at + len(forms) - 1].span.end
                reach = Span(tokens[max(0, at - 3)].span.start, rest[-1].span.end if rest else end)
                acted = stems(text, reach) - {stem(f) for f in forms}
                found.append(_Act(Span(tokens[at].span.start, end), pair, side, acted))
                break
    return found


@cache
def _pairs() -> dict[str, tuple[tuple[tuple[str, ...], int, int], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
    entries = [entry for group in load_lexicon("antonyms").groups for entry in group.entries]
    for number, entry in enumerate(entries):
        for side, listed in enumerate(entry.split(" | ")):
            for form in listed.split(" / "):
                parts = tuple(form.split())
                table.setdefault(parts[0], []).append((parts, number, side))
    return {first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in table.items()}


def _negated(event: EventView, row: Row, left: int, right: int) -> Iterator[tuple[Printed[str], Printed[str]]]:
    one, other = (event.analysed[k].article.text for k in (left, right))
    for a_claim in event.claim_spans(row, left):
        for b_claim in event.claim_spans(row, right):
            shared = stems(one, a_claim) & stems(other, b_claim)
            if part_shared(stems(one, a_claim), stems(other, b_claim)) < SAME_CLAIM:
                continue
            if _unsure(one, a_claim) != _unsure(other, b_claim):
                continue
            a, b = _denied(one, a_claim), _denied(other, b_claim)
            if (a is None) == (b is None):
                continue
            denied, plain_text, plain_claim = (a, other, b_claim) if a is not None else (b, one, a_claim)
            if denied and len(shared - {denied[1]}) < SHARED_OBJECT:
                continue
            said = _said(plain_text, plain_claim, denied[1]) if denied else None
            if denied and said:
                spans = (denied[0], said) if a is not None else (said, denied[0])
                yield Printed(left, a_claim, spans[0], ""), Printed(right, b_claim, spans[1], "")


def _denied(text: str, claim: Span) -> tuple[Span, str] | None:
    """Return the negation with its verb, and the verb's stem; None where the claim denies nothing or too much."""
    tokens = words(text, claim)
    places = [k for k, t in enumerate(tokens) if t.form in NEGATORS or t.form.endswith("n't")]
    if len(places) != 1:
        return None
    at = places[0]
    verb = next((t for t in tokens[at + 1 : at + 3] if t.form not in STOP_WORDS), None)
    if (
        verb is None
        or not verb.span.of(text).islower()
        or verb.form.endswith("'s")
        or tokens[at + 1].form in {"only", "yet", "just", "immediately", "a", "the"}
    ):
        return None
    return Span(tokens[max(0, at - 1)].span.start, verb.span.end), stem(verb.form)


def _said(text: str, claim: Span, verb: str) -> Span | None:
    tokens = words(text, claim)
    if any(t.form in NEGATORS or t.form.endswith("n't") for t in tokens):
        return None
    return next((t.span for t in tokens if stem(t.form) == verb), None)


def _unsure(text: str, claim: Span) -> frozenset[str]:
    """Return the words that leave open what is denied; where both claims print the same ones, they cancel out."""
    return frozenset(t.form for t in words(text, claim)) & UNSURE
