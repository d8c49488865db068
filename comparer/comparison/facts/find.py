"""Compare the facts of every row: numbers, days and names. Only a conflict is a finding.

In: the event. Out: facts with their verdicts for the report, and findings of family F for the conflicts, each with what
the outlets print and the tight words that print it. A finding says that the texts disagree, never which of them errs.
One conflict that stands in several rows is reported once, in the first. Names conflict where one person's full name is
printed a letter apart; transliterations and accents are no difference. Fails on two relatives who share a first name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from operator import eq

from comparer.comparison.facts.dates import date_facts
from comparer.comparison.facts.numbers import number_facts
from comparer.comparison.judged import rate
from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.model import Fact, Finding, Passage, Rate, Row, RowId, Side, Span, Verdict

CODES = {"number": "F101", "date": "F102", "name": "F103"}
SHORT = 4  # a surname of fewer letters is not compared: too many differ by one
SWAPS = frozenset(frozenset(p) for p in ("ae", "ei", "iy", "ou", "kq", "ck", "gq", "jy", "vw", "sz", "ij", "dj", "bv"))


def compare_facts(event: EventView) -> tuple[Fact, ...]:
    """Return the facts that two or more cells of a row print, by row, then number, date, name."""
    facts: list[Fact] = []
    spelt: set[frozenset[str]] = set()
    for row in event.shared_rows:
        facts += (*number_facts(event, row), *date_facts(event, row), *_spelling_facts(event, row, spelt))
    return tuple(facts)


def distinct_facts(event: EventView, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return each fact once: what several rows tell is joined, and stands in the row that holds most of it."""
    kept = _conflicts(event, facts)
    rest = [fact for fact in facts if fact.verdict is not Verdict.CONFLICT]
    holding: dict[tuple[Passage, str, Verdict], list[frozenset[Passage]]] = defaultdict(list)
    for fact in sorted(rest, key=lambda fact: -len(_printed(fact))):
        printed = frozenset(_printed(fact))
        if not any(printed <= held for held in holding[min(printed), fact.kind, fact.verdict]):
            kept.append(fact)
            for passage in printed:
                holding[passage, fact.kind, fact.verdict].append(printed)
    order = {row.id: k for k, row in enumerate(event.alignment.rows)}
    return tuple(sorted(kept, key=lambda fact: order[fact.row]))


def find_fact_findings(event: EventView, facts: Sequence[Fact]) -> tuple[Finding, ...]:
    """Return the conflicts among the event's facts as findings, by row."""
    found: dict[tuple[str, frozenset[str]], Finding] = {}
    for fact in _conflicts(event, facts):
        key = (fact.kind, frozenset(side.value.casefold() for side in fact.sides))
        found.setdefault(key, _finding(fact))
    return tuple(found.values())


def without_conflicts(facts: Sequence[Fact], rejected: Sequence[Finding]) -> tuple[Fact, ...]:
    """Return the facts without the conflicts that a reviewer rejected: those that rest on nothing else."""
    gone = [set(finding.evidence) for finding in rejected]
    return tuple(
        fact
        for fact in facts
        if fact.verdict is not Verdict.CONFLICT or not any(evidence.issuperset(_printed(fact)) for evidence in gone)
    )


def _printed(fact: Fact) -> list[Passage]:
    return [passage for side in fact.sides for passage in side.passages]


def _conflicts(event: EventView, facts: Sequence[Fact]) -> list[Fact]:
    """Return the conflicts; those of two sides that share one side's passage are one, told in several rows."""
    merged: list[Fact] = []
    for fact in (fact for fact in facts if fact.verdict is Verdict.CONFLICT):
        for k, earlier in enumerate(merged):
            sides = _joined(earlier, fact)
            if sides is not None:
                merged[k] = replace(earlier, sides=sides)
                break
        else:
            merged.append(fact)
    return [replace(fact, row=_home(event, fact)) for fact in merged]


def _joined(earlier: Fact, fact: Fact) -> tuple[Side, ...] | None:
    if earlier.kind != fact.kind or len(earlier.sides) != 2 or len(fact.sides) != 2:
        return None
    for sides in (fact.sides, fact.sides[::-1]):
        pairs = list(zip(earlier.sides, sides, strict=True))
        if any(set(a.passages) & set(b.passages) for a, b in pairs):
            return tuple(Side(a.value, tuple(dict.fromkeys((*a.passages, *b.passages)))) for a, b in pairs)
    return None


def _home(event: EventView, fact: Fact) -> RowId:
    """Return the row that holds most of the fact's passages and the fewest other claims, the first of equals."""
    at = [(event.told_at[event.index_of(p)], p.span) for p in _printed(fact)]
    held = Counter(n for claims, span in at for n in {n for n, _ in claims.around(span)})
    most = max(held.values(), default=0)
    best = (row for n, row in enumerate(event.shared_rows) if held[n] == most)
    return min(best, key=lambda row: sum(len(row.cells[k].told) for k in row.told_by)).id


def _finding(fact: Fact) -> Finding:
    def outlets(*sides: Side) -> int:
        return len({passage.article for side in sides for passage in side.passages})

    code, least = CODES[fact.kind], min(reversed(fact.sides), key=outlets)
    return Finding(
        code=code,
        row=fact.row,
        sides=fact.sides,
        magnitude=Rate(outlets(least), outlets(*fact.sides), f"outlets print “{least.value}”"),
        message=f"{fact.kind.capitalize()} printed differently: {' / '.join(side.value for side in fact.sides)}",
        confidence=rate(code) if fact.probability is None else fact.probability,
    )


def _spelling_facts(event: EventView, row: Row, spelt: set[frozenset[str]]) -> list[Fact]:
    """Return the full names that two articles print a letter apart; adds to `spelt`, of which none is told again."""
    found = []
    printed = {k: sorted(event.printed(row, k, _full_names), key=lambda name: name.span) for k in row.told_by}
    for _, _, near in event.pairs(row, partial(_near_names, event, printed)):
        for pair in near:
            if pair not in spelt:
                spelt.add(pair)
                spellings = [name for k in printed for name in printed[k] if name.value in pair]
                first = {(name.article, name.value): name for name in reversed(spellings)}
                gathered = gather(list(first.values()), eq)
                sides = tuple(side_of(side, text=event.text, passage=event.passage) for side in gathered)
                found.append(Fact(row.id, "name", Verdict.CONFLICT, sides, "two spellings of one name"))
    return found


def _full_names(event: EventView, article: int, claim: Span) -> list[Printed[str]]:
    """Return the keys of the full names of a claim, but for those in capitals."""
    found = [m for m in event.docs[article].names_at.inside(claim) if " " in m.key]
    return [Printed(article, claim, m.span, m.key) for m in found if not event.text(article, m.span).isupper()]


def _near_names(
    event: EventView, printed: Mapping[int, Sequence[Printed[str]]], left: int, right: int
) -> list[frozenset[str]]:
    """Return each two names that may be one misspelt; where a text prints both they are two."""
    known = event.once(_name_keys)
    own = [name.value for name in printed[left] if name.value not in known[right]]
    others = [name.value for name in printed[right] if name.value not in known[left]]
    return [frozenset(pair) for pair in product(own, others) if _misspelt(*pair)]


def _name_keys(event: EventView) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.key for name in analysed.names) for analysed in event.analysed)


def _misspelt(one: str, other: str) -> bool:
    """Tell whether two name keys differ in one part, by one letter left out, added or swapped."""
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return False
    unlike = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(unlike) == 1 and min(map(len, unlike[0])) >= SHORT and _one_letter(*unlike[0])


def _one_letter(a: str, b: str) -> bool:
    """Tell whether two words are a letter apart that is no matter of transliteration."""
    from rapidfuzz.distance import Levenshtein

    edits = list(Levenshtein.editops(a, b))
    if len(edits) != 1:
        return False
    edit = edits[0]
    if edit.tag == "replace":
        return frozenset((a[edit.src_pos], b[edit.dest_pos])) not in SWAPS
    longer, place = (a, edit.src_pos) if edit.tag == "delete" else (b, edit.dest_pos)
    doubled = longer[place] in {longer[place - 1 : place], longer[place + 1 : place + 2]}
    return not doubled and longer[place] not in "hy'-"
