"""Read a written report again: the words its findings quote with their places, and the full texts it shows.

In: the HTML of a page. Out: what it prints and where it says that stands, for checking against the texts themselves.
Nothing but what a reader sees is taken, since a report is what it shows.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import NamedTuple

from comparer.reporting.words import tidy, visible

_PLACE = re.compile(r"(\S+) (\d+)–(\d+)")
_CODE = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Quoted(NamedTuple):
    """Hold words that a finding quotes, and the text (by its SHA-256) and characters where they stand."""

    words: str
    digest: str
    start: int
    end: int

    def stands_in(self, text: str) -> bool:
        """Tell whether the text prints these words there; a quotation that is cut must begin what stands there."""
        if not self.start < self.end <= len(text):
            return False
        there = visible(tidy(text[self.start : self.end]))
        whole, cut = self.words.removesuffix("\u00a0…"), self.words.endswith("\u00a0…")
        return there.startswith(whole) and len(there) > len(whole) if cut else there == self.words


class Shown(NamedTuple):
    """Hold a full text as a page shows it, and the SHA-256 of the text it should be."""

    digest: str
    words: str

    def is_text(self, text: str) -> bool:
        """Tell whether it is the text, blanks and the spelling of control characters apart."""
        return _bare(self.words) == _bare(text)


def reread(html: str) -> tuple[tuple[Quoted, ...], tuple[Shown, ...]]:
    """Return what the findings of a page quote, and the full texts it shows; nothing of a list of events.

    Raises:
        ValueError: where the page is not laid out as a report.
    """
    page = _Page()
    page.feed(html)
    page.close()
    return tuple(page.quoted), tuple(page.shown)


class _Page(HTMLParser):
    """Walk through a page, keeping the classes of the open elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, frozenset[str]]] = []
        self.outlets: dict[str, str] = {}  # siglum to SHA-256, of the event that is read
        self.quoted: list[Quoted] = []
        self.shown: list[Shown] = []
        self.words: list[str] = []
        self.places: list[str] = []
        self.column: list[str] = []
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = frozenset((given.get("class") or "").split())
        if tag not in _VOID:
            self.open.append((tag, classes))
        if "data-outlets" in given:
            told = json.loads(given["data-outlets"] or "{}")
            self.outlets = {siglum: str(article["sha256"]) for siglum, article in told.items()}
        if tag == "li" and self._inside("evs"):
            self.words, self.places = [], []
        if tag == "a" and "k" in classes:
            self.places.append("")
        if "tc" in classes:
            self.column = []
        if "data-name" in given and self._inside("tc"):
            self.name = (given["data-name"] or "").split(" ")[0]

    def handle_data(self, data: str) -> None:
        if self._inside("tc"):
            paragraph = self._inside("p") and not self._inside("vn")
            self.column += [data] if paragraph else []
        elif self._inside("evs"):
            if any(tag == "q" for tag, _ in self.open):
                self.words.append(data)
            elif self.open and "k" in self.open[-1][1]:
                self.places[-1] += data

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            closed, classes = self.open.pop()
            if closed == "li" and self._inside("evs"):
                self._quote()
            if "tc" in classes and self.column:
                self.shown.append(Shown(self.outlets[self.name], "".join(self.column)))
            if closed == tag:
                break

    def _quote(self) -> None:
        for place in self.places if self.words else ():
            found = _PLACE.fullmatch(place.strip())
            if found is None or found[1] not in self.outlets:
                raise ValueError(f"{place!r} names no place of this report")
            words = "".join(self.words)
            self.quoted.append(Quoted(words, self.outlets[found[1]], int(found[2]), int(found[3])))

    def _inside(self, name: str) -> bool:
        return any(name in classes for _, classes in self.open)


def _bare(text: str) -> str:
    spelt = _CODE.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0x110000 else found[0], text)
    return "".join(c for c in spelt if not c.isspace())
