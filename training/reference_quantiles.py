"""Score pairs of articles whose relation is known, and write comparer/resources/reference_quantiles.json.

    python training/reference_quantiles.py DATA_FOLDER        the folder that holds group_basil.jsonl.gz and the others

Three articles give no null of their own: a score means something beside what other pairs score. The pairs are reports
of one event (every pair of a BASIL triplet), reports of two events (each BASIL article and the one nearest to it in
words that reports another event) and edited prints of one agency story (the positive pairs of the Helsinki summit
pages). Shares of promotion are scored on whole saved pages of the Article Extraction Benchmark.

Output: per score and kind of pair the number of values, their quantiles at fixed points, and how many values equal the
least and the greatest. No text goes out. Two runs write the same bytes; some four minutes.
"""

from __future__ import annotations

import collections
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

import comparer
from comparer.model import Article, ReferenceKind

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "reference_quantiles.json"
POINTS = (0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100)  # per cent

Values = dict[str, dict[ReferenceKind, list[float]]]


def main(folder: Path) -> None:
    """Score the pairs and pages under `folder`, write the quantiles and print how many values each rests on."""
    basil = [(row["event"], read(row)) for row in rows(folder / "group_basil.jsonl.gz")]
    pages = [[article] for article in read_pages(rows(folder / "lines_aeb.jsonl.gz"))]
    values: Values = collections.defaultdict(lambda: collections.defaultdict(list))
    score(values, ReferenceKind.SAME_EVENT, triplets(basil))
    score(values, ReferenceKind.DIFFERENT_EVENTS, nearest_elsewhere(basil))
    score(values, ReferenceKind.ONE_STORY, copies(rows(folder / "reuse_helsinki.jsonl.gz")))
    score(values, ReferenceKind.SAVED_PAGE, pages)
    record = {
        "points": POINTS,
        "scores": {
            name: {kind: quantiles(kinds[kind]) for kind in ReferenceKind if kind in kinds}
            for name, kinds in sorted(values.items())
        },
    }
    OUT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    for name, kinds in record["scores"].items():
        for kind, found in kinds.items():
            print(f"{name:20} {kind:18} n {found['n']:4}  {found['quantiles']}")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON Lines, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read(row: dict[str, Any]) -> Article:
    """Read one article with its headline."""
    return comparer.read_text(f"{row['title']}\n\n{row['text']}", outlet=row["source"], published=row["date"])


def read_pages(lines: Iterable[dict[str, Any]]) -> list[Article]:
    """Join the lines of each page as copying it out of a browser would."""
    pages: dict[str, list[str]] = collections.defaultdict(list)
    for line in lines:
        pages[line["doc"]].append(line["line"])
    return [comparer.read_text("\n".join(page) + "\n", outlet="page") for page in pages.values()]


def triplets(basil: Sequence[tuple[str, Article]]) -> list[list[Article]]:
    """Return the articles of each event."""
    events: dict[str, list[Article]] = collections.defaultdict(list)
    for event, article in basil:
        events[event].append(article)
    return list(events.values())


def nearest_elsewhere(basil: Sequence[tuple[str, Article]]) -> list[list[Article]]:
    """Return each article beside the one that is nearest in words among those of other events, each pair once."""
    weights = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform([a.text for _, a in basil])
    near = (weights @ weights.T).toarray()
    events = np.array([event for event, _ in basil])
    near[events[:, None] == events[None, :]] = -1
    pairs = {tuple(sorted((k, int(best)))) for k, best in enumerate(near.argmax(axis=1))}
    return [[basil[left][1], basil[right][1]] for left, right in sorted(pairs)]


def copies(pairs: Iterable[dict[str, Any]]) -> list[list[Article]]:
    """Return the pairs of pages that print one agency story."""
    return [
        [comparer.read_text(pair[side], outlet=f"outlet {side}") for side in "ab"] for pair in pairs if pair["label"]
    ]


def score(values: Values, kind: ReferenceKind, events: Iterable[Sequence[Article]]) -> None:
    """Compare the articles of each event and collect what their scores say; those that abstain are left out."""
    for articles in events:
        for found in comparer.compare(articles, one_event=True).events[0].scores:
            alone = len(found.articles) == 1
            if found.value is not None and alone is (kind is ReferenceKind.SAVED_PAGE):
                values[found.name][kind].append(found.value)


def quantiles(values: Sequence[float]) -> dict[str, Any]:
    """Return how many values there are, their quantiles, and how many stand at either end."""
    cut = [round(float(q), 6) for q in np.percentile(values, POINTS)]
    return {
        "n": len(values),
        "quantiles": cut,
        "lowest": values.count(min(values)),
        "highest": values.count(max(values)),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
