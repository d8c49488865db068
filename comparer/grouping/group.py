"""Tell which articles report the same event, not merely the same topic.

In: cleaned articles. Out: groups of indices with the words that decided. Method: tf-idf of title and kept text, whole
and opening, seen beside the nearest neighbours, with average linkage. Works without dates; known dates raise or lower a
similarity. Outlets are not looked at. Fails on features that open far from the news, on long-running stories whose
reports of one week differ by a detail, and across languages.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comparer.grouping.cluster import cluster
from comparer.grouping.profile import Profiles, read_profiles
from comparer.grouping.tfidf import Matrix
from comparer.grouping.ties import similarities
from comparer.grouping.wishes import by_index, without_pinned
from comparer.model import Article, EventWishes, Group, NearestOutside

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
    given = by_index(wishes or EventWishes(), articles)
    profiles = read_profiles(articles)
    ties = similarities(profiles)
    found = cluster(without_pinned(ties, given), JOINED, joined=(*given.pinned, *given.joined), apart=given.apart)
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
    toward = np.asarray(ties[own].sum(axis=0), dtype=float).ravel()
    inside, outside = toward[own] / max(1, len(own) - 1), toward / len(own)
    outside[own] = 0.0
    margin = JOINED - float(outside.max())
    margin = min(margin, float(inside.min()) - JOINED) if len(members) > 1 else margin
    return Group(
        members=members,
        confidence=round(max(0.0, min(1.0, 0.5 + 0.5 * margin / SPREAD)), 6),
        terms=profiles.deciding_terms(members, TERMS),
        nearest=_nearest(members, outside, profiles),
    )


def _nearest(members: tuple[int, ...], outside: np.ndarray, profiles: Profiles) -> NearestOutside | None:
    """Return the article that is most like the members on average, the first of equals, if any is at all."""
    best = int(np.round(outside, 6).argmax())
    if outside[best] <= 0:
        return None
    shared = profiles.shared_terms(members, best, FEW_TERMS)
    return NearestOutside(best, round(float(outside[best]), 6), shared)
