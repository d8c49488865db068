"""Tell which articles report the same event, not merely the same topic.

In: cleaned articles. Out: groups of indices with the words that decided. Method: tf-idf of title and kept text, whole
and opening, with average linkage. Works without dates; known dates far apart only lower a similarity. Outlets are not
looked at. Fails on features that open far from the news, on long-running stories whose reports of one week differ by a
detail, and across languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.grouping.cluster import cluster
from comparer.grouping.profile import Array, Profiles, read_profiles
from comparer.model import Article, Group, NearestOutside

JOINED = 0.26  # least mean similarity of two groups that become one; chosen on group_* without dates
SPREAD = 0.1  # how fast confidence grows with the distance from that threshold
TERMS = 8  # words shown as the reason


def group_articles(articles: Sequence[Article]) -> tuple[Group, ...]:
    """Return the groups in order of their first article; every article stands in exactly one.

    `terms` are printed words, strongest first; a lone article shows what sets it apart from the others.
    """
    if not articles:
        return ()
    profiles = read_profiles(articles)
    return tuple(_group(members, profiles) for members in cluster(profiles.similarity, JOINED))


def _group(members: tuple[int, ...], profiles: Profiles) -> Group:
    similarity = profiles.similarity
    outside = [k for k in range(len(profiles.days)) if k not in set(members)]
    nearest = max(((_mean(similarity, k, members), -k) for k in outside), default=None)
    if len(members) > 1:
        weakest = min(_mean(similarity, k, [m for m in members if m != k]) for k in members)
        margin = weakest - JOINED
    else:
        margin = JOINED - (nearest[0] if nearest else 0.0)
    confidence = 1.0 if nearest is None and len(members) == 1 else max(0.0, min(1.0, 0.5 + 0.5 * margin / SPREAD))
    return Group(
        members=members,
        confidence=round(confidence, 6),
        terms=profiles.deciding_terms(members, TERMS),
        nearest=NearestOutside(-nearest[1], round(nearest[0], 6)) if nearest and nearest[0] > 0 else None,
    )


def _mean(similarity: Array, one: int, others: Sequence[int]) -> float:
    return float(similarity[one, list(others)].mean())
