"""Cut the quotations of an event into sentences, and join those that several outlets print of one utterance.

In: the analysed articles. Out: one piece per quoted sentence, with its words and the places of ellipses and brackets;
and groups of pieces, each of two articles or more. Words decide: the same words from an unnamed and a named source are
one utterance whose identity nobody asserts. Only where words are merely alike do two named speakers speak against it.
Fails where a speaker says nearly the same sentence twice and each outlet prints another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property, lru_cache
from itertools import combinations
from operator import itemgetter

from comparer.comparison.same import joined
from comparer.comparison.view import EventView
from comparer.comparison.words import Word, read_words, weight
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


def _speaker(analysed: AnalysedArticle, content: Span) -> str:
    """Return the name of the person cited for a quotation, or "" where another source or none is."""
    said = (a for a in analysed.attributions if any(span.overlaps(content) for span in a.content))
    sources = (analysed.source_of(attribution) for attribution in said)
    return next((s.name for s in sources if s is not None and s.kind is SourceKind.NAMED_PERSON), "")


def runs(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Match, ...]:
    """Return the runs of words two sequences share in the same order, whichever is named first; an empty one is last.

    >>> runs(("we", "may", "go"), ("we", "go"))
    (Match(a=0, b=0, size=1), Match(a=2, b=1, size=1), Match(a=3, b=2, size=0))
    """
    if (len(left), left) <= (len(right), right):
        return _runs(left, right)
    return tuple(Match(run.b, run.a, run.size) for run in _runs(right, left))


@lru_cache(maxsize=65536)
def _runs(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Match, ...]:
    return tuple(SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())


def link(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Return groups of pieces of two or more articles that print one utterance, each in order of article and place."""
    pairs = []
    used: dict[tuple[int, int], set[int]] = defaultdict(set)
    for a, b, shared in _edges(pieces):
        left = {k for run in shared for k in range(run.a, run.a + run.size)}
        right = {k for run in shared for k in range(run.b, run.b + run.size)}
        taken_left, taken_right = used[a, pieces[b].article], used[b, pieces[a].article]
        if len(left & taken_left) <= REUSED * len(left) and len(right & taken_right) <= REUSED * len(right):
            taken_left |= left
            taken_right |= right
            pairs.append((a, b))
    stands = joined(pairs)
    groups: dict[int, list[Piece]] = defaultdict(list)
    for k, piece in enumerate(pieces):
        groups[stands.get(k, k)].append(piece)
    return tuple(tuple(g) for g in groups.values() if len({piece.article for piece in g}) > 1)


def _edges(pieces: Sequence[Piece]) -> list[tuple[int, int, tuple[Match, ...]]]:
    """Return the pairs that may be linked, surest first; what decides among equals is the words, not the order."""
    holders: dict[str, list[int]] = defaultdict(list)
    for k, piece in enumerate(pieces):
        for form in set(piece.forms).difference(STOP_WORDS):
            holders[form].append(k)
    rare = (held for held in holders.values() if len(held) <= EVERYWHERE)
    found = []
    for a, b in sorted({pair for held in rare for pair in combinations(held, 2)}):
        left, right = pieces[a], pieces[b]
        sure = same_utterance(left, right) if left.article != right.article else 0.0
        if sure:
            shared = runs(left.forms, right.forms)
            total = sum(run.size for run in shared)
            near = total >= NEARLY_ALL * max(len(left.forms), len(right.forms))
            if near or not _other_speaker(left, right):
                found.append(((-sure, -total, sorted((left.forms, right.forms))), (a, b, shared)))
    return [edge for _, edge in sorted(found, key=itemgetter(0))]


def same_utterance(left: Piece, right: Piece) -> float:
    """Return how surely (0..1) two quoted sentences are one utterance by their words; 0 where they are not."""
    a, b = left.forms, right.forms
    shorter = min(len(a), len(b))
    shared = runs(a, b)
    matched = sum(run.size for run in shared)
    longest = max(run.size for run in shared)
    carried = [left.words[k] for run in shared for k in range(run.a, run.a + run.size)]
    heavy = weight(carried)
    says = any(not word.bare and not word.capital for word in carried)  # more than names, titles and function words
    if shorter >= OPENING and heavy and a[:shorter] == b[:shorter]:
        return 0.9
    if heavy < MIN_WEIGHT or (not says and (longest < LONG_RUN or longest == shorter)):
        return 0.0
    if longest == shorter:
        return 0.95
    if matched >= MIN_MATCHED and longest >= 3 and matched >= MIN_SHARE * shorter:
        return 0.5 + 0.45 * matched / shorter
    spread = heavy > MIN_WEIGHT and matched >= WHOLE * shorter and len(b) + len(a) <= SPREAD * shorter
    return 0.6 if spread or longest >= LONG_RUN else 0.0


def _other_speaker(left: Piece, right: Piece) -> bool:
    """Tell whether two named persons are cited: then words that are only alike are not one utterance."""
    from rapidfuzz.distance import Levenshtein

    one, other = (name_key(piece.speaker).rpartition(" ")[2] for piece in (left, right))
    return bool(one and other) and Levenshtein.distance(one, other) > MISSPELT
