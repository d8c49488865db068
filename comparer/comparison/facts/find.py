"""Compare the facts of every row: numbers, days and names. Only a conflict is a finding.

In: the event. Out: facts with their verdicts for the report, and findings of family F for the conflicts, each with what
the outlets print and the tight words that print it. A finding says that the texts disagree, never which of them errs.
One conflict that stands in several rows is reported once, in the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from comparer.comparison.facts.dates import date_facts
from comparer.comparison.facts.names import spelling_facts
from comparer.comparison.facts.numbers import number_facts
from comparer.comparison.judged import rate
from comparer.comparison.view import EventView
from comparer.model import Fact, Finding, Passage, Rate, RowId, Side, Verdict

CODES = {"number": "F101", "date": "F102", "name": "F103"}
WORDS = {
    "number": "Number printed differently",
    "date": "Date printed differently",
    "name": "Name printed differently",
}


def compare_facts(event: EventView) -> tuple[Fact, ...]:
    """Return the facts that two or more cells of a row print, by row, then number, date, name."""
    names = spelling_facts(event)
    facts: list[Fact] = []
    for row in event.shared_rows:
        facts.extend(number_facts(event, row))
        facts.extend(date_facts(event, row))
        facts.extend(fact for fact in names if fact.row == row.id)
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
    """Return the conflicts among the event's facts as findings, by row."""
    found: dict[tuple[str, frozenset[str]], Finding] = {}
    for fact in _merged(event, [fact for fact in facts if fact.verdict is Verdict.CONFLICT]):
        key = (fact.kind, frozenset(side.value.casefold() for side in fact.sides))
        found.setdefault(key, _finding(fact))
    return tuple(found.values())


def without_conflicts(facts: Sequence[Fact], rejected: Sequence[Finding]) -> tuple[Fact, ...]:
    """Return the facts without the conflicts that a reviewer rejected: those that rest on nothing else."""
    gone = [set(finding.evidence) for finding in rejected]

    def stays(fact: Fact) -> bool:
        passages = {passage for side in fact.sides for passage in side.passages}
        return fact.verdict is not Verdict.CONFLICT or not any(passages <= evidence for evidence in gone)

    return tuple(fact for fact in facts if stays(fact))


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
    return min(best, key=lambda row: sum(len(row.cells[k].told) for k in row.told_by)).id


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


def _finding(fact: Fact) -> Finding:
    outlets = len({passage.article for side in fact.sides for passage in side.passages})
    least = min(reversed(fact.sides), key=lambda side: len({passage.article for passage in side.passages}))
    code = CODES[fact.kind]
    return Finding(
        code=code,
        row=fact.row,
        sides=fact.sides,
        magnitude=Rate(len({passage.article for passage in least.passages}), outlets, f"outlets print “{least.value}”"),
        message=f"{WORDS[fact.kind]}: {' / '.join(side.value for side in fact.sides)}",
        confidence=rate(code) if fact.probability is None else fact.probability,
    )
