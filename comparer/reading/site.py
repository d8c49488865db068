"""Read what repeats among an outlet's pages from the file that `comparer flag --learn-site` wrote."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from comparer.errors import UnreadableInputError
from comparer.model import BlockKind, RepeatedLine, SiteProfile
from comparer.records import expect_format, parsed

_FORMAT, _VERSION = "comparer site profile", 1
_LINE = {f.name for f in dataclasses.fields(RepeatedLine)}


def read_site(path: Path) -> SiteProfile:
    """Return the profile in a file; raise UnreadableInputError naming the file, what is wrong and what to do."""
    remedy = "Write it again with `comparer flag PAGES --learn-site FILE`."
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    record = parsed(data, name=str(path), remedy=remedy)
    expect_format(record, name=str(path), wanted=_FORMAT, version=_VERSION, remedy=remedy)
    try:
        lines = sorted((_line(line) for line in record["lines"]), key=lambda line: line.template)
        return SiteProfile(str(record["outlet"]), int(record["pages"]), int(record["stories"]), tuple(lines))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInputError(f"{path}: lacks or garbles {error}. {remedy}") from error


def _line(record: dict[str, Any]) -> RepeatedLine:
    if set(record) != _LINE or not isinstance(record["template"], str):
        raise ValueError(f"the line {str(record)[:60]}")
    pages, stories, dropped, titles = (int(record[name]) for name in ("pages", "stories", "dropped", "titles"))
    return RepeatedLine(record["template"], pages, stories, dropped, titles, BlockKind(record["kind"]))
