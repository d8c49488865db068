"""Read pages from files, folders and bytes; the address reader stands in `web.py`.

In: paths or bytes. Out: RawPage with a path relative to the input root, never an absolute one. Raises
UnreadableInputError that says what is wrong, where, and what to do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from comparer.errors import UnreadableInputError
from comparer.model import Provenance
from comparer.reading.decode import MOST_BYTES, decode
from comparer.reading.front_matter import front_matter
from comparer.reading.raw import RawPage

TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
MARKUP_ENDINGS = (".html", ".htm", ".xhtml")
_LOOKS_LIKE_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|article|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HASH = re.compile(r"^(?=[0-9a-f]*\d)[0-9a-f]{8,}$|^\d+$")


def read_path(path: Path, *, root: Path | None = None, outlet: str | None = None) -> RawPage:
    """Return the page saved at `path`, its name relative to `root` (default: its folder).

    Raise UnreadableInputError where the file is missing, a folder, forbidden, too large, empty, binary or of a kind
    that is not read (.txt, .md, .html and .htm are).
    """
    name = path.name
    if root is not None:
        try:
            name = path.relative_to(root).as_posix()
        except ValueError:
            name = path.name
    ending = path.suffix.lower()
    data = _bytes(path, name)
    if ending not in TEXT_ENDINGS + MARKUP_ENDINGS:
        kinds = ", ".join(TEXT_ENDINGS + MARKUP_ENDINGS)
        raise UnreadableInputError(
            f"{name}: files ending in {ending or 'nothing'} are not read. Save it as one of {kinds}."
        )
    page = _page(data, name=name, outlet=outlet, markup=ending in MARKUP_ENDINGS)
    return replace(page, path=name, file_name=_readable(path.stem))


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
    """Return the page in `data`, such as standard input; HTML is recognised by its first tag."""
    start = data[:2048]
    sniffed = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "ignore").lstrip(
        "ï»¿\ufeff"
    )
    return _page(data, name=name, outlet=outlet, markup=_LOOKS_LIKE_MARKUP.match(sniffed) is not None)


def _bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise UnreadableInputError(f"{name}: this is a folder. Give a file, or let the folder be walked by `compare`.")
    try:
        if path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size / 1e6
            raise UnreadableInputError(
                f"{name}: {size:.0f} MB is more than one article ({MOST_BYTES // 2**20} MB at most). Give one"
                f" page per file."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableInputError(f"{name}: no such file. Check the spelling.") from error
    except PermissionError as error:
        raise UnreadableInputError(f"{name}: not allowed to read this file. Change its permissions.") from error
    except OSError as error:
        raise UnreadableInputError(f"{name}: cannot be read ({error.strerror}). Check the file.") from error


def _page(data: bytes, *, name: str, outlet: str | None, markup: bool) -> RawPage:
    text = decode(data, name)
    digest = hashlib.sha256(data).hexdigest()
    given = (Provenance("outlet", outlet, "given"),) if outlet else ()
    if markup:
        from comparer.reading.markup import page_from_markup

        page = page_from_markup(text)
        if not page.text.strip():
            raise UnreadableInputError(
                f"{name}: the HTML shows no text without its scripts. Save the page as text instead."
            )
        kept = tuple(p for p in page.provenance if not (outlet and p.field == "outlet"))
        return replace(page, outlet=outlet or page.outlet, source_digest=digest, provenance=given + kept)
    fields, _ = front_matter(text)
    origin = [Provenance(k, v, "front matter") for k, v in fields.items() if not (k == "outlet" and outlet)]
    return RawPage(
        text=text,
        outlet=outlet or fields.get("outlet"),
        title=fields.get("title"),
        url=fields.get("url"),
        published=fields.get("published"),
        bylines=tuple(n.strip() for n in fields.get("byline", "").split(",") if n.strip()),
        source_digest=digest,
        provenance=(*given, *origin),
    )


def _inside(folder: Path) -> list[Path]:
    files = (p for p in folder.rglob("*") if p.suffix.lower() in TEXT_ENDINGS + MARKUP_ENDINGS and p.is_file())
    shown = [p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    return sorted(shown, key=lambda p: p.relative_to(folder).as_posix())


def _readable(stem: str) -> str:
    """Return a file's stem as words: "the_skerrow-post" reads "The Skerrow Post"; numbers and hashes go."""
    parts = [p for p in re.split(r"[_\-\s.]+", stem) if p]
    telling = [p for p in parts if not _HASH.match(p.lower())]
    if not telling:
        return stem
    return " ".join(p if any(c.isupper() for c in p) else p.capitalize() for p in telling)
