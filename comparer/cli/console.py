"""What the commands share: loading pages, showing progress and results, saying what failed, the exit statuses.

The only file that prints.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from comparer.errors import UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import ConsoleOptions, RenderableType
    from rich.segment import Segment

    from comparer.inputs import Loaded
    from comparer.model import BlockKind
    from comparer.pipeline import Progress

DONE, USAGE, UNREADABLE, FAULT = 0, 2, 3, 4
EVERY = 5.0  # seconds between two lines of a log
PIPE_WIDTH = 160  # columns of a table that is not printed on a terminal
quiet = False  # whether only results and errors are told
jobs = 1  # processes that work on several events, or threads that read the pairs of one


def load(
    paths: Sequence[str],
    sites: Sequence[Path] | None,
    *,
    keep: Collection[BlockKind] = (),
    drop: Collection[BlockKind] = (),
    fields: Sequence[str] | None = None,
) -> Loaded:
    """Read every page; name those that cannot be read, and the users' files honoured; raise where none can."""
    from comparer.cli.arguments import fields_of
    from comparer.inputs import load as read_all
    from comparer.reading.user_files import read_site

    piped = sys.stdin.buffer.read() if "-" in paths else b""
    profiles = [read_site(path) for path in sites or ()]
    loaded = read_all(paths, piped=piped, keep=keep, drop=drop, sites=profiles, fields=fields_of(fields or ()))
    if not loaded.articles:
        raise UnreadableInputError("\n".join(loaded.failures) or f"no saved page in {', '.join(paths)}")
    for note in loaded.notes:
        remark(note)
    for failure in loaded.failures:
        complain(failure)
    return loaded


def finish(failed: int) -> None:
    """End with the status of unreadable input where some inputs failed."""
    if failed:
        complain(f"{failed} of the inputs could not be read; the rest is done.")
        raise typer.Exit(UNREADABLE)


def report(record: object, tables: Callable[[], Iterable[RenderableType]]) -> None:
    """Print a record, text as it is and data as JSON, or the tables where there is none."""
    import json  # late, as tables need none

    if record is not None:
        say(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, indent=1))
    for table in tables() if record is None else ():
        show(table)


def show(renderable: RenderableType) -> None:
    """Print as wide as the terminal; in a pipe in a fixed width, without blanks at the ends of lines."""
    from rich.console import Console

    class Screen(Console):
        """Show control characters of what is printed, and send none but its own colours."""

        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
            for segment in super().render(renderable, options):
                yield segment if segment.control else segment._replace(text=shown(segment.text))

    if sys.stdout.isatty():
        Screen(highlight=False).print(renderable)
        return
    console = Screen(width=PIPE_WIDTH, highlight=False)
    with console.capture() as printed:
        console.print(renderable)
    lines = (line.rstrip() for line in printed.get().splitlines())
    typer.echo("\n".join(lines), color=True)  # colours are there only where they were asked for


def shown(text: str) -> str:
    """Return a text whose control characters stand as their codes: none may act on the terminal."""
    from comparer.reporting.words import visible

    return visible(text).replace("\r", "[U+000D]")


def say(text: str, *, end: str = "\n") -> None:
    """Print a text as it is, in a terminal without control characters."""
    typer.echo(f"{shown(text) if sys.stdout.isatty() else text}{end}", nl=False)


def complain(message: str) -> None:
    """Say something on standard error."""
    typer.echo(f"comparer: {shown(message)}", err=True)


def remark(message: str) -> None:
    """Say on standard error what is no error, unless only errors are wanted."""
    if not quiet:
        complain(message)


@contextmanager
def writing(what: str, *, remedy: str) -> Iterator[None]:
    """Turn a file that cannot be written into an error that says which, why and what to do."""
    try:
        yield
    except OSError as error:
        raise UnreadableInputError(f"cannot write {what}: {error.strerror or error}. {remedy}") from error


@contextmanager
def steps() -> Iterator[Progress]:
    """Show a bar with the remaining time on a terminal; in a pipe write a line of JSON every few seconds."""
    import json
    import time

    from comparer.corpus.progress import Clock

    if sys.stderr.isatty() or quiet:
        with progress() as bar:
            yield bar
        return
    clock, said = Clock(), [("", 0.0)]

    def tell(stage: str, done: int, total: int) -> None:
        step, now = clock.step(stage, done, total), time.monotonic()
        if stage != said[0][0] or now - said[0][1] >= EVERY or done == total:
            said[0] = (stage, now)
            typer.echo(json.dumps(step._asdict()), err=True)

    yield tell


@contextmanager
def progress() -> Iterator[Progress]:
    """Show a bar on a terminal and nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    told = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*told, console=Console(stderr=True), transient=True) as bar:
        task, stage_of = bar.add_task("reading"), [""]

        def show_step(stage: str, done: int, total: int) -> None:
            if stage != stage_of[0]:
                stage_of[0] = stage
                bar.reset(task)
            bar.update(task, description=stage, completed=done, total=total)

        yield show_step
