"""Find text that articles share word for word, how much of each it is, and which articles carry one text.

In: cleaned articles. Out: shared passages, counts of shared words, origins. Quotations, names and page furniture are no
evidence of copying: two outlets that quote one speaker are two origins. Method: runs of five words (shingles) as in text
reuse detection (passim, MediaCloud), joined over small edits. Fails on machine-translated copies, which share few runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from comparer.alignment.passages import Reading, Run, read_words, shared_runs
from comparer.model import Article, CreditForm, Passage, Reuse, ReuseDirection, SharedPassage

STRICT = 0.3  # least share of the shorter text's words; tuned on pages about one summit, near the literature's .3
LOOSE = 0.15
CREDITED = 0.12  # least share where both print a credit to one agency
LEAST_WORDS = 12  # shared words under which nothing is said of origins


def find_reuse(articles: Sequence[Article]) -> Reuse:
    """Return what the articles share word for word, with the articles that carry one text joined to origins."""
    readings = [read_words(article) for article in articles]
    n = len(articles)
    shared = [[0] * n for _ in range(n)]
    passages: list[SharedPassage] = []
    for i, j in _candidates(readings):
        runs = shared_runs(readings[i], readings[j])
        shared[i][j] = len({k for r in runs if not r.quoted for k in r.left_words if readings[i].counts[k]})
        shared[j][i] = len({k for r in runs if not r.quoted for k in r.right_words if readings[j].counts[k]})
        passages += [_passage(run, articles[i], articles[j], readings[i], readings[j]) for run in runs]
    for i in range(n):
        shared[i][i] = readings[i].total
    words = tuple(r.total for r in readings)
    strict = [
        (i, j) for i in range(n) for j in range(i + 1, n) if _one_text(shared, words, i, j, articles, loose=False)
    ]
    loose = [(i, j) for i in range(n) for j in range(i + 1, n) if _one_text(shared, words, i, j, articles, loose=True)]
    return Reuse(
        articles=tuple(a.id for a in articles),
        words=words,
        shared=tuple(tuple(row) for row in shared),
        origins=_joined(n, strict),
        loose_origins=_joined(n, loose),
        passages=tuple(passages),
        directions=tuple(d for i, j in loose if (d := _direction(shared, words, i, j, articles)) is not None),
    )


def _candidates(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Return the pairs that share a run of words, found through an index of runs."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, reading in enumerate(readings):
        for gram in dict.fromkeys(reading.grams):
            holders[gram].append(k)
    return sorted({(i, j) for ks in holders.values() for n, i in enumerate(ks) for j in ks[n + 1 :]})


def _passage(run: Run, left: Article, right: Article, mine: Reading, other: Reading) -> SharedPassage:
    return SharedPassage(
        Passage(left.id, mine.extent(run.left_words)),
        Passage(right.id, other.extent(run.right_words)),
        run.words,
        run.quoted,
    )


def _one_text(
    shared: Sequence[Sequence[int]], words: Sequence[int], i: int, j: int, articles: Sequence[Article], *, loose: bool
) -> bool:
    common = min(shared[i][j], shared[j][i])
    if common < LEAST_WORDS:
        return False
    share = common / max(1, min(words[i], words[j]))
    least = CREDITED if _one_agency(articles[i], articles[j]) else STRICT
    return share >= (min(least, LOOSE) if loose else least)


def _agencies(article: Article) -> frozenset[str]:
    named = {c.agency.casefold() for c in article.credits if c.agency and c.form is not CreditForm.IN_TEXT}
    return frozenset(named | ({article.agency.casefold()} if article.agency else set()))


def _one_agency(left: Article, right: Article) -> bool:
    return bool(_agencies(left) & _agencies(right))


def _joined(n: int, pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices connected by pairs, each in ascending order, ordered by their first."""
    head = list(range(n))
    for i, j in pairs:
        a, b = sorted((head[i], head[j]))
        head = [a if h == b else h for h in head]
    return tuple(tuple(k for k in range(n) if head[k] == h) for h in sorted(set(head)))


def _direction(
    shared: Sequence[Sequence[int]], words: Sequence[int], i: int, j: int, articles: Sequence[Article]
) -> ReuseDirection | None:
    """Tell which of two holds the other's text: by time where days differ, by credit, or where one lies in the other."""
    first, second = articles[i].published, articles[j].published
    if first and second and first[:10] != second[:10]:
        return ReuseDirection(*((i, j) if first < second else (j, i)), told_by="time")
    own, other = shared[i][j] / max(1, words[i]), shared[j][i] / max(1, words[j])
    if own >= 0.8 and other <= 0.5:
        return ReuseDirection(i, j, told_by="containment")
    if other >= 0.8 and own <= 0.5:
        return ReuseDirection(j, i, told_by="containment")
    return None
