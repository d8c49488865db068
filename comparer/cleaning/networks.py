"""Read the page a second time, with small learned networks of how articles and furniture stand on a page.

In: records settled by the rules. Out: the same records, some settled otherwise. Two networks look at every line: the
first at its shape, its words' ties to the article and the rules' verdicts around it; the second also at what the first
believes of the lines around. Where a rule is certain (a credit, a consent notice, the title) it stands. Of what kind
the dropped lines are says `kinds`. The weights are made by `training/cleaning.py`; numpy alone applies them, and equal
input gives equal output.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.features import Matrix, core, describe, padded, running_sums
from comparer.cleaning.lines import Record
from comparer.cleaning.shapes import POINTS_HEADINGS
from comparer.model import BlockKind
from comparer.resources.loader import load_json

_SMALL = 200_000  # multiplications in one product
_FARTHEST = 4.0  # standard deviations beyond which a feature says no more
# Belief below which a line that the rules keep is dropped; chosen out of fold.
_LEAST_SENTENCE = 0.45
_LEAST_HEADING = 0.25
_LEAST_ITEM = 0.2  # of a list
_LEAST_SHORT = 0.6  # any other short line
_LEAST_FIRST = 0.15  # the first paragraph: losing it in silence is the worst error
_SURE = 0.85  # belief from which a line that the rules drop by its place alone is kept
_BY_RULE = frozenset({BlockKind.TITLE, BlockKind.STANDFIRST})  # masked or missing in what was learned from
_BY_PLACE = frozenset({BlockKind.RELATED, BlockKind.NAVIGATION, BlockKind.ABOUT_OUTLET})
_DIGITS = 2  # of a probability: further ones differ from machine to machine
_HEADING = 10  # words; a longer line without a full stop is text rather than a heading
_POINTS = 4  # words of a heading of a summary, at most
_TEASER = 6  # words; a shorter line is a menu entry rather than a headline
_BELIEFS = np.array([[-5], [-4], [-3], [-2], [-1], [1], [2], [3], [4], [5]])
_FROM, _TO = np.array([[-5], [1], [-15], [1]]), np.array([[0], [6], [0], [16]])  # lines whose mean belief is told
_REACH = 15  # lines to either side that are looked at for what is believed of them
_LONG = 60  # words; a longer line weighs no more
_SHORT = 8  # words


class Network(NamedTuple):
    """Hold one network: which columns are read on a logarithmic scale, scaling, layers of weights and bias."""

    logarithmic: NDArray[np.bool_]
    mean: Matrix
    scale: Matrix
    layers: tuple[tuple[Matrix, Matrix], ...]

    def probabilities(self, features: Matrix) -> Matrix:
        """Return the probability of "yes" for each row of `features`, as a column."""
        return self.answers(self.scaled(features))

    def scaled(self, features: Matrix, *, start: int = 0) -> Matrix:
        """Return the features as the network reads them; `start` is which of its inputs their first column is."""
        at = slice(start, start + features.shape[1])
        return scale(features, self.logarithmic[at], self.mean[at], self.scale[at])

    def answers(self, layer: Matrix) -> Matrix:
        """Return the probability of "yes" for each row of scaled features, as a column."""
        for weights, bias in self.layers[:-1]:
            layer = _times(layer, weights)
            layer += bias
            np.maximum(layer, 0, out=layer)
        weights, bias = self.layers[-1]
        scores = np.maximum(np.minimum(_times(layer, weights) + bias, 30), -30)
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


def _times(rows: Matrix, weights: Matrix) -> Matrix:
    """Multiply a few rows at a time: for a page's matrices, threads that a library starts cost more than they give."""
    step = max(1, _SMALL // weights.size)
    out = np.empty((len(rows), weights.shape[1]), np.float32)
    for at in range(0, len(rows), step):
        np.matmul(rows[at : at + step], weights, out=out[at : at + step])
    return out


def scale(features: Matrix, logarithmic: NDArray[np.bool_], mean: Matrix, spread: Matrix) -> Matrix:
    """Return the features as the network reads them: logarithms of the counts, then standard scores within bounds."""
    out = features.astype(np.float32)
    columns = logarithmic.nonzero()[0]
    counts = out[:, columns]
    out[:, columns] = np.copysign(np.log1p(np.abs(counts)), counts)
    out -= mean
    out /= spread
    return np.maximum(np.minimum(out, _FARTHEST, out=out), -_FARTHEST, out=out)


@cache
def load_network(resource: str, name: str) -> Network:
    """Return the network `name` of a resource."""
    weights: dict[str, Any] = load_json(resource)[name]
    return Network(
        logarithmic=np.array(weights["logarithmic"], bool),
        mean=_array(weights["mean"]),
        scale=_array(weights["scale"]),
        layers=tuple((_array(w), _array(b)) for w, b in weights["layers"]),
    )


def _array(values: list[Any]) -> Matrix:
    return np.array(values, np.float32)


def reread(records: Sequence[Record]) -> tuple[Matrix, Matrix]:
    """Settle anew the records of a page that stand near its text; return what describes them, and what is believed."""
    features, belief = describe(records), np.zeros(len(records), np.float32)
    near = core(records)
    if records[near]:
        belief[near] = beliefs(describe(records[near], features[near]))
        settle(records[near], belief[near])
    return features, belief


def beliefs(features: Matrix) -> Matrix:
    """Return for each record that a row describes the probability that it is journalism."""
    first, second = load_network("cleaning_lines", "first"), load_network("cleaning_lines", "second")
    scaled = first.scaled(features)  # the second network scales what both read alike
    told = believed(first.answers(scaled)[:, 0], features[:, 0])
    return np.asarray(second.answers(_beside(scaled, second.scaled(told, start=features.shape[1])))[:, 0])


def _beside(left: Matrix, right: Matrix) -> Matrix:
    return np.concatenate((left, right), axis=1)


def settle(records: Sequence[Record], belief: Matrix) -> None:
    """Settle each record by the belief in it, where the rules leave room.

    Where no line is believed, as on a page of one sentence, the rules alone decide what is kept.
    """
    first = next((i for i, r in enumerate(records) if r.kept and r.unit.prose), -1)
    rounded = np.round(belief.astype(np.float64), _DIGITS).tolist()
    own = [(r, p) for r, p in zip(records, rounded, strict=True) if r.kept and r.kind not in _BY_RULE]
    doubted = not any(p >= _least(r) for r, p in own)
    points = _points(records)
    for i, (one, probability) in enumerate(zip(records, rounded, strict=True)):
        if one.kind in _BY_RULE or one.unit.text[0] == "#" or (one.kept and (doubted or i in points)):
            continue
        if one.kept:
            if probability < (_LEAST_FIRST if i == first else _least(one)):
                _drop(records, i, round(1 - probability, _DIGITS))
            else:
                one.probability = max(probability, 0.5)
        elif probability >= _SURE and one.kind in _BY_PLACE and not one.furniture and _could_be_text(one):
            _keep(one, probability)


def _points(records: Sequence[Record]) -> set[int]:
    """Return the headings of summaries and the list below each, which stand above an article like furniture."""
    found: set[int] = set()
    for i, one in enumerate(records):
        points = one.unit.words <= _POINTS and one.unit.text.casefold() in POINTS_HEADINGS
        if points or (one.unit.bullet and i - 1 in found):
            found.add(i)
    return found


def _least(one: Record) -> float:
    if one.unit.bullet:
        return _LEAST_ITEM
    if one.unit.prose or one.unit.ends:
        return _LEAST_SENTENCE
    return _LEAST_HEADING if one.kind is BlockKind.SUBHEADING else _LEAST_SHORT


def _could_be_text(one: Record) -> bool:
    return one.unit.ends or one.unit.words >= _TEASER


def _drop(records: Sequence[Record], at: int, probability: float) -> None:
    one = records[at]
    kind = BlockKind.RELATED if one.unit.words >= _TEASER else BlockKind.NAVIGATION
    one.decide(kind, probability, _why_dropped(records, at))


def _why_dropped(records: Sequence[Record], at: int) -> str:
    around = [r for r in (*records[max(0, at - 3) : at], *records[at + 1 : at + 4]) if r.unit.prose and r.kept]
    if not around:
        return "stands among furniture, far from running text"
    return (
        "reads like a link or label between paragraphs"
        if not records[at].unit.prose
        else "reads like text of another item"
    )


def _keep(one: Record, probability: float) -> None:
    if one.unit.ends or one.unit.words > _HEADING:
        one.decide(BlockKind.CONTENT, probability, "reads and stands like text of the article")
    else:
        one.decide(BlockKind.SUBHEADING, probability, "reads and stands like a heading of the article")


def believed(belief: Matrix, words: Matrix) -> Matrix:
    """Return a row for each record that says what the first network believes of it and of the lines around it."""
    count = len(belief)
    out = np.zeros((1 + len(_BELIEFS) + len(_FROM) + 5, count), np.float32)
    if not count:
        return out.T
    place, weight = np.arange(_REACH, count + _REACH), np.minimum(words, _LONG)
    heavy = belief * weight
    out[0] = np.log((belief + 1e-3) / (1 - belief + 1e-3))
    out[1 : 1 + len(_BELIEFS)] = padded(belief, _REACH, 0)[place + _BELIEFS]
    sums = running_sums(np.array([heavy, weight]), _REACH)
    believed_words, all_words = sums[:, place + _TO] - sums[:, place + _FROM]
    out[1 + len(_BELIEFS) : -5] = believed_words / (all_words + 1)
    total = float(heavy.sum()) + 1
    out[-5] = heavy.cumsum() / total
    out[-4] = belief / (belief.max() + 1e-6)
    out[-3] = np.count_nonzero(belief > 0.5) / count
    out[-2] = math.log1p(total)
    out[-1] = belief[words < _SHORT].sum() / (belief.sum() + 1)
    return out.T
