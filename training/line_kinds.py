"""Learn what kind of furniture a dropped line is, and write comparer/resources/cleaning_kinds.json.

    python training/line_kinds.py DATA_FOLDER

Learns from kinds_wcxb (our annotation of pages of WCXB, CC BY 4.0), by a logistic regression. The lines around are
settled by networks that have not seen these pages (`training/cleaning.py` without them). Prints accuracy and macro F1
on held-out pages, with the certain rules and without. Fixed random states: two runs write the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from cleaning import LEAST_SPREAD, fold, learn, learned_from, plain, text
from sklearn.linear_model import LogisticRegression

from comparer.cleaning.clean import first_reading
from comparer.cleaning.features import Matrix, core, describe, describe_kinds
from comparer.cleaning.networks import Network, believed, name_far, scale, settle
from comparer.model import BlockKind

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "cleaning_kinds.json"
STRENGTH = 0.003  # inverse regularisation; chosen on held-out pages, flat between .002 and .01
FOLDS = 10
LEXICAL, EMPHASIS = 30, 2.0  # the last columns say what the line asks and stands among: each weighs double
LEAST = 5  # lines of a kind that count in macro F1
# page, features (None far from the text), kind, kind after the rules, whether it is left to the network
Example = tuple[str, Matrix | None, str, str, bool]


def main(folder: Path) -> None:
    """Learn on every page, print what held-out pages get, and write the weights."""
    examples = _examples(folder)
    held = {k: _fit([e for e in examples if fold(e[0], FOLDS) != k]) for k in range(FOLDS)}
    gold = np.array([kind for *_, kind, _, _ in examples])
    by_rules = np.array([settled for *_, settled, _ in examples])
    named = np.array([_name(held[fold(e[0], FOLDS)], e[1]) if e[4] and e[1] is not None else e[3] for e in examples])
    for name, kinds in (("rules and networks", named), ("without the network of kinds", by_rules)):
        print(f"{name}: accuracy {(kinds == gold).mean():.4f}, macro F1 {_macro(kinds, gold):.4f}, {len(gold)} lines")
    weights = {"kinds": plain(_fit(examples))}
    OUT.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")


def _examples(folder: Path) -> list[Example]:
    with gzip.open(folder / "kinds_wcxb.jsonl.gz", "rt", encoding="utf-8") as lines:
        items: list[dict[str, Any]] = [json.loads(line) for line in lines]
    pages = {item["doc"]: item["page"] for item in items if "page" in item}
    first, second = learn([page for part in learned_from(folder) for page in part if page.name not in pages])
    return [
        example
        for name, page in sorted(pages.items())
        for example in _on_page(name, page, [i for i in items if i["doc"] == name and "page" not in i], first, second)
    ]


def _on_page(
    name: str, page: Sequence[str], wanted: Sequence[dict[str, Any]], first: Network, second: Network
) -> list[Example]:
    starts = np.cumsum([0, *(len(line) + 1 for line in page)])
    records = first_reading(text([{"line": line} for line in page]))
    near = core(records)
    start, stop, _ = near.indices(len(records))
    features = describe(records[near])
    full = np.hstack([features, believed(first.probabilities(features)[:, 0], features[:, 0])])
    belief = second.probabilities(full)[:, 0]
    unsure = set(settle(records[near], belief))
    for i in (*range(start), *range(stop, len(records))):
        name_far(records, i)
    out = []
    for item in wanted:
        low, high = int(starts[item["i"]]), int(starts[item["i"] + 1]) - 1
        at = int(np.argmax([min(r.unit.span.end, high) - max(r.unit.span.start, low) for r in records]))
        row = describe_kinds(records[near], full, belief, [at - start])[0] if start <= at < stop else None
        out.append((name, row, item["kind"], str((records[at].kind or BlockKind.OTHER).value), at - start in unsure))
    return out


def _fit(examples: Sequence[Example]) -> Network:
    seen = [(row, kind) for _, row, kind, _, _ in examples if row is not None]
    matrix = np.vstack([row for row, _ in seen])
    logarithmic = matrix.max(axis=0) > 5
    counts = np.where(logarithmic, np.sign(matrix) * np.log1p(np.abs(matrix)), matrix)
    mean, spread = counts.mean(axis=0), counts.std(axis=0) + LEAST_SPREAD
    spread[-LEXICAL:] /= EMPHASIS
    learner = LogisticRegression(C=STRENGTH, max_iter=500)
    learner.fit(scale(matrix, logarithmic, mean, spread), [kind for _, kind in seen])
    furniture = [i for i, kind in enumerate(learner.classes_) if kind != BlockKind.CONTENT.value]
    layer = (learner.coef_[furniture].T.astype(np.float32), learner.intercept_[furniture].astype(np.float32))
    return Network(logarithmic, mean, spread, (layer,), tuple(str(learner.classes_[i]) for i in furniture))


def _name(network: Network, row: Matrix) -> str:
    return network.classes[int(network.probabilities(row[None, :])[0].argmax())]


def _macro(kinds: Matrix, gold: Matrix) -> float:
    f1 = []
    for kind in sorted(set(gold)):
        if (gold == kind).sum() >= LEAST:
            hit = ((kinds == kind) & (gold == kind)).sum()
            f1.append(2 * hit / ((kinds == kind).sum() + (gold == kind).sum()))
    return float(np.mean(f1))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python training/line_kinds.py DATA_FOLDER")
    main(Path(sys.argv[1]))
