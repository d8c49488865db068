"""Know the reporting verbs: every printed form, with its lemma, stance, act and what may follow it.

In: the word list `cues.toml`. Out: a table from a lower-case form to its readings. It looks at single words and the
particles after them; whether a word is a verb where it stands is decided in `phrases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from comparer.model import Act, CueStance
from comparer.resources.loader import load_lexicon


class Shape(StrEnum):
    """Name the form a verb is printed in."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one way to read a reporting verb: `rest` are the words that must follow it."""

    lemma: str
    rest: tuple[str, ...]
    stance: CueStance
    act: Act
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerbForm:
    """Hold what one printed form may be: its shapes, and its readings with the longest `rest` first."""

    shapes: frozenset[Shape]
    readings: tuple[Reading, ...]


@cache
def verb_forms() -> dict[str, VerbForm]:
    """Return every lower-case form of every listed verb with its shapes and readings.

    >>> form = verb_forms()["accused"]
    >>> sorted(form.shapes), form.readings[0].stance.value
    ([<Shape.PARTICIPLE: 'participle'>, <Shape.PAST: 'past'>], 'emotive')
    """
    readings: dict[str, list[Reading]] = {}
    irregular: dict[str, list[tuple[str, str]]] = {}
    for group in load_lexicon("cues").groups:
        if group.name == "irregular":
            for entry in group.entries:
                lemma, past, participle = entry.split()
                irregular.setdefault(lemma, []).append((past, participle))
            continue
        for entry in group.entries:
            head, *rest = entry.split()
            readings.setdefault(head, []).append(
                Reading(
                    lemma=entry,
                    rest=tuple(rest),
                    stance=CueStance(group.get("stance", "neutral")),
                    act=Act(group.get("act", "speech")),
                    takes=frozenset(group.get("takes").split()),
                )
            )
    shapes: dict[str, set[Shape]] = {}
    owners: dict[str, list[str]] = {}
    for lemma in readings:
        for form, shape in _inflect(lemma, irregular.get(lemma, [])):
            shapes.setdefault(form, set()).add(shape)
            if lemma not in owners.setdefault(form, []):
                owners[form].append(lemma)
    return {
        form: VerbForm(
            frozenset(shapes[form]),
            tuple(sorted((r for lemma in owners[form] for r in readings[lemma]), key=lambda r: -len(r.rest))),
        )
        for form in shapes
    }


def _inflect(lemma: str, irregular: list[tuple[str, str]]) -> Iterator[tuple[str, Shape]]:
    yield lemma, Shape.BASE
    yield _present(lemma), Shape.PRESENT
    yield from ((form, Shape.ING) for form in _ing(lemma, doubled=any(p.endswith("ed") for p, _ in irregular)))
    if not irregular:
        past = _past(lemma)
        irregular = [(past, past)]
    for past, participle in irregular:
        yield past, Shape.PAST
        yield participle, Shape.PARTICIPLE


def _present(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "go")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _ing(lemma: str, *, doubled: bool) -> tuple[str, ...]:
    if lemma == "lie":
        return ("lying",)
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return (lemma[:-1] + "ing",)
    if doubled and lemma[-1] not in "wy":
        return (lemma + lemma[-1] + "ing", lemma + "ing")
    if lemma in {"put", "hit", "let", "bet"}:
        return (lemma + lemma[-1] + "ing",)
    return (lemma + "ing",)
