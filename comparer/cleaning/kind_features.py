"""Describe dropped lines in numbers, to tell a menu from a teaser, an offer or a text about the site.

In: the records of a page and the matrix of `reread.beliefs`. Out: a matrix, a row for each record asked about: the
nearer columns of that matrix, the belief, what the line asks or offers, and the kinds of the lines around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.decision import Record
from comparer.cleaning.line_features import NAMES, Matrix
from comparer.model import BlockKind

_NEAR = [i for i, name in enumerate(NAMES) if not name.endswith(("-2", "+2", "-3", "+3"))]
_CALLS = frozenset(
    "get try join shop buy discover explore learn start book save sign subscribe download watch read see find meet"
    " enjoy upgrade unlock contact request view browse click check order compare use donate support follow".split()
)
_SELF = frozenset({"i", "i'm", "i've", "my", "me"})
_GROUP = frozenset({"we", "our", "us"})
_WARM = frozenset({"thanks", "thank", "great", "love", "hi", "lol", "agree"})
_TERMS = frozenset("copyright rights terms policy trademarks disclaimer advice liability".split())
_TRADE = frozenset("team customers clients services solutions products experts leading".split())
_SALES = frozenset(
    "demo quote estimate trial offer offers discount deal deals price prices pricing sale seats workshop consultation"
    " bundle guarantee rating reviews coupon shipping sponsor sponsored affiliate tickets members membership".split()
)
_HEADLINE = frozenset("how why what when where who which best top the is can should are".split())
_OFFER = re.compile(r"[$£€]\s?\d|\d\s?%|\bfree\b", re.IGNORECASE)
_GLUED = re.compile(r"[a-z][A-Z]")  # menu entries whose spaces were lost in copying
_READ = 400  # characters of a line that are looked at
_AROUND = (
    BlockKind.TIMESTAMP,
    BlockKind.BYLINE,
    BlockKind.COMMENTS,
    BlockKind.NAVIGATION,
    BlockKind.RELATED,
    BlockKind.PROMOTION,
    BlockKind.NEWSLETTER,
    BlockKind.ABOUT_OUTLET,
    BlockKind.AUTHOR_BIO,
    BlockKind.LEGAL,
)
_WIDE = 6  # of these kinds are looked for farther off, too


def describe_kinds(records: Sequence[Record], features: Matrix, belief: Matrix, at: Sequence[int]) -> Matrix:
    """Return a row for each record of `at`; `features` and `belief` are of the whole page."""
    number = {kind: i for i, kind in enumerate(_AROUND)}
    kinds = np.zeros((len(records), len(_AROUND)), np.float32)
    for i, one in enumerate(records):
        if one.kind in number:
            kinds[i, number[one.kind]] = 1
    chosen = np.array(at)
    title = next((i for i, one in enumerate(records) if one.kind is BlockKind.TITLE), -1)
    place = np.column_stack([chosen < title, np.log1p(np.maximum(0, title - chosen)), np.full(len(at), title < 0)])
    words = np.array([_words(records[i]) for i in at])
    around = (_count(kinds, chosen, 4) / 8, _count(kinds, chosen, 15)[:, :_WIDE] / 30)
    near = [*_NEAR, *range(len(NAMES), features.shape[1])]
    own = features[np.ix_(chosen, near)]
    return np.hstack([own, belief[chosen, None], words, *around, place]).astype(np.float32)


def _words(one: Record) -> tuple[float, ...]:
    forms, text, words = one.unit.forms[:100], one.unit.text[:_READ], max(one.unit.words, 1)
    return (
        forms[:1] != [] and forms[0] in _CALLS,
        _OFFER.search(text) is not None,
        "!" in text,
        sum(map(_SELF.__contains__, forms)) / words,
        not _WARM.isdisjoint(forms[:40]),
        sum(map(_GROUP.__contains__, forms)) / words,
        not _TERMS.isdisjoint(forms),
        not _TRADE.isdisjoint(forms),
        not _SALES.isdisjoint(forms),
        words >= 4 and forms[:1] != [] and (forms[0] in _HEADLINE or forms[0].isdigit()),
        len(_GLUED.findall(text)) / words,
    )


def _count(kinds: Matrix, at: NDArray[np.int_], reach: int) -> Matrix:
    """Count the kinds of the records around each of `at`, at most `reach` to either side."""
    sums = np.vstack([np.zeros((1, kinds.shape[1])), np.cumsum(kinds, axis=0, dtype=np.float64)])
    low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(kinds))
    return np.asarray(sums[high] - sums[low] - kinds[at])
