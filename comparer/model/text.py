"""Places in a text: spans, passages and counted shares.

Offsets are half-open and in code points, always into `Article.text`. Nothing here looks at the words themselves.
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Generic, NewType, TypeVar

ArticleId = NewType("ArticleId", str)
RowId = NewType("RowId", str)
T = TypeVar("T")

CUT = "…"  # stands at the end of words that are only the beginning of a passage
QUOTED = 6  # words up to which a redacted output quotes a passage whole
OPENING = 4  # words that it quotes of a longer one
DIGITS = 6  # of every fraction: more would differ between machines


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Mark the characters `start` to `end` (half-open, in code points) of one text.

    >>> headline = "Ferry runs aground off Skerrow"
    >>> Span(0, 5).of(headline)
    'Ferry'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` this span marks."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> int:
        """Count the characters both spans mark."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def moved(self, by: int) -> Span:
        """Return the span shifted by `by` characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Name the article a span stands in, so that evidence can be opened from anywhere."""

    article: ArticleId
    span: Span

    @property
    def place(self) -> str:
        """Return the passage in one word, such as "4f2a:17-42"."""
        return f"{self.article}:{self.span.start}-{self.span.end}"


class Places(Generic[T]):
    """Hold what stands in one text by its place, so that asking what stands somewhere does not look at all of it.

    >>> found = Places([("ferry", Span(4, 9)), ("Skerrow", Span(24, 31))], where=lambda item: item[1])
    >>> [word for word, _ in found.touching(Span(0, 12))]
    ['ferry']
    """

    __slots__ = ("_ends", "_items", "_starts")

    def __init__(self, items: Iterable[T], *, where: Callable[[T], Span]) -> None:
        self._items = sorted(((where(item), k, item) for k, item in enumerate(items)), key=lambda found: found[:2])
        self._starts = [span.start for span, _, _ in self._items]
        self._ends = list(accumulate((span.end for span, _, _ in self._items), max))

    def touching(self, span: Span) -> list[T]:
        """Return what shares a character with a span, in the order in which the items were given."""
        return self._near(span, span.overlaps)

    def inside(self, span: Span) -> list[T]:
        """Return what lies wholly inside a span, in the order in which the items were given."""
        return self._near(span, span.covers)

    def around(self, span: Span) -> list[T]:
        """Return what holds the whole of a span, in the order in which the items were given."""
        return self._near(span, lambda place: place.covers(span))

    def _near(self, span: Span, wanted: Callable[[Span], bool]) -> list[T]:
        """Return what meets a span, walking back from its end to where nothing earlier reaches it any more."""
        found = []
        for at in range(bisect_right(self._starts, span.end) - 1, -1, -1):
            if self._ends[at] < span.start:
                break
            if wanted(self._items[at][0]):
                found.append(self._items[at][1:])
        return [item for _, item in sorted(found, key=itemgetter(0))]


@dataclass(frozen=True, slots=True)
class Rate:
    """Keep a share as its two counts and the unit counted, so that no percentage stands alone.

    >>> Rate(3, 12, "outlets").value
    0.25
    >>> Rate(0, 0, "words").value is None
    True
    """

    count: int
    total: int
    unit: str

    @property
    def value(self) -> float | None:
        """Return the share in 0..1, or None where nothing could be counted."""
        return self.count / self.total if self.total else None


def short_quote(text: str) -> str:
    """Return the words of a passage that a redacted output may print: all of a few, the first of many.

    >>> short_quote("said it would have to be consulted first, the ministry said on Friday")
    'said it would have …'
    """
    parts = text.split()
    return text if len(parts) <= QUOTED else f"{' '.join(parts[:OPENING])} {CUT}"


class Rounded:
    """Round the fractions of a frozen value when it is made, so that what is written and read again is equal to it."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for name, hint in self.__annotations__.items():
            found = getattr(self, name) if hint.startswith("float") else None
            if found is not None:
                object.__setattr__(self, name, _rounded(found))


@lru_cache(maxsize=4096)
def _rounded(value: float) -> float:
    return round(float(value), DIGITS) + 0.0  # never "-0.0"


def stable_id(letter: str, *parts: str) -> str:
    """Return a short name of the parts: equal parts give equal names on every machine and in every version.

    >>> stable_id("f", "Q101", "4f2a:17-42")
    'f38df0c072de7'
    """
    return letter + hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


_FORMULA = tuple("=+-@|;%＝＋－＠｜；％")
_BLANK = "\u2800\u3164\u115f\u1160\uffa0"  # letters and signs that show nothing


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: behind an apostrophe where it begins like one, or unseen.

    >>> harmless("=1+1"), harmless("\u200b=1+1") == "'\u200b=1+1", harmless("140 people")
    ("'=1+1", True, '140 people')
    """
    unseen = text != "" and (unicodedata.category(text[0])[0] in "CMZ" or text[0] in _BLANK)
    return f"'{text}" if unseen or text.startswith(_FORMULA) else text
