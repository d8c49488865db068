"""Show on the terminal what can be read and compared without a report: attributions, events, rules."""

from __future__ import annotations

from typing import Annotated

import typer

from comparer.cli.work import AsJson, Paths, Sites, finish, load, progress, report, show

AsCsv = Annotated[bool, typer.Option("--csv", help="Print one line of CSV per statement instead of a table.")]


def attributions_command(paths: Paths, *, sites: Sites = None, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Show who says what, how and through whom: per article, then claim by claim side by side."""
    from comparer.pipeline import compare
    from comparer.terminal.attributions import attributions, recorded

    loaded = load(paths, sites)
    with progress() as bar:
        comparison = compare(loaded.articles, progress=bar)
    report(recorded(comparison, as_json=as_json, as_csv=as_csv), lambda: attributions(comparison))
    finish(len(loaded.failures))


def group_command(paths: Paths, *, sites: Sites = None, as_json: AsJson = False) -> None:
    """Show which articles report the same event, what holds them together and what nearly joined.

    `events.toml` beside the pages overrules it: [[event]], [[together]] or [[apart]] with articles = ["page.txt", ...].
    """
    from comparer.pipeline import group
    from comparer.terminal.tables import group_record, groups

    loaded = load(paths, sites)
    articles, found = group(loaded.articles, wishes=loaded.wishes)
    report(group_record(articles, found) if as_json else None, lambda: (groups(articles, found),))
    finish(len(loaded.failures))


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
    show(rules(chosen, whole=bool(code)))
