"""Read pairs of sentences and say in log odds how far each reports one claim.

In: pairs of texts of one event. Out: a number per pair, the same whichever side comes first and whatever else is read
beside it: each pair is run on its own, since the scale of an int8 activation would otherwise hang on its neighbours.
Refuses to be a probability: where a pair stands among the others belongs to it (`alignment.joined`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comparer.encoder.load import Reader, load_reader

DECIMALS = 4  # kinds of processors differ in later digits


def read_pairs(pairs: Sequence[tuple[str, str]], *, reader: Reader | None = None) -> NDArray[np.float64]:
    """Return the log odds that the two texts of each pair report the same claim, rounded to four decimals.

    Some 130 pairs a second on one core; a text's lower half is computed once however many partners it has. Only the
    first 64 word pieces of a text count. `reader` is the one that ships where none is given. Raises BadResourceError
    where it cannot run: ask `available` first.

    >>> ferry = "A ferry with 61 people on board ran aground off Skerrow on Monday."
    >>> told = "The boat hit a sandbank near Skerrow, the coastguard said, with 61 passengers aboard."
    >>> other = "Tickets will be refunded, the operator said."
    >>> same, apart = read_pairs([(ferry, told), (ferry, other)])
    >>> bool(same > apart)
    True
    """
    if not pairs:
        return np.zeros(0)
    reader = reader or load_reader()
    ordered = [(min(pair), max(pair)) for pair in pairs]
    texts = sorted({text for pair in ordered for text in pair})
    states = dict(zip(texts, reader.states(texts), strict=True))
    logits = {(a, b): reader.logit(states[a], states[b]) for a, b in sorted(set(ordered))}
    return np.round(np.array([logits[pair] for pair in ordered]), DECIMALS)
