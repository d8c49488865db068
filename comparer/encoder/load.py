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
        return [self.read(one.ids[:SIDE]) for one in encoded]

    def read(self, ids: Sequence[int]) -> Numbers:
        """Return what the lower half reads in word pieces: (1, word pieces and the two around them, width)."""
        states: Numbers = self.texts.run(None, {"ids": np.array([[self.first, *ids, self.end]], dtype=np.int64)})[0]
        return states

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
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(pieces.decode("utf-8"))
    except Exception as error:  # the library raises a class of its own, without a base
        raise BadResourceError(f"The reader's word pieces do not load: {error}. Reinstall the package.") from error
    first, end = (int(tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))
    return Reader(tokenizer, session(texts), session(pairs), first, end)


def session(graph: bytes) -> Any:  # noqa: ANN401 - onnxruntime is imported late and has no types
    """Return a graph ready to run on one thread; raise BadResourceError where onnxruntime cannot run it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises classes of its own, without a common base
        raise BadResourceError(f"A reader's graph does not load: {error}. Reinstall the package.") from error
