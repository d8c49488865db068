"""Find text that articles share word for word, and join articles that carry one text to origins.

In: cleaned articles. Out: shared passages, counts of shared words, origins, and which of two came first where something
tells it. Quotations, names and page furniture are no evidence of copying: two outlets that quote one speaker are two
origins. Method: runs of five words (shingles), as usual in text reuse detection, joined over small edits; the share
counts words in runs of four. Fails on machine-translated copies, which share few runs.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from comparer.alignment.passages import Reading, parts, read_words, shared_runs
from comparer.language.doc import Doc
from comparer.model import Article, CreditForm, Passage, Reuse, ReuseDirection, SharedPassage, Span


def find_reuse(articles: Sequence[Article], docs: Sequence[Doc]) -> Reuse:
    """Return what the articles share word for word, with the articles that carry one text joined to origins.

    `docs` are the articles' readings, in their order.
    """
    read = cache(read_words)
    readings = [read(doc) for doc in docs]
    words = tuple(reading.total for reading in readings)
    shared = [[words[i] if i == j else 0 for j in range(len(articles))] for i in range(len(articles))]
    passages: list[SharedPassage] = []
    pairs: list[Pair] = []
    of = [docs.index(doc) for doc in docs]  # copies are asked about once
    found = cache(lambda a, b: _passages(readings[a], readings[b]))
    counted = cache(lambda a, b: readings[a].shared_with(readings[b]))
    for i, j in _candidates(readings):
        shown, longest = found(of[i], of[j])
        shared[i][j], shared[j][i] = counted(of[i], of[j]), counted(of[j], of[i])
        ids = articles[i].id, articles[j].id
        passages += [
            SharedPassage(Passage(ids[0], ours), Passage(ids[1], theirs), words, quoted)
            for ours, theirs, words, quoted in shown
        ]
        same = readings[i].forms == readings[j].forms
        if same:  # blocks shorter than a run and lines of names alone are copied with the rest
            shared[i][j] = shared[j][i] = min(words[i], words[j])
        shares = (shared[i][j] / max(1, words[i]), shared[j][i] / max(1, words[j]))
        pairs.append(Pair(i, j, *shares, longest, min(words[i], words[j]), same))
    told = (direction(pair, articles) for pair in pairs if carries_one_text(pair, articles, loose=True))
    return Reuse(
        articles=tuple(a.id for a in articles),
        words=words,
        shared=tuple(tuple(row) for row in shared),
        origins=origins(pairs, articles, loose=False),
        loose_origins=origins(pairs, articles, loose=True),
        passages=tuple(passages),
        directions=tuple(d for d in told if d is not None),
    )


def _passages(left: Reading, right: Reading) -> tuple[list[tuple[Span, Span, int, bool]], int]:
    """Return the passages of two readings, cut where a block was left out, and the words of the longest whole one.

    A passage is where it stands on either side, the number of its words, and whether they are quoted.
    """
    runs = shared_runs(left, right)
    shown = [
        (left.extent(run.left_words), right.extent(run.right_words), run.words, run.quoted)
        for whole in runs
        for run in parts(whole, left, right)
    ]
    return shown, max((left.counted(run.left_words) for run in runs), default=0)


def _candidates(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Return the pairs that share a run of words, found through an index of runs."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, reading in enumerate(readings):
        for gram in set(reading.short.values()):
            holders[gram].append(k)
    sharing = {tuple(ks) for ks in holders.values()}
    return sorted({pair for ks in sharing for pair in itertools.combinations(ks, 2)})


STRICT = 0.25  # least share of the shorter text; on pages about one summit no two reports of their own share over .1
LOOSE = 0.15  # where a reader wants every suspicion counted
CREDITED = 0.12  # least share where both print a credit to one agency
LONGEST = 8  # words the longest passage holds at least: many short ones are the language of the trade
UNBROKEN = 0.06  # and what part of the shorter text: who borrows phrases breaks them off sooner than who copies
LONG = 12  # words the longest passage holds at least where the share alone would not tell
INSIDE = 0.8  # share of a text that stands in the other, for it to be taken from there
AROUND = 0.5  # and the most of the other that the first may make up


class Pair(NamedTuple):
    """Hold what two articles (indices) share: the share of each, and the words of their longest passage.

    `shorter` counts the words of the shorter text.
    """

    left: int
    right: int
    share_left: float
    share_right: float
    longest: int
    shorter: int
    same: bool

    @property
    def share(self) -> float:
        """Return the larger share: how much of the shorter text stands in the longer."""
        return max(self.share_left, self.share_right)


def origins(pairs: Sequence[Pair], articles: Sequence[Article], *, loose: bool) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices that carry one text, each in ascending order, ordered by their first."""
    head = list(range(len(articles)))
    for pair in pairs:
        if carries_one_text(pair, articles, loose=loose):
            first, second = sorted((head[pair.left], head[pair.right]))
            head = head if first == second else [first if h == second else h for h in head]
    return tuple(tuple(k for k, h in enumerate(head) if h == wanted) for wanted in sorted(set(head)))


def carries_one_text(pair: Pair, articles: Sequence[Article], *, loose: bool) -> bool:
    """Tell whether the two articles are copies of one text, in the main."""
    if pair.same:
        return True
    credited = bool(_agencies(articles[pair.left]) & _agencies(articles[pair.right]))
    least = min(CREDITED if credited else STRICT, LOOSE if loose else 1.0)
    if pair.share >= STRICT and pair.longest >= max(LONGEST, UNBROKEN * pair.shorter):
        return True
    return least < STRICT and pair.share >= least and pair.longest >= LONG


def direction(pair: Pair, articles: Sequence[Article]) -> ReuseDirection | None:
    """Return which of two came first: by day of publication, a credit to the other outlet, or one inside the other.

    None where nothing tells it.
    """
    i, j = pair.left, pair.right
    first, second = articles[i].published, articles[j].published
    if first and second and first[:10] != second[:10]:
        return ReuseDirection(*((i, j) if first < second else (j, i)), told_by="time")
    cites_right, cites_left = _cites(articles[i], articles[j]), _cites(articles[j], articles[i])
    if cites_right != cites_left:
        return ReuseDirection(*((j, i) if cites_right else (i, j)), told_by="credit")
    for earlier, later, inner, outer in (
        (i, j, pair.share_left, pair.share_right),
        (j, i, pair.share_right, pair.share_left),
    ):
        if inner >= INSIDE and outer <= AROUND:
            return ReuseDirection(earlier, later, told_by="containment")
    return None


def _agencies(article: Article) -> frozenset[str]:
    """Return the agencies an article credits as its own copy; an agency only cited in the text is not one."""
    named = {c.agency.casefold() for c in article.credits if c.agency and c.form is not CreditForm.IN_TEXT}
    return frozenset(named | ({article.agency.casefold()} if article.agency else set()))


def _cites(article: Article, other: Article) -> bool:
    named = {c.agency.casefold() for c in article.credits if c.agency}
    return bool(other.outlet) and other.outlet.casefold() in named
