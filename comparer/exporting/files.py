"""Write files and reports: whole or not at all; what lies beside saved pages; find the files of a written report.

Beside pages lie a reviewer's decisions, as TOML, and what repeats on an outlet's pages, as JSON.
"""

from __future__ import annotations

import ctypes
import dataclasses
import glob
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from comparer.errors import UnreadableInputError
from comparer.exporting.json import pretty
from comparer.model import Decision, PageDecision, SiteProfile
from comparer.records import is_own, read_file

RECORD = "comparison.json"
EVENTS = "events"
EVENT_FILES = (".html", ".json", ".jsonld", ".xml", ".svg")
_NAMES = ("index.html", RECORD, "claims.csv", "findings.csv", "annotations.jsonld", "quotations.tei.xml", "card.svg")


def write_file(path: Path, text: str) -> None:
    """Write `text` as UTF-8 to `path`, replacing it in one step; raise OSError where the folder cannot be written."""
    with _beside(path) as part:
        _write(part / path.name, text)
        (part / path.name).replace(path)


def add_file(path: Path, data: bytes, *, fits: Callable[[Path], object]) -> None:
    """Put a new file in its place once `fits`, which is shown a folder that holds it alone, raises nothing."""
    with _beside(path) as part:
        (part / path.name).write_bytes(data)
        fits(part)
        (part / path.name).replace(path)


def write_folder(folder: Path, files: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Write a report to a folder as one thing, in place of an older one, and return the names of its files.

    Texts of one name follow each other in one file.
    It is written beside the folder, and the two change places: a run that is stopped leaves the older one. Where the
    folder holds other things, is mounted or worked in, the files are exchanged one by one. Older files of ours go.
    """
    folder = folder.resolve()
    old = report_files(folder)
    whole = not folder.exists() or _is_ours_alone(folder, old)
    with _beside(folder if whole else folder / "report") as part:
        names = tuple(dict.fromkeys(_write(part / name, text).relative_to(part).as_posix() for name, text in files))
        if whole:
            _exchange(part, folder)
            return names
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (part / name).replace(folder / name)
        for name in set(old) - set(names):
            if is_own(folder / name):
                (folder / name).unlink()
    return names


def report_files(folder: Path) -> list[str]:
    """Return the names of the files in a folder that are named as those of a report are."""
    pages = sorted(file for file in (folder / EVENTS).glob("e*") if file.suffix in EVENT_FILES)
    return [name for name in _NAMES if (folder / name).is_file()] + [f"{EVENTS}/{page.name}" for page in pages]


def _is_ours_alone(folder: Path, named: list[str]) -> bool:
    if not folder.is_dir() or folder.is_mount() or Path.cwd().is_relative_to(folder):
        return False
    held = {file.relative_to(folder).as_posix() for file in folder.rglob("*")} - {EVENTS}
    return os.access(folder.parent, os.W_OK) and held == set(named) and all(is_own(folder / name) for name in named)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    else:
        path.write_text(text, encoding="utf-8", newline="\n")
    path.chmod(0o644)
    return path


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield a hidden folder beside a path for what is not whole yet; it goes, as do those of runs that were killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        if Path("/proc/self").exists() and not Path("/proc", left.name.split(".")[-3]).exists():  # its process is gone
            shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}.", suffix=".part"))
    part.chmod(0o755)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _exchange(new: Path, old: Path) -> None:
    """Let two folders change places, in one step where the system can; `old` may be missing."""
    with suppress(OSError):
        new.rename(old)  # where it is missing or empty
        return
    swap = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if swap is None or swap(-100, os.fsencode(new), -100, os.fsencode(old), 2):
        aside = new.with_suffix(".old")
        old.rename(aside)
        new.rename(old)
        aside.rename(new)


def record_of(bundle: Path) -> tuple[Path, bytes]:
    """Return the folder of a report and its record; `bundle` is that folder, the record, or another file of it."""
    of_event = bundle.parent.name == EVENTS and not bundle.is_dir()
    folder = bundle if bundle.is_dir() else bundle.parent.parent if of_event else bundle.parent
    record = bundle if bundle.suffix == ".json" and not of_event else folder / RECORD
    if bundle.exists() and not record.exists():
        raise UnreadableInputError(f"there is no {RECORD} in {folder}, by which a report is checked. {_REMEDY}")
    return folder, read_file(record if bundle.exists() else bundle, f"cannot read {record}", most=2**31)


_REMEDY = "Name what `comparer compare` wrote: its folder, or a file in it."
_HEAD = """\
# What a reviewer decided about single blocks of the pages in this folder; every command of comparer honours it.
# `decision` is keep, drop or a kind. Where a line no longer reads as it did, the page is refused until this is mended.
# `comparer flag PAGE --set LINE=DECISION` rewrites this file: remarks that should last go into `note`.
"""


def review_toml(decisions: Iterable[Decision], pages: Iterable[PageDecision] = ()) -> str:
    r"""Return the file's text: what is said of whole pages, then decisions by page and line.

    >>> written = review_toml([Decision("ferry.txt", 3, "Nobody was hurt.", "keep")])
    >>> print(written[written.index("[[block]]\npage") :])
    [[block]]
    page = "ferry.txt"
    line = 3
    text = "Nobody was hurt."
    decision = "keep"
    <BLANKLINE>
    """
    told_pages = (dataclasses.asdict(page) for page in sorted(pages, key=lambda page: page.page))
    parts = [_HEAD, *(_table("page", {k: v for k, v in page.items() if v}) for page in told_pages)]
    for one in sorted(decisions, key=lambda d: (d.page, d.line, d.text)):
        told: dict[str, object] = {"page": one.page, "line": one.line, "text": one.text, "decision": one.verdict}
        told |= {name: value for name, value in (("sha256", one.digest), ("note", one.note)) if value}
        parts.append(_table("block", told))
    return "\n".join(parts)


def events_toml(wishes: Iterable[tuple[str, Iterable[str]]]) -> str:
    r"""Return the text of an events file: of each wish its kind and the names of its pages.

    >>> print(events_toml([("apart", ["ferry.txt", "crane.txt"])]), end="")
    [[apart]]
    articles = ["ferry.txt", "crane.txt"]
    """
    return "\n".join(_table(kind, {"articles": list(pages)}) for kind, pages in wishes)


def _table(kind: str, fields: Mapping[str, object]) -> str:
    """Write one of an array of tables: JSON's strings are TOML's, but for a control character that JSON leaves bare."""
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"[[{kind}]]\n{''.join(lines)}".replace("\x7f", "\\u007f")


def site_json(site: SiteProfile) -> str:
    """Return the profile as JSON; equal profiles give equal bytes.

    >>> site_json(SiteProfile("Skerrow Post", 4, 4, ())).count("Skerrow Post")
    1
    """
    return pretty({"format": "comparer site profile", "format_version": 1} | dataclasses.asdict(site))
