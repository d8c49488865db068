"""Hold what every part of one event's view needs: sigla, numbers of claims, places to link to, findings and sides.

What one template alone shows is a dict of the names that it uses, made where it is found; what several parts share has
a type here. StrictUndefined fails on a name that is not there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from typing import Any, NamedTuple

from comparer.model import (
    AnalysedArticle,
    Cell,
    Claim,
    Comparison,
    EmptyCell,
    EventComparison,
    Finding,
    Passage,
    Row,
    RowId,
    Side,
    Span,
    copies_of,
)
from comparer.reporting.words import FAMILIES, NOT_PRINTED, NOWHERE, begun, clip, count, counted, tidy, visible
from comparer.resources.rules import family_of, rule, title_of

_REMARKED = re.compile(r"“?(.+?)”? (\([^()]+\))")  # printed words and what the tool says of them: the aide (unnamed)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


View = dict[str, Any]  # what a template shows of one thing, by the names that the template uses


class Outlet(NamedTuple):
    """Name one article's outlet by siglum and in full."""

    siglum: str
    name: str


class Link(NamedTuple):
    """Point to the first character of a passage in the full text, with the passage's words."""

    outlet: Outlet
    href: str
    place: str
    words: str


class SideView(NamedTuple):
    """Show one side of a difference: what stands there, in whom, counted by outlets and by origins.

    `absent` where nothing is printed, `whole` where it was looked for in the whole text.
    """

    value: str
    values: tuple[str, ...]
    remark: str
    printed: bool
    absent: bool
    whole: bool
    outlets: tuple[Outlet, ...]
    counts: str
    quotes: tuple[tuple[str, tuple[Link, ...]], ...]


class EventContext:
    """Number, name and link the parts of one event. Places that are linked to are remembered for the full texts."""

    def __init__(self, comparison: Comparison, event: EventComparison, *, prefix: str) -> None:
        """Read names and order the rows; `prefix` keeps the ids of several events in one file apart."""
        self.comparison = comparison
        self.event = event
        self.prefix = prefix
        self.redact = comparison.config.redact
        named = [comparison.article(a) for a in event.articles]
        self.analysed: tuple[AnalysedArticle, ...] = tuple(named[: len(event.alignment.articles)])
        self.copies = copies_of([a.article for a in self.analysed], [a.article for a in named[len(self.analysed) :]])
        self.titles = [a.article.title_span for a in self.analysed]
        names = [tidy(a.article.outlet) or "unnamed" for a in self.analysed]
        self.outlets = tuple(Outlet(s, n) for s, n in zip(sigla(names), names, strict=True))
        self.named = {
            o.siglum: {"id": a.article.id, "sha256": a.article.digest, "name": visible(o.name)}
            | {"published": visible(a.article.published or ""), "url": visible(a.article.url or ""), "at": k}
            for k, (o, a) in enumerate(zip(self.outlets, self.analysed, strict=True), start=1)
        }  # what a script needs to name a passage: one entry per siglum
        self.index = {article: k for k, article in enumerate(event.articles)}
        self.origin = {k: n for n, members in enumerate(event.reuse.origins) for k in members}
        self.anchors: list[dict[int, int]] = [{} for _ in self.analysed]  # start to the furthest end linked to
        self.by_row: dict[RowId, list[Finding]] = {}
        for finding in event.findings:
            if finding.row is not None:
                self.by_row.setdefault(finding.row, []).append(finding)
        self.sourced = {(s.row, s.article): s for s in event.sourcing}
        conflicts = {row for row, found in self.by_row.items() if any(f.code.startswith("F") for f in found)}
        ordered = sorted(event.alignment.rows, key=lambda row: self._rank(row, conflicts))
        self.rows = tuple(row for row in ordered if len(row.told_by) > 1)
        self.lone = tuple(row for row in ordered if len(row.told_by) == 1)
        self.number = {row.id: n for n, row in enumerate((*self.rows, *self.lone), start=1)}
        self.shared_ids = frozenset(row.id for row in self.rows)
        self.names = {row.id: name for row, name in zip(event.alignment.rows, event.row_names, strict=True)}
        self._uses = Counter(c.id for row in event.alignment.rows for cell in row.cells for c in cell.told)
        self._finding_ids = _finding_ids(event.findings, prefix)

    def finding_id(self, finding: Finding) -> str:
        """Return the id of the element in which a finding is drawn."""
        return self._finding_ids[id(finding)]

    def shown(self, row: RowId) -> View:
        """Return where a claim is drawn, its number and its name."""
        return {"id": self.row_id(row), "number": self.number[row], "name": self.names[row]}

    def row_id(self, row: RowId) -> str:
        """Return the id of the element in which a row is drawn."""
        return f"{self.prefix}r{self.number[row]}"

    def text(self, passage: Passage) -> str:
        """Return a passage's words on one line, a long passage's first where texts are left out."""
        words = tidy(passage.span.of(self.analysed[self.index[passage.article]].article.text))
        return begun(words) if self.redact else words

    def link(self, passage: Passage) -> Link:
        """Link to a passage, and remember that its first character needs an anchor."""
        k = self.index[passage.article]
        start, end = passage.span.start, passage.span.end
        self.anchors[k][start] = max(end, self.anchors[k].get(start, end))
        return Link(self.outlets[k], f"#{self.anchor(k, start)}", f"{start}–{end}", self.text(passage))

    def anchor(self, article: int, start: int) -> str:
        """Return the id of the place where character `start` of an article's text stands."""
        return f"{self.prefix}{self.outlets[article].siglum}{start}"

    def label(self, article: int, span: Span, limit: int) -> str:
        """Return the beginning of a span's words, at most `limit` characters, fewer where texts are left out."""
        words = self.span_text(article, span)
        return clip(begun(words) if self.redact else words, limit)

    def span_text(self, article: int, span: Span) -> str:
        """Return the words of a span on one line, uncut."""
        return tidy(span.of(self.analysed[article].article.text))

    def counts(self, articles: Sequence[int]) -> str:
        """Count articles by outlets, with the copies that are not laid out, and by origins."""
        origins = len({self.origin.get(k, k) for k in articles})
        outlets = len(articles) + sum(len(self.copies.get(k, ())) for k in articles)
        return f"{count(outlets, 'outlet')}, {count(origins, 'origin')}"

    def side(self, side: Side, *, forms: bool = False) -> SideView:
        """Show a side with its places; a side on which nothing is printed has no words to show.

        With `forms`, for a value that each text prints in its own words, the value is shown in all of them.
        """
        members = sorted({self.index[p.article] for p in side.passages})
        places: dict[str, list[Link]] = {}
        for link in (self.link(p) for p in dict.fromkeys(side.passages)):
            places.setdefault(link.words, []).append(link)
        value = tidy(side.value)
        values, remark = self.values(side)
        if forms and values:
            values = tuple(dict.fromkeys(words for words, _ in self.forms(side)))
        return SideView(
            value=value,
            values=values,
            remark=remark,
            printed=bool(values),
            absent=value in NOT_PRINTED,
            whole=value in NOWHERE,
            outlets=tuple(self.outlets[k] for k in members),
            counts=self.counts(members),
            quotes=tuple((words, tuple(links)) for words, links in places.items()),
        )

    def values(self, side: Side) -> tuple[tuple[str, ...], str]:
        """Return a side's value as printed, or the several printed stretches it is made of, and a remark on them.

        Where nothing is printed both are empty.
        """
        value = tidy(side.value)
        texts = [tidy(p.span.of(self.analysed[self.index[p.article]].article.text)) for p in side.passages]
        if value in NOT_PRINTED or not value:
            return (), ""
        if any(value in text for text in texts):
            return (value,), ""
        told = _REMARKED.fullmatch(value)
        if told and any(told[1] in text for text in texts):
            return (told[1],), told[2]
        parts = tuple(part.strip("“” ") for part in value.replace("”, “", " … ").split(" … "))
        parts = tuple(part for part in parts if part not in NOT_PRINTED)
        return (parts if all(part and any(part in text for text in texts) for part in parts) else ()), ""

    def forms(self, side: Side) -> tuple[tuple[str, tuple[Outlet, ...]], ...]:
        """Return the words in which a value is printed, each with its outlets, in the order of the passages."""
        found: dict[str, list[int]] = {}
        for passage in side.passages:
            k = self.index[passage.article]
            found.setdefault(self.span_text(k, passage.span), []).append(k)
        return tuple((words, tuple(self.outlets[k] for k in dict.fromkeys(by))) for words, by in found.items())

    def leading(self, cell: Cell | EmptyCell) -> Claim:
        """Return the claim that speaks for a cell: no headline, the one that stands in fewest rows, then the first."""
        return min(cell.told, key=lambda claim: (self._in_title(claim.passage), self._uses[claim.id]))

    def _in_title(self, passage: Passage) -> bool:
        title = self.titles[self.index[passage.article]]
        return title is not None and title.overlaps(passage.span)

    def printed(self, article: int) -> Iterator[tuple[Finding, Passage]]:
        """Yield the passages of findings that print something in one article, with their findings, in order."""
        for finding in self.event.findings:
            for side in finding.sides:
                if side.value not in NOT_PRINTED:
                    yield from ((finding, p) for p in side.passages if self.index[p.article] == article)

    def families(self, findings: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
        """Count findings by family, in the fixed order of families."""
        letters = [finding.code[0] for finding in findings]
        return tuple((family, letters.count(family)) for family in FAMILIES if family in letters)

    def _rank(self, row: Row, conflicts: set[RowId]) -> tuple[int, int, int, int, int]:
        first = next(k for k in row.told_by)
        place = row.cells[first].told[0].passage.span.start
        return (row.id not in conflicts, -len(self.by_row.get(row.id, ())), -len(row.told_by), first, place)


def sigla(names: Sequence[str]) -> tuple[str, ...]:
    """Give each outlet a letter: the first free one of its name, then of the alphabet, then two letters.

    >>> sigla(["The Tavenport Echo", "Commuter Daily", "Courier of Elm"])
    ('T', 'C', 'O')
    """
    taken: list[str] = []
    for name in names:
        folded = unicodedata.normalize("NFKD", name.removeprefix("The ")).upper()
        letters = [c for c in folded if c in _ALPHABET]
        longer = (product(letters or _ALPHABET, _ALPHABET), product(_ALPHABET, repeat=3))
        offered = chain(letters, _ALPHABET, map("".join, chain(*longer)))
        taken.append(next(siglum for siglum in offered if siglum not in taken))
    return tuple(taken)


def _finding_ids(findings: Sequence[Finding], prefix: str) -> dict[int, str]:
    seen: Counter[str] = Counter()
    named: dict[int, str] = {}
    for finding in findings:
        seen[finding.code[0]] += 1
        named[id(finding)] = f"{prefix}f-{finding.code[0]}{seen[finding.code[0]]}"
    return named


def finding_view(ctx: EventContext, finding: Finding) -> View:
    """Show one finding in full, its magnitude as counts in words."""
    return {
        "id": ctx.finding_id(finding),
        "finding": finding,
        "title": title_of(finding.code),
        "magnitude": counted(finding.magnitude),
        "sides": [ctx.side(side, forms=valued(finding)) for side in finding.sides],
    }


def apart(ctx: EventContext, families: str) -> list[View]:
    """Show the findings of these families that belong to no row of the matrix."""
    found: Iterable[Finding] = (f for f in ctx.event.findings if f.code[0] in families)
    elsewhere = (f for f in found if f.row is None or f.row not in ctx.shared_ids)
    return [finding_view(ctx, f) for f in elsewhere if not told_alone(f) or f.row is None]


def valued(finding: Finding) -> bool:
    """Tell whether a finding's sides are values that each text prints in words of its own."""
    family = family_of(finding.code)
    return family is not None and family.valued


def told_alone(finding: Finding) -> bool:
    """Tell whether a finding is about a claim that stands in no other text, beside which it is shown."""
    known = rule(finding.code)
    return known is not None and known.told_alone
