"""Read a user's own word lists: TOML with a `[groups.NAME]` table per group, as the shipped ones are.

In: a file. Out: groups, each naming the shipped list it adds to. A malformed file raises UnreadableInputError that
names the file, the group and the remedy.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from comparer.errors import UnreadableInputError
from comparer.model import WordGroup

LISTS = ("loaded", "labels", "evaluation", "prediction", "hedges", "boosters")
KEYS = ("source", "licence", "inflect", "alone", "lead", "not_before")
RULES = ("verb", "noun", "adjective")


def read_word_list(path: Path) -> tuple[WordGroup, ...]:
    """Return the groups of a user's file, in file order."""
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise UnreadableInputError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{path}: is no TOML in UTF-8 ({error}). Correct that place.") from error
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
