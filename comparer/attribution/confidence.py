"""Say how likely a linked attribution is right: logistic regression over what the models and the rules make of it.

In: the links of a text. Out: one probability per link, of its content sharing at least half of its characters with what
an annotator marked. Weights come from `training/attribution.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Any

from comparer.attribution.linking import Link
from comparer.attribution.scan import Piece
from comparer.attribution.windows import Page
from comparer.attribution.words import word
from comparer.resources.loader import load_json

_STEPS = (0.3, 0.5, 0.7, 0.9)
_MOST_PIECES = 30  # longer contents are equally long to the model


@cache
def _weights() -> tuple[float, dict[str, float]]:
    data: Any = load_json("attribution_confidence")
    return float(data["intercept"]), {str(k): float(v) for k, v in data["weights"].items()}


def confidences(page: Page, links: Sequence[Link]) -> list[float]:
    """Return each link's probability of being right, in the order of the links."""
    intercept, weights = _weights()
    found: list[float] = []
    for signs in signs_of(page, links):
        total = intercept + sum(weights.get(name, 0.0) * value for name, value in signs.items())
        found.append(1 / (1 + exp(-max(-30.0, min(30.0, total)))))
    return found


def signs_of(page: Page, links: Sequence[Link]) -> list[dict[str, float]]:
    """Return what speaks for and against each link, by name."""
    pieces = [p for unit in page.units for p in unit.pieces]
    kinds = [c for unit, first in zip(page.units, page.words.first, strict=True)
             for c in page.words.values["c"][first : first + len(unit.pieces)]]  # fmt: skip
    rules = _rules_by_cue(page)
    by_unit: dict[int, list[Link]] = {}
    for link in links:
        by_unit.setdefault(link.window.unit, []).append(link)
    return [
        _numbers(page, link, next((rules[k] for k in link.possible_cue if k in rules), None))
        | _rivals(page, link, by_unit[link.window.unit])
        | _names(link, pieces, kinds)
        for link in links
    ]


def _rules_by_cue(page: Page) -> dict[int, Mapping[int, str]]:
    return {k: roles for roles in reversed(page.mine) for k, role in roles.items() if role == "C"}


def _numbers(page: Page, link: Link, rule: Mapping[int, str] | None) -> dict[str, float]:
    roles = page.labelled[link.window.unit].roles
    base = page.base[link.window.unit]
    places = link.content_places
    cue = roles[link.possible_cue.start - base : link.possible_cue.stop - base, 1].tolist()
    content = roles[[k - base for k in places if k - base < len(roles)], 2].tolist()
    numbers = {
        "least content": link.content_least,
        "content": link.content_mean,
        "source": link.source_mean,
        "least": link.least,
        "cue": max(cue),
        "mean cue": sum(cue) / len(cue),
        "labelled content": sum(content) / len(content) if content else 0.0,
    }
    numbers["labelled source"] = (
        float(roles[link.source[0] - base : link.source[1] - base, 0].mean())
        if link.source and link.source[1] - base <= len(roles)
        else -1.0
    )
    signs = numbers | {f"{k} squared": v * v for k, v in numbers.items()}
    for name in ("cue", "content", "source", "least"):
        signs |= {f"{name} over {step}": 1.0 for step in _STEPS if numbers[name] > step}
    signs["pieces"] = min(len(places), _MOST_PIECES) / _MOST_PIECES
    signs["log pieces"] = log(len(places))
    signs["parts"] = float(len(link.contents))
    signs["no source"] = float(link.source is None)
    if rule is not None:
        told = {k for k, r in rule.items() if r == "T"}
        said_by = {k for k, r in rule.items() if r == "S"}
        own = set(range(*link.source)) if link.source else set()
        signs["rule"] = 1.0
        signs["rule and cue"] = numbers["cue"]
        signs["same content"] = len(told & places) / max(1, len(told | places))
        signs["same source"] = float(bool(said_by & own) or not (said_by or own))
    return signs


def _rivals(page: Page, link: Link, near: Sequence[Link]) -> dict[str, float]:
    """Weigh the links of the same sentence that claim this one's cue or content."""
    base = page.base[link.window.unit]
    roles = page.labelled[link.window.unit].roles
    places, cue = link.content_places, set(link.possible_cue)
    inside = holds = shares = 0.0
    for other in near:
        if other is link:
            continue
        sure = float(roles[other.possible_cue.start - base : other.possible_cue.stop - base, 1].max())
        theirs = other.content_places
        inside = max(inside, sure * (cue <= theirs))
        holds = max(holds, sure * (set(other.possible_cue) <= places))
        shares = max(shares, sure * len(theirs & places) / len(places))
    return {
        "inside": inside,
        "holds": holds,
        "shares": shares,
        "inside squared": inside**2,
        "rivals": min(4.0, len(near) - 1.0),
    }


def _names(link: Link, pieces: Sequence[Piece], kinds: Sequence[str]) -> dict[str, float]:
    head, cue = link.window.start + link.window.head, link.possible_cue
    known = word(pieces[head].low)
    first = min(link.content_places)
    side = "before" if first < cue.start else "after"
    quoted = any(pieces[k].quotation is not None for k in link.content_places)
    names = {
        f"verb {known.lemma}", f"kind {kinds[head]}",
        f"means {known.part} {known.verb}", f"noun {known.part} {known.noun}",
        f"left {kinds[cue.start - 1] if cue.start else ''}",
        f"right {kinds[cue.stop] if cue.stop < len(kinds) else ''}",
        f"opens {pieces[first].low}", f"{side} {'quoted' if quoted else ''}",
    }  # fmt: skip
    if link.source:
        last = word(pieces[link.source[1] - 1].low)
        names |= {f"said by {kinds[link.source[1] - 1]}", f"speaker {last.part} {last.noun}"}
    return dict.fromkeys(sorted(names), 1.0) | {"pieces of cue": float(min(5, len(cue)))}
