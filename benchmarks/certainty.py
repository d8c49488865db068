"""Print how well the strength of claims is told apart, on pairs in which people judged it.

    COMPARER_DATA=FOLDER python benchmarks/certainty.py

FOLDER holds `bench/dev/train_strength_insciout.jsonl.gz` (what a paper says and what its release makes of it) and
`bench/dev/train_claimdiff.jsonl.gz` (does the second claim strengthen or weaken the first). Nothing is learned from
them. AUC .5 is chance; word overlap gives .40 to .43. A pair in which no difference is seen counts as a tie.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from comparer.language.certainty import commitments
from comparer.language.evidence import bond
from comparer.language.markers import find_phrases
from comparer.language.sentences import sentence_spans
from comparer.language.words import Words
from comparer.model import Span

Strength = Callable[[str], float]
FILES = ("train_strength_insciout.jsonl.gz", "train_claimdiff.jsonl.gz")


def main() -> int:
    """Print one line per question and return 0, or 3 where the data is missing."""
    folder = Path(os.environ.get("COMPARER_DATA", "../shared"), "bench", "dev")
    missing = [str(folder / name) for name in FILES if not (folder / name).exists()]
    if missing:
        sys.stderr.write(f"no benchmark data ({', '.join(missing)}): set COMPARER_DATA to the folder above bench\n")
        return 3
    science, claims = judged(folder)
    for name, strength in (("bond", graded_bond), ("commitment", graded_commitment), ("both", graded)):
        print(f"-- {name}")
        _report("insciout: release says more", science, strength, "exaggerates")
        _report("insciout: release says less", science, strength, "downplays", sign=-1)
        _report("claimdiff: second weakens, not strengthens", _decided(claims), strength, "weaken", sign=-1)
        _report("claimdiff: second weakens", claims, strength, "weaken", sign=-1)
    right, near, most = grades(science)
    total = 2 * len(science)
    print(f"-- grades of {total} single texts: {right} right, {near} within a step; always the commonest: {most}")
    return 0


def judged(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the pairs of both corpora: releases beside papers, and claims beside claims."""
    science, claims = (_rows(folder / name) for name in FILES)
    return science, claims


def graded_bond(text: str) -> float:
    """Return the firmest bond of a text, 0 (none) to 3 (cause)."""
    cut = Words(text)
    spans = sentence_spans(text, Span(0, len(text)))
    grades = [found.grade for span in spans if (found := bond(cut, span)) is not None]
    return float(max(grades, default=0))


def graded_commitment(text: str) -> float:
    """Return how firmly a text commits itself: its weakest level and its hedges against its boosters."""
    cut, whole = Words(text), (Span(0, len(text)),)
    level = min((c.level for c in commitments(cut, whole[0])), default=6)
    hedges, boosters = (find_phrases(cut, whole, (name,)) for name in ("hedges", "boosters"))
    return level - 2.0 * len(hedges) + len(boosters)


def graded(text: str) -> float:
    """Return the bond, and where two texts state the same one, how firmly each commits itself."""
    return 10 * graded_bond(text) + 0.1 * graded_commitment(text)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive pair scores above a negative one, ties counting half."""
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / max(1, len(positive) * len(negative))


def grades(rows: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Return how many single texts get the grade that people gave them, one within a step, and the commonest one."""
    pairs = [(graded_bond(row[side]), int(row[f"strength_{side}"])) for row in rows for side in "ab"]
    right = sum(ours == theirs for ours, theirs in pairs)
    near = sum(abs(ours - theirs) <= 1 for ours, theirs in pairs)
    return right, near, max(sum(theirs == k for _, theirs in pairs) for k in range(4))


def told_apart(rows: Sequence[dict[str, Any]], strength: Strength, wanted: str, *, sign: int = 1) -> dict[str, Any]:
    """Return the AUC of a strength for pairs labelled `wanted`, how many these are, and in how many nothing differs."""
    scores = [(sign * (strength(row["b"]) - strength(row["a"])), row["label"] == wanted) for row in rows]
    positive, negative = ([s for s, is_it in scores if is_it is side] for side in (True, False))
    silent = sum(s == 0 for s, _ in scores)
    return {"auc": round(auc(positive, negative), 4), "wanted": len(positive), "of": len(rows), "silent": silent}


def _report(name: str, rows: Sequence[dict[str, Any]], strength: Strength, wanted: str, *, sign: int = 1) -> None:
    found = told_apart(rows, strength, wanted, sign=sign)
    pairs = f"{found['wanted']} of {found['of']} pairs; no difference in {found['silent']}"
    print(f"{name}: AUC {found['auc']:.2f} ({pairs})")


def _decided(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["label"] != "none"]


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
