"""The command `comparer open`: the workbench in the browser, on this machine alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comparer.cli.arguments import Paths
from comparer.cli.console import remark, say
from comparer.errors import UnreadableInputError, UsageError


def open_command(
    paths: Paths,
    *,
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.")] = 0,
    watching: Annotated[bool, typer.Option("--watch", help="Compare again when a file of the folder changes.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Lay claims together by words alone, for many pages.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the address in the browser.")] = True,
) -> None:
    """Open a local workbench: drop pages, mend what was read, and see the report again at once.

    It listens on 127.0.0.1 alone, under an address that nobody can guess. Every decision is saved beside the pages in
    the files that the commands read: review.toml, events.toml and review.json. Control-C ends it.
    """
    from comparer.model import Config

    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise UsageError("`comparer open` needs two libraries more: pip install 'comparer[open]'") from error
    from comparer.workbench.bench import Bench
    from comparer.workbench.server import serve

    first = Path(paths[0])
    folder = first if first.is_dir() else first.parent
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Name pages of this machine.")

    def ready(address: str) -> None:
        say(f"workbench: {address}")
        remark(f"decisions are saved in {folder}; Control-C ends the workbench")
        if browser:
            typer.launch(address)

    try:
        serve(Bench(list(paths), folder, Config(fast=fast)), port=port, watching=watching, ready=ready)
    except OSError as error:
        raise UnreadableInputError(
            f"cannot serve on port {port}: {error.strerror}. Choose another with --port."
        ) from error
