"""Write one file so that a failed run never costs an existing one; find the files of a written report."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from comparer.errors import UnreadableInputError


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
