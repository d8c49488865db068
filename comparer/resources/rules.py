"""Read what is said of every code of finding, as values: what it means, how it errs, how well it is measured.

In: `comparison/<family>/rule.toml` and `measured.json`. Out: families with their rules, and figures. Whatever names a
code (the report, its summary, `comparer rules`, the pages of docs) takes it from here. The figures were counted by
`benchmarks/quality.py --write` with one version of the package, on invented events and on corpora whose texts are not
part of it. A few events say little about others, and nothing about other languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby, starmap
from typing import Any, NamedTuple

import tomli

from comparer.errors import BadResourceError, UsageError
from comparer.resources.loader import load_json, load_rule_files

Readings = tuple[tuple[str, ...], ...]
INVENTED, REAL = "planted", "align_basil"
IN_SIGHT = "Rules were chosen with these events in sight, and a few events say little about others."
_CONFLICTS = ("F", "conflicting in number, certainty or words", "the families F and M")
_MARKED = {"A": ("A", "sourced differently", "this family"), "F": _CONFLICTS, "M": _CONFLICTS}
"""By letter: the family under which an annotator's marks were counted, what they say, and who reports it."""


class Rule(NamedTuple):
    """Document one code: what a finding of it means and how it errs.

    `rank` is its place in the summary: the kind of difference, then the code among those of one kind; None where
    `never_in_summary` says why it has none. `flags` are readings that the finder must report, `spares` near misses it
    must not; each reading is one outlet's sentence or page, and a finding about one article alone has readings of
    length one. `measured_on` names figures of corpora of a single family, each by detector, corpus and key. `sides` are
    words that stand before the sides of a finding, `told_alone` marks a claim that stands in no other text, `phrases`
    evidence that holds single phrases of a block.
    """

    code: str
    title: str
    meaning: str
    errs: str
    flags: Readings
    spares: Readings
    rank: tuple[int, int] | None = None
    never_in_summary: str = ""
    measured_on: tuple[tuple[str, str, str], ...] = ()
    sides: tuple[str, ...] = ()
    told_alone: bool = False
    phrases: bool = False

    @property
    def measured(self) -> str:
        """Say how well findings of the code are measured, with counts from the frozen figures.

        A finding that was not planted may be true all the same: the sentences say so.
        """
        version, day = measured_with()
        when = date.fromisoformat(day)
        elsewhere = [f"{_on(m.corpus)} {m.counted}, {_outcome(m)}." for m in starmap(figure, self.measured_on) if m]
        told = " ".join([*_invented(self.code), *_real(self.code), *elsewhere, IN_SIGHT])
        return f"{told} Measured with version {version} on {when.day} {when:%B %Y}."


class Family(NamedTuple):
    """Hold one family of findings: the letter of its codes, its name, subject, place in lists, folder, rules by code.

    The sides of a `valued` family are values, which each text prints in words of its own.
    """

    letter: str
    name: str
    subject: str
    place: int
    folder: str
    valued: bool
    rules: tuple[Rule, ...]


@cache
def families() -> tuple[Family, ...]:
    """Return the families of findings, what matters most to an editor first; raise BadResourceError for a bad file.

    >>> [family.letter for family in families()][:3]
    ['F', 'Q', 'A']
    """
    return tuple(sorted((_family(*file) for file in load_rule_files()), key=lambda family: family.place))


@cache
def family_of(code: str) -> Family | None:
    """Return the family of a code by its letter, or None where there is none."""
    return next((family for family in families() if family.letter == code[:1]), None)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in order of code."""
    return tuple(sorted((found for family in families() for found in family.rules), key=lambda found: found.code))


@cache
def rule(code: str) -> Rule | None:
    """Return the rule of that code, or None where no finding bears it."""
    return next((found for found in rules() if found.code == code), None)


def title_of(code: str) -> str:
    """Return what a code is called, or its family's name where the code is unknown.

    >>> title_of("Q105")
    'Modal verb printed or not'
    """
    found, family = rule(code), family_of(code)
    return found.title if found else family.name if family else code


@cache
def summary_order() -> tuple[tuple[str, ...], ...]:
    """Return the codes that may stand in the summary, by kind of difference and then by rank in it."""
    ranked = sorted((found.rank, found.code) for found in rules() if found.rank is not None)
    return tuple(tuple(code for _, code in kind) for _, kind in groupby(ranked, key=lambda one: one[0][0]))


def rules_of(prefix: str) -> tuple[Rule, ...]:
    """Return the rules whose codes start so, in capitals or not; raise UsageError where none does.

    >>> [found.code for found in rules_of("r")]
    ['R101', 'R102']
    """
    wanted = prefix.strip().upper()
    chosen = tuple(found for found in rules() if found.code.startswith(wanted))
    if not chosen:
        family = family_of(wanted)
        near = [one.code for one in family.rules] if family else [f"{f.letter} {f.name.lower()}" for f in families()]
        known = f"Known: {', '.join(near)}. See `comparer rules`"
        raise UsageError(f"no finding has a code that starts with {prefix.strip()}. {known}")
    return chosen


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
    return load_json("measured")["version"], load_json("measured")["date"]


def figure(detector: str, corpus: str, key: str) -> Measure | None:
    """Return one figure, or None where it was not counted."""
    return next((m for m in measures() if (m.detector, m.corpus, m.key) == (detector, corpus, key)), None)


def _family(folder: str, data: bytes) -> Family:
    where = f"comparison/{folder}/rule.toml"
    try:
        whole = tomli.loads(data.decode("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadResourceError(f"{where} does not parse: {error}.") from error
    own = _told(whole, ("letter", "name", "subject", "place"), where)
    paragraphs: dict[str, str] = {}
    for name, text in whole.get("paragraphs", {}).items():
        paragraphs[name] = _filled(text, paragraphs)
    shared = {"measured_on": whole.get("measured_on", [])}
    tables = {key: shared | table for key, table in whole.items() if isinstance(table, dict) and key != "paragraphs"}
    found = tuple(_rule(f"{where}, [{code}]", code, table, paragraphs) for code, table in sorted(tables.items()))
    return Family(**own, folder=folder, valued=whole.get("valued", False), rules=found)


def _rule(where: str, code: str, table: dict[str, Any], paragraphs: dict[str, str]) -> Rule:
    _told(table, ("title", "meaning", "errs", "flags", "spares"), where)
    if ("rank" in table) == ("never_in_summary" in table):
        raise BadResourceError(f"{where} needs either a rank for the summary or never_in_summary with the reason.")
    return Rule(code=code, **{key: _filled(value, paragraphs) for key, value in table.items()})


def _told(table: dict[str, Any], needed: Sequence[str], where: str) -> dict[str, Any]:
    """Return what a table must say; raise BadResourceError where it does not."""
    missing = [key for key in needed if not table.get(key)]
    if missing:
        raise BadResourceError(f"{where} lacks {', '.join(missing)}. Say it there.")
    return {key: table[key] for key in needed}


def _filled(value: Any, paragraphs: dict[str, str]) -> Any:  # noqa: ANN401 - whatever a table holds
    """Freeze lists, and put the paragraphs that examples share into the places that name them."""
    if isinstance(value, list):
        return tuple(_filled(inner, paragraphs) for inner in value)
    for name, paragraph in paragraphs.items() if isinstance(value, str) else ():
        value = value.replace(f"{{{name}}}", paragraph)
    return value


def _invented(code: str) -> list[str]:
    """Tell what was found of the planted differences, and how many findings of the code were planted."""
    found, traps = figure(code[0], INVENTED, "found"), figure(code[0], INVENTED, "traps")
    if found is None:
        return [f"{_on(INVENTED)} none of this family was planted."]
    missed = f", {_of(traps)} near misses reported" if traps else ""
    family = f"{_on(INVENTED)} {_of(found)} of this family found{missed}."
    own = figure(code, INVENTED, "agreed")
    if own is None:
        return [family, "None was printed with this code, so that it is not measured there."]
    if own.found == own.of:
        return [family, f"Printed with this code: {own.of}, all of them planted."]
    return [family, f"Printed with this code: {own.of}, of them {own.found} planted; the others may be true as well."]


def _real(code: str) -> list[str]:
    """Tell what an annotator of real events marked too."""
    told = []
    own = figure(code, REAL, "agreed")
    if code[0] in _MARKED:
        family, what, by = _MARKED[code[0]]
        marked = figure(family, REAL, "marked")
        if marked:
            told = [f"{_on(REAL)} of {marked.of} claims marked as {what}, {by} reported {marked.found}."]
    elif code[0] == "Q":
        changed, same = figure("Q", REAL, "changed"), figure("Q", REAL, "identical")
        if changed and same:
            told = [f"{_on(REAL)} {_of(changed)} changed quotations found, {_of(same)} printed alike reported."]
    elif own and own.printed:
        told = [f"{_on(REAL)} {own.printed} printed with this code, which no annotator judged."]
    if own and own.of:
        told.append(f"Printed there with this code where the annotator judged: {own.of}, of them {own.found} marked.")
    return told


def _outcome(measure: Measure) -> str:
    if measure.auc is not None:
        return f"AUC {measure.auc:.2f}, where .50 is chance"
    if measure.precision is None:
        return _of(measure)
    return f"precision {measure.precision:.2f}, recall {measure.recall:.2f}"


def _on(corpus: str) -> str:
    return f"On {next(known.name for known in corpora() if known.key == corpus)}:"


def _of(counted: Measure) -> str:
    return f"{counted.found} of {counted.of}"
