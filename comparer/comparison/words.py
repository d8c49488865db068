"""Read the words of claims in the forms in which they are compared.

In: a text and a span of it, or a cell. Out: content stems, without numbers and common words, of what stands near a fact
or day, so that two figures are compared only where they are about one thing; and printed words in a form in which
typography, spelling variants, transliteration and contractions are equal. Nothing is judged here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from comparer.comparison.view import EventView
from comparer.encoder import read_words as states_of
from comparer.language.doc import Doc
from comparer.language.words import STOP_WORDS, common_headings, comparable, normal_form, stem
from comparer.model import Row, Span
from comparer.resources.loader import word_list, word_set

WINDOW = 45  # characters on either side of a number: about seven words
CLAUSE = 70  # the same for a day, which stands further from what happened on it
COMMON = word_set("comparison_words", "common") | word_set("calendar", "weekdays", "months")
PREFIX = 6  # letters that two words of one root share: "prosecutors", "prosecution"


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


def word_states(doc: Doc, claim: Span) -> list[list[float]]:
    """Return what the reader holds of each word of a claim; only the first 64 word pieces are read."""
    places = [Span(word.span.start - claim.start, word.span.end - claim.start) for word in doc.words(claim)]
    found: list[list[float]] = states_of(claim.of(doc.text), places).tolist()
    return found


def stems(doc: Doc, span: Span) -> frozenset[str]:
    """Return the content stems of a span; figures, periods and common reporting words do not count.

    >>> line = "Four fishermen were wounded on Monday"
    >>> sorted(stems(Doc(line, ()), Span(0, len(line))))
    ['fishermen', 'wound']
    """
    return doc.once(_stems, span)


def _stems(doc: Doc, span: Span) -> frozenset[str]:
    found = (t for t in doc.words(span) if t.form not in STOP_WORDS and t.form not in COMMON)
    return frozenset(s for t in found if not t.form[0].isdigit() and len(s := stem(t.form)) > 2 and s not in COMMON)


def around(text: str, claim: Span, fact: Span, *, reach: int = WINDOW) -> Span:
    """Return the stretch of a claim that stands near a fact, cut at whole words."""
    start, end = max(claim.start, fact.start - reach), min(claim.end, fact.end + reach)
    while start > claim.start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < claim.end and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def near(doc: Doc, claim: Span, fact: Span) -> frozenset[str]:
    """Return the content stems near a fact, the fact's own words left out."""
    window = around(doc.text, claim, fact)
    return stems(doc, Span(window.start, fact.start)) | stems(doc, Span(fact.end, max(fact.end, window.end)))


def happening(doc: Doc, claim: Span, fact: Span) -> frozenset[str]:
    """Return the stems near a day that say what happened: names are left out, for all claims of an event share them."""
    window = around(doc.text, claim, fact, reach=CLAUSE)
    first = next((t.span for t in doc.words(claim)), None)
    capital = {stem(t.form) for t in doc.words(window) if doc.text[t.span.start].isupper() and t.span != first}
    parts = (Span(window.start, fact.start), Span(fact.end, max(fact.end, window.end)))
    return frozenset(s for part in parts for s in stems(doc, part)) - capital


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


@cache
def any_of(group: str, *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Return the pattern that finds any of the listed phrases of this group as whole words."""
    return re.compile(rf"\b(?:{'|'.join(word_list('comparison_phrases', group))})\b", flags)


def content_forms(doc: Doc, span: Span) -> frozenset[str]:
    """Return the stems of a span's comparable words that are no function words."""
    return doc.once(_content, span)


def _content(doc: Doc, span: Span) -> frozenset[str]:
    return frozenset(stem(word.form) for word in read_words(doc.text, span)[0] if not word.bare)


def _forms(doc: Doc, span: Span) -> tuple[str, ...]:
    return tuple(word.form for word in read_words(doc.text, span)[0])


def _claim_forms(event: EventView, article: int, claim: Span) -> tuple[str, ...]:
    return event.docs[article].once(_forms, claim)


def _claim_content(event: EventView, article: int, claim: Span) -> list[frozenset[str]]:
    return [content_forms(event.docs[article], claim)]


def cell_forms(event: EventView, row: Row, article: int) -> tuple[str, ...]:
    """Return the comparable words of one cell, in page order."""
    return tuple(event.printed(row, article, _claim_forms))


def cell_content(event: EventView, row: Row, article: int) -> frozenset[str]:
    """Return the content stems of one cell."""
    return frozenset[str]().union(*event.printed(row, article, _claim_content))


@lru_cache(maxsize=65536)
def _split(word: str) -> tuple[tuple[int, int, str, bool, bool], ...]:
    """Return the words that a printed one stands for: place in it, comparable form, open-ended, with a capital."""
    joined = "'" in word or "’" in word or "ʼ" in word or word.lower() in JOINED
    match = CONTRACTION.match(word) if joined else None
    if match is None:
        return ((0, len(word), comparable(word), False, word[:1].isupper() and word != "I"),)
    head, tail = match.group(1), match.group(2)
    middle, end, form = len(head), len(word), comparable(head)
    part = normal_form(tail)
    if form == "let" and part == "'s":
        return (0, middle, form, False, False), (middle, end, "us", False, False)
    irregular = part in {"n't", "not", "na", "ta"}
    form = IRREGULAR.get(form, form) if irregular else form
    return (0, middle, form, False, False), (middle, end, PARTS[part], part in OPEN_ENDED, False)
