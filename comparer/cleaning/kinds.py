"""Say of what kind each line of a page is, by its words, its shape, its place and the lines around it.

In: settled records and the matrix that describes them. Out: the same records; what was dropped bears its likeliest
kind of furniture, and where the judge is sure a line changes sides. The judge is a small network over the page's lines
(a row of lines, convolved: two lines to either side, and six of them with gaps): what is seen of each line, and what is
seen of those beside it. A word is a vector of sixteen numbers, its piece's in all-MiniLM-L6-v2 cut to the directions of
most spread, so that words never met in training count by their likes. A credit of an agency keeps the kind that a rule
gave it: too few were seen. Made by `training/line_kinds.py`. Fails on teasers that read like menu entries, and on a
site's own products.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.features import Matrix, padded, running_sums
from comparer.cleaning.lines import Record, Unit, remembered
from comparer.cleaning.networks import scale
from comparer.model import KEPT_KINDS, BlockKind
from comparer.resources.loader import load_bytes

KINDS = tuple(BlockKind)
MOST_WORDS = 40  # of a line that are looked up
ENDS_WEIGH = 0.7  # the first word and the last, against all words
_BESIDE = 6  # lines to either side whose words are told together
_GAPS = (1, 3)  # how far apart the lines lie that each of the two convolutions sees
_KEPT_FROM, _DROPPED_BELOW = 0.8, 0.1  # chance of being journalism at which a line changes sides
_TRUSTED = 0.5  # probability of a heading, after the networks, at which it stays
_STANDING = frozenset({BlockKind.TITLE, BlockKind.STANDFIRST, BlockKind.WIRE_CREDIT})
_KEPT = np.array([kind in KEPT_KINDS for kind in KINDS])
_MAY_KEEP = np.array([kind in KEPT_KINDS and kind is not BlockKind.TITLE for kind in KINDS])  # that is chosen elsewhere
_PROMOTES = np.array([kind in {BlockKind.PROMOTION, BlockKind.NEWSLETTER, BlockKind.ABOUT_OUTLET} for kind in KINDS])
_LIKELY = 0.25  # chance below which a kind does not take the place of the one that a rule gave
_PROMOTED = 0.4  # chance of promoting anything at which a dropped line does, be each way of promoting less likely
_DIGITS = 2  # of a probability: further ones differ from machine to machine
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


class Judge(NamedTuple):
    """Hold the network: how features are scaled; per line, convolved twice, and what the features say by themselves.

    Shapes: `line` (features, width), `near` and `far` (lines seen, width, width), `told` (3 width, kinds), `plain`
    (features, kinds).
    """

    logarithmic: NDArray[np.bool_]
    mean: Matrix
    scale: Matrix
    line: Matrix
    line_at: Matrix
    near: Matrix
    near_at: Matrix
    far: Matrix
    far_at: Matrix
    told: Matrix
    told_at: Matrix
    plain: Matrix

    def chances(self, rows: Matrix) -> Matrix:
        """Return for each line of a page, described by a row, the probability of each kind."""
        features = scale(rows, self.logarithmic, self.mean, self.scale)
        own = np.maximum(features @ self.line + self.line_at, 0)
        seen = [own]
        for weights, constant, gap in zip((self.near, self.far), (self.near_at, self.far_at), _GAPS, strict=True):
            reach = gap * (len(weights) // 2)
            wide = padded(own, reach, 0)
            parts = (wide[k * gap :][: len(own)] @ weight for k, weight in enumerate(weights))
            seen.append(np.maximum(sum(parts) + constant, 0))
        scores = np.concatenate(seen, axis=1) @ self.told + self.told_at + features @ self.plain
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def name_kinds(records: Sequence[Record], features: Matrix, belief: Matrix) -> None:
    """Give each dropped line its likeliest kind; change a line's side where the judge is sure."""
    if not records:
        return
    rows = np.concatenate((features, belief[:, None], describe_words(records)), axis=1)
    chances = load_judge().chances(rows)
    believed = np.round(chances[:, _KEPT].sum(axis=1).astype(np.float64), _DIGITS).tolist()
    journalism, furniture = (np.where(side, chances, -1).argmax(axis=1).tolist() for side in (_MAY_KEEP, ~_KEPT))
    promoting = chances[:, _PROMOTES].sum(axis=1).tolist()
    promotes = np.where(_PROMOTES, chances, -1).argmax(axis=1).tolist()
    for at, (one, is_text) in enumerate(zip(records, believed, strict=True)):
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


def describe_words(records: Sequence[Record]) -> Matrix:
    """Return a row for each record: the means of its words, of the lines beside it and around it; its ends."""
    found = np.frombuffer(b"".join([_words(one.unit) for one in records]), np.float32).reshape(len(records), -1)
    width = found.shape[1] // 3
    own = found[:, :width]
    beside = padded(own, 1, 0)
    sides = (beside[2:], beside[:-2], means(own, -_BESIDE, -1), means(own, 1, _BESIDE))
    return np.concatenate((own, found[:, width:] * np.float32(ENDS_WEIGH), *sides), axis=1, dtype=np.float32)


def means(rows: Matrix, low: int, high: int) -> Matrix:
    """Return for each row the mean of those from `low` to `high` places after it that there are."""
    reach, place = max(-low, high), np.arange(len(rows))
    sums = running_sums(np.vstack((rows.T, np.ones(len(rows), np.float32))), reach)
    found = sums[:, place + reach + high + 1] - sums[:, place + reach + low]
    return np.asarray((found[:-1] / np.maximum(found[-1], 1)).T, np.float32)


@remembered
def _words(unit: Unit) -> bytes:
    """Return the mean vector of a line's words, the first word's and the last's, packed as part of a row."""
    rows, vectors = _vectors()
    forms = unit.forms
    own = vectors[[rows[form] for form in forms[:MOST_WORDS] if form in rows]]
    ends = vectors[[rows.get(form, -1) for form in (forms[0], forms[-1])] if forms else [-1, -1]]
    mean = np.add.reduce(own) / np.float32(len(own)) if len(own) else vectors[-1]
    return bytes(mean.tobytes() + ends.tobytes())


@cache
def _vectors() -> tuple[dict[str, int], Matrix]:
    """Return the row of each word, and the vectors; the last is of words that are not known."""
    with np.load(BytesIO(load_bytes("cleaning_kinds.npz")), allow_pickle=False) as arrays:
        words, vectors = bytes(arrays["words"]).decode().split(), arrays["vectors"] * arrays["step"]
    return {word: row for row, word in enumerate(words)}, np.vstack((vectors, vectors[:1] * 0)).astype(np.float32)


@cache
def load_judge() -> Judge:
    """Return the judge that ships."""
    with np.load(BytesIO(load_bytes("cleaning_kinds.npz")), allow_pickle=False) as arrays:
        return judge_of({name: arrays[name] for name in arrays.files})


def judge_of(arrays: dict[str, NDArray[np.generic]]) -> Judge:
    """Return a judge from its arrays, which may be of half precision."""
    full = (np.asarray(arrays[name], np.float32) for name in Judge._fields[1:])
    return Judge(np.asarray(arrays["logarithmic"], bool), *full)
