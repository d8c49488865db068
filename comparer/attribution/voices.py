"""Read who speaks for a claim with a small reader of our own.

In: an article's sentences and where a claim stands in them. Out: log chances of each sort of voucher. The lower half of
the reader of pairs reads each sentence; in two layers above it, which were taught, a word also looks at the words of
two sentences before and one after, so that an article is read once for all its claims. A claim is the mean of its
words, weighed by what they are. Weights: `training/vouching_reader.py`. Nothing is decided here: `vouching` weighs what
was read beside all other signs.
"""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np

from comparer.encoder import Numbers, load_reader, session
from comparer.language.doc import Doc
from comparer.model import Claim, Rung, SourceKind, Span
from comparer.resources.loader import load_bytes

VOUCHERS: tuple[tuple[Rung, SourceKind | None], ...] = (
    (Rung.NAMED_PERSON, SourceKind.NAMED_PERSON),
    (Rung.ORGANISATION, SourceKind.ORGANISATION),
    (Rung.ORGANISATION, SourceKind.DOCUMENT),
    (Rung.ORGANISATION, SourceKind.MEDIA),
    (Rung.ROLE, SourceKind.ROLE),
    (Rung.ANONYMOUS, SourceKind.ANONYMOUS),
    (Rung.ANONYMOUS, SourceKind.GROUP),
    (Rung.REPORTEDLY, None),
    (Rung.OWN_VOICE, None),
)
"""What may stand for a claim, in the order of the weights."""
MOST = 96  # word pieces of a sentence that are read
CORE, BEFORE, AFTER = 16, 4, 2  # sentences read in one run, and those beside them that two layers can reach
DECIMALS = 3  # kinds of processors differ in later digits


class Listener(NamedTuple):
    """Hold the layers above the lower half, and the weights that make an answer of what they read."""

    layers: Any
    weights: dict[str, Numbers]


class Voices(NamedTuple):
    """Hold of each sentence its word pieces, and what is read in these and in the two around them."""

    pieces: tuple[tuple[Span, ...], ...]
    read: tuple[Numbers, ...]


def ask(doc: Doc, claim: Claim) -> Numbers | None:
    """Return the log chances of each of `VOUCHERS` for a claim, or None where none of its words is read.

    Raises BadResourceError where the reader cannot run.
    """
    voices, weights = _listened(doc), load_listener().weights
    pieces, read = voices.pieces[claim.sentence], voices.read[claim.sentence]
    inside = [k for k, piece in enumerate(pieces, start=1) if len(piece) and claim.passage.span.covers(piece)]
    if not inside:
        return None
    words = read[inside]
    score = words @ weights["weigh"][0]
    weighed = np.exp(score - score.max())
    pooled = np.concatenate([weighed @ words / weighed.sum(), words.mean(axis=0), read[0]])
    scores = weights["vouch"] @ pooled + weights["vouch_at"]
    return np.asarray((scores - np.logaddexp.reduce(scores)).round(DECIMALS), dtype=np.float32)


@lru_cache(maxsize=16)  # articles: each is asked about its claims one after another
def _listened(doc: Doc) -> Voices:
    reader, layers = load_reader(), load_listener().layers
    spans = [s.span for s in doc.sentences]
    encoded = reader.encoded([span.of(doc.text) for span in spans])
    pieces = [
        tuple(Span(*at).moved(s.start) for at in one.offsets[:MOST]) for s, one in zip(spans, encoded, strict=True)
    ]
    lower = [reader.read(one.ids[:MOST])[0] for one in encoded]
    read: list[Numbers] = []
    for start in range(0, len(lower), CORE):
        low, high = max(0, start - BEFORE), min(len(lower), start + CORE + AFTER)
        of = np.concatenate([np.full(len(lower[k]), k) for k in range(low, high)])
        states = np.concatenate(lower[low:high])[None]
        found = layers.run(None, {"states": states, "sentences": of[None]})[0][0]
        read += [found[of == k] for k in range(start, min(start + CORE, high))]
    return Voices(tuple(pieces), tuple(read))


@cache
def load_listener() -> Listener:
    """Return the reader of voices that ships; raise BadResourceError where it cannot run."""
    return listener_of(load_bytes("vouching_reader.onnx"), load_bytes("vouching_reader.npz"))


def listener_of(graph: bytes, weights: bytes) -> Listener:
    """Return the reader of voices of a graph and its weights."""
    with np.load(BytesIO(weights), allow_pickle=False) as arrays:
        return Listener(session(graph), {name: arrays[name].astype(np.float32) for name in arrays.files})
