"""Everything a finder may look at: the articles of one event, their rows, shared text, relations and sourcing.

In: what alignment made of the analysed articles. Out: one frozen value that every finder is handed, with the look-ups
they share, and the sides that printed values make. The view judges nothing and holds no text of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from comparer.language.doc import Doc
from comparer.language.words import stem
from comparer.model import (
    Alignment,
    AnalysedArticle,
    Article,
    CellRelation,
    Claim,
    Config,
    Passage,
    Places,
    Relation,
    Reuse,
    Row,
    RowId,
    Side,
    Sourcing,
    Span,
)

Value = TypeVar("Value")


@dataclass(frozen=True)
class EventView:
    """Hold one event for the finders. Indices of articles are those of `analysed`, which is the order of the cells."""

    analysed: tuple[AnalysedArticle, ...]
    docs: tuple[Doc, ...]
    alignment: Alignment
    reuse: Reuse
    relations: tuple[CellRelation, ...] = ()
    sourcing: tuple[Sourcing, ...] = ()
    config: Config = field(default_factory=Config)
    copies: Mapping[int, Sequence[Article]] = field(default_factory=dict)  # that are not laid out, by one that is
    _answers: dict[Any, Any] = field(default_factory=dict, init=False, compare=False)
    _printed: dict[Any, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict), init=False, compare=False)

    def once(self, ask: Callable[[EventView], Value]) -> Value:
        """Return the answer to a question about the event, asked for the first time or kept from then."""
        if ask not in self._answers:
            self._answers[ask] = ask(self)
        found: Value = self._answers[ask]
        return found

    def text(self, article: int, span: Span) -> str:
        """Return the printed characters of a span of the article with this index."""
        return span.of(self.analysed[article].article.text)

    def passage(self, article: int, span: Span) -> Passage:
        """Return the span as evidence that names its article."""
        return Passage(self.analysed[article].article.id, span)

    def claims(self, row: Row, article: int) -> tuple[Claim, ...]:
        """Return the claims one article puts in a row, each once, in page order; none where its cell is empty."""
        return row.cells[article].told

    def claim_spans(self, row: Row, article: int) -> tuple[Span, ...]:
        """Return the spans of the claims one article puts in a row."""
        return tuple(claim.passage.span for claim in self.claims(row, article))

    def printed(self, row: Row, article: int, ask: Callable[[EventView, int, Span], Sequence[Value]]) -> list[Value]:
        """Return what the claims of a cell print, as `ask` finds it in each, in page order.

        A claim is asked once, whatever rows it stands in: a line of a list stands in hundreds.
        """
        known, found = self._printed[ask], list[Value]()
        for claim in self.claims(row, article):
            if claim.id not in known:
                known[claim.id] = ask(self, article, claim.passage.span)
            found += known[claim.id]
        return found

    def pairs(
        self, row: Row, ask: Callable[[int, int], Value], *, among: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, Value]]:
        """Yield each two articles that tell a row, or those `among` them, with the answer to a question about them.

        Copies share a doc. What is asked of the words of two cells is asked once for all copies of the two, of the
        first article of each: the question must not look at what copies do not share, and both may be one article.
        """
        told = row.told_by if among is None else tuple(among)
        first: dict[tuple[int, tuple[Span, ...]], int] = {}
        copied = len({id(self.docs[k]) for k in told}) < len(told)
        of = {k: first.setdefault((id(self.docs[k]), self.claim_spans(row, k)), k) if copied else k for k in told}
        answers: dict[tuple[int, int], Value] = {}
        for left, right in combinations(told, 2):
            pair = of[left], of[right]
            if pair not in answers:
                answers[pair] = ask(*pair)
            yield left, right, answers[pair]

    def counted(self, articles: Iterable[int]) -> int:
        """Count articles with their copies that are not laid out."""
        return sum(1 + len(self.copies.get(k, ())) for k in articles)

    def index_of(self, passage: Passage) -> int:
        """Return the index of the article a passage stands in; raise KeyError where it is not of this event."""
        return self._index[passage.article]

    @cached_property
    def shared_rows(self) -> tuple[Row, ...]:
        """Return the rows that two or more articles tell, in the alignment's order."""
        return tuple(row for row in self.alignment.rows if len(row.told_by) > 1)

    @cached_property
    def told_at(self) -> tuple[Places[tuple[int, Span]], ...]:
        """Return by article the claims of shared rows by their places, each with its row's number among these."""
        claims = (
            [(n, span) for n, row in enumerate(self.shared_rows) for span in self.claim_spans(row, k)]
            for k in range(len(self.analysed))
        )
        return tuple(Places(own, where=itemgetter(1)) for own in claims)

    def shared_row(self, groups: Iterable[Iterable[tuple[int, Span]]]) -> RowId | None:
        """Return the shared row that most of these groups of places touch, the first of equals; None under two."""
        held = Counter[int]()
        for places in groups:
            held.update({n for article, span in places for n, _ in self.told_at[article].touching(span)})
        best = min(held, key=lambda n: (-held[n], n), default=None)
        return self.shared_rows[best].id if best is not None and held[best] > 1 else None

    def origins_of(self, articles: Sequence[int], *, loose: bool = False) -> int:
        """Return how many origins stand behind these articles; one that is in none counts for itself."""
        origins = self.reuse.loose_origins if loose else self.reuse.origins
        held = {k: number for number, origin in enumerate(origins) for k in origin}
        return len({held.get(k, -1 - k) for k in articles})

    def quoted_share(self, article: int, span: Span) -> float:
        """Return the part (0..1) of a span's characters that stands inside quotation marks."""
        inside = sum(q.content.shared(span) for q in self.analysed[article].quotations_at.touching(span))
        return min(1.0, inside / len(span)) if len(span) else 0.0

    def title_span(self, article: int) -> Span | None:
        """Return where the article's headline stands in its text, or None."""
        return self.docs[article].title

    def in_title(self, article: int, span: Span) -> bool:
        """Tell whether a span touches the article's headline."""
        title = self.title_span(article)
        return title is not None and title.overlaps(span)

    @cached_property
    def headline_stems(self) -> frozenset[str]:
        """Return the stems of all words of the headlines."""
        titles = ((doc, doc.title) for doc in self.docs if doc.title is not None)
        return frozenset(stem(token.form) for doc, title in titles for token in doc.words(title))

    def sentences_with(self, article: int) -> Mapping[str, Sequence[int]]:
        """Return for each content stem of an article the numbers of its sentences that hold it, headlines' left out."""
        return self._sentences_with[id(self.docs[article])]

    @cached_property
    def _sentences_with(self) -> dict[int, dict[str, list[int]]]:
        found: dict[int, dict[str, list[int]]] = {}
        for doc in {id(doc): doc for doc in self.docs}.values():
            held = found[id(doc)] = {}
            for k, sentence in enumerate(doc.sentences):
                for form in doc.stems(sentence.span) - self.headline_stems:
                    held.setdefault(form, []).append(k)
        return found

    def sourced(self, row: RowId, article: int) -> Sourcing | None:
        """Return who is cited for a row in one article, or None where its cell is empty."""
        return self._sourcing_at.get((row, article))

    @cached_property
    def relation_at(self) -> Mapping[tuple[RowId, int, int], Relation]:
        """Return how the cells of two articles stand to each other, by row and both articles, lesser index first."""
        return {(r.row, r.left, r.right): r.relation for r in self.relations}

    @cached_property
    def _sourcing_at(self) -> dict[tuple[RowId, int], Sourcing]:
        return {(s.row, s.article): s for s in self.sourcing}

    @cached_property
    def _index(self) -> dict[str, int]:
        return {analysed.article.id: k for k, analysed in enumerate(self.analysed)}


class Printed(NamedTuple, Generic[Value]):
    """Hold one value as one article (index) prints it, with the claim it stands in."""

    article: int
    claim: Span
    span: Span
    value: Value

    def at(self, article: int) -> Printed[Value]:
        """Return the value as a copy of the article prints it."""
        return self if article == self.article else Printed(article, self.claim, self.span, self.value)


def gather(
    printed: Sequence[Printed[Value]], agree: Callable[[Value, Value], bool]
) -> tuple[tuple[Printed[Value], ...], ...]:
    """Return the values in sides: each joins the first side with all of whose members it agrees."""
    sides: list[list[Printed[Value]]] = []
    for item in sorted(printed, key=lambda p: (p.article, p.span)):
        home = next((side for side in sides if all(agree(item.value, other.value) for other in side)), None)
        if home is None:
            sides.append([item])
        else:
            home.append(item)
    return tuple(tuple(side) for side in sides)


def side_of(
    items: Sequence[Printed[Value]], *, text: Callable[[int, Span], str], passage: Callable[[int, Span], Passage]
) -> Side:
    """Return the side that these values make: how the first is printed, and where all of them stand."""
    return Side(
        value=" ".join(text(items[0].article, items[0].span).split()),
        passages=tuple(passage(item.article, item.span) for item in items),
    )
