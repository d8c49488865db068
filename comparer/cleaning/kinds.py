"""Say of what kind each line of a page is, by its words, its shape, its place and the kinds of the lines around it.

In: settled records and the matrix that describes them. Out: the same records; what was dropped bears its likeliest
kind of furniture, and where the judge is sure a line changes sides. Two logistic regressions: the first sees the line,
words beside it and what the other networks believe; the second also what the first says of the page. A word is a vector
of sixteen numbers, its piece's in all-MiniLM-L6-v2 cut to the directions of most spread, so that words never met in
training count by their likes. A credit of an agency and a repeated line keep the kind that a rule gave them: too few
were seen. Made by `training/line_kinds.py`. Fails on teasers that read like menu entries, and on a site's own products.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import numpy as np

from comparer.cleaning.features import Matrix, padded, running_sums
from comparer.cleaning.lines import Record, Unit, remembered
from comparer.cleaning.networks import Network
from comparer.model import KEPT_KINDS, BlockKind
from comparer.resources.loader import load_bytes

KINDS = tuple(BlockKind)
MOST_WORDS = 40  # of a line that are looked up
ENDS_WEIGH = 0.7  # the first word and the last, against all words
SIDES = (-4, -3, -2, -1, 1, 2, 3, 4)  # lines whose chances the second judge sees, each for itself
_BESIDE, _NEAR, _FAR = 6, 10, 25  # lines to either side: of words, of chances
_LEAST = 1e-3
_KEPT_FROM, _DROPPED_BELOW = 0.8, 0.1  # chance of being journalism at which a line changes sides
_TRUSTED = 0.5  # probability of a heading, after the networks, at which it stays
_RULED, _LIKELY, _AGAINST = 0.8, 0.5, 0.3
"""Where a rule is so sure, the judge's kind must be so likely, be likelier by so much, and say something."""
_STANDING = frozenset(
    {BlockKind.TITLE, BlockKind.STANDFIRST, BlockKind.WIRE_CREDIT, BlockKind.DUPLICATE, BlockKind.CONSENT}
)
_KEPT = np.array([kind in KEPT_KINDS for kind in KINDS])
_MAY_KEEP = np.array([kind in KEPT_KINDS and kind is not BlockKind.TITLE for kind in KINDS])  # that is chosen elsewhere
_PROMOTES = np.array([kind in {BlockKind.PROMOTION, BlockKind.NEWSLETTER, BlockKind.ABOUT_OUTLET} for kind in KINDS])
_PROMOTED = 0.5  # chance of promoting anything at which a dropped line does, be each way of promoting less likely
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


def name_kinds(records: Sequence[Record], features: Matrix, belief: Matrix) -> None:
    """Give each dropped line its likeliest kind; change a line's side where the judge is sure."""
    if not records:
        return
    first, second = judges()
    rows = np.concatenate((features, belief[:, None], describe_words(records)), axis=1)
    chances = first.probabilities(rows)
    chances = second.probabilities(np.concatenate((rows, describe_chances(chances)), axis=1))
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
        lead = likely - float(chances[at, own])
        ruled = one.probability >= _RULED and not keep
        wanted, least = (_AGAINST, _LIKELY) if ruled else (0.0, 0.0)
        if lead > wanted and likely >= least and not (ruled and KINDS[best] is BlockKind.OTHER):
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


def describe_chances(chances: Matrix) -> Matrix:
    """Return a row for each record: what is thought of it, of each line beside it, of stretches and of the page."""
    reach, count = max(SIDES), len(chances)
    wide = padded(chances, reach, 0)
    stretches = ((-_NEAR, -1), (1, _NEAR), (-_FAR, -1), (1, _FAR))
    parts = (
        np.log(chances + _LEAST),
        *(wide[reach + by :][:count] for by in SIDES),
        *(means(chances, low, high) for low, high in stretches),
        np.repeat(chances.mean(axis=0, keepdims=True), count, axis=0),
    )
    return np.concatenate(parts, axis=1, dtype=np.float32)


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
def judges() -> tuple[Network, Network]:
    """Return the two judges."""
    with np.load(BytesIO(load_bytes("cleaning_kinds.npz")), allow_pickle=False) as arrays:
        first, second = (
            Network(
                arrays[f"{name}_logarithmic"],
                arrays[f"{name}_mean"],
                arrays[f"{name}_scale"],
                ((arrays[f"{name}_weights"], arrays[f"{name}_bias"]),),
            )
            for name in ("first", "second")
        )
    return first, second
