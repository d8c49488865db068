"""Read one article once: the value that every later stage asks for what stands where.

In: a text with its blocks and its day, and a user's own word lists. Out: words, sentences, quotations, names and marked
words, each found when it is first asked for and kept; and by span what a stretch prints: words, stems, days,
quantities, commitments. Offsets are those of `Article.text`. A doc knows nothing of other articles and judges nothing;
articles with one text and one day share one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

from comparer.language.certainty import Commitment, commitments
from comparer.language.dates import DateMention, find_dates
from comparer.language.markers import mark
from comparer.language.names import find_names
from comparer.language.quantities import Quantity, find_quantities
from comparer.language.quotations import find_quotations
from comparer.language.sentences import split_sentences, unbroken
from comparer.language.words import STOP_WORDS, Words, stem
from comparer.model import (
    Article,
    Block,
    BlockKind,
    Marker,
    NameMention,
    Places,
    Quotation,
    Readability,
    Sentence,
    Span,
    Token,
    WordGroup,
)
from comparer.model.article import MOST_READ

T = TypeVar("T")
FEWEST_WORDS = 100  # both formulas of readability were fitted on passages of about a hundred words


def _by_span(find: Callable[[Doc, Span], T]) -> Callable[[Doc, Span], T]:
    """Let a method keep what it finds in each span."""

    @wraps(find)
    def kept(doc: Doc, span: Span) -> T:
        return doc.once(find, span)

    return kept


@dataclass(frozen=True, eq=False)
class Doc:
    """Hold one text's reading; `published` is an ISO date, `own` are a user's words for the lists of marked words.

    >>> line = "The ferry struck a sandbank off Skerrow on Monday. Nobody was hurt."
    >>> doc = Doc(line, (Block(Span(0, len(line)), BlockKind.CONTENT, 1.0, "prose"),))
    >>> doc.sentences[1].span.of(line), sorted(doc.stems(doc.sentences[1].span))
    ('Nobody was hurt.', ['hurt', 'nobody'])
    """

    text: str
    blocks: tuple[Block, ...]
    published: str | None = None
    own: tuple[WordGroup, ...] = ()
    _answers: dict[Callable[[Doc, Span], Any], dict[Span, Any]] = field(default_factory=lambda: defaultdict(dict))

    @cached_property
    def whole(self) -> Span:
        """Return the span of the whole text."""
        return Span(0, len(self.text))

    @cached_property
    def cut(self) -> Words:
        """Return the text with its words, as far as a page is read."""
        return Words(self.text[:MOST_READ])

    @cached_property
    def kept(self) -> str:
        """Return the text up to a line break behind what is kept, each dropped character one: offsets stay true."""
        parts: list[str] = []
        position = 0
        for block in sorted((b for b in self.blocks if b.kept), key=lambda b: b.span):
            start, end = max(block.span.start, position), block.span.end
            if start < end:
                parts += ("\n" * (start - position), unbroken(self.text[start:end]))
                position = end
        return "".join((*parts, "\n" * (position < len(self.text))))

    @cached_property
    def title(self) -> Span | None:
        """Return where the headline stands in the text, or None."""
        return next((b.span for b in self.blocks if b.kind is BlockKind.TITLE), None)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of the kept blocks, in page order."""
        return split_sentences(self.text, self.blocks)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Return the outermost quotations of the kept text, in page order."""
        return find_quotations(self.kept)

    @cached_property
    def names(self) -> tuple[NameMention, ...]:
        """Return the names printed in the sentences, in text order."""
        return find_names(self.cut, [s.span for s in self.sentences])

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """Return the marked words of the sentences, in text order, each with the voice it is in."""
        return mark(self.cut, [s.span for s in self.sentences], self.quotations, own=self.own)

    @cached_property
    def readability(self) -> Readability:
        """Return counts and, from a hundred words on, two school-grade indices of the sentences.

        Only measures that count letters are used (ARI: Senter and Smith 1967; Coleman and Liau 1975): those that count
        syllables load a pronunciation dictionary that costs more than the whole comparison. Both were made for English.
        """
        count = sum(len(self.words(s.span)) for s in self.sentences)
        if count < FEWEST_WORDS:
            return Readability(count, len(self.sentences), None, None)
        import textstat

        kept = " ".join(s.span.of(self.text) for s in self.sentences)
        ari, coleman = textstat.automated_readability_index(kept), textstat.coleman_liau_index(kept)
        return Readability(count, len(self.sentences), round(float(ari), 1), round(float(coleman), 1))

    @cached_property
    def names_at(self) -> Places[NameMention]:
        """Return the names by their places."""
        return Places(self.names, where=lambda name: name.span)

    def words(self, span: Span) -> tuple[Token, ...]:
        """Return the words inside a span, in order."""
        return self.cut.words(span)

    def once(self, ask: Callable[[Doc, Span], T], span: Span) -> T:
        """Return the answer to a question about a span, asked for the first time or kept from then.

        The question is a function of the module that asks: what only later stages want to know is theirs to find.
        """
        answers = self._answers[ask]
        try:
            found: T = answers[span]
        except KeyError:
            found = answers[span] = ask(self, span)
        return found

    @_by_span
    def stems(self, span: Span) -> frozenset[str]:
        """Return the stems of a span's words, function words left out."""
        return frozenset(stem(t.form) for t in self.words(span) if t.form not in STOP_WORDS)

    def stems_of(self, spans: Iterable[Span]) -> frozenset[str]:
        """Return the stems of several spans' words, function words left out."""
        return frozenset[str]().union(*(self.stems(span) for span in spans))

    @_by_span
    def dates(self, span: Span) -> tuple[DateMention, ...]:
        """Return the dates printed in a span, told from the day of publication where there is one."""
        return find_dates(self.text, span, self.published)

    @_by_span
    def quantities(self, span: Span) -> tuple[Quantity, ...]:
        """Return what a span counts or measures."""
        return find_quantities(self.text, span)

    @_by_span
    def commitments(self, span: Span) -> tuple[Commitment, ...]:
        """Return the graded acts of a span."""
        return commitments(self.cut, span, heading=span == self.title)


def read_docs(articles: Iterable[Article], *, own: tuple[WordGroup, ...] = ()) -> tuple[Doc, ...]:
    """Return the reading of each article, in order; articles with one text, cut and dated alike, share one."""
    known: dict[tuple[str, tuple[Block, ...], str | None], Doc] = {}
    return tuple(
        known.setdefault((a.text, a.blocks, a.published), Doc(a.text, a.blocks, a.published, own)) for a in articles
    )
