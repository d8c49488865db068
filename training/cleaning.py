"""Learn to tell article from furniture, line by line, and write comparer/resources/cleaning_lines.json.

    python training/cleaning.py DATA_FOLDER             learn on everything and write the weights
    python training/cleaning.py DATA_FOLDER --figures   print what held-out pages and held-out corpora get

Learns from train_lines_wcxb (CC BY 4.0) and lines_aeb (MIT); lines_l3s is measured on alone. Headlines are masked: the
corpora disagree about them. Each page is also read as copies made here: with a menu set between its paragraphs, as
old page layouts copy; without most of its furniture; and in letters that no word list knows, as other languages look.
Fixed random states: two runs write the same bytes.
"""

from __future__ import annotations

import gzip
import json
import random
import string
import sys
import warnings
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from comparer.cleaning.clean import first_reading
from comparer.cleaning.features import NAMES, Matrix, believed, core, describe
from comparer.cleaning.lines import Record
from comparer.cleaning.networks import Network, scale, settle

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "cleaning_lines.json"
FOLDS = 5
LEAST_SPREAD = 0.05  # so that what hardly varies in these corpora cannot shout elsewhere
HIDDEN, STRENGTH, ROUNDS = 64, 0.01, 14
FOREIGN = str.maketrans(
    string.ascii_letters,
    "eodifugxyhkpmlrqsntaczjwvb" + "EODIFUGXYHKPMLRQSNTACZJWVB",
)
Line = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """Hold one page: its lines, features, labels (NaN: not judged), its copy."""

    name: str
    lines: list[Line]
    features: Matrix
    labels: Matrix
    copied: bool
    weight: float


def main(folder: Path, *, figures: bool) -> None:
    """Learn and write the weights, or print the held-out figures."""
    wcxb, aeb = learned_from(folder)
    if figures:
        l3s = list(read_pages(folder / "lines_l3s.jsonl.gz", copies=0.0, weight=1.0))
        _print_figures(wcxb, aeb, l3s)
        return
    first, second = learn([*wcxb, *aeb])
    weights = {"names": list(NAMES), "first": plain(first), "second": plain(second)}
    OUT.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")


def learned_from(folder: Path) -> tuple[list[Page], list[Page]]:
    """Return the pages of WCXB and of AEB, each with its copies."""
    wcxb = list(read_pages(folder / "train_lines_wcxb.jsonl.gz", copies=0.25, weight=1.0))
    return wcxb, list(read_pages(folder / "lines_aeb.jsonl.gz", copies=1.5, weight=3.0))


def _print_figures(wcxb: list[Page], aeb: list[Page], l3s: list[Page]) -> None:
    every = [*wcxb, *aeb]
    held = [learn([p for p in every if fold(p.name) != k]) for k in range(FOLDS)]
    for name, pages in (("wcxb", wcxb), ("aeb", aeb)):
        print(f"{name}, held-out pages:", _score(pages, lambda p: held[fold(p.name)]))
    both = learn(every)
    print("l3s, learned on wcxb and aeb:", _score(l3s, lambda _: both))
    only = learn(wcxb)
    print("aeb, learned on wcxb alone:", _score(aeb, lambda _: only))
    print("l3s, learned on wcxb alone:", _score(l3s, lambda _: only))
    only = learn(aeb)
    print("wcxb, learned on aeb alone:", _score(wcxb, lambda _: only))


def learn(pages: Sequence[Page]) -> tuple[Network, Network]:
    """Return the first network and the second, which learns from what the first says of pages it has not seen."""
    near = [_near(p) for p in pages]
    first = _fit(pages, near, [p.features for p in pages])
    beliefs: list[Matrix] = [np.zeros(0)] * len(pages)
    for k in range(FOLDS):
        inner = [fold(p.name + "inner") == k for p in pages]
        others = [i for i, held in enumerate(inner) if not held]
        part = _fit([pages[i] for i in others], [near[i] for i in others], [pages[i].features for i in others])
        for i, page in enumerate(pages):
            if inner[i]:
                beliefs[i] = part.probabilities(page.features)[:, 0]
    wider = [np.hstack([p.features, believed(b, p.features[:, 0])]) for p, b in zip(pages, beliefs, strict=True)]
    return first, _fit(pages, near, wider)


def _near(page: Page) -> Matrix:
    """Choose the lines learned from: those judged, and of short furniture far from the article a quarter."""
    kept_10, words = page.features[:, NAMES.index("kept_10")], page.features[:, 0]
    chance = np.random.default_rng(zlib.crc32(page.name.encode())).random(len(words))
    return ((kept_10 > 0) | (page.labels == 1) | (words >= 8) | (chance < 0.25)) & ~np.isnan(page.labels)


def _fit(pages: Sequence[Page], near: Sequence[Matrix], features: Sequence[Matrix]) -> Network:
    matrix = np.vstack([f[chosen] for f, chosen in zip(features, near, strict=True)])
    gold = np.concatenate([p.labels[chosen] for p, chosen in zip(pages, near, strict=True)])
    scales = [(1 + p.features[n, 0].clip(0, 60) / 15) * p.weight for p, n in zip(pages, near, strict=True)]
    logarithmic = matrix.max(axis=0) > 5
    counts = np.where(logarithmic, np.sign(matrix) * np.log1p(np.abs(matrix)), matrix)
    mean, spread = counts.mean(axis=0, dtype=np.float64), counts.std(axis=0, dtype=np.float64) + LEAST_SPREAD
    mean, spread = mean.astype(np.float32), spread.astype(np.float32)
    learner = MLPClassifier((HIDDEN,), alpha=STRENGTH, max_iter=ROUNDS, batch_size=512, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the rounds are chosen, not run to the end
        learner.fit(scale(matrix, logarithmic, mean, spread), gold, sample_weight=np.concatenate(scales))
    layers = zip(learner.coefs_, learner.intercepts_, strict=True)
    return Network(logarithmic, mean, spread, tuple((w.astype(np.float32), b.astype(np.float32)) for w, b in layers))


def plain(network: Network) -> dict[str, Any]:
    """Return a network as it is written: numbers with four digits."""

    def numbers(values: Matrix) -> list[Any]:
        return [numbers(row) for row in values] if values.ndim > 1 else [float(f"{v:.4g}") for v in values]

    return {
        "classes": [],
        "logarithmic": network.logarithmic.astype(int).tolist(),
        "mean": numbers(network.mean),
        "scale": numbers(network.scale),
        "layers": [[numbers(w), numbers(b)] for w, b in network.layers],
    }


def _score(pages: Sequence[Page], networks: Callable[[Page], tuple[Network, Network]]) -> str:
    """Return F1 by words and by lines of what is kept, as the scorer counts it."""
    tallies: dict[str, Counter[str]] = {"word": Counter(), "line": Counter()}
    for page in pages:
        if page.copied:
            continue
        first, second = networks(page)
        belief = first.probabilities(page.features)[:, 0]
        wider = np.hstack([page.features, believed(belief, page.features[:, 0])])
        records = first_reading(text(page.lines))
        near = records[core(records)]
        settle(near, second.probabilities(wider)[:, 0])
        for one, gold in zip(records, _labels(page.lines, records), strict=True):
            if not np.isnan(gold):
                for unit, amount in (("word", one.unit.words), ("line", 1)):
                    tallies[unit].update(gold=amount * int(gold), kept=amount * one.kept)
                    tallies[unit].update(hit=amount * int(gold and one.kept))
    return ", ".join(f"{unit} F1 {2 * t['hit'] / (t['gold'] + t['kept']):.4f}" for unit, t in tallies.items())


def read_pages(path: Path, *, copies: float, weight: float) -> Iterator[Page]:
    """Yield the pages of a file, each followed by the copies made of it; `copies` is how many menus are set in."""
    by_page: dict[str, list[Line]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            by_page.setdefault(line["doc"], []).append(line)
    for name, own in sorted(by_page.items()):
        yield _page(name, own, weight, copied=False)
        chance = random.Random(name)  # noqa: S311 - for copies of pages, not for secrets
        for make in (_with_menu, _without_furniture, _foreign):
            if chance.random() < copies * (1 if make is _with_menu else 0.5):
                made = make(own, chance)
                if made:
                    yield _page(name, made, weight, copied=True)


def _page(name: str, lines: list[Line], weight: float, *, copied: bool) -> Page:
    records = first_reading(text(lines))
    records = records[core(records)]
    return Page(name, lines, describe(records), _labels(lines, records), copied, weight)


def text(lines: Sequence[Line]) -> str:
    """Return a page as it is copied: its lines in order."""
    return "".join(line["line"] + "\n" for line in lines)


def _labels(lines: Sequence[Line], records: Sequence[Record]) -> Matrix:
    """Return 1 for records whose characters are mostly content, 0 for furniture, NaN where none is judged."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line["line"]) + 1
    votes = np.zeros((len(records), 2))
    for i, one in enumerate(records):
        for k in range(bisect_right(starts, one.unit.span.start) - 1, bisect_right(starts, one.unit.span.end - 1)):
            shared = min(starts[k] + len(lines[k]["line"]), one.unit.span.end) - max(starts[k], one.unit.span.start)
            judged = lines[k]["label"] in ("content", "boilerplate") and lines[k].get("hint") != "headline"
            votes[i, int(lines[k]["label"] == "content")] += shared * judged
    return np.where(votes.sum(axis=1) > 0, votes[:, 1] > votes[:, 0], np.nan)


def _with_menu(lines: list[Line], chance: random.Random) -> list[Line] | None:
    """Set a run of the page's own menu between and before its paragraphs, as side columns of a table copy."""
    short = [i for i, line in enumerate(lines) if line["label"] == "boilerplate" and 0 < len(line["line"]) < 40]
    article = [i for i, line in enumerate(lines) if line["label"] == "content"]
    if len(short) < 10 or len(article) < 8:
        return None
    start = chance.randrange(max(1, len(short) - 25))
    taken = short[start : start + chance.randrange(6, 26)]
    menu = [lines[i] for i in taken]
    first, rate = article[chance.randrange(max(1, len(article) // 2))], chance.choice((0.4, 0.7, 0.9))
    out: list[Line] = []
    for i, line in enumerate(lines):
        if i in taken:
            continue
        if i >= first and line["label"] == "content" and menu and chance.random() < rate:
            own = [menu.pop(0) for _ in range(min(len(menu), chance.choice((1, 1, 1, 2, 3))))]
            if chance.random() < 0.25:
                out += [*own[:-1], {**line, "line": f"{own[-1]['line']} {line['line']}"}]
                continue
            out += own
        out.append(line)
    return out


def _without_furniture(lines: list[Line], chance: random.Random) -> list[Line] | None:
    """Leave of the furniture only what stands nearest to the article, as a careful reader copies."""
    article = [i for i, line in enumerate(lines) if line["label"] == "content"]
    if len(article) < 3:
        return None
    margin = chance.choice((0, 0, 1, 3, 8))
    near = {k for i in article for k in range(i - margin, i + margin + 1)}
    return [line for i, line in enumerate(lines) if i in near]


def _foreign(lines: list[Line], _: random.Random) -> list[Line] | None:
    """Write the page in letters that no word list knows."""
    return [{**line, "line": line["line"].translate(FOREIGN)} for line in lines]


def fold(name: str, folds: int = FOLDS) -> int:
    """Return the fold of a page: pages are held out whole."""
    return zlib.crc32(name.encode()) % folds


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python training/cleaning.py DATA_FOLDER [--figures]")
    main(Path(sys.argv[1]), figures="--figures" in sys.argv)
