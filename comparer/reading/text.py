"""Read plain text and Markdown: bytes become text, the front matter's fields say what is known of the page.

In: bytes and the name to print in errors. Out: text with its line ends as they were (UTF-8 with and without mark,
UTF-16, UTF-32, else Windows-1252; a stray byte becomes U+FFFD), and a RawPage of it; the front matter stays in the text
and is typed as furniture by its span. Refuses what is empty, too large or no text at all, with UnreadableInputError. Of
front matter only flat `key: value` lines and simple lists between two lines of three dashes are understood, which is
what note-taking tools write.
"""

from __future__ import annotations

import codecs
import re

from comparer.errors import UnreadableInputError
from comparer.model import Block, BlockKind, Provenance, Span
from comparer.model.article import RawPage
from comparer.records import MOST_BYTES, refuse_large

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"BZh",
    b"\x7fELF", b"RIFF",
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SAMPLE = 4096  # bytes looked at to tell text from binary
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_MOST_CONTROL = 0.02  # share of control characters above which it is no text
_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w -]*?)\s*:\s*(.*)$")
_NAMES = {
    name: field
    for field, names in (
        ("title", "title"),
        ("outlet", "outlet source site publisher publication"),
        ("url", "url link"),
        ("published", "published date"),
        ("byline", "byline author authors"),
    )
    for name in names.split()
}


def page_from_text(text: str) -> RawPage:
    """Return the page of a text, with what its front matter says."""
    fields, head = front_matter(text)
    told = () if head is None else (Block(head, BlockKind.OTHER, 0.99, "front matter: fields about the page"),)
    return RawPage(
        text=text,
        outlet=fields.get("outlet"),
        title=fields.get("title"),
        url=fields.get("url"),
        published=fields.get("published"),
        bylines=tuple(n.strip() for n in fields.get("byline", "").split(",") if n.strip()),
        provenance=tuple(Provenance(name, value, "front matter") for name, value in fields.items()),
        told=told,
    )


def decode(data: bytes, name: str, *, most: int = MOST_BYTES) -> str:
    r"""Return the text of `data`; raise UnreadableInputError naming `name`, what is wrong and what to do.

    >>> decode(b"\xef\xbb\xbfFerry aground", "ferry.txt")
    'Ferry aground'
    """
    refuse_large(len(data), name, most)
    if not data.strip():
        raise UnreadableInputError(f"{name}: the file is empty. Save the page again, with its text.")
    if data.startswith(_BINARY):
        raise _binary(name)
    text = _decoded(data, name)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample):
        raise _binary(name)
    if not text.strip():
        raise UnreadableInputError(f"{name}: the file holds nothing but blanks. Save the page again, with its text.")
    return text


def front_matter(text: str) -> tuple[dict[str, str], Span | None]:
    r"""Return the known fields and the span of the whole front matter, or nothing and None.

    >>> fields, _ = front_matter("---\ntitle: Ferry aground\nsource: The Skerrow Post\n---\nA ferry ran aground.")
    >>> fields
    {'title': 'Ferry aground', 'outlet': 'The Skerrow Post'}
    """
    match = _FENCE.match(text[:20_000])
    if match is None:
        return {}, None
    fields: dict[str, str] = {}
    key = ""
    for line in match.group(1).splitlines():
        field = _FIELD.match(line)
        if field is not None:
            key = _NAMES.get(field.group(1).strip().lower(), "")
            value = _plain(field.group(2))
        elif key and line.lstrip().startswith("- "):
            value = ", ".join(v for v in (fields.get(key, ""), _plain(line.strip()[2:])) if v)
            fields.pop(key, None)
        else:
            continue
        if key and value:
            fields.setdefault(key, value)
    return fields, Span(match.start(), len(match.group().rstrip()))


def _binary(name: str) -> UnreadableInputError:
    return UnreadableInputError(f"{name}: this is a binary file, not text. Save the article as .txt or .html.")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _bare_utf16(data)
    if encoding is not None:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise UnreadableInputError(
                f"{name}: marked as {encoding} but broken at byte {error.start}. Save it again as UTF-8."
            ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if sum(sign > "\x7f" for sign in lenient) >= 2 * broken:  # as many letters of UTF-8 as stray bytes
        return lenient
    for candidate in filter(None, (_declared(data), "cp1252")):
        try:
            if b"<meta>".decode(candidate) == "<meta>":  # else the page could not have named it
                return data.decode(candidate)
        except (ValueError, LookupError):
            continue
    if b"\x00" in data[:_SAMPLE]:
        raise _binary(name)
    return data.decode("cp1252", "replace")


def _bare_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by zero bytes in every second place."""
    sample = data[:_SAMPLE]
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_SAMPLE])
    return match.group(1).decode("ascii") if match else None


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_plain(v) for v in value[1:-1].split(",") if v.strip())
    return value.strip("\"'").strip()
