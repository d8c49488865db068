"""Read what else a user gives in files: events to join or part, word lists, what repeats among an outlet's pages.

In: a folder with `events.toml`, a TOML list like the shipped ones, or the profile that `comparer flag --learn-site`
wrote. Out: wishes with the pages' file names, groups that each name the shipped list they add to, a SiteProfile. What
does not parse or names a page that is not there raises UnreadableInputError that names file, place and remedy: a wish
that is silently passed over would be worse than none.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from comparer.errors import StaleReviewError, UnreadableInputError
from comparer.model import BlockKind, RepeatedLine, SiteProfile, WordGroup
from comparer.records import expect_format, parsed, read_file

EVENTS_FILE = "events.toml"
KINDS = ("event", "together", "apart")
_LEAST = {"event": 1, "together": 2, "apart": 2}  # pages a wish of each kind needs
LISTS = ("loaded", "evaluation", "prediction", "hedges", "boosters")
KEYS = ("source", "licence", "inflect", "alone", "lead", "not_before")
RULES = ("verb", "noun", "adjective")
_FORMAT, _VERSION = "comparer site profile", 1
_LINE = {f.name for f in dataclasses.fields(RepeatedLine)}


class EventWish(NamedTuple):
    """Hold one wish: `kind` is event (exactly these), together (these and theirs) or apart (no two of these)."""

    kind: str
    pages: tuple[Path, ...]
    where: str


def toml_table(
    file: Path, name: str, error: type[StaleReviewError | UnreadableInputError] = UnreadableInputError
) -> dict[str, Any] | None:
    """Return what a TOML file holds, or None where there is none; raise an error with its name where it is no TOML."""
    if not file.exists():
        return None
    try:
        return tomli.loads(read_file(file, name).decode("utf-8-sig"))
    except UnreadableInputError as wrong:
        raise error(str(wrong)) from wrong
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise error(f"{name}: is no TOML: {wrong}. Correct that place.") from wrong


def read_events(folder: Path) -> tuple[EventWish, ...]:
    """Return the wishes in a folder's events file, kind by kind; none where there is no such file.

    Raises:
        UnreadableInputError: naming the file, the entry and the remedy.
    """
    file = folder / EVENTS_FILE
    name = f"{folder.resolve().name}/{EVENTS_FILE}"
    table = toml_table(file, name)
    if table is None:
        return ()
    unknown = sorted(k for k, v in table.items() if k not in KINDS or not isinstance(v, list))
    if unknown:
        kinds = ", ".join(f"[[{kind}]]" for kind in KINDS)
        raise UnreadableInputError(f"{name}: {', '.join(unknown)} is not understood. Use {kinds}.")
    return tuple(
        _wish(folder, kind, entry, f"{name}, [[{kind}]] {number}")
        for kind in KINDS
        for number, entry in enumerate(table.get(kind, []), start=1)
    )


def _wish(folder: Path, kind: str, entry: Any, where: str) -> EventWish:  # noqa: ANN401 - whatever the file holds
    fields = entry if isinstance(entry, dict) else {}
    names = fields.get("articles")
    good = isinstance(names, list) and len(set(map(str, names))) >= _LEAST[kind]
    if not isinstance(names, list) or not good or set(fields) - {"articles", "note"}:
        least = "at least one page" if _LEAST[kind] == 1 else "two pages or more"
        raise UnreadableInputError(f'{where}: write articles = ["page.txt", ...] with {least}, and a note if you like.')
    for name in names:
        if not isinstance(name, str) or not (folder / name).is_file():
            raise UnreadableInputError(f"{where}: there is no page {name!r} beside the file. Correct or remove it.")
    return EventWish(kind, tuple((folder / name).resolve() for name in dict.fromkeys(names)), where)


def read_word_list(path: Path) -> tuple[WordGroup, ...]:
    """Return the groups of a user's file, in file order."""
    tables = toml_table(path, str(path))
    if tables is None:
        raise UnreadableInputError(f"{path}: cannot be read (No such file or directory). Check the path.")
    groups = tables.get("groups")
    if not isinstance(groups, dict) or not groups or set(tables) != {"groups"}:
        raise UnreadableInputError(f"{path}: holds no word list. Write a [groups.NAME] table for each group, no more.")
    return tuple(_group(f"{path}, [groups.{name}]", name, table) for name, table in groups.items())


def _group(where: str, name: str, table: Any) -> WordGroup:  # noqa: ANN401 - whatever the file holds
    if not isinstance(table, dict) or table.get("list") not in LISTS:
        raise UnreadableInputError(f"{where}: names no list. Add list = one of {', '.join(LISTS)}.")
    unknown = sorted(set(table) - {"list", "entries", *KEYS})
    if unknown:
        raise UnreadableInputError(f"{where}: nobody reads {', '.join(unknown)}. Use entries, {', '.join(KEYS)}.")
    entries = table.get("entries")
    if not isinstance(entries, list) or not all(isinstance(e, str) and e.strip() for e in entries):
        raise UnreadableInputError(f"{where}: entries must be a list of words or phrases; [] switches a group off.")
    meta = tuple((key, table[key]) for key in KEYS if key in table)
    wrong = [key for key, value in meta if not isinstance(value, str) or (key == "inflect" and value not in RULES)]
    if wrong:
        raise UnreadableInputError(f"{where}: {wrong[0]} is no string, or none of {', '.join(RULES)}. Correct it.")
    return WordGroup(str(table["list"]), name, tuple(dict.fromkeys(e.strip() for e in entries)), meta)


def read_site(path: Path) -> SiteProfile:
    """Return the profile in a file; raise UnreadableInputError naming the file, what is wrong and what to do."""
    remedy = "Write it again with `comparer flag PAGES --learn-site FILE`."
    record = parsed(read_file(path, str(path)), name=str(path), remedy=remedy)
    expect_format(record, name=str(path), wanted=_FORMAT, version=_VERSION, remedy=remedy)
    try:
        lines = sorted((_line(line) for line in record["lines"]), key=lambda line: line.template)
        return SiteProfile(str(record["outlet"]), int(record["pages"]), int(record["stories"]), tuple(lines))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInputError(f"{path}: lacks or garbles {error}. {remedy}") from error


def _line(record: dict[str, Any]) -> RepeatedLine:
    if set(record) != _LINE or not isinstance(record["template"], str):
        raise ValueError(f"the line {str(record)[:60]}")
    pages, stories, dropped, titles = (int(record[name]) for name in ("pages", "stories", "dropped", "titles"))
    return RepeatedLine(record["template"], pages, stories, dropped, titles, BlockKind(record["kind"]))
