"""Lay the claims of one event's articles in rows: a row is one claim, a column one article.

In: analysed articles of one event and what they share word for word. Out: rows that may overlap (a claim that carries
two facts stands in two), rows told by one article alone, and a reason for every empty cell. Two claims never meet
because a third resembles both: every claim of a row is compared with every other. The order of articles permutes the
cells and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comparer.alignment.empty import Page
from comparer.alignment.links import Links, Part, link_claims
from comparer.model import Alignment, AnalysedArticle, BlockKind, Cell, Claim, Reuse, Row, RowId

OPENING = 2  # sentences after the title that a headline may be about


@dataclass(frozen=True, slots=True)
class Place:
    """Name a claim by its article (index), what part of it the claim stands in and how far down, 0 to 1."""

    article: int
    claim: Claim
    part: Part
    depth: float


def align(analysed: Sequence[AnalysedArticle], reuse: Reuse) -> Alignment:
    """Return the rows of one event, in reading order, a cell per article in the order given.

    A row's confidence is the probability of its weakest link, 1.0 where one article alone tells it. Articles without
    claims get an empty cell in every row. No articles give no rows.
    """
    order = sorted(range(len(analysed)), key=lambda k: (analysed[k].article.id, k))
    places = [place for k in order for place in _places(k, analysed[k])]
    links = link_claims([(p.article, p.claim, p.part) for p in places], analysed, reuse)
    groups = _cover(links)
    alone = set(range(len(places))) - {k for group in groups for k in group}
    groups += [(k,) for k in sorted(alone)]
    groups.sort(key=lambda group: (_depth(places, group), group))
    pages = [Page(analysed, links, k, [p.claim for p in places]) for k in range(len(analysed))]
    rows = tuple(_row(RowId(f"r{n}"), group, places, links, pages) for n, group in enumerate(groups, start=1))
    return Alignment(articles=tuple(a.article.id for a in analysed), rows=rows)


def _places(index: int, one: AnalysedArticle) -> list[Place]:
    """Return the claims of an article that take part; a subheading is a signpost, no claim."""
    kinds = {s.index: one.article.blocks[s.block].kind for s in one.sentences}
    body = [s.index for s in one.sentences if kinds[s.index] is not BlockKind.TITLE]
    body = [k for k in body if kinds[k] is not BlockKind.SUBHEADING][:OPENING]
    claims = [c for c in one.claims if kinds.get(c.sentence) is not BlockKind.SUBHEADING]
    found = []
    for n, claim in enumerate(claims):
        is_title = kinds.get(claim.sentence) is BlockKind.TITLE
        part = Part.TITLE if is_title else Part.OPENING if claim.sentence in body else Part.BODY
        found.append(Place(index, claim, part, n / max(1, len(claims))))
    return found


def _cover(links: Links) -> list[tuple[int, ...]]:
    """Cover every accepted link with a row whose claims all belong together, strongest links first."""
    covered: set[tuple[int, int]] = set()
    rows: list[tuple[int, ...]] = []
    for a, b in links.strongest_first():
        if (a, b) in covered:
            continue
        row = _grow(links, [a, b])
        rows.append(tuple(sorted(row)))
        covered.update((x, y) for x in row for y in row if x < y)
    return rows


def _grow(links: Links, row: list[int]) -> list[int]:
    """Add to a row, best first, every claim that belongs to all claims in it."""
    candidates = sorted(set(links.partners(row[0])) | set(links.partners(row[1])))
    while True:
        fitting = [(links.fit(c, row), -c) for c in candidates if c not in row]
        best = max((f for f in fitting if f[0] is not None), default=None, key=lambda f: (f[0], f[1]))
        if best is None:
            return row
        row.append(-best[1])


def _depth(places: Sequence[Place], group: Sequence[int]) -> float:
    return round(sum(places[k].depth for k in group) / len(group), 6)


def _row(name: RowId, group: Sequence[int], places: Sequence[Place], links: Links, pages: Sequence[Page]) -> Row:
    told: dict[int, list[Claim]] = {}
    for k in group:
        told.setdefault(places[k].article, []).append(places[k].claim)
    cells = tuple(
        Cell(tuple(sorted(told[k], key=lambda c: (c.passage.span, c.id)))) if k in told else page.empty_cell(group)
        for k, page in enumerate(pages)
    )
    return Row(name, cells, round(links.weakest(group), 6))
