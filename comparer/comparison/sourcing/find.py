"""Find where outlets differ in whom they cite for one claim: A101 to A105, and A106 in one text alone.

In: the event, and what each article tells of each row (`Told`). Out: findings with the sides that differ. Each two
sides of a row that cite in different ways are a candidate, with a probability that an editor of either would grant a
clear difference, by boosted trees over who may vouch on each side, how surely both state one thing, and what the
sources printed share (`resources/attribution_pairs.json`). Two rungs that differ are not yet a difference: a report
that is condensed, a fact that both saw, a row that holds two facts are none. A named and an unnamed source are never
merged, even where the words are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.attribution.signs import Signs
from comparer.attribution.vouching import UNSOURCED, VOUCHERS, Chances
from comparer.comparison.same import likeness, rarity, statement
from comparer.comparison.sourcing.sources import STANCES, Told, evidence, heads, label, stations
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.model import Finding, Passage, Rate, Relation, Row, RowId, Rung, Side, Span
from comparer.resources.loader import load_json

LINE = 0.7  # probability from which a difference is printed: of ten 8.7 hold on events left out, 7.5 on unseen ones
RARE = 0.6  # the same for codes with few examples, of which the trees are less sure
WITH = 0.5  # probability from which a further side of a row is printed beside such a one
AT_ONCE = 4096  # differences that are weighed together
LINES = {"A104": RARE, "A105": RARE}
MESSAGES = {
    "A101": "Cited from a named person in one place and from a source printed without a name in another. Identity not "
    "asserted.",
    "A102": "Attributed to a source, or to hearsay, in one place; in another the outlet tells it in its own voice.",
    "A103": "Cited from different sources for the same statement; whether they are one is not asserted.",
    "A104": "Passed on through another publisher's report in one place; in another no such station is printed.",
    "A105": "The reporting verb differs in what it adds to the same statement.",
}
OF_BOTH = ("cover", "stated", "quoted", "pronoun", "act", "states", "shared in content", "source named there",
           "same source there", "hearsay", "goes on", "no source", "likeness", "shared", "shared of own")  # fmt: skip
"""Signs of both sides whose lesser and greater value count."""
MOST_STEMS = 8  # content words in common from which on more say nothing new
UNNAMED = frozenset({Rung.ROLE, Rung.ANONYMOUS})


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold two sides that may differ, the code of how, and what is measured of them."""

    row: Row
    left: Told
    right: Told
    code: str
    signs: Signs


class _Trees(NamedTuple):
    """Hold boosted trees: what they look at, the roots, the most steps to a leaf, and by node where it leads."""

    signs: list[str]
    start: float
    roots: NDArray[np.int_]
    depth: int
    place: NDArray[np.int_]
    lower: NDArray[np.int_]
    upper: NDArray[np.int_]
    border: NDArray[np.float64]
    value: NDArray[np.float64]


def find_attribution_findings(event: EventView, told: Mapping[tuple[RowId, int], Told]) -> tuple[Finding, ...]:
    """Return the findings of family A, at most one per row and code."""
    grouped: dict[tuple[RowId, str], list[tuple[float, Difference]]] = {}
    differences = list(find_differences(event, told))
    for difference, sure in zip(differences, _probabilities(differences), strict=True):
        if sure >= WITH and _told_apart(event, difference):
            grouped.setdefault((difference.row.id, difference.code), []).append((sure, difference))
    ranked = [sorted(own, key=lambda judged: -judged[0]) for own in grouped.values()]
    found = [
        _finding(event, [d for _, d in own], own[0][0])
        for own in ranked
        if own[0][0] >= LINES.get(own[0][1].code, LINE)
    ]
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: -f.confidence):
        if len(finding.sides) > 1 and not _repeats(finding, kept):
            kept.append(finding)
    return (*kept, *_without_reason(event))


def _told_apart(event: EventView, difference: Difference) -> bool:
    """Tell whether two sides are two in print: sources of two kinds may be printed alike, and nobody is not two."""
    sides = difference.left, difference.right
    if {side.sourcing.rung for side in sides} in ({rung} for rung in UNSOURCED):
        return False
    left, right = (label(event, side, difference.code) for side in sides)
    return left != right


def find_differences(event: EventView, told: Mapping[tuple[RowId, int], Told]) -> Iterator[Difference]:
    """Yield every two sides of a shared row that may differ in who is cited."""
    for row in event.shared_rows:
        for left, right in combinations([told[row.id, k] for k in row.told_by], 2):
            code = _code(event, left, right)
            if code is not None:
                yield Difference(row, left, right, code, _signs(event, row, left, right, code))


def _code(event: EventView, left: Told, right: Told) -> str | None:
    """Return the code of the first way in which two sides differ, in the order of their weight, or None."""
    rungs = {left.sourcing.rung, right.sourcing.rung}
    if rungs & UNSOURCED:
        return "A102"
    if Rung.NAMED_PERSON in rungs and rungs & UNNAMED:
        return "A101"
    if bool(stations(event, left)) != bool(stations(event, right)):
        return "A104"
    one_name = same_name(left.sourcing.name or "", right.sourcing.name or "")
    if left.kind is not right.kind or not (one_name or heads(event, left) & heads(event, right)):
        return "A103"
    stances = {left.sourcing.cue_stance, right.sourcing.cue_stance}
    return "A105" if len(stances) > 1 and stances <= STANCES.keys() else None


def _signs(event: EventView, row: Row, left: Told, right: Told, code: str) -> Signs:
    """Return what is measured of two sides, by name; what is not there counts as 0."""
    rungs = [_by_rung(told.chances) for told in (left, right)]
    own = [r[Rung.OWN_VOICE] + r[Rung.REPORTEDLY] for r in rungs]
    named, unnamed = ([sum(r[k] for k in kinds) for r in rungs] for kinds in ((Rung.NAMED_PERSON,), UNNAMED))
    relation = event.relation_at.get((row.id, left.article, right.article))
    signs: Signs = {
        "kinds apart": 1 - float(left.chances @ right.chances),
        "rungs apart": 1 - sum(rungs[0][k] * rungs[1][k] for k in rungs[0]),
        "own and told": own[0] * (1 - own[1]) + own[1] * (1 - own[0]),
        "both told": (1 - own[0]) * (1 - own[1]),
        "named and unnamed": named[0] * unnamed[1] + named[1] * unnamed[0],
        "surer": max(left.sourcing.probability, right.sourcing.probability),
        "less sure": min(left.sourcing.probability, right.sourcing.probability),
        "row": row.confidence,
        "row and rungs": row.confidence * left.sourcing.probability * right.sourcing.probability,
        "outlets": float(min(len(row.told_by), 5)),
        "claims": float(min(len(left.heard) + len(right.heard), 6)),
        "verbatim": float(relation is Relation.VERBATIM),
        "reworded": float(relation is Relation.REWORDED),
        "sources share": float(bool(heads(event, left) & heads(event, right))),
        "stations": float(bool(stations(event, left)) != bool(stations(event, right))),
        code: 1.0,
        f"{code} {'-'.join(sorted(str(t.kind or t.sourcing.rung) for t in (left, right)))}": 1.0,
    }
    signs |= _likeness(event, left, right, row.confidence, verbatim=relation is Relation.VERBATIM)
    for name in OF_BOTH:
        low, high = sorted(max(s.get(name, 0.0) for s in told.signs) for told in (left, right))
        signs |= {f"{name}, least": low, f"{name}, most": high}
    return {name: value for name, value in signs.items() if value}


def _by_rung(chance: Chances) -> dict[Rung, float]:
    found = dict.fromkeys(Rung, 0.0)
    for (rung, _), value in zip(VOUCHERS, chance.tolist(), strict=True):
        found[rung] += value
    return found


def _likeness(event: EventView, left: Told, right: Told, confidence: float, *, verbatim: bool) -> Signs:
    """Return how alike two sides are without the words that say who is cited, and how rare what they share is."""
    one, other = (statement(event, told.article, _stated(told)) for told in (left, right))
    like = likeness(one, other)
    rare = rarity(event, (left.article, right.article), like.stems)
    return {
        "same stems": float(min(len(like.stems), MOST_STEMS)),
        "share of shorter": like.share,
        "share of longer": len(like.stems) / max(1, len(one.stems), len(other.stems)),
        "rare stems": min(rare, MOST_STEMS),
        "same figure": float(like.same_figure),
        "figures apart": float(like.figures_apart),
        "surely one": float(like.surely_one(confidence, verbatim=verbatim)),
    }


def _stated(told: Told) -> list[Span]:
    """Return the stretches of a side's claims that are not its source and its verb of saying."""
    said = told.said
    holes = sorted(s for s in (said.source, said.cue) if s is not None) if said is not None else []
    found: list[Span] = []
    for heard in told.heard:
        at, end = heard.claim.passage.span.start, heard.claim.passage.span.end
        for hole in holes:
            if at <= hole.start and hole.end <= end:
                found.append(Span(at, hole.start))
                at = hole.end
        found.append(Span(at, end))
    return found


def _probabilities(differences: Sequence[Difference]) -> list[float]:
    """Return how probable it is of each that an editor of either side would grant it, 0..1."""
    if len(differences) > AT_ONCE:  # each takes a place in every tree
        return _probabilities(differences[:AT_ONCE]) + _probabilities(differences[AT_ONCE:])
    trees = _trees()
    table = np.array([[d.signs.get(name, 0.0) for name in trees.signs] for d in differences]).reshape(
        -1, len(trees.signs)
    )
    rows, at = np.arange(len(table))[:, None], np.tile(trees.roots, (len(table), 1))
    for _ in range(trees.depth):
        at = np.where(table[rows, trees.place[at]] <= trees.border[at], trees.lower[at], trees.upper[at])
    total = trees.start + trees.value[at].sum(axis=1)
    found: list[float] = (1 / (1 + np.exp(-np.clip(total, -30, 30)))).tolist()
    return found


@cache
def _trees() -> _Trees:
    """Return the trees with their nodes in one table; a leaf leads to itself."""
    data = load_json("attribution_pairs")
    nodes: list[list[float]] = []  # place, border, lower, upper, value

    def add(node: Any) -> tuple[int, int]:  # noqa: ANN401 - a leaf, or [place, border, lower side, upper side]
        own = len(nodes)
        nodes.append([0, 0, own, own, 0])
        if not isinstance(node, list):
            nodes[own][4] = float(node)
            return own, 0
        (lower, low), (upper, high) = add(node[2]), add(node[3])
        nodes[own] = [node[0], node[1], lower, upper, 0]
        return own, 1 + max(low, high)

    roots = [add(tree) for tree in data["trees"]]
    place, border, lower, upper, value = np.array(nodes).T
    return _Trees(
        signs=data["signs"],
        start=data["start"],
        roots=np.array([root for root, _ in roots]),
        depth=max(depth for _, depth in roots),
        place=place.astype(int),
        lower=lower.astype(int),
        upper=upper.astype(int),
        border=border,
        value=value,
    )


def _finding(event: EventView, differences: Sequence[Difference], sure: float) -> Finding:
    """Return the finding of one row and code: whom each side cites, the surest two first, and the words it rests on."""
    first = differences[0]
    sides = {t.article: t for t in (first.left, first.right)}
    sides |= sorted((t.article, t) for d in differences for t in (d.left, d.right) if t.article not in sides)
    grouped: dict[str, list[Passage]] = {}
    for side in sides.values():
        grouped.setdefault(label(event, side, first.code), []).extend(evidence(event, side))
    return Finding(
        code=first.code,
        row=first.row.id,
        sides=tuple(Side(printed, tuple(passages)) for printed, passages in grouped.items()),
        magnitude=Rate(len(sides), len(first.row.told_by), "texts that tell the claim and differ in whom they cite"),
        message=MESSAGES[first.code],
        confidence=round(sure, 3),
    )


def _repeats(finding: Finding, found: Sequence[Finding]) -> bool:
    """Tell whether an earlier finding of the same code holds most of its articles' words."""
    articles = {passage.article for passage in finding.evidence}
    shared = (set(finding.evidence) & set(other.evidence) for other in found if other.code == finding.code)
    return any(2 * len({passage.article for passage in both}) > len(articles) for both in shared)


def _without_reason(event: EventView) -> Iterator[Finding]:
    """Yield A106 for each source that asks not to be named where the page states no reason."""
    for article, analysed in enumerate(event.analysed):
        for source in analysed.sources:
            if source.anonymity is not None and source.anonymity_reason is None:
                yield Finding(
                    code="A106",
                    row=None,
                    sides=(Side("no reason stated", (event.passage(article, source.anonymity),)),),
                    magnitude=Rate(1, len(analysed.sources), "sources cited in the text"),
                    message="Anonymity is asked for, and this saved text states no reason for it.",
                    confidence=0.8,
                )
