"""Ask a corpus in SQL: every dataset is a view of DuckDB over the Parquet files, and nothing else can be reached.

In: the folder of a corpus and a query. Out: names of columns and rows. `day` is a column of every dataset, as text;
`words(text, start, stop)` gives the words at a place. The network is not used, and no file outside the folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from comparer.corpus import store
from comparer.errors import UsageError


class Answer(NamedTuple):
    """Hold the names of columns, and the rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def query(root: Path, sql: str) -> Answer:
    """Return what a query gives.

    Raises:
        UnreadableInputError: where the folder is no corpus.
        UsageError: where the query is none, or duckdb is not installed.
    """
    store.expect_corpus(root)
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise UsageError("a corpus is queried with DuckDB: `pip install 'comparer[corpus]'`.") from error

    root = root.resolve()
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as opened:
        for name in store.DATASETS:
            files = str(root / name / "*" / "part.parquet").replace("'", "''")
            if store.days_of(root, name):
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
