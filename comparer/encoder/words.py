"""Read each word of a sentence in its place, by the lower half of the reader of pairs.

In: a text and places in it. Out: a vector per place, the mean of the word pieces that touch it; noughts behind the last
piece that is read. The lower half was never taught what claims are one: it knows what its base learned of English.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comparer.encoder.load import SIDE, Numbers, Reader, load_reader
from comparer.model import Span


def read_words(text: str, places: Sequence[Span], *, reader: Reader | None = None) -> Numbers:
    """Return what each place of a text holds, (places, width); raise BadResourceError where the reader cannot run.

    >>> line = "The ferry sailed."
    >>> read_words(line, [Span(4, 9), Span(10, 16)]).shape
    (2, 384)
    """
    reader = reader or load_reader()
    states = reader.states([text])[0][0, 1:-1]
    pieces = reader.tokenizer.encode(text, add_special_tokens=False).offsets[:SIDE]
    found = np.zeros((len(places), states.shape[1]), dtype=np.float32)
    for number, place in enumerate(places):
        touched = [k for k, (start, end) in enumerate(pieces) if start < place.end and place.start < end]
        if touched:
            found[number] = states[touched].mean(axis=0)
    return found
