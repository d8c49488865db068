"""Tell which articles report the same event, not merely the same topic.

In: cleaned articles. Out: groups of indices with the words that decided. Method: tf-idf of title and kept text, whole
and opening, seen beside the nearest neighbours; two groups meet where the mean similarity of their members reaches a
threshold (average linkage, Sokal and Michener 1958), over the stored pairs alone, so that time and memory grow with
their number. Works without dates; known dates raise or lower a similarity. What a user wants in one event, or apart,
comes first; a contradiction is refused. Outlets are not looked at. Fails on features that open far from the news, on
long-running stories whose reports of one week differ by a detail, and across languages.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from comparer.errors import UsageError
from comparer.grouping.candidates import similarities
from comparer.grouping.vectors import Matrix, Profiles, read_profiles, summed
from comparer.model import Article, EventWishes, Group, NearestOutside

Members = dict[int, list[int]]  # the articles of each group, by its first
Sums = dict[int, dict[int, float]]  # the similarities of two groups' articles, summed
Heap = list[
    tuple[float, int, int, int, int]
]  # how unlike two groups are, which they are and how many articles each has


def cluster(
    similarity: Matrix,
    least: float,
    *,
    joined: Sequence[tuple[int, ...]] = (),
    apart: Collection[tuple[int, ...]] = (),
) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices, each ascending, in order of their first; equal means are joined in order of position.

    Indices in one tuple of `joined` begin as one group; the two of a pair in `apart` (smaller first) never meet.

    >>> from scipy.sparse import csr_matrix
    >>> cluster(csr_matrix([[1, 0.1, 0.6], [0.1, 1, 0.1], [0.6, 0.1, 1]]), 0.5)
    ((0, 2), (1,))
    """
    members: Members = {k: [k] for k in range(similarity.shape[0])}
    sums = _sums(similarity)
    for group in joined:
        for other in group[1:]:
            _join(members, sums, group[0], other)
    heap: Heap = []
    for a in members:
        _offer(heap, members, sums, a, least)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members.get(a, ())) != size_a or len(members.get(b, ())) != size_b:
            continue  # one of them has grown or gone since
        if apart and any((min(x, y), max(x, y)) in apart for x in members[a] for y in members[b]):
            continue
        _join(members, sums, a, b)
        _offer(heap, members, sums, a, least)
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))


def _join(members: Members, sums: Sums, a: int, b: int) -> None:
    members[a] += members.pop(b)
    for other, value in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + value


def _offer(heap: Heap, members: Members, sums: Sums, a: int, least: float) -> None:
    """Put on the heap every group that this one may meet, with the sizes at which the mean holds."""
    for other, total in sums[a].items():
        mean = round(total / (len(members[a]) * len(members[other])), 9)
        if mean >= least:
            first, second = sorted((a, other))
            heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))


def _sums(similarity: Matrix) -> Sums:
    found: Sums = {k: {} for k in range(similarity.shape[0])}
    pairs = similarity.tocoo()
    for a, b, value in zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True):
        if a != b:
            found[a][b] = round(value, 9)
    return found


JOINED = 0.25  # least mean similarity of two groups that become one; chosen on group_* without dates
SPREAD = 0.1  # how fast confidence grows with the distance from that threshold
TERMS = 8  # words shown as the reason
FEW_TERMS = 5  # words shown for what draws the nearest article near


def group_articles(articles: Sequence[Article], *, wishes: EventWishes | None = None) -> tuple[Group, ...]:
    """Return the groups in order of their first article; every article stands in exactly one.

    `terms` are printed words, strongest first; a lone article shows what sets it apart from the others. `wishes` come
    before what the texts say.

    Raises:
        UsageError: where two wishes contradict each other.
    """
    if not articles:
        return ()
    given = _by_index(wishes or EventWishes(), articles)
    profiles = read_profiles(articles)
    ties = similarities(profiles)
    found = cluster(_without_pinned(ties, given), JOINED, joined=(*given.pinned, *given.joined), apart=given.apart)
    return tuple(_group(members, profiles, ties) for members in found)


def one_group(articles: Sequence[Article]) -> Group:
    """Return all articles as one group, for a caller who knows that they report one event.

    The terms and the confidence are those that `group_articles` would give this group.

    Raises:
        ValueError: where no article is given.
    """
    if not articles:
        raise ValueError("a group needs at least one article")
    profiles = read_profiles(articles)
    return _group(tuple(range(len(articles))), profiles, similarities(profiles))


def _group(members: tuple[int, ...], profiles: Profiles, ties: Matrix) -> Group:
    own = np.array(members, dtype=int)
    columns, toward, _ = summed(ties[own])
    mine = np.isin(columns, own)
    others, outside = columns[~mine], toward[~mine] / len(own)
    margin = JOINED - float(outside.max(initial=0.0))
    if len(own) > 1:
        inside = float(toward[mine].min()) / (len(own) - 1) if mine.sum() == len(own) else 0.0  # some resemble none
        margin = min(margin, inside - JOINED)
    return Group(
        members=members,
        confidence=max(0.0, min(1.0, 0.5 + 0.5 * margin / SPREAD)),
        terms=profiles.deciding_terms(members, TERMS),
        nearest=_nearest(members, others, outside, profiles),
    )


def _nearest(
    members: tuple[int, ...], others: np.ndarray, outside: np.ndarray, profiles: Profiles
) -> NearestOutside | None:
    """Return the article that is most like the members on average, the first of equals, if any is at all."""
    if not outside.any():
        return None
    at = np.round(outside, 6).argmax()
    best = int(others[at])
    return NearestOutside(best, float(outside[at]), profiles.shared_terms(members, best, FEW_TERMS))


class _Given(NamedTuple):
    """Hold the wishes by index: whole groups, articles joined beforehand, and pairs that must not meet."""

    pinned: tuple[tuple[int, ...], ...]
    joined: tuple[tuple[int, ...], ...]
    apart: frozenset[tuple[int, ...]]


def _by_index(wishes: EventWishes, articles: Sequence[Article]) -> _Given:
    """Return the wishes by index, of the articles given alone; raise UsageError where two contradict each other."""
    place = {article.id: k for k, article in enumerate(articles)}
    pinned, joined, apart = (
        [tuple(sorted({place[a] for a in group if a in place})) for group in sets]
        for sets in (wishes.events, wishes.together, wishes.apart)
    )
    forbidden = frozenset(pair for group in apart for pair in combinations(group, 2))
    owner: dict[int, int] = {}
    for number, k in ((number, k) for number, group in enumerate(pinned) for k in group):
        if owner.setdefault(k, number) != number:
            raise UsageError(f"{_name(articles[k])} is wanted in two events. Name it in one [[event]] only.")
    given = _Given(tuple(g for g in pinned if g), _united(joined), forbidden)
    for group in (*given.pinned, *given.joined):
        for a, b in forbidden.intersection(combinations(group, 2)):
            raise UsageError(f"{_name(articles[a])} and {_name(articles[b])} are wanted in one event and apart.")
    for group in given.joined:
        if len({owner.get(k, -1) for k in group}) > 1:
            names = " and ".join(_name(articles[k]) for k in group[:2])
            raise UsageError(f"{names} are wanted together, but an [[event]] names one without the other.")
    return given


def _without_pinned(ties: Matrix, given: _Given) -> Matrix:
    """Return the ties without those of articles whose event is given: nothing else joins it."""
    from scipy.sparse import diags

    free = np.ones(ties.shape[0])
    free[[k for group in given.pinned for k in group]] = 0.0
    return (diags(free) @ ties @ diags(free)).tocsr()


def _united(groups: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Return the groups with those that share an article made one."""
    found: list[set[int]] = []
    for group in groups:
        touching = [other for other in found if other & set(group)]
        found = [other for other in found if other not in touching] + [set(group).union(*touching)]
    return tuple(sorted(tuple(sorted(group)) for group in found if len(group) > 1))


def _name(article: Article) -> str:
    return article.path or article.outlet
