"""Find the words that may be cues, and how likely each word is source, cue or content.

In: a text's units and the rules' labels. Out: `Labelled`: probabilities per piece, and the runs of pieces that may be a
cue, the doubtful ones included. What each cue governs is decided in `linking`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from comparer.attribution.chain import Chain, Column, Numbers, Template, load_chain
from comparer.attribution.columns import Columns, sentence_columns
from comparer.attribution.scan import Unit

LABELS = ("O", "B-S", "I-S", "B-C", "I-C", "B-T", "I-T")
LEAST_CUE = 0.15  # probability from which a word is tried as a cue; the linker rejects most doubtful ones
TEMPLATES: tuple[Template, ...] = (
    (("w", 0),), (("w", -1),), (("w", 1),), (("w", -2),), (("w", 2),),
    (("w", -1), ("w", 0)), (("w", 0), ("w", 1)),
    (("c", -1), ("c", 0), ("c", 1)), (("c", -2), ("c", -1), ("c", 0)), (("c", 0), ("c", 1), ("c", 2)),
    (("r", -1), ("r", 0), ("r", 1)), (("r", 0), ("w", 0)), (("r", 0), ("s", 0), ("c", 0)),
    (("s", 0), ("c", 0), ("c", -1)), (("a", 0), ("s", 0), ("q", 0)), (("q", 0), ("c", 0), ("a", 0)),
    (("x", 0), ("c", -1)), (("o", 0), ("c", 0)),
    (("l", 0),), (("p", 0), ("v", 0)), (("p", 0), ("m", 0)), (("v", -1),), (("v", 0), ("p", -1)),
    (("p", -1), ("p", 0), ("p", 1)), (("p", 0), ("p", 1), ("p", 2)), (("p", -2), ("p", -1), ("p", 0)),
    (("m", -1), ("v", 0), ("p", 1)), (("m", -1), ("p", -1)), (("m", 1), ("p", 1)), (("v", 1), ("p", 1)),
    (("l", 0), ("p", -1)), (("l", 0), ("p", 1)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold one unit's probabilities, a row per piece in the order source, cue, content, and its possible cues."""

    roles: Numbers
    cues: tuple[tuple[int, int], ...]


@cache
def _chain() -> Chain:
    return load_chain("attribution_words")


def places(units: Sequence[Unit], first: Sequence[int]) -> Column:
    """Return the row of every piece."""
    spans = [np.arange(start, start + len(unit.pieces)) for unit, start in zip(units, first, strict=True)]
    return np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)


def label(
    units: Sequence[Unit], words: Columns, rules: Sequence[Sequence[str]], chain: Chain | None = None
) -> list[Labelled]:
    """Return probabilities and possible cues of each unit; `rules` holds the rules' labels of its pieces."""
    chain = chain or _chain()
    coded = chain.vocabulary.encode(words.values | sentence_columns(units, words, rules))
    lengths = [len(unit.pieces) for unit in units]
    found = chain.probabilities(coded, places(units, words.first), lengths)
    labelled: list[Labelled] = []
    start = 0
    for length, rule in zip(lengths, rules, strict=True):
        here = found[start : start + length]
        roles = np.stack([here[:, 1] + here[:, 2], here[:, 3] + here[:, 4], here[:, 5] + here[:, 6]], axis=1)
        labelled.append(Labelled(roles, tuple(_cues(roles[:, 1], here[:, 3] > here[:, 4], rule))))
        start += length
    return labelled


def _cues(likely: Numbers, opens: NDArray[np.bool_], rule: Sequence[str]) -> list[tuple[int, int]]:
    """Return the runs of pieces that may be cues, and those the rules call so."""
    runs: list[tuple[int, int]] = []
    for k in np.flatnonzero(likely > LEAST_CUE).tolist():
        if runs and runs[-1][1] == k and not (opens[k] and likely[k] > 0.5):
            runs[-1] = (runs[-1][0], k + 1)
        else:
            runs.append((k, k + 1))
    for k, name in enumerate(rule):
        if name == "B-C" and not any(start <= k < end for start, end in runs):
            end = next((j for j in range(k + 1, len(rule)) if rule[j] != "I-C"), len(rule))
            if not any(start < end and k < stop for start, stop in runs):
                runs.append((k, end))
    return sorted(runs)
