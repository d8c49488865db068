"""Read a comparison back from JSON: an equal value comes out, or an error says what is wrong and where.

In: the text of a `comparison.json`. Out: a Comparison that equals the one written; of a redacted file, what it holds.
Refused: another format or version, fields missing or unknown, values of another type, words that do not stand where
they are quoted, places and indices that do not exist. Nothing is searched for: what stands elsewhere in a text does not
count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import partial
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from comparer.errors import BadEvidenceError, UnreadableInputError
from comparer.exporting.json import FORMAT, FORMAT_VERSION, INDEX_FORMAT, NAMED, fields_of, plain_type, record_digest
from comparer.exporting.places import check_places, expect, text_digest
from comparer.model import Article, ArticleId, Comparison, ComparisonIndex, Passage, Span
from comparer.model.text import short_quote
from comparer.records import expect_format, parsed

_REMEDY = "Name a comparison.json that `comparer compare` wrote."
T = TypeVar("T")


def from_json(text: str | bytes, *, articles: Iterable[Article] = (), name: str = "the comparison") -> Comparison:
    """Return the comparison written in `text`, equal to the one that was written.

    A redacted file holds no texts: give the `articles` it was made from. `name` is what errors call the file.

    Raises:
        UnreadableInputError: where `text` is no comparison of this version.
        BadEvidenceError: where it was changed, or a text is missing.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    record = parsed(data, name=name, remedy=_REMEDY)
    if is_index(record):
        raise UnreadableInputError(f"{name}: is the list of many events. Read the file of an event that it names.")
    return comparison_from(record, name=name, texts={a.digest: a.text for a in articles})


def comparison_from(record: dict[str, Any], *, name: str, texts: Mapping[str, str], stored: bool = True) -> Comparison:
    """Return the comparison that a parsed record holds.

    `texts` are article texts by their SHA-256, for those that the record leaves out; for all unless `stored`.

    Raises:
        UnreadableInputError: where the record is no comparison of this version.
        BadEvidenceError: where a text is missing or anything is not where the record says.
    """

    def read(body: dict[str, Any]) -> Comparison:
        known = _texts(body, texts, stored=stored)
        config = body.get("config")
        redacted = isinstance(config, dict) and config.get("redact") is True
        comparison: Comparison = _Reader(known, redacted=redacted).value(body, Comparison, "")
        check_places(comparison)
        return comparison

    return _unsealed(record, name, FORMAT, read)


def is_index(record: Mapping[str, Any]) -> bool:
    """Tell whether a record lists many events, each of which has a record of its own."""
    return record.get("format") == INDEX_FORMAT


def index_from(record: dict[str, Any], *, name: str) -> ComparisonIndex:
    """Return the index of many events that a parsed record holds.

    Raises:
        UnreadableInputError: where the record is no index of this version.
        BadEvidenceError: where it was changed, or names an article that is not there.
    """
    read = partial(_Reader({}, redacted=False).value, hint=ComparisonIndex, where="")
    index: ComparisonIndex = _unsealed(record, name, INDEX_FORMAT, read)
    named = [k for e in index.events for k in (*e.articles, *((e.nearest.article,) if e.nearest else ()))]
    expect(all(0 <= k < len(index.articles) for k in named), f"{name}: an event names an article that is not there")
    return index


def _unsealed(record: dict[str, Any], name: str, wanted: str, read: Callable[[dict[str, Any]], T]) -> T:
    """Return what `read` makes of the body of a record of a format, which must not have been changed."""
    expect_format(record, name=name, wanted=wanted, version=FORMAT_VERSION, remedy=_REMEDY)
    try:
        value = read({key: kept for key, kept in record.items() if key not in ("format", "format_version", "digest")})
    except BadEvidenceError as error:
        raise BadEvidenceError(f"{name}: {error}") from error
    except (_Wrong, RecursionError) as error:
        raise UnreadableInputError(f"{name}: {error}. {_REMEDY}") from error
    if record.get("digest") != record_digest(record):
        raise BadEvidenceError(f"{name}: has been changed since it was written: its digest is another.")
    return value


class _Wrong(Exception):  # noqa: N818 - it is told on as another error
    """Say what is wrong at a place of the record."""


def _texts(body: dict[str, Any], texts: Mapping[str, str], *, stored: bool) -> dict[str, str]:
    """Return the text of each article by its id: the one the record holds, or the one among `texts`."""
    found: dict[str, str] = {}
    entries = body.get("articles")
    for n, entry in enumerate(entries if isinstance(entries, list) else ()):
        article = entry.get("article") if isinstance(entry, dict) else None
        told = article if isinstance(article, dict) else {}
        name, outlet, digest, own = (told.get(key) for key in ("id", "outlet", "digest", "text"))
        if not (isinstance(name, str) and isinstance(digest, str) and isinstance(own, str | None)):
            raise _Wrong(f".articles[{n}].article has no id, digest or text")
        text = own if stored and own is not None else texts.get(digest)
        if text is None:
            where = "the file: name the folder of pages with --sources" if stored else f"the sources ({digest[:12]}…)"
            raise BadEvidenceError(f"the text of {outlet} is not in {where}.")
        if text_digest(text) != digest:
            raise BadEvidenceError(f"the text of {outlet} has changed since the report was made. Run compare again.")
        found[name] = text
    return found


class _Reader:
    """Make values of the model from plain lists and dicts; `texts` are the articles' by id."""

    def __init__(self, texts: dict[str, str], *, redacted: bool) -> None:
        self._texts = texts
        self._redacted = redacted

    def value(self, found: Any, hint: Any, where: str) -> Any:  # noqa: ANN401 - JSON in, any type of the model out
        hint = plain_type(hint)
        if hint is Span:
            return self._span(found, where)
        if hint is Passage:
            return self._passage(found, where)
        if get_origin(hint) is tuple:
            return self._tuple(found, get_args(hint), where)
        if get_origin(hint) in (Union, UnionType):
            return self._choice(found, get_args(hint), where)
        if is_dataclass(hint):
            return self._object(found, hint, where)
        return _scalar(found, hint, where)

    def _choice(self, found: Any, offered: tuple[Any, ...], where: str) -> Any:  # noqa: ANN401 - as value
        if found is None and type(None) in offered:
            return None
        left = [hint for hint in offered if hint is not type(None)]
        if len(left) > 1 and isinstance(found, dict):  # dataclasses, told apart by their fields
            left.sort(key=lambda hint: {field for field, _ in fields_of(hint)} != found.keys())
        return self.value(found, left[0], where)

    def _tuple(self, found: Any, inner: tuple[Any, ...], where: str) -> tuple[Any, ...]:  # noqa: ANN401 - as value
        if not isinstance(found, list):
            raise _Wrong(f"{where or '.'} is no list")
        hints = [inner[0]] * len(found) if inner[1:] == (Ellipsis,) else inner
        if len(found) != len(hints):
            raise _Wrong(f"{where} has {len(found)} parts, not {len(hints)}")
        return tuple(self.value(v, h, f"{where}[{n}]") for n, (v, h) in enumerate(zip(found, hints, strict=True)))

    def _object(self, found: Any, kind: Any, where: str) -> Any:  # noqa: ANN401 - as value
        fields = fields_of(kind)
        named = NAMED.get(kind)
        _expect_names(found, {name for name, _ in fields} | ({named} if named else set()), where)
        given = found | {"text": self._texts[found["id"]]} if kind is Article else found
        values = {name: self.value(given[name], hint, f"{where}.{name}") for name, hint in fields}
        try:
            made = kind(**values)
        except ValueError as error:
            raise _Wrong(f"{where or '.'}: {error}") from error
        if named and getattr(made, named) != found[named]:
            raise _Wrong(f"{where}.{named} is not the name of what stands there")
        return made

    def _span(self, found: Any, where: str) -> Span:  # noqa: ANN401 - as value
        if not isinstance(found, list) or len(found) != 2 or any(type(v) is not int for v in found):
            raise _Wrong(f"{where} is no span of two numbers")
        if not 0 <= found[0] <= found[1]:
            raise _Wrong(f"{where} ends before it begins")
        return Span(found[0], found[1])

    def _passage(self, found: Any, where: str) -> Passage:  # noqa: ANN401 - as value
        _expect_names(found, {"article", "start", "end", "exact"}, where)
        span = self._span([found["start"], found["end"]], where)
        text = self._texts.get(found["article"]) if isinstance(found["article"], str) else None
        if text is None:
            raise _Wrong(f"{where}.article is none of the articles")
        passage = Passage(ArticleId(found["article"]), span)
        words = span.of(text)
        printed = (short_quote(words), None) if self._redacted else (words,)
        if span.end > len(text) or found["exact"] not in printed:
            quoted = str(found["exact"])[:80]
            raise BadEvidenceError(f"the words quoted from {passage.place} do not stand there: {quoted!r}")
        return passage


def _expect_names(found: Any, wanted: set[str], where: str) -> None:  # noqa: ANN401 - whatever the file holds
    if not isinstance(found, dict):
        raise _Wrong(f"{where or '.'} is no object")
    odd = sorted(wanted ^ set(found))
    if odd:
        raise _Wrong(f"{where or '.'}: {', '.join(odd)[:120]} is missing or unknown")


def _scalar(found: Any, hint: Any, where: str) -> Any:  # noqa: ANN401 - as _Reader.value
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(found)
        except ValueError as error:
            raise _Wrong(f"{where} is none of {', '.join(str(v) for v in hint)}") from error
    if type(found) is not hint and (hint, type(found)) != (float, int):
        raise _Wrong(f"{where} is no {hint.__name__}")
    return float(found) if hint is float else found
