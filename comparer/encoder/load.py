"""Load the reader of pairs: two graphs and the word pieces they know, once per process.

In: `same_claim_texts.onnx`, `same_claim_pairs.onnx` and `same_claim_tokenizer.json` from `resources/`. Out: a `Reader`.
Onnxruntime and tokenizers are imported here and late: together they take some 0.2 seconds. One thread computes, so that
sums run in one order and a second run gives the same digits. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.errors import BadResourceError
from comparer.resources.loader import load_bytes

FILES = ("same_claim_texts.onnx", "same_claim_pairs.onnx", "same_claim_tokenizer.json")
SIDE = 64  # word pieces of a text that are read; as in training
Numbers = NDArray[np.float32]


class Reader(NamedTuple):
    """Hold the tokenizer and the two halves of the model; `first` and `end` are the pieces around a text."""

    tokenizer: Any
    texts: Any
    pairs: Any
    first: int
    end: int

    def states(self, texts: Sequence[str]) -> list[Numbers]:
        """Return what the lower half reads in each text alone: (1, word pieces, width) each."""
        encoded = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        rows = [[self.first, *one.ids[:SIDE], self.end] for one in encoded]
        return [self.texts.run(None, {"ids": np.array([row], dtype=np.int64)})[0] for row in rows]

    def logit(self, left: Numbers, right: Numbers) -> float:
        """Return what the upper half says of the states of two texts."""
        return float(self.pairs.run(None, {"left": left, "right": right})[0][0])


@cache
def available() -> bool:
    """Tell whether the reader can run: onnxruntime and tokenizers are installed, and its weights lie in the package."""
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        return False
    try:
        return all(load_bytes(name) for name in FILES)
    except BadResourceError:
        return False


@cache
def load_reader() -> Reader:
    """Return the reader that ships; raise BadResourceError where a file is missing or onnxruntime cannot run it."""
    return reader_of(*(load_bytes(name) for name in FILES))


def reader_of(texts: bytes, pairs: bytes, pieces: bytes) -> Reader:
    """Return the reader of two graphs and their word pieces; raise BadResourceError where onnxruntime cannot run it."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        halves = [onnxruntime.InferenceSession(h, options, providers=["CPUExecutionProvider"]) for h in (texts, pairs)]
        tokenizer = Tokenizer.from_str(pieces.decode("utf-8"))
    except Exception as error:  # both libraries raise classes of their own, without a common base
        raise BadResourceError(f"The reader of pairs does not load: {error}. Reinstall the package.") from error
    first, end = (int(tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))
    return Reader(tokenizer, halves[0], halves[1], first, end)
