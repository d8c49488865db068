"""Parse JSON that anybody may have written: a record comes out whole, or an error says what is wrong and what to do.

In: bytes. Out: a dict. Refused: what is not UTF-8, names given twice, NaN and Infinity, nesting and numbers beyond
reason. What the record means is left to its reader.
"""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, NoReturn

from comparer.errors import UnreadableInputError


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
