"""Hold what a reader needs beside the bytes: the user's names of fields, how to read what lies inside, and bounds.

A container, such as a zip, hands its members on with `inside`. What it unpacks is counted over the whole file, so that
no small file becomes a large one; containers in containers end at a depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from typing import TypeAlias
from zipfile import ZipFile

from comparer.errors import UnreadableInputError
from comparer.model.article import RawPage
from comparer.records import MOST_BYTES

Found: TypeAlias = RawPage | UnreadableInputError
MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all that is unpacked from one file
MOST_ARTICLES = 100_000  # of one file
_DEEPEST = 3  # containers in containers
_ENDING = re.compile(r"\.[a-z0-9]{1,8}\Z")
_HASH = re.compile(r"^(?=[0-9a-f]*\d)[0-9a-f]{8,}$|^\d+$")


def numbered(found: Iterator[Found], name: str) -> Iterator[Found]:
    """Yield the pages of a file with their paths and the words of its name: a number for each of several."""
    first = [one for one in (next(found, None), next(found, None)) if one is not None]
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


def _as_words(stem: str) -> str:
    """Return a file's stem as words: "the_skerrow-post" reads "The Skerrow Post"; numbers and hashes go."""
    parts = [p for p in re.split(r"[_\-\s.]+", stem) if p]
    telling = [p for p in parts if not _HASH.match(p.lower())]
    if not telling:
        return stem
    return " ".join(p if any(c.isupper() for c in p) else p.capitalize() for p in telling)


@dataclass(slots=True)
class Request:
    """Hold what was asked for one file, and what may still be unpacked from it."""

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

    def refuse_bomb(self, data: bytes, name: str) -> None:
        """Raise UnreadableInputError where a zipped document says that it is far larger unpacked."""
        with ZipFile(BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > 4 * MOST_BYTES:
                raise UnreadableInputError(f"{name}: is more than {MOST_BYTES >> 18} MB unpacked. Save the text of it.")
