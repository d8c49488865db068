"""Find sentences, with offsets, inside the kept blocks of a page.

Boundaries come from sentencex; it keeps quotations of several sentences whole, and those are cut here, because outlets
rarely quote the same number of them. A list of names ("J. K. Rowling") may still be cut at an initial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from comparer.model import Block, BlockKind, Sentence, Span
from comparer.resources.loader import LANGUAGE, word_set

INNER_END = re.compile(r"[.!?…]\s+(?=[\"“‘«(\[]?[^\W\d_a-zß-öø-ÿ])")
"""The end of a sentence that another follows without a quotation mark between: said no. "It is"."""

_BREAK = re.compile(r"[\r\n\u2028\u2029]")
_BLANK_LINE = re.compile(r"(?:\r\n|[\r\n\u2028\u2029])[^\S\r\n\u2028\u2029]*(?=[\r\n\u2028\u2029])\s*")
ABBREVIATIONS = word_set("abbreviations", "any")
RANKS = word_set("abbreviations", "ranks")
"""Abbreviations that stand before a name, so that no sentence ends with them."""
LONGEST = 4000  # characters; prose has no longer sentence, and what reads a sentence may take the square of its length
MIN_WORDS = 2  # a cut leaves at least this many words on either side, so that "No. Never." stays one sentence


def split_sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Return the sentences of the kept blocks in page order; a title is one sentence whatever its marks.

    `Sentence.block` is the index in `blocks`. Empty where nothing is kept.
    """
    found: list[Sentence] = []
    for number, block in enumerate(blocks):
        if not block.kept:
            continue
        spans = (_trimmed(text, block.span),) if block.kind is BlockKind.TITLE else sentence_spans(text, block.span)
        found.extend(Sentence(0, span, number) for span in spans if span)
    found.sort(key=lambda s: s.span)
    return tuple(Sentence(k, s.span, s.block) for k, s in enumerate(found))


def sentence_spans(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences inside `span`, trimmed, in order; a blank line ends one, a break within a paragraph none.

    >>> news = "Ms. Venn said no. “It is over,” she said."
    >>> [s.of(news) for s in sentence_spans(news, Span(0, len(news)))]
    ['Ms. Venn said no.', '“It is over,” she said.']
    """
    from sentencex import get_sentence_boundaries

    found: list[Span] = []
    for line in _lines(text, span):
        split = get_sentence_boundaries(LANGUAGE, _sound(line.of(text)))
        for whole in _joined(text, [(p["start_index"], p["end_index"]) for p in split], line.start):
            found.extend(_trimmed(text, piece) for part in _cut_inside(text, whole) for piece in _bounded(text, part))
    return tuple(s for s in found if s)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _BLANK_LINE.finditer(text, span.start, span.end):
        yield _trimmed(text, Span(start, match.start()))
        start = match.end()
    yield _trimmed(text, Span(start, span.end))


def _joined(text: str, pieces: Sequence[tuple[int, int]], offset: int) -> Iterator[Span]:
    """Yield the pieces of a line as spans, those cut between a rank and a name joined again: "Lt. Cdr. | Ida Lund"."""
    start = None
    for begin, end in pieces:
        start = offset + begin if start is None else start
        if _last_word(text[start : offset + end]).casefold() in RANKS and (begin, end) != pieces[-1]:
            continue
        yield Span(start, offset + end)
        start = None


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Yield a sentence, or pieces of it cut at blanks where it is longer than any prose."""
    start = span.start
    while span.end - start > LONGEST:
        blank = text.rfind(" ", start + 1, start + LONGEST)
        cut = blank if blank > start else start + LONGEST
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _cut_inside(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in INNER_END.finditer(text, span.start, span.end):
        before, after = text[start : match.start() + 1], text[match.end() : min(span.end, match.end() + LONGEST)]
        if _ends_sentence(before) and min(len(before.split()), len(after.split())) >= MIN_WORDS:
            yield Span(start, match.start() + 1)
            start = match.end()
    yield Span(start, span.end)


def _ends_sentence(before: str) -> bool:
    word = _last_word(before).strip("\"“”‘’'([")
    return bool(word) and word.casefold() not in ABBREVIATIONS and not re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word)


def _last_word(text: str) -> str:
    """Return the word before the mark that ends a text, or "" where none does."""
    *_, word = ["", *text.rstrip().rsplit(None, 1)]
    return word[:-1] if word.endswith((".", "!", "?", "…")) else ""


def _trimmed(text: str, span: Span) -> Span:
    raw = span.of(text)
    start = span.start + len(raw) - len(raw.lstrip())
    return Span(start, max(start, span.start + len(raw.rstrip())))


def unbroken(text: str) -> str:
    """Return a paragraph with a blank for every line break in it, unless a blank line follows: offsets stay true."""
    return _BREAK.sub(" ", text) if _BREAK.search(text) and not _BLANK_LINE.search(text) else text


def _sound(text: str) -> str:
    """Return the text with a question mark for every stray surrogate, which the splitter cannot take."""
    return unbroken(text.encode("utf-8", "replace").decode())
