"""Describe dropped lines in numbers, to tell a menu from a teaser, an offer or a text about the site.

In: the records of a page and the matrix of `reread.beliefs`. Out: a matrix, a row for each record asked about: the
nearer columns of that matrix, the belief, what the line asks or offers, and the kinds of the lines around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

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
    kinds = np.array([[one.kind is kind for kind in _AROUND] for one in records], np.float32)
    sums = np.vstack([np.zeros((1, len(_AROUND))), np.cumsum(kinds, axis=0, dtype=np.float64)])
    title = next((i for i, one in enumerate(records) if one.kind is BlockKind.TITLE), -1)
    rows = []
    for i in at:
        place = (i < title, np.log1p(max(0, title - i)), title < 0)
        around = (_count(sums, kinds, i, 4) / 8, _count(sums, kinds, i, 15)[:_WIDE] / 30)
        rows.append(np.concatenate([_words(records[i]), *around, place]))
    chosen = list(at)
    near = [*_NEAR, *range(len(NAMES), features.shape[1])]
    return np.hstack([features[np.ix_(chosen, near)], belief[chosen, None], np.array(rows)]).astype(np.float32)


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


def _count(sums: Matrix, kinds: Matrix, at: int, reach: int) -> Matrix:
    """Count the kinds of the records around one, at most `reach` to either side."""
    low, high = max(0, at - reach), min(len(kinds), at + reach + 1)
    return np.asarray(sums[high] - sums[low] - kinds[at])
