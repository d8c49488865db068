"""Show on the terminal what can be read and compared without a report: attributions, events, rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comparer.cli.work import AsJson, Paths, Sites, finish, load, progress, report, show
from comparer.errors import UnreadableInputError

AsCsv = Annotated[bool, typer.Option("--csv", help="Print one line of CSV per statement instead of a table.")]


def attributions_command(paths: Paths, *, sites: Sites = None, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Show who says what, how and through whom: per article, then claim by claim side by side."""
    from comparer.cli.attributions import attributions, recorded
    from comparer.pipeline import compare

    loaded = load(paths, sites)
    with progress() as bar:
        comparison = compare(loaded.articles, progress=bar)
    report(recorded(comparison, as_json=as_json, as_csv=as_csv), lambda: attributions(comparison))
    finish(len(loaded.failures))


def group_command(paths: Paths, *, sites: Sites = None, as_json: AsJson = False) -> None:
    """Show which articles report the same event, what holds them together and what nearly joined.

    `events.toml` beside the pages overrules it: [[event]], [[together]] or [[apart]] with articles = ["page.txt", ...].
    """
    from comparer.cli.tables import group_record, groups
    from comparer.pipeline import group

    loaded = load(paths, sites)
    articles, found = group(loaded.articles, wishes=loaded.wishes)
    report(group_record(articles, found) if as_json else None, lambda: (groups(articles, found),))
    finish(len(loaded.failures))


def rules_command(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="A code such as Q101, or its first letters.")] = "",
    *,
    docs: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a page per code and an index there, as Markdown.")
    ] = None,
) -> None:
    """Explain what each finding means, how it errs and how well it is measured.

    Without a code, list them all by family.
    """
    from comparer.cli.rules import listed, rule_pages, whole
    from comparer.resources.rules import rules_of

    chosen = rules_of(code)
    if docs is None:
        show(whole(chosen) if code else listed(chosen))
        return
    try:
        docs.mkdir(parents=True, exist_ok=True)
        for name, page in rule_pages(chosen).items():
            (docs / name).write_text(page, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInputError(f"cannot write to {docs}: {reason}. Name another folder with --docs.") from error
    typer.echo(f"wrote {len(chosen)} pages and an index to {docs}")
