"""Read the day of publication where the page prints it whole.

In: the text and its blocks. Out: an ISO date and where it stands, or None. A day without a year, a weekday and a date
that can be read two ways (03/04/2025) are not dates; with dots between them (03.04.2025) the day stands first. The time
of an update counts only where nothing else is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from comparer.model import Block, BlockKind, Span

_NAMES = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_NAMES, key=len, reverse=True))
_ISO = re.compile(r"\b(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b")
_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y>(?:19|20)\d{{2}})\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<n>{_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d{{2}})\b", re.IGNORECASE
)
_FIGURES = re.compile(r"\b(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d{2})\b")
_UPDATE = re.compile(r"\b(?:updated|modified|edited|aktualisiert|actualizado|mis à jour)\b", re.IGNORECASE)
_KINDS = {BlockKind.TIMESTAMP, BlockKind.BYLINE}
_LONGEST = 200  # characters of a line that is looked at


def published_day(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    r"""Return the printed day of publication and its characters, or None.

    >>> page = "Ferry aground\n\nPublished May 14, 2025   Last updated 3 hours ago"
    >>> published_day(page, (Block(Span(15, len(page)), BlockKind.TIMESTAMP, 1.0, ""),))[0]
    '2025-05-14'
    """
    last_kept = max((b.span.start for b in blocks if b.kind is BlockKind.CONTENT), default=0)
    first_kept = min((b.span.start for b in blocks if b.kind is BlockKind.CONTENT), default=len(text))
    updates: list[tuple[str, Span]] = []
    for block in blocks:
        if block.kind not in _KINDS or (block.span.start > first_kept and block.span.start < last_kept):
            continue
        if block.span.start > last_kept and last_kept and block.kind is not BlockKind.TIMESTAMP:
            continue
        for day, span in dates_in(text, Span(block.span.start, min(block.span.end, block.span.start + _LONGEST))):
            if block.span.start > last_kept and not _says_published(text, block):
                continue
            if _UPDATE.search(text[block.span.start : span.start]) and not _says_published(text, block):
                updates.append((day, span))
            else:
                return day, span
    return updates[0] if updates else None


def updated_day(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """Return the printed day of the last update and its characters, or None.

    >>> page = "Published 14 May 2025, updated 15 May 2025"
    >>> updated_day(page, (Block(Span(0, len(page)), BlockKind.TIMESTAMP, 1.0, ""),))[0]
    '2025-05-15'
    """
    for block in blocks:
        word = _UPDATE.search(text, block.span.start, block.span.end) if block.kind in _KINDS else None
        if word is not None:
            end = min(block.span.end, word.end() + _LONGEST)
            found = dates_in(text, Span(word.end(), end))
            if found:
                return found[0]
    return None


def dates_in(text: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return the full dates printed in the span, in order."""
    found: list[tuple[str, Span]] = []
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _FIGURES):
        for match in pattern.finditer(text, span.start, span.end):
            day = _day(match)
            if day is not None and not any(Span(*match.span()).overlaps(other) for _, other in found):
                found.append((day, Span(*match.span())))
    return tuple(sorted(found, key=lambda item: item[1]))


def _says_published(text: str, block: Block) -> bool:
    return re.search(r"\b(?:published|posted)\b", block.span.of(text), re.IGNORECASE) is not None


def _day(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if "a" in parts:  # with dots between them the day stands first wherever such dates are printed
        first, second = int(parts["a"]), int(parts["b"])
        if first != second and first <= 12 and second <= 12 and parts["s"] != ".":
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day = int(parts["d"])
        month = _NAMES[parts["n"].lower()] if parts.get("n") else int(parts["m"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
