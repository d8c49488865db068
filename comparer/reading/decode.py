"""Turn bytes into text: UTF-8 with and without mark, UTF-16, UTF-32, else Windows-1252.

In: bytes and the name to print in errors. Out: text with its line ends as they were. Refuses what is empty, too large
or no text at all, with UnreadableInputError.
"""

from __future__ import annotations

import codecs
import re

from comparer.errors import UnreadableInputError

MOST_BYTES = 32 * 1024 * 1024  # a saved article is far below 1 MB; above this something else was given
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"BZh",
    b"\x7fELF",
    b"RIFF",
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SAMPLE = 4096  # bytes looked at to tell text from binary
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_MOST_CONTROL = 0.02  # share of control characters above which it is no text


def decode(data: bytes, name: str) -> str:
    r"""Return the text of `data`; raise UnreadableInputError naming `name`, what is wrong and what to do.

    >>> decode(b"\xef\xbb\xbfFerry aground", "ferry.txt")
    'Ferry aground'
    """
    if len(data) > MOST_BYTES:
        size = len(data) / 1e6
        raise UnreadableInputError(
            f"{name}: {size:.0f} MB is more than one article ({MOST_BYTES // 2**20} MB at most). Give one page"
            f" per file."
        )
    if not data.strip():
        raise UnreadableInputError(f"{name}: the file is empty. Save the page again, with its text.")
    if data.startswith(_BINARY):
        raise UnreadableInputError(f"{name}: this is a binary file, not text. Save the article as .txt or .html.")
    text = _decoded(data, name)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample):
        raise UnreadableInputError(f"{name}: this is a binary file, not text. Save the article as .txt or .html.")
    if not text.strip():
        raise UnreadableInputError(f"{name}: the file holds nothing but blanks. Save the page again, with its text.")
    return text


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _bare_utf16(data)
    if encoding is not None:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise UnreadableInputError(
                f"{name}: marked as {encoding} but broken at byte {error.start}. Save it again as UTF-8."
            ) from error
    for candidate in ("utf-8", _declared(data), "cp1252"):
        try:
            if candidate is not None:
                return data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    if b"\x00" in data[:_SAMPLE]:
        raise UnreadableInputError(f"{name}: this is a binary file, not text. Save the article as .txt or .html.")
    raise UnreadableInputError(f"{name}: neither UTF-8, UTF-16 nor Windows-1252. Save it again as UTF-8.")


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
