"""Read files that hold one text or one export: text, HTML, word processors' files, RTF, PDF with a text layer, EPUB.

In: bytes and the name to print in errors. Out: pages; an export of a database gives one per article. Libraries are
imported late. Not read: scans without a text layer, what stands in footnotes and text boxes, pictures.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from comparer.errors import NoArticleError, UnreadableInputError
from comparer.model import Provenance
from comparer.reading.exports import pages_in_export
from comparer.reading.request import Found, Request
from comparer.reading.text import decode, page_from_text

_MOST_PDF_PAGES = 500
_LEAST_IN_CHAPTER = 30  # words; a cover or a table of contents has fewer


def pages_of_text(text: str, name: str) -> Iterator[Found]:
    """Yield the articles of an export of a database, else the one page that a text is."""
    found = pages_in_export(text, name)
    first = next(found, None)
    yield first or page_from_text(text)
    yield from found


def read_text(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield what a file of plain text holds."""
    yield from pages_of_text(decode(data, name), name)


def read_markup(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the page of an HTML file, or the articles of an export of a database that was saved so."""
    from comparer.reading.markup import page_from_markup

    page = page_from_markup(decode(data, name), url=request.url)
    if not page.text.strip():
        raise UnreadableInputError(
            f"{name}: the HTML shows no text without its scripts. Save the page as text instead."
        )
    found = pages_in_export(page.text, name)
    first = next(found, None)
    yield first or page
    yield from found


def read_docx(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield what a Word file holds, a line per paragraph and per row of a table."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    request.refuse_bomb(data, name)
    parts = Document(BytesIO(data)).iter_inner_content()
    lines = (
        [part.text] if isinstance(part, Paragraph) else ["  ".join(c.text for c in row.cells) for row in part.rows]
        for part in parts
    )
    yield from _of_lines((line for some in lines for line in some), name)


def read_odt(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield what an OpenDocument text holds, a line per paragraph."""
    from odfdo import Document

    request.refuse_bomb(data, name)
    nodes = Document(BytesIO(data)).body.xpath("//text:p|//text:h")
    yield from _of_lines((str(getattr(node, "text_recursive", node)) for node in nodes), name)


def read_rtf(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield what a file in Rich Text Format holds."""
    from striprtf import striprtf

    text: str = striprtf.rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    yield from _of_lines(text.split("\n"), name)


def read_pdf(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield what the text layer of a PDF holds, pages one below the other."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if len(reader.pages) > _MOST_PDF_PAGES:
        raise UnreadableInputError(f"{name}: has {len(reader.pages)} pages, more than {_MOST_PDF_PAGES}. Split it.")
    lines = [page.extract_text() for page in reader.pages]
    if not any(line.strip() for line in lines):
        raise NoArticleError(f"{name}: this PDF has no text layer; it may be a scan. Recognise its text first.")
    yield from _of_lines(lines, name)


def read_epub(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield a page per chapter of an EPUB that holds running text, in the order in which they are read."""
    from lxml import etree

    from comparer.reading.markup import page_from_markup

    request.refuse_bomb(data, name)
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(BytesIO(data)) as book:
        root = etree.fromstring(book.read("META-INF/container.xml"), safe)  # entities stay unresolved
        place = root.xpath("string(//*[local-name()='rootfile']/@full-path)")
        package = etree.fromstring(book.read(place), safe)
        say = {key: package.xpath(f"string(//*[local-name()='metadata']/*[local-name()='{key}'])") for key in _DUBLIN}
        files = {item.get("id"): item.get("href") for item in package.xpath("//*[local-name()='item']")}
        facts = {ours: " ".join(say[key].split()) for key, ours in _DUBLIN.items() if say[key].strip()}
        facts["outlet"] = facts.get("outlet") or " ".join(say["title"].split())
        told = tuple(Provenance(field, value, "record") for field, value in facts.items() if field != "book")
        for item in package.xpath("//*[local-name()='itemref']"):
            file = posixpath.normpath(posixpath.join(posixpath.dirname(place), files.get(item.get("idref")) or ""))
            page = page_from_markup(decode(book.read(file), f"{name}/{file}")) if file in book.namelist() else None
            if page and len(page.text.split()) >= _LEAST_IN_CHAPTER:
                facts.pop("book", None)
                yield page._replace(
                    **dict[str, Any](facts), provenance=(*told, *page.provenance), path=f"{name}/{file}"
                )


_DUBLIN = {"publisher": "outlet", "date": "published", "language": "language", "title": "book"}


def _of_lines(lines: Iterator[str] | list[str], name: str) -> Iterator[Found]:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.replace("\x00", "").rstrip() for line in lines))
    if not text.strip():
        raise NoArticleError(f"{name}: holds no text.")
    yield from pages_of_text(text.strip("\n"), name)
