"""Read the words of claims in the forms in which they are compared.

In: a text and a span of it, or a cell. Out: content stems, without numbers and common words, of what stands near a fact
or day, so that two figures are compared only where they are about one thing; what the reader holds of values and of
the words beside them; and printed words in a form in which typography, spelling variants, transliteration and
contractions are equal. Nothing is judged here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.comparison.view import EventView, Printed
from comparer.encoder import read_words as states_of
from comparer.language.doc import Doc
from comparer.language.words import STOP_WORDS, common_headings, comparable, normal_form, stem
from comparer.model import Row, Span
from comparer.resources.loader import word_set

WINDOW = 45  # characters on either side of a number: about seven words
COMMON = word_set("comparison_words", "common") | word_set("calendar", "weekdays", "months")
PREFIX = 6  # letters that two words of one root share: "prosecutors", "prosecution"
BESIDE = 3  # words before or after a value that make its surroundings
SUREST = 0.98  # no row counts as surer
States = NDArray[np.float64]

UNIT = re.compile(
    r"(?P<dots>\.{3,}|…|\.(?:\s\.){2,})"
    r"|(?P<bracket>[\[\]()])"
    r"|(?P<word>per\s+cent\b|%"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[$£€&](?=\S|\s\w)|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])|\d+"
    r"|[^\W\d_]+(?:-{2,}[^\W\d_]*|\*+[^\W\d_]*)+"  # a masked word: f-----g
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*)"
)
CONTRACTION = re.compile(
    r"(?i)^(.+?(?=n['’ʼ]t$|['’ʼ](?:re|ll|ve|m|d)$)"
    r"|(?:let|it|he|she|that|there|here|what|who|how|where)(?=['’ʼ]s$)"
    r"|can(?=not$)|(?:gon|wan)(?=na$)|got(?=ta$))(.+)$"
)
PARTS = {
    "n't": "not", "not": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "'s": "is", "'d": "would",
    "na": "to", "ta": "to",
}  # fmt: skip
JOINED = frozenset({"cannot", "gonna", "wanna", "gotta"})  # contractions that are printed without an apostrophe
IRREGULAR = {"wo": "will", "ca": "can", "sha": "shall", "gon": "going", "wan": "want"}
OPEN_ENDED = frozenset({"'s", "'d"})  # "it's" is "it is" or "it has", "he'd" is "he would" or "he had"


class Word(NamedTuple):
    """Hold one printed word: its span, its comparable form, and whether brackets stand round it.

    `open_ended` marks the end of a contraction that stands for one of two words ("it's", "he'd"), `capital` a word that
    is printed with one.
    """

    span: Span
    form: str
    bracketed: bool = False
    open_ended: bool = False
    capital: bool = False

    @property
    def bare(self) -> bool:
        """Tell whether the word is a function word, which alone carries little."""
        return self.form in STOP_WORDS


def weight(words: Iterable[Word]) -> int:
    """Count the words that are no function words."""
    return sum(not word.bare for word in words)


def around(text: str, claim: Span, fact: Span, *, reach: int = WINDOW) -> Span:
    """Return the stretch of a claim that stands near a fact, cut at whole words."""
    start, end = max(claim.start, fact.start - reach), min(claim.end, fact.end + reach)
    while start > claim.start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < claim.end and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def near(doc: Doc, claim: Span, fact: Span, *, reach: int = WINDOW) -> frozenset[str]:
    """Return the content stems near a fact, its own words left out; figures, periods and common words do not count.

    >>> line = "Four fishermen were wounded on Monday"
    >>> sorted(near(Doc(line, ()), Span(0, len(line)), Span(0, 4)))
    ['fishermen', 'wound']
    """
    window = around(doc.text, claim, fact, reach=reach)
    before, behind = Span(window.start, fact.start), Span(fact.end, max(fact.end, window.end))
    return doc.once(_stems, before) | doc.once(_stems, behind)


def _stems(doc: Doc, span: Span) -> frozenset[str]:
    found = (t for t in doc.words(span) if t.form not in STOP_WORDS and t.form not in COMMON)
    return frozenset(s for t in found if not t.form[0].isdigit() and len(s := stem(t.form)) > 2 and s not in COMMON)


def alike(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Return what two sets of stems share, words of one meaning or one root counted as one word.

    >>> sorted(alike(frozenset({"prosecutor", "employ"}), frozenset({"prosecution", "worker"})))
    ['=worker', 'prosec']
    """
    return _roots(left) & _roots(right)


@lru_cache(maxsize=4096)
def _roots(found: frozenset[str]) -> frozenset[str]:
    heading = common_headings()
    return frozenset(heading.get(s, s[:PREFIX]) for s in found)


def part_shared(left: frozenset[str], right: frozenset[str]) -> float:
    """Return which part (0..1) of the smaller set stands in the other too, in these or in kindred words."""
    smaller = min(len(_roots(left)), len(_roots(right)))
    return len(alike(left, right)) / smaller if smaller else 0.0


def word_states(doc: Doc, claim: Span) -> States:
    """Return what the reader holds of each word of a claim; only the first 64 word pieces are read."""
    places = [Span(word.span.start - claim.start, word.span.end - claim.start) for word in doc.words(claim)]
    return states_of(claim.of(doc.text), places).astype(float)


def common_features(event: EventView, row: Row, a: Printed[Any], b: Printed[Any]) -> dict[str, float]:
    """Return what is measured of any two values of a row: how sure the row is, how alike the reader holds them.

    What the reader holds is left out where it may not run.
    """
    sure = min(SUREST, row.confidence)
    found = {"row": math.log(sure / (1 - sure))}
    if not event.config.fast:
        one, other = (_surroundings(event.docs[item.article], item.claim, item.span) for item in (a, b))
        found |= {f"read_{name}": _cosine(one[name], other[name]) for name in one}
    return found


def _surroundings(doc: Doc, claim: Span, value: Span) -> dict[str, States]:
    """Return what the reader holds of a value, of its last word, and of the words before and after it."""
    words, states = doc.words(claim), doc.once(word_states, claim)
    own = [k for k, word in enumerate(words) if word.span.overlaps(value)] or [0]
    before, after = range(max(0, own[0] - BESIDE), own[0]), range(own[-1] + 1, min(len(words), own[-1] + 1 + BESIDE))
    parts = {"value": own, "last": own[-1:], "before": before or own, "after": after or own}
    return {name: states[list(part)].mean(axis=0) for name, part in parts.items()}


def _cosine(one: States, other: States) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


@lru_cache(maxsize=16384)
def read_words(text: str, span: Span) -> tuple[tuple[Word, ...], tuple[tuple[int, Span], ...]]:
    """Return the words of a span and its ellipses, each with the number of words before it.

    >>> words, dots = read_words("We won't … organise [it]", Span(0, 24))
    >>> [w.form for w in words], dots[0][0], words[-1].bracketed
    (['we', 'will', 'not', 'organize', 'it'], 3, True)
    """
    words: list[Word] = []
    dots: list[tuple[int, Span]] = []
    depth = 0
    for match in UNIT.finditer(text, span.start, span.end):
        if match["dots"]:
            dots.append((len(words), Span(*match.span())))
        elif match["bracket"]:
            depth = max(0, depth + (1 if match["bracket"] in "[(" else -1))
        else:
            start = match.start()
            words += [
                Word(Span(start + first, start + last), form, depth > 0, open_ended, capital)
                for first, last, form, open_ended, capital in _split(match.group())
            ]
    return tuple(words), tuple(dots)


@lru_cache(maxsize=65536)
def _split(word: str) -> tuple[tuple[int, int, str, bool, bool], ...]:
    """Return the words that a printed one stands for: place in it, comparable form, open-ended, with a capital."""
    joined = "'" in word or "’" in word or "ʼ" in word or word.lower() in JOINED
    match = CONTRACTION.match(word) if joined else None
    if match is None:
        return ((0, len(word), comparable(word), False, word[:1].isupper() and word != "I"),)
    head, part = comparable(match[1]), normal_form(match[2])
    tail = "us" if (head, part) == ("let", "'s") else PARTS[part]
    if part in {"n't", "not", "na", "ta"}:
        head = IRREGULAR.get(head, head)
    middle = match.end(1)
    return (0, middle, head, False, False), (middle, len(word), tail, part in OPEN_ENDED and tail != "us", False)


def content_forms(doc: Doc, span: Span) -> frozenset[str]:
    """Return the stems of a span's comparable words that are no function words."""
    return frozenset(stem(word.form) for word in read_words(doc.text, span)[0] if not word.bare)


def cell_forms(event: EventView, row: Row, article: int) -> tuple[str, ...]:
    """Return the comparable words of one cell, in page order."""
    return tuple(event.printed(row, article, _claim_forms))


def _claim_forms(event: EventView, article: int, claim: Span) -> list[str]:
    return [word.form for word in read_words(event.docs[article].text, claim)[0]]


def cell_content(event: EventView, row: Row, article: int) -> frozenset[str]:
    """Return the content stems of one cell."""
    return frozenset(event.printed(row, article, _claim_content))


def _claim_content(event: EventView, article: int, claim: Span) -> list[str]:
    return list(content_forms(event.docs[article], claim))
