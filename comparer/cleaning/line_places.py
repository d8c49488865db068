"""Describe where the lines of a page stand among the others, for the learned second reading.

In: columns of the matrix of a page that `line_features` makes, or what a network believes of its lines. Out: further
columns: how far off running text, headings and furniture are, how many stand around; the beliefs in the lines around (a
page is a sequence).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
PLACE = (
    "line", "share_above", "words_above", "to_prose_above", "to_prose_below", "to_cue_above", "to_cue_below",
    "kept_above", "kept_below", "prose_10", "short_10", "furniture_10", "kept_10", "run_short", "run_above", "lines",
    "page_prose", "page_kept", "page_subheadings", "page_short_kept", "same_shape", "since_head",
    "to_subheading_above", "to_subheading_below",
)  # fmt: skip
_AT = {name: i for i, name in enumerate(PLACE)}
READ = ("words", "capitals", "ends", "bullet", "prose", "kept", "furniture", "head", "kind_subheading")
_WINDOW = 10  # lines to either side among which kinds of lines are counted
_FAR = 50  # lines; what stands farther off says no more
_BELIEFS = np.array([[-5], [-4], [-3], [-2], [-1], [1], [2], [3], [4], [5]])
_FROM, _TO = np.array([[-5], [1], [-15], [1]]), np.array([[0], [6], [0], [16]])  # lines whose mean belief is told
_REACH = 15  # lines to either side that are looked at for what is believed of them
_LONG = 60  # words; a longer line weighs no more
_SHORT = 8  # words


def describe_places(columns: Matrix) -> Matrix:
    """Return the columns of `PLACE`, from those of `READ`, each given as a row."""
    flags = columns > 0
    ends, bullet, prose, kept, furniture, head, subheading = flags[2:]
    words, count = columns[0].astype(np.float64), columns.shape[1]
    long, kept_prose, place = prose | ends, prose & kept, np.arange(count)
    weight = words * kept_prose
    above = weight.cumsum() - weight
    total = max(float(weight.sum()), 1.0)
    since, until = _distances(np.array([kept_prose, furniture, long, subheading, head & furniture]), place)
    style = np.minimum(words, 12) // 3 * 8 + (columns[1] > 0.7) * 4 + ends * 2 + bullet
    styles = style.astype(np.intp)
    paragraphs = max(int(np.count_nonzero(kept_prose)), 1)
    out = np.empty((len(PLACE), count), np.float32)
    out[_AT["line"]] = np.minimum(place, 300)
    out[_AT["share_above"]] = place / count
    out[_AT["words_above"]] = above / total
    out[_AT["kept_above"]] = np.minimum(above, 3000)
    out[_AT["kept_below"]] = np.minimum(total - above - weight, 3000)
    out[_AT["to_prose_above"]], out[_AT["to_prose_below"]] = since[0], until[0]
    out[_AT["to_cue_above"]], out[_AT["to_cue_below"]] = since[1], until[1]
    out[_AT["run_above"]], out[_AT["run_short"]] = since[2], since[2] + until[2]
    out[_AT["to_subheading_above"]], out[_AT["to_subheading_below"]] = since[3], until[3]
    out[_AT["since_head"]] = since[4]
    out[_AT["prose_10"] : _AT["kept_10"] + 1] = _around(np.array([prose, ~long, furniture, kept, place >= 0]))
    out[_AT["lines"]] = min(count, 1000)
    out[_AT["page_prose"]] = np.count_nonzero(prose) / count
    out[_AT["page_kept"]] = np.count_nonzero(kept) / count
    out[_AT["page_subheadings"]] = int(np.count_nonzero(subheading)) / paragraphs
    out[_AT["page_short_kept"]] = np.count_nonzero(kept & ~prose) / paragraphs
    out[_AT["same_shape"]] = np.bincount(styles)[styles] / count
    return out.T


def believed(belief: Matrix, words: Matrix) -> Matrix:
    """Return a row for each record that says what the first network believes of it and of the lines around it."""
    count = len(belief)
    out = np.zeros((1 + len(_BELIEFS) + len(_FROM) + 5, count), np.float32)
    if not count:
        return out.T
    place, weight = np.arange(_REACH, count + _REACH), np.minimum(words, _LONG)
    heavy = belief * weight
    out[0] = np.log((belief + 1e-3) / (1 - belief + 1e-3))
    out[1 : 1 + len(_BELIEFS)] = padded(belief, _REACH, 0)[place + _BELIEFS]
    sums = running_sums(np.array([heavy, weight]), _REACH)
    believed_words, all_words = sums[:, place + _TO] - sums[:, place + _FROM]
    out[1 + len(_BELIEFS) : -5] = believed_words / (all_words + 1)
    total = float(heavy.sum()) + 1
    out[-5] = heavy.cumsum() / total
    out[-4] = belief / (belief.max() + 1e-6)
    out[-3] = np.count_nonzero(belief > 0.5) / count
    out[-2] = math.log1p(total)
    out[-1] = belief[words < _SHORT].sum() / (belief.sum() + 1)
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


def _around(flags: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each row of flags but the last its share of the last among the places around each."""
    sums = running_sums(flags, _WINDOW)
    counts = sums[:, 2 * _WINDOW + 1 :] - sums[:, : flags.shape[1]]
    return np.asarray(counts[:-1] / counts[-1])
