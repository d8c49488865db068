"""Weigh whether two outlets clearly differ in who stands for one claim.

In: what two articles tell of a row (`Told`). Out: how they differ, as a code, and the probability that an editor of
either would grant a clear difference there, by boosted trees over who may vouch on each side, how surely both state one
thing, and what the sources printed share. Trees: `resources/attribution_pairs.json`. Two rungs that differ
are not yet a difference: a report that is condensed, a fact that both saw, a row that holds two facts are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparer.attribution.signs import Signs
from comparer.attribution.vouching import UNSOURCED, VOUCHERS
from comparer.comparison.same import likeness, statement
from comparer.comparison.sourcing.ladder import Told
from comparer.comparison.sourcing.sources import heads, stances_apart, stations
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.model import Relation, Row, Rung, Span
from comparer.resources.loader import load_json

Numbers = NDArray[np.float64]
SUMMED = ("cover", "stated", "quoted", "pronoun", "act", "states", "shared in content", "source named there",
          "same source there", "hearsay", "goes on", "no source")  # fmt: skip
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


def differences_of(event: EventView, row: Row, left: Told, right: Told) -> Difference | None:
    """Return how two sides of a row may differ in who is cited, or None where they say the same of it."""
    code = _code(event, left, right)
    if code is None:
        return None
    return Difference(row, left, right, code, _signs(event, row, left, right, code))


def probability(difference: Difference) -> float:
    """Return how probable it is that an editor of either side would grant the difference, 0..1."""
    data = load_json("attribution_pairs")
    values = [difference.signs.get(name, 0.0) for name in data["signs"]]
    total = data["start"] + sum(_leaf(tree, values) for tree in data["trees"])
    return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def _leaf(node: Any, values: Sequence[float]) -> float:  # noqa: ANN401 - a leaf, or [place, border, lower side, upper side]
    """Return the number at the leaf of a tree to which these values lead."""
    while isinstance(node, list):
        place, border, lower, upper = node
        node = lower if values[place] <= border else upper
    return float(node)


def _code(event: EventView, left: Told, right: Told) -> str | None:
    """Return the code of the first way in which two sides differ, in the order of their weight."""
    rungs = {left.sourcing.rung, right.sourcing.rung}
    if len(rungs & UNSOURCED) == 1 or rungs == UNSOURCED:
        return "A102"
    if rungs <= UNSOURCED:
        return None
    if Rung.NAMED_PERSON in rungs and rungs & UNNAMED:
        return "A101"
    if bool(stations(event, left)) != bool(stations(event, right)):
        return "A104"
    if left.kind is not right.kind or not _one_source(event, left, right):
        return "A103"
    return "A105" if stances_apart(left, right) else None


def _one_source(event: EventView, left: Told, right: Told) -> bool:
    """Tell whether what two sides print may be one source."""
    one, other = left.sourcing.name or "", right.sourcing.name or ""
    return same_name(one, other) or bool(heads(event, left) & heads(event, right))


def _signs(event: EventView, row: Row, left: Told, right: Told, code: str) -> Signs:
    chances = left.chances, right.chances
    rungs = [_by_rung(chance) for chance in chances]
    own = [r[Rung.OWN_VOICE] + r[Rung.REPORTEDLY] for r in rungs]
    named, unnamed = ([sum(r[k] for k in kinds) for r in rungs] for kinds in ((Rung.NAMED_PERSON,), UNNAMED))
    sides = [{name: max(s.get(name, 0.0) for s in t.signs) for name in (*SUMMED, "likeness", "shared", "shared of own")}
             for t in (left, right)]  # fmt: skip
    apart = 1 - float(chances[0] @ chances[1])
    relation = event.relation(row.id, left.article, right.article)
    signs: Signs = {
        "kinds apart": apart,
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
    for name in (*SUMMED, "likeness", "shared", "shared of own"):
        low, high = sorted(s[name] for s in sides)
        signs |= {f"{name}, least": low, f"{name}, most": high}
    return {name: value for name, value in signs.items() if value}


def _likeness(event: EventView, left: Told, right: Told, confidence: float, *, verbatim: bool) -> Signs:
    """Return how alike two sides are without the words that say who is cited, and how rare what they share is."""
    stated = [_stated(t) for t in (left, right)]
    one, other = (statement(event, t.article, spans) for t, spans in zip((left, right), stated, strict=True))
    like = likeness(one, other)
    places = [event.sentences_with(t.article) for t in (left, right)]
    rare = sum(2 / max(2, sum(len(held.get(stem, ())) for held in places)) for stem in like.stems)
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


def _by_rung(chance: Numbers) -> dict[Rung, float]:
    found = dict.fromkeys(Rung, 0.0)
    for (rung, _), value in zip(VOUCHERS, chance.tolist(), strict=True):
        found[rung] += value
    return found
