"""Check a written report against the texts it quotes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema_command() -> None:
    """Print the JSON Schema of comparison.json: what each field holds in the version this comparer writes."""
    from comparer.exporting.schema import schema_json

    typer.echo(schema_json(), nl=False)


def verify_command(
    bundle: Annotated[
        Path,
        typer.Argument(metavar="BUNDLE", help="What compare wrote: its folder, or one file of it."),
    ],
    *,
    sources: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Check against the saved pages in this folder instead.")
    ] = None,
) -> None:
    """Check that every quoted passage of a report still stands in its text, by position, words and hash.

    The texts are those stored in comparison.json or, with --sources, those of the original pages, which a redacted
    report always needs. Anything that does not stand, or was changed since it was written, ends with status 3.
    """
    from comparer.cli.words import counted
    from comparer.inputs import texts_under
    from comparer.verifying import verify

    checked = verify(bundle, texts=texts_under(sources) if sources else None)
    where = f"{counted(checked.passages, 'passage')} in {counted(checked.articles, 'article')}"
    typer.echo(f"every quoted passage stands where the report says: {where} ({', '.join(checked.files[:5])})")
