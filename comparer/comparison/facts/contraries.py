"""Find one thing described by contrary words in two articles: "the western hall" and "the eastern hall".

In: the event and one row. Out: pairs of readings. Both articles print one of two listed contraries right before the
same noun, in claims that share words, and neither prints the other's phrase anywhere: then it knows of one only.
Fails where a claim tells of both in other words ("the hall on the other side").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from comparer.comparison.printed import Printed
from comparer.comparison.view import EventView
from comparer.comparison.words import alike, part_shared, stems
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import Row, Span
from comparer.resources.loader import load_lexicon

SAME_CLAIM = 0.3  # part of the shorter claim's content words that both share
SHARED = 2  # words that both claims share, the noun among them

Pair = tuple[Printed[str], Printed[str]]


def contrary_descriptions(event: EventView, row: Row, left: int, right: int) -> Iterator[Pair]:
    """Yield the pairs of phrases by which two articles of the row describe one thing in contrary words."""
    one, other = (event.analysed[k].article.text for k in (left, right))
    for a_claim in event.claim_spans(row, left):
        for b_claim in event.claim_spans(row, right):
            a_stems, b_stems = stems(one, a_claim), stems(other, b_claim)
            if part_shared(a_stems, b_stems) < SAME_CLAIM or len(alike(a_stems, b_stems)) < SHARED:
                continue
            for word, noun, a in _described(one, a_claim):
                for opposed, thing, b in _described(other, b_claim):
                    against = noun == thing and opposed in _contraries().get(word, frozenset())
                    if against and not _prints(one, opposed, noun) and not _prints(other, word, noun):
                        yield Printed(left, a_claim, a, ""), Printed(right, b_claim, b, "")


def _described(text: str, claim: Span) -> list[tuple[str, str, Span]]:
    """Return each listed word of a claim with the stem of the noun it stands before, and where both stand."""
    tokens = words(text, claim)
    found = []
    for token, noun in pairwise(tokens):
        written_small = token.span.of(text).islower() and noun.span.of(text).islower()
        touching = text[token.span.end : noun.span.start].isspace()
        if token.form in _contraries() and written_small and touching and noun.form not in STOP_WORDS:
            found.append((token.form, stem(noun.form), Span(token.span.start, noun.span.end)))
    return found


def _prints(text: str, word: str, noun: str) -> bool:
    return any(w == word and n == noun for w, n, _ in _described(text, Span(0, len(text))))


@cache
def _contraries() -> dict[str, frozenset[str]]:
    """Return for each listed word those that cannot describe the same thing."""
    table: dict[str, frozenset[str]] = {}
    for group in load_lexicon("contraries").groups:
        for entry in group.entries:
            sides = [frozenset(side.split(" / ")) for side in entry.split(" | ")]
            for k, side in enumerate(sides):
                against = frozenset().union(*sides[:k], *sides[k + 1 :])
                table.update({word: table.get(word, frozenset()) | against for word in side})
    return table
