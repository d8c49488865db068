"""Compare the facts of every row: numbers, days, names and ranks, yes and no. Only a conflict is a finding.

In: the event. Out: facts with their verdicts for the report, and findings of family F for the conflicts, each with what
the outlets print and the tight words that print it. A finding says that the texts disagree, never which of them errs.
One conflict that stands in several rows is reported once, in the first. Opposites come from a listed pair of contrary
acts on the same object, or are the same verb, negated on one side only, in claims that share most of their content
words. Fails on irony, on negation carried by a whole paragraph, and on opposites that no list holds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from comparer.comparison.facts.dates import date_facts
from comparer.comparison.facts.names import NameFact, rank_facts, spelling_facts
from comparer.comparison.facts.numbers import number_facts
from comparer.comparison.view import EventView, Printed, side_of
from comparer.comparison.words import part_shared, stems
from comparer.language.doc import Doc
from comparer.language.units import MONTHS, WEEKDAYS
from comparer.language.words import STOP_WORDS, stem
from comparer.model import Fact, Finding, Passage, Rate, Row, RowId, Side, Span, Verdict
from comparer.resources.loader import load_lexicon, word_set

CODES = {"number": "F101", "date": "F102", "name": "F103", "title": "F103", "polarity": "F104"}
WORDS = {
    "number": "Number printed differently",
    "date": "Date printed differently",
    "name": "Name printed differently",
    "title": "Rank or title printed differently",
    "polarity": "Printed as opposites",
}
CONFIDENCE = {"number": 0.8, "date": 0.7, "name": 0.8, "title": 0.85, "polarity": 0.6}
TIMES = frozenset((*WEEKDAYS, *MONTHS)) - {"may", "march", "sun", "sat", "mar", "dec"}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OBJECT_WORDS = 9  # words after an act in which its object is looked for
SHARED_OBJECT = 2  # content stems beside the verb that both share
SAME_CLAIM = 0.6  # part of the shorter claim's content words that both share, for a plain negation
NEGATORS = word_set("comparison_words", "denying_auxiliaries")
UNSURE = word_set("comparison_words", "leaving_open")


@dataclass(frozen=True, slots=True)
class _Act:
    span: Span
    pair: int
    side: int
    stems: frozenset[str]


def compare_facts(event: EventView) -> tuple[Fact, ...]:
    """Return the facts that two or more cells of a row print, by row, then number, date, name, title, polarity."""
    names = [fact for fact in (*spelling_facts(event), *event.once(rank_facts)) if fact.row is not None]
    facts: list[Fact] = []
    for row in event.shared_rows:
        facts.extend(number_facts(event, row))
        facts.extend(date_facts(event, row))
        facts.extend(_named(event, fact, row.id) for fact in names if fact.row == row.id)
        facts.extend(_polar(event, row))
    return tuple(facts)


def distinct_facts(event: EventView, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return each fact once: what several rows tell is joined, and stands in the row that holds most of it."""
    kept = _merged(event, [fact for fact in facts if fact.verdict is Verdict.CONFLICT])
    rest = [fact for fact in facts if fact.verdict is not Verdict.CONFLICT]
    holding: dict[Passage, list[tuple[Fact, frozenset[Passage]]]] = defaultdict(list)
    for fact in sorted(rest, key=lambda fact: -sum(len(side.passages) for side in fact.sides)):
        printed = frozenset(passage for side in fact.sides for passage in side.passages)
        if any(_alike(fact, other) and printed <= held for other, held in holding[min(printed)]):
            continue
        kept.append(fact)
        for passage in printed:
            holding[passage].append((fact, printed))
    order = {row.id: k for k, row in enumerate(event.alignment.rows)}
    return tuple(sorted(kept, key=lambda fact: order[fact.row]))


def find_fact_findings(event: EventView, facts: Sequence[Fact]) -> tuple[Finding, ...]:
    """Return the conflicts among the event's facts as findings, by row; ranks that share no row come last."""
    found: dict[tuple[str, frozenset[str]], Finding] = {}
    for fact in _merged(event, [fact for fact in facts if fact.verdict is Verdict.CONFLICT]):
        key = (fact.kind, frozenset(side.value.casefold() for side in fact.sides))
        found.setdefault(key, _finding(fact.kind, fact.row, fact.sides))
    for loose in event.once(rank_facts):
        if loose.row is None:
            sides = _sides(event, loose.sides)
            key = (loose.kind, frozenset(side.value.casefold() for side in sides))
            found.setdefault(key, _finding(loose.kind, None, sides))
    return tuple(found.values())


def without_conflicts(facts: Sequence[Fact], rejected: Sequence[Finding]) -> tuple[Fact, ...]:
    """Return the facts without the conflicts that a reviewer rejected: those that rest on nothing else."""
    gone = [set(finding.evidence) for finding in rejected]

    def stays(fact: Fact) -> bool:
        passages = {passage for side in fact.sides for passage in side.passages}
        return fact.verdict is not Verdict.CONFLICT or not any(passages <= evidence for evidence in gone)

    return tuple(fact for fact in facts if stays(fact))


def _opposites(event: EventView, row: Row) -> Iterator[tuple[Printed[str], Printed[str]]]:
    """Yield pairs of readings in the row that say the opposite, in the order of the articles."""
    claims = [(event.docs[k], span) for k in row.told_by for span in event.claim_spans(row, k)]
    if not any(doc.once(_acts, span) or doc.once(_denied, span) for doc, span in claims):
        return  # as in most rows: nothing is done or denied that another cell could contradict

    def ask(left: int, right: int) -> tuple[tuple[Printed[str], Printed[str]], ...]:
        return (*_contrary_acts(event, row, left, right), *_negated(event, row, left, right))

    for left, right, found in event.pairs(row, ask):
        yield from ((one.at(left), other.at(right)) for one, other in found)


def _alike(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind and one.verdict is other.verdict


def _merged(event: EventView, facts: Sequence[Fact]) -> list[Fact]:
    """Join conflicts of two sides that share one side's passage: they are one conflict, told in several rows."""
    merged: list[Fact] = []
    for fact in facts:
        for k, earlier in enumerate(merged):
            sides = _joined(earlier, fact)
            if sides is not None:
                merged[k] = replace(earlier, sides=sides)
                break
        else:
            merged.append(fact)
    return [replace(fact, row=_home(event, fact)) for fact in merged]


def _home(event: EventView, fact: Fact) -> RowId:
    """Return the row that holds most of the fact's passages and the fewest other claims, the first of equals."""
    passages = [passage for side in fact.sides for passage in side.passages]

    at = [(event.told_at[event.index_of(p)], p.span) for p in passages]
    held = Counter(n for claims, span in at for n in {n for n, _ in claims.around(span)})
    most = max(held.values(), default=0)
    best = (row for n, row in enumerate(event.shared_rows) if held[n] == most)
    return min(best, key=lambda row: sum(len(row.cells[k].claims) for k in row.told_by)).id


def _joined(earlier: Fact, fact: Fact) -> tuple[Side, ...] | None:
    if earlier.kind != fact.kind or len(earlier.sides) != 2 or len(fact.sides) != 2:
        return None
    for pair in (fact.sides, fact.sides[::-1]):
        meets = [set(a.passages) & set(b.passages) for a, b in zip(earlier.sides, pair, strict=True)]
        if any(meets):
            return tuple(
                Side(a.value, tuple(dict.fromkeys((*a.passages, *b.passages))))
                for a, b in zip(earlier.sides, pair, strict=True)
            )
    return None


def _finding(kind: str, row: RowId | None, sides: Sequence[Side]) -> Finding:
    outlets = len({passage.article for side in sides for passage in side.passages})
    least = min(reversed(sides), key=lambda side: len({passage.article for passage in side.passages}))
    return Finding(
        code=CODES[kind],
        row=row,
        sides=tuple(sides),
        magnitude=Rate(len({passage.article for passage in least.passages}), outlets, f"outlets print “{least.value}”"),
        message=f"{WORDS[kind]}: {' / '.join(side.value for side in sides)}",
        confidence=CONFIDENCE[kind],
    )


def _named(event: EventView, fact: NameFact, row: RowId) -> Fact:
    note = "two spellings of one name" if fact.kind == "name" else "two ranks for one person"
    return Fact(row, fact.kind, Verdict.CONFLICT, _sides(event, fact.sides), note)


def _sides(event: EventView, sides: Sequence[Sequence[Printed[str]]]) -> tuple[Side, ...]:
    return tuple(side_of(side, text=event.text, passage=event.passage) for side in sides)


def _polar(event: EventView, row: Row) -> tuple[Fact, ...]:
    return tuple(
        Fact(row.id, "polarity", Verdict.CONFLICT, _sides(event, ([one], [other])), "one says what the other denies")
        for one, other in islice(_opposites(event, row), 1)
    )


def _contrary_acts(event: EventView, row: Row, left: int, right: int) -> Iterator[tuple[Printed[str], Printed[str]]]:
    one, other = event.docs[left], event.docs[right]
    for a_claim in event.claim_spans(row, left):
        for b_claim in event.claim_spans(row, right):
            if _other_times(one, a_claim, other, b_claim):
                continue
            for a in one.once(_acts, a_claim):
                for b in other.once(_acts, b_claim):
                    if a.pair == b.pair and a.side != b.side and len(a.stems & b.stems) >= SHARED_OBJECT:
                        yield Printed(left, a_claim, a.span, ""), Printed(right, b_claim, b.span, "")


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
    for a_claim in event.claim_spans(row, left):
        for b_claim in event.claim_spans(row, right):
            shared = stems(one, a_claim) & stems(other, b_claim)
            if part_shared(stems(one, a_claim), stems(other, b_claim)) < SAME_CLAIM:
                continue
            if one.once(_unsure, a_claim) != other.once(_unsure, b_claim):
                continue
            a, b = one.once(_denied, a_claim), other.once(_denied, b_claim)
            if (a is None) == (b is None):
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
