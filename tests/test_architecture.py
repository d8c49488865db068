"""Hold the direction of flow: no import runs upward, none in a circle; few files print or touch files."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "comparer"
STAGES = ("reading", "cleaning", "language", "encoder", "attribution", "grouping", "alignment", "comparison")
ENDS = ("reporting", "exporting")  # they know the model and no stage
COMMON = ("model", "errors", "resources", "records")
COMPOSERS = (
    "comparer",
    *(f"comparer.{name}" for name in ("pipeline", "inputs", "reviewing", "outputs", "workbench", "__main__")),
)
COMPOSING = ("cli", "corpus")  # folders that do so
TABLES = tuple(f"comparer.cli.{name}" for name in ("attributions", "ledger", "rules", "tables"))
PRINTS = ("comparer.cli.console", "comparer.cli")  # it closes the streams
TOUCH_FILES = (
    "reading",
    "exporting",
    "records",
    "cli",
    "corpus",
)  # reporting reads its own templates, the loader the word lists
FILE_CALLS = frozenset(
    {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "rglob", "iterdir", "fdopen"}
)
FORBIDDEN = frozenset({"pickle", "marshal", "shelve", "dill", "joblib", "socket", "requests", "urllib3", "httpx"})

MAY_IMPORT: dict[str, frozenset[str]] = {
    "model": frozenset({"model"}),
    "errors": frozenset({"errors"}),
    "cli": frozenset(
        {"cli", "model", "errors", "resources", "cleaning", "comparison", "reporting"}
    ),  # its tables: lines, rules
    "resources": frozenset({"resources", "errors"}),
    "records": frozenset({"errors"}),
    **{end: frozenset({end, *COMMON}) for end in ENDS},
    **{stage: frozenset({*COMMON, *STAGES[: place + 1]}) for place, stage in enumerate(STAGES)},
}


def name_of(path: Path) -> str:
    """Return a file's module name: comparer/model/text.py is comparer.model.text."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def trees() -> dict[str, ast.Module]:
    """Parse every module of the package."""
    return {name_of(path): ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    """Return every node of a module's tree, walked once."""
    return tuple(ast.walk(trees()[module]))


@cache
def imported(module: str) -> frozenset[str]:
    """List the modules that a module imports, anywhere in it; a constant's module counts, its name does not."""
    package = (PACKAGE.parent / Path(*module.split("."))).is_dir()
    found: set[str] = set()
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = module.split(".")[: len(module.split(".")) - node.level + package]
                base = ".".join([*parent, *filter(None, [base])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in trees() else f"{base}:{alias.name}" if base == "comparer" else base)
    return frozenset(found - {"comparer:__version__"})


def own(module: str) -> set[str]:
    """List the modules of this package that a module imports."""
    return {name.split(":")[0] for name in imported(module) if name.split(":")[0].split(".")[0] == "comparer"}


def folder(module: str) -> str:
    """Return the folder or file right under the package: comparer.model.text stands in model."""
    return [*module.split("."), ""][1]


def modules() -> list[str]:
    """List the modules of the stages and the tables of the command line: all but those that compose them."""
    return [m for m in trees() if m in TABLES or (m not in COMPOSERS and folder(m) not in COMPOSING)]


def circle() -> list[str]:
    """List the modules left when all that import nothing left are taken away, again and again."""
    left = {module: own(module) - {module} for module in trees() if module != "comparer"}
    while leaves := {module for module, needs in left.items() if not needs & left.keys()}:
        left = {module: needs for module, needs in left.items() if module not in leaves}
    return sorted(left)


def silent() -> list[str]:
    """List the modules that may not print: the command line does it in one place."""
    return [module for module in trees() if module not in PRINTS]


def printing_in(module: str) -> set[str]:
    """List what a module prints with or reads answers from: built-in functions, streams, the terminal's library."""
    calls = {n.func.id for n in nodes(module) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    named = {n.attr for n in nodes(module) if isinstance(n, ast.Attribute)}
    return calls & {"print", "input"} | named & {"stdout", "stderr", "stdin", "echo", "secho", "Console"}


def own_names(module: str) -> set[str]:
    """List the functions that a module defines or imports from this package, which may be called read_text."""
    brought = [n for n in nodes(module) if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("comparer")]
    defined = {n.name for n in nodes(module) if isinstance(n, ast.FunctionDef)}
    return defined | {alias.asname or alias.name for node in brought for alias in node.names}


def without_files() -> list[str]:
    """List the modules that may not touch files."""
    allowed = (*TOUCH_FILES, "reporting")
    free = ("comparer", "comparer.resources.loader")
    return [m for m in trees() if m in TABLES or (folder(m) not in allowed and m not in free)]


@pytest.mark.parametrize("module", modules())
def test_no_import_runs_upward(module: str) -> None:
    allowed = MAY_IMPORT[folder(module)]

    assert sorted(name for name in own(module) if name == "comparer" or folder(name) not in allowed) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle() == []


@pytest.mark.parametrize("module", silent())
def test_only_the_command_line_prints(module: str) -> None:
    assert printing_in(module) == set()


@pytest.mark.parametrize("module", [module for module in trees() if folder(module) != "cli"])
def test_only_the_command_line_knows_the_terminal(module: str) -> None:
    assert {name.split(".")[0] for name in imported(module)} & {"rich", "typer"} == set()


@pytest.mark.parametrize("module", without_files())
def test_few_modules_touch_files(module: str) -> None:
    calls = [n.func for n in nodes(module) if isinstance(n, ast.Call)]

    names = {f.attr for f in calls if isinstance(f, ast.Attribute)} | {f.id for f in calls if isinstance(f, ast.Name)}
    assert (names - own_names(module)) & FILE_CALLS == set()


@pytest.mark.parametrize("module", list(trees()))
def test_no_module_loads_pickles_or_opens_connections(module: str) -> None:
    assert {name.split(".")[0] for name in imported(module)} & FORBIDDEN == set()


@pytest.mark.parametrize("module", list(trees()))
def test_a_file_stays_under_three_hundred_lines(module: str) -> None:
    assert max((getattr(n, "end_lineno", 0) or 0 for n in nodes(module)), default=0) <= 300
