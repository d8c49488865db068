"""Read how well each part of the package is measured: the figures of `measured.json`, as values with names.

The figures were counted by `benchmarks/quality.py --write` with one version of the package, on invented events and on
corpora whose texts are not part of it. A few events say little about others, and nothing about other languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from comparer.resources.loader import load_json


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold one figure: what a detector did on a corpus.

    `detector` is "cleaning", "attribution", "alignment", "grouping", "reuse", the letter of a family or a code. A count
    says `found` of `of`; else `precision`, `recall` and `f1` rest on `of` items of `unit`, or `average_precision` or
    `auc` (.5 is chance) on `of` items, of which `found` are wanted.
    `setting` says which of two ways of counting it is ("loose", "strict", "with dates"), `printed` how many findings
    of a code were printed, of which `of` could be judged, `false` how many were reported where there was nothing.
    """

    detector: str
    corpus: str
    key: str
    counted: str
    of: int
    found: int | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    average_precision: float | None = None
    auc: float | None = None
    unit: str = ""
    setting: str = ""
    printed: int | None = None
    false: int | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Name a corpus in plain words; `learned` where weights or rules were made with its very texts in sight."""

    key: str
    name: str
    learned: bool


@cache
def measures() -> tuple[Measure, ...]:
    """Return every figure, in the order of the file.

    >>> {m.corpus for m in measures()} <= {c.key for c in corpora()}
    True
    """
    return tuple(Measure(**record) for record in load_json("measured")["measures"])


@cache
def corpora() -> tuple[Corpus, ...]:
    """Return the corpora that figures were counted on."""
    return tuple(Corpus(key, **told) for key, told in load_json("measured")["corpora"].items())


def measured_with() -> tuple[str, str]:
    """Return the version that was measured, and the day."""
    record = load_json("measured")
    return record["version"], record["date"]


def figure(detector: str, corpus: str, key: str) -> Measure | None:
    """Return one figure, or None where it was not counted."""
    return next((m for m in measures() if (m.detector, m.corpus, m.key) == (detector, corpus, key)), None)
