"""Read what is said of every code of finding: the `rule.toml` of each family, as values.

In: the files `comparison/<family>/rule.toml`. Out: families with their rules. Whatever names a code (the report, its
summary, `comparer rules`, the pages of docs) takes it from here. Nothing else is said of a code anywhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import tomli

from comparer.errors import BadResourceError, UsageError
from comparer.resources.loader import load_rule_files
from comparer.resources.measured import in_words

Readings = tuple[tuple[str, ...], ...]
NEEDED = ("title", "meaning", "errs", "flags", "spares")
FAMILY_KEYS = ("letter", "name", "subject", "place")


class Rule(NamedTuple):
    """Document one code: what a finding of it means and how it errs.

    `rank` is its place in the summary: the kind of difference, then the code among those of one kind; None where
    `never_in_summary` says why it has none. `flags` are readings that the finder must report, `spares` near misses it
    must not; each reading is one outlet's sentence or page, and a finding about one article alone has readings of
    length one. `sides` are words that stand before the sides of a finding, `told_alone` marks a claim that stands in no
    other text, `phrases` evidence that holds single phrases of a block.
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
        """Say how well findings of the code are measured, with counts from the frozen figures."""
        return in_words(self.code, self.measured_on)


class Family(NamedTuple):
    """Hold one family of findings: the letter of its codes, its folder, name and subject, and its rules by code.

    The sides of a `valued` family are values, which each text prints in words of its own.
    """

    letter: str
    folder: str
    name: str
    subject: str
    valued: bool
    rules: tuple[Rule, ...]


@cache
def families() -> tuple[Family, ...]:
    """Return the families of findings, what matters most to an editor first; raise BadResourceError for a bad file.

    >>> [family.letter for family in families()][:3]
    ['F', 'Q', 'A']
    """
    read = [(folder, _parsed(folder, data)) for folder, data in load_rule_files()]
    return tuple(_family(folder, whole) for folder, whole in sorted(read, key=lambda pair: pair[1]["place"]))


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
    kinds = dict.fromkeys(kind for (kind, _), _ in ranked)
    return tuple(tuple(code for (own, _), code in ranked if own == kind) for kind in kinds)


def rules_of(prefix: str) -> tuple[Rule, ...]:
    """Return the rules whose codes start so, in capitals or not; raise UsageError where none does.

    >>> [found.code for found in rules_of("r")]
    ['R101', 'R102']
    """
    wanted = prefix.strip().upper()
    chosen = tuple(found for found in rules() if found.code.startswith(wanted))
    if chosen:
        return chosen
    family = family_of(wanted)
    near = ", ".join(found.code for found in family.rules) if family else ""
    known = near or ", ".join(f"{family.letter} {family.name.lower()}" for family in families())
    raise UsageError(f"no finding has a code that starts with {prefix.strip()}. Known: {known}. See `comparer rules`")


def _parsed(folder: str, data: bytes) -> dict[str, Any]:
    try:
        whole = tomli.loads(data.decode("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadResourceError(f"comparison/{folder}/rule.toml does not parse: {error}.") from error
    missing = [key for key in FAMILY_KEYS if key not in whole]
    if missing:
        raise BadResourceError(f"comparison/{folder}/rule.toml lacks {', '.join(missing)}. Add each above the codes.")
    return whole


def _family(folder: str, whole: dict[str, Any]) -> Family:
    letter = whole["letter"]
    paragraphs: dict[str, str] = {}
    for name, text in whole.get("paragraphs", {}).items():
        paragraphs[name] = _filled(text, paragraphs)
    tables = {key: table for key, table in whole.items() if isinstance(table, dict) and key != "paragraphs"}
    shared = whole.get("measured_on", [])
    found = tuple(_rule(folder, code, table, paragraphs, shared) for code, table in sorted(tables.items()))
    return Family(letter, folder, whole["name"], whole["subject"], whole.get("valued", False), found)


def _rule(folder: str, code: str, table: dict[str, Any], paragraphs: dict[str, str], shared: list[list[str]]) -> Rule:
    where = f"comparison/{folder}/rule.toml, [{code}]"
    missing = [key for key in NEEDED if not table.get(key)]
    if missing:
        raise BadResourceError(f"{where} lacks {', '.join(missing)}. Say it there.")
    if ("rank" in table) == ("never_in_summary" in table):
        raise BadResourceError(f"{where} needs either a rank for the summary or never_in_summary with the reason.")
    told = {"measured_on": shared} | table
    return Rule(code=code, **{key: _filled(value, paragraphs) for key, value in told.items()})


def _filled(value: Any, paragraphs: dict[str, str]) -> Any:  # noqa: ANN401 - whatever a table holds
    """Freeze lists, and put the paragraphs that examples share into the places that name them."""
    if isinstance(value, list):
        return tuple(_filled(inner, paragraphs) for inner in value)
    for name, paragraph in paragraphs.items() if isinstance(value, str) else ():
        value = value.replace(f"{{{name}}}", paragraph)
    return value
