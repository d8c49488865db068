"""Read two sentences at once with a small model of our own: do they report one claim, what does each word mean there?

In: texts of one event. Out: log odds per pair, the same whichever side comes first and whatever else is read beside it;
a vector per word. Each pair is run on its own, since the scale of an int8 activation would otherwise hang on its
neighbours, and on one thread, so that sums run in one order. Onnxruntime and tokenizers are imported late: they take
some 0.2 seconds. Nothing is downloaded. Refuses to be a probability: where a pair stands among the others belongs to it
(`alignment.same_claim`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.errors import BadResourceError
from comparer.model import Span
from comparer.resources.loader import load_bytes

FILES = ("same_claim_texts.onnx", "same_claim_pairs.onnx", "same_claim_tokenizer.json")
SIDE = 64  # word pieces of a text that are read; as in training
DECIMALS = 4  # kinds of processors differ in later digits
Numbers = NDArray[np.float32]
jobs = 1  # threads that read pairs, each a whole one: their number changes no digit


class Reader(NamedTuple):
    """Hold the tokenizer and the two halves of the model; `first` and `end` are the pieces around a text."""

    tokenizer: Any
    texts: Any
    pairs: Any
    first: int
    end: int

    def encoded(self, texts: Sequence[str]) -> list[Any]:
        """Return the word pieces of texts; a stray surrogate, which the tokenizer does not take, is a question mark."""
        sound = [text.encode("utf-8", "replace").decode() for text in texts]
        return list(self.tokenizer.encode_batch(sound, add_special_tokens=False))

    def read(self, ids: Sequence[int]) -> Numbers:
        """Return what the lower half reads in word pieces: (1, word pieces and the two around them, width)."""
        return _states(self.texts, (self.first, *ids, self.end))


@lru_cache(maxsize=2048)  # sentences of an event, which are read for their speakers and again for their partners
def _states(texts: Any, ids: tuple[int, ...]) -> Numbers:  # noqa: ANN401 - onnxruntime is imported late
    states: Numbers = texts.run(None, {"ids": np.array([ids], dtype=np.int64)})[0]
    return states


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
    encoded = zip(texts, reader.encoded(texts), strict=True)
    states = {text: reader.read(one.ids[:SIDE]) for text, one in encoded}
    once = sorted(set(ordered))

    def read(pair: tuple[str, str]) -> float:
        return float(reader.pairs.run(None, {"left": states[pair[0]], "right": states[pair[1]]})[0][0])

    with ThreadPoolExecutor(jobs) as pool:
        logits = dict(zip(once, map(read, once) if jobs == 1 else pool.map(read, once), strict=True))
    return np.round(np.array([logits[pair] for pair in ordered]), DECIMALS)


def read_words(text: str, places: Sequence[Span]) -> Numbers:
    """Return what each place of a text holds, (places, width): the mean of the word pieces that touch it.

    The lower half was never taught what claims are one: it knows what its base learned of English. Behind the last
    piece that is read stand noughts. Raises BadResourceError where the reader cannot run.

    >>> line = "The ferry sailed."
    >>> read_words(line, [Span(4, 9), Span(10, 16)]).shape
    (2, 384)
    """
    (encoded,) = load_reader().encoded([text])
    states = load_reader().read(encoded.ids[:SIDE])[0, 1:-1]
    found = np.zeros((len(places), states.shape[1]), dtype=np.float32)
    for number, place in enumerate(places):
        inside = enumerate(encoded.offsets[:SIDE])
        touched = [k for k, (start, end) in inside if start < place.end and place.start < end]
        if touched:
            found[number] = states[touched].mean(axis=0)
    return found


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


def session(graph: bytes) -> Any:  # noqa: ANN401 - onnxruntime is imported late
    """Return a graph ready to run on one thread; raise BadResourceError where onnxruntime cannot run it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises classes of its own, without a common base
        raise BadResourceError(f"A reader's graph does not load: {error}. Reinstall the package.") from error
