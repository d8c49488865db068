"""Gather the commands and turn every outcome into an exit status."""

from __future__ import annotations

import gc
import sys

import typer

from comparer.cli.commands import (
    attributions_command,
    compare_command,
    flag_command,
    group_command,
    rules_command,
    schema_command,
    verify_command,
)
from comparer.cli.console import DONE, FAULT, UNREADABLE, USAGE, complain
from comparer.errors import ComparerError, UsageError

GARBAGE = 50_000  # values made before circles are looked for: a run makes few, and looking costs a tenth of its time

app = typer.Typer(
    name="comparer",
    help="Lay several outlets' reports of one event side by side, claim by claim. Works offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("compare")(compare_command)
app.command("flag", short_help="Show which blocks are article, furniture, promotion.")(flag_command)
app.command("attributions", short_help="Show who says what, how and through whom.")(attributions_command)
app.command("group", short_help="Show which articles report the same event.")(group_command)
app.command("rules", short_help="Explain what each finding means and how it errs.")(rules_command)
app.command("schema", short_help="Print the JSON Schema of comparison.json.")(schema_command)
app.command("verify", short_help="Check that a report's quotations stand in its texts.")(verify_command)


def main() -> None:
    """Run the command line and turn every outcome into an exit status."""
    gc.set_threshold(GARBAGE)
    try:
        status = app(standalone_mode=False)  # a command's own status comes back as a number
    except ComparerError as error:
        complain(str(error))
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
    complain(
        f"this is our fault, not yours: {type(error).__name__}: {error}. "
        "Run again with COMPARER_DEBUG=1 to see where, and report it with the page that caused it."
    )
    return FAULT
