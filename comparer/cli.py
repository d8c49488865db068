"""The command line: arguments in, exit statuses out. The only file that prints.

Exit statuses: 0 done, 2 wrong usage, 3 unreadable input, 4 our fault. Findings are not failures. Where some files of
many cannot be read, the rest is done, each is named on standard error, and the status is 3.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comparer.errors import ComparerError, UnreadableInputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from comparer.inputs import Loaded
    from comparer.model import Article, BlockKind
    from comparer.pipeline import Progress

DONE, USAGE, UNREADABLE, FAULT = 0, 2, 3, 4
PIPE_WIDTH = 160  # columns of a table that is not printed on a terminal

app = typer.Typer(
    name="comparer",
    help="Lay several outlets' reports of one event side by side, claim by claim. Works offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Saved pages (.txt .md .html), folders, web addresses, - for standard input."),
]
Sites = Annotated[
    list[Path] | None,
    typer.Option("--site", metavar="FILE", help="What repeats on an outlet's pages, as `flag --learn-site` wrote it."),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print one line of CSV per statement instead of a table.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command("compare")
def compare_command(
    paths: Paths,
    *,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("reports"),
    formats: Annotated[str, typer.Option("--format", help="Which files to write: html, json or both.")] = "html,json",
    select: Annotated[str, typer.Option(help="Only findings whose code starts so, such as Q,A1.")] = "",
    ignore: Annotated[str, typer.Option(help="No findings whose code starts so, such as W.")] = "",
    redact: Annotated[bool, typer.Option("--redact", help="Leave full texts out, for sharing.")] = False,
    one_event: Annotated[bool, typer.Option("--one-event", help="Take all pages to report one event.")] = False,
    sites: Sites = None,
) -> None:
    """Compare saved articles and write a report."""
    from comparer.model import Config
    from comparer.options import codes, formats_of
    from comparer.outputs import save
    from comparer.pipeline import compare
    from comparer.terminal.tables import summary

    wanted = formats_of(formats)
    config = Config(select=codes(select), ignore=codes(ignore), redact=redact)
    loaded = _load(paths, sites)
    with _progress() as bar:
        comparison = compare(loaded.articles, config=config, one_event=one_event, wishes=loaded.wishes, progress=bar)
        bar("writing", 0, 1)
        try:
            written = save(comparison, out, formats=wanted)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnreadableInputError(f"cannot write to {out}: {reason}. Name another folder with --out.") from error
    _show(summary(comparison))
    for path in written:
        typer.echo(f"wrote {path}")
    _finish(len(loaded.failures))


@app.command("flag", short_help="Show which blocks are article, furniture, promotion.")
def flag_command(
    paths: Paths,
    *,
    as_json: AsJson = False,
    keep: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Keep all blocks of a kind.")] = None,
    drop: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Drop all blocks of a kind.")] = None,
    decisions: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LINE=DECISION", help="Write a reviewer's decision beside the page."),
    ] = None,
    note: Annotated[str, typer.Option(help="Why, written beside what --set sets.")] = "",
    sites: Sites = None,
    learn_site: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Learn from pages of one outlet what repeats, and write it.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet's name, with --learn-site.")] = None,
) -> None:
    """Show what on each page is article and what is furniture or promotion, with the reason.

    Each kind is counted in blocks and words. --keep and --drop overrule a kind for this one time and may be repeated.

    --set overrules one block for good: `comparer flag page.txt --set 12=promotion --set 14=keep` writes review.toml
    beside the page, which every command honours. A decision is keep, drop or a kind; auto takes it back.

    --learn-site reads three or more pages of one outlet and writes what repeats among them: give that file with --site.
    """
    from comparer.options import kinds_of, verdicts_of
    from comparer.terminal.ledger import ledgers, ledgers_record

    kept, dropped, wanted = kinds_of(keep or ()), kinds_of(drop or ()), verdicts_of(decisions or (), paths)
    if wanted:
        _decide(paths[0], wanted, note)
    loaded = _load(paths, sites, keep=kept, drop=dropped)
    if learn_site:
        _learn(loaded.articles, learn_site, outlet, as_json=as_json)
    else:
        _report(ledgers_record(loaded.articles) if as_json else None, lambda: ledgers(loaded.articles))
    _finish(len(loaded.failures))


@app.command("attributions", short_help="Show who says what, how and through whom.")
def attributions_command(paths: Paths, *, sites: Sites = None, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Show who says what, how and through whom: per article, then claim by claim side by side."""
    from comparer.pipeline import compare
    from comparer.terminal.attributions import attributions, recorded

    loaded = _load(paths, sites)
    with _progress() as progress:
        comparison = compare(loaded.articles, progress=progress)
    _report(recorded(comparison, as_json=as_json, as_csv=as_csv), lambda: attributions(comparison))
    _finish(len(loaded.failures))


@app.command("group", short_help="Show which articles report the same event.")
def group_command(paths: Paths, *, sites: Sites = None, as_json: AsJson = False) -> None:
    """Show which articles report the same event, what holds them together and what nearly joined.

    `events.toml` beside the pages overrules it: [[event]], [[together]] or [[apart]] with articles = ["page.txt", ...].
    """
    from comparer.pipeline import group
    from comparer.terminal.tables import group_record, groups

    loaded = _load(paths, sites)
    articles, found = group(loaded.articles, wishes=loaded.wishes)
    _report(group_record(articles, found) if as_json else None, lambda: (groups(articles, found),))
    _finish(len(loaded.failures))


@app.command("rules", short_help="Explain what each finding means and how it errs.")
def rules_command(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="A code such as Q101, or its first letters.")] = "",
) -> None:
    """Explain what each finding means, how it errs and how well it is measured."""
    from comparer.comparison.rules import RULES
    from comparer.terminal.tables import rules

    chosen = [rule for rule in RULES if rule.code.startswith(code.upper())]
    if not chosen:
        known = ", ".join(rule.code for rule in RULES)
        raise typer.BadParameter(f"no finding has a code that starts with {code!r}. Known: {known}")
    _show(rules(chosen, whole=bool(code)))


@app.command("verify", short_help="Check that a report's quotations stand in its texts.")
def verify_command(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A comparison.json written by `comparer compare`.")],
    *,
    sources: Annotated[Path | None, typer.Option(help="Folder of the saved pages, for a redacted file.")] = None,
) -> None:
    """Check that every quoted passage of a report still stands in its text, by position, words and hash."""
    from comparer.exporting.verify import verify
    from comparer.inputs import texts_under
    from comparer.terminal.words import counted

    checked = verify(bundle, texts=texts_under(sources) if sources else {})
    where = f"{counted(checked.passages, 'passage')} in {counted(checked.articles, 'article')}"
    typer.echo(f"every quoted passage stands where the report says: {where}")


def main() -> None:
    """Run the command line and turn every outcome into an exit status."""
    try:
        status = app(standalone_mode=False)  # a command's own status comes back as a number
    except ComparerError as error:
        _complain(str(error))
        sys.exit(USAGE if isinstance(error, UsageError) else UNREADABLE)
    except typer.Abort:
        sys.exit(USAGE)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our pipe has what it wanted
        sys.exit(DONE)
    except Exception as error:  # noqa: BLE001 - the last resort: say so and give a status
        sys.exit(_unexpected(error))
    sys.exit(status or DONE)


def _unexpected(error: Exception) -> int:
    import os
    import traceback

    show = getattr(error, "show", None)
    if callable(show):  # usage errors of the argument parser print themselves
        show()
        return USAGE
    if os.environ.get("COMPARER_DEBUG"):
        traceback.print_exc()
    _complain(
        f"this is our fault, not yours: {type(error).__name__}: {error}. "
        "Run again with COMPARER_DEBUG=1 to see where, and report it with the page that caused it."
    )
    return FAULT


def _decide(page: str, wanted: Sequence[tuple[int, str]], note: str) -> None:
    from comparer.inputs import decide

    try:
        written = decide(page, wanted, note=note)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInputError(f"cannot write review.toml beside {page}: {reason}. Copy the page first.") from error
    _complain(f"wrote {written.name} beside {page}")


def _learn(articles: Sequence[Article], path: Path, outlet: str | None, *, as_json: bool) -> None:
    from comparer.inputs import learn
    from comparer.terminal.ledger import repeated, repeated_record

    try:
        site = learn(articles, path, outlet=outlet)
    except OSError as error:
        raise UnreadableInputError(f"cannot write {path}: {error.strerror or error}. Name another file.") from error
    _report(repeated_record(site) if as_json else None, lambda: (repeated(site),))
    _complain(f"wrote {path}: give it with --site {path}")


def _load(
    paths: Sequence[str],
    sites: Sequence[Path] | None,
    *,
    keep: Collection[BlockKind] = (),
    drop: Collection[BlockKind] = (),
) -> Loaded:
    """Read every page; name those that cannot be read, and the users' files honoured; raise where none can."""
    from comparer.inputs import load
    from comparer.reading.site import read_site

    piped = sys.stdin.buffer.read() if "-" in paths else b""
    profiles = [read_site(path) for path in sites or ()]
    loaded = load(paths, piped=piped, keep=keep, drop=drop, sites=profiles)
    if not loaded.articles:
        raise UnreadableInputError("\n".join(loaded.failures) or f"no saved page in {', '.join(paths)}")
    for failure in (*loaded.notes, *loaded.failures):
        _complain(failure)
    return loaded


def _finish(failed: int) -> None:
    if failed:
        _complain(f"{failed} of the inputs could not be read; the rest is done.")
        raise typer.Exit(UNREADABLE)


def _report(record: object, tables: Callable[[], Iterable[RenderableType]]) -> None:
    """Print a record, text as it is and data as JSON, or the tables where there is none."""
    import json  # late, as tables need none

    if record is not None:
        typer.echo(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, indent=1))
    for table in tables() if record is None else ():
        _show(table)


def _show(renderable: RenderableType) -> None:
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False, soft_wrap=False).print(renderable)


def _complain(message: str) -> None:
    typer.echo(f"comparer: {message}", err=True)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar on a terminal and nothing in a pipe."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)
