"""Read pages of the formats in one table, from files, folders, bytes and addresses.

In: paths, bytes or an address. Out: RawPage with a path relative to the input root, never an absolute one. A further
format is a row of `FORMATS` and its reader. Raises UnreadableInputError that says what is wrong, where, and what to do.
The network is used only where the caller gives an address.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from comparer.errors import UnreadableInputError
from comparer.model import Provenance
from comparer.model.article import RawPage
from comparer.reading.text import decode, page_from_text, refuse_large


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
    ending = path.suffix.lower()
    data = _bytes(path, name)
    form = next((form for form in FORMATS if ending in form.endings), None)
    if form is None:
        kinds = ", ".join(_ENDINGS)
        raise UnreadableInputError(
            f"{name}: files ending in {ending or 'nothing'} are not read. Save it as one of {kinds}."
        )
    return _known(form.read(data, name), data, outlet)._replace(path=name, file_name=_as_words(path.stem))


def find_pages(paths: Sequence[Path]) -> tuple[tuple[Path, Path], ...]:
    """Return (file, root) for each file given and each page in the folders given, in sorted order within a folder.

    Hidden files and files of other kinds inside folders are passed over; a file given by name is returned whatever its
    kind. Raise UnreadableInputError where a path does not exist or a folder holds no page.
    """
    found: list[tuple[Path, Path]] = []
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                raise UnreadableInputError(f"{path.name or path}: no .txt, .md, .html or .htm file in this folder.")
            found.extend((file, path) for file in inside)
        elif path.exists():
            found.append((path, path.parent))
        else:
            raise UnreadableInputError(f"{path}: no such file or folder. Check the spelling.")
    return tuple(dict.fromkeys(found))


def read_bytes(data: bytes, *, name: str, outlet: str | None = None) -> RawPage:
    """Return the page in `data`, such as standard input; HTML is recognised by its first tag, all else is text."""
    start = data[:2048]
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    begun = start.decode(encoding, "ignore").lstrip("ï»¿\ufeff")
    form = next((form for form in FORMATS if form.begins is not None and form.begins.match(begun)), FORMATS[0])
    return _known(form.read(data, name), data, outlet)


def read_url(url: str, *, outlet: str | None = None) -> RawPage:
    """Return the page at `url`; raise UnreadableInputError where it cannot be fetched or shows no text."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise UnreadableInputError(f"{url}: not a web address. It should begin with https://.")
    from trafilatura.downloads import fetch_response

    data = getattr(fetch_response(url, decode=False), "data", None)
    if not data:
        raise UnreadableInputError(
            f"{url}: could not be fetched. Check the connection, or save the page and give the file."
        )
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
_HASH = re.compile(r"^(?=[0-9a-f]*\d)[0-9a-f]{8,}$|^\d+$")


def _bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise UnreadableInputError(f"{name}: this is a folder. Give a file, or let the folder be walked by `compare`.")
    try:
        refuse_large(path.stat().st_size, name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableInputError(f"{name}: no such file. Check the spelling.") from error
    except PermissionError as error:
        raise UnreadableInputError(f"{name}: not allowed to read this file. Change its permissions.") from error
    except OSError as error:
        raise UnreadableInputError(f"{name}: cannot be read ({error.strerror}). Check the file.") from error


def _known(page: RawPage, data: bytes, outlet: str | None) -> RawPage:
    """Return the page with the digest of its bytes and the outlet that the caller gave, where one is given."""
    digest = hashlib.sha256(data).hexdigest()
    if not outlet:
        return page._replace(source_digest=digest)
    kept = tuple(p for p in page.provenance if p.field != "outlet")
    return page._replace(outlet=outlet, source_digest=digest, provenance=(Provenance("outlet", outlet, "given"), *kept))


def _inside(folder: Path) -> list[Path]:
    files = (p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS and p.is_file())
    shown = [p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    return sorted(shown, key=lambda p: p.relative_to(folder).as_posix())


def _as_words(stem: str) -> str:
    """Return a file's stem as words: "the_skerrow-post" reads "The Skerrow Post"; numbers and hashes go."""
    parts = [p for p in re.split(r"[_\-\s.]+", stem) if p]
    telling = [p for p in parts if not _HASH.match(p.lower())]
    if not telling:
        return stem
    return " ".join(p if any(c.isupper() for c in p) else p.capitalize() for p in telling)
