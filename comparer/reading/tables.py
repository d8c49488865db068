"""Read collections of articles: JSON, JSON Lines, CSV, Parquet, and feeds (RSS, Atom, JSON Feed).

In: bytes and a request, whose `fields` map our names to the user's. Out: a page per record, or an error that names the
record and what is wrong with it. The names that schema.org, trafilatura, newspaper and news-please use are known from
`record_fields.toml`. The text of a page is the record's title and text; HTML in a record is read as such. Summaries are
left out: they are often nobody's words.
"""

from __future__ import annotations

import csv
import json
import re
from ast import literal_eval
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from comparer.errors import NoArticleError, UnreadableInputError
from comparer.model import Block, BlockKind, Provenance, Span
from comparer.model.article import RawPage
from comparer.reading.layouts import day_in
from comparer.reading.metadata import authors_of, iso_date
from comparer.reading.source import MOST_ARTICLES, MOST_UNPACKED, Found, Request, decode
from comparer.records import MOST_BYTES
from comparer.resources.loader import word_list

FIELDS = ("text", "html", "title", "outlet", "url", "published", "modified", "byline", "language", "section")
_MARKUP = re.compile(r"<(?:p|br|div|a|h\d|ul|em|strong|span|img)\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_DEEPEST = 4  # objects in objects in which a list of articles is looked for
_MOST_NAMED = 12  # fields that an error names
_MOST_TRIED = 100  # members of a list of which one must be an article


def read_json(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the articles in JSON: one object, or the first list of articles in it; else those of JSON Lines."""
    text = decode(data, name, most=MOST_UNPACKED)
    try:
        whole = json.loads(text)
    except ValueError as error:
        if "\n" in text.strip() and text.lstrip()[:1] == "{":
            yield from read_json_lines(data, name, request)
            return
        raise UnreadableInputError(f"{name}: is no JSON ({error}). Save it again.") from error
    yield from _pages(_records(whole, request.fields), name, request)


def read_json_lines(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the articles of JSON Lines, one a line."""
    yield from _pages(_parsed(decode(data, name, most=MOST_UNPACKED)), name, request)


def read_csv(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the articles of a table with a line of names of columns; commas, semicolons and tabs are told apart."""
    text = decode(data, name, most=MOST_UNPACKED)
    csv.field_size_limit(MOST_BYTES)
    head = text.lstrip("\ufeff").partition("\n")[0]
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff"), newline=""), delimiter=max(",;\t|", key=head.count))
    yield from _pages(rows, name, request)


def read_parquet(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the articles of a Parquet file."""
    from pyarrow import BufferReader
    from pyarrow.parquet import ParquetFile

    file = ParquetFile(BufferReader(data))
    if sum(file.metadata.row_group(k).total_byte_size for k in range(file.num_row_groups)) > MOST_UNPACKED:
        raise UnreadableInputError(f"{name}: is more than {MOST_UNPACKED >> 20} MB unpacked. Split it.")
    rows = (row for batch in file.iter_batches(batch_size=256) for row in batch.to_pylist())
    yield from _pages(rows, name, request)


def read_feed(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the entries of an RSS or Atom feed, with the feed's title as outlet."""
    import feedparser

    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    outlet = feed.feed.get("title")
    rows = (
        {
            "title": entry.get("title"),
            "outlet": (entry.get("source") or {}).get("title") or outlet,
            "url": entry.get("link"),
            "published": entry.get("published") or entry.get("updated"),
            "byline": [author.get("name") for author in entry.get("authors", ())],
            "language": feed.feed.get("language"),
            "text": max((c.get("value") or "" for c in entry.get("content", ())), key=len, default="")
            or entry.get("summary"),
        }
        for entry in feed.entries
    )
    yield from _pages(rows, name, Request(request.opened), origin="feed")


def _pages(rows: Iterable[Any], name: str, request: Request, *, origin: str = "record") -> Iterator[Found]:
    """Yield a page per record; where not one has a text, a single error that names the fields there are."""
    failed: list[str] = []
    found = number = 0
    for number, row in enumerate(islice(rows, MOST_ARTICLES + 1), 1):
        if number > MOST_ARTICLES:
            failed.insert(0, f"{name}: holds more than {MOST_ARTICLES:,} records; the rest is left. Split it.")
            break
        try:
            page = _page(row, f"{name}, record {number}", request, origin)
        except UnreadableInputError as error:
            failed.append(str(error))
            continue
        found += 1
        yield page
    if not found:
        yield NoArticleError(failed[0] if failed else f"{name}: holds no record.")
        return
    yield from (UnreadableInputError(message) for message in failed[:_MOST_NAMED])
    if len(failed) > _MOST_NAMED:
        yield UnreadableInputError(f"{name}: {len(failed) - _MOST_NAMED:,} more of {number:,} records are no articles.")


def _page(row: Any, where: str, request: Request, origin: str) -> RawPage:  # noqa: ANN401 - whatever the file holds
    if isinstance(row, UnreadableInputError):
        raise UnreadableInputError(f"{where}: {row}")
    if not isinstance(row, Mapping):
        raise UnreadableInputError(f"{where}: is no object with fields.")
    told = {ours: _value(row, ours, request.fields) for ours in FIELDS}
    text, html, authors = told.pop("text"), told.pop("html"), told.pop("byline")
    if not text and not html:
        there = ", ".join(str(key) for key in list(row)[:_MOST_NAMED])
        raise UnreadableInputError(f"{where}: has no text among its fields ({there}). Name it: --field text=NAME.")
    facts = {field: _plain(value) for field, value in told.items()}
    for field in ("published", "modified"):
        facts[field] = iso_date(facts[field]) or day_in(facts[field]) or ""
    facts["language"] = facts["language"][:2].lower()
    facts["url"] = facts["url"] if facts["url"].startswith("http") else ""
    facts["outlet"] = "" if facts["outlet"].startswith("http") else facts["outlet"]
    page = _composed(facts["title"], str(text or html), has_text=bool(text))
    known: dict[str, Any] = {field: value for field, value in facts.items() if value}
    provenance = [Provenance(field, value, origin) for field, value in known.items() if field != "title"]
    known |= {"bylines": tuple(_names(authors)) or page.bylines, "provenance": (*provenance, *page.provenance)}
    known.pop("section", None)
    return page._replace(**known, file_name="")


def _composed(title: str, text: str, *, has_text: bool) -> RawPage:
    """Return the page of a title and a text, which may be HTML."""
    if not has_text or _MARKUP.search(text):
        from comparer.reading.markup import page_from_markup

        if not _BREAKS.search(text):
            text = text.replace("\n", "<br>")
        head = f"<h1>{escape(title)}</h1>" if title and has_text else ""
        page = page_from_markup(f"<article>{head}{text}</article>" if has_text else text)
        if page.text.strip():
            return page
    shown = text.strip("\r\n")
    if not title or " ".join(shown[: 2 * len(title)].split()).startswith(title):
        return RawPage(text=shown)
    told = (Block(Span(0, len(title)), BlockKind.TITLE, 0.99, "title of the record"),)
    return RawPage(text=f"{title}\n\n{shown}", told=told)


def _value(row: Mapping[str, Any], ours: str, fields: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
    """Return what a record holds under one of our names: under the user's name for it, or one that is known."""
    if ours in fields:
        found: Any = row
        for key in fields[ours].split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        return found
    own = {str(key).casefold(): value for key, value in row.items()}
    tried = (own.get(name) for name in word_list("record_fields", ours))
    if ours == "text":
        return next((v for v in tried if isinstance(v, str) and v.strip()), None)
    return next((v for v in tried if v not in (None, "", [], {}) and (ours != "url" or "http" in _plain(v))), None)


def _plain(value: Any) -> str:  # noqa: ANN401 - as above
    """Return a value as words: an object by its name or address, a list by its first member."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "@id", "url", "domain") if value.get(key)), "")
    if isinstance(value, list | tuple):
        value = _plain(value[0]) if value else ""
    isoformat = getattr(value, "isoformat", None)
    return " ".join((str(isoformat()) if isoformat else str(value or "")).split())[:2000]


def _names(value: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return authors one by one, from a list, objects, or text with semicolons between."""
    if isinstance(value, str) and value.startswith(("['", '["')):
        try:
            value = literal_eval(value)
        except (ValueError, SyntaxError):
            value = value.strip("[]'\"")
    names: list[Any] = []
    for part in value if isinstance(value, list | tuple) else [value]:
        names += [name.strip() for name in re.split("[;\n]", part)] if isinstance(part, str) else [part]
    return authors_of(names)


def _records(whole: Any, fields: Mapping[str, str]) -> list[Any]:  # noqa: ANN401 - as above
    """Return the articles in JSON: the list itself, the object itself, or the first list of articles inside."""

    def tells(row: object) -> bool:
        return isinstance(row, Mapping) and any(_value(row, ours, fields) for ours in ("text", "html"))

    level = [whole]
    for _ in range(_DEEPEST):
        for node in level:
            if tells(node):
                return [node]
            rows = node if isinstance(node, list) else []
            rows = [row.get("_source", row) if isinstance(row, Mapping) else row for row in rows]
            if any(map(tells, rows[:_MOST_TRIED])):
                return rows
        inner = (value for node in level if isinstance(node, Mapping) for value in node.values())
        level = [value for value in inner if isinstance(value, Mapping | list)]
    return whole if isinstance(whole, list) else [whole]


def _parsed(text: str) -> Iterator[Any]:
    """Yield what each line holds, an error where it is no JSON."""
    for line in filter(str.strip, text.split("\n")):
        try:
            yield json.loads(line)
        except (ValueError, RecursionError) as error:
            yield UnreadableInputError(f"is no JSON ({error}).")
