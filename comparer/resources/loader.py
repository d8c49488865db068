"""Read the package's word lists and frozen figures; the only reader of `resources/`.

Word lists lie in a folder per language. A word list is TOML: `[groups.NAME]` tables with `source`, `licence`, `flags`
(a sentence the group flags), `spares` (a near miss it leaves alone), `entries`, and any further string keys, which come
back as `meta`; a `source` or `licence` above the tables holds for every group without its own. A malformed list raises
BadResourceError naming file, group and remedy.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import tomli

from comparer.errors import BadResourceError

LANGUAGE = "en"
"""The language whose lists the package reads; the one place that fixes it. A folder beside `en` is another language."""

DATA = (".toml", ".json", ".npz", ".onnx")
REQUIRED = ("source", "licence", "flags", "spares")


class LexiconGroup(NamedTuple):
    """Hold one group of a word list; `meta` keeps its further keys, in file order."""

    name: str
    source: str
    licence: str
    flags: str
    spares: str
    entries: tuple[str, ...]
    meta: tuple[tuple[str, str], ...]

    def get(self, key: str, default: str = "") -> str:
        """Return one of the group's further keys."""
        return dict(self.meta).get(key, default)


class Lexicon(NamedTuple):
    """Hold the groups of one word list, in file order."""

    groups: tuple[LexiconGroup, ...]


@cache
def load_lexicon(name: str) -> Lexicon:
    """Return the word list `name` (without ".toml"); raise BadResourceError where it is missing or malformed.

    >>> load_lexicon("titles").groups[0].name
    'civil'
    """
    try:
        whole = tomli.loads(load_bytes(f"{LANGUAGE}/{name}.toml").decode("utf-8"))
        tables = whole["groups"]
    except (tomli.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise BadResourceError(f"{name}.toml is no word list: {error}. Give it [groups.NAME] tables.") from error
    shared = {key: whole[key] for key in ("source", "licence") if key in whole}
    return Lexicon(tuple(_group(name, key, shared | table) for key, table in tables.items()))


@cache
def word_list(name: str, group: str) -> tuple[str, ...]:
    """Return the entries of one group of a word list, in file order; raise BadResourceError where it has no such group.

    >>> word_list("titles", "civil")[:1]
    ('mr',)
    """
    for one in load_lexicon(name).groups:
        if one.name == group:
            return one.entries
    raise BadResourceError(f"{name}.toml has no [groups.{group}]. Add it, or mend its name.")


@cache
def word_set(name: str, *groups: str) -> frozenset[str]:
    """Return the entries of some groups of a word list as a set; of all groups where none is named."""
    named = groups or tuple(one.name for one in load_lexicon(name).groups)
    return frozenset(entry for group in named for entry in word_list(name, group))


@cache
def load_json(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape of its own weights
    """Return what `name` (without ".json") holds; raise BadResourceError where it is missing or malformed."""
    try:
        return json.loads(load_bytes(f"{name}.json"))
    except ValueError as error:
        raise BadResourceError(f"{name}.json does not parse: {error}. Rebuild it with its training script.") from error


@cache
def word_map(name: str, group: str) -> dict[str, str]:
    """Return the entries of one group, each "word = what it goes under", by word, in file order.

    >>> word_map("units", "durations")["hours"]
    'hour'
    """
    pairs = (entry.partition(" = ") for entry in word_list(name, group))
    return {word: form for word, _, form in pairs}


def load_bytes(file: str) -> bytes:
    """Return a data file whole, by its full name; raise BadResourceError where it is missing."""
    try:
        return (resources.files("comparer.resources") / file).read_bytes()
    except FileNotFoundError as error:
        raise BadResourceError(f"{file} is missing from comparer/resources. Reinstall the package.") from error


def load_rule_files() -> tuple[tuple[str, bytes], ...]:
    """Return what each family of findings says of its codes: its folder's name and its `rule.toml`, by folder."""
    folders = (resources.files("comparer") / "comparison").iterdir()
    found = ((folder.name, folder / "rule.toml") for folder in folders if folder.is_dir())
    return tuple(sorted((name, file.read_bytes()) for name, file in found if file.is_file()))


@cache
def resource_digests(*, reader: bool) -> tuple[tuple[str, str], ...]:
    """Return every data file's name and SHA-256, by name, so that a report says what it was made with.

    The weights of the reader of pairs are left out where it has not read.
    """
    kinds = DATA if reader else tuple(kind for kind in DATA if kind != ".onnx")
    root = resources.files("comparer.resources")
    folders = (("", root), (f"{LANGUAGE}/", root / LANGUAGE))
    files = ((f"{at}{f.name}", f) for at, folder in folders for f in folder.iterdir() if f.name.endswith(kinds))
    return tuple(sorted((name, hashlib.sha256(f.read_bytes()).hexdigest()) for name, f in files))


def _group(lexicon: str, name: str, table: dict[str, Any]) -> LexiconGroup:
    where = f"{lexicon}.toml, [groups.{name}]"
    missing = [key for key in REQUIRED if not isinstance(table.get(key), str)]
    if missing:
        raise BadResourceError(f"{where} lacks {', '.join(missing)}. Add each as a string.")
    entries = table.get("entries")
    if not isinstance(entries, list) or not entries:
        raise BadResourceError(f"{where} has no entries. Add a list of strings.")
    bad = next((e for e in entries if not isinstance(e, str) or not e.strip() or e != e.strip()), None)
    if bad is not None:
        raise BadResourceError(f"{where} has the entry {bad!r}. Write it as a string without outer blanks.")
    if len(set(entries)) < len(entries):
        doubled = Counter(entries).most_common(1)[0][0]
        raise BadResourceError(f"{where} has {doubled!r} twice. Remove one.")
    meta = tuple((k, v) for k, v in table.items() if k not in (*REQUIRED, "entries") and isinstance(v, str))
    return LexiconGroup(name, **{key: table[key] for key in REQUIRED}, entries=tuple(entries), meta=meta)
