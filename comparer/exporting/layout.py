"""Say how each type of the model is laid out in JSON: the one table that writing, reading and the schema go by.

A dataclass is an object with its fields' names in their order; a tuple a list; a span the list of its two offsets; a
passage an object that prints its words beside them. Findings and rows carry their lasting names, which are computed.
"""

from __future__ import annotations

import dataclasses
import types
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from comparer.model import Finding, Passage, Row

NAMED: dict[type, str] = {Finding: "id", Row: "key"}
"""The property by which a value is named in a file, beside its fields."""

PASSAGE = ("article", "start", "end", "exact")


@cache
def fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a dataclass with their types, in order."""
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(kind))


def plain_type(hint: Any) -> Any:  # noqa: ANN401 - a type hint has no type of its own
    """Return the type behind a NewType, or the hint itself."""
    return getattr(hint, "__supertype__", hint)


def choices(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as plain_type
    """Return the types that a union offers, or the one type itself."""
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def is_model(hint: Any) -> bool:  # noqa: ANN401 - as plain_type
    """Tell whether a type is a dataclass that is laid out field by field."""
    return dataclasses.is_dataclass(hint) and hint is not Passage
