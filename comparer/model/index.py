"""Name the records of a run of many events, each of which is a comparison of its own."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model.alignment import NearestOutside
from comparer.model.config import Config
from comparer.model.finding import AppliedReview
from comparer.model.text import ArticleId


@dataclass(frozen=True, slots=True)
class IndexedEvent:
    """Name one event of many and the file that holds it, whose record has that `digest`.

    `articles` and `nearest` are indices of the index's articles.
    """

    id: str
    title: str
    file: str
    digest: str
    articles: tuple[int, ...]
    nearest: NearestOutside | None


@dataclass(frozen=True, slots=True)
class ComparisonIndex:
    """Hold what is said of a whole run where each of its many events has a record of its own.

    A record of an event is a Comparison of that event alone. `articles` are in order of day, outlet and id; `reviews`
    hold what met nothing in any event, the changes stand in the events.
    """

    version: str
    config: Config
    resources: tuple[tuple[str, str], ...]
    articles: tuple[ArticleId, ...]
    events: tuple[IndexedEvent, ...]
    reviews: tuple[AppliedReview, ...] = ()
