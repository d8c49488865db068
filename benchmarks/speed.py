"""Print how long the tool takes and how much memory and space, as whole processes on this machine.

    python benchmarks/speed.py [FOLDER]     a folder of saved pages to compare; `articles` by default

Each figure is the median of five runs after a first that warms the disk's cache.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
WORDS = 600  # of each page in the throughput test


def timed(*arguments: str) -> tuple[float, int]:
    """Run the command line once; return seconds and the peak memory of children so far, in MB."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "comparer", *arguments], check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return time.perf_counter() - start, peak


def median(*arguments: str) -> tuple[float, int]:
    """Return the median of several runs, and the highest peak."""
    timed(*arguments)
    runs = [timed(*arguments) for _ in range(RUNS)]
    return statistics.median(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def throughput(folder: Path) -> float:
    """Return pages of 600 words read from clean text to claims in a second, in this process."""
    import comparer
    from comparer.inputs import load
    from comparer.pipeline import analyse

    bodies = [a.main_text for a in load([str(folder)]).articles]
    pages = [" ".join((body + "\n").split(" ") * 9) for body in bodies]
    cut = ["\n\n".join(" ".join(page.split(" ")[:WORDS]).split("\n")) for page in pages] * 5
    analyse(comparer.read_text(cut[0], outlet="Warm-up"))
    start = time.perf_counter()
    for text in cut:
        analyse(comparer.read_text(text, outlet="Echo"))
    return len(cut) / (time.perf_counter() - start)


def cleaning_pace(folder: Path) -> float:
    """Return megabytes of plain text cleaned in a second of processor time, each page for the first time."""
    import comparer
    from comparer.inputs import load

    pages = [article.text for article in load([str(folder)]).articles]
    comparer.clean("A page that loads the weights.")
    start = time.process_time()
    for page in pages:
        comparer.clean(page)
    return sum(map(len, pages)) / 1e6 / (time.process_time() - start)


def main() -> None:
    """Print the figures, one a line."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "articles")
    seconds, _ = median("--help")
    print(f"comparer --help: {seconds:.2f} s")
    with tempfile.TemporaryDirectory() as out:
        seconds, peak = median("compare", str(folder), "--out", out)
        size = (Path(out) / "index.html").stat().st_size
    print(f"comparer compare {folder}: {seconds:.2f} s, {peak} MB at most, report of {size / 1000:.0f} kB")
    print(f"from saved pages to blocks: {cleaning_pace(folder):.2f} MB of text a second on one core")
    print(f"from text to claims: {throughput(folder):.1f} pages of {WORDS} words a second on one core")


if __name__ == "__main__":
    main()
