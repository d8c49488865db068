"""Describe `comparison.json` as a JSON Schema, made of the model's dataclasses and their docstrings.

In: nothing. Out: a schema of draft 2020-12. It says what a file holds; that passages stand where they are quoted is
beyond a schema, and what `comparer verify` checks.
"""

from __future__ import annotations

import inspect
import json
from enum import Enum
from typing import Any, get_args, get_origin

from comparer.exporting.json import FORMAT, FORMAT_VERSION, NAMED, PASSAGE, choices, fields_of, is_model, plain_type
from comparer.model import Article, Comparison, Passage, Span

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
_OFFSET = {"type": "integer", "minimum": 0}
_DIGEST = "`digest` is the SHA-256 of all other fields, written as JSON in ASCII with sorted names and no blanks."
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def schema() -> dict[str, Any]:
    """Return the schema of the files that this version writes."""
    made: dict[str, Any] = {}
    body = _object(Comparison, made)
    head = {"digest": _SHA256, "format": {"const": FORMAT}, "format_version": {"const": FORMAT_VERSION}}
    body["properties"] = head | body["properties"]
    body["required"] = [*head, *body["required"]]
    body["description"] += f" {_DIGEST}"
    title = {"$schema": DIALECT, "title": f"comparison.json of comparer, format version {FORMAT_VERSION}"}
    return {**title, **body, "$defs": dict(sorted(made.items()))}


def schema_json() -> str:
    """Return the schema as text, ending in a line break."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _schema(hint: Any, made: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type hint
    hint = plain_type(hint)
    offered = choices(hint)
    if len(offered) > 1:
        return _union([_schema(one, made) for one in offered])
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), made)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
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
        return {"description": f"{_sentence(hint)} {exact}"} | _closed({name: fields[name] for name in PASSAGE})
    if is_model(hint):
        return _object(hint, made)
    if issubclass(hint, Enum):
        return {"description": _sentence(hint), "enum": [member.value for member in hint]}
    raise TypeError(f"no JSON is known for {hint}")


def _object(kind: type, made: dict[str, Any]) -> dict[str, Any]:
    fields = {name: _schema(hint, made) for name, hint in fields_of(kind)}
    if kind in NAMED:
        fields = {NAMED[kind]: {"type": "string"}} | fields
    if kind is Article:
        fields["text"] = {"type": ["string", "null"]}  # null in a redacted file
        fields["digest"] = _SHA256
    return {"description": inspect.cleandoc(kind.__doc__ or "")} | _closed(fields)


def _closed(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def _union(parts: list[dict[str, Any]]) -> dict[str, Any]:
    if all(set(part) == {"type"} for part in parts):
        return {"type": [part["type"] for part in parts]}
    return {"anyOf": parts}


def _tuple(inner: tuple[Any, ...], made: dict[str, Any]) -> dict[str, Any]:
    if inner[1:] == (Ellipsis,):
        return {"type": "array", "items": _schema(inner[0], made)}
    parts = [_schema(one, made) for one in inner]
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}


def _sentence(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0]
