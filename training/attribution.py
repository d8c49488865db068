"""Learn which words are source, cue and content, and write comparer/resources/attribution.crfsuite.

    python training/attribution.py DATA_FOLDER     the folder that holds train_attribution_polnear

Learns a conditional random field over the pieces of sentences, with the labels of the rules among its features. Every
eighth document is left out and scored: content F1 of the rules alone and with the model, by margin. A feature seen in
fewer than eight documents is dropped, so that no weight holds a text. Two runs write the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from comparer.attribution.attributions import attributions_in
from comparer.attribution.features import features, labels, role_spans
from comparer.attribution.quotations import find_quotations
from comparer.attribution.scan import scan
from comparer.attribution.sequence import model_attributions
from comparer.model import Attribution, Span

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "attribution.crfsuite"
FEWEST_DOCUMENTS = 8
LEFT_OUT = 8  # every eighth document
SETTINGS = {"c1": 1.2, "c2": 0.05, "max_iterations": 65, "feature.possible_transitions": False}
Example = tuple[list[list[str]], list[str]]


def main(folder: Path) -> None:
    """Learn, write the weights and print what the documents left out get."""
    with gzip.open(folder / "train_attribution_polnear.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    learned = [list(_examples(d)) for k, d in enumerate(documents) if k % LEFT_OUT]
    counts = Counter(f for examples in learned for f in {f for x, _ in examples for row in x for f in row})
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for rows, gold in (example for examples in learned for example in examples):
        kept = [[f for f in row if counts[f] >= FEWEST_DOCUMENTS] for row in rows]
        trainer.append(pycrfsuite.ItemSequence(kept), gold)
    trainer.set_params(SETTINGS)
    trainer.train(str(OUT))
    held = [d for k, d in enumerate(documents) if k % LEFT_OUT == 0]
    for margin in (2.0, 0.6, 0.5, 0.4, 0.3):
        print("rules alone" if margin > 1 else f"margin {margin}", _content_f1(held, margin))


def _examples(document: dict[str, Any]) -> Iterator[Example]:
    text = document["text"]
    quotations = find_quotations(text)
    rules, gold = role_spans(attributions_in(text, quotations)), _gold(document)
    before = "-"
    for unit in scan(text, quotations):
        rule = labels(unit, rules)
        yield features(unit, rule, before), labels(unit, gold)
        before = next((r[2:] for r in reversed(rule) if r != "O"), "-")


def _gold(document: dict[str, Any]) -> list[tuple[Span, str]]:
    """Return the spans of attributions that stand in no other's content, with their roles."""
    found: list[tuple[Span, str]] = []
    taken: list[tuple[int, int]] = []
    for item in sorted(document["attributions"], key=lambda a: -sum(e - s for s, e in a["content"])):
        extent = [(s, e) for role in ("source", "cue", "content") for s, e in item[role]]
        if extent and any(all(s >= x and e <= y for s, e in extent) for x, y in taken):
            continue
        taken += [(s, e) for s, e in item["content"]]
        for role, letter in (("content", "T"), ("source", "S"), ("cue", "C")):
            found += [(Span(s, e), letter) for s, e in item[role]]
    return sorted(found, key=lambda f: (f[0].start, f[0].end, f[1]))


def _content_f1(documents: Sequence[dict[str, Any]], margin: float) -> dict[str, float]:
    """Return precision, recall and F1 of contents that share half of their characters with a gold one."""
    hit = told = gold = 0
    for document in documents:
        text = document["text"]
        quotations = find_quotations(text)
        found: list[Attribution] = list(attributions_in(text, quotations))
        if margin <= 1:
            found += model_attributions(text, scan(text, quotations), found, margin)
        wanted = [_covered(item["content"]) for item in document["attributions"] if item["content"]]
        given = [_covered([(c.start, c.end) for c in a.content]) for a in found]
        told, gold = told + len(given), gold + len(wanted)
        pairs = [(len(a & b) / len(a | b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(given) if a & b]
        used: set[tuple[str, int]] = set()
        for share, i, j in sorted(pairs, reverse=True):
            if share >= 0.5 and ("gold", i) not in used and ("found", j) not in used:
                used |= {("gold", i), ("found", j)}
                hit += 1
    return {"p": round(hit / told, 4), "r": round(hit / gold, 4), "f1": round(2 * hit / (told + gold), 4)}


def _covered(spans: Sequence[Sequence[int]]) -> set[int]:
    return {k for start, end in spans for k in range(start, end)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
