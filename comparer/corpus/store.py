"""Keep datasets in a folder: whole files or none, a folder per dataset and day, and what is under way; ask them in SQL.

In: tables and records. Out: files that appear in one step, so that a run killed at any point leaves only whole ones.
`DATASETS` says what columns each dataset has; docs/corpus.md says what they hold. Equal tables give equal bytes.
A query sees every dataset as a view of DuckDB and reaches nothing else: no file outside the folder, and no network.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from comparer.errors import UnreadableInputError, UsageError

Table = Any  # pyarrow.Table: pyarrow ships no types
UNDATED = "undated"
WORK = ".work"
ROWS = 500  # of a row group: what is read at once where few articles of a day are wanted

_COLUMNS = {
    "articles": (
        "id outlet title url canonical_url path published modified bylines:strs agency language truncated:bool "
        "words:int digest source_digest credits:credits provenance:provenance key text"
    ),
    "blocks": "article n:int start:int stop:int kind kept:bool words:int probability:float reason",
    "sentences": "event article n:int start:int stop:int block:int",
    "attributions": (
        "event article n:int start:int stop:int source cue cue_lemma stance manner act kind via:strs content:places"
    ),
    "sources": (
        "event article n:int name kind office mentions:int direct:int indirect:int asks_anonymity:bool says_why:bool"
    ),
    "claims": (
        "event id article sentence:int start:int stop:int voice rung kind source cue manner carried:bool "
        "probability:float repeats"
    ),
    "quotations": "event article n:int start:int stop:int closed:bool words:int utterance",
    "events": (
        "id title first last dates texts:int outlets:strs articles:strs origins:lists loose_origins:int claims:int "
        "conflicts:int differences:int families:families page confidence:float terms:strs nearest similarity:float"
    ),
    "rows": "event row key confidence:float told_by:int outlets:int origins:int loose_origins:int",
    "cells": (
        "event row article outlet claims:strs reason near_miss near_score:float rung source stance manner "
        "probability:float"
    ),
    "findings": "event id code family row message confidence:float count:int total:int unit outlets:strs sides:sides",
    "scores": "event name articles:strs value:float n:int unit percentile:float",
}  # names, with the kind of what is no string
DATASETS = {
    name: {column: kind or "str" for column, _, kind in (told.partition(":") for told in columns.split())}
    for name, columns in _COLUMNS.items()
}
OF_ARTICLES = ("articles", "blocks")
OF_EVENTS = tuple(name for name in DATASETS if name not in OF_ARTICLES)


def table_of(name: str, rows: Sequence[dict[str, Any]]) -> Table:
    """Return rows as a table of a dataset; a stray surrogate, which no file can hold, is a question mark."""
    import pyarrow as pa

    columns = {column: [row[column] for row in rows] for column in DATASETS[name]}
    try:
        return pa.table(columns, schema=_schema(name))
    except UnicodeEncodeError:
        return pa.table(_sound(columns), schema=_schema(name))


def _schema(name: str) -> Any:  # noqa: ANN401 - as Table
    import pyarrow as pa

    string, number = pa.string(), pa.int32()
    strings, place = pa.list_(string), [("start", number), ("stop", number)]
    passages = pa.list_(pa.struct([("article", string), *place]))
    kinds = {
        "str": string,
        "int": number,
        "float": pa.float64(),
        "bool": pa.bool_(),
        "strs": strings,
        "lists": pa.list_(strings),
        "places": pa.list_(pa.struct(place)),
        "credits": pa.list_(pa.struct([("agency", string), ("form", string), *place])),
        "provenance": pa.list_(pa.struct([("field", string), ("value", string), ("origin", string), *place])),
        "families": pa.list_(pa.struct([("family", string), ("findings", number)])),
        "sides": pa.list_(pa.struct([("value", string), ("outlets", strings), ("passages", passages)])),
    }
    return pa.schema([(column, kinds[kind]) for column, kind in DATASETS[name].items()])


def _sound(value: Any) -> Any:  # noqa: ANN401 - lists, dicts and scalars alike
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _sound(inner) for key, inner in value.items()}
    return [_sound(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def part_of(root: Path, name: str, day: str) -> Path:
    """Return the file of a dataset that holds a day."""
    return root / name / f"day={day}" / "part.parquet"


def rows_of(table: Table, column: str, values: Iterable[str]) -> Table:
    """Return the rows of a table that hold one of some values in a column."""
    import pyarrow as pa
    from pyarrow.compute import is_in

    return table.filter(is_in(table[column], pa.array(sorted(values), pa.string())))


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


class Answer(NamedTuple):
    """Hold the names of columns, and the rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def query(root: Path, sql: str) -> Answer:
    """Return what a query gives: `day` is a column of every dataset; `words(text, start, stop)` are those at a place.

    Raises:
        UnreadableInputError: where the folder is no corpus.
        UsageError: where the query is none, or duckdb is not installed.
    """
    expect_corpus(root)
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise UsageError("a corpus is queried with DuckDB: `pip install 'comparer[corpus]'`.") from error

    root = root.resolve()
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as opened:
        for name in DATASETS:
            files = str(root / name / "*" / "part.parquet").replace("'", "''")
            if days_of(root, name):
                opened.execute(
                    f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}', hive_partitioning=true,"  # noqa: S608 - names of ours
                    " hive_types={'day': VARCHAR})"
                )
        opened.execute("CREATE MACRO words(t, a, b) AS substring(t, a + 1, b - a)")
        opened.execute(f"SET allowed_directories = ['{str(root).replace(chr(39), chr(39) * 2)}']")
        opened.execute("SET enable_external_access = false")
        try:
            found = opened.execute(sql)
            return Answer(tuple(column[0] for column in found.description or ()), found.fetchall())
        except duckdb.Error as error:
            raise UsageError(f"the query cannot be answered: {error}") from error
