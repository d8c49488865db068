"""What the commands share: arguments, loading pages, showing progress and results, saying what failed, exit statuses.

The only file that prints. What stands in an argument is read here, or UsageError says what may stand there.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comparer.errors import UnreadableInputError, UsageError

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType
    from rich.segment import Segment

    from comparer.inputs import Loaded
    from comparer.model import BlockKind
    from comparer.pipeline import Progress

DONE, USAGE, UNREADABLE, FAULT = 0, 2, 3, 4
EVERY = 5.0  # seconds between two lines of a log
PIPE_WIDTH = 160  # columns of a table that is not printed on a terminal
Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Pages, exports, tables, archives, folders, addresses, - for standard input."),
]
Sites = Annotated[
    list[Path] | None,
    typer.Option("--site", metavar="FILE", help="What repeats on an outlet's pages, as `flag --learn-site` wrote it."),
]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="OURS=THEIRS", help="What a table calls text, title, outlet ...; may be repeated."),
]
Fast = Annotated[bool, typer.Option("--fast", help="Lay claims together by words alone, for many pages.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print one line of CSV per statement instead of a table.")]

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


def report(record: object, tables: Iterator[RenderableType]) -> None:
    """Print a record, text as it is and data as JSON, or the tables where there is none."""
    import json  # late, as tables need none

    if record is not None:
        say(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, indent=1, default=str))
        return
    for table in tables:
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


def tell(found: RenderableType, written: Sequence[Path]) -> None:
    """Print what was found, the files written, and the address of the report, unless only errors are wanted."""
    if quiet:
        return
    show(found)
    for path in written:
        say(f"wrote {path}")
    if written[0].suffix == ".html":
        say(f"report: {written[0].resolve().as_uri()}")


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
    """Show a bar with the remaining time on a terminal; in a pipe write a line of JSON every few seconds.

    `rate` is in steps a second since the stage began, `left` in seconds; both are null before anything is known.
    """
    import json
    import time

    if sys.stderr.isatty() or quiet:
        with progress() as bar:
            yield bar
        return
    begun, said = ("", 0, 0.0), 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal begun, said
        now, known = time.monotonic(), begun[0]
        if stage != known:
            begun = stage, done, now
        if stage != known or now - said >= EVERY or done == total:
            said, made, passed = now, done - begun[1], now - begun[2]
            rate = made / passed if made and passed > 0 else None
            told = {"stage": stage, "done": done, "total": total, "rate": rate and round(rate, 2)}
            typer.echo(json.dumps(told | {"left": rate and round((total - done) / rate, 1)}), err=True)

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
        task, known = bar.add_task("reading"), ""

        def show_step(stage: str, done: int, total: int) -> None:
            nonlocal known
            if stage != known:
                known = stage
                bar.reset(task)
            bar.update(task, description=stage, completed=done, total=total)

        yield show_step


def formats_of(text: str) -> tuple[str, ...]:
    """Return the formats named in "html,json".

    >>> formats_of("HTML, json")
    ('html', 'json')
    """
    from difflib import get_close_matches

    from comparer.outputs import FORMATS

    wanted = tuple(part.lower() for part in _listed(text))
    unknown = [w for w in wanted if w not in FORMATS]
    if unknown or not wanted:
        meant = [close for w in unknown for close in get_close_matches(w, FORMATS, n=1)]
        hint = f" Did you mean {', '.join(meant)}?" if meant else ""
        raise UsageError(f"--format knows no {', '.join(unknown) or 'empty list'}: use {', '.join(FORMATS)}.{hint}")
    return wanted


def codes(text: str) -> tuple[str, ...]:
    """Return the beginnings of finding codes named in "Q,a1", in capitals; raise UsageError where no code starts so.

    >>> codes("Q, a1")
    ('Q', 'A1')
    """
    from comparer.resources.rules import rules_of

    wanted = tuple(part.upper() for part in _listed(text))
    for part in wanted:
        rules_of(part)
    return wanted


def kinds_of(names: Iterable[str]) -> frozenset[BlockKind]:
    """Return the kinds of block named; each name may itself be a list with commas.

    >>> sorted(kinds_of(["caption,byline", "Wire credit"]))
    [<BlockKind.BYLINE: 'byline'>, <BlockKind.CAPTION: 'caption'>, <BlockKind.WIRE_CREDIT: 'wire_credit'>]
    """
    from comparer.model import BlockKind

    known = {kind.value: kind for kind in BlockKind}
    wanted = [part.lower().replace(" ", "_").replace("-", "_") for name in names for part in _listed(name)]
    unknown = [w for w in wanted if w not in known]
    if unknown:
        raise UsageError(f"no block is of kind {', '.join(unknown)}. Kinds: {', '.join(known)}")
    return frozenset(known[w] for w in wanted)


def verdicts_of(settings: Sequence[str], paths: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return what "12=promotion" asks for, as (line, verdict); settings need one page that lies in a file.

    >>> verdicts_of(["12=promotion", "14=keep"], ["page.txt"])
    ((12, 'promotion'), (14, 'keep'))
    """
    from comparer.model.finding import VERDICTS
    from comparer.reviewing import AUTO

    found = []
    for setting in settings:
        line, _, verdict = (part.strip() for part in setting.partition("="))
        if not (line.isascii() and line.isdigit() and int(line)):
            raise UsageError(f"--set {setting}: write a line number, =, and a decision, such as 12=promotion")
        if verdict not in (*VERDICTS, AUTO):
            raise UsageError(f"--set {setting}: no such decision. Use one of {', '.join((*VERDICTS, AUTO))}")
        found.append((int(line), verdict))
    if found and (len(paths) != 1 or paths[0] == "-" or "://" in paths[0]):
        raise UsageError("--set needs one page that lies in a file: a line number says nothing about several")
    return tuple(found)


def fields_of(settings: Sequence[str]) -> dict[str, str]:
    """Return what "text=body_txt" says: under which name a table has one of our fields.

    >>> fields_of(["text=body_txt", "outlet=paper.name"])
    {'text': 'body_txt', 'outlet': 'paper.name'}
    """
    from comparer.reading.tables import FIELDS

    named = {ours.strip(): theirs.strip() for ours, _, theirs in (setting.partition("=") for setting in settings)}
    if wrong := [ours for ours, theirs in named.items() if ours not in FIELDS or not theirs]:
        raise UsageError(f"--field {wrong[0]}: write OURS=THEIRS, with one of {', '.join(FIELDS)} before the sign.")
    return named


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
