"""Read what holds other files: zip, gzip, web archives, mails with their attachments, boxes of mails, MHTML.

In: bytes and a request. Out: what the members hold, each named "archive/member"; a member that is damaged, encrypted or
too large is an error of its own, and the rest is read. A newsletter with a heading above each story is an article per
story. The day and sender of a mail are taken for its text's; the day on which a page was saved is not.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import BadZipFile, ZipFile

from comparer.errors import NoArticleError, UnreadableInputError
from comparer.model import Block, BlockKind, Provenance
from comparer.model.article import LineHint, RawPage
from comparer.reading.exports import pages_in_export
from comparer.reading.metadata import page_from_text
from comparer.reading.source import MOST_ARTICLES, Found, Request
from comparer.records import MOST_BYTES, refuse_large

_HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX)")  # members of a zip that no user put there
_HEADINGS = ("h1", "h2", "h3", "h4")
_LEAST_STORY = 25  # words below a heading that are a story
_LEAST_STORIES = 2
_ALL_LINK = 0.8  # share of a line in links, from which it is no text of a story
_PARTS_OF_PAGES = ("image/", "audio/", "video/", "font/", "text/css")


def read_zip(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield what the files in a zip hold, in its order."""
    with ZipFile(BytesIO(data)) as packed:
        members = [m for m in packed.infolist() if not (m.is_dir() or _HIDDEN.search(m.filename))]
        for member in members[:MOST_ARTICLES]:
            shown = f"{name}/{member.filename.lstrip('/')}"
            if member.file_size > min(MOST_BYTES, request.room):
                yield UnreadableInputError(f"{shown}: {member.file_size / 1e6:.0f} MB unpacked is more than is read.")
                continue
            try:
                inner = packed.read(member)
            except (BadZipFile, RuntimeError, zlib.error, EOFError, OSError, ValueError) as error:
                yield UnreadableInputError(f"{shown}: cannot be unpacked ({error}). Unpack it by hand.")
                continue
            yield from request.inside(inner, shown)
        if len(members) > MOST_ARTICLES:
            yield UnreadableInputError(f"{name}: holds more than {MOST_ARTICLES:,} files; the rest is left. Split it.")


def read_gzip(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield what a gzipped file holds, named without the ending."""
    with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
        inner = packed.read(request.room + 1)
    if len(inner) > request.room:
        raise UnreadableInputError(f"{name}: is more than {request.room >> 20} MB unpacked. Split it.")
    yield from request.inside(inner, name.removesuffix(".gz"))


def read_warc(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the pages of a web archive, each with its address; what is no page of text is a part of one."""
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(BytesIO(data)):
        http, url = record.http_headers, record.rec_headers.get_header("WARC-Target-URI") or ""
        kind = ((http or record.rec_headers).get_header("Content-Type") or "").lower()
        is_page = "html" in kind and kind.startswith(("text/html", "application/"))
        if not is_page or record.rec_type not in {"response", "resource"} or (http and http.get_statuscode() != "200"):
            continue
        inner = record.content_stream().read(MOST_BYTES + 1)
        try:
            refuse_large(len(inner), url)
            for one in request.inside(inner, f"{name}/{url}", url=url):
                yield NoArticleError(str(one)) if isinstance(one, UnreadableInputError) else one._replace(file_name="")
        except UnreadableInputError as error:
            yield error


def read_mbox(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the articles of each mail in a box."""
    starts = [0, *(match.start() + 1 for match in re.finditer(b"\nFrom ", data))]
    for number, (start, end) in enumerate(pairwise([*starts, len(data)]), 1):
        if number > MOST_ARTICLES:
            yield UnreadableInputError(f"{name}: holds more than {MOST_ARTICLES:,} mails; the rest is left. Split it.")
            return
        yield from request.inside(data[start:end].partition(b"\n")[2], f"{name}/{number}.eml")


def read_mail(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield the page of an MHTML file, or the articles of a mail and of the documents attached to it."""
    from comparer.reading.markup import page_from_markup

    mail = message_from_bytes(data, policy=default)
    body = mail.get_body(("html", "plain")) or mail
    homes = (mail["Snapshot-Content-Location"], mail["Content-Location"], body["Content-Location"])
    saved = next((str(home) for home in homes if home), None)
    kind, payload = body.get_content_type(), body.get_payload(decode=True)
    if isinstance(payload, bytes) and kind.startswith("text/"):
        try:
            text = payload.decode(body.get_content_charset() or "utf-8", "replace")
        except LookupError:
            text = payload.decode("utf-8", "replace")
        page = page_from_markup(text, url=saved) if kind == "text/html" else page_from_text(text)
        if saved and kind == "text/html":
            yield page
        else:
            yield from _signed(mail, list(pages_in_export(page.text, name)) or _stories(page) or [page])
    for part in mail.iter_attachments() if mail.is_multipart() and not saved else ():
        file, inner = part.get_filename(), part.get_payload(decode=True)
        if file and isinstance(inner, bytes) and not part.get_content_type().startswith(_PARTS_OF_PAGES):
            yield from request.inside(inner, f"{name}/{file}")


def _signed(mail: EmailMessage, found: Iterable[Found]) -> Iterator[Found]:
    """Yield pages with the sender, the day and, for a single one, the subject of their mail where they name none."""
    sender, address = parseaddr(str(mail["From"] or ""))
    sent = getattr(mail["Date"], "datetime", None)
    facts = {"outlet": sender or address.partition("@")[2], "published": sent.date().isoformat() if sent else ""}
    for page in found:
        if isinstance(page, UnreadableInputError):
            yield page
            continue
        titled = any(block.kind is BlockKind.TITLE for block in page.told)
        said = facts if titled else {**facts, "title": str(mail["Subject"] or "")}
        new: dict[str, Any] = {key: value for key, value in said.items() if value and not getattr(page, key)}
        told = tuple(Provenance(key, value, "mail") for key, value in new.items())
        yield page._replace(**new, provenance=(*page.provenance, *told))


def _stories(page: RawPage) -> list[Found]:
    """Return a page per story of a newsletter, a heading with running text below; none where there are not several."""
    heads = [at for at, hint in enumerate(page.hints) if hint.tag in _HEADINGS]
    found: list[Found] = []
    for start, end in pairwise([*heads, len(page.hints)]):
        lines = page.hints[start:end]
        if sum(len(line.span.of(page.text).split()) for line in lines[1:] if line.links < _ALL_LINK) < _LEAST_STORY:
            continue
        begin = lines[0].span.start
        text = page.text[begin : lines[-1].span.end]
        title = lines[0].span.moved(-begin)
        told = (Block(title, BlockKind.TITLE, 0.95, "heading of a story in a newsletter"),)
        facts = (Provenance("title", title.of(text), "mail", title),)
        hints = tuple(LineHint(h.span.moved(-begin), h.tag, h.links, h.around) for h in lines)
        found.append(RawPage(text=text, title=title.of(text), told=told, hints=hints, provenance=facts))
    return found if len(found) >= _LEAST_STORIES else []
