"""Read how well each part of the package is measured: the figures of `measured.json`, as values and in plain words.

The figures were counted by `benchmarks/quality.py --write` with one version of the package, on invented events and on
corpora whose texts are not part of it. A few events say little about others, and nothing about other languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from comparer.resources.loader import load_json

INVENTED, REAL = "planted", "align_basil"
IN_SIGHT = "Rules were chosen with these events in sight, and a few events say little about others."


class Measure(NamedTuple):
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


class Corpus(NamedTuple):
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


def in_words(code: str, corpora_of_its_own: Sequence[tuple[str, str, str]] = ()) -> str:
    """Say how well the findings of a code are measured, with counts.

    `corpora_of_its_own` are further figures, each by detector, corpus and key. A finding that was not planted may be
    true all the same: the sentences say so.

    >>> " of this family found" in in_words("Q101")
    True
    """
    version, day = measured_with()
    when = date.fromisoformat(day)
    told = [*_invented(code), *_real(code), *_elsewhere(corpora_of_its_own), IN_SIGHT]
    return f"{' '.join(told)} Measured with version {version} on {when.day} {when:%B %Y}."


def _invented(code: str) -> list[str]:
    """Tell what was found of the planted differences, and how many findings of the code were planted."""
    start = _on(INVENTED)
    found, traps = figure(code[0], INVENTED, "found"), figure(code[0], INVENTED, "traps")
    if found is None:
        return [f"{start} none of this family was planted."]
    family = f"{start} {_of(found)} of this family found"
    family += f", {_of(traps)} near misses reported." if traps else "."
    own = figure(code, INVENTED, "agreed")
    if own is None:
        return [family, "None was printed with this code, so that it is not measured there."]
    if own.found == own.of:
        return [family, f"Printed with this code: {own.of}, all of them planted."]
    return [family, f"Printed with this code: {own.of}, of them {own.found} planted; the others may be true as well."]


def _real(code: str) -> list[str]:
    """Tell what an annotator of real events marked too."""
    told = {"A": _claims, "F": _claims, "M": _claims, "Q": _quotations}.get(code[0], _unjudged)(code)
    own = figure(code, REAL, "agreed")
    if own is None or not own.of:
        return told
    return [*told, f"Printed there with this code where the annotator judged: {own.of}, of them {own.found} marked."]


def _claims(code: str) -> list[str]:
    family = "A" if code[0] == "A" else "F"
    marked = figure(family, REAL, "marked")
    what = "sourced differently" if family == "A" else "conflicting in number, certainty or words"
    by = "this family" if family == "A" else "the families F and M"
    if marked is None:
        return []
    return [f"{_on(REAL)} of {marked.of} claims marked as {what}, {by} reported {marked.found}."]


def _quotations(code: str) -> list[str]:
    changed, same = figure(code[0], REAL, "changed"), figure(code[0], REAL, "identical")
    if changed is None or same is None:
        return []
    return [f"{_on(REAL)} {_of(changed)} changed quotations found, {_of(same)} printed alike reported."]


def _unjudged(code: str) -> list[str]:
    own = figure(code, REAL, "agreed")
    printed = own.printed if own else None
    return [f"{_on(REAL)} {printed} printed with this code, which no annotator judged."] if printed else []


def _elsewhere(wanted: Sequence[tuple[str, str, str]]) -> list[str]:
    """Tell what corpora of a single family say: loaded words, copies, the strength of claims."""
    found = (figure(*key) for key in wanted)
    return [f"{_on(m.corpus)} {m.counted}, {_outcome(m)}." for m in found if m]


def _outcome(measure: Measure) -> str:
    if measure.auc is not None:
        return f"AUC {measure.auc:.2f}, where .50 is chance"
    if measure.precision is None:
        return _of(measure)
    return f"precision {measure.precision:.2f}, recall {measure.recall:.2f}"


def _on(corpus: str) -> str:
    name = next(known.name for known in corpora() if known.key == corpus)
    return f"On {name}:"


def _of(counted: Measure) -> str:
    return f"{counted.found} of {counted.of}"
