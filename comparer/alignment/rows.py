"""Lay the claims of one event's articles in rows: a row is one claim, a column one article.

In: analysed articles of one event and what they share word for word. Out: rows that may overlap (a claim that carries
two facts stands in two), rows told by one article alone, and a reason for every empty cell: absence is stated only
where nothing else explains it. Two claims never meet because a third resembles both: every claim of a row is compared
with every other. The order of articles permutes the cells and changes nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from comparer.alignment.features import Array
from comparer.alignment.links import Links, Part, link_claims
from comparer.language.doc import Doc
from comparer.model import (
    Alignment,
    AnalysedArticle,
    Article,
    BlockKind,
    Cell,
    Claim,
    EmptyCell,
    EmptyReason,
    NearMiss,
    Reuse,
    Row,
    RowId,
)

MANY = 4  # claims of an article in the same words, from which on they are a list and tell one thing
OPENING = 2  # sentences after the title that a headline may be about
NEAR = 0.03  # least probability worth showing beside an empty cell: below it one article in twenty told it after all


class Place(NamedTuple):
    """Name a claim by its article (index), what part of it the claim stands in and how far down, 0 to 1."""

    article: int
    claim: Claim
    part: Part
    depth: float


def align(analysed: Sequence[AnalysedArticle], docs: Sequence[Doc], reuse: Reuse, *, fast: bool = False) -> Alignment:
    """Return the rows of one event, in reading order, a cell per article in the order given, `docs` their readings.

    A row's confidence is the mean probability of its pairs, 1.0 where one article alone tells it; `fast` weighs words
    alone. Articles without claims get an empty cell in every row. No articles give no rows.
    """
    order = sorted(range(len(analysed)), key=lambda k: (analysed[k].article.id, k))
    places = [place for k in order for place in _places(k, analysed[k])]
    if len(analysed) == 1:
        repeats = _repeats(analysed[0])
        alone = [Row(RowId(f"r{n}"), (_cell([p.claim], repeats),)) for n, p in enumerate(places, start=1)]
        return Alignment(articles=(analysed[0].article.id,), rows=tuple(alone))
    links = link_claims([(p.article, p.claim, p.part) for p in places], docs, reuse, fast=fast)
    groups = cover(links)
    groups += [(k,) for k in set(range(len(places))).difference(*groups)]
    groups.sort(key=lambda group: (round(sum(places[k].depth for k in group) / len(group), 6), group))
    pages = [Page(one, docs, links, [p.claim for p in places], at=k) for k, one in enumerate(analysed)]
    rows = tuple(_row(RowId(f"r{n}"), group, places, links, pages) for n, group in enumerate(groups, start=1))
    return Alignment(articles=tuple(a.article.id for a in analysed), rows=rows)


def _places(index: int, one: AnalysedArticle) -> list[Place]:
    """Return the claims of an article that take part; a subheading is a signpost, no claim."""
    kinds = {s.index: one.article.blocks[s.block].kind for s in one.sentences}
    body = [k for k, kind in kinds.items() if kind not in {BlockKind.TITLE, BlockKind.SUBHEADING}][:OPENING]
    again = {claim.id for claims in _repeats(one).values() for claim in claims}
    claims = [c for c in one.claims if c.id not in again and kinds.get(c.sentence) is not BlockKind.SUBHEADING]
    found = []
    for n, claim in enumerate(claims):
        is_title = kinds.get(claim.sentence) is BlockKind.TITLE
        part = Part.TITLE if is_title else Part.OPENING if claim.sentence in body else Part.BODY
        found.append(Place(index, claim, part, n / max(1, len(claims))))
    return found


def _repeats(one: AnalysedArticle) -> dict[str, list[Claim]]:
    """Return by claim what repeats it on its page: a line that was set aside as a copy, or words printed many times."""
    found: dict[str, list[Claim]] = {}
    alike: dict[str, list[Claim]] = {}
    for claim in one.claims:
        if claim.repeats is not None:
            found.setdefault(claim.repeats, []).append(claim)
        else:
            alike.setdefault(claim.passage.span.of(one.article.text), []).append(claim)
    return found | {same[0].id: found.get(same[0].id, []) + same[1:] for same in alike.values() if len(same) > MANY}


def cover(links: Links) -> list[tuple[int, ...]]:
    """Cover every accepted link with a row whose claims all belong together, strongest links first."""
    covered = np.zeros(links.probability.shape, dtype=bool)
    rows: list[tuple[int, ...]] = []
    for a, b in links.strongest_first():
        if covered[a, b]:
            continue
        row = links.grown((a, b))
        rows.append(tuple(sorted(row)))
        covered[row] |= np.bincount(row, minlength=len(covered)) > 0
    return _joined(rows, links)


def _joined(rows: Sequence[tuple[int, ...]], links: Links) -> list[tuple[int, ...]]:
    """Join rows that share claims of two articles where every other claim is linked too: they are one fact.

    A claim that is all two rows share may carry two facts; they stay apart.
    """
    found: list[tuple[int, ...]] = []
    holding: dict[int, list[int]] = {}  # the rows found, by each claim in them
    for row in rows:
        shared = Counter(n for claim in row for n in holding.get(claim, ()))
        for n in (n for n, size in shared.items() if size > 1):
            both = set(row) & set(found[n])
            if len({links.owners[k] for k in both}) > 1 and links.joined(set(row) | set(found[n])):
                added = [k for k in row if k not in both]
                found[n] = tuple(sorted((*found[n], *added)))
                break
        else:
            n, added = len(found), list(row)
            found.append(row)
        for claim in added:
            holding.setdefault(claim, []).append(n)
    return found


def _row(name: RowId, group: Sequence[int], places: Sequence[Place], links: Links, pages: Sequence[Page]) -> Row:
    told: dict[int, list[Claim]] = {}
    for k in group:
        told.setdefault(places[k].article, []).append(places[k].claim)
    nearness = links.nearness(group) if len(told) < len(pages) else np.zeros(0)  # asked of empty cells alone
    cells = tuple(
        _cell(told[k], page.repeats) if k in told else page.empty_cell(told, nearness) for k, page in enumerate(pages)
    )
    return Row(name, cells, links.confidence(group))


def _cell(told: Sequence[Claim], repeats: Mapping[str, Sequence[Claim]]) -> Cell:
    """Return a cell of these claims and of what repeats them on their page."""
    claims = [*told, *(again for claim in told for again in repeats.get(claim.id, ()))]
    return Cell(tuple(sorted(claims, key=lambda c: (c.passage.span, c.id))))


FEW_WORDS = 50  # kept words under which a long page was probably cut wrongly
MUCH_DROPPED = 4  # how many times the kept words such a page holds


class Page:
    """Hold what is the same for every empty cell of one article (index): its own claims, whether it can be trusted."""

    def __init__(
        self, one: AnalysedArticle, docs: Sequence[Doc], links: Links, claims: Sequence[Claim], *, at: int
    ) -> None:
        """Read the article once for all rows; `claims` are those the links speak of, `at` is its place in `docs`."""
        self.article, self.docs, self.claims, self.repeats = one.article, docs, claims, _repeats(one)
        self.own = np.flatnonzero(np.array(links.owners) == at)
        self.doubtful = _doubtful(self.article)

    def empty_cell(self, told: Mapping[int, Sequence[Claim]], nearness: Array) -> EmptyCell:
        """Return the reason why the article prints nothing in a row, with the claim that came nearest, if any did.

        `told` are the row's claims by article, `nearness` says how near each claim of the event comes to the row.
        """
        near = None
        if len(self.own):
            best = self.own[nearness[self.own].argmax()]  # nearest to the whole row: one partner in it is not enough
            near = NearMiss(self.claims[best], float(nearness[best])) if nearness[best] >= NEAR else None
        if (near is None or near.faint) and _printed_before(self.article.published, told, self.docs):
            return EmptyCell(EmptyReason.PUBLISHED_BEFORE)
        if self.article.truncated:
            return EmptyCell(EmptyReason.TRUNCATED, near)
        if self.doubtful:
            return EmptyCell(EmptyReason.EXTRACTION_DOUBTFUL, near)
        return EmptyCell(EmptyReason.NEAR_MISS if near else EmptyReason.ABSENT, near)


def _printed_before(published: str | None, told: Mapping[int, Sequence[Claim]], docs: Sequence[Doc]) -> bool:
    """Tell whether every claim that names a day names one after this page's, and no page that tells it is as early.

    A day after all of those pages is only announced, and could be told before.
    """
    others = [(docs[k].published or "")[:10] for k in told]
    if published is None or min(others) <= published[:10]:
        return False
    printed = ([d for m in docs[k].dates(c.passage.span) for d in m.days] for k, claims in told.items() for c in claims)
    first = [min(days) for days in printed if days]
    return bool(first) and all(published[:10] < day[:10] <= max(others) for day in first)


def _doubtful(page: Article) -> bool:
    kept = sum(len(b.span.of(page.text).split()) for b in page.kept_blocks)
    return kept < FEW_WORDS and len(page.text.split()) >= MUCH_DROPPED * max(1, kept)
