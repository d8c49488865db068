"""Describe dropped lines in numbers, to tell a menu from a teaser, an offer or a text about the site.

In: the records of a page and the matrix of `reread.beliefs`. Out: a matrix, a row for each record asked about: the
nearer columns of that matrix, the belief, what the line asks or offers, and the kinds of the lines around it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comparer.cleaning.decision import Record
from comparer.cleaning.line_features import NAMES
from comparer.cleaning.line_places import Matrix, running_sums
from comparer.cleaning.lines import Unit, remembered
from comparer.model import BlockKind

_BESIDE_AT, _AFTER_AT, _PLACE_AT = (NAMES.index(name) for name in ("words_-1", "words_+2", "line"))
_READ_COLUMNS = slice(0, NAMES.index("words_-3")), slice(_BESIDE_AT, _AFTER_AT), slice(_PLACE_AT, None)
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
_TELLING = _SELF | _GROUP | _WARM | _TERMS | _TRADE | _SALES
_HEADLINE = frozenset("how why what when where who which best top the is can should are".split())
_OFFER = re.compile(r"[$£€]\s?\d|\d\s?%|\bfree\b", re.IGNORECASE)
_GLUED = re.compile(r"[A-Z](?<=[a-z][A-Z])")  # menu entries whose spaces were lost in copying
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
_NEAR, _FAR = 4, 15  # lines to either side
_ROW, _KIND_ROW = struct.Struct("11f"), struct.Struct(f"{len(_AROUND)}f")
_KIND_ROWS = {kind: _KIND_ROW.pack(*(k is kind for k in _AROUND)) for kind in (*BlockKind, None)}


def describe_kinds(records: Sequence[Record], features: Matrix, belief: Matrix, at: Sequence[int]) -> Matrix:
    """Return a row for each record of `at`; `features` and `belief` are of the whole page."""
    chosen = np.array(at)
    kinds = np.frombuffer(b"".join([_KIND_ROWS[one.kind] for one in records]), np.float32).reshape(-1, len(_AROUND))
    sums, own, read = running_sums(kinds.T, _FAR), kinds[chosen], features[chosen]
    title = next((i for i, one in enumerate(records) if one.kind is BlockKind.TITLE), -1)
    found = [
        *(read[:, columns] for columns in _READ_COLUMNS),
        belief[chosen, None],
        np.frombuffer(b"".join([_words(records[i].unit) for i in at]), np.float32).reshape(len(at), -1),
        (_around(sums, chosen, _NEAR) - own) / (2 * _NEAR),
        (_around(sums[:_WIDE], chosen, _FAR) - own[:, :_WIDE]) / (2 * _FAR),
        (chosen < title)[:, None],
        np.log1p(np.maximum(0, title - chosen))[:, None],
        np.full((len(at), 1), title < 0),
    ]
    return np.concatenate(found, axis=1, dtype=np.float32)


@remembered
def _words(unit: Unit) -> bytes:
    """Return what a line asks and offers, packed as part of a row."""
    forms, text, words = unit.forms[:100], unit.text[:_READ], max(unit.words, 1)
    first, telling = forms[0] if forms else "", not _TELLING.isdisjoint(unit.vocabulary)
    return _ROW.pack(
        first in _CALLS,
        (unit.digit or "free" in forms) and _OFFER.search(text) is not None,
        "!" in text,
        telling and sum(map(_SELF.__contains__, forms)) / words,
        telling and not _WARM.isdisjoint(forms[:40]),
        telling and sum(map(_GROUP.__contains__, forms)) / words,
        telling and not _TERMS.isdisjoint(forms),
        telling and not _TRADE.isdisjoint(forms),
        telling and not _SALES.isdisjoint(forms),
        words >= 4 and (first in _HEADLINE or first.isdigit()),
        len(_GLUED.findall(text)) / words,
    )


def _around(sums: NDArray[np.float64], at: NDArray[np.int_], reach: int) -> NDArray[np.float64]:
    """Count the kinds of the records at each of `at` and around it, at most `reach` to either side."""
    place = at + _FAR
    return np.asarray(sums[:, place + reach + 1] - sums[:, place - reach]).T
