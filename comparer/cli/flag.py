"""Show which blocks of a page are article and which are furniture; keep decisions and learn what repeats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comparer.cli.work import AsJson, Paths, Sites, complain, finish, load, report
from comparer.errors import UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comparer.model import Article


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
    from comparer.cli.ledger import ledgers, ledgers_record
    from comparer.options import kinds_of, verdicts_of

    kept, dropped, wanted = kinds_of(keep or ()), kinds_of(drop or ()), verdicts_of(decisions or (), paths)
    if wanted:
        _decide(paths[0], wanted, note)
    loaded = load(paths, sites, keep=kept, drop=dropped)
    if learn_site:
        _learn(loaded.articles, learn_site, outlet, as_json=as_json)
    else:
        report(ledgers_record(loaded.articles) if as_json else None, lambda: ledgers(loaded.articles))
    finish(len(loaded.failures))


def _decide(page: str, wanted: Sequence[tuple[int, str]], note: str) -> None:
    from comparer.inputs import decide

    try:
        written = decide(page, wanted, note=note)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInputError(f"cannot write review.toml beside {page}: {reason}. Copy the page first.") from error
    complain(f"wrote {written.name} beside {page}")


def _learn(articles: Sequence[Article], path: Path, outlet: str | None, *, as_json: bool) -> None:
    from comparer.cli.ledger import repeated, repeated_record
    from comparer.inputs import learn

    try:
        site = learn(articles, path, outlet=outlet)
    except OSError as error:
        raise UnreadableInputError(f"cannot write {path}: {error.strerror or error}. Name another file.") from error
    report(repeated_record(site) if as_json else None, lambda: (repeated(site),))
    complain(f"wrote {path}: give it with --site {path}")
