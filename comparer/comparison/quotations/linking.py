"""Cut the quotations of an event into sentences, and join those that several outlets print of one utterance.

In: the analysed articles. Out: one piece per quoted sentence, with its words and the places of ellipses and brackets;
and groups of pieces, each of two articles or more. Words decide: the same words from an unnamed and a named source are
one utterance whose identity nobody asserts. Only where words are merely alike do two named speakers speak against it.
Fails where a speaker says nearly the same sentence twice and each outlet prints another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from comparer.comparison.view import EventView
from comparer.comparison.words import Word, read_words
from comparer.language.names import name_key
from comparer.language.sentences import sentence_spans
from comparer.language.words import STOP_WORDS
from comparer.model import AnalysedArticle, SourceKind, Span

LONG_RUN = 6  # words in a row that two people seldom say alike by chance
MIN_MATCHED = 4  # words two sentences share at least, unless one is wholly inside the other
MIN_SHARE = 0.6  # of the shorter sentence's words
MIN_WEIGHT = 2  # words that are not function words among those shared
OPENING = 5  # words two sentences open with alike
WHOLE = 0.8  # part of the words of the shorter of two sentences
SPREAD = 2.5  # times the shorter sentence both together, where many short runs are shared
NEARLY_ALL = 0.8  # part of the longer sentence's words; with fewer shared, two named speakers speak against it
MISSPELT = 1  # letters in which two surnames may differ and still be one person's
EVERYWHERE = 400  # quoted sentences of an event that print a word: beyond, it tells none from another
REUSED = 0.3  # part of matched words that may already be matched with another sentence of the same article


class Run(NamedTuple):
    """Hold `size` words that stand in both sequences, from `left` in the first and `right` in the second."""

    left: int
    right: int
    size: int


@dataclass(frozen=True)
class Piece:
    """Hold one quoted sentence. `dots` are ellipses by the number of words that stand before them.

    `quotation` is the index of the quotation in its article, `title` tells whether it stands in the headline; `speaker`
    is the named person cited for it, or "".
    """

    article: int
    quotation: int
    span: Span
    words: tuple[Word, ...]
    dots: tuple[tuple[int, Span], ...]
    title: bool
    speaker: str = ""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Return the comparable forms of the words, in order."""
        return tuple(word.form for word in self.words)


def quoted_pieces(event: EventView) -> tuple[Piece, ...]:
    """Return every quoted sentence of the event, by article and place; quotations without a word give none."""
    pieces: list[Piece] = []
    for article, analysed in enumerate(event.analysed):
        text = analysed.article.text
        for number, quotation in enumerate(analysed.quotations):
            speaker = _speaker(analysed, quotation.content)
            for span in sentence_spans(text, quotation.content):
                words, dots = read_words(text, span)
                if words:
                    pieces.append(Piece(article, number, span, words, dots, event.in_title(article, span), speaker))
    return tuple(pieces)


def runs(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Run, ...]:
    """Return the runs of words two sequences share in the same order, whichever is named first.

    >>> runs(("we", "may", "go"), ("we", "go"))
    (Run(left=0, right=0, size=1), Run(left=2, right=1, size=1))
    """
    if (len(left), left) <= (len(right), right):
        return _runs(left, right)
    return tuple(Run(run.right, run.left, run.size) for run in _runs(right, left))


def link(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Return groups of pieces of two or more articles that print one utterance, each in order of article and place."""
    parent = list(range(len(pieces)))
    used: dict[tuple[int, int], set[int]] = {}
    for a, b, shared in _edges(pieces):
        left = {k for run in shared for k in range(run.left, run.left + run.size)}
        right = {k for run in shared for k in range(run.right, run.right + run.size)}
        taken_left = used.setdefault((a, pieces[b].article), set())
        taken_right = used.setdefault((b, pieces[a].article), set())
        if len(left & taken_left) > REUSED * len(left) or len(right & taken_right) > REUSED * len(right):
            continue
        taken_left |= left
        taken_right |= right
        parent[_root(parent, a)] = _root(parent, b)
    groups: dict[int, list[Piece]] = {}
    for k, piece in enumerate(pieces):
        groups.setdefault(_root(parent, k), []).append(piece)
    return tuple(tuple(g) for g in groups.values() if len({piece.article for piece in g}) > 1)


def same_utterance(left: Piece, right: Piece) -> float:  # noqa: PLR0911 - a ladder of cases, surest first
    """Return how surely (0..1) two quoted sentences are one utterance by their words; 0 where they are not."""
    a, b = left.forms, right.forms
    shorter = min(len(a), len(b))
    shared = runs(a, b)
    matched = sum(run.size for run in shared)
    longest = max((run.size for run in shared), default=0)
    carried = [left.words[k] for run in shared for k in range(run.left, run.left + run.size)]
    weight = sum(not word.bare for word in carried)
    if shorter >= OPENING and weight and a[:shorter] == b[:shorter]:
        return 0.9
    if weight < MIN_WEIGHT:
        return 0.0
    if longest == shorter:
        return 0.95 if _says(carried) else 0.0
    if longest < LONG_RUN and not _says(carried):
        return 0.0
    if matched >= MIN_MATCHED and longest >= 3 and matched >= MIN_SHARE * shorter:
        return 0.5 + 0.45 * matched / shorter
    if weight > MIN_WEIGHT and matched >= WHOLE * shorter and len(b) + len(a) <= SPREAD * shorter:
        return 0.6
    return 0.6 if longest >= LONG_RUN else 0.0


def _says(words: Sequence[Word]) -> bool:
    """Tell whether more is said than names, titles and function words."""
    return any(not word.bare and not word.capital for word in words)


def _edges(pieces: Sequence[Piece]) -> list[tuple[int, int, tuple[Run, ...]]]:
    """Return the pairs that may be linked, surest first; what decides among equals is the words, not the order."""
    holders: dict[str, list[int]] = {}
    for k, piece in enumerate(pieces):
        for form in set(piece.forms).difference(STOP_WORDS):
            holders.setdefault(form, []).append(k)
    rare = (held for held in holders.values() if len(held) <= EVERYWHERE)
    found = []
    for a, b in sorted({pair for held in rare for pair in combinations(held, 2)}):
        left, right = pieces[a], pieces[b]
        sure = same_utterance(left, right) if left.article != right.article else 0.0
        shared = runs(left.forms, right.forms) if sure else ()
        total = sum(run.size for run in shared)
        near = total >= NEARLY_ALL * max(len(left.forms), len(right.forms))
        if sure and (near or not _other_speaker(left, right)):
            found.append((sure, total, sorted((left.forms, right.forms)), left.title + right.title, a, b, shared))
    found.sort(key=lambda edge: (edge[3], -edge[0], -edge[1], edge[2]))
    return [(a, b, shared) for *_, a, b, shared in found]


def _other_speaker(left: Piece, right: Piece) -> bool:
    """Tell whether two named persons are cited: then words that are only alike are not one utterance."""
    from rapidfuzz.distance import Levenshtein

    one, other = (name_key(piece.speaker).rpartition(" ")[2] for piece in (left, right))
    return bool(one and other) and Levenshtein.distance(one, other) > MISSPELT


@lru_cache(maxsize=65536)
def _runs(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Run, ...]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return tuple(Run(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size)


def _root(parent: list[int], k: int) -> int:
    while parent[k] != k:
        parent[k] = parent[parent[k]]
        k = parent[k]
    return k


def _speaker(analysed: AnalysedArticle, content: Span) -> str:
    """Return the name of the person cited for a quotation, or "" where another source or none is."""
    for attribution in analysed.attributions:
        if any(span.overlaps(content) for span in attribution.content):
            source = analysed.source_of(attribution)
            if source is not None and source.kind is SourceKind.NAMED_PERSON:
                return source.name
    return ""
