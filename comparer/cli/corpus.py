"""The room `corpus`: datasets of many articles, kept from run to run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comparer.cli import console
from comparer.cli.console import AsCsv, AsJson, Fields, fields_of, remark, report, steps, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from comparer.corpus.run import Status

room = typer.Typer(
    help="Keep ten thousand articles and more as datasets, and ask them in SQL: docs/corpus.md.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `corpus run` made.")]


@room.command("run", short_help="Take in pages and compare what is new.")
def run_command(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="A folder tree, a file or an archive of pages.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the datasets.")],
    fast: Annotated[bool, typer.Option("--fast", help="Lay claims together by words alone.")] = False,
    pages: Annotated[bool, typer.Option("--pages/--no-pages", help="Write a page for each event of two texts.")] = True,
    scheduler: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Let workers of dask.distributed do it, which reach the same folders."),
    ] = "",
    fields: Fields = None,
) -> None:
    """Take in what is new among saved pages, compare the events it belongs to, and keep all as Parquet datasets.

    Run it again at any time: it goes on where it was ended, and does nothing twice. What could not be read stands in
    rejected.jsonl. docs/corpus.md says what each dataset holds.
    """
    from comparer.corpus.engine import Engine
    from comparer.corpus.run import run
    from comparer.model import Config

    named = fields_of(fields or ())
    with steps() as step, writing(f"to {out}", remedy="Name another folder with --out."):
        engine = Engine(step, console.jobs, scheduler)
        found = run(source, out, engine, config=Config(fast=fast), fields=named, pages=pages)
    if not console.quiet:
        for table in _held(found):
            console.show(table)
    if found.rejected:
        remark(f"{found.rejected} records could not be read: {out}/rejected.jsonl says which and why")


@room.command("status", short_help="Show what a corpus holds.")
def status_command(folder: Folder, *, as_json: AsJson = False) -> None:
    """Show what a corpus holds, what was rejected, and what an ended run left to do."""
    from comparer.corpus.run import status

    found = status(folder)
    record = found._asdict() | {"datasets": [one._asdict() for one in found.datasets]}
    report(record if as_json else None, _held(found))


@room.command("verify", short_help="Make a corpus again from its pages and compare every byte.")
def verify_command(
    folder: Folder,
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="The pages that it was made from.")],
) -> None:
    """Make a corpus again from its pages, beside it, and compare datasets, pages and lists byte by byte."""
    from comparer.corpus.engine import Engine
    from comparer.corpus.run import verify

    with steps() as step, writing(f"beside {folder}", remedy="Copy the corpus to a folder that can be written."):
        found = verify(folder, source, Engine(step, console.jobs))
    console.show(f"{len(found)} files are what comparer makes of {source}")


@room.command("query", short_help="Ask a corpus in SQL.")
def query_command(
    folder: Folder,
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query of DuckDB; each dataset is a table.")],
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Ask a corpus in SQL: docs/corpus.md lists the columns and ten questions."""
    from comparer.cli.tables import csv_of
    from comparer.corpus.store import query

    columns, rows = query(folder, sql)
    plain = [dict(zip(columns, row, strict=True)) for row in rows] if as_json else None
    report(csv_of(columns, rows) if as_csv else plain, _answer(columns, rows))


def _held(found: Status) -> Iterator[RenderableType]:
    from comparer.cli.tables import lined

    table = lined("", "dataset", "days", "rows", "MB", numbers=("days", "rows", "MB"))
    for one in found.datasets:
        table.add_row(one.name, str(one.days), f"{one.rows:,}", f"{one.megabytes:,.1f}")
    yield table
    left = f", {found.waiting} batches wait: run it again to go on" if found.waiting else ""
    yield f"{found.rejected} rejected{left}"


def _answer(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[RenderableType]:
    from rich.text import Text

    from comparer.cli.tables import lined

    table = lined("", *columns)
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    yield table
