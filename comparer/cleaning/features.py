"""Describe the lines of a page in numbers, for what reads a page a second time and names its kinds.

In: the records of a page after the first reading, by rules. Out: matrices with a row for each record. `describe` has a
column for each name in `NAMES`: the line's shape, the words it shares with the article, what the first reading made of
it and of its neighbours, where it stands (a page is a sequence). No column names a word, so that weights hold no text.
`believed` has what a network believes of the lines around, `describe_words` the vectors of their words: a word is
sixteen numbers, its piece's in all-MiniLM-L6-v2 cut to the directions of most spread, so that words never met in
training count by their likes.
"""

from __future__ import annotations

import math
import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.lines import Record, Unit, remembered
from comparer.model import BlockKind
from comparer.resources.loader import load_bytes, word_set

Matrix = NDArray[np.float32]
PLACE = (
    "line", "share_above", "words_above", "to_prose_above", "to_prose_below", "to_cue_above", "to_cue_below",
    "kept_above", "kept_below", "prose_10", "short_10", "furniture_10", "kept_10", "run_short", "run_above", "lines",
    "page_prose", "page_kept", "page_subheadings", "page_short_kept", "same_shape", "since_head",
    "to_subheading_above", "to_subheading_below",
)  # fmt: skip
_READ = ("words", "capitals", "ends", "bullet", "prose", "kept", "furniture", "head", "kind_subheading")
_WINDOW = 10  # lines to either side among which kinds of lines are counted
_FAR = 50  # lines; what stands farther off says no more
_KINDS = tuple(BlockKind)
_DIGITS = re.compile(r"\d")
_MARGIN = 10  # lines; menus farther off stay what the rules make of them
_HEAD = 120  # words of a line that are looked up
_OPENING = 300  # characters of a line in which figures are counted
_TELLING = 3  # letters; shorter words say nothing about the topic
_SHAPE = (
    "words", "characters", "word_length", "capitals", "stop_words", "digits", "commas", "ends", "colon", "question",
    "quote", "bullet", "separators", "shouted", "lower_start", "digit_start", "you", "we", "said", "past",
    "ellipsis", "prose",
)  # fmt: skip
_SEEN = ("cue", "head", "furniture", "repeats", "belief", "kept")
_TOPIC = ("shared", "shared_twice", "shared_title")
_NEIGHBOURS = ("words", "ends", "prose", "furniture", "kept", "capitals", "shared", "stop_words")
_SHIFTS, _REACH = (-3, -2, -1, 1, 2, 3), 3
NAMES: tuple[str, ...] = (
    *_SHAPE,
    *_SEEN,
    *_TOPIC,
    *(f"kind_{k.value}" for k in _KINDS),
    *(f"cue_{k.value}" for k in _KINDS),
    *(f"{name}_{by:+d}" for by in _SHIFTS for name in _NEIGHBOURS),
    *PLACE,
)
_PLACE_AT = len(NAMES) - len(PLACE)
_AROUND_AT = _PLACE_AT - len(_SHIFTS) * len(_NEIGHBOURS)
_NEIGHBOUR_COLUMNS, _READ_COLUMNS = ([NAMES.index(name) for name in names] for names in (_NEIGHBOURS, _READ))
_SHAPE_ROW, _SEEN_ROW = struct.Struct(f"{len(_SHAPE)}f"), struct.Struct(f"{len(_SEEN) + len(_TOPIC)}f")
_KINDS_ROW = struct.Struct(f"{len(_KINDS)}f")
_YOU, _WE, _SAID = (word_set("cleaning_words", group) for group in ("reader", "speaker", "said"))
_SPEAKING = _YOU | _WE | _SAID
_BELIEFS = np.array([[-5], [-4], [-3], [-2], [-1], [1], [2], [3], [4], [5]])
_FROM, _TO = np.array([[-5], [1], [-15], [1]]), np.array([[0], [6], [0], [16]])  # lines whose mean belief is told
_BELIEVED = 15  # lines to either side that are looked at for what is believed of them
_LONG = 60  # words; a longer line weighs no more
_SHORT = 8  # words
_MOST_WORDS = 40  # of a line whose vectors are looked up
_ENDS_WEIGH = 0.7  # the first word and the last, against all words
_BESIDE = 6  # lines to either side whose words are told together


def _describe_places(columns: Matrix) -> Matrix:
    """Return the columns of `PLACE`, from those of `_READ`, each given as a row."""
    flags = columns > 0
    ends, bullet, prose, kept, furniture, head, subheading = flags[2:]
    words, count = columns[0].astype(np.float64), columns.shape[1]
    long, kept_prose, place = prose | ends, prose & kept, np.arange(count)
    weight = words * kept_prose
    above = weight.cumsum() - weight
    total = max(float(weight.sum()), 1.0)
    since, until = _distances(np.array([kept_prose, furniture, long, subheading, head & furniture]), place)
    styles = (np.minimum(words, 12) // 3 * 8 + (columns[1] > 0.7) * 4 + ends * 2 + bullet).astype(np.intp)
    paragraphs = max(int(np.count_nonzero(kept_prose)), 1)
    out = np.empty((len(PLACE), count), np.float32)
    row = dict(zip(PLACE, out, strict=True))
    row["line"][:] = np.minimum(place, 300)
    row["share_above"][:] = place / count
    row["words_above"][:] = above / total
    row["kept_above"][:] = np.minimum(above, 3000)
    row["kept_below"][:] = np.minimum(total - above - weight, 3000)
    row["to_prose_above"][:], row["to_prose_below"][:] = since[0], until[0]
    row["to_cue_above"][:], row["to_cue_below"][:] = since[1], until[1]
    row["run_above"][:], row["run_short"][:] = since[2], since[2] + until[2]
    row["to_subheading_above"][:], row["to_subheading_below"][:] = since[3], until[3]
    row["since_head"][:] = since[4]
    around = _shares_around(np.array([prose, ~long, furniture, kept, place >= 0]))
    row["prose_10"][:], row["short_10"][:], row["furniture_10"][:], row["kept_10"][:] = around
    row["lines"][:] = min(count, 1000)
    row["page_prose"][:] = np.count_nonzero(prose) / count
    row["page_kept"][:] = np.count_nonzero(kept) / count
    row["page_subheadings"][:] = int(np.count_nonzero(subheading)) / paragraphs
    row["page_short_kept"][:] = np.count_nonzero(kept & ~prose) / paragraphs
    row["same_shape"][:] = np.bincount(styles)[styles] / count
    return out.T


def padded(rows: Matrix, by: int, beyond: float) -> Matrix:
    """Return the rows with `by` more before and behind that hold `beyond`."""
    out = np.full((len(rows) + 2 * by, *rows.shape[1:]), beyond, np.float32)
    out[by:-by] = rows
    return out


def running_sums(rows: NDArray[np.bool_] | Matrix, by: int) -> NDArray[np.float64]:
    """Return the sums of each row up to each place, from `by` places before the first to as many behind the last."""
    count = rows.shape[1]
    sums = np.zeros((len(rows), count + 2 * by + 1))
    np.add.accumulate(rows, axis=1, dtype=np.float64, out=sums[:, by + 1 : by + 1 + count])
    sums[:, by + 1 + count :] = sums[:, by + count, None]
    return sums


def _distances(flags: NDArray[np.bool_], place: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return for each row of flags how many places off the nearest flag above is and the one below, at most `_FAR`."""
    both = np.array([flags, flags[:, ::-1]])
    above = np.full(both.shape, -_FAR)
    np.maximum.accumulate(np.where(both, place, -_FAR)[:, :, :-1], axis=2, out=above[:, :, 1:])
    off = np.minimum(place - above, _FAR)
    off[1] = off[1, :, ::-1]
    return np.asarray(off)


def _shares_around(flags: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each row of flags but the last its share of the last among the places around each."""
    sums = running_sums(flags, _WINDOW)
    counts = sums[:, 2 * _WINDOW + 1 :] - sums[:, : flags.shape[1]]
    return np.asarray(counts[:-1] / counts[-1])


def core(records: Sequence[Record]) -> slice:
    """Return the part of a page that is looked at twice: from the first running text to the last, with a margin."""
    text = [i for i, one in enumerate(records) if one.kept or one.prose]
    return slice(max(0, text[0] - _MARGIN), text[-1] + 1 + _MARGIN) if text else slice(0, 0)


def describe(records: Sequence[Record], told: Matrix | None = None) -> Matrix:
    """Return the matrix of a page: a row for each record, a column for each of `NAMES`.

    `told` are rows of these records as part of a longer page, whose first columns are taken over.
    """
    out = np.empty((len(records), len(NAMES)), np.float32)
    if not records:
        return out
    out[:, :_AROUND_AT] = _each(records) if told is None else told[:, :_AROUND_AT]
    around = padded(out[:, _NEIGHBOUR_COLUMNS], _REACH, -1)
    for at, by in zip(range(_AROUND_AT, _PLACE_AT, len(_NEIGHBOURS)), _SHIFTS, strict=True):
        out[:, at : at + len(_NEIGHBOURS)] = around[_REACH + by :][: len(out)]
    out[:, _PLACE_AT:] = _describe_places(out[:, _READ_COLUMNS].T)
    return out


def _each(records: Sequence[Record]) -> Matrix:
    """Return the columns that tell of a record for itself."""
    parts: list[bytes] = []
    for one, shared in zip(records, _topics(records), strict=True):
        cue, belief = one.cue, one.probability if one.kept else -one.probability
        kind, strength, head = (cue.kind, cue.strength, cue.head != "") if cue is not None else (None, 0, False)
        parts += (
            _shape(one.unit),
            _SEEN_ROW.pack(strength, head, one.furniture, one.repeats > 0, belief, one.kept, *shared),
            _kind_row(one.kind, 1),
            _kind_row(kind, strength),
        )
    return np.frombuffer(b"".join(parts), np.float32).reshape(len(records), -1)


@lru_cache(maxsize=512)
def _kind_row(kind: BlockKind | None, strength: float) -> bytes:
    return _KINDS_ROW.pack(*(strength if k is kind else 0 for k in _KINDS))


@remembered
def _shape(unit: Unit) -> bytes:
    """Return the columns of `_SHAPE` for a line, packed as part of a row."""
    text, words = unit.text, max(unit.words, 1)
    head, opening, first, last = unit.forms[:_HEAD], text[:_OPENING], text[0], text[-1]
    speaks = not _SPEAKING.isdisjoint(unit.vocabulary)
    return _SHAPE_ROW.pack(
        min(unit.words, 400),
        min(len(text), 3000),
        len(text) / words if words < 3000 else 6,
        unit.capitals / words,
        sum(map(word_set("cleaning_stop_words").__contains__, head)) / (len(head) or 1),
        len(_DIGITS.findall(opening)) / len(opening) if unit.digit else 0,
        text.count(",", 0, 1000) / words,
        unit.ends,
        last in ":،",
        last == "?",
        first in "\"“'‘«„",
        unit.bullet,
        unit.separators,
        text.isupper(),
        first.islower(),
        first.isdigit(),
        speaks and sum(map(_YOU.__contains__, head)) / words,
        speaks and sum(map(_WE.__contains__, head)) / words,
        speaks and not _SAID.isdisjoint(head),
        f"{' '.join(head)} ".count("ed ") / words,
        last == "…" or text.endswith("..."),
        unit.prose,
    )


def _topics(records: Sequence[Record]) -> Iterator[tuple[float, float, float]]:
    """Yield for each record the share of its words that stand in the article, at least twice there, in its title."""
    words = [one.unit.vocabulary for one in records]
    short = {word for word in frozenset().union(*words) if len(word) <= _TELLING}
    prose = [one.kept and one.unit.prose for one in records]
    counts = Counter(chain.from_iterable([own for own, counted in zip(words, prose, strict=True) if counted]))
    once = counts.keys() - short
    twice = {word for word in once if counts[word] > 1}
    thrice = {word for word in twice if counts[word] > 2}
    title = next((one.unit.vocabulary for one in records if one.kind is BlockKind.TITLE), frozenset()) - short
    for own, counted in zip(words, prose, strict=True):
        size = len(own - short) or 1
        shared = own & (twice if counted else once)  # a paragraph's own words are counted, too
        often = len(shared & (thrice if counted else twice)) if shared else 0
        yield len(shared) / size, often / size, len(own & title) / size


def believed(belief: Matrix, words: Matrix) -> Matrix:
    """Return a row for each record that says what the first network believes of it and of the lines around it."""
    count = len(belief)
    out = np.zeros((1 + len(_BELIEFS) + len(_FROM) + 5, count), np.float32)
    if not count:
        return out.T
    place, weight = np.arange(_BELIEVED, count + _BELIEVED), np.minimum(words, _LONG)
    heavy = belief * weight
    out[0] = np.log((belief + 1e-3) / (1 - belief + 1e-3))
    out[1 : 1 + len(_BELIEFS)] = padded(belief, _BELIEVED, 0)[place + _BELIEFS]
    sums = running_sums(np.array([heavy, weight]), _BELIEVED)
    believed_words, all_words = sums[:, place + _TO] - sums[:, place + _FROM]
    out[1 + len(_BELIEFS) : -5] = believed_words / (all_words + 1)
    total = float(heavy.sum()) + 1
    out[-5] = heavy.cumsum() / total
    out[-4] = belief / (belief.max() + 1e-6)
    out[-3] = np.count_nonzero(belief > 0.5) / count
    out[-2] = math.log1p(total)
    out[-1] = belief[words < _SHORT].sum() / (belief.sum() + 1)
    return out.T


def describe_words(records: Sequence[Record]) -> Matrix:
    """Return a row for each record: the means of its words, of the lines beside it and around it; its ends."""
    found = np.frombuffer(b"".join([_words(one.unit) for one in records]), np.float32).reshape(len(records), -1)
    width = found.shape[1] // 3
    own = found[:, :width]
    beside = padded(own, 1, 0)
    sides = (beside[2:], beside[:-2], _means(own, -_BESIDE, -1), _means(own, 1, _BESIDE))
    return np.concatenate((own, found[:, width:] * np.float32(_ENDS_WEIGH), *sides), axis=1, dtype=np.float32)


def _means(rows: Matrix, low: int, high: int) -> Matrix:
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
    own = vectors[[rows[form] for form in forms[:_MOST_WORDS] if form in rows]]
    ends = vectors[[rows.get(form, -1) for form in (forms[0], forms[-1])] if forms else [-1, -1]]
    mean = np.add.reduce(own) / np.float32(len(own)) if len(own) else vectors[-1]
    return bytes(mean.tobytes() + ends.tobytes())


@cache
def _vectors() -> tuple[dict[str, int], Matrix]:
    """Return the row of each word, and the vectors; the last is of words that are not known."""
    with np.load(BytesIO(load_bytes("cleaning_kinds.npz")), allow_pickle=False) as arrays:
        words, vectors = bytes(arrays["words"]).decode().split(), arrays["vectors"] * arrays["step"]
    return {word: row for row, word in enumerate(words)}, np.vstack((vectors, vectors[:1] * 0)).astype(np.float32)
