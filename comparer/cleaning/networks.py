"""Read the page a second time, with small learned networks of how articles and furniture stand on a page.

In: records settled by the rules. Out: the same records, some settled otherwise; what was dropped bears its likeliest
kind of furniture. Two networks look at every line: the first at its shape, its words' ties to the article and the
rules' verdicts around it; the second also at what the first believes of the lines around. A judge then names the kinds:
it reads the page as a row of lines, convolved (two lines to either side, and six of them with gaps), and their words.
Where a rule is certain it stands: the title, a standfirst, an agency's credit. Made by `training/cleaning.py` and
`training/line_kinds.py`; numpy alone applies the weights, and equal input gives equal output. Fails on teasers that
read like menu entries, and on a site's own products.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.features import Matrix, believed, core, describe, describe_words, padded
from comparer.cleaning.lines import Record
from comparer.cleaning.shapes import POINTS_HEADINGS
from comparer.model import KEPT_KINDS, BlockKind
from comparer.resources.loader import load_bytes, load_json

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
_TEASER = 6  # words; a shorter line is a menu entry rather than a headline
_BESIDE = 3  # lines to either side in which a dropped line may have had text beside it

KINDS = tuple(BlockKind)
_GAPS = {"near": 1, "far": 3}  # how far apart the lines lie that each of the two convolutions sees
_OF_WORDS = {"words", "vectors", "step"}  # arrays that lie in the judge's file for `describe_words`
_KEPT_FROM, _DROPPED_BELOW = 0.8, 0.1  # chance of being journalism at which a line changes sides
_TRUSTED = 0.5  # probability of a heading, after the networks, at which it stays
_STANDING = _BY_RULE | {BlockKind.WIRE_CREDIT}
_KEPT = np.array([kind in KEPT_KINDS for kind in KINDS])
_MAY_KEEP = np.array([kind in KEPT_KINDS and kind is not BlockKind.TITLE for kind in KINDS])  # that is chosen elsewhere
_PROMOTES = np.array([kind in {BlockKind.PROMOTION, BlockKind.NEWSLETTER, BlockKind.ABOUT_OUTLET} for kind in KINDS])
_LIKELY = 0.25  # chance below which a kind does not take the place of the one that a rule gave
_PROMOTED = 0.4  # chance of promoting anything at which a dropped line does, be each way of promoting less likely
_READ_AS = {
    BlockKind.NAVIGATION: "part of a menu",
    BlockKind.RELATED: "a link to another item",
    BlockKind.PROMOTION: "an offer",
    BlockKind.COMMENTS: "part of the readers' comments",
    BlockKind.LEGAL: "legal text",
    BlockKind.NEWSLETTER: "a prompt to sign up",
    BlockKind.OTHER: "a control or counter",
    BlockKind.ABOUT_OUTLET: "the site about itself",
    BlockKind.CAPTION: "a caption",
    BlockKind.AUTHOR_BIO: "a note on the author",
    BlockKind.BYLINE: "a byline",
    BlockKind.SHARE: "a prompt to share",
    BlockKind.TIMESTAMP: "a date",
    BlockKind.CONSENT: "a consent notice",
    BlockKind.WIRE_CREDIT: "an agency's credit",
    BlockKind.DUPLICATE: "a line printed twice",
    BlockKind.CONTENT: "text of the article",
    BlockKind.SUBHEADING: "a heading of the article",
    BlockKind.STANDFIRST: "a summary below the headline",
}


class Network(NamedTuple):
    """Hold one network: which columns are read on a logarithmic scale, scaling, layers of weights and bias."""

    logarithmic: NDArray[np.bool_]
    mean: Matrix
    scale: Matrix
    layers: tuple[tuple[Matrix, Matrix], ...]

    def probabilities(self, features: Matrix) -> Matrix:
        """Return the probability of "yes" for each row of `features`, as a column."""
        layer = scale(features, self.logarithmic, self.mean, self.scale)
        for weights, bias in self.layers[:-1]:
            layer = _times(layer, weights)
            layer += bias
            np.maximum(layer, 0, out=layer)
        weights, bias = self.layers[-1]
        scores = np.maximum(np.minimum(_times(layer, weights) + bias, 30), -30)
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


class Judge(NamedTuple):
    """Hold the judge of kinds: arrays by name, which say how features are scaled and what is made of them.

    Shapes: `line` (features, width), `near` and `far` (lines seen, width, width), `told` (3 width, kinds), `plain`
    (features, kinds); what is added to each but the last is called `line_at` and so on.
    """

    arrays: Mapping[str, Matrix]

    def chances(self, rows: Matrix) -> Matrix:
        """Return for each line of a page, described by a row, the probability of each kind."""
        held = self.arrays
        features = scale(rows, held["logarithmic"] > 0, held["mean"], held["scale"])
        own = np.maximum(features @ held["line"] + held["line_at"], 0)
        seen = [own]
        for name, gap in _GAPS.items():
            wide = padded(own, gap * (len(held[name]) // 2), 0)
            parts = (wide[k * gap :][: len(own)] @ weight for k, weight in enumerate(held[name]))
            seen.append(np.maximum(sum(parts) + held[f"{name}_at"], 0))
        scores = np.concatenate(seen, axis=1) @ held["told"] + held["told_at"] + features @ held["plain"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def scale(features: Matrix, logarithmic: NDArray[np.bool_], mean: Matrix, spread: Matrix) -> Matrix:
    """Return the features as a network reads them: logarithms of the counts, then standard scores within bounds."""
    out = features.astype(np.float32)
    columns = logarithmic.nonzero()[0]
    counts = out[:, columns]
    out[:, columns] = np.copysign(np.log1p(np.abs(counts)), counts)
    out -= mean
    out /= spread
    return np.maximum(np.minimum(out, _FARTHEST, out=out), -_FARTHEST, out=out)


def _times(rows: Matrix, weights: Matrix) -> Matrix:
    """Multiply a few rows at a time: for a page's matrices, threads that a library starts cost more than they give."""
    step = max(1, _SMALL // weights.size)
    out = np.empty((len(rows), weights.shape[1]), np.float32)
    for at in range(0, len(rows), step):
        np.matmul(rows[at : at + step], weights, out=out[at : at + step])
    return out


@cache
def load_networks() -> tuple[Network, Network]:
    """Return the two networks that ship."""
    held = load_json("cleaning_lines")
    return _network(held["first"]), _network(held["second"])


def _network(held: dict[str, Any]) -> Network:
    mean, spread = (np.array(held[name], np.float32) for name in ("mean", "scale"))
    layers = ((np.array(weights, np.float32), np.array(bias, np.float32)) for weights, bias in held["layers"])
    return Network(np.array(held["logarithmic"], bool), mean, spread, tuple(layers))


@cache
def load_judge() -> Judge:
    """Return the judge that ships."""
    with np.load(BytesIO(load_bytes("cleaning_kinds.npz")), allow_pickle=False) as arrays:
        return Judge({name: np.asarray(arrays[name], np.float32) for name in arrays.files if name not in _OF_WORDS})


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
    first, second = load_networks()
    told = believed(first.probabilities(features)[:, 0], features[:, 0])
    return second.probabilities(np.concatenate((features, told), axis=1))[:, 0]


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
        elif probability >= _SURE and one.kind in _BY_PLACE and not one.furniture:
            _keep(one, probability)


def _points(records: Sequence[Record]) -> set[int]:
    """Return the headings of summaries and the list below each, which stand above an article like furniture."""
    found: set[int] = set()
    for i, one in enumerate(records):
        if one.unit.text.casefold() in POINTS_HEADINGS or (one.unit.bullet and i - 1 in found):
            found.add(i)
    return found


def _least(one: Record) -> float:
    if one.unit.bullet:
        return _LEAST_ITEM
    if one.unit.prose or one.unit.ends:
        return _LEAST_SENTENCE
    return _LEAST_HEADING if one.kind is BlockKind.SUBHEADING else _LEAST_SHORT


def _drop(records: Sequence[Record], at: int, probability: float) -> None:
    one = records[at]
    kind = BlockKind.RELATED if one.unit.words >= _TEASER else BlockKind.NAVIGATION
    around = (*records[max(0, at - _BESIDE) : at], *records[at + 1 : at + 1 + _BESIDE])
    if not any(r.unit.prose and r.kept for r in around):
        reason = "stands among furniture, far from running text"
    elif one.unit.prose:
        reason = "reads like text of another item"
    else:
        reason = "reads like a link or label between paragraphs"
    one.decide(kind, probability, reason)


def _keep(one: Record, probability: float) -> None:
    """Keep a line that is long enough to be text; one that does not end like a sentence may be a heading."""
    if one.unit.ends or one.unit.words > _HEADING:
        one.decide(BlockKind.CONTENT, probability, "reads and stands like text of the article")
    elif one.unit.words >= _TEASER:
        one.decide(BlockKind.SUBHEADING, probability, "reads and stands like a heading of the article")


def name_kinds(records: Sequence[Record], features: Matrix, belief: Matrix) -> None:
    """Give each dropped line its likeliest kind; change a line's side where the judge is sure."""
    if not records:
        return
    rows = np.concatenate((features, belief[:, None], describe_words(records)), axis=1)
    chances = load_judge().chances(rows)
    believed_text = np.round(chances[:, _KEPT].sum(axis=1).astype(np.float64), _DIGITS).tolist()
    journalism, furniture, promotes = (
        np.where(side, chances, -1).argmax(axis=1).tolist() for side in (_MAY_KEEP, ~_KEPT, _PROMOTES)
    )
    promoting = chances[:, _PROMOTES].sum(axis=1).tolist()
    for at, (one, is_text) in enumerate(zip(records, believed_text, strict=True)):
        trusted = one.kind is BlockKind.SUBHEADING and one.probability >= _TRUSTED
        keep = is_text > _KEPT_FROM or (one.kept and (is_text >= _DROPPED_BELOW or one.unit.prose or trusted))
        if one.kind is None or one.kind in _STANDING or one.unit.text[0] == "#" or (one.kept and keep):
            continue
        own = KINDS.index(one.kind)
        best = journalism[at] if keep else furniture[at]
        likely = float(chances[at, best])
        if not keep and promoting[at] >= _PROMOTED and not _PROMOTES[own]:
            best, likely = promotes[at], promoting[at]
        if likely > max(float(chances[at, own]), _LIKELY):
            reason = f"{one.reason}; stands and reads like {_READ_AS[KINDS[best]]}"
            one.decide(KINDS[best], round(likely, _DIGITS), reason)
