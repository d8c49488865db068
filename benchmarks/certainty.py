"""Print how well the strength of claims is told apart, on pairs in which people judged it.

    COMPARER_DATA=FOLDER python benchmarks/certainty.py

FOLDER holds `bench/dev/train_claimdiff.jsonl.gz` (does the second claim strengthen or weaken the first). Nothing is
learned from it. AUC .5 is chance; word overlap gives .40 to .43. A pair in which no difference is seen counts as a tie.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comparer.language.certainty import commitments
from comparer.language.markers import find_phrases
from comparer.language.words import Words
from comparer.model import Span

FILE = "train_claimdiff.jsonl.gz"


def main() -> int:
    """Print one line per question and return 0, or 3 where the data is missing."""
    folder = Path(os.environ.get("COMPARER_DATA", "../shared"), "bench", "dev")
    if not (folder / FILE).exists():
        sys.stderr.write(f"no benchmark data ({folder / FILE}): set COMPARER_DATA to the folder above bench\n")
        return 3
    claims = judged(folder)
    _report("second weakens, not strengthens", [row for row in claims if row["label"] != "none"])
    _report("second weakens", claims)
    return 0


def judged(folder: Path) -> list[dict[str, Any]]:
    """Return the pairs of claims."""
    with gzip.open(folder / FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def graded_commitment(text: str) -> float:
    """Return how firmly a text commits itself: its weakest level and its hedges against its boosters."""
    cut, whole = Words(text), (Span(0, len(text)),)
    level = min((c.level for c in commitments(cut, whole[0])), default=6)
    hedges, boosters = (find_phrases(cut, whole, (name,)) for name in ("hedges", "boosters"))
    return level - 2.0 * len(hedges) + len(boosters)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive pair scores above a negative one, ties counting half."""
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / max(1, len(positive) * len(negative))


def told_apart(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the AUC for pairs whose second claim weakens the first, how many these are, and how many are silent."""
    scores = [(graded_commitment(row["a"]) - graded_commitment(row["b"]), row["label"] == "weaken") for row in rows]
    positive, negative = ([s for s, is_it in scores if is_it is side] for side in (True, False))
    silent = sum(s == 0 for s, _ in scores)
    return {"auc": round(auc(positive, negative), 4), "wanted": len(positive), "of": len(rows), "silent": silent}


def _report(name: str, rows: Sequence[dict[str, Any]]) -> None:
    found = told_apart(rows)
    pairs = f"{found['wanted']} of {found['of']} pairs; no difference in {found['silent']}"
    print(f"{name}: AUC {found['auc']:.2f} ({pairs})")


if __name__ == "__main__":
    sys.exit(main())
