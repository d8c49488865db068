"""Read pages of the formats in one table, from files, folders, bytes and addresses.

In: paths, bytes or an address. Out: RawPages with a path relative to the input root, never an absolute one, or an error
for each part of a file that holds none, which says what is wrong, where, and what to do. A further format is a row of
`FORMATS` and its reader. The network is used only where the caller gives an address, and nowhere else in the package.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from comparer.errors import NoArticleError, UnreadableInputError, UsageError
from comparer.model import Provenance
from comparer.model.article import RawPage
from comparer.reading import archives, documents, tables
from comparer.reading.source import MOST_UNPACKED, Found, Request, decode, ending_of, numbered
from comparer.records import MOST_BYTES, OWN, read_file


class Format(NamedTuple):
    """Hold one format: its name, the endings of its files, its reader, and how a file of it begins.

    The reader takes bytes, the name to print in errors and a Request, and imports late what it needs; `extra` names
    what brings that. What a `sure` format begins with proves it, whatever the ending says. Files of many articles may
    be larger than pages.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[bytes, str, Request], Iterator[Found]]
    begins: re.Pattern[str] | None = None
    sure: bool = False
    extra: str = ""
    most: int = MOST_BYTES


def read_pages(
    path: Path, *, root: Path | None = None, outlet: str | None = None, fields: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """Yield the pages in the file at `path`, named relative to `root` (default: its folder), and its errors.

    A page of several is named "file#2" by its number, or "file/member". `fields` says under which names the records of
    a file hold what we call text, title, outlet, url, published, modified, byline, language and section. Raise
    UnreadableInputError where the file is missing, a folder, forbidden or too large.
    """
    name = path.relative_to(root).as_posix() if root else path.name
    told = next((form for form in FORMATS if ending_of(path.name) in form.endings), FORMATS[0])
    data = read_file(path, name, most=told.most)
    if OWN.match(data):
        raise UnreadableInputError(f"{name}: is a report that comparer wrote. Name the pages that it was made of.")
    yield from numbered(pages_in(data, name, outlet=outlet, fields=fields), name)


def read_path(path: Path, *, outlet: str | None = None) -> RawPage:
    """Return the one page saved at `path`; raise UnreadableInputError where it holds several, or as `read_pages`."""
    pages = []
    for one in read_pages(path, outlet=outlet):
        if isinstance(one, UnreadableInputError):
            raise one
        pages.append(one)
    if len(pages) != 1:
        raise UnreadableInputError(f"{path.name}: holds {len(pages)} articles, where one is wanted. Use comparer.load.")
    return pages[0]


def read_url(url: str, *, outlet: str | None = None) -> RawPage:
    """Return the page at `url`; raise UnreadableInputError where it cannot be fetched or shows no text."""
    try:
        host = urlsplit(url).hostname if not re.search(r"\s", url) else None
    except ValueError:
        host = None
    if not url.lower().startswith(("http://", "https://")) or not host:
        raise UsageError(f"{url}: not a web address. It should begin with https://.")
    from trafilatura.downloads import fetch_response

    from comparer.reading.markup import page_from_markup

    answers: list[Any] = []
    fetching = Thread(target=lambda: answers.append(fetch_response(url, decode=False)), daemon=True)
    fetching.start()
    fetching.join(_MOST_SECONDS)
    data, status = (getattr(answers[0] if answers else None, name, None) for name in ("data", "status"))
    if not data or status not in (None, 200):
        why = f"the server answers {status}" if status else "could not be fetched"
        why = why if answers else f"took more than {_MOST_SECONDS} s"
        if _PRIVATE.fullmatch(host):
            why += f" ({host} is an address of this machine or of a private network)"
        raise UnreadableInputError(f"{url}: {why}. Check the connection, or save the page and give the file.")
    page = page_from_markup(decode(data, url), url=url)
    if not page.text.strip():
        raise UnreadableInputError(
            f"{url}: the page shows no text without its scripts. Save it from a browser instead."
        )
    return _known(page, hashlib.sha256(data).hexdigest(), outlet)


def pages_in(
    data: bytes, name: str, *, outlet: str | None = None, fields: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """Yield the pages in bytes, such as standard input, and an error for each part that could not be read."""
    digest = hashlib.sha256(data).hexdigest()
    for found in _opened(data, name, Request(_opened, fields or {})):
        yield found if isinstance(found, UnreadableInputError) else _known(found, digest, outlet)


def _opened(data: bytes, name: str, request: Request) -> Iterator[Found]:
    """Yield what a file holds, read as its format wants; whatever fails inside a library is an error of that file."""
    form = _form(name, data)
    if form is None:
        why = f"{name}: files ending in {ending_of(name)} are not read. Save it as one of {', '.join(_ENDINGS)}."
        yield NoArticleError(why) if request.depth else UnreadableInputError(why)
        return
    many = 0
    try:
        for one in form.read(data, name, request):
            many += 1
            yield one
        if not many:
            yield NoArticleError(f"{name}: holds no article.")
    except UnreadableInputError as error:
        yield error
    except ModuleNotFoundError:
        if not form.extra:
            raise
        yield UnreadableInputError(f"{name}: {form.name} needs `pip install 'comparer[{form.extra}]'`.")
    except Exception as error:
        if form in FORMATS[:2]:  # our own
            raise
        what = f"{type(error).__name__}: {error}"[:120]
        behind = f" behind article {many}" if many else ""
        yield UnreadableInputError(f"{name}: is damaged{behind}, or no {form.name} ({what}). Save it again.")


def find_pages(path: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the file given, or the pages in a folder, sorted, and a message for each file there that is none.

    A file given by name is returned whatever its kind, unless it is no file; hidden files, and those that are read or
    written beside pages, are passed over. Raise UnreadableInputError where there is no such path or no page.
    """
    try:
        if not path.is_dir():
            path.stat()
            return (path,), ()
    except FileNotFoundError as error:
        raise UnreadableInputError(f"{path}: no such file or folder. Check the spelling.") from error
    except PermissionError as error:
        raise UnreadableInputError(f"{path}: not allowed to open the folder it is in.") from error
    except OSError as error:
        raise UsageError(f"{str(path)[:80]}: {error.strerror}. Name a file or a folder.") from error
    pages: list[Path] = []
    left: list[str] = []
    walked = os.walk(path, onerror=lambda error: left.append(f"{error.filename}: cannot be opened ({error.strerror})"))
    for folder, folders, names in walked:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(folder, name) for name in names if not name.startswith(".") and name not in _BESIDE):
            if why := _no_page(file):
                left.append(f"{file.relative_to(path).as_posix()}: {why}")
            else:
                pages.append(file)
    if not pages:
        raise UnreadableInputError(
            "\n".join([f"{path.name or path}: no saved page in this folder.", *sorted(left)[:10]])
        )
    return tuple(sorted(pages, key=lambda file: file.relative_to(path).as_posix())), tuple(sorted(left))


def _known(page: RawPage, digest: str, outlet: str | None) -> RawPage:
    """Return the page with the digest of its bytes and the outlet that the caller gave, where one is given."""
    if not outlet:
        return page._replace(source_digest=digest)
    kept = tuple(p for p in page.provenance if p.field != "outlet")
    return page._replace(outlet=outlet, source_digest=digest, provenance=(Provenance("outlet", outlet, "given"), *kept))


def _no_page(file: Path) -> str | None:
    """Return why a file in a folder is not read, or None where it is a page."""
    try:
        if not S_ISREG(file.stat().st_mode):
            return "no file"
        with file.open("rb") as opened:
            begun = opened.read(_BEGIN)
    except FileNotFoundError:
        return "leads nowhere"
    except OSError:
        return None  # reading it says why
    if OWN.match(begun):
        return "a report of comparer"
    form = _form(file.name, begun)
    text_alone = form is FORMATS[0] and not ending_of(file.name)  # any note or licence may be text without an ending
    return "of a kind that is not read" if form is None or text_alone else None


def _form(name: str, data: bytes) -> Format | None:
    """Return the format that a file surely begins like, or that its ending tells, or that it begins like; else text."""
    ending, start = ending_of(name), data[:_BEGIN]
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    begun = start.decode(encoding, "ignore").lstrip("ï»¿\ufeff")
    told = [form for form in FORMATS if ending in form.endings]
    like = [form for form in FORMATS if form.begins is not None and form.begins.match(begun)]
    proved = told and told[0].sure  # a Word file may begin like any zip
    sure = [form for form in like if form.sure and not (proved and form is FORMATS[-1])]
    both = [form for form in told if form in like]
    return next(iter([*both, *sure, *told, *like]), None) or (None if ending else FORMATS[0])


def _starts(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|article|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS = re.compile(
    r"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?(?:MIME-Version|Message-ID|Snapshot-Content-Location):", re.IGNORECASE
)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<[!?][^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b")
_PACKED = r"PK\x03\x04.{26}"
_SITES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_MIME = rf"{_PACKED}mimetypeapplication/"
FORMATS = (
    Format("text", (".txt", ".text", ".md", ".markdown"), documents.read_text),
    Format("HTML", _SITES, documents.read_markup, _MARKUP),
    Format("mail, MHTML", (".eml", ".mhtml", ".mht"), archives.read_mail, _HEADERS, sure=True),
    Format("mbox", (".mbox",), archives.read_mbox, _starts(r"From \S+[^\n]*\n[\w-]+: "), sure=True, most=MOST_UNPACKED),
    Format("Word", (".docx",), documents.read_docx, _starts(rf"{_PACKED}(?:\[Cont|_rels/|word/|docP)"), True, "docx"),
    Format("OpenDocument", (".odt",), documents.read_odt, _starts(rf"{_MIME}vnd\.oasis\.op"), sure=True, extra="odt"),
    Format("RTF", (".rtf",), documents.read_rtf, _starts(r"\{\\rtf"), sure=True, extra="rtf"),
    Format("PDF", (".pdf",), documents.read_pdf, _starts(r"%PDF-"), sure=True, extra="pdf"),
    Format("EPUB", (".epub",), documents.read_epub, _starts(rf"{_MIME}epub"), sure=True),
    Format("JSON", (".json",), tables.read_json, _starts(r'\s*(?:\{\s*"|\[\s*\{)'), most=MOST_UNPACKED),
    Format("JSON Lines", (".jsonl", ".ndjson"), tables.read_json_lines, most=MOST_UNPACKED),
    Format("CSV", (".csv", ".tsv"), tables.read_csv, most=MOST_UNPACKED),
    Format("Parquet", (".parquet",), tables.read_parquet, _starts("PAR1"), True, "parquet", MOST_UNPACKED),
    Format("RSS, Atom", (".rss", ".atom", ".rdf", ".xml"), tables.read_feed, _FEED, sure=True, extra="feeds"),
    Format("WARC", (".warc",), archives.read_warc, _starts(r"WARC/\d"), True, "warc", MOST_UNPACKED),
    Format("gzip", (".gz",), archives.read_gzip, _starts(r"\x1f\x8b"), sure=True, most=MOST_UNPACKED),
    Format("zip", (".zip",), archives.read_zip, _starts(r"PK\x03\x04"), sure=True, most=MOST_UNPACKED),
)  # fmt: skip
"""Every format that is read; bytes that begin like none of them are read as the first."""

_ENDINGS = tuple(ending for form in FORMATS for ending in form.endings)
_BEGIN = 2048  # bytes by which a page's format is told
_MOST_SECONDS = 60  # for a page to arrive whole
_PRIVATE = re.compile(r"localhost|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|::1|f[cd].*:.*")
_BESIDE = ("review.toml", "review.json", "events.toml", "comparer.toml")
