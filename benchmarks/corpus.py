"""Print how long many articles take, with how much memory: `compare`, runs of a corpus, grouping, a cluster.

    python benchmarks/corpus.py [MEASURE...] [--count N] [--jobs N] [--against CHECKOUT]

Measures: compare (N / 5 events of five reports, --fast), encoder (the same with the small models), run (a corpus of N
articles, then nothing new, then one day more), growth (runs of N / 2 and N), group (N teasers, in windows and all at
once, beside tf-idf cosine within two days and average linkage), cluster (one worker of dask.distributed, then two).
Articles are made from real reports (corpus_texts.py). Seconds are those on the wall and, behind them, of processors,
which a busy machine changes less; memory is that of all processes together and of the largest, sampled ten times a
second, pages that processes share counted in each. Compare ratios of one run, never seconds of two days.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
from corpus_texts import made

ROOT = Path(__file__).resolve().parent.parent
EVERY = 0.1  # seconds between two looks at the memory
TEASER = 90  # words
NEAR, ALIKE = 2, 0.3  # days and mean cosine of the other way to group


class Cost(NamedTuple):
    """Hold what a command cost: seconds on the wall and of processors, megabytes of all processes and the largest."""

    wall: float
    used: float
    together: float
    largest: float

    def __str__(self) -> str:
        """Say it in a line."""
        told = f"{self.wall:8.1f} s ({self.used:.1f} s of processors)"
        return f"{told}, {self.together:.0f} MB together, {self.largest:.0f} MB the largest"


def cost(command: Sequence[str], checkout: Path = ROOT) -> Cost:
    """Run a command with the code of a checkout and return what it cost."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = psutil.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    together = largest = 0.0
    while process.poll() is None:
        sizes = [_size(one) for one in (process, *process.children(recursive=True))]
        together, largest = max(together, sum(sizes)), max(largest, *sizes)
        time.sleep(EVERY)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}")
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(time.perf_counter() - start, used, together, largest)


def _size(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def comparer(*arguments: str | Path) -> list[str]:
    """Return a command of the command line."""
    return [sys.executable, "-m", "comparer", *map(str, arguments)]


def written(folder: Path, count: int, *, words: int = 620, last: int | None = None) -> Path:
    """Write so many articles to a file, or those of the first days without the last."""
    file = folder / f"{count}-{words}.jsonl"
    rows = list(made(count, words=words))
    days = sorted({row["published"] for row in rows})
    kept = [row for row in rows if last is None or row["published"] < days[-last]]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8")
    return file


def compare(folder: Path, said: argparse.Namespace, *, fast: bool = True) -> Iterator[str]:
    """Compare events of five reports, with this code and with another state of it."""
    file = written(folder, said.count)
    options = [*(["--fast"] if fast else []), "--force"]
    for checkout, jobs in ((said.against, 1), (ROOT, 1), (ROOT, said.jobs)):
        if checkout:
            command = comparer("compare", file, "--out", folder / "report", "--jobs", str(jobs), *options)
            state = ", before" if checkout != ROOT else ""
            yield f"compare {said.count} articles, jobs {jobs}{state}: {cost(command, checkout)}"


def run(folder: Path, said: argparse.Namespace) -> Iterator[str]:
    """Run a corpus, again with nothing new, and with one day more."""
    out, took = folder / "corpus", {}
    for name, last in (("without the last day", 1), ("nothing new", 1), ("one day more", None)):
        file = written(folder, said.count, last=last)
        took[name] = cost(comparer("corpus", "run", file, "--out", out, "--fast", "--jobs", str(said.jobs)))
        yield f"corpus run of {said.count} articles, {name}: {took[name]}"
    share = took["one day more"].used / took["without the last day"].used
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / said.count
    yield f"one day more costs {share:.1%} of the whole; {size / 1000:.1f} kB an article, pages included"


def growth(folder: Path, said: argparse.Namespace) -> Iterator[str]:
    """Run corpora of which one is twice the other, over the same number of days."""
    took = []
    for count in (said.count // 2, said.count):
        command = comparer("corpus", "run", written(folder, count), "--out", folder / str(count), "--fast")
        took.append(cost([*command, "--jobs", str(said.jobs)]))
        yield f"corpus run of {count} articles: {took[-1]}"
    yield f"growth: exponent {math.log2(took[1].used / took[0].used):.2f}"


def group(folder: Path, said: argparse.Namespace) -> Iterator[str]:
    """Group teasers in three ways, each in a process of its own."""
    file = written(folder, said.count, words=TEASER)
    out = folder / "teasers"
    script = "from comparer.corpus.engine import Engine; from comparer.corpus.intake import take_in\n"
    script += "from pathlib import Path; import sys\nif __name__ == '__main__':\n take_in(Path(sys.argv[1]),"
    script += f" Path(sys.argv[2]), Engine(lambda s, d, n: None, {said.jobs}), fields={{}}, stamp='bench')"
    (folder / "intake.py").write_text(script, encoding="utf-8")
    yield f"taking in {said.count} teasers: {cost([sys.executable, str(folder / 'intake.py'), str(file), str(out)])}"
    for way in WAYS:
        answer = folder / f"{way}.json"
        command = [sys.executable, __file__, way, "--worker", str(out), str(answer), "--jobs", str(said.jobs)]
        took = cost(command)
        told = json.loads(answer.read_bytes())
        yield f"group {said.count} teasers, {way}: {took}; grouping alone {told['seconds']:.1f} s; {told['quality']}"


def windows(out: Path, jobs: int) -> list[list[str]]:
    """Group in windows, as a corpus does."""
    from comparer.corpus.engine import Engine
    from comparer.corpus.run import _keys
    from comparer.corpus.windows import events_of

    found = events_of(out, _keys(out), Engine(lambda _stage, _done, _total: None, jobs))
    return [list(event.articles) for event in found]


def at_once(out: Path, jobs: int) -> list[list[str]]:
    """Group all at once."""
    from comparer.grouping.clusters import group_articles

    del jobs
    articles = _articles(out)
    return [[articles[k].id for k in found.members] for found in group_articles(articles)]


def cosine(out: Path, jobs: int) -> list[list[str]]:
    """Group by tf-idf cosine within two days and average linkage, with scikit-learn and SciPy."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.feature_extraction.text import TfidfVectorizer

    del jobs
    articles = sorted(_articles(out), key=lambda a: (a.published or "", a.id))
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(a.text for a in articles)
    days = np.array([np.datetime64(a.published).astype(int) for a in articles])
    found: list[list[str]] = []
    for first in range(days.min(), days.max() + 1, NEAR + 1):  # blocks, since linkage over all needs a full matrix
        own = np.flatnonzero((days >= first) & (days <= first + NEAR))
        if len(own) < 2:
            found += [[articles[k].id] for k in own]
            continue
        apart = np.maximum(0, 1 - (vectors[own] @ vectors[own].T).toarray())
        labels = fcluster(linkage(apart[np.triu_indices(len(own), 1)], "average"), 1 - ALIKE, "distance")
        found += [[articles[k].id for k in own[labels == label]] for label in np.unique(labels)]
    return found


WAYS: dict[str, Callable[[Path, int], list[list[str]]]] = {"windows": windows, "at_once": at_once, "cosine": cosine}


def _articles(out: Path) -> list[object]:
    from comparer.corpus import store
    from comparer.corpus.tables import articles_of

    days = store.days_of(out)
    tables = ([store.read_table(store.part_of(out, name, day)) for name in store.OF_ARTICLES] for day in days)
    return [article for part in tables for article in articles_of(*part)]


def graded(out: Path, found: list[list[str]]) -> str:
    """Return the B-cubed precision and recall of groups: the address of an article names its event."""
    from comparer.corpus import store

    truth: dict[str, str] = {}
    for day in store.days_of(out):
        table = store.read_table(store.part_of(out, "articles", day), ("id", "url"))
        pairs = zip(table["id"].to_pylist(), table["url"].to_pylist(), strict=True)
        truth |= {one: url.rsplit("/", 1)[-1] for one, url in pairs}
    sizes = Counter(truth.values())
    precision = recall = 0.0
    for members in found:
        both = Counter(truth[one] for one in members)
        precision += sum(n * n / len(members) for n in both.values())
        recall += sum(n * n / sizes[event] for event, n in both.items())
    return f"B-cubed precision {precision / len(truth):.3f}, recall {recall / len(truth):.3f}, {len(found)} groups"


def cluster(folder: Path, said: argparse.Namespace) -> Iterator[str]:
    """Run a corpus on one worker of a cluster, then on two."""
    file, took = written(folder, said.count), []
    for workers in (1, 2):
        with _workers(folder, workers) as address:
            out = folder / f"cluster{workers}"
            took.append(cost(comparer("corpus", "run", file, "--out", out, "--fast", "--scheduler", address)))
        yield f"corpus run of {said.count} articles, {workers} dask workers: {took[-1].wall:.1f} s on the wall"
    yield f"two workers against one: {took[0].wall / took[1].wall:.2f} times"


@contextmanager
def _workers(folder: Path, count: int) -> Iterator[str]:
    place = folder / f"scheduler{count}.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    common = ["--scheduler-file", str(place)]
    commands = [["scheduler", "--port", "0", "--no-dashboard", *common]]
    commands += [["worker", "--nthreads", "1", "--no-dashboard", *common]] * count
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [
        subprocess.Popen([sys.executable, "-m", "dask", *command], env=environment, cwd=folder, **quiet)
        for command in commands
    ]
    try:
        while not place.exists() or not place.read_text(encoding="utf-8").strip():
            time.sleep(0.1)
        yield json.loads(place.read_bytes())["address"]
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait()


MEASURES: dict[str, Callable[[Path, argparse.Namespace], Iterator[str]]] = {
    "compare": compare,
    "encoder": lambda folder, said: compare(folder, said, fast=False),
    "run": run,
    "growth": growth,
    "group": group,
    "cluster": cluster,
}


def main() -> None:
    """Read the command line and print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="+", choices=[*MEASURES, *WAYS], metavar="MEASURE")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--worker", nargs=2, type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.worker:
        start = time.perf_counter()
        found = WAYS[said.measures[0]](said.worker[0], said.jobs)
        told = {"seconds": time.perf_counter() - start, "quality": graded(said.worker[0], found)}
        said.worker[1].write_text(json.dumps(told), encoding="utf-8")
        return
    for name in said.measures:
        with tempfile.TemporaryDirectory() as folder:
            for line in MEASURES[name](Path(folder), said):
                print(line, flush=True)


if __name__ == "__main__":
    main()
