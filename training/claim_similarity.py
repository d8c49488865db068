"""Learn what the features of a pair of claims weigh, and write comparer/resources/claim_similarity.json.

    python training/claim_similarity.py DATA_FOLDER     the folder that holds align_basil and planted

Learns from the aligned sentences of align_basil and planted, by three logistic regressions (no random state is
in use). Prints average precision and F1 out of fold, folds by event. Two runs write the same bytes.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score, precision_recall_curve

from comparer.alignment.claim_texts import read_event
from comparer.alignment.features import (
    PLACED,
    PLAIN,
    RANKED,
    placed_features,
    plain_features,
    rank_features,
)
from comparer.language.sentences import split_sentences
from comparer.model import Block, BlockKind, Span

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "claim_similarity.json"
STRENGTH = 0.02  # inverse regularisation; chosen out of fold, flat between .01 and 1
ORDER = 0.5  # how far reading order is let speak: it must not outvote the words
AGAINST = {"names_apart", "denied_one", "lead_apart", "amounts_apart"}  # features that can only speak against a pair
EITHER = {"shorter", "length_ratio"}  # features without a meaning of their own
Place = tuple[int, int]
Example = tuple[np.ndarray, np.ndarray]  # features (left, right, f) and labels: 1 same, 0 not, -1 neutral
Event = list[Example]  # examples of each two articles, in order
Stages = list[tuple[np.ndarray, float]]


def main(folder: Path) -> None:
    """Learn on every event, print what held-out events get, and write the weights."""
    events = [(kind, _examples(*event)) for kind, event in _events(folder)]
    for kind in ("basil", "planted"):
        scored = [_score(_fit(events[:k] + events[k + 1 :]), own) for k, (k2, own) in enumerate(events) if k2 == kind]
        probability, gold = (np.concatenate(part) for part in zip(*scored, strict=True))
        precision, recall, _ = precision_recall_curve(gold, probability)
        f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-9)).max()
        print(f"{kind}: average precision {average_precision_score(gold, probability):.3f}, best pair F1 {f1:.3f}")
    stages = _fit(events)
    named = zip(("plain", "ranked", "placed"), (PLAIN, RANKED, PLACED), stages, strict=True)
    weights = {s: {**{n: round(float(w), 6) for n, w in zip(names, ws, strict=True)}, "constant": round(float(c), 6)}
               for s, names, (ws, c) in named}  # fmt: skip
    OUT.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _fit(events: Sequence[tuple[str, Event]]) -> Stages:
    examples = [example for _, own in events for example in own]
    labels = np.concatenate([gold.ravel() for _, gold in examples])
    plain = _regress([features for features, _ in examples], labels, PLAIN)
    ranked = _regress([rank_features(f @ plain[0] + plain[1]) for f, _ in examples], labels, RANKED)
    second = [rank_features(f @ plain[0] + plain[1]) @ ranked[0] + ranked[1] for f, _ in examples]
    placed, constant = _regress([placed_features(score) for score in second], labels, PLACED)
    words_alone = np.array([1.0] + [0.0] * (len(PLACED) - 1))
    return [plain, ranked, (ORDER * placed + (1 - ORDER) * words_alone, ORDER * constant)]


def _regress(features: Sequence[np.ndarray], labels: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, float]:
    """Return weights on raw features; they are scaled for learning alone, and bound to the sign their meaning gives."""
    flat = np.concatenate([f.reshape(-1, f.shape[-1]) for f in features])[labels >= 0]
    gold = labels[labels >= 0].astype(float)
    mean, scale = flat.mean(axis=0), flat.std(axis=0) + 1e-9
    scaled = (flat - mean) / scale

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = scaled @ weights[:-1] + weights[-1]
        error = 1 / (1 + np.exp(-score)) - gold
        penalty = (weights[:-1] ** 2).sum() / (2 * STRENGTH)
        slope = np.append(scaled.T @ error + weights[:-1] / STRENGTH, error.sum())
        return float((np.logaddexp(0, score) - gold * score).sum() + penalty), slope

    bounds = [(None, 0) if n in AGAINST else (None, None) if n in EITHER else (0, None) for n in names]
    start = np.zeros(len(names) + 1)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)], options={"maxiter": 2000}
    )
    weights = found.x[:-1] / scale
    return weights, float(found.x[-1] - (weights * mean).sum())


def _score(stages: Stages, event: Event) -> tuple[np.ndarray, np.ndarray]:
    (plain, at), (ranked, at2), (placed, at3) = stages
    logits = [placed_features(rank_features(f @ plain + at) @ ranked + at2) @ placed + at3 for f, _ in event]
    gold = np.concatenate([g.ravel() for _, g in event])
    probability = 1 / (1 + np.exp(-np.concatenate([x.ravel() for x in logits])))
    return probability[gold >= 0], gold[gold >= 0]


def _examples(groups: Sequence[Sequence[str]], gold: set[Place2], neutral: set[Place2]) -> Event:
    """Return features and labels of each pair of sentences of two articles."""
    event = read_event([text for group in groups for text in group])
    starts = np.cumsum([0, *map(len, groups)])
    found = []
    for k, m in itertools.combinations(range(len(groups)), 2):
        features = plain_features(event, range(starts[k], starts[k + 1]), range(starts[m], starts[m + 1]))
        pairs = [((k, i), (m, j)) for i in range(len(groups[k])) for j in range(len(groups[m]))]
        labels = [1 if pair in gold else -1 if pair in neutral else 0 for pair in pairs]
        found.append((features, np.array(labels).reshape(features.shape[:2])))
    return found


def _events(folder: Path) -> Iterator[tuple[str, Labelled]]:
    for item in _rows(folder / "align_basil.jsonl.gz"):
        yield "basil", _basil(item)
    for item in _rows(folder / "planted.jsonl.gz"):
        yield "planted", _planted(item)


def _basil(item: dict[str, Any]) -> Labelled:
    outlets = [article["outlet"] for article in item["articles"]]
    gold: set[Place2] = set()
    neutral: set[Place2] = set()
    for row in item["rows"]:
        told, mentioned = (
            {(outlets.index(o), s) for o, at in row.get(key, {}).items() for s in at} for key in ("cells", "mentions")
        )
        gold |= _across(told)
        neutral |= _across(told | mentioned)
    return [article["sentences"] for article in item["articles"]], gold, neutral - gold


def _planted(item: dict[str, Any]) -> Labelled:
    pages = [page for page in item["pages"] if page["grouped"]]
    groups: list[list[str]] = []
    spans: list[list[Span]] = []
    for page in pages:
        blocks = [Block(Span(a, b), BlockKind(kind), 1.0, "") for a, b, kind in page["lines"]]
        spans.append([s.span for s in split_sentences(page["text"], [b for b in blocks if b.kept])])
        groups.append([span.of(page["text"]) for span in spans[-1]])
    gold: set[Place2] = set()
    for row in item["rows"]:
        told = {
            (k, i)
            for k, page in enumerate(pages)
            for wanted in row["cells"].get(page["outlet"], ())
            for place in _occurrences(page["text"], wanted)
            for i, span in enumerate(spans[k])
            if 2 * span.shared(place) >= min(len(span), len(place))
        }
        gold |= _across(told)
    return groups, gold, set()


def _occurrences(text: str, wanted: str) -> Iterator[Span]:
    start = text.find(wanted)
    while start >= 0:
        yield Span(start, start + len(wanted))
        start = text.find(wanted, start + 1)


def _across(places: set[Place]) -> set[Place2]:
    return {(a, b) for a in places for b in places if a[0] < b[0]}


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


Place2 = tuple[Place, Place]
Labelled = tuple[list[list[str]], set[Place2], set[Place2]]  # sentences, same and neutral pairs

if __name__ == "__main__":
    main(Path(sys.argv[1]))
