"""Read possible cues and what each governs with a small reader of our own, sentence by sentence.

In: the units of a text. Out: a `Link` per possible cue that governs any content. The lower half of the reader of pairs
reads a sentence, two layers above it were taught what its words are to each other: a word is a cue or not, and to a cue
every other word is its source, its content or neither, told by both words together (Dozat and Manning 2017). A long
quotation is read at its opening and its end. Weights come from `training/attribution_tagger.py`; one sentence is read
at a time so that no digit hangs on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from scipy.special import erf, softmax

from comparer.attribution.links import Link, Numbers, Tried, cue_runs, opening_quotations, read_link
from comparer.attribution.units import Unit
from comparer.encoder import Reader, load_reader, session
from comparer.resources.loader import load_bytes

OPENING, END = 20, 8  # word pieces of a quotation that are read
MOST = 250  # word pieces of a sentence that are read
NEXT = 3  # quotations that open the next sentence and may go on with what this one's cue governs
FAR = 20  # pieces from a cue from which on distance is no longer told apart
DECIMALS = 4  # kinds of processors differ in later digits


class Tagger(NamedTuple):
    """Hold the reader below, the two layers above it and the weights that compare a cue with other words."""

    reader: Reader
    layers: Any
    weights: dict[str, Numbers]

    def words(self, sentence: Sentence) -> Numbers:
        """Return what is read at the first word piece of each piece: (pieces, width)."""
        read: Numbers = self.layers.run(None, {"states": self.reader.read(sentence.ids)})[0][0]
        return read[[k + 1 for k in sentence.first]]

    def cues(self, words: Numbers) -> Numbers:
        """Return the probability of each word opening a cue, and of its going on with one: (words, 2)."""
        scores = words @ self.weights["cue"].T + self.weights["cue_at"]
        return np.asarray(softmax(scores, axis=1)[:, 1:], dtype=np.float32).round(DECIMALS)

    def roles(self, words: Numbers, cue: range) -> Numbers:
        """Return the probabilities of each word being nothing, source, content or part of a cue: (words, 4)."""
        own = self.weights
        left = _gelu(words[cue].mean(axis=0) @ own["left"].T + own["left_at"])
        right = _gelu(words @ own["right"].T + own["right_at"])
        at = np.arange(len(words))
        far = np.where(at < cue.start, at - cue.start, np.maximum(0, at - cue.stop + 1)).clip(-FAR, FAR) + FAR
        split = len(left)
        scores = right @ (left @ own["both"]).T + right @ own["alone"][:, split:].T + own["alone"][:, :split] @ left
        likely = softmax(scores + own["alone_at"] + own["distance"][far], axis=1)
        return np.asarray(likely, dtype=np.float32).round(DECIMALS)


@cache
def _tagger() -> Tagger:
    with np.load(BytesIO(load_bytes("attribution_roles.npz")), allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return Tagger(load_reader(), session(load_bytes("attribution_reader.onnx")), weights)


class Sentence(NamedTuple):
    """Hold a sentence's word pieces, the row among them of each piece of text, and how many pieces are its own.

    Quotations that open the next sentence follow its own pieces; `start` is the place of the first in the whole text.
    """

    start: int
    inside: int
    ids: list[int]
    first: list[int]


def sentences_of(tagger: Tagger, text: str, units: Sequence[Unit]) -> Iterator[Sentence]:
    """Yield the units of a text as they are read, a long quotation without its middle."""
    encoded = tagger.reader.encoded([text[p.start : p.end] for unit in units for p in unit.pieces])
    whole = [one.ids or [tagger.reader.end] for one in encoded]
    rows = [row if len(row) <= OPENING + END else row[:OPENING] + row[-END:] for row in whole]
    start = 0
    for number, unit in enumerate(units):
        own = rows[start : start + len(unit.pieces) + opening_quotations(units, number + 1, NEXT)]
        first = [0, *accumulate(len(row) for row in own)][:-1]
        if first[-1] + len(own[-1]) > MOST:
            first = [k for k in first if k < MOST - OPENING - END - 2]
        ids = [k for row in own for k in row][:MOST]
        yield Sentence(start, min(len(unit.pieces), len(first)), ids, first)
        start += len(unit.pieces)


def tag(text: str, units: Sequence[Unit]) -> list[Link]:
    """Return the links of a text in page order; raise BadResourceError where the reader cannot run."""
    tagger = _tagger()
    found: list[Link] = []
    for number, sentence in enumerate(sentences_of(tagger, text, units)):
        words = tagger.words(sentence)
        chance = tagger.cues(words[: sentence.inside])
        for cue in (range(*run) for run in cue_runs(chance)):
            places = range(sentence.start + cue.start, sentence.start + cue.stop)
            tried = Tried(number, places, tuple(chance[cue].sum(axis=1).tolist()))
            link = read_link(tried, sentence.start, tagger.roles(words, cue))
            if link is not None:
                found.append(link)
    return found


def _gelu(x: Numbers) -> Numbers:
    return np.asarray(x * (1 + erf(x / np.sqrt(2.0))) / 2, dtype=np.float32)
