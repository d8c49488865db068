"""Read a written report again: the words its findings quote with their places, and the full texts it shows.

In: the HTML of a page. Out: what it prints and where it says that stands, for checking against the texts themselves.
Nothing but what a reader sees is taken, since a report is what it shows.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from comparer.reporting.words import tidy, visible

_PLACE = re.compile(r"(\S+) (\d+)–(\d+)")
_CODE = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_OF = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"  # XPath for the elements of a class


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
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    quoted: list[Quoted] = []
    shown: list[Shown] = []
    try:
        page = document_fromstring(html, parser=HTMLParser(huge_tree=True))
    except ParserError as error:
        raise ValueError(str(error)) from error
    for event in page.xpath("//*[@data-outlets]"):
        outlets = {siglum: str(told["sha256"]) for siglum, told in json.loads(event.get("data-outlets")).items()}
        for line in event.xpath(f".//*[{_OF.format('evs')}]//li[.//q]"):
            words = "".join(line.xpath(".//q//text()"))
            for place in (link.text_content().strip() for link in line.xpath(f".//a[{_OF.format('k')}]")):
                found = _PLACE.fullmatch(place)
                if found is None or found[1] not in outlets:
                    raise ValueError(f"{place!r} names no place of this report")
                quoted.append(Quoted(words, outlets[found[1]], int(found[2]), int(found[3])))
        for column in event.xpath(f".//*[{_OF.format('tc')}][.//*[{_OF.format('p')}]]"):
            name = column.xpath(".//@data-name")[0].split(" ")[0]
            inside = f"ancestor::*[{_OF.format('p')}] and not(ancestor::*[{_OF.format('vn')}])"
            shown.append(Shown(outlets[name], "".join(column.xpath(f".//text()[{inside}]"))))
    return tuple(quoted), tuple(shown)


def _bare(text: str) -> str:
    spelt = _CODE.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0x110000 else found[0], text)
    return "".join(c for c in spelt if not c.isspace())
