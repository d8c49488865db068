"""Keep datasets in a folder: whole files or none, a folder per dataset and day, and what is under way.

In: tables and records. Out: files that appear in one step, so that a run killed at any point leaves only whole ones.
`DATASETS` says what columns each dataset has; docs/corpus.md says what they hold. Equal tables give equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from comparer.errors import UnreadableInputError, UsageError

Table = Any  # pyarrow.Table, which is imported late
UNDATED = "undated"
WORK = ".work"
ROWS = 500  # of a row group: what is read at once where few articles of a day are wanted

_PLACES = "list<struct<start: int, stop: int>>"
_SIDES = "list<struct<value: str, outlets: list<str>, passages: list<struct<article: str, start: int, stop: int>>>>"
DATASETS: dict[str, dict[str, str]] = {
    name: dict(column.rsplit(" ", 1) if "<" not in column else column.split(" ", 1) for column in columns)
    for name, columns in {
        "articles": (
            "id str", "outlet str", "title str", "url str", "canonical_url str", "path str", "published str",
            "modified str", "bylines list<str>", "agency str", "language str", "truncated bool", "words int",
            "digest str", "source_digest str",
            "credits list<struct<agency: str, form: str, start: int, stop: int>>",
            "provenance list<struct<field: str, value: str, origin: str, start: int, stop: int>>",
            "key str", "text str",
        ),
        "blocks": ("article str", "n int", "start int", "stop int", "kind str", "kept bool", "words int",
                   "probability float", "reason str"),
        "sentences": ("event str", "article str", "n int", "start int", "stop int", "block int"),
        "attributions": ("event str", "article str", "n int", "start int", "stop int", "source str", "cue str",
                         "cue_lemma str", "stance str", "manner str", "act str", "kind str", "via list<str>",
                         f"content {_PLACES}"),
        "sources": ("event str", "article str", "n int", "name str", "kind str", "office str", "mentions int",
                    "direct int", "indirect int", "asks_anonymity bool", "says_why bool"),
        "claims": ("event str", "id str", "article str", "sentence int", "start int", "stop int", "voice str",
                   "rung str", "kind str", "source str", "cue str", "manner str", "carried bool", "probability float",
                   "repeats str"),
        "quotations": ("event str", "article str", "n int", "start int", "stop int", "closed bool", "words int",
                       "utterance str"),
        "events": ("id str", "title str", "first str", "last str", "dates str", "texts int", "outlets list<str>",
                   "articles list<str>", "origins list<list<str>>", "loose_origins int", "claims int",
                   "conflicts int", "differences int", "families list<struct<family: str, findings: int>>",
                   "page str", "confidence float", "terms list<str>", "nearest str", "similarity float"),
        "rows": ("event str", "row str", "key str", "confidence float", "told_by int", "outlets int", "origins int",
                 "loose_origins int"),
        "cells": ("event str", "row str", "article str", "outlet str", "claims list<str>", "reason str",
                  "near_miss str", "near_score float", "rung str", "source str", "stance str", "manner str",
                  "probability float"),
        "findings": ("event str", "id str", "code str", "family str", "row str", "message str", "confidence float",
                     "count int", "total int", "unit str", "outlets list<str>", f"sides {_SIDES}"),
        "scores": ("event str", "name str", "articles list<str>", "value float", "n int", "unit str",
                   "percentile float"),
    }.items()
}  # fmt: skip
OF_ARTICLES = ("articles", "blocks")
OF_EVENTS = tuple(name for name in DATASETS if name not in OF_ARTICLES)


@cache
def schema(name: str) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """Return the columns of a dataset as Arrow knows them."""
    import pyarrow as pa

    return pa.schema([(column, _arrow(kind)) for column, kind in DATASETS[name].items()])


def _arrow(kind: str) -> Any:  # noqa: ANN401 - as schema
    import pyarrow as pa

    if kind.startswith("list<"):
        return pa.list_(_arrow(kind[5:-1]))
    if kind.startswith("struct<"):
        return pa.struct([(name, _arrow(inner)) for name, inner in _fields(kind[7:-1])])
    return {"str": pa.string(), "int": pa.int32(), "float": pa.float64(), "bool": pa.bool_()}[kind]


def _fields(text: str) -> Iterator[tuple[str, str]]:
    depth = start = 0
    for at, sign in enumerate(f"{text},"):
        depth += (sign == "<") - (sign == ">")
        if sign == "," and depth == 0:
            name, _, kind = text[start:at].strip().partition(": ")
            yield name, kind
            start = at + 1


def table_of(name: str, rows: Sequence[dict[str, Any]]) -> Table:
    """Return rows as a table of a dataset; a stray surrogate, which no file can hold, is a question mark."""
    import pyarrow as pa

    columns = {column: [row[column] for row in rows] for column in DATASETS[name]}
    try:
        return pa.table(columns, schema=schema(name))
    except UnicodeEncodeError:
        return pa.table(_sound(columns), schema=schema(name))


def _sound(value: Any) -> Any:  # noqa: ANN401 - lists, dicts and scalars alike
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _sound(inner) for key, inner in value.items()}
    return [_sound(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def part_of(root: Path, name: str, day: str) -> Path:
    """Return the file of a dataset that holds a day."""
    return root / name / f"day={day}" / "part.parquet"


def days_of(root: Path, name: str = "articles") -> list[str]:
    """Return the days of which a dataset holds anything, in order, what has no day last."""
    return sorted(file.parent.name.removeprefix("day=") for file in (root / name).glob("day=*/part.parquet"))


def read_table(file: Path, columns: Sequence[str] | None = None) -> Table:
    """Return what a file holds, or some columns of it."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(file) as opened:
        return opened.read(columns=columns and list(columns))


def write_table(file: Path, table: Table) -> None:
    """Write a table in one step; equal tables give equal bytes."""
    from pyarrow.parquet import write_table as write

    with replacing(file) as part:
        write(table.combine_chunks(), part, compression="zstd", row_group_size=ROWS)


def joined(tables: Iterable[Table], by: Sequence[str]) -> Table:
    """Return tables as one, in the order of some columns, and of equal rows in the order given."""
    import pyarrow as pa

    return pa.concat_tables(list(tables)).sort_by([(column, "ascending") for column in by])


def write_text(file: Path, text: str) -> None:
    """Write a text in one step."""
    with replacing(file) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def read_record(file: Path) -> dict[str, Any]:
    """Return a record of this folder, or nothing where there is none."""
    try:
        found: dict[str, Any] = json.loads(file.read_bytes()) if file.exists() else {}
    except ValueError as error:
        raise UnreadableInputError(f"{file}: was changed since a run wrote it. Delete it and run again.") from error
    return found


def write_record(file: Path, record: dict[str, Any]) -> None:
    """Write a record in one step."""
    write_text(file, json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Yield where to write what takes the file's place once it is whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{uuid.uuid4().hex}.part")
    yield part
    part.replace(file)


def write_shard(folder: Path, tables: dict[str, Table], pages: dict[str, str]) -> None:
    """Write tables and pages to a folder that appears in one step; where it is already there it stays."""
    part = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}.part")
    part.mkdir(parents=True)
    for name, table in tables.items():
        write_table(part / f"{name}.parquet", table)
    for name, page in pages.items():
        (part / name).write_text(page, encoding="utf-8", newline="\n")
    if folder.exists():
        shutil.rmtree(part)
    else:
        part.rename(folder)


def shards_in(folder: Path) -> list[Path]:
    """Return the folders of tables that are whole, in order; what a dead worker left half-written is none."""
    return sorted(folder.glob("[!.]*/"))


def digest(*parts: object) -> str:
    """Return a short name of anything that prints the same wherever it is the same."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, default=str).encode()).hexdigest()[:20]


@contextmanager
def opened(root: Path, settings: dict[str, Any]) -> Iterator[None]:
    """Hold a folder for one run: refuse what is no corpus, and clear away what a killed run left half-written.

    Raises:
        UsageError: where the folder holds other things, or another run is at work in it.
    """
    work = root / WORK
    if root.exists() and any(root.iterdir()) and not (root / "corpus.json").exists() and not work.exists():
        raise UsageError(f"{root} holds other things. Name a new folder with --out, or one that a run made.")
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("a") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ModuleNotFoundError:
            pass  # a system without such locks
        except OSError as error:
            raise UsageError(f"another run is at work in {root}. Wait for it, or end it.") from error
        for left in [*root.rglob(".*.part")]:
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        write_record(root / "corpus.json", settings)
        yield


def expect_corpus(root: Path) -> dict[str, Any]:
    """Return what a corpus was made with; raise UnreadableInputError where the folder is none."""
    if not (root / "corpus.json").exists():
        raise UnreadableInputError(f"{root}: is no corpus. Name a folder that `comparer corpus run` made.")
    settings = read_record(root / "corpus.json")
    if not isinstance(settings, dict) or not {"config", "pages", "fields"} <= settings.keys():
        raise UnreadableInputError(f"{root}: another version of comparer made this corpus. Run it again.")
    return settings
