"""Say why an article has nothing in a row: absence is stated only where nothing else explains it."""

from __future__ import annotations

from collections.abc import Sequence

from comparer.alignment.links import NEAR, Links
from comparer.language.dates import find_dates
from comparer.model import AnalysedArticle, Article, Claim, EmptyCell, EmptyReason, NearMiss

FEW_WORDS = 50  # kept words under which a long page was probably cut wrongly
MUCH_DROPPED = 4  # how many times the kept words such a page holds


class Page:
    """Hold what is the same for every empty cell of one article (index): its own claims, whether it can be trusted."""

    def __init__(self, analysed: Sequence[AnalysedArticle], links: Links, index: int, claims: Sequence[Claim]) -> None:
        """Read the article once for all rows; `claims` are those the links speak of."""
        self.analysed, self.claims, self.owners = analysed, claims, links.owners
        self.article = analysed[index].article
        self.own = [n for n, owner in enumerate(links.owners) if owner == index]
        self.scores = links.probability[self.own]
        self.doubtful = _doubtful(self.article)

    def empty_cell(self, group: Sequence[int]) -> EmptyCell:
        """Return the reason why the article prints nothing in a row, with the claim that came nearest, if any did."""
        near = self._near_miss(group)
        told = [(self.owners[k], self.claims[k]) for k in group]
        if near is None and _printed_before(self.article, told, self.analysed):
            return EmptyCell(EmptyReason.PUBLISHED_BEFORE)
        if self.article.truncated:
            return EmptyCell(EmptyReason.TRUNCATED, near)
        if self.doubtful:
            return EmptyCell(EmptyReason.EXTRACTION_DOUBTFUL, near)
        return EmptyCell(EmptyReason.NEAR_MISS if near else EmptyReason.ABSENT, near)

    def _near_miss(self, group: Sequence[int]) -> NearMiss | None:
        """Return the claim that comes nearest to the whole row: one certain partner in it is not enough."""
        if not self.own:
            return None
        best = self.scores[:, list(group)].mean(axis=1)
        place = int(best.argmax())
        score = float(best[place])
        return NearMiss(self.claims[self.own[place]], round(score, 6)) if score >= NEAR else None


def _printed_before(page: Article, told: Sequence[tuple[int, Claim]], analysed: Sequence[AnalysedArticle]) -> bool:
    """Tell whether every claim that names a day names one after this page's, and no page that tells it is as early."""
    if page.published is None:
        return False
    latest: list[str] = []
    for k, claim in told:
        other = analysed[k].article
        if other.published is None or other.published[:10] <= page.published[:10]:
            return False
        days = [d for mention in find_dates(other.text, claim.passage.span, other.published) for d in mention.days]
        latest += [min(days)] if days else []
    return bool(latest) and all(page.published[:10] < day[:10] <= _last_day(told, analysed) for day in latest)


def _last_day(told: Sequence[tuple[int, Claim]], analysed: Sequence[AnalysedArticle]) -> str:
    """Return the latest day on which the claim was printed: a day after that is announced, and could be told before."""
    return max((analysed[k].article.published or "")[:10] for k, _ in told)


def _doubtful(page: Article) -> bool:
    kept = sum(len(b.span.of(page.text).split()) for b in page.kept_blocks)
    return kept < FEW_WORDS and len(page.text.split()) >= MUCH_DROPPED * max(1, kept)
