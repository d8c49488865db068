"""The command line: arguments in, exit statuses out. The only folder that prints.

Exit statuses: 0 done, 2 wrong usage, 3 unreadable input, 4 our fault. Findings are not failures. Where some files of
many cannot be read, the rest is done, each is named on standard error, and the status is 3. Here are defaults from a
file, options of every command, and the status of every outcome.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from comparer import __version__
from comparer.cli import console
from comparer.cli.app import app
from comparer.cli.console import DONE, FAULT, UNREADABLE, USAGE, complain, remark
from comparer.errors import ComparerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["app", "main"]
GARBAGE = 500_000  # values made before circles are looked for: a run makes few, and looking costs a twentieth of it


def main() -> None:
    """Run the command line and turn every outcome into an exit status."""
    gc.set_threshold(GARBAGE)
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name) or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
        stream.reconfigure(errors="backslashreplace")  # a file name may hold bytes that are no letters
        setattr(sys, name, stream)
    sys.exit(_status())


def _status() -> int:
    try:
        command: Any = typer.main.get_command(app)
        _add_options(command)
        status = command(standalone_mode=False, default_map=_defaults(_commands(command)))
        sys.stdout.flush()
    except ComparerError as error:
        complain(str(error))
        return USAGE if isinstance(error, UsageError) else UNREADABLE
    except typer.Abort:
        return USAGE
    except (OSError, SystemExit) as error:
        return _lost(error)
    except MemoryError:
        complain("these pages need more memory than there is. Give fewer of them at once.")
        return UNREADABLE
    except Exception as error:  # noqa: BLE001 - the last resort: say so and give a status
        return _unexpected(error)
    return status or DONE


def _lost(error: OSError | SystemExit) -> int:
    """Return the status where output goes nowhere: a closed pipe has what it wanted, a full device has not."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left over has no way to go
    if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
        return DONE
    if isinstance(error, SystemExit):
        return int(error.code or DONE)
    complain(f"cannot read or write {error.filename or 'standard output'}: {error.strerror}.")
    return UNREADABLE


def _add_options(group: Any) -> None:  # noqa: ANN401 - the parser's own type
    """Let the command tell its version, and every command of it take --quiet and --jobs."""
    from typer.core import TyperOption

    def hush(wanted: bool) -> None:  # noqa: FBT001 - called by the parser
        console.quiet = wanted

    def share(jobs: int) -> None:
        console.jobs = jobs
        if jobs > 1:
            from comparer import encoder

            encoder.jobs = jobs

    def version(wanted: bool) -> None:  # noqa: FBT001 - as hush
        if wanted:
            console.say(f"comparer {__version__}")
            raise typer.Exit

    def option(*names: str, run: Callable[[Any], None], **more: Any) -> TyperOption:  # noqa: ANN401 - as the parser
        return TyperOption(param_decls=[*names], callback=lambda _c, _o, value: run(value), expose_value=False, **more)

    group.params += [option("--version", run=version, is_flag=True, is_eager=True, help="Print the version and end.")]
    for command in _commands(group).values():
        command.params += [
            option("--quiet", "-q", run=hush, is_flag=True, help="Print no more than needed."),
            option("--jobs", "-j", run=share, type=int, default=1, help="Processes, for many events; for few threads."),
        ]


def _commands(group: Any) -> dict[tuple[str, ...], Any]:  # noqa: ANN401 - the parser's own type
    """Return the commands by their names, those of a room, such as `corpus run`, by both."""
    found: dict[tuple[str, ...], Any] = {}
    for name, command in group.commands.items():
        room = _commands(command) if hasattr(command, "commands") else {(): command}
        found |= {(name, *inner): one for inner, one in room.items()}
    return found


def _defaults(commands: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """Return what `comparer.toml` here, or the [tool.comparer] of a `pyproject.toml`, sets for options, by command."""
    from comparer.reading.user_files import toml_table

    file, table = "comparer.toml", toml_table(Path("comparer.toml"), "comparer.toml") or {}
    if not table:
        file, project = "pyproject.toml", toml_table(Path("pyproject.toml"), "pyproject.toml") or {}
        table = project.get("tool", {}).get("comparer", {})
    own = {
        name: {option[2:]: given.name for given in command.params for option in given.opts if option.startswith("--")}
        for name, command in commands.items()
    }
    if unknown := sorted(set(table).difference(*own.values())):
        raise UsageError(f'{file}: no option is called {", ".join(unknown)}. Write such lines as out = "reports".')
    if table:
        remark(f"taking defaults from {file}")
    found: dict[str, Any] = {}
    for name, given in own.items():
        inner = found
        for part in name:
            inner = inner.setdefault(part, {})
        inner |= {given[key]: table[key] for key in given if key in table}
    return found


def _unexpected(error: Exception) -> int:
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
