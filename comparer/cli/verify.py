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
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A comparison.json written by `comparer compare`.")],
    *,
    sources: Annotated[Path | None, typer.Option(help="Folder of the saved pages, for a redacted file.")] = None,
) -> None:
    """Check that every quoted passage of a report still stands in its text, by position, words and hash."""
    from comparer.exporting.verify import verify
    from comparer.inputs import texts_under
    from comparer.terminal.words import counted

    checked = verify(bundle, texts=texts_under(sources) if sources else None)
    where = f"{counted(checked.passages, 'passage')} in {counted(checked.articles, 'article')}"
    typer.echo(f"every quoted passage stands where the report says: {where}")
