"""Score the package on the benchmark data through its public API, and keep the figures that the package prints.

    COMPARER_DATA=FOLDER python benchmarks/quality.py [TASK]     print what the scorer says, whole or a task at a time
    COMPARER_DATA=FOLDER python benchmarks/quality.py --write    the same for all, and store it in measured.json

FOLDER holds `bench/score.py` with its data. The texts belong to their publishers, so none of it is part of this
project; every figure of quality in the documentation is one that this command printed. `--write` takes some three
minutes and writes comparer/resources/measured.json, from which `comparer rules` and the report say how well each part
is measured, and the pages of docs/rules: run it, and compare articles/ anew, after every change that moves a figure.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import by_code
import certainty
import figures

import comparer

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "measured.json"
DOCS = Path(__file__).parent.parent / "docs" / "rules"
TASKS = ("planted", "align", "lines", "kinds", "attribution", "source_kinds", "similarity", "group", "reuse", "loaded")


def main() -> int:
    """Run the scorer and return its status; with --write, store the figures of the tasks that the package prints."""
    folder = os.environ.get("COMPARER_DATA")
    scorer = Path(folder, "bench", "score.py") if folder else None
    if scorer is None or not scorer.exists():
        sys.stderr.write("no benchmark data: set COMPARER_DATA to the folder that holds bench/score.py\n")
        return 3
    if sys.argv[1:] == ["--write"]:
        write(scorer)
        return 0
    task = sys.argv[1] if len(sys.argv) > 1 else "all"
    return subprocess.run([sys.executable, str(scorer), task], check=False).returncode


def write(scorer: Path) -> None:
    """Score every task, count the findings code by code, and store all of it with the day and the version."""
    measures: list[figures.Measure] = []
    for task in TASKS:
        for line in scored(scorer, task):
            print(json.dumps(line))
            measures += figures.of_task(task, line)
    data = scorer.parent / "dev"
    planted = by_code.planted(rows(data / "planted.jsonl.gz"))
    measures += figures.of_codes("planted", "printed findings that were planted", planted)
    annotated, marked = by_code.annotated(rows(data / "align_basil.jsonl.gz"))
    measures += figures.of_codes("align_basil", "judged findings that an annotator marked too", annotated)
    measures += [
        figures.count(family, "align_basil", "marked", counted, marked[family]["found"], marked[family]["of"])
        for family, counted in by_code.MARKED.items()
    ]
    measures += figures.of_certainty(certainty.told_apart(certainty.judged(data)))
    record = {
        "version": comparer.__version__,
        "date": datetime.now(UTC).date().isoformat(),
        "corpora": figures.CORPORA,
        "measures": measures,
    }
    OUT.write_text(one_line_each(record), encoding="utf-8")
    print(f"wrote {OUT}: {len(measures)} figures")
    subprocess.run([sys.executable, "-m", "comparer", "rules", "--docs", str(DOCS)], check=True)


def scored(scorer: Path, task: str) -> Iterator[dict[str, Any]]:
    """Run the scorer on one task; return what it prints, a record for each file."""
    done = subprocess.run([sys.executable, str(scorer), task], check=True, capture_output=True, text=True)
    yield from map(json.loads, done.stdout.splitlines())


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON Lines, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def one_line_each(record: dict[str, Any]) -> str:
    """Write a record as JSON with a line for each figure, so that a change shows what moved."""
    measures = ",\n  ".join(json.dumps(m, ensure_ascii=False) for m in record["measures"])
    head = json.dumps({k: v for k, v in record.items() if k != "measures"}, ensure_ascii=False, indent=1)
    return f'{head[:-2]},\n "measures": [\n  {measures}\n ]\n}}\n'


if __name__ == "__main__":
    sys.exit(main())
