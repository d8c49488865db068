"""Print how long the tool takes and how much memory and space, in processor time, on this machine.

    python benchmarks/speed.py [MEASURE...] [--against CHECKOUT] [--runs N] [--limit SECONDS]

Every measure runs in a process of its own. With `--against`, a folder that holds another state of this repository (a
worktree of an earlier commit), each measure runs with both in turn and the ratio of the medians is printed: machines
drift, ratios hold. All but `read_3` and `pairs_500`, which run the small reader of pairs, lay claims together by words
alone, as `--fast` does and earlier states did. Texts are made of sentences of real reports (COMPARER_DATA, or `shared`
beside the repository), or of the sample pages in `articles/` where there are none.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("COMPARER_DATA") or ROOT.parent / "shared")
WORDS = 800  # of each article
EVENT, OF_EVENT = "31ecb", 14  # an event that many outlets report at length, and how many
NAMES = (
    "Aldane Brevik Corrado Demirel Ekholm Farrow Gansey Holub Ivarsen Jarosz Kestrel Lindqvist Moreau Norsund".split()
)


@cache
def reports() -> tuple[tuple[str, ...], ...]:
    """Return the sentences of reports, those of one event first; without real ones, of the sample pages."""
    real = DATA / "bench" / "dev" / "group_ecb.jsonl.gz"
    if real.is_file():
        rows = [json.loads(line) for line in gzip.decompress(real.read_bytes()).splitlines()]
        texts = [row["text"] for row in sorted(rows, key=lambda row: row["event"] != EVENT)]
    else:
        texts = [
            path.read_text(encoding="utf-8", errors="replace") for path in sorted((ROOT / "articles").rglob("*.txt"))
        ]
    split = (re.split(r"(?<=[.!?”])\s+(?=[A-Z“])", text) for text in texts)
    return tuple(tuple(s for s in found if len(s.split()) > 8) for found in split)


def prose(seed: int, words: int) -> str:
    """Return an article of so many words: one sentence in four of a report of the event, the rest told by it alone."""
    known = min(OF_EVENT, len(reports()) // 2)
    shared, others = reports()[:known], reports()[known:]
    turn, first = divmod(seed, known)
    event = itertools.chain.from_iterable(shared[(first + k) % known][turn % 3 :] for k in itertools.count())
    alone = itertools.chain.from_iterable(others[(7 * seed + k) % len(others)] for k in itertools.count())
    parts: list[str] = []
    left = words
    while left > 0:
        again = len(parts) // 4 // len(others)
        sentence = next(event) if len(parts) % 4 == 0 else next(alone)
        name = f"{NAMES[again % len(NAMES)]} {again}"
        parts.append(re.sub(r"\b[A-Z][a-z]{4,}\b", name, sentence, count=1) if again else sentence)
        left -= len(sentence.split())
    return "Ministry weighs harbour mission\n\n" + "\n\n".join(parts) + "\n"


def event(articles: int, words: int = WORDS, *, copies: bool = False) -> float:
    """Compare so many articles of one event."""
    return _compared([prose(0 if copies else k, words) for k in range(articles)])


def endless(characters: int) -> float:
    """Compare two pages that hold one sentence without an end."""
    every = itertools.chain.from_iterable(itertools.cycle(reports()))
    line = " and ".join(s.rstrip(".!?”") for s in itertools.islice(every, characters // 60))
    return _compared([f"A sentence\n\n{word} {line[:characters]}.\n" for word in ("When", "As")])


def table(lines: int) -> float:
    """Compare two pages that hold a list of like lines, as results of an election are printed."""
    rows = "\n\n".join(
        f"District {k}: the Green Party won {20 + k % 9} per cent of the vote, the Labour Party {30 - k % 7} per cent."
        for k in range(lines)
    )
    said = ("it fell", "two were hurt")
    return _compared([f"Bridge falls in Veldorf\n\nPolice said {news}.\n\n{rows}\n" for news in said])


def cold(folder: Path, *, fast: bool = True) -> float:
    """Run the command line on a folder of pages, from nothing to the written report."""
    from comparer.model import Config

    with tempfile.TemporaryDirectory() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "comparer", "compare", str(folder), "--out", out]
        command += ["--fast"] if fast and hasattr(Config, "fast") else []
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def read_event(articles: int, sentences: int) -> float:
    """Run the command line on so many reports of one event, claims read by the reader, from nothing to the report."""
    with tempfile.TemporaryDirectory() as folder:
        for k, own in enumerate(reports()[:articles]):
            text = "Ministry weighs harbour mission\n\n" + "\n\n".join(own[:sentences]) + "\n"
            (Path(folder) / f"outlet_{k}.txt").write_text(text, encoding="utf-8")
        return cold(Path(folder), fast=False)


def pairs(count: int) -> float:
    """Read so many pairs of sentences by the reader, after a first one."""
    from comparer.encoder import read_pairs

    side = math.isqrt(count) + 1
    told = list(itertools.islice(itertools.chain.from_iterable(reports()), 2 * side))
    wanted = list(itertools.islice(itertools.product(told[:side], told[side:]), count))
    read_pairs(wanted[:1])
    start = time.process_time()
    read_pairs(wanted)
    return time.process_time() - start


def started() -> float:
    """Run `comparer --help`; return seconds on the wall."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "comparer", "--help"], check=True, capture_output=True)
    return time.perf_counter() - start


def _compared(pages: list[str]) -> float:
    """Compare the pages as one event, after a small one has loaded libraries, lists and weights; return seconds."""
    import comparer

    config = comparer.Config(**({"fast": True} if hasattr(comparer.Config, "fast") else {}))
    small = [comparer.read_text(prose(k, 120), outlet=f"Warm {k}") for k in (1, 2)]
    comparer.compare(small, one_event=True, config=config)
    start = time.process_time()
    articles = [comparer.read_text(page, outlet=f"Outlet {k}") for k, page in enumerate(pages)]
    comparer.compare(articles, one_event=True, config=config)
    return time.process_time() - start


MEASURES: dict[str, Callable[[], float]] = {
    "help": started,
    "cold": lambda: cold(DATA / "seeds" if (DATA / "seeds").is_dir() else ROOT / "articles"),
    "articles_5": lambda: event(5),
    "articles_10": lambda: event(10),
    "articles_20": lambda: event(20),
    "articles_40": lambda: event(40),
    "words_400": lambda: event(5, 400),
    "words_1600": lambda: event(5, 1600),
    "words_3200": lambda: event(5, 3200),
    "copies_80": lambda: event(80, copies=True),
    "megabyte": lambda: event(1, 170_000),
    "megabytes_5": lambda: event(1, 850_000),
    "sentence_80k": lambda: endless(80_000),
    "list_100": lambda: table(100),
    "list_400": lambda: table(400),
    "read_3": lambda: read_event(3, 25),
    "pairs_500": lambda: pairs(500),
}
"""What can be measured. Processor seconds, but `help`, which is seconds on the wall; `cold` is a whole process."""
GROWTH = {"outlets": ("articles_10", "articles_40", 4.0), "length": ("words_400", "words_3200", 8.0)}
USUAL = ("help", "cold", "articles_5", "articles_10", "words_400", "sentence_80k", "list_100")


def measured(name: str, checkout: Path, limit: float) -> tuple[float, float]:
    """Return a measure's seconds and its peak memory in MB with the code of a checkout; infinite over the limit."""
    worker = [sys.executable, str(Path(__file__).resolve()), name, "--worker"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, as for anybody who runs it twice
    try:
        done = subprocess.run(
            worker, check=True, capture_output=True, text=True, env=environment, cwd=checkout, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return math.inf, math.nan
    said = json.loads(done.stdout.splitlines()[-1])
    return said["seconds"], said["megabytes"]


def size(checkout: Path) -> str:
    """Count the package's modules and lines of Python."""
    files = [path for path in (checkout / "comparer").rglob("*.py") if "__pycache__" not in path.parts]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    return f"{sum(path.name != '__init__.py' for path in files)} modules, {lines} lines"


def figures(names: list[str], against: Path | None, runs: int, limit: float) -> Iterator[str]:
    """Yield a line per measure, and one per exponent of growth whose two ends were measured."""
    found: dict[str, float] = {}
    for name in names:
        own = [(measured(name, ROOT, limit), measured(name, against, limit) if against else None) for _ in range(runs)]
        found[name] = statistics.median(mine[0] for mine, _ in own)
        line = f"{name:14} {found[name]:8.2f} s  {max(mine[1] for mine, _ in own):6.0f} MB"
        if against:
            other = statistics.median(theirs[0] for _, theirs in own if theirs)
            line += f"   before {other:8.2f} s   ratio {found[name] / other:.3f} (1/{other / found[name]:.1f})"
        yield line
    for what, (low, high, factor) in GROWTH.items():
        if low in found and high in found:
            yield f"growth with {what}: exponent {math.log(found[high] / found[low]) / math.log(factor):.2f}"


def main() -> None:
    """Read the command line and print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "measures", nargs="*", help=f"some of {' '.join(MEASURES)}, or all; {' '.join(USUAL)} by default"
    )
    parser.add_argument("--against", type=Path, help="another state of the repository to measure beside this one")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds after which a run is given up")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.worker:
        seconds = MEASURES[said.measures[0]]()
        who = resource.RUSAGE_CHILDREN if said.measures[0] in {"help", "cold", "read_3"} else resource.RUSAGE_SELF
        print(json.dumps({"seconds": seconds, "megabytes": resource.getrusage(who).ru_maxrss / 1024}))
        return
    names = list(MEASURES) if said.measures == ["all"] else said.measures or list(USUAL)
    if unknown := sorted(set(names) - MEASURES.keys()):
        parser.error(f"no measure is called {', '.join(unknown)}; there are {' '.join(MEASURES)}")
    print(f"{size(ROOT)}{f'; before {size(said.against)}' if said.against else ''}")
    for line in figures(names, said.against.resolve() if said.against else None, said.runs, said.limit):
        print(line, flush=True)


if __name__ == "__main__":
    main()
