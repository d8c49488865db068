"""Find where outlets differ in whom they cite for one claim: A101 to A105, and A106 in one text alone.

In: the event, and what each article tells of each row. Out: findings with the sides that differ. Each two sides of a
row that cite in different ways are a candidate; printed are those above the family's line, which nine in ten clear on
events left out. A named and an unnamed source are never merged, even where the words are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from comparer.comparison.sourcing.ladder import Told
from comparer.comparison.sourcing.pairs import Difference, differences_of, probability
from comparer.comparison.sourcing.sources import evidence, label
from comparer.comparison.view import EventView
from comparer.model import Finding, Passage, Rate, RowId, Side

LINE = 0.7  # probability from which a difference is printed: of ten 8.7 hold on events left out, 7.5 on unseen ones
RARE = 0.6  # the same for codes with few examples, of which the trees are less sure
WITH = 0.5  # probability from which a further side of a row is printed beside such a one
LINES = {"A104": RARE, "A105": RARE}
MESSAGES = {
    "A101": "Cited from a named person in one place and from a source printed without a name in another. Identity not "
    "asserted.",
    "A102": "Attributed to a source in one place; in another the outlet tells it in its own voice.",
    "A103": "Cited from different sources for the same statement; whether they are one is not asserted.",
    "A104": "Passed on through another publisher's report in one place; in another no such station is printed.",
    "A105": "The reporting verb differs in what it adds to the same statement.",
}


def find_attribution_findings(event: EventView, told: Mapping[tuple[RowId, int], Told]) -> tuple[Finding, ...]:
    """Return the findings of family A, at most one per row and code."""
    grouped: dict[tuple[RowId, str], list[tuple[float, Difference]]] = {}
    for difference in find_differences(event, told):
        sure = probability(difference)
        if sure >= WITH:
            grouped.setdefault((difference.row.id, difference.code), []).append((sure, difference))
    printed = ((max(sure for sure, _ in own), [d for _, d in own]) for own in grouped.values())
    found = [_finding(event, own, sure) for sure, own in printed if sure >= LINES.get(own[0].code, LINE)]
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: -f.confidence):
        if len(finding.sides) > 1 and not _repeats(finding, kept):
            kept.append(finding)
    return (*kept, *_without_reason(event))


def find_differences(event: EventView, told: Mapping[tuple[RowId, int], Told]) -> list[Difference]:
    """Return every two sides of a shared row that may differ in who is cited."""
    pairs = ((row, left, right) for row in event.shared_rows for left, right in combinations(row.told_by, 2))
    met = (differences_of(event, row, told[row.id, left], told[row.id, right]) for row, left, right in pairs)
    return [difference for difference in met if difference is not None]


def _finding(event: EventView, differences: list[Difference], sure: float) -> Finding:
    """Return the finding of one row and code: whom each side cites, and the words it rests on."""
    first = differences[0]
    sides = sorted({t.article: t for d in differences for t in (d.left, d.right)}.items())
    grouped: dict[str, list[Passage]] = {}
    for _, side in sides:
        grouped.setdefault(label(event, side, first.code), []).extend(evidence(event, side))
    return Finding(
        code=first.code,
        row=first.row.id,
        sides=tuple(Side(printed, tuple(passages)) for printed, passages in grouped.items()),
        magnitude=Rate(len(sides), len(first.row.told_by), "texts that tell the claim and differ in whom they cite"),
        message=MESSAGES[first.code],
        confidence=round(sure, 3),
    )


def _without_reason(event: EventView) -> list[Finding]:
    found = []
    for article, analysed in enumerate(event.analysed):
        for source in analysed.sources:
            if source.anonymity is None or source.anonymity_reason is not None:
                continue
            found.append(
                Finding(
                    code="A106",
                    row=None,
                    sides=(Side("no reason stated", (event.passage(article, source.anonymity),)),),
                    magnitude=Rate(1, len(analysed.sources), "sources cited in the text"),
                    message="Anonymity is asked for, and this saved text states no reason for it.",
                    confidence=0.8,
                )
            )
    return found


def _repeats(finding: Finding, found: list[Finding]) -> bool:
    """Tell whether an earlier finding of the same code holds most of its articles' words."""
    places = {(p.article, p.span) for p in finding.evidence}
    articles = {article for article, _ in places}
    for other in (f for f in found if f.code == finding.code):
        shared = {article for article, _ in places & {(p.article, p.span) for p in other.evidence}}
        if 2 * len(shared) > len(articles):
            return True
    return False
