"""Link a possible cue with its content and its source, by a learned chain, and say how likely the link is right.

In: what is known of a text before linking. Out: a `Link` per possible cue that governs any content, and a probability
of its content sharing at least half of its characters with what an annotator marked, by logistic regression over what
models and rules make of it. Each cue is read on its own, so two links may claim the same words. Weights come from
`training/attribution.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Any, NamedTuple

from comparer.attribution.columns import Page, Window, coded_columns, sentence_columns, windows_of, word_columns
from comparer.attribution.labelling import (
    Chain,
    Numbers,
    label,
    load_chain,
    places,
    roles_by_place,
    rule_labels,
)
from comparer.attribution.units import Piece, Range, Unit
from comparer.attribution.words import word
from comparer.model import Attribution
from comparer.resources.loader import load_json


def read_page(units: Sequence[Unit], rules: Sequence[Attribution]) -> Page:
    """Return what linking rests on: words, labels and the rules' roles by place."""
    pieces = [p for unit in units for p in unit.pieces]
    base: list[int] = []
    for number in range(len(units)):
        base.append(base[-1] + len(units[number - 1].pieces) if number else 0)
    words = word_columns(units)
    mine = roles_by_place(pieces, rules)
    labels = rule_labels(units, mine)
    labelled = label(words.values | sentence_columns(units, words, labels), places(units, words.first), labels)
    return Page(units, words, labelled, base, mine)


LABELS = ("O", "S", "T", "C")
LEAST_SOURCE = 0.1


class Link(NamedTuple):
    """Hold one reading of a possible cue; ranges are half-open places among all pieces of the text."""

    window: Window
    source: Range | None
    cue: Range
    contents: tuple[Range, ...]
    source_mean: float  # mean probability of the source's pieces; -1 without a source
    content_mean: float
    content_least: float
    least: float  # least probability of any piece's label
    hinted: Range | None = None  # likeliest source where none is likely enough to be marked

    @property
    def possible_cue(self) -> range:
        """Return the places of the cue as it was before linking."""
        return range(self.window.start + self.window.cue[0], self.window.start + self.window.cue[1])

    @property
    def content_places(self) -> set[int]:
        """Return the places of the content."""
        return {k for start, end in self.contents for k in range(start, end)}


@cache
def _chain() -> Chain:
    return load_chain("attribution_links")


def link(page: Page, chain: Chain | None = None) -> list[Link]:
    """Return the links of a text in page order."""
    windows = windows_of(page)
    if not windows:
        return []
    chain = chain or _chain()
    coded, at = coded_columns(page, windows, chain.vocabulary)
    lengths = [len(w.rows) for w in windows]
    found = chain.probabilities(coded, at, lengths)
    links: list[Link] = []
    start = 0
    for window, length in zip(windows, lengths, strict=True):
        read = _read(window, found[start : start + length])
        if read is not None:
            links.append(read)
        start += length
    return links


def _read(window: Window, likely: Numbers) -> Link | None:
    best, sure = likely.argmax(axis=1).tolist(), likely.max(axis=1).tolist()
    contents = _runs(best, LABELS.index("T"))
    if not contents:
        return None
    source = max(_runs(best, LABELS.index("S")), key=_length, default=None)
    cue = max(_runs(best, LABELS.index("C")), key=_length, default=window.cue)
    content = [p for a, b in contents for p in sure[a:b]]
    return Link(
        window=window,
        source=_moved(source, window.start) if source else None,
        cue=_moved(cue, window.start),
        contents=tuple(_moved(r, window.start) for r in contents),
        source_mean=sum(sure[slice(*source)]) / _length(source) if source else -1.0,
        content_mean=sum(content) / len(content),
        content_least=min(content),
        least=min(sure),
        hinted=None if source else _hinted(window, best, likely[:, LABELS.index("S")].tolist()),
    )


def _hinted(window: Window, best: Sequence[int], source: Sequence[float]) -> Range | None:
    unmarked = [int(k == LABELS.index("O") and p > LEAST_SOURCE) for k, p in zip(best, source, strict=True)]
    part = max(_runs(unmarked, 1), key=lambda r: sum(source[slice(*r)]), default=None)
    return _moved(part, window.start) if part else None


def _length(part: Range) -> int:
    return part[1] - part[0]


def _moved(part: Range, by: int) -> Range:
    return part[0] + by, part[1] + by


def _runs(labels: Sequence[int], wanted: int) -> list[Range]:
    """Return the longest stretches of one label, in order."""
    found: list[Range] = []
    for k, name in enumerate(labels):
        if name == wanted:
            found[-1:] = [(found[-1][0], k + 1)] if found and found[-1][1] == k else [*found[-1:], (k, k + 1)]
    return found


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
    rules = {k: roles for roles in reversed(page.mine) for k, role in roles.items() if role == "C"}
    by_unit: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_unit[link.window.unit].append(link)
    return [
        _numbers(page, link, next((rules[k] for k in link.possible_cue if k in rules), None))
        | _rivals(page, link, by_unit[link.window.unit])
        | _names(link, pieces, kinds)
        for link in links
    ]


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
    for other in (one for one in near if one is not link):
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
