"""Find what one text names and another only describes: "a trawler, the Morning Tide" against "a trawler" (S104).

In: the event. Out: findings about rows. A name counts where its noun stands beside it, where another telling of the
row prints that noun, and where no word of the name stands anywhere in that text. Who speaks is left to family A. Fails
where the describing noun is another one ("a ship"), and says nothing of names without a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from comparer.comparison.view import EventView
from comparer.language.words import STOP_WORDS, normal_form, stem, words
from comparer.model import Finding, Passage, Rate, Row, Side, Span

BEFORE = re.compile(
    r"\b(?:an?|the|one|its|their|his|her)\s+(?:[\w’'-]+\s+){0,3}?([a-z][\w’'-]+)"
    r"(?:,\s+(?:the\s+)?|\s+(?:called|named|known as|dubbed)\s+(?:the\s+)?)$"
)
"""What stands before a name that names the noun before it: "a Guyanese trawler, the ", "a ship called "."""

AFTER = re.compile(
    r",\s+(?:an?|the)\s+((?:[\w’'-]+\s+){0,3}?[a-z][\w’'-]+)(?=[,.;]|\s+(?:that|which|who|in|of|at|on|from|for|with|based)\b)"
)
"""What stands behind a name: ", a contractor that looks after the software"."""

CLOSED = re.compile(r"\s*(?:[,.;)]|$)")
PLACED = re.compile(r"\b(?:in|at|near|from|outside|around)\s+$")
"""Before a name: it is where something is, and what follows it is something else ("in Kabul, a diplomat")."""

SURE = 0.7  # confidence of a row before what two tellings call one thing is compared
LEAST_NOUN = 3  # letters: "tug" and "bus" are nouns, shorter words seldom


def find_named(event: EventView) -> tuple[Finding, ...]:
    """Return one finding for each thing that some tellings of a row name and others only describe."""
    found: dict[frozenset[str], Finding] = {}
    for row in event.shared_rows:
        if row.confidence < SURE:
            continue
        for article in row.told_by:
            for name, noun in _named(event, row, article):
                key = _parts(event.text(article, name))
                bare = [p for k in row.told_by if k != article for p in _described(event, row, k, noun, key)]
                if bare and not any(key & other for other in found):
                    named = [k for k in row.told_by if key <= _printed(event, k)]
                    found[key] = _finding(event, row, event.passage(article, name), bare, named=len(named))
    return tuple(found.values())


def _named(event: EventView, row: Row, article: int) -> Iterator[tuple[Span, str]]:
    """Yield the names in a cell beside which a noun says what they name, sources apart, with the noun's stem."""
    analysed = event.analysed[article]
    text = analysed.article.text
    mentions = [m for source in analysed.sources for m in source.mentions]
    for claim in event.claim_spans(row, article):
        for name in (n.span for n in analysed.names if claim.covers(n.span)):
            if any(m.overlaps(name) for m in mentions) or event.in_title(article, name):
                continue
            before = BEFORE.search(text, claim.start, name.start)
            after = AFTER.match(text, name.end, claim.end)
            if before and CLOSED.match(text, name.end, claim.end):
                yield name, stem(normal_form(before[1]))
            elif after and not PLACED.search(text, claim.start, name.start):
                yield name, stem(normal_form(after[1].split()[-1]))


def _described(event: EventView, row: Row, article: int, noun: str, name: frozenset[str]) -> list[Passage]:
    """Return where a cell prints the noun, if its text prints no word of the name; none for a mere function word."""
    if len(noun) < LEAST_NOUN or noun in STOP_WORDS:
        return []
    if name & _printed(event, article):
        return []
    text = event.analysed[article].article.text
    spans = [t.span for c in event.claim_spans(row, article) for t in words(text, c) if stem(t.form) == noun]
    return [event.passage(article, span) for span in spans[:1] if not event.in_title(article, span)]


def _printed(event: EventView, article: int) -> frozenset[str]:
    """Return the words an article prints anywhere."""
    return frozenset().union(*(_parts(event.text(article, s.span)) for s in event.analysed[article].sentences))


def _parts(printed: str) -> frozenset[str]:
    return frozenset(t.form.removesuffix("'s") for t in words(printed) if t.form not in STOP_WORDS)


def _finding(event: EventView, row: Row, name: Passage, bare: Iterable[Passage], *, named: int) -> Finding:
    described = tuple(bare)
    printed = " ".join(event.text(event.index_of(name), name.span).split())
    noun = event.text(event.index_of(described[0]), described[0].span).casefold()
    names = "One telling names" if named == 1 else f"{named} tellings name"
    rest = "one only says" if len(described) == 1 else f"{len(described)} only say"
    return Finding(
        code="S104",
        row=row.id,
        sides=(Side(printed, (name,)), Side(f"“{noun}”, not named in the saved text", described)),
        magnitude=Rate(named, named + len(described), "tellings that mention it print its name"),
        message=f"{names} what another describes: “{printed}”; {rest} “{noun}”.",
        confidence=0.6,
    )
