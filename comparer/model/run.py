"""A whole run: its options, all that it says of its articles and events, and the index of events kept apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from comparer.model.alignment import NearestOutside
from comparer.model.analysis import AnalysedArticle
from comparer.model.comparison import EventComparison
from comparer.model.finding import AppliedReview
from comparer.model.text import ArticleId

FRAMES, REPORT = "comparer.exporting.tables", "comparer.reporting.html"  # asked by notebooks: the types need no stage


@dataclass(frozen=True, slots=True)
class Config:
    """Hold the options of one run.

    `select` and `ignore` are prefixes of finding codes ("Q", "F1"); the longest matching prefix wins, and an empty
    `select` means all. `redact` leaves full texts out of every output and keeps marks and short quotations.
    `lexicon` are words of the user's own, added to the shipped lists. `fast` lays claims side by side by their words
    alone; a comparison made where the reader of pairs cannot run says so too.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    redact: bool = False
    lexicon: tuple[WordGroup, ...] = ()
    fast: bool = False

    def wants(self, code: str) -> bool:
        """Tell whether findings of this code are to be reported.

        >>> Config(select=("Q",), ignore=("Q103",)).wants("Q101")
        True
        >>> Config(ignore=("W",)).wants("W201")
        False
        """
        chosen = max((len(p) for p in self.select if code.startswith(p)), default=-1 if self.select else 0)
        dropped = max((len(p) for p in self.ignore if code.startswith(p)), default=-1)
        return chosen >= 0 and chosen > dropped


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Hold one group of a user's words and the shipped list it goes with, such as "loaded".

    A group named like one of that list's replaces it, and one without entries switches it off. `meta` are the group's
    further keys ("inflect", "alone", "lead", "source", "licence"), in file order.
    """

    list: str
    name: str
    entries: tuple[str, ...]
    meta: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold a whole run: every article analysed and every event compared.

    `resources` names each word list and file of weights with its digest. `articles` are in order of day, outlet and id;
    `EventComparison.nearest` is an index into them. `reviews` say what reviewers' decisions changed, a file each.
    """

    version: str
    config: Config
    resources: tuple[tuple[str, str], ...]
    articles: tuple[AnalysedArticle, ...]
    events: tuple[EventComparison, ...]
    reviews: tuple[AppliedReview, ...] = ()

    def to_pandas(self) -> Any:  # noqa: ANN401 - four frames of a library that need not be there
        """Return the tables `claims`, `findings`, `sources` and `quotations` as data frames of pandas."""
        return import_module(FRAMES).to_pandas(self)

    def to_polars(self) -> Any:  # noqa: ANN401 - as above
        """Return the same tables as data frames of polars."""
        return import_module(FRAMES).to_polars(self)

    def _repr_html_(self) -> str:
        """Return the report in a frame, which a notebook shows for a comparison."""
        return str(import_module(FRAMES).framed(import_module(REPORT).render_html(self)))

    def article(self, wanted: ArticleId) -> AnalysedArticle:
        """Return the analysed article of that id; raise KeyError where there is none."""
        for analysed in self.articles:
            if analysed.article.id == wanted:
                return analysed
        raise KeyError(wanted)

    def alone(self, event: EventComparison) -> Comparison:
        """Return one event with its own articles and what reviews changed in it, as a record that needs no other.

        What came nearest to it and what a review did not meet belong to the whole run, and are left out.
        """
        own, reviews = set(event.articles), []
        for review in self.reviews:
            kept = tuple(c for c in review.changes if (c.event or c.evidence[0].article) in {event.id, *own})
            reviews += [replace(review, changes=kept, not_applied=())] if kept else []
        articles = tuple(a for a in self.articles if a.article.id in own)
        return replace(self, articles=articles, events=(replace(event, nearest=None),), reviews=tuple(reviews))


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
