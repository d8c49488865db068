"""Cut the quotations of an event into sentences, and join those that several outlets print of one utterance.

In: the analysed articles. Out: one piece per quoted sentence, with its words and the places of ellipses and brackets;
and groups of pieces, each of two articles or more. Words decide: the same words from an unnamed and a named source are
one utterance whose identity nobody asserts. Only where words are merely alike do two named speakers speak against it.
Fails where a speaker says nearly the same sentence twice and each outlet prints another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import NamedTuple

from comparer.comparison.view import EventView
from comparer.comparison.words import Word, read_words
from comparer.language.names import name_key
from comparer.language.sentences import sentence_spans
from comparer.language.words import STOP_WORDS
from comparer.model import AnalysedArticle, SourceKind, Span
from comparer.resources.loader import word_set

LONG_RUN = 6  # words in a row that two people seldom say alike by chance
MIN_MATCHED = 4  # words two sentences share at least, unless one is wholly inside the other
MIN_SHARE = 0.6  # of the shorter sentence's words
MIN_WEIGHT = 2  # words that are not function words among those shared
OPENING = 5  # words two sentences open with alike
NEARLY_ALL = 0.8  # part of the longer sentence's words; with fewer shared, two named speakers speak against it
SCRAP = 0.3  # the same for two or three words in marks: joined only where neither has found another partner
SAME_BAG = 0.8  # part of the words that two sentences share in any order
WHOLE = 0.8  # part of the words of the shorter of two quotations of several sentences
SPREAD = 2.5  # times the shorter sentence both together, where many short runs are shared
MISSPELT = 1  # letters in which two surnames may differ and still be one person's
SCRAP_REACH = 40  # characters between two quoted parts of one sentence
REUSED = 0.3  # part of matched words that may already be matched with another sentence of the same article
REACH = 30  # characters before a quotation in which the word that leads to it stands
MARKS = 2  # characters of an opening quotation mark at most
SAYING = word_set("comparison_words", "before_quotations")


class Run(NamedTuple):
    """Hold `size` words that stand in both sequences, from `left` in the first and `right` in the second."""

    left: int
    right: int
    size: int


@dataclass(frozen=True)
class Piece:
    """Hold one quoted sentence. `dots` are ellipses by the number of words that stand before them.

    `quotation` is the index of the quotation in its article, `title` tells whether it stands in the headline,
    `opens` whether it is printed as the start of a sentence. `speaker` is the named person cited for it, or "".
    """

    article: int
    quotation: int
    span: Span
    words: tuple[Word, ...]
    dots: tuple[tuple[int, Span], ...]
    title: bool
    opens: bool
    speaker: str = ""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Return the comparable forms of the words, in order."""
        return tuple(word.form for word in self.words)

    @cached_property
    def weight(self) -> int:
        """Count the words that are not function words."""
        return sum(not word.bare for word in self.words)


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
                    opens = _opens(text, words[0].span.start, quotation.span) and not (dots and dots[0][0] == 0)
                    title = event.in_title(article, span)
                    pieces.append(Piece(article, number, span, words, dots, title, opens, speaker))
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
    linked: set[int] = set()
    for sure, a, b, shared in _edges(pieces):
        if sure <= SCRAP and linked & {a, b}:
            continue
        left = {k for run in shared for k in range(run.left, run.left + run.size)}
        right = {k for run in shared for k in range(run.right, run.right + run.size)}
        taken_left = used.setdefault((a, pieces[b].article), set())
        taken_right = used.setdefault((b, pieces[a].article), set())
        if len(left & taken_left) > REUSED * len(left) or len(right & taken_right) > REUSED * len(right):
            continue
        linked |= {a, b}
        taken_left |= left
        taken_right |= right
        parent[_root(parent, a)] = _root(parent, b)
    _join_quotations(pieces, parent)
    _join_scraps(pieces, parent)
    groups: dict[int, list[Piece]] = {}
    for k, piece in enumerate(pieces):
        groups.setdefault(_root(parent, k), []).append(piece)
    return tuple(tuple(g) for g in groups.values() if len({piece.article for piece in g}) > 1)


def same_utterance(left: Piece, right: Piece) -> float:  # noqa: PLR0911 - a ladder of cases, surest first
    """Return how surely (0..1) two quoted sentences are one utterance by their words; 0 where they are not."""
    a, b = left.forms, right.forms
    shorter = min(len(a), len(b))
    if a == b:
        return 1.0 if shorter > 1 and left.weight else 0.0
    shared = runs(a, b)
    matched = sum(run.size for run in shared)
    longest = max((run.size for run in shared), default=0)
    carried = [left.words[k] for run in shared for k in range(run.left, run.left + run.size)]
    weight = sum(not word.bare for word in carried)
    if shorter >= OPENING and weight and a[:shorter] == b[:shorter]:
        return 0.9
    if weight < MIN_WEIGHT:
        return 0.0
    if shorter >= MIN_MATCHED and _same_words(a, b):
        return 0.7
    if longest == shorter:
        return (0.95 if shorter >= MIN_MATCHED else SCRAP) if _says(carried) else 0.0
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


def _same_words(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    shared = Counter(left) & Counter(right)
    heavy = sum(count for form, count in shared.items() if form not in STOP_WORDS)
    return heavy > MIN_WEIGHT and sum(shared.values()) >= SAME_BAG * max(len(left), len(right))


def _join_quotations(pieces: Sequence[Piece], parent: list[int]) -> None:
    """Join quotations of several short sentences that are one as a whole, where their sentences end elsewhere."""
    quoted: dict[tuple[int, int], list[int]] = {}
    for k, piece in enumerate(pieces):
        if not piece.title:
            quoted.setdefault((piece.article, piece.quotation), []).append(k)
    whole = {key: tuple(f for k in held for f in pieces[k].forms) for key, held in quoted.items()}
    keys = sorted(quoted)
    for n, one in enumerate(keys):
        for other in keys[n + 1 :]:
            if one[0] == other[0] or max(len(quoted[one]), len(quoted[other])) < 2:
                continue
            shorter = min(len(whole[one]), len(whole[other]))
            if shorter < LONG_RUN or not set(whole[one]) & set(whole[other]) - STOP_WORDS:
                continue
            shared = runs(whole[one], whole[other])
            heavy = sum(whole[one][k] not in STOP_WORDS for r in shared for k in range(r.left, r.left + r.size))
            if heavy >= MIN_WEIGHT and sum(run.size for run in shared) >= WHOLE * shorter:
                _join_all(pieces, parent, [*quoted[one], *quoted[other]])


def _join_all(pieces: Sequence[Piece], parent: list[int], members: list[int]) -> None:
    """Join the sentences of two quotations, unless every sentence of the shorter has found its own partner."""
    roots = _roots(parent)
    linked = [roots.count(roots[k]) > 1 for k in members]
    articles = {pieces[k].article for k, held in zip(members, linked, strict=True) if not held}
    if len(articles) > 1:
        for k in members[1:]:
            parent[_root(parent, k)] = _root(parent, members[0])


def _edges(pieces: Sequence[Piece]) -> list[tuple[float, int, int, tuple[Run, ...]]]:
    """Return the pairs that may be linked, surest first; what decides among equals is the words, not the order."""
    vocabulary = [frozenset(form for form in piece.forms if form not in STOP_WORDS) for piece in pieces]
    found = []
    for a, left in enumerate(pieces):
        for b in range(a + 1, len(pieces)):
            right = pieces[b]
            if left.article == right.article or not vocabulary[a] & vocabulary[b]:
                continue
            sure = same_utterance(left, right)
            shared = runs(left.forms, right.forms) if sure else ()
            total = sum(run.size for run in shared)
            near = total >= NEARLY_ALL * max(len(left.forms), len(right.forms))
            if sure and (near or not _other_speaker(left, right)):
                found.append((sure, total, sorted((left.forms, right.forms)), left.title + right.title, a, b, shared))
    found.sort(key=lambda edge: (edge[3], -edge[0], -edge[1], edge[2]))
    return [(sure, a, b, shared) for sure, _, _, _, a, b, shared in found]


def _other_speaker(left: Piece, right: Piece) -> bool:
    """Tell whether two named persons are cited: then words that are only alike are not one utterance."""
    from rapidfuzz.distance import Levenshtein

    one, other = (name_key(piece.speaker).rpartition(" ")[2] for piece in (left, right))
    return bool(one and other) and Levenshtein.distance(one, other) > MISSPELT


def _join_scraps(pieces: Sequence[Piece], parent: list[int]) -> None:
    """Join a scrap to the utterance of the quotation before or after it, where another article prints it there too.

    A sentence quoted in two parts, "will be patient" and "treating this as an attack", is one utterance.
    """
    roots = _roots(parent)
    size = Counter(roots)
    grouped = [size[root] for root in roots]
    for k, scrap in enumerate(pieces):
        if grouped[k] > 1 or len(scrap.words) < 2 or not scrap.weight:
            continue
        for near in (k - 1, k + 1):
            if not 0 <= near < len(pieces) or grouped[near] == 1 or pieces[near].article != scrap.article:
                continue
            if abs(pieces[near].span.start - scrap.span.start) > SCRAP_REACH + len(scrap.span) + len(pieces[near].span):
                continue
            members = [p for m, p in enumerate(pieces) if _root(parent, m) == _root(parent, near)]
            if any(p.article != scrap.article and _holds(p.forms, scrap.forms) for p in members):
                parent[_root(parent, k)] = _root(parent, near)
                break


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return any(longer[k : k + len(shorter)] == shorter for k in range(len(longer) - len(shorter) + 1))


@lru_cache(maxsize=65536)
def _runs(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Run, ...]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return tuple(Run(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size)


def _root(parent: list[int], k: int) -> int:
    while parent[k] != k:
        parent[k] = parent[parent[k]]
        k = parent[k]
    return k


def _roots(parent: list[int]) -> list[int]:
    return [_root(parent, k) for k in range(len(parent))]


def _opens(text: str, start: int, quotation: Span) -> bool:
    """Tell whether a word is printed as the start of a sentence, not as a name in the middle of the outlet's own."""
    if not text[start].isupper():
        return False
    lead = text[max(0, quotation.start - REACH) : quotation.start].rstrip(" ")
    inside = start > quotation.start + MARKS
    return inside or not lead[-1:].isalpha() or lead.split()[-1].casefold() in SAYING


def _speaker(analysed: AnalysedArticle, content: Span) -> str:
    """Return the name of the person cited for a quotation, or "" where another source or none is."""
    for attribution in analysed.attributions:
        if any(span.overlaps(content) for span in attribution.content):
            source = analysed.source_of(attribution)
            if source is not None and source.kind is SourceKind.NAMED_PERSON:
                return source.name
    return ""
