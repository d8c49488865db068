"""Hold what the readers of all formats share: bytes as text, the request that each of them answers, and bounds.

In: bytes and the name to print in errors. Out: text with its line ends as they were (UTF-8 with and without mark,
UTF-16, UTF-32, else Windows-1252; a stray byte becomes U+FFFD). What is empty, too large or no text at all is refused.
A container, such as a zip, hands its members on with `Request.inside`. What it unpacks is counted over the whole file,
so that no small file becomes a large one; containers in containers end at a depth.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice
from typing import TypeAlias
from zipfile import ZipFile

from comparer.errors import UnreadableInputError
from comparer.model.article import RawPage
from comparer.records import MOST_BYTES, refuse_large

Found: TypeAlias = RawPage | UnreadableInputError
MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all that is unpacked from one file
MOST_ARTICLES = 100_000  # of one file
_DEEPEST = 3  # containers in containers
_ENDING = re.compile(r"\.[a-z0-9]{1,8}\Z")
_HASH = re.compile(r"^(?=[0-9a-f]*\d)[0-9a-f]{8,}$|^\d+$")
_MARKS = {  # in this order: a mark of UTF-32 begins like one of UTF-16
    "utf-8-sig": (codecs.BOM_UTF8,),
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_BINARY = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"BZh",
    b"\x7fELF", b"RIFF",
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SAMPLE = 4096  # bytes looked at to tell text from binary
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_MOST_CONTROL = 0.02  # share of control characters above which it is no text


@dataclass(slots=True)
class Request:
    """Hold what was asked for one file, and what may still be unpacked from it.

    `opened` reads what lies inside, `fields` are the user's names for fields of records.
    """

    opened: Callable[[bytes, str, Request], Iterator[Found]]
    fields: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    depth: int = 0
    room: int = MOST_UNPACKED

    def inside(self, data: bytes, name: str, *, url: str | None = None) -> Iterator[Found]:
        """Yield what a member of a container holds."""
        self.room -= len(data)
        if self.depth >= _DEEPEST or self.room < 0:
            why = "lies too deep inside other files" if self.room >= 0 else "is more than may be unpacked from one file"
            yield UnreadableInputError(f"{name}: {why}. Unpack it and name the pages.")
            return
        inner = Request(self.opened, self.fields, url, self.depth + 1, self.room)
        yield from numbered(self.opened(data, name, inner), name)
        self.room = inner.room


def refuse_bomb(data: bytes, name: str) -> None:
    """Raise UnreadableInputError where a zipped document says that it is far larger unpacked."""
    with ZipFile(BytesIO(data)) as packed:
        if sum(member.file_size for member in packed.infolist()) > 4 * MOST_BYTES:
            raise UnreadableInputError(f"{name}: is more than {MOST_BYTES >> 18} MB unpacked. Save the text of it.")


def numbered(found: Iterator[Found], name: str) -> Iterator[Found]:
    """Yield the pages of a file with their paths and the words of its name: a number for each of several."""
    first = list(islice(found, 2))
    number = 0
    for one in chain(first, found):
        if isinstance(one, UnreadableInputError):
            yield one
            continue
        number += 1
        stem = name.rsplit("/", 1)[-1].split("?", maxsplit=1)[0]
        words = _as_words(stem.removesuffix(ending_of(stem)) or stem) if len(first) == 1 else ""
        page = one._replace(path=one.path or (f"{name}#{number}" if len(first) > 1 else name))
        yield page if page.file_name is not None else page._replace(file_name=words)


def ending_of(name: str) -> str:
    """Return the ending of a file's name, the query apart that a saved address keeps: "a.html?id=3" ends in ".html"."""
    return found[0] if (found := _ENDING.search(name.split("?", 1)[0].lower())) else ""


def decode(data: bytes, name: str, *, most: int = MOST_BYTES) -> str:
    r"""Return the text of `data`; raise UnreadableInputError naming `name`, what is wrong and what to do.

    >>> decode(b"\xef\xbb\xbfFerry aground", "ferry.txt")
    'Ferry aground'
    """
    refuse_large(len(data), name, most)
    if not data.strip():
        raise UnreadableInputError(f"{name}: the file is empty. Save the page again, with its text.")
    text = None if data.startswith(_BINARY) else _decoded(data, name)
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > _MOST_CONTROL * len(text[:_SAMPLE]):
        raise UnreadableInputError(f"{name}: this is a binary file, not text. Save the article as .txt or .html.")
    if not text.strip():
        raise UnreadableInputError(f"{name}: the file holds nothing but blanks. Save the page again, with its text.")
    return text


def _as_words(stem: str) -> str:
    """Return a file's stem as words: "the_skerrow-post" reads "The Skerrow Post"; numbers and hashes go."""
    telling = [part for part in re.split(r"[_\-\s.]+", stem) if part and not _HASH.match(part.lower())]
    return " ".join(p if any(c.isupper() for c in p) else p.capitalize() for p in telling) or stem


def _decoded(data: bytes, name: str) -> str | None:
    """Return the text of bytes in the encoding that they show or name; None where they are no text."""
    encoding = next((encoding for encoding, mark in _MARKS.items() if data.startswith(mark)), None) or _bare_utf16(data)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding is not None:
            why = f"marked as {encoding} but broken at byte {error.start}. Save it again as UTF-8."
            raise UnreadableInputError(f"{name}: {why}") from error
    lenient = data.decode("utf-8", "replace")
    if sum(sign > "\x7f" for sign in lenient) >= 2 * lenient.count("\ufffd"):  # as many letters of UTF-8 as stray bytes
        return lenient
    declared = _CHARSET.search(data[:_SAMPLE])
    for candidate in (declared.group(1).decode("ascii") if declared else "cp1252", "cp1252"):
        try:
            if b"<meta>".decode(candidate) == "<meta>":  # else the page could not have named it
                return data.decode(candidate)
        except (ValueError, LookupError):
            continue
    return None if b"\x00" in data[:_SAMPLE] else data.decode("cp1252", "replace")


def _bare_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by zero bytes in every second place."""
    even, odd = (data[first:_SAMPLE:2].count(0) for first in (0, 1))
    half = min(len(data), _SAMPLE) // 2
    for many, few, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if half >= 4 and many > 0.6 * half and few < 0.05 * half:
            return encoding
    return None
