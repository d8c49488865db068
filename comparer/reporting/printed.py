"""Make printed words fit for a page: control characters visible, blanks single, long passages cut, marks laid over.

In: text as decoded. Out: text for a reader. Nothing here changes what a span points to.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from comparer.model import Span
from comparer.model.text import OPENING, QUOTED

CUT = "\u00a0…"  # sign of a cut, kept on the line; printed text on one line never holds a no-break space
SHORT_WORDS = 25  # words of an utterance that a redacted report lays beside its other printings
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u00ad")
_PLAIN_BLANKS = frozenset("\t\n\r")
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
# Words that carry no difference by themselves; a list for English only, so other languages underline a little more.
FUNCTION_WORDS = frozenset(
    "a an the and or but of in on at to for from by with as is are was were be been being it its he she they his her "
    "their this that these those which who whom there has have had do does did not no if than then so into over".split()
)


def visible(text: str) -> str:
    r"""Show control, direction and stray surrogate characters as their code, so that none acts on the page.

    >>> visible("Harbour\u202e board")
    'Harbour[U+202E] board'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"[U+{ord(c):04X}]" if _acts(c) else c for c in text)


def tidy(text: str) -> str:
    r"""Return the text on one line with single blanks.

    >>> tidy("The ferry\n  sailed")
    'The ferry sailed'
    """
    return " ".join(text.split())


def clip_words(text: str, limit: int = SHORT_WORDS) -> str:
    r"""Cut a text after `limit` words and say so by an ellipsis.

    >>> clip_words("The ferry sailed at dawn", 3)
    'The ferry sailed\xa0…'
    """
    words = text.split()
    return text if len(words) <= limit else " ".join(words[:limit]) + CUT


def begun(text: str) -> str:
    r"""Return what a redacted report prints of a passage: all of a few words, the first of many.

    >>> begun("The ferry sailed at dawn with forty people on its deck")
    'The ferry sailed at\xa0…'
    """
    return text if len(text.split()) <= QUOTED else clip_words(text, OPENING)


def clip(text: str, limit: int) -> str:
    r"""Cut a text before it passes `limit` characters, at a blank where there is one near.

    >>> clip("The harbour board met on Friday", 20)
    'The harbour board\xa0…'
    """
    text = tidy(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > limit // 2 else cut).rstrip(" ,;:–-…") + CUT


def window(text: str, start: int, end: int, limit: int) -> str:
    r"""Cut a text to the `limit` characters before `end`, from a blank but never after `start`, and what follows.

    >>> window("The harbour board met the owners on Friday evening", 32, 41, 20)
    '…\xa0the owners on Friday evening'
    """
    first = text.find(" ", max(0, end - limit) - 1, start) + 1 if end > limit else 0
    first = first or (start if end > limit else 0)
    return (CUT[::-1] if first else "") + clip(text[first:], 2 * limit)


def word_places(text: str) -> list[tuple[int, int, str]]:
    """List the words of a text as start, end and a form in which printings of one word agree.

    >>> word_places("Zoë’s boat")
    [(0, 5, "zoe's"), (6, 10, 'boat')]
    """
    return [(m.start(), m.end(), _form(m.group())) for m in _WORD.finditer(text)]


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "outlet"), count(3, "outlet")
    ('1 outlet', '3 outlets')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _form(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def _acts(char: str) -> bool:
    if char in _PLAIN_BLANKS:
        return False
    return char in _BIDI or unicodedata.category(char) in ("Cc", "Cs")


Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Laid(Generic[Mark]):
    """Lay one mark over a span."""

    span: Span
    mark: Mark


@dataclass(frozen=True, slots=True)
class Run(Generic[Mark]):
    """Hold a run of characters under one set of marks, in the order in which they were laid."""

    span: Span
    marks: tuple[Mark, ...]


def sweep(within: Span, laid: Sequence[Laid[Mark]], cuts: Iterable[int] = ()) -> tuple[Run[Mark], ...]:
    """Return the runs that tile `within`; `cuts` are further places at which a run must begin.

    >>> [(r.span.start, r.span.end, r.marks) for r in sweep(Span(0, 9), [Laid(Span(2, 6), "a"), Laid(Span(4, 9), "b")])]
    [(0, 2, ()), (2, 4, ('a',)), (4, 6, ('a', 'b')), (6, 9, ('b',))]
    """
    near = [item for item in laid if item.span.overlaps(within)]
    edges = {within.start, within.end, *(c for c in cuts if within.start < c < within.end)}
    for item in near:
        edges |= {e for e in (item.span.start, item.span.end) if within.start < e < within.end}
    ordered = sorted(edges)
    runs = []
    for start, end in itertools.pairwise(ordered):
        span = Span(start, end)
        runs.append(Run(span, tuple(item.mark for item in near if item.span.covers(span))))
    return tuple(runs)
