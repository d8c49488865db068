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
_DOUBLE = re.compile(r"[“”\"«»„]")
_SINGLE = frozenset("'‘")
_PARAGRAPH = re.compile(r"\S[^\n]*")

# Marks that each next paragraph may open again -> marks that close the quotation in a line that does not.
_REOPENABLE = {"“": '"”', '"': '"”', "«": "»"}
# A single mark is an apostrophe between letters, in a clipped word and in a decade ("'90s").
_CLIPPED = re.compile(r"(?:\d0s|tis|twas|til|cause|em|n|round|bout|cept|kay|s)\b", re.IGNORECASE)
# A single-marked stretch longer than this, in characters, with no closing mark is an apostrophe after all.
_LONGEST_SINGLE = 1500
# Characters that a quotation may run on over lines with no mark at their head: copied text is often cut at sentences.
_RUN_ON = 800


def find_quotations(text: str, spans: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """Return the outermost quotations of `text` (or of `spans` of it, in order), in page order.

    `span` holds the marks, `content` what stands between them. A quotation that no mark closes ends with its
    paragraph and says `closed=False`; one that is opened again paragraph by paragraph and closed once is a single
    quotation. Fails on a plural possessive that ends a single-marked quotation early ('the players' strike').

    >>> text = "The pilot said: “We waited for an hour.” Then the tug came."
    >>> [q.content.of(text) for q in find_quotations(text)]
    ['We waited for an hour.']
    """
    wanted = (Span(0, len(text)),) if spans is None else spans
    paragraphs = [p for span in wanted for p in _paragraphs(text, span)]
    found: list[Quotation] = []
    at, position = 0, 0
    while at < len(paragraphs):
        paragraph = paragraphs[at]
        opening = _next_opening(text, max(position, paragraph.start), paragraph)
        if opening is None:
            at += 1
            continue
        closed_in, closing = _closing(text, paragraphs, at, opening)
        if closing is not None:
            content = Span(opening.end, closing.start)
            found.append(Quotation(Span(opening.start, closing.end), content, closed=True))
            at, position = closed_in, closing.end
        elif opening.of(text) in _SINGLE:
            position = opening.end
        else:
            content = Span(opening.end, paragraph.end)
            found.append(Quotation(Span(opening.start, paragraph.end), content, closed=False))
            at += 1
    return tuple(found)


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    for match in _PARAGRAPH.finditer(text, span.start, span.end):
        yield Span(match.start(), match.start() + len(match.group().rstrip()))


def _next_opening(text: str, position: int, paragraph: Span) -> Span | None:
    for match in _MARKS.finditer(text, position, paragraph.end):
        mark, (start, end) = match.group(), match.span()
        if mark in "’”›′″" or (mark == "''" and not text[end : end + 1].strip()):
            continue
        if mark in _SINGLE and not _opens_single(text, start):
            continue
        if mark == '"' and start > paragraph.start and text[start - 1].isdigit():
            continue
        return Span(start, end)
    return None


def _closing(text: str, paragraphs: Sequence[Span], at: int, opening: Span) -> tuple[int, Span | None]:
    """Return in which paragraph what mark closes a quotation: its own, or one after others that open it again."""
    mark = opening.of(text)
    closing = _find_closing(text, mark, opening.end, paragraphs[at].end)
    if closing is not None or mark not in _REOPENABLE:
        return at, closing
    for index in range(at + 1, len(paragraphs)):
        paragraph = paragraphs[index]
        if not text.startswith(mark, paragraph.start):
            return _run_on(text, paragraphs, index, _REOPENABLE[mark]) if index == at + 1 else (at, None)
        closing = _find_closing(text, mark, paragraph.start + len(mark), paragraph.end)
        if closing is not None:
            return index, closing
    return at, None


def _run_on(text: str, paragraphs: Sequence[Span], first: int, closers: str) -> tuple[int, Span | None]:
    """Return where the next lines close a quotation they do not open again; None where another mark comes first."""
    for index in range(first, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.end - paragraphs[first].start > _RUN_ON:
            break
        mark = _DOUBLE.search(text, paragraph.start, paragraph.end)
        if mark is not None:
            at = mark.start()
            closes = mark.group() in closers and _closes_mixed(text, at) and not text[at - 1].isdigit()
            return index, Span(at, at + 1) if closes else None
    return first, None


def _find_closing(text: str, mark: str, start: int, end: int) -> Span | None:
    """Return the closing mark, stepping over quotations inside."""
    closers = _CLOSERS[mark]
    if mark in {"``", "''"}:
        at = text.find("''", start, end)
        return Span(at, at + 2) if at > start else None
    depth = 0
    for match in _MARKS.finditer(text, start, end):
        found, at = match.group(), match.start()
        if mark in _SINGLE:
            if found in closers and _closes_single(text, at, end) and at > start and at - start <= _LONGEST_SINGLE:
                return Span(at, at + 1)
        elif mark in {"“", '"'} and found == "“":
            depth += 1
        elif at > start and (found in closers or (mark == "“" and found == '"' and _closes_mixed(text, at))):
            if depth and found != '"' and any(text.find(closer, at + 1, end) >= 0 for closer in closers):
                depth -= 1
                continue
            return Span(at, at + 1)
    return None


def _beside(text: str, at: int) -> tuple[str, str]:
    """Return the characters before and after a mark, a blank where the text ends."""
    return text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "


def _closes_mixed(text: str, at: int) -> bool:
    """Tell whether a straight mark closes a curly one, as careless pages print it: “We won," he said."""
    before, after = _beside(text, at)
    return not before.isspace() and (after.isspace() or after in ".,;:)")


def _opens_single(text: str, at: int) -> bool:
    before, after = _beside(text, at)
    opens = not before.isalnum() and (after.isalnum() or after in '“"([$£€…')
    return opens and not _CLIPPED.match(text, at + 1)


def _closes_single(text: str, at: int, end: int) -> bool:
    before, after = _beside(text, at)
    if before.isspace() or after.isalnum():
        return False
    # "the players' strike": a plural possessive is followed by a lower-case word and preceded by s.
    possessive = before in "sS" and after.isspace() and text[at + 2 : at + 3].islower()
    return not (possessive and any(m.group() == text[at] for m in _MARKS.finditer(text, at + 1, end)))
