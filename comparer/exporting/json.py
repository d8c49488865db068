"""Write a comparison as JSON: one self-contained, versioned record with every passage's words beside its offsets.

A dataclass is an object with its fields' names in the order of the model, so equal comparisons give equal bytes; a
tuple is a list, a span the list of its two offsets, a passage an object that prints its words beside them. Findings and
rows carry their lasting names, which are computed. With `Config.redact` texts and what was read in each alone are left
out, and only what differences and sources rest on is quoted, long passages by their first words; digests and offsets
stay, so that `verify` can re-anchor all of it in the original pages.
"""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import json
import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from comparer.model import (
    AnalysedArticle,
    Article,
    ArticleId,
    Claim,
    Comparison,
    ComparisonIndex,
    Finding,
    Indicator,
    Passage,
    Reuse,
    Row,
    Span,
)
from comparer.model.text import short_quote

FORMAT, INDEX_FORMAT, FORMAT_VERSION = "comparer", "comparer index", 5
NAMED: dict[type, str] = {Finding: "id", Row: "key"}  # the property by which a value is named in a file
_WIDTH = 120  # characters of a line under which a value stays on one line
_NOT_QUOTED = (Claim, Reuse, Indicator)  # what a redacted file names by place alone: together they print the text again
_LEFT_OUT: dict[type, dict[str, Any]] = {
    Article: {"text": None},
    AnalysedArticle: {"sentences": [], "claims": [], "names": []},
    Claim: {"attribution": None},
}  # what is empty in a redacted file: no view of a redacted report rests on it
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(comparison: Comparison) -> str:
    """Return the comparison as indented JSON, ending in a line break.

    The layout is the model's: field names are those of the dataclasses in `comparer.model`; docs/comparison.schema.json
    describes it. `digest` is the SHA-256 of everything else in the record.
    """
    texts = {a.article.id: a.article.text for a in comparison.articles}
    return _sealed(comparison, FORMAT, _Writer(texts, redact=comparison.config.redact))


def index_json(index: ComparisonIndex) -> str:
    """Return the index of many events as JSON, laid out and sealed as a comparison is."""
    return _sealed(index, INDEX_FORMAT, _Writer({}, redact=index.config.redact))


def _sealed(value: object, name: str, writer: _Writer) -> str:
    record = {"format": name, "format_version": FORMAT_VERSION} | writer.plain(value)
    written = pretty({"digest": record_digest(record)} | record)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def pretty(record: Mapping[str, Any]) -> str:
    """Return a record as indented JSON with short values on one line each, ending in a line break."""
    return _lines(record, 0) + "\n"


def record_digest(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record without its own `digest`: as ASCII, names sorted, no blanks."""
    bare = {name: value for name, value in record.items() if name != "digest"}
    written = json.dumps(bare, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()


@cache
def fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a dataclass with their types, in order."""
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(kind))


def plain_type(hint: Any) -> Any:  # noqa: ANN401 - a type hint has no type of its own
    """Return the type behind a NewType, or the hint itself."""
    return getattr(hint, "__supertype__", hint)


class _Writer:
    """Turn the model into plain lists and dicts, one field at a time."""

    def __init__(self, texts: dict[ArticleId, str], *, redact: bool) -> None:
        self._texts = texts
        self._redact = redact
        self._quotes = True

    def plain(self, value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
        """Return `value` as something the json module can write."""
        if isinstance(value, Passage):
            return self._passage(value)
        if isinstance(value, Span):
            return [value.start, value.end]
        if isinstance(value, (list, tuple)):
            return [self.plain(v) for v in value]
        if isinstance(value, Enum):
            return value.value
        return self._fields(value) if dataclasses.is_dataclass(value) else value

    def _fields(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
        name = NAMED.get(type(value))
        found = {name: getattr(value, name)} if name else {}
        quotes, self._quotes = self._quotes, self._quotes and not isinstance(value, _NOT_QUOTED)
        found |= {f.name: self.plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        self._quotes = quotes
        return found | _LEFT_OUT.get(type(value), {}) if self._redact else found

    def _passage(self, passage: Passage) -> dict[str, Any]:
        exact: str | None = passage.span.of(self._texts[passage.article])
        if self._redact:
            exact = short_quote(exact or "") if self._quotes else None
        return {"article": passage.article, "start": passage.span.start, "end": passage.span.end, "exact": exact}


def _lines(value: Any, depth: int) -> str:  # noqa: ANN401 - as plain
    """Write a value on one line where it fits, else its parts on lines of their own."""
    if isinstance(value, dict):
        parts = [f"{_WRITER.encode(name)}: {_lines(inner, depth + 1)}" for name, inner in value.items()]
    elif isinstance(value, (list, tuple)):
        parts = [_lines(inner, depth + 1) for inner in value]
    else:
        return _WRITER.encode(value)
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    whole = f"{opening}{', '.join(parts)}{closing}"
    if len(whole) + depth <= _WIDTH and "\n" not in whole:
        return whole
    pad = "\n" + " " * (depth + 1)
    return f"{opening}{pad}{f',{pad}'.join(parts)}\n{' ' * depth}{closing}"


DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
_OFFSET = {"type": "integer", "minimum": 0}
_DIGEST = "`digest` is the SHA-256 of all other fields, written as JSON in ASCII with sorted names and no blanks."
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def schema() -> dict[str, Any]:
    """Return the schema of the files that this version writes."""
    made: dict[str, Any] = {}
    kinds = {Comparison: FORMAT, ComparisonIndex: INDEX_FORMAT}
    wanted = [_schema(kind, made) for kind in kinds]
    for kind, name in kinds.items():
        body = made[kind.__name__]
        head = {"digest": _SHA256, "format": {"const": name}, "format_version": {"const": FORMAT_VERSION}}
        body |= {"properties": head | body["properties"], "required": [*head, *body["required"]]}
        body["description"] += f" {_DIGEST}"
    title = {"$schema": DIALECT, "title": f"comparison.json of comparer, format version {FORMAT_VERSION}"}
    told = "A comparison, or the index of many events, each of which is a comparison of its own in the file it names."
    return {**title, "description": told, "oneOf": wanted, "$defs": dict(sorted(made.items()))}


def schema_json() -> str:
    """Return the schema as text, ending in a line break."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _schema(hint: Any, made: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type hint
    hint = plain_type(hint)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    inner, is_list = get_args(hint), get_origin(hint) is tuple
    if is_list and inner[1:] == (Ellipsis,):
        return {"type": "array", "items": _schema(inner[0], made)}
    if inner:
        parts = [_schema(one, made) for one in inner]
        if is_list:
            return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
        plain = all(part.keys() == {"type"} for part in parts)
        return {"type": [part["type"] for part in parts]} if plain else {"anyOf": parts}
    if hint.__name__ not in made:
        made[hint.__name__] = {}  # stands while its fields are described, which may name it again
        made[hint.__name__] = _named(hint, made)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _named(hint: Any, made: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type of the model
    if hint is Span:
        return {"description": _sentence(hint), "type": "array", "items": _OFFSET, "minItems": 2, "maxItems": 2}
    if hint is Passage:
        words = {"type": ["string", "null"]}
        fields = {"article": {"type": "string"}, "start": _OFFSET, "end": _OFFSET, "exact": words}
        exact = "`exact` are its words; in a redacted file the first of them, or null."
        return {"description": f"{_sentence(hint)} {exact}"} | _closed(fields)
    if dataclasses.is_dataclass(hint):
        return _object(hint, made)
    return {"description": _sentence(hint), "enum": [member.value for member in hint]}


def _object(kind: Any, made: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type of the model
    fields = {name: _schema(hint, made) for name, hint in fields_of(kind)}
    if kind in NAMED:
        fields = {NAMED[kind]: {"type": "string"}} | fields
    if kind is Article:
        fields["text"] = {"type": ["string", "null"]}  # null in a redacted file
        fields["digest"] = _SHA256
    return {"description": inspect.cleandoc(kind.__doc__ or "")} | _closed(fields)


def _closed(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def _sentence(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0]
