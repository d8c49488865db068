"""Hold what one cue governs, and say how likely that reading of it is right.

In: for a possible cue how likely each piece near it is source, content, cue or nothing, by either reader (`tagging`,
`linking`). Out: a `Link`, and a probability of its content sharing at least half of its characters with what an
annotator marked, by logistic regression. Each cue is read on its own, so two links may claim the same words. Weights
come from `training/attribution.py`, one set for each reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.attribution.units import Piece, Range, Unit, last_of
from comparer.attribution.words import class_of, verb_forms, word
from comparer.resources.loader import load_json

Numbers = NDArray[np.float32]
ROLES = ("O", "S", "T", "C")  # nothing, source, content, cue
LEAST_SOURCE = 0.1
LEAST_CUE = 0.15  # probability from which a word is tried as a cue; most doubtful ones turn out to govern nothing
GAP = 2  # pieces between two parts of one source: "the judge, | who | passed sentence"


class Tried(NamedTuple):
    """Hold a possible cue: its places among all pieces of the text, its sentence, and how likely each is a cue."""

    unit: int
    places: range
    chances: tuple[float, ...]


def cue_runs(chances: Numbers) -> list[Range]:
    """Return the runs of pieces that may be a cue; each piece's chances are to open one and to go on with one."""
    either = chances.sum(axis=1)
    found: list[Range] = []
    for k in np.flatnonzero(either > LEAST_CUE).tolist():
        if found and found[-1][1] == k and chances[k, 0] <= either[k] / 2:
            found[-1] = (found[-1][0], k + 1)
        else:
            found.append((k, k + 1))
    return found


def opening_quotations(units: Sequence[Unit], number: int, most: int) -> int:
    """Count the quotations that open a unit, `most` at most: they may go on with what the one before cites."""
    opening = units[number].pieces[:most] if number < len(units) else ()
    return sum(1 for _ in takewhile(lambda piece: piece.quotation is not None, opening))


class Link(NamedTuple):
    """Hold one reading of a possible cue; ranges are half-open places among all pieces of the text."""

    tried: Tried
    source: Range | None
    cue: Range
    contents: tuple[Range, ...]
    source_mean: float  # mean probability of the source's pieces; -1 without a source
    content_mean: float
    content_least: float
    least: float  # least probability of any piece's role
    hinted: Range | None = None  # likeliest source where none is likely enough to be marked

    @property
    def content_places(self) -> set[int]:
        """Return the places of the content."""
        return {k for start, end in self.contents for k in range(start, end)}


def read_link(tried: Tried, start: int, likely: Numbers) -> Link | None:
    """Return what a possible cue governs, None where that is nothing; row k of `likely` is of the place start + k."""
    best, sure = likely.argmax(axis=1).tolist(), likely.max(axis=1).tolist()
    contents = _runs(best, ROLES.index("T"))
    if not contents:
        return None
    source = max(_runs(best, ROLES.index("S"), GAP), key=_length, default=None)
    cue = max(_runs(best, ROLES.index("C")), key=_length, default=None)
    content = [p for a, b in contents for p in sure[a:b]]
    return Link(
        tried=tried,
        source=_moved(source, start) if source else None,
        cue=_moved(cue, start) if cue else (tried.places.start, tried.places.stop),
        contents=tuple(_moved(r, start) for r in contents),
        source_mean=sum(sure[slice(*source)]) / _length(source) if source else -1.0,
        content_mean=sum(content) / len(content),
        content_least=min(content),
        least=min(sure),
        hinted=None if source else _hinted(start, best, likely[:, ROLES.index("S")].tolist()),
    )


def _hinted(start: int, best: Sequence[int], source: Sequence[float]) -> Range | None:
    unmarked = [int(k == ROLES.index("O") and p > LEAST_SOURCE) for k, p in zip(best, source, strict=True)]
    part = max(_runs(unmarked, 1), key=lambda r: sum(source[slice(*r)]), default=None)
    return _moved(part, start) if part else None


def _length(part: Range) -> int:
    return part[1] - part[0]


def _moved(part: Range, by: int) -> Range:
    return part[0] + by, part[1] + by


def _runs(labels: Sequence[int], wanted: int, gap: int = 0) -> list[Range]:
    """Return the stretches of one label, in order; those that `gap` pieces or fewer part are one."""
    found: list[Range] = []
    for k in (k for k, label in enumerate(labels) if label == wanted):
        if found and k - found[-1][1] <= gap:
            found[-1] = (found[-1][0], k + 1)
        else:
            found.append((k, k + 1))
    return found


_STEPS = (0.3, 0.5, 0.7, 0.9)
_MOST_PIECES = 30  # longer contents are equally long to the model


def confidences(units: Sequence[Unit], links: Sequence[Link], reader: str) -> list[float]:
    """Return each link's probability of being right, in their order; `reader` is "tagger" or "chain"."""
    learned = load_json("attribution_confidence")[reader]
    weights: dict[str, float] = learned["weights"]
    found: list[float] = []
    for signs in signs_of(units, links):
        total = learned["intercept"] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
        found.append(1 / (1 + exp(-max(-30.0, min(30.0, total)))))
    return found


def signs_of(units: Sequence[Unit], links: Sequence[Link]) -> list[dict[str, float]]:
    """Return what speaks for and against each link, by name."""
    pieces = [p for unit in units for p in unit.pieces]
    by_unit: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_unit[link.tried.unit].append(link)
    return [_numbers(link) | _rivals(link, by_unit[link.tried.unit]) | _names(link, pieces) for link in links]


def _numbers(link: Link) -> dict[str, float]:
    count, chances = len(link.content_places), link.tried.chances
    numbers = {
        "least content": link.content_least,
        "content": link.content_mean,
        "source": link.source_mean,
        "least": link.least,
        "cue": max(chances),
        "mean cue": sum(chances) / len(chances),
    }
    signs = numbers | {f"{k} squared": v * v for k, v in numbers.items()}
    for name in ("cue", "content", "source", "least"):
        signs |= {f"{name} over {step}": 1.0 for step in _STEPS if numbers[name] > step}
    return signs | {
        "pieces": min(count, _MOST_PIECES) / _MOST_PIECES,
        "log pieces": log(count),
        "parts": float(len(link.contents)),
        "no source": float(link.source is None),
    }


def _rivals(link: Link, near: Sequence[Link]) -> dict[str, float]:
    """Weigh the links of the same sentence that claim this one's cue or content."""
    places, cue = link.content_places, set(link.tried.places)
    inside = holds = shares = 0.0
    for other in (one for one in near if one is not link):
        sure = max(other.tried.chances)
        theirs = other.content_places
        inside = max(inside, sure * (cue <= theirs))
        holds = max(holds, sure * (set(other.tried.places) <= places))
        shares = max(shares, sure * len(theirs & places) / len(places))
    return {
        "inside": inside,
        "holds": holds,
        "shares": shares,
        "inside squared": inside**2,
        "rivals": min(4.0, len(near) - 1.0),
    }


def _names(link: Link, pieces: Sequence[Piece]) -> dict[str, float]:
    cue = link.tried.places
    verb = last_of(pieces, verb_forms(), cue.start, cue.stop)
    head = pieces[cue.stop - 1 if verb is None else verb]
    known = word(head.low)
    first = min(link.content_places)
    side = "before" if first < cue.start else "after"
    quoted = any(pieces[k].quotation is not None for k in link.content_places)
    names = {
        f"verb {known.lemma}", f"kind {_class(head)}",
        f"means {known.part} {known.verb}", f"noun {known.part} {known.noun}",
        f"left {_class(pieces[cue.start - 1]) if cue.start else ''}",
        f"right {_class(pieces[cue.stop]) if cue.stop < len(pieces) else ''}",
        f"opens {pieces[first].low}", f"{side} {'quoted' if quoted else ''}",
    }  # fmt: skip
    if link.source:
        last = pieces[link.source[1] - 1]
        names |= {f"said by {_class(last)}", f"speaker {word(last.low).part} {word(last.low).noun}"}
    return dict.fromkeys(sorted(names), 1.0) | {"pieces of cue": float(min(5, len(cue)))}


def _class(piece: Piece) -> str:
    return class_of(piece.low, capital=piece.capital)
