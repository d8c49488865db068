"""Check Web Annotations against the texts they point into: by hash, by position, by words and what stands around them.

In: a parsed `annotations.jsonld` and texts by their SHA-256. Out: how many targets stand. Fails closed, with the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comparer.errors import BadEvidenceError, UnreadableInputError
from comparer.exporting.anchors import text_digest
from comparer.exporting.annotations import CONTEXT, collection_name, source_name

_REMEDY = "Name an annotations.jsonld that `comparer compare --format annotations` wrote."


def check_annotations(record: dict[str, Any], *, name: str, texts: Mapping[str, str]) -> int:
    """Return how many targets of the collection stand in the texts.

    Raises:
        UnreadableInputError: where the record is no collection that comparer wrote.
        BadEvidenceError: where a text is missing or a target does not stand on its words.
    """
    try:
        items = record["first"]["items"] if "first" in record else []
        if record["@context"] != CONTEXT or record["total"] != len(items):
            raise UnreadableInputError(f"{name}: is no collection of annotations that comparer wrote. {_REMEDY}")
        targets = [target for item in items for target in item["target"]]
        for target in targets:
            _check(target, name, texts)
        known = collection_name(record) == record["id"]
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableInputError(f"{name}: lacks or garbles {error}. {_REMEDY}") from error
    if not known:
        raise BadEvidenceError(f"{name}: has been changed since it was written: its id is another.")
    return len(targets)


def _check(target: dict[str, Any], name: str, texts: Mapping[str, str]) -> None:
    source, (place, *quotes) = target["source"], target["selector"]
    digest, start, end = source["schema:sha256"], place["start"], place["end"]
    text = texts.get(digest)
    if text is None or text_digest(text) != digest:
        raise BadEvidenceError(f"{name}: the text of {source['schema:publisher']} is missing or another: {digest}.")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise BadEvidenceError(f"{name}: characters {start} to {end} are not in the text {digest[:12]}….")
    for quote in quotes:
        before, after = quote.get("prefix", ""), quote.get("suffix", "")
        stands = text[start:end] == quote["exact"] and text[:start].endswith(before) and text[end:].startswith(after)
        if not stands:
            raise BadEvidenceError(f"{name}: {quote['exact'][:80]!r} does not stand at {start} to {end} of its text.")
    if source["id"] != source_name(digest):
        raise BadEvidenceError(f"{name}: {source['id']} does not name the text {digest[:12]}….")
