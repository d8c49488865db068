"""Read pages of the formats in one table, from files, folders, bytes and addresses.

In: paths, bytes or an address. Out: RawPage with a path relative to the input root, never an absolute one. A further
format is a row of `FORMATS` and its reader. Raises UnreadableInputError that says what is wrong, where, and what to do.
The network is used only where the caller gives an address.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from comparer.errors import UnreadableInputError, UsageError
from comparer.model import Provenance
from comparer.model.article import RawPage
from comparer.reading.text import decode, page_from_text
from comparer.records import OWN, read_file


class Format(NamedTuple):
    """Hold one format: the endings of its files, its reader, and how a page of it begins where no ending tells.

    The reader takes a page's bytes and the name to print in errors, and imports what it needs late.
    """

    endings: tuple[str, ...]
    read: Callable[[bytes, str], RawPage]
    begins: re.Pattern[str] | None = None


def read_path(path: Path, *, root: Path | None = None, outlet: str | None = None) -> RawPage:
    """Return the page saved at `path`, its name relative to `root` (default: its folder).

    Raise UnreadableInputError where the file is missing, a folder, forbidden, too large, empty, binary or of a kind
    that is not read.
    """
    inside = root is not None and path.is_relative_to(root)
    name = path.relative_to(root).as_posix() if root is not None and inside else path.name
    data = read_file(path, name)
    if OWN.match(data):
        raise UnreadableInputError(f"{name}: is a report that comparer wrote. Name the pages that it was made of.")
    form = _form(path.name, data)
    if form is None:
        kinds = ", ".join(_ENDINGS)
        raise UnreadableInputError(f"{name}: files ending in {_ending(name)} are not read. Save it as one of {kinds}.")
    stem = path.name.split("?")[0].removesuffix(_ending(path.name)) or path.stem
    return _known(form.read(data, name), data, outlet)._replace(path=name, file_name=_as_words(stem))


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
            why = _no_page(file)
            if why is None:
                pages.append(file)
            elif why:
                left.append(f"{file.relative_to(path).as_posix()}: {why}")
    if not pages:
        raise UnreadableInputError(
            "\n".join([f"{path.name or path}: no saved page in this folder.", *sorted(left)[:10]])
        )
    return tuple(sorted(pages, key=lambda file: file.relative_to(path).as_posix())), tuple(sorted(left))


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
    text_alone = form is FORMATS[0] and not _ending(file.name)  # any note or licence may be text without an ending
    return "of a kind that is not read" if form is None or text_alone else None


def read_bytes(data: bytes, *, name: str, outlet: str | None = None) -> RawPage:
    """Return the page in `data`, such as standard input; HTML is recognised by its first tag, all else is text."""
    form = _form("", data) or FORMATS[0]
    return _known(form.read(data, name), data, outlet)


def _form(name: str, data: bytes) -> Format | None:
    """Return the format that the ending of a name tells, else the one that a page begins like; without ending, text."""
    ending, start = _ending(name), data[:_BEGIN]
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    begun = start.decode(encoding, "ignore").lstrip("ï»¿\ufeff")
    told = (form for form in FORMATS if ending in form.endings)
    like = (form for form in FORMATS if form.begins is not None and form.begins.match(begun))
    return next(told, None) or next(like, None) or (None if ending else FORMATS[0])


def _ending(name: str) -> str:
    """Return the ending of a file's name, the query apart that a saved address keeps: "a.html?id=3" ends in ".html"."""
    return found[0] if (found := _ENDING.search(name.split("?", 1)[0].lower())) else ""


def read_url(url: str, *, outlet: str | None = None) -> RawPage:
    """Return the page at `url`; raise UnreadableInputError where it cannot be fetched or shows no text."""
    try:
        host = urlsplit(url).hostname if not re.search(r"\s", url) else None
    except ValueError:
        host = None
    if not url.lower().startswith(("http://", "https://")) or not host:
        raise UsageError(f"{url}: not a web address. It should begin with https://.")
    from threading import Thread

    from trafilatura.downloads import fetch_response

    answers: list[Any] = []
    fetching = Thread(target=lambda: answers.append(fetch_response(url, decode=False)), daemon=True)
    fetching.start()
    fetching.join(_MOST_SECONDS)
    data, status = (getattr(answers[0] if answers else None, name, None) for name in ("data", "status"))
    if not data or status not in (None, 200):
        why = f"the server answers {status}" if status else "could not be fetched"
        why = why if answers else f"took more than {_MOST_SECONDS} s"
        if re.fullmatch(
            r"localhost|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|::1|f[cd].*:.*", host
        ):
            why += f" ({host} is an address of this machine or of a private network)"
        raise UnreadableInputError(f"{url}: {why}. Check the connection, or save the page and give the file.")
    from comparer.reading.markup import page_from_markup

    page = page_from_markup(decode(data, url), url=url)
    if not page.text.strip():
        raise UnreadableInputError(
            f"{url}: the page shows no text without its scripts. Save it from a browser instead."
        )
    return _known(page, data, outlet)


def _text(data: bytes, name: str) -> RawPage:
    return page_from_text(decode(data, name))


def _markup(data: bytes, name: str) -> RawPage:
    from comparer.reading.markup import page_from_markup

    page = page_from_markup(decode(data, name))
    if not page.text.strip():
        raise UnreadableInputError(
            f"{name}: the HTML shows no text without its scripts. Save the page as text instead."
        )
    return page


_LOOKS_LIKE_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|article|p)\b",
    re.IGNORECASE | re.DOTALL,
)
FORMATS = (
    Format((".txt", ".text", ".md", ".markdown"), _text),
    Format((".html", ".htm", ".xhtml"), _markup, _LOOKS_LIKE_MARKUP),
)
"""Every format that is read; bytes that begin like none of them are read as the first."""

_ENDINGS = tuple(ending for form in FORMATS for ending in form.endings)
_ENDING = re.compile(r"\.[a-z0-9]{1,8}\Z")
_MOST_SECONDS = 60  # for a page to arrive whole
_BEGIN = 2048  # bytes by which a page's format is told
_BESIDE = ("review.toml", "events.toml", "comparer.toml")
_HASH = re.compile(r"^(?=[0-9a-f]*\d)[0-9a-f]{8,}$|^\d+$")


def _known(page: RawPage, data: bytes, outlet: str | None) -> RawPage:
    """Return the page with the digest of its bytes and the outlet that the caller gave, where one is given."""
    digest = hashlib.sha256(data).hexdigest()
    if not outlet:
        return page._replace(source_digest=digest)
    kept = tuple(p for p in page.provenance if p.field != "outlet")
    return page._replace(outlet=outlet, source_digest=digest, provenance=(Provenance("outlet", outlet, "given"), *kept))


def _as_words(stem: str) -> str:
    """Return a file's stem as words: "the_skerrow-post" reads "The Skerrow Post"; numbers and hashes go."""
    parts = [p for p in re.split(r"[_\-\s.]+", stem) if p]
    telling = [p for p in parts if not _HASH.match(p.lower())]
    if not telling:
        return stem
    return " ".join(p if any(c.isupper() for c in p) else p.capitalize() for p in telling)
