"""Join articles that carry one text to origins, and tell which of two came first where something tells it.

In: what pairs of articles share. Out: origins, strict and loose, and directions. Credits alone join nothing: the texts
must share words too. Without a date, a credit or one text inside the other, no direction is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comparer.model import Article, CreditForm, ReuseDirection

STRICT = 0.25  # least share of the shorter text; on pages about one summit no two reports of their own share over .1
LOOSE = 0.15  # where a reader wants every suspicion counted
CREDITED = 0.12  # least share where both print a credit to one agency
LONGEST = 8  # words the longest passage holds at least: many short ones are the language of the trade
UNBROKEN = 0.06  # and what part of the shorter text: who borrows phrases breaks them off sooner than who copies
LONG = 12  # words the longest passage holds at least where the share alone would not tell
INSIDE = 0.8  # share of a text that stands in the other, for it to be taken from there
AROUND = 0.5  # and the most of the other that the first may make up


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold what two articles (indices) share: the share of each, and the words of their longest passage.

    `shorter` counts the words of the shorter text.
    """

    left: int
    right: int
    share_left: float
    share_right: float
    longest: int
    shorter: int
    same: bool

    @property
    def share(self) -> float:
        """Return the larger share: how much of the shorter text stands in the longer."""
        return max(self.share_left, self.share_right)


def origins(pairs: Sequence[Pair], articles: Sequence[Article], *, loose: bool) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices that carry one text, each in ascending order, ordered by their first."""
    head = list(range(len(articles)))
    for pair in pairs:
        if carries_one_text(pair, articles, loose=loose):
            first, second = sorted((head[pair.left], head[pair.right]))
            head = [first if h == second else h for h in head]
    return tuple(tuple(k for k, h in enumerate(head) if h == wanted) for wanted in sorted(set(head)))


def carries_one_text(pair: Pair, articles: Sequence[Article], *, loose: bool) -> bool:
    """Tell whether the two articles are copies of one text, in the main."""
    if pair.same:
        return True
    credited = bool(_agencies(articles[pair.left]) & _agencies(articles[pair.right]))
    least = min(CREDITED if credited else STRICT, LOOSE if loose else 1.0)
    if pair.share >= STRICT and pair.longest >= max(LONGEST, UNBROKEN * pair.shorter):
        return True
    return least < STRICT and pair.share >= least and pair.longest >= LONG


def direction(pair: Pair, articles: Sequence[Article]) -> ReuseDirection | None:
    """Return which of two came first: by day of publication, a credit to the other outlet, or one inside the other.

    None where nothing tells it.
    """
    i, j = pair.left, pair.right
    first, second = articles[i].published, articles[j].published
    if first and second and first[:10] != second[:10]:
        return ReuseDirection(*((i, j) if first < second else (j, i)), told_by="time")
    cites_right, cites_left = _cites(articles[i], articles[j]), _cites(articles[j], articles[i])
    if cites_right != cites_left:
        return ReuseDirection(*((j, i) if cites_right else (i, j)), told_by="credit")
    for earlier, later, inner, outer in (
        (i, j, pair.share_left, pair.share_right),
        (j, i, pair.share_right, pair.share_left),
    ):
        if inner >= INSIDE and outer <= AROUND:
            return ReuseDirection(earlier, later, told_by="containment")
    return None


def _agencies(article: Article) -> frozenset[str]:
    """Return the agencies an article credits as its own copy; an agency only cited in the text is not one."""
    named = {c.agency.casefold() for c in article.credits if c.agency and c.form is not CreditForm.IN_TEXT}
    return frozenset(named | ({article.agency.casefold()} if article.agency else set()))


def _cites(article: Article, other: Article) -> bool:
    named = {c.agency.casefold() for c in article.credits if c.agency}
    return bool(other.outlet) and other.outlet.casefold() in named
