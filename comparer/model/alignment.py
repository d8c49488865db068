"""What joins several articles: events, rows of claims, and passages they share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from comparer.model.analysis import Claim
from comparer.model.text import ArticleId, Passage, Rounded, RowId, stable_id


@dataclass(frozen=True, slots=True)
class NearestOutside(Rounded):
    """Name the article (by index) that came closest to joining a group, with its similarity in 0..1.

    `shared` are the printed terms that draw it near, strongest first.
    """

    article: int
    similarity: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group(Rounded):
    """Hold the indices of articles that report one event, in ascending order.

    `confidence` in 0..1 is about the weakest tie that holds the group (1.0 for a lone article means nothing came near);
    `terms` are the terms that decided, strongest first.
    """

    members: tuple[int, ...]
    confidence: float
    terms: tuple[str, ...]
    nearest: NearestOutside | None = None


@dataclass(frozen=True, slots=True)
class EventWishes:
    """Hold what a user wants of the events: exactly these articles, these together, no two of these together."""

    events: tuple[tuple[ArticleId, ...], ...] = ()
    together: tuple[tuple[ArticleId, ...], ...] = ()
    apart: tuple[tuple[ArticleId, ...], ...] = ()


class EmptyReason(StrEnum):
    """Say why a cell is empty."""

    ABSENT = "absent"
    PUBLISHED_BEFORE = "published_before"
    TRUNCATED = "truncated"
    EXTRACTION_DOUBTFUL = "extraction_doubtful"
    NEAR_MISS = "near_miss"


FAINT = 0.2  # probability under which a nearest claim is another one, and gives an empty cell no reason


@dataclass(frozen=True, slots=True)
class NearMiss(Rounded):
    """Show the claim that came nearest to an empty cell, with its probability of being the same."""

    claim: Claim
    score: float

    @property
    def faint(self) -> bool:
        """Tell whether the claim is another one, as far as can be told."""
        return self.score < FAINT


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one article's claims in a row, in page order; never empty.

    `claims` names every place where the page prints them, copies of a headline or a lede included; `told` each once.
    """

    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        if not self.told:
            raise ValueError("a cell holds at least one claim that repeats no other; use EmptyCell")

    @property
    def told(self) -> tuple[Claim, ...]:
        """Return the claims that repeat no other, in page order."""
        return tuple(claim for claim in self.claims if claim.repeats is None)


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """Stand where an article does not print a row's claim, and say why."""

    reason: EmptyReason
    near_miss: NearMiss | None = None
    claims: ClassVar[tuple[Claim, ...]] = ()  # so that a caller may read any cell alike
    told: ClassVar[tuple[Claim, ...]] = ()


@dataclass(frozen=True)
class Row(Rounded):
    """Hold one claim over all articles of the event: a cell per article, in the event's order of articles.

    A row may be told by one article only. `confidence` is the probability of its weakest accepted link (1.0 alone).
    """

    id: RowId
    cells: tuple[Cell | EmptyCell, ...]
    confidence: float = 1.0

    @cached_property
    def told_by(self) -> tuple[int, ...]:
        """Return the indices of the articles that print the claim."""
        return tuple(i for i, cell in enumerate(self.cells) if cell.claims)

    @property
    def key(self) -> str:
        """Return a name that stays while the row holds the same claims, wherever it stands among the rows."""
        return stable_id("r", *sorted(claim.passage.place for cell in self.cells for claim in cell.told))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold the rows of an event; `articles` is the order of the cells."""

    articles: tuple[ArticleId, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Hold a run of words that stands in two articles; `quoted` where it lies wholly inside quotation marks."""

    left: Passage
    right: Passage
    words: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ReuseDirection:
    """Say that `later` holds text of `earlier` (indices), and what tells: "time", "credit" or "containment"."""

    earlier: int
    later: int
    told_by: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """Hold what the articles share word for word.

    `words[i]` counts the words of article i that may count as copied (kept text outside quotations);
    `shared[i][j]` how many of them stand in j too. `origins` are tuples of indices that carry one text, a tuple per
    origin, every article in exactly one; `loose_origins` the same where weaker evidence is let count.
    """

    articles: tuple[ArticleId, ...]
    words: tuple[int, ...]
    shared: tuple[tuple[int, ...], ...]
    origins: tuple[tuple[int, ...], ...]
    loose_origins: tuple[tuple[int, ...], ...]
    passages: tuple[SharedPassage, ...]
    directions: tuple[ReuseDirection, ...] = ()

    def share(self, i: int, j: int) -> float:
        """Return the part (0..1) of article i's words that stand in article j too."""
        return self.shared[i][j] / self.words[i] if self.words[i] else 0.0
