"""Check a written report against the texts it quotes: by hash, by position and by words, failing closed.

A lookalike sentence elsewhere in the text does not count: either the characters at the offsets are the quoted ones, or
the report does not verify.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparer.errors import BadEvidenceError, UnreadableInputError
from comparer.exporting.json import FORMAT_VERSION, shortened


@dataclass(frozen=True, slots=True)
class Checked:
    """Count what was checked."""

    articles: int
    passages: int


def verify(bundle: Path, *, texts: Mapping[str, str]) -> Checked:
    """Re-anchor every passage of a `comparison.json`.

    `texts` maps SHA-256 digests to article texts, for a redacted file that holds none.

    Raises:
        UnreadableInputError: where the file cannot be read or is not a comparison of this format.
        BadEvidenceError: where a text is missing or changed, or a passage does not stand on its words.
    """
    record = _load(bundle)
    stored = [a["article"] for a in record["articles"]]
    found = {a["id"]: _text(a, texts) for a in stored}
    count = 0
    for passage in _passages(record["events"]):
        _check(passage, found)
        count += 1
    return Checked(len(found), count)


def _load(bundle: Path) -> dict[str, Any]:
    try:
        record = json.loads(bundle.read_bytes())
    except OSError as error:
        raise UnreadableInputError(f"cannot read {bundle}: {error.strerror}. Name a comparison.json.") from error
    except ValueError as error:
        raise UnreadableInputError(f"{bundle} is not JSON: {error}. Name a comparison.json.") from error
    if not isinstance(record, dict) or record.get("format") != "comparer":
        raise UnreadableInputError(f"{bundle} was not written by comparer. Name a comparison.json.")
    if record.get("format_version") != FORMAT_VERSION:
        raise UnreadableInputError(
            f"{bundle} has format version {record.get('format_version')}; this comparer reads {FORMAT_VERSION}."
        )
    return record


def _text(article: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    name, digest = article["outlet"], article["digest"]
    text = article["text"] if article["text"] is not None else texts.get(digest)
    if text is None:
        raise BadEvidenceError(f"the text of {name} is not in the report. Name the folder of pages with --sources.")
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
        raise BadEvidenceError(f"the text of {name} has changed since the report was made. Run compare again.")
    return str(text)


def _passages(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        if {"article", "start", "end", "exact"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _passages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _passages(inner)


def _check(passage: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    here = texts.get(passage["article"], "")[passage["start"] : passage["end"]]
    if not here or passage["exact"] not in (here, shortened(here)):
        where = f"{passage['article']}, characters {passage['start']} to {passage['end']}"
        raise BadEvidenceError(f"the words quoted from {where} do not stand there: {passage['exact']!r}")
