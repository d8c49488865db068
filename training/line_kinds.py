"""Learn to name the kind of a page's lines, and write comparer/resources/cleaning_kinds.npz.

    python training/line_kinds.py DATA_FOLDER BASE             learn on every page and write the weights
    python training/line_kinds.py DATA_FOLDER BASE --figures   print what pages of held-out outlets get

Learns from the typed lines of pages_news, planted, planted2 and kinds_wcxb, and of 39 pages of lines_aeb, whose kinds
stand in `line_kinds.json`: a letter of `LETTERS` behind each range of lines. BASE is the folder of all-MiniLM-L6-v2,
whose word pieces the words are read by. The second judge learns from what the first says of outlets that it has not
seen. Fixed order and no chance: two runs write the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from sklearn.linear_model import LogisticRegression

from comparer import clean
from comparer.cleaning import kinds
from comparer.cleaning.clean import first_reading
from comparer.cleaning.features import Matrix
from comparer.cleaning.kinds import KINDS, describe_chances, describe_words
from comparer.cleaning.lines import Record
from comparer.cleaning.networks import Network, reread, scale
from comparer.model import KEPT_KINDS

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "cleaning_kinds.npz"
FOLDS = 5
WIDTH = 16  # numbers of a word; 32 bring no more, 64 less
STRENGTHS = (0.03, 0.02)  # inverse regularisation of the judges, chosen on held-out outlets
WEIGHTS = {"pages_news": 1.0, "kinds_wcxb": 1.0, "lines_aeb": 0.7, "planted": 0.5, "planted2": 0.5}
LEAST_SPREAD = 0.05
LEAST_SCORED = 8  # lines of a kind that count in macro F1
LETTERS = dict(
    zip(
        "hufkbtwnrlxsciapgdo",
        "title subheading standfirst caption byline timestamp wire_credit navigation related newsletter consent share "
        "comments author_bio about_outlet promotion legal duplicate other".split(),
        strict=True,
    )
)
BESIDE_TEXT = "hufkbtwixap"  # letters that may overrule what the benchmark calls text
SHORT = 60  # characters; the benchmark's text of so few without an end may be a heading


@dataclass
class Page:
    """Hold a page: its source and outlet, its lines with the kinds known, and what is told of its records."""

    source: str
    outlet: str
    lines: Sequence[str]
    known: dict[int, str]
    rows: Matrix = field(default_factory=lambda: np.empty((0, 0), np.float32))
    gold: Matrix = field(default_factory=lambda: np.empty(0))


def main() -> None:
    """Learn and write the weights, or print the figures of held-out outlets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--figures", action="store_true")
    wanted = parser.parse_args()
    words, vectors, step = word_vectors(wanted.base)
    table = {word: row for row, word in enumerate(words)}
    known = (table, np.vstack((vectors * step, np.zeros((1, WIDTH)))).astype(np.float32))
    kinds._vectors = lambda: known  # type: ignore[assignment]  # noqa: SLF001 - what is about to be written
    pages = [described(page) for page in pages_in(wanted.folder)]
    if wanted.figures:
        print_figures(pages)
        return
    told = {name: arrays for name, judge in zip(("first", "second"), learn(pages), strict=True) for arrays in (judge,)}
    arrays = {
        f"{name}_{part}": value
        for name, judge in told.items()
        for part, value in (
            ("logarithmic", judge.logarithmic),
            ("mean", judge.mean),
            ("scale", judge.scale),
            ("weights", judge.layers[0][0]),
            ("bias", judge.layers[0][1]),
        )
    }
    letters = np.frombuffer(" ".join(words).encode(), np.uint8)
    np.savez_compressed(OUT, words=letters, vectors=vectors, step=np.float32(step), **arrays)


def word_vectors(base: Path) -> tuple[list[str], Matrix, float]:
    """Return the whole words among the word pieces, their vectors in whole numbers, and what one stands for."""
    pieces = (base / "vocab.txt").read_text(encoding="utf-8").split("\n")
    rows = [row for row, piece in enumerate(pieces) if piece and not piece.startswith(("##", "["))]
    full = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"][rows].astype(np.float64)
    full -= full.mean(axis=0)
    _, directions = np.linalg.eigh(full.T @ full)
    cut = full @ directions[:, : -WIDTH - 1 : -1]
    cut /= cut.std()
    step = float(np.abs(cut).max() / 127)
    return [pieces[row] for row in rows], np.round(cut / step).astype(np.int8), step


def described(page: Page) -> Page:
    """Return a page with the rows that the first judge reads and the kinds of its records, -1 where unknown."""
    records = first_reading(text(page.lines))
    features, belief = reread(records)
    page.rows = np.concatenate((features, belief[:, None], describe_words(records)), axis=1)
    page.gold = np.array([number(page, at) for at in places(page.lines, records)])
    return page


def number(page: Page, line: int) -> int:
    """Return the number of a line's kind, -1 where it is not known."""
    return next((i for i, kind in enumerate(KINDS) if kind == page.known.get(line)), -1)


def text(lines: Sequence[str]) -> str:
    """Return a page as it is copied: its lines in order."""
    return "".join(f"{line}\n" for line in lines)


def places(lines: Sequence[str], records: Sequence[Record]) -> list[int]:
    """Return the line on which each record begins."""
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)]).tolist()
    return [bisect_right(starts, one.unit.span.start) - 1 for one in records]


def learn(pages: Sequence[Page]) -> tuple[Network, Network]:
    """Return both judges."""
    chances: list[Matrix] = [np.empty(0)] * len(pages)
    for k in range(FOLDS):
        held = [fold(f"{page.outlet}i") == k for page in pages]
        part = fit([p for p, out in zip(pages, held, strict=True) if not out], STRENGTHS[0])
        for i, page in enumerate(pages):
            if held[i]:
                chances[i] = part.probabilities(page.rows)
    wider = [np.concatenate((p.rows, describe_chances(c)), axis=1) for p, c in zip(pages, chances, strict=True)]
    return fit(pages, STRENGTHS[0]), fit(pages, STRENGTHS[1], wider)


def fit(pages: Sequence[Page], strength: float, rows: Sequence[Matrix] = ()) -> Network:
    """Return a judge; kinds that no page shows get no chance."""
    matrix = np.vstack([r[p.gold >= 0] for p, r in zip(pages, rows or [p.rows for p in pages], strict=True)])
    gold = np.concatenate([page.gold[page.gold >= 0] for page in pages])
    weight = np.concatenate([np.full((page.gold >= 0).sum(), WEIGHTS[page.source]) for page in pages])
    logarithmic = matrix.max(axis=0) > 5
    counts = np.where(logarithmic, np.sign(matrix) * np.log1p(np.abs(matrix)), matrix)
    mean = counts.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = (counts.std(axis=0, dtype=np.float64) + LEAST_SPREAD).astype(np.float32)
    learner = LogisticRegression(C=strength, max_iter=300)
    learner.fit(scale(matrix, logarithmic, mean, spread), gold, sample_weight=weight)
    weights = np.zeros((matrix.shape[1], len(KINDS)), np.float32)
    bias = np.full(len(KINDS), -30, np.float32)
    weights[:, learner.classes_], bias[learner.classes_] = learner.coef_.T, learner.intercept_
    return Network(logarithmic, mean, spread, ((weights, bias),))


def print_figures(pages: Sequence[Page]) -> None:
    """Print what the whole cleaner makes of the saved pages of outlets that its judges have not seen."""
    hit, gold, got, words = (Counter[str]() for _ in range(4))
    for k in range(FOLDS):
        held = learn([page for page in pages if fold(page.outlet) != k])
        kinds.judges = lambda held=held: held  # type: ignore[assignment]
        for page in pages:
            if page.source == "pages_news" and fold(page.outlet) == k:
                count(page, hit, gold, got, words)
    dropped = [kind for kind in gold if kind not in KEPT_KINDS]
    right, every = sum(hit[kind] for kind in dropped), sum(gold[kind] for kind in dropped)
    f1 = [2 * hit[kind] / (gold[kind] + got[kind]) for kind in gold if gold[kind] >= LEAST_SCORED]
    print(f"kinds of furniture {right}/{every} = {right / every:.4f}, macro F1 {np.mean(f1):.4f}")
    print(f"words F1 {2 * words['both'] / (words['kept'] + words['gold']):.4f}")


def count(page: Page, hit: Counter[str], gold: Counter[str], got: Counter[str], words: Counter[str]) -> None:
    """Count the lines of each kind as the scorer does: a line is of the kind of the block that covers most of it."""
    blocks, start = clean(text(page.lines)), 0
    for at, line in enumerate(page.lines):
        end = start + len(line)
        shared: Callable[[Any], int] = lambda b, s=start, e=end: min(b.span.end, e) - max(b.span.start, s)  # type: ignore[misc] # noqa: E731
        block = max(blocks, key=shared)
        kind = str(block.kind) if shared(block) > 0 else "none"
        start = end + 1
        wanted = page.known.get(at, "")
        if wanted:
            hit[wanted] += kind == wanted
            gold[wanted] += 1
            got[kind] += 1
            size, keep, kept = len(line.split()), wanted in KEPT_KINDS, kind in KEPT_KINDS
            words.update(gold=keep * size, kept=kept * size, both=keep * kept * size)


def pages_in(folder: Path) -> Iterator[Page]:
    """Yield the pages that are learned from."""
    for item in items(folder, "pages_news"):
        outlet = item["name"].rsplit("_", 3)[0].rsplit("-", maxsplit=1)[-1]
        lines, known = zip(*item["lines"], strict=True)
        yield Page("pages_news", outlet, lines, dict(enumerate(known)))
    for name in ("planted", "planted2"):
        for event in items(folder, name):
            for page in event["pages"]:
                lines = page["text"].split("\n")
                starts = np.cumsum([0, *(len(line) + 1 for line in lines)]).tolist()
                known = {bisect_right(starts, start) - 1: kind for start, _, kind in page["lines"]}
                yield Page(name, event["event"], lines, known)
    found = list(items(folder, "kinds_wcxb"))
    for page in (item for item in found if "page" in item):
        known = {item["i"]: item["kind"] for item in found if item["doc"] == page["doc"] and "page" not in item}
        yield Page("kinds_wcxb", page["doc"], page["page"], known)
    yield from annotated(list(items(folder, "lines_aeb")))


def annotated(lines: Sequence[dict[str, Any]]) -> Iterator[Page]:
    """Yield the pages of the benchmark whose lines are typed in `line_kinds.json`."""
    ranges = json.loads(Path(__file__).with_name("line_kinds.json").read_text(encoding="utf-8"))
    for name, told in ranges.items():
        own = [line for line in lines if line["doc"].startswith(name)]
        known = {}
        for at, line in enumerate(own):
            if line["label"] == "content" and (len(line["line"]) >= SHORT or line["line"].rstrip()[-1:] in '.!?"”'):
                known[at] = "content"
        for part in told["kinds"].split():
            low, _, high = part[:-1].partition("-")
            for at in range(int(low), int(high or low) + 1):
                text_there = own[at]["label"] == "content" and part[-1] not in BESIDE_TEXT
                if len(own[at]["line"].strip()) > 1 and not text_there:
                    known[at] = LETTERS[part[-1]]
        yield Page("lines_aeb", told["outlet"], [line["line"] for line in own], known)


def items(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield what a file of the folder holds."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def fold(name: str) -> int:
    """Return the fold of an outlet: outlets are held out whole."""
    return zlib.crc32(name.encode()) % FOLDS


if __name__ == "__main__":
    main()
