"""Group articles into events in overlapping windows of days, and merge what the windows say.

In: the articles of the datasets. Out: which articles report one event. A window is two blocks of a week, or of longer
where there are few articles; the next begins a block later, so that two articles of neighbouring days always meet in
one. In the days that two windows share, a group of the one and a group of the other are one event where more than half
of their articles there are the same; an article on which the windows disagree goes to the larger of its groups. No more
than a window of texts is held at a time. Fails on reports of one event that lie further apart than a window. Articles
without a day meet only each other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from comparer.corpus import store
from comparer.corpus.engine import Engine
from comparer.corpus.tables import articles_of

BLOCK = 7  # days of a block at least, over which nearness in time halves (grouping.profiles)
FEW = 1000  # articles of a block: among fewer it is less clear which are alike, and 3 in 100 more are grouped wrongly
SAME = 0.5  # part of the articles of two groups, in the days both windows see, above which they are one event
SHOWN = ("confidence", "terms", "nearest", "similarity")


class Window(NamedTuple):
    """Name a window by its first block, with its days and what they hold."""

    out: Path
    block: int
    days: tuple[str, ...]
    key: str

    @property
    def file(self) -> Path:
        """Return where its groups are kept."""
        return self.out / store.WORK / "windows" / f"{self.block}.json"


class Event(NamedTuple):
    """Hold the ids of articles that report one event, in order, and what grouping says of them."""

    articles: tuple[str, ...]
    shown: Mapping[str, Any]


def events_of(out: Path, keys: Mapping[str, Mapping[str, str]], engine: Engine) -> list[Event]:
    """Return the events of all articles; `keys` are those of the articles, by day and id.

    Windows whose articles are those of an earlier run are not grouped again.
    """
    length = length_for({day: len(found) for day, found in keys.items()})
    windows = list(_windows(out, keys, length))
    waiting = [window for window in windows if store.read_record(window.file).get("key") != window.key]
    engine.report("grouping", 0, len(waiting))
    engine.work("grouping", _group, waiting)
    home = {one: block_of(day, length) for day, found in keys.items() for one in found}
    found = merged({window.block: store.read_record(window.file)["groups"] for window in windows}, home)
    for file in (out / store.WORK / "windows").glob("*.json"):
        if int(file.stem) not in {window.block for window in windows}:
            file.unlink()
    return found


def length_for(sizes: Mapping[str, int]) -> int:
    """Return how many days a block has: a week, twice that and so on until blocks hold enough articles on average.

    >>> length_for({"2025-03-03": 1500, "2025-03-17": 900}), length_for({"2025-03-03": 400, "2025-03-17": 900})
    (7, 28)
    """
    dated = {day: many for day, many in sizes.items() if day != store.UNDATED}
    length = BLOCK
    while (blocks := len({block_of(day, length) for day in dated})) > 1 and sum(dated.values()) < FEW * blocks:
        length *= 2
    return length


def block_of(day: str, length: int) -> int:
    """Return the number of the block that a day stands in; what has no day stands in a block of its own, far away.

    >>> block_of("2025-03-17", 7) - block_of("2025-03-03", 7)
    2
    """
    return dt.date.fromisoformat(day).toordinal() // length if day != store.UNDATED else -2


def _windows(out: Path, keys: Mapping[str, Mapping[str, str]], length: int) -> Iterator[Window]:
    blocks: defaultdict[int, list[str]] = defaultdict(list)
    for day in sorted(keys):
        blocks[block_of(day, length)].append(day)
    for first in sorted(blocks):
        if first + 1 in blocks or first - 1 not in blocks:  # else the window before it sees all its days
            days = (*blocks[first], *blocks.get(first + 1, ()))
            yield Window(out, first, days, store.digest([(day, sorted(keys[day].items())) for day in days]))


def _group(window: Window) -> None:
    from comparer.grouping.clusters import group_articles
    from comparer.pipeline import in_order

    tables = (
        [store.read_table(store.part_of(window.out, name, day)) for name in store.OF_ARTICLES] for day in window.days
    )
    once = {article.id: article for part in tables for article in articles_of(*part)}
    articles = in_order(once.values())
    groups = [
        {
            "articles": [articles[k].id for k in group.members],
            "confidence": group.confidence,
            "terms": list(group.terms),
            "nearest": articles[group.nearest.article].id if group.nearest else None,
            "similarity": group.nearest.similarity if group.nearest else None,
        }
        for group in group_articles(articles)
    ]
    store.write_record(window.file, {"key": window.key, "groups": groups})


def merged(groups: Mapping[int, Sequence[Mapping[str, Any]]], home: Mapping[str, int]) -> list[Event]:
    """Return the events that the groups of all windows come to; `home` is the block of each article.

    >>> first = [{"articles": ["a", "b", "c"], "confidence": 1.0}, {"articles": ["d"], "confidence": 1.0}]
    >>> second = [{"articles": ["b", "c", "e"], "confidence": 0.5}, {"articles": ["d"], "confidence": 1.0}]
    >>> [event.articles for event in merged({0: first, 1: second}, {"a": 0, "b": 1, "c": 1, "d": 1, "e": 2})]
    [('a', 'b', 'c', 'e'), ('d',)]
    """
    place = {(w, one): n for w, found in groups.items() for n, group in enumerate(found) for one in group["articles"]}
    joined = {right: left for left, right in _alike(groups, place, home)}  # to one at most: SAME is a half

    def root(node: tuple[int, int]) -> tuple[int, int]:
        while node in joined:
            node = joined[node]
        return node

    members: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    told: dict[tuple[int, int], Counter[tuple[int, int]]] = defaultdict(Counter)
    for one, block in home.items():
        seen = [(w, place[w, one]) for w in (block - 1, block) if (w, one) in place]
        best = min(seen, key=lambda node: (-len(groups[node[0]][node[1]]["articles"]), node))
        members[root(best)].append(one)
        told[root(best)].update(seen)
    events = []
    for node, found in members.items():
        w, n = min(told[node], key=lambda seen: (-told[node][seen], seen))
        events.append(Event(tuple(sorted(found)), {name: groups[w][n].get(name) for name in SHOWN}))
    return sorted(events)


def _alike(
    groups: Mapping[int, Sequence[Mapping[str, Any]]],
    place: Mapping[tuple[int, str], int],
    home: Mapping[str, int],
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the groups of a window and of the next that hold mostly the same articles in the days both see."""
    for w in groups:
        if w + 1 not in groups:
            continue
        both = [one for group in groups[w + 1] for one in group["articles"] if home[one] == w + 1]
        sizes = Counter(place[w + 1, one] for one in both)
        shared = Counter((place[w, one], place[w + 1, one]) for one in both)
        own = Counter(place[w, one] for one in both)
        for (n, other), many in shared.items():
            if many > SAME * (own[n] + sizes[other] - many):
                yield (w, n), (w + 1, other)
