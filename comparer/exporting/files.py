"""Write files: whole or not at all, and what lies beside saved pages; find those of a written report.

Beside pages lie a reviewer's decisions, as TOML, and what repeats on an outlet's pages, as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from comparer.errors import UnreadableInputError
from comparer.exporting.json import pretty
from comparer.model import Decision, SiteProfile


def write_file(path: Path, text: str) -> None:
    """Write `text` as UTF-8 to `path`, replacing it in one step; raise OSError where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


RECORD = "comparison.json"
_NAMES = (RECORD, "annotations.jsonld", "index.html")
_EVENT = re.compile(rb'href="(events/e[0-9a-f]+\.html)"')
_REMEDY = "Name what `comparer compare` wrote: its folder, comparison.json, annotations.jsonld or a page of the report."


def read_bundle(path: Path) -> dict[str, bytes]:
    """Return the files that can be checked by their names: of a folder all that a run writes, else the one file.

    Pages of events are those that the list of events leads to: older ones may lie beside them.

    Raises:
        UnreadableInputError: where there is no such file, or it cannot be read.
    """
    if path.is_dir():
        found = {name: _bytes(path / name) for name in _NAMES if (path / name).is_file()}
        if not found:
            raise UnreadableInputError(f"there is no {' or '.join(_NAMES)} in {path}. {_REMEDY}")
        led_to = sorted({name.decode() for name in _EVENT.findall(found.get("index.html", b""))})
        return found | {name: _bytes(path / name) for name in led_to}
    return {path.name: _bytes(path)}


def record_beside(path: Path) -> bytes | None:
    """Return the `comparison.json` that was written with a file or folder, or None where there is none."""
    folders = (path,) if path.is_dir() else (path.parent, path.parent.parent)
    return next((_bytes(folder / RECORD) for folder in folders if (folder / RECORD).is_file()), None)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"cannot read {path}: {error.strerror}. {_REMEDY}") from error


_HEAD = """\
# What a reviewer decided about single blocks of the pages in this folder; every command of comparer honours it.
# `decision` is keep, drop or a kind. Where a line no longer reads as it did, the page is refused until this is mended.
# `comparer flag PAGE --set LINE=DECISION` rewrites this file: remarks that should last go into `note`.
"""


def review_toml(decisions: Iterable[Decision]) -> str:
    r"""Return the file's text, decisions by page and line.

    >>> written = review_toml([Decision("ferry.txt", 3, "Nobody was hurt.", "keep")])
    >>> print(written[written.index("[[block]]\npage") :])
    [[block]]
    page = "ferry.txt"
    line = 3
    text = "Nobody was hurt."
    decision = "keep"
    <BLANKLINE>
    """
    parts = [_HEAD]
    for one in sorted(decisions, key=lambda d: (d.page, d.line, d.text)):
        fields = {"page": one.page, "line": one.line, "text": one.text, "decision": one.verdict}
        fields |= {name: value for name, value in (("sha256", one.digest), ("note", one.note)) if value}
        parts.append("[[block]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in fields.items()))
    return "\n".join(parts)


def _value(value: object) -> str:
    """Write a value: JSON's strings are TOML's, but for the one control character that JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def site_json(site: SiteProfile) -> str:
    """Return the profile as JSON; equal profiles give equal bytes.

    >>> site_json(SiteProfile("Skerrow Post", 4, 4, ())).count("Skerrow Post")
    1
    """
    return pretty({"format": "comparer site profile", "format_version": 1} | dataclasses.asdict(site))
