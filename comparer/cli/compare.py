"""Compare saved articles and write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comparer.cli.work import Paths, Sites, complain, finish, load, progress, show
from comparer.errors import UnreadableInputError


def compare_command(
    paths: Paths,
    *,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("reports"),
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Which files to write: html, json, csv, annotations.")
    ] = "html,json",
    select: Annotated[str, typer.Option(help="Only findings whose code starts so, such as Q,A1.")] = "",
    ignore: Annotated[str, typer.Option(help="No findings whose code starts so, such as W.")] = "",
    redact: Annotated[bool, typer.Option("--redact", help="Leave full texts out, for sharing.")] = False,
    one_event: Annotated[bool, typer.Option("--one-event", help="Take all pages to report one event.")] = False,
    pages: Annotated[
        bool | None,
        typer.Option("--pages/--one-page", help="A page per event and a list of them; usual for more than 8 events."),
    ] = None,
    reviews: Annotated[
        list[Path] | None,
        typer.Option("--review", metavar="FILE", help="Apply decisions exported from a report; may be repeated."),
    ] = None,
    lexicons: Annotated[
        list[Path] | None,
        typer.Option("--lexicon", metavar="FILE", help="Add words and labels of your own; may be repeated."),
    ] = None,
    sites: Sites = None,
) -> None:
    """Compare saved articles and write a report.

    --review applies what a reviewer decided in the report of the same pages, named the same way: findings accepted or
    rejected, rows corrected, blocks kept or dropped. The report lists every decision and what became of it.

    --lexicon adds to the shipped lists: loaded words, labels of one actor, judgements, predictions. docs/word-lists.md
    says how to write the file.
    """
    from comparer.cli.reviews import reviewed
    from comparer.cli.tables import summary
    from comparer.model import Config
    from comparer.options import codes, formats_of
    from comparer.outputs import save
    from comparer.pipeline import compare
    from comparer.reading.reviews import read_review_file
    from comparer.reading.user_files import read_word_list

    wanted = formats_of(formats)
    decided = [read_review_file(path) for path in reviews or ()]
    words = tuple(group for path in lexicons or () for group in read_word_list(path))
    config = Config(select=codes(select), ignore=codes(ignore), redact=redact, lexicon=words)
    loaded = load(paths, sites)
    with progress() as bar:
        comparison = compare(
            loaded.articles,
            config=config,
            one_event=one_event,
            wishes=loaded.wishes,
            reviews=decided,
            progress=bar,
        )
        bar("writing", 0, 1)
        try:
            written = save(comparison, out, formats=wanted, pages=pages)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnreadableInputError(f"cannot write to {out}: {reason}. Name another folder with --out.") from error
    show(summary(comparison))
    for line in reviewed(comparison.reviews):
        complain(line)
    for path in written:
        typer.echo(f"wrote {path}")
    finish(len(loaded.failures))
