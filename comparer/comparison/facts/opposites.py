"""Find readings of one row that say the opposite.

In: the event and one row. Out: pairs of readings of two articles. Opposites come from a listed pair of contrary acts on
the same object, or are the same verb, negated on one side only, in claims that share most of their content words. Fails
on irony, on negation carried by a whole paragraph, and on opposites that no list holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from comparer.comparison.view import EventView, Printed
from comparer.comparison.words import part_shared, stems
from comparer.language.dates import MONTHS, WEEKDAYS
from comparer.language.doc import Doc
from comparer.language.words import STOP_WORDS, stem
from comparer.model import Row, Span
from comparer.resources.loader import load_lexicon, word_set

TIMES = frozenset((*WEEKDAYS, *MONTHS)) - {"may", "march", "sun", "sat", "mar", "dec"}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OBJECT_WORDS = 9  # words after an act in which its object is looked for
SHARED_OBJECT = 2  # content stems beside the verb that both share
SAME_CLAIM = 0.6  # part of the shorter claim's content words that both share, for a plain negation
NEGATORS = word_set("comparison_words", "denying_auxiliaries")
UNSURE = word_set("comparison_words", "leaving_open")


class _Act(NamedTuple):
    span: Span
    pair: int
    side: int
    stems: frozenset[str]


def opposites(event: EventView, row: Row) -> Iterator[tuple[Printed[str], Printed[str]]]:
    """Yield pairs of readings in the row that say the opposite, in the order of the articles."""
    denied = (found for k in row.told_by for _, found in event.printed(row, k, _denying))
    if not any(event.printed(row, k, _acting) for k in row.told_by) and not any(denied):
        return  # as in most rows: nothing is done or denied that another cell could contradict

    def ask(left: int, right: int) -> tuple[tuple[Printed[str], Printed[str]], ...]:
        return (*_contrary_acts(event, row, left, right), *_negated(event, row, left, right))

    for left, right, found in event.pairs(row, ask):
        yield from ((one.at(left), other.at(right)) for one, other in found)


def _contrary_acts(event: EventView, row: Row, left: int, right: int) -> Iterator[tuple[Printed[str], Printed[str]]]:
    one, other = event.docs[left], event.docs[right]
    ours, theirs = (event.printed(row, k, _acting) for k in (left, right))
    there = {(b.pair, b.side) for _, acts in theirs for b in acts}
    for a_claim, acts in ours:
        contrary = [a for a in acts if any(a.pair == pair and a.side != side for pair, side in there)]
        for b_claim, b_acts in theirs if contrary else ():
            if _other_times(one, a_claim, other, b_claim):
                continue
            for a in contrary:
                for b in b_acts:
                    if a.pair == b.pair and a.side != b.side and len(a.stems & b.stems) >= SHARED_OBJECT:
                        yield Printed(left, a_claim, a.span, ""), Printed(right, b_claim, b.span, "")


def _acting(event: EventView, article: int, claim: Span) -> list[tuple[Span, list[_Act]]]:
    acts = event.docs[article].once(_acts, claim)
    return [(claim, acts)] if acts else []


def _denying(event: EventView, article: int, claim: Span) -> list[tuple[Span, tuple[Span, str] | None]]:
    return [(claim, event.docs[article].once(_denied, claim))]


def _other_times(one: Doc, a: Span, other: Doc, b: Span) -> bool:
    """Tell whether both claims print days or years and none in common: what fell on Friday may rise on Monday."""
    times = one.once(_times, a), other.once(_times, b)
    return bool(times[0] and times[1] and not times[0] & times[1])


def _times(doc: Doc, span: Span) -> frozenset[str]:
    return frozenset(t.form for t in doc.words(span) if t.form in TIMES) | frozenset(YEAR.findall(span.of(doc.text)))


def _acts(doc: Doc, claim: Span) -> list[_Act]:
    tokens = doc.words(claim)
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
                acted = stems(doc, reach) - {stem(f) for f in forms}
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
    one, other = event.docs[left], event.docs[right]
    ours, theirs = (event.printed(row, k, _denying) for k in (left, right))
    for a_claim, a in ours:
        for b_claim, b in theirs:
            if (a is None) == (b is None):
                continue
            shared = stems(one, a_claim) & stems(other, b_claim)
            if part_shared(stems(one, a_claim), stems(other, b_claim)) < SAME_CLAIM:
                continue
            if one.once(_unsure, a_claim) != other.once(_unsure, b_claim):
                continue
            denied, plain, plain_claim = (a, other, b_claim) if a is not None else (b, one, a_claim)
            if denied and len(shared - {denied[1]}) < SHARED_OBJECT:
                continue
            said = _said(plain, plain_claim, denied[1]) if denied else None
            if denied and said:
                spans = (denied[0], said) if a is not None else (said, denied[0])
                yield Printed(left, a_claim, spans[0], ""), Printed(right, b_claim, spans[1], "")


def _denied(doc: Doc, claim: Span) -> tuple[Span, str] | None:
    """Return the negation with its verb, and the verb's stem; None where the claim denies nothing or too much."""
    tokens = doc.words(claim)
    places = [k for k, t in enumerate(tokens) if t.form in NEGATORS or t.form.endswith("n't")]
    if len(places) != 1:
        return None
    at = places[0]
    verb = next((t for t in tokens[at + 1 : at + 3] if t.form not in STOP_WORDS), None)
    if (
        verb is None
        or not verb.span.of(doc.text).islower()
        or verb.form.endswith("'s")
        or tokens[at + 1].form in {"only", "yet", "just", "immediately", "a", "the"}
    ):
        return None
    return Span(tokens[max(0, at - 1)].span.start, verb.span.end), stem(verb.form)


def _said(doc: Doc, claim: Span, verb: str) -> Span | None:
    tokens = doc.words(claim)
    if any(t.form in NEGATORS or t.form.endswith("n't") for t in tokens):
        return None
    return next((t.span for t in tokens if stem(t.form) == verb), None)


def _unsure(doc: Doc, claim: Span) -> frozenset[str]:
    """Return the words that leave open what is denied; where both claims print the same ones, they cancel out."""
    return frozenset(t.form for t in doc.words(claim)) & UNSURE
