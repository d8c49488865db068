"""Find the files of a written report, so that they can be checked."""

from __future__ import annotations

from pathlib import Path

from comparer.errors import UnreadableInputError

RECORD = "comparison.json"
_NAMES = (RECORD, "annotations.jsonld", "index.html")
_REMEDY = "Name what `comparer compare` wrote: its folder, comparison.json, annotations.jsonld or a page of the report."


def read_bundle(path: Path) -> dict[str, bytes]:
    """Return the files that can be checked by their names: of a folder all that a run writes, else the one file.

    Raises:
        UnreadableInputError: where there is no such file, or it cannot be read.
    """
    if path.is_dir():
        files = [path / name for name in _NAMES if (path / name).is_file()]
        files += sorted((path / "events").glob("*.html"))
        if not files:
            raise UnreadableInputError(f"there is no {' or '.join(_NAMES)} in {path}. {_REMEDY}")
        return {str(file.relative_to(path)): _bytes(file) for file in files}
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
