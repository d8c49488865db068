"""Cut a text into units: sentences of word tokens in which every quotation is one token.

In: a text and its quotations. Out: `Unit`s, each a list of `Piece`s. A quotation of several sentences, or of several
paragraphs, stays with the frame that introduces or follows it, which is what attribution needs and what a sentence
splitter would break. Refuses to look inside quotations.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from comparer.model import Quotation, Span
from comparer.resources.loader import word_set

_TOKEN = re.compile(
    r"\n|(?:[^\W\d_]\.){2,}|[$€£]?\d+(?:[.,:]\d+)*%?(?:[-–]?[^\W\d_]+)*|[^\W_]+(?:[-'’&.@/][^\W_]+)*['’]?|…|\.\.\.+|[@#]\w+|[^\w\s]|_+"
)
_MONTHS = word_set("calendar", "months_short", "months_other") - {"may"}  # "in May. The" ends a sentence
_ABBREVIATIONS = word_set("attribution_phrases", "abbreviations") | _MONTHS
_STARTERS = word_set("attribution_phrases", "sentence_starters")
_ENDS = frozenset(".?!…")
_STOPS = frozenset(",.?!—-…")
Range = tuple[int, int]  # places of pieces, half-open
QUOTE = "“”"  # the `low` of a quotation's token


class Piece(NamedTuple):
    """Hold one token: a word, a mark or a whole quotation; `low` is its lower-case form with straight apostrophes."""

    start: int
    end: int
    low: str
    capital: bool
    quotation: Quotation | None = None
    stopped: bool = False  # a quotation that ends with a mark of its own, as a reported one does


class Unit(NamedTuple):
    """Hold one sentence; `paragraph` counts lines of the text."""

    pieces: tuple[Piece, ...]
    paragraph: int
    opens_paragraph: bool


def span_of(pieces: Sequence[Piece], start: int, end: int) -> Span:
    """Return where a range of pieces stands in the text."""
    return Span(pieces[start].start, pieces[end - 1].end)


def low_at(pieces: Sequence[Piece], at: int) -> str:
    """Return the form at a place; empty before the first piece and past the last."""
    return pieces[at].low if 0 <= at < len(pieces) else ""


def first_of(pieces: Sequence[Piece], lows: Container[str], start: int, end: int) -> int | None:
    """Return the first place in a range whose form is one of `lows`, or None."""
    return next((k for k in range(start, end) if pieces[k].low in lows), None)


def last_of(pieces: Sequence[Piece], lows: Container[str], start: int, end: int) -> int | None:
    """Return the last place in a range whose form is one of `lows`, or None."""
    return next((k for k in range(end - 1, start - 1, -1) if pieces[k].low in lows), None)


def cut_back(pieces: Sequence[Piece], start: int, end: int, lows: Container[str]) -> int:
    """Return the end of a range without the forms of `lows` that close it."""
    while end > start and pieces[end - 1].low in lows:
        end -= 1
    return end


LONGEST = 400  # tokens; prose has no longer sentence, and rules look from every token of one at every other


def scan(text: str, quotations: Sequence[Quotation]) -> tuple[Unit, ...]:
    """Return the units of `text` in order; together they hold every token.

    >>> text = "“It is late. Go home,” he said. Nobody went."
    >>> from comparer.language.quotations import find_quotations
    >>> [len(u.pieces) for u in scan(text, find_quotations(text))]
    [4, 3]
    """
    units: list[Unit] = []
    current: list[Piece] = []
    paragraph, opens = 0, True
    pieces = [*_pieces(text, quotations), Piece(len(text), len(text), "\n", capital=False)]
    for index, piece in enumerate(pieces):
        breaks = piece.low == "\n"
        if not breaks:
            current.append(piece)
        if current and (breaks or len(current) >= LONGEST or _ends(text, pieces, index)):
            units.append(Unit(tuple(current), paragraph, opens))
            current, opens = [], False
        if breaks:
            paragraph, opens = paragraph + 1, True
    return tuple(units)


def _pieces(text: str, quotations: Sequence[Quotation]) -> Iterator[Piece]:
    position = 0
    for quotation in quotations:
        if quotation.span.start < position:
            continue
        yield from _words(text, position, quotation.span.start)
        span = quotation.span
        inner = quotation.content.of(text)
        stopped = inner.rstrip()[-1:] in _STOPS
        yield Piece(span.start, span.end, QUOTE, inner[:1].isupper(), quotation, stopped=stopped)
        position = span.end
    yield from _words(text, position, len(text))


def _words(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _TOKEN.finditer(text, start, end):
        yield Piece(*match.span(), *_form(match.group()))


@lru_cache(maxsize=65536)
def _form(word: str) -> tuple[str, bool]:
    """Return a token's `low`, and whether it is a word that opens with a capital."""
    if not word[0].isalnum():
        return word.lower(), False
    return word.lower().replace("’", "'"), word[0].isupper()


def _ends(text: str, pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether a sentence ends with the piece at `index`, which is not the last."""
    piece, following = pieces[index], pieces[index + 1]
    opens = following.capital or following.quotation is not None
    if following.low == "\n":
        return False
    if piece.quotation is not None:
        return _quotation_ends(piece.quotation.content.of(text), pieces, index + 1)
    if piece.low in _ENDS or piece.low.startswith(".."):
        goes_on = following.low in _ENDS or following.low in {")", "]"}
        shortened = piece.low == "." and index and _abbreviated(pieces[index - 1], following)
        return not (goes_on or shortened) and (opens or not following.low[:1].isalpha())
    if piece.low == ")":
        return index > 0 and pieces[index - 1].low in _ENDS and opens
    return piece.low.endswith(".") and following.capital and following.low in _STARTERS


def _abbreviated(before: Piece, following: Piece) -> bool:
    if before.low in _ABBREVIATIONS and before.capital:
        return following.low not in _STARTERS
    return len(before.low) == 1 and before.capital and before.low.isalpha() and before.low != "i"


def _quotation_ends(content: str, pieces: Sequence[Piece], following: int) -> bool:
    """Tell whether a quotation that ends like a sentence ends one: “Why?” Smith asked. goes on."""
    if content.rstrip()[-1:] not in _ENDS:
        return False
    piece = pieces[following]
    starts = piece.capital and piece.low[:1].isalpha() and not _frame_follows(pieces, following)
    return starts or piece.quotation is not None


_FRAME_VERBS = word_set("attribution_cues", "after_quotations")
_AFTER_FRAME_VERBS = frozenset({".", ",", "\n", QUOTE, "of", "in", "on", "at", "during", "after", "when"})


def _frame_follows(pieces: Sequence[Piece], start: int) -> bool:
    for at in range(start, min(start + 6, len(pieces))):
        if pieces[at].low in _FRAME_VERBS:
            return pieces[at + 1].low in _AFTER_FRAME_VERBS
        if pieces[at].low in {".", "\n", ",", ";", QUOTE}:
            return False
    return False
