"""Tell which articles report the same event, not merely the same topic.

In: cleaned articles. Out: groups of indices with the words that decided. Method: tf-idf of title and kept text, whole
and opening, with average linkage. Works without dates; known dates raise or lower a similarity. Outlets are not
looked at. Fails on features that open far from the news, on long-running stories whose reports of one week differ by a
detail, and across languages.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comparer.grouping.cluster import cluster
from comparer.grouping.profile import Profiles, read_profiles
from comparer.grouping.ties import LARGE, Ties
from comparer.model import Article, Group, NearestOutside

JOINED = 0.26  # least mean similarity of two groups that become one; chosen on group_* without dates
TIED = 0.16  # least similarity of a neighbour worth naming in a large batch: under it, confidence is full
SPREAD = 0.1  # how fast confidence grows with the distance from that threshold
TERMS = 8  # words shown as the reason


def group_articles(articles: Sequence[Article]) -> tuple[Group, ...]:
    """Return the groups in order of their first article; every article stands in exactly one.

    `terms` are printed words, strongest first; a lone article shows what sets it apart from the others.
    """
    return group_batch(articles, large=LARGE)


def group_batch(articles: Sequence[Article], *, large: int) -> tuple[Group, ...]:
    """Return the same groups, with candidates looked for from `large` articles on."""
    if not articles:
        return ()
    profiles = read_profiles(articles)
    ties = Ties(profiles, least=TIED, joined=JOINED, large=large)
    groups = [
        tuple(part[k] for k in members)
        for part in ties.components()
        for members in cluster(ties.between(part, part), JOINED)
    ]
    return tuple(_group(members, profiles, ties) for members in sorted(groups))


def one_group(articles: Sequence[Article]) -> Group:
    """Return all articles as one group, for a caller who knows that they report one event.

    The terms and the confidence are those that `group_articles` would give this group.

    Raises:
        ValueError: where no article is given.
    """
    if not articles:
        raise ValueError("a group needs at least one article")
    profiles = read_profiles(articles)
    ties = Ties(profiles, least=TIED, joined=JOINED)
    return _group(tuple(range(len(articles))), profiles, ties)


def _group(members: tuple[int, ...], profiles: Profiles, ties: Ties) -> Group:
    nearest = _nearest(members, ties)
    near = nearest.similarity if nearest else 0.0
    margin = _weakest(members, ties) - JOINED if len(members) > 1 else JOINED - near
    confidence = 1.0 if nearest is None and len(members) == 1 else max(0.0, min(1.0, 0.5 + 0.5 * margin / SPREAD))
    return Group(
        members=members,
        confidence=round(confidence, 6),
        terms=profiles.deciding_terms(members, TERMS),
        nearest=nearest,
    )


def _nearest(members: Sequence[int], ties: Ties) -> NearestOutside | None:
    """Return the article outside that is most like the members on average, the first of equals, if any is at all."""
    outside = ties.around(members)
    if not outside:
        return None
    mean = np.round(ties.between(members, outside).mean(axis=0), 6)
    best = int(mean.argmax())
    return NearestOutside(outside[best], float(mean[best])) if mean[best] > 0 else None


def _weakest(members: Sequence[int], ties: Ties) -> float:
    """Return the least mean similarity of a member with the others."""
    inside = ties.between(members, members)
    np.fill_diagonal(inside, 0.0)
    return float(inside.sum(axis=1).min()) / (len(members) - 1)
