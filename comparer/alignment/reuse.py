"""Find text that articles share word for word, how much of each it is, and which articles carry one text.

In: cleaned articles. Out: shared passages, counts of shared words, origins. Quotations, names and page furniture are no
evidence of copying: two outlets that quote one speaker are two origins. Method: runs of five words (shingles), as usual
in text reuse detection, joined over small edits; the share counts words in runs of four. Fails on machine-translated
copies, which share few runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from comparer.alignment.origins import Pair, carries_one_text, direction, origins
from comparer.alignment.passages import Reading, Run, parts, read_words, shared_runs
from comparer.model import Article, Passage, Reuse, SharedPassage


def find_reuse(articles: Sequence[Article]) -> Reuse:
    """Return what the articles share word for word, with the articles that carry one text joined to origins."""
    readings = [read_words(article) for article in articles]
    words = tuple(reading.total for reading in readings)
    shared = [[words[i] if i == j else 0 for j in range(len(articles))] for i in range(len(articles))]
    passages: list[SharedPassage] = []
    pairs: list[Pair] = []
    for i, j in _candidates(readings):
        left, right = readings[i], readings[j]
        runs = shared_runs(left, right)
        shared[i][j], shared[j][i] = left.shared_with(right), right.shared_with(left)
        shown = [part for run in runs for part in parts(run, left, right)]
        passages += [_passage(run, articles[i], articles[j], left, right) for run in shown]
        same = left.forms == right.forms
        if same:  # blocks shorter than a run and lines of names alone are copied with the rest
            shared[i][j] = shared[j][i] = min(words[i], words[j])
        longest = max((left.counted(run.left_words) for run in runs), default=0)
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


def _candidates(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Return the pairs that share a run of words, found through an index of runs."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, reading in enumerate(readings):
        for gram in dict.fromkeys(reading.short):
            holders[gram].append(k)
    return sorted({(i, j) for ks in holders.values() for n, i in enumerate(ks) for j in ks[n + 1 :]})


def _passage(run: Run, left: Article, right: Article, mine: Reading, other: Reading) -> SharedPassage:
    ours, theirs = Passage(left.id, mine.extent(run.left_words)), Passage(right.id, other.extent(run.right_words))
    return SharedPassage(ours, theirs, run.words, run.quoted)
