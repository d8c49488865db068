"""Print how long grouping takes, how much memory it needs and how well it groups, at growing numbers of articles.

    python benchmarks/grouping_speed.py [COUNT...]      1000, 3000 and 10000 by default, each in a process of its own

The articles are made up: of each five, four report events that three outlets share, one an event of its own. Words come
from the sample pages in `articles/` and from the background counts, as often as pages print them; every event has names
and words of its own. Days are given to every second batch row only, since many saved pages bear none.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from comparer.cleaning.article import read_text
from comparer.grouping.clusters import group_articles
from comparer.grouping.vectors import background_idf
from comparer.inputs import load
from comparer.model import Article

COUNTS = (1000, 3000, 10000)
SAMPLES = Path(__file__).parent.parent / "articles"
SYLLABLES = "ka ven tor mi sel dra no pil hav es lun go bre tam ri osk fa yel zu dim".split()
OUTLETS = 3  # reports of one event, at most
SHARED = 24  # words an event's reports draw from beside the language's
LENGTHS = (60, 60, 120, 350)  # words: half teasers, half reports
DAYS = 90


def generate(count: int, *, seed: int = 7) -> tuple[list[Article], list[int]]:
    """Return made-up articles and the number of each one's event; equal seeds give equal articles."""
    draw = random.Random(seed)  # noqa: S311 - made-up prose, no secret
    weights, unseen = background_idf()
    vocabulary = sorted(weights)
    common = [2.718281828 ** (unseen - weights[word]) for word in vocabulary]
    prose = sorted({w for page in load([str(SAMPLES)]).articles for w in page.main_text.split() if w.isalpha()})
    articles: list[Article] = []
    events: list[int] = []
    while len(articles) < count:
        event = events[-1] + 1 if events else 0
        own = [draw.choice(vocabulary) for _ in range(SHARED)] + [_name(draw) for _ in range(6)]
        day = draw.randrange(DAYS)
        for _ in range(OUTLETS if event % 5 else 1):
            size = draw.choice(LENGTHS)
            language = draw.choices(vocabulary, common, k=size * 3 // 5) + draw.choices(prose, k=size // 10)
            told = draw.choices(own, k=max(8, size * 3 // 10))
            articles.append(_article(draw, own, language + told, day if len(articles) % 2 else None))
            events.append(event)
    return articles[:count], events[:count]


def _article(draw: random.Random, own: list[str], body: list[str], day: int | None) -> Article:
    draw.shuffle(body)
    title = " ".join(draw.sample(own, 6)).capitalize()
    lines = [" ".join(body[k : k + 15]).capitalize() + "." for k in range(0, len(body), 15)]
    published = f"2025-{1 + day // 30:02d}-{1 + day % 30:02d}" if day is not None else None
    return read_text(title + "\n\n" + "\n".join(lines) + "\n", outlet="Echo", published=published)


def _name(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=3)).capitalize()


def measure(count: int) -> None:
    """Group so many articles and print one line."""
    before = time.perf_counter()
    articles, events = generate(count)
    made = time.perf_counter() - before
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    before = time.perf_counter()
    used = time.process_time()
    groups = group_articles(articles)
    seconds, used = time.perf_counter() - before, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    by_event: dict[int, list[int]] = {}
    for k, event in enumerate(events):
        by_event.setdefault(event, []).append(k)
    whole = {tuple(members) for members in by_event.values()}
    right = sum(group.members in whole for group in groups)
    print(
        f"{count:6} articles: {seconds:6.1f} s ({used:.1f} s of processor time), peak {peak} MB ({idle} MB before); "
        f"{right} of {len(whole)} events exact, {len(groups)} groups; generating took {made:.0f} s",
        flush=True,
    )


def main() -> None:
    """Measure each size in a process of its own, so that one's memory does not count for the next."""
    if sys.argv[1:2] == ["--only"]:
        measure(int(sys.argv[2]))
        return
    for count in map(int, sys.argv[1:] or COUNTS):
        subprocess.run([sys.executable, __file__, "--only", str(count)], check=True)


if __name__ == "__main__":
    main()
