"""Find quotations in running text.

In: a text and, if wanted, the spans to look into. Out: `Quotation`s in page order, outermost first and only those
(a quotation inside a quotation belongs to its content). Refuses to guess beyond a paragraph: a mark that is never
closed ends with its paragraph, unless the next paragraph opens with the same mark again, as newspapers print a long
quotation, or the very next lines close it before any other mark opens. It does not say who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from comparer.model import Quotation, Span

# Opening mark -> marks that may close it. German opens low, and French and Polish use guillemets either way round.
_CLOSERS = {"“": "”“", "‘": "’", "«": "»", "»": "«", "„": "“”", "‹": "›", '"': '"”', "'": "'", "``": "''", "''": "''"}
_MARKS = re.compile(r"``|''|[“”‘’«»„‹›\"'′″]")
_PARAGRAPH = re.compile(r"\S[^\n]*")
_REOPENABLE = frozenset("“\"‘«'")

# A single mark is an apostrophe between letters, in a clipped word and in a decade ("'90s").
_CLIPPED = re.compile(r"(?:\d0s|tis|twas|til|cause|em|n|round|bout|cept|kay|s)\b", re.IGNORECASE)
# A single-marked stretch longer than this, in characters, with no closing mark is an apostrophe after all.
_LONGEST_SINGLE = 1500
# Characters that a quotation may run on over lines with no mark at their head: copied text is often cut at sentences.
_RUN_ON = 800


def find_quotations(text: str, spans: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """Return the outermost quotations of `text` (or of `spans` of it), in page order; empty where there are none.

    `span` holds the marks, `content` what stands between them. A quotation that no mark closes ends with its
    paragraph and says `closed=False`; one that is opened again paragraph by paragraph and closed once is a single
    quotation. Fails on a plural possessive that ends a single-marked quotation early ('the players' strike').

    >>> text = "The pilot said: “We waited for an hour.” Then the tug came."
    >>> [q.content.of(text) for q in find_quotations(text)]
    ['We waited for an hour.']
    """
    wanted = spans if spans is not None else (Span(0, len(text)),)
    paragraphs = [p for span in wanted for p in _paragraphs(text, span)]
    found: list[Quotation] = []
    at = 0
    while at < len(paragraphs):
        quotations, at = _read_paragraph(text, paragraphs, at)
        found.extend(quotations)
    return tuple(found)


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    for match in _PARAGRAPH.finditer(text, span.start, span.end):
        yield Span(match.start(), match.start() + len(match.group().rstrip()))


def _read_paragraph(text: str, paragraphs: Sequence[Span], at: int) -> tuple[list[Quotation], int]:
    """Read one paragraph, and those that continue its last quotation; return what it holds and the next index."""
    found: list[Quotation] = []
    paragraph = paragraphs[at]
    position = paragraph.start
    while True:
        opened = _next_opening(text, position, paragraph)
        if opened is None:
            return found, at + 1
        mark, start = opened
        inner = start + len(mark)
        closed = _find_closing(text, mark, inner, paragraph.end)
        if closed is not None:
            end, width = closed
            found.append(Quotation(Span(start, end + width), Span(inner, end), closed=True))
            position = end + width
            continue
        if mark in {"'", "‘"}:
            position = inner
            continue
        last, end_span = _continuation(text, paragraphs, at, mark)
        if end_span is not None:
            content = Span(inner, end_span.start)
            found.append(Quotation(Span(start, end_span.end), content, closed=True))
            at, paragraph, position = last, paragraphs[last], end_span.end
            continue
        found.append(Quotation(Span(start, paragraph.end), Span(inner, paragraph.end), closed=False))
        return found, at + 1


def _continuation(text: str, paragraphs: Sequence[Span], at: int, mark: str) -> tuple[int, Span | None]:
    """Follow a quotation that each next paragraph opens again, to the one that closes it; None where none does."""
    if mark not in _REOPENABLE:
        return at, None
    for index in range(at + 1, len(paragraphs)):
        paragraph = paragraphs[index]
        if not text.startswith(mark, paragraph.start):
            return _run_on(text, paragraphs, index, mark) if index == at + 1 else (at, None)
        closed = _find_closing(text, mark, paragraph.start + len(mark), paragraph.end)
        if closed is not None:
            return index, Span(closed[0], closed[0] + closed[1])
    return at, None


def _run_on(text: str, paragraphs: Sequence[Span], first: int, mark: str) -> tuple[int, Span | None]:
    """Return where the next lines close a quotation they do not open again; None where another mark comes first."""
    closers = '"”' if mark == "“" else _CLOSERS[mark]
    for index in range(first, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.end - paragraphs[first].start > _RUN_ON:
            break
        found = next((m for m in _MARKS.finditer(text, paragraph.start, paragraph.end) if m.group() in '“”"«»„'), None)
        if found is not None:
            at = found.start()
            closes = found.group() in closers and _closes_mixed(text, at, paragraph.end)
            return (index, Span(at, at + 1)) if closes and not text[at - 1].isdigit() else (first - 1, None)
    return first - 1, None


def _next_opening(text: str, position: int, paragraph: Span) -> tuple[str, int] | None:
    for match in _MARKS.finditer(text, position, paragraph.end):
        mark, start = match.group(), match.start()
        if mark in "’”›′″" or (mark == "''" and not _opens_double(text, start, paragraph.end)):
            continue
        if mark in {"'", "‘"} and not _opens_single(text, start, paragraph.end):
            continue
        if mark == '"' and start > paragraph.start and text[start - 1].isdigit():
            continue
        return mark, start
    return None


def _find_closing(text: str, mark: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the closing mark stands and its width, stepping over quotations inside."""
    closers = _CLOSERS[mark]
    if mark in {"``", "''"}:
        at = text.find("''", start, end)
        return (at, 2) if at > start else None
    depth = 0
    for match in _MARKS.finditer(text, start, end):
        found, at = match.group(), match.start()
        if mark in {"'", "‘"}:
            if found in closers and _closes_single(text, at, end) and at > start and at - start <= _LONGEST_SINGLE:
                return at, 1
        elif mark in {"“", '"'} and found == "“":
            depth += 1
        elif at > start and (found in closers or (mark == "“" and found == '"' and _closes_mixed(text, at, end))):
            if depth and found != '"' and any(text.find(closer, at + 1, end) >= 0 for closer in closers):
                depth -= 1
                continue
            return at, 1
    return None


def _opens_double(text: str, at: int, end: int) -> bool:
    before = text[at - 1] if at else " "
    return not before.isalnum() and at + 2 < end and not text[at + 2].isspace() and before not in ".,?!"


def _closes_mixed(text: str, at: int, end: int) -> bool:
    """Tell whether a straight mark closes a curly one, as careless pages print it: “We won," he said."""
    following = text[at + 1] if at + 1 < end else " "
    return not text[at - 1].isspace() and (following.isspace() or following in ".,;:)")


def _opens_single(text: str, at: int, end: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() or after.isspace() or not (after.isalnum() or after in '“"([$£€…'):
        return False
    return not _CLIPPED.match(text, at + 1)


def _closes_single(text: str, at: int, end: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isspace() or after.isalnum():
        return False
    # "the players' strike": a plural possessive is followed by a lower-case word and preceded by s.
    if before in "sS" and after.isspace():
        following = text[at + 2 : at + 3]
        later = next((m.start() for m in _MARKS.finditer(text, at + 1, end) if m.group() == text[at]), -1)
        return not (following.islower() and later > 0)
    return True
