"""Read files that hold one text or one export: text, HTML, word processors' files, RTF, PDF with a text layer, EPUB.

In: bytes and the name to print in errors. Out: pages; an export of a database gives one per article. Libraries are
imported late. Not read: scans without a text layer, what stands in footnotes and text boxes, pictures.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import ZipFile

from comparer.errors import NoArticleError, UnreadableInputError
from comparer.model import Provenance
from comparer.model.article import RawPage
from comparer.reading.exports import pages_in_export
from comparer.reading.metadata import page_from_text
from comparer.reading.source import Found, Request, decode, refuse_bomb

_MOST_PDF_PAGES = 500
_LEAST_IN_CHAPTER = 30  # words; a cover or a table of contents has fewer
_DUBLIN = {"publisher": "outlet", "date": "published", "language": "language", "title": "book"}


def articles_of(page: RawPage, name: str) -> Iterator[Found]:
    """Yield the articles of an export of a database, where that is what a page holds, else the page."""
    found = pages_in_export(page.text, name)
    yield next(found, page)
    yield from found


def read_text(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield what a file of plain text holds."""
    yield from articles_of(page_from_text(decode(data, name)), name)


def read_markup(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the page of an HTML file, or the articles of an export of a database that was saved so."""
    from comparer.reading.markup import page_from_markup

    page = page_from_markup(decode(data, name), url=request.url)
    if not page.text.strip():
        raise UnreadableInputError(
            f"{name}: the HTML shows no text without its scripts. Save the page as text instead."
        )
    yield from articles_of(page, name)


def read_docx(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield what a Word file holds, a line per paragraph and per row of a table."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    refuse_bomb(data, name)
    lines = (
        [part.text] if isinstance(part, Paragraph) else ["  ".join(c.text for c in row.cells) for row in part.rows]
        for part in Document(BytesIO(data)).iter_inner_content()
    )
    yield from _of_lines(chain.from_iterable(lines), name)


def read_odt(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield what an OpenDocument text holds, a line per paragraph."""
    from odfdo import Document

    refuse_bomb(data, name)
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


def read_epub(data: bytes, name: str, _request: Request) -> Iterator[Found]:
    """Yield a page per chapter of an EPUB that holds running text, in the order in which they are read."""
    from lxml import etree

    from comparer.reading.markup import page_from_markup

    refuse_bomb(data, name)
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(BytesIO(data)) as book:
        root = etree.fromstring(book.read("META-INF/container.xml"), safe)  # entities stay unresolved
        place = root.xpath("string(//*[local-name()='rootfile']/@full-path)")
        package = etree.fromstring(book.read(place), safe)
        head = "string(//*[local-name()='metadata']/*[local-name()='{}'])"
        said = {ours: " ".join(package.xpath(head.format(key)).split()) for key, ours in _DUBLIN.items()}
        title = said.pop("book")
        facts: dict[str, Any] = {field: value for field, value in said.items() if value}
        facts["outlet"] = said["outlet"] or title
        told = tuple(Provenance(field, value, "record") for field, value in facts.items())
        files = {item.get("id"): item.get("href") for item in package.xpath("//*[local-name()='item']")}
        for item in package.xpath("//*[local-name()='itemref']"):
            file = posixpath.normpath(posixpath.join(posixpath.dirname(place), files.get(item.get("idref")) or ""))
            page = page_from_markup(decode(book.read(file), f"{name}/{file}")) if file in book.namelist() else None
            if page and len(page.text.split()) >= _LEAST_IN_CHAPTER:
                yield page._replace(**facts, provenance=(*told, *page.provenance), path=f"{name}/{file}")


def _of_lines(lines: Iterable[str], name: str) -> Iterator[Found]:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.replace("\x00", "").rstrip() for line in lines))
    if not text.strip():
        raise NoArticleError(f"{name}: holds no text.")
    yield from articles_of(page_from_text(text.strip("\n")), name)
