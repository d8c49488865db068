"""Learn a chain of labels with CRFsuite, and write it as arrays. Used by `attribution.py`."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import numpy as np
import pycrfsuite  # type: ignore[import-untyped]

from comparer.attribution.labelling import PAD, Chain, Column, Keys, Template, Vocabulary, with_zeros
from comparer.attribution.units import Piece, Unit
from comparer.model import Attribution

FEWEST_DOCUMENTS = 6  # a value or feature of fewer could tell what a text says


class Growing(Vocabulary):
    """Take in every value it meets."""

    def __new__(cls) -> Self:
        """Return one that knows nothing but the padding."""
        return super().__new__(cls, defaultdict(lambda: {PAD: 1}))

    def column(self, name: str, values: Sequence[str]) -> Column:
        """Return one column as numbers, new values under new ones."""
        known = self.values[name]
        return np.array([known.setdefault(v, len(known) + 1) for v in values], dtype=np.int64)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Example:
    """Hold one document: its columns, the rows of its tokens, the lengths of its sequences, each token's label."""

    columns: Mapping[str, Column]
    at: Column
    lengths: Sequence[int]
    gold: Sequence[str]


def learn(
    examples: Sequence[Example],
    grown: Growing,
    templates: Sequence[Template],
    labels: Sequence[str],
    settings: Mapping[str, float],
) -> tuple[Chain, dict[str, list[str]]]:
    """Return the chain and the values of each column that it knows; `grown` coded the examples."""
    names = sorted({name for template in templates for name, _ in template})
    values, recode = {}, {}
    for name in names:
        kept = _common([e.columns[name] for e in examples])
        numbers = grown.values[name]
        values[name] = sorted(v for v, n in numbers.items() if n in kept)
        recode[name] = np.zeros(len(numbers) + 1, dtype=np.int64)
        for k, value in enumerate(values[name], start=1):
            recode[name][numbers[value]] = k
    vocabulary = Vocabulary({n: {v: k for k, v in enumerate(known, start=1)} for n, known in values.items()})
    tables = []
    for e in examples:
        coded = {name: recode[name][e.columns[name]] for name in names}
        tables.append(np.stack([vocabulary.keys(t, coded, e.at) for t in templates], axis=1))
    wanted = [_common([table[:, number] for table in tables]) for number in range(len(templates))]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for example, table in zip(examples, tables, strict=True):
        start = 0
        for length in example.lengths:
            rows = table[start : start + length].tolist()
            features = [[f"{t}:{key}" for t, key in enumerate(row) if key in wanted[t]] for row in rows]
            trainer.append(pycrfsuite.ItemSequence(features), list(example.gold[start : start + length]))
            start += length
    trainer.set_params({"feature.possible_transitions": False, **settings})
    with TemporaryDirectory() as folder:
        trainer.train(f"{folder}/chain")
        tagger = pycrfsuite.Tagger()
        tagger.open(f"{folder}/chain")
        learned = tagger.info()
    return _chain(learned.state_features, learned.transitions, vocabulary, templates, labels), values


def _common(columns: Sequence[Column]) -> set[int]:
    """Return the numbers that stand in enough documents."""
    counts = Counter(n for column in columns for n in np.unique(column).tolist())
    return {n for n, count in counts.items() if count >= FEWEST_DOCUMENTS}


def _chain(
    features: Mapping[tuple[str, str], float],
    transitions: Mapping[tuple[str, str], float],
    vocabulary: Vocabulary,
    templates: Sequence[Template],
    labels: Sequence[str],
) -> Chain:
    column = {name: k for k, name in enumerate(labels)}
    tables: list[dict[int, list[float]]] = [{0: [0.0] * len(labels)} for _ in templates]
    for (feature, label), weight in features.items():
        template, key = feature.split(":")
        tables[int(template)].setdefault(int(key), [0.0] * len(labels))[column[label]] = weight
    moves = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (before, after), weight in transitions.items():
        moves[column[before], column[after]] = weight
    return Chain(
        tuple(labels),
        vocabulary,
        tuple(templates),
        tuple(Keys.of(np.array(sorted(table), dtype=np.int64)) for table in tables),
        tuple(with_zeros(np.array([table[k] for k in sorted(table)], dtype=np.float16)) for table in tables),
        moves,
    )


def save(folder: Path, name: str, chain: Chain, values: Mapping[str, Sequence[str]]) -> None:
    """Write NAME.npz and NAME.json: keys as steps from one to the next, weights in half precision.

    The templates' keys and weights stand one after the other, `counts` of each: an array of their own for each would
    take longer to read than to use.
    """
    np.savez_compressed(
        folder / f"{name}.npz",
        keys=np.concatenate([np.diff(keys.sorted, prepend=0) for keys in chain.keys]),
        rows=np.concatenate([rows[:-1].astype(np.float16) for rows in chain.rows]),
        counts=np.array([len(keys.sorted) for keys in chain.keys], dtype=np.int32),
        moves=chain.moves,
    )
    record = {"labels": chain.labels, "templates": chain.templates, "values": values}
    (folder / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def roles_by_place(pieces: Sequence[Piece], attributions: Sequence[Attribution]) -> list[dict[int, str]]:
    """Return for each attribution the role of each piece that lies in it by more than half."""
    starts = [p.start for p in pieces]
    found: list[dict[int, str]] = []
    for a in attributions:
        roles: dict[int, str] = {}
        parts = [(s, "T") for s in a.content] + [(a.source, "S"), (a.cue, "C")]
        for span, role in parts:
            k = max(0, bisect_right(starts, span.start) - 1) if span else len(pieces)
            while span and k < len(pieces) and pieces[k].start < span.end:
                inside = min(span.end, pieces[k].end) - max(span.start, pieces[k].start)
                if inside * 2 > pieces[k].end - pieces[k].start:
                    roles[k] = role
                k += 1
        found.append(roles)
    return found


def labels_of(units: Sequence[Unit], mine: Sequence[dict[int, str]]) -> list[list[str]]:
    """Return a label per piece of each unit: O, or B- or I- and a role; content gives way to source and cue."""
    roles: dict[int, tuple[str, int]] = {}
    for wanted in "TSC":
        for number, found in enumerate(mine):
            roles |= {k: (wanted, number) for k, role in found.items() if role == wanted}
    labels: list[list[str]] = []
    place = 0
    for unit in units:
        here: list[str] = []
        for k in range(place, place + len(unit.pieces)):
            now = roles.get(k)
            goes_on = k > place and now == roles.get(k - 1)
            here.append(("I-" if goes_on else "B-") + now[0] if now else "O")
        labels.append(here)
        place += len(unit.pieces)
    return labels
