"""Read files and parse JSON that anybody may have written: whole, or an error says what is wrong and what to do.

In: a path, or bytes. Out: bytes, or a dict. Refused: what is no plain file, which may never end, and what is larger
than stated; what is not UTF-8, names given twice, NaN and Infinity, nesting and numbers beyond reason. What the record
means is left to its reader.
"""

from __future__ import annotations

import json
import re
import stat
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from comparer.errors import UnreadableInputError

MOST_BYTES = 32 * 1024 * 1024  # a saved article is far below 1 MB; above this something else was given
OWN = re.compile(
    rb'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    rb"content=\"default-src &#39;none&#39;; style-src &#39;sha256-"
    rb'|\{\s*"digest": "[0-9a-f]{64}",\s*"format": "comparer(?: index)?"|\xef\xbb\xbfevent,event_title,'
    rb'|\{\s*"@context": "http://www.w3.org/ns/anno.jsonld",.{,400}"name": "comparer '
    rb'|<\?xml version="1.0" encoding="UTF-8"\?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>'
    rb".{,4000}Made by comparer "
    rb'|<\?xml version="1.0" encoding="UTF-8"\?>\n<!-- Made by comparer -->\n<svg ',
    re.DOTALL,
)  # how each file of a report begins


def read_file(path: Path, name: str, *, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file; raise UnreadableInputError, which calls it `name`, where it cannot be read."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableInputError(f"{name}: this is a folder, where a file is wanted.")
        if not stat.S_ISREG(mode):
            raise UnreadableInputError(f"{name}: is a pipe or a device, no file. Save what it gives and name that.")
        refuse_large(path.stat().st_size, name, most)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        known = {
            FileNotFoundError: "no such file. Check the spelling.",
            PermissionError: "not allowed to read this file.",
        }
        why = known.get(type(error), f"cannot be read ({error.strerror}). Check the file.")
        raise UnreadableInputError(f"{name}: {why}") from error
    refuse_large(len(data), name, most)
    return data


def refuse_large(size: int, name: str, most: int = MOST_BYTES) -> None:
    """Raise UnreadableInputError where a file is larger than any article."""
    if size > most:
        what = "one article" if most <= MOST_BYTES else "is read of one file"
        remedy = "Give one page per file." if most <= MOST_BYTES else "Split it."
        raise UnreadableInputError(
            f"{name}: {size / 1e6:.0f} MB is more than {what} ({most >> 20} MB at most). {remedy}"
        )


def is_own(path: Path) -> bool:
    """Tell whether comparer wrote a file, by how it begins."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return OWN.match(file.read(1000)) is not None


def parsed(data: bytes, *, name: str, remedy: str) -> dict[str, Any]:
    """Return the JSON object in `data`; raise UnreadableInputError naming the file and the remedy.

    >>> parsed(b'{"pages": 3}', name="post.site.json", remedy="Write it again.")
    {'pages': 3}
    """
    try:
        text = data.decode("utf-8-sig")
        record = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_finite)
    except RecursionError as error:
        raise UnreadableInputError(f"{name}: is nested too deeply. {remedy}") from error
    except ValueError as error:
        raise UnreadableInputError(f"{name}: is no JSON in UTF-8 ({error}). {remedy}") from error
    if not isinstance(record, dict):
        raise UnreadableInputError(f"{name}: holds no JSON object. {remedy}")
    return record


def expect_format(record: dict[str, Any], *, name: str, wanted: str, version: int, remedy: str) -> None:
    """Raise UnreadableInputError unless a record says it is of this format and version."""
    if record.get("format") != wanted:
        raise UnreadableInputError(f"{name}: its format is {_shown(record.get('format'))}, not {wanted!r}. {remedy}")
    found = record.get("format_version")
    if type(found) is int and found > version:
        raise UnreadableInputError(
            f"{name}: has format version {found}; this comparer reads {version}. Use a newer comparer."
        )
    if found != version or type(found) is not int:
        raise UnreadableInputError(
            f"{name}: has format version {_shown(found)}; this comparer reads {version}. {remedy}"
        )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise ValueError(f"{twice!r} is given twice in one object")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if isfinite(number) else _constant(digits)


def _shown(value: object) -> str:
    return repr(value)[:40]
