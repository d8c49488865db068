"""Hold what every part of one event's view needs: sigla, numbers of claims, places to link to, findings and sides.

What one template alone shows is a dict of the names that it uses, made where it is found; what several parts share has
a type here. StrictUndefined fails on a name that is not there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, product
from string import ascii_uppercase
from typing import Any, NamedTuple

from comparer.model import (
    AnalysedArticle,
    Comparison,
    EventComparison,
    Finding,
    Passage,
    Row,
    RowId,
    Side,
    Span,
    copies_of,
)
from comparer.reporting.words import FAMILIES, NOT_PRINTED, NOWHERE, begun, clip, count, counted, day, tidy, visible
from comparer.resources.rules import family_of, rule, title_of

_REMARKED = re.compile(r"“?(.+?)”? (\([^()]+\))")  # printed words and what the tool says of them: the aide (unnamed)
TINTED_WORDS = 15  # longer evidence is not tinted: a tint over a whole sentence points nowhere
TINTED_SOURCE_WORDS = 8  # of a finding on sources: the source and the verb are tinted, the statement is not
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

    `values` is the value as printed, in several stretches or forms perhaps, and empty where it is not; `forms` are the
    words of each text, with its outlets. `absent` where nothing is printed, `whole` where it was looked for in the
    whole text.
    """

    value: str
    values: tuple[str, ...]
    remark: str
    forms: tuple[tuple[str, tuple[Outlet, ...]], ...]
    absent: bool
    whole: bool
    outlets: tuple[Outlet, ...]
    counts: str
    quotes: tuple[tuple[str, tuple[Link, ...]], ...]


class EventContext:
    """Number, name and link the parts of one event. Places that are linked to are remembered for the full texts."""

    def __init__(self, comparison: Comparison, event: EventComparison, *, prefix: str) -> None:
        """Read names and order the rows; `prefix` keeps the ids of several events in one file apart."""
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
        self._finding_ids: dict[int, str] = {}
        seen: Counter[str] = Counter()
        for finding in event.findings:
            letter = finding.code[0]
            seen[letter] += 1
            self._finding_ids[id(finding)] = f"{prefix}f-{letter}{seen[letter]}"
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
        self.uses = Counter(c.id for row in event.alignment.rows for cell in row.cells for c in cell.told)

    @property
    def title(self) -> str:
        """Return the event's name; a lone article is called by its own headline, or by its first words."""
        if len(self.outlets) > 1:
            return tidy(self.event.title) or "Untitled event"
        article = self.analysed[0].article
        return tidy(article.title or "") or clip(article.main_text, 70) or "Empty text"

    @property
    def days(self) -> list[str]:
        """Return the known days of publication as ISO dates, in order."""
        return sorted(a.article.published[:10] for a in self.analysed if a.article.published)

    @property
    def dates(self) -> str:
        """Return the range of publication days; say so where a page prints none."""
        if not self.days:
            return "no date of publication known"
        first, last = day(self.days[0]) or "", day(self.days[-1]) or ""
        span = first if first == last else f"{first} – {last}"
        start, _, month = first.partition(" ")
        if first != last and month and month == last.partition(" ")[2]:
            span = f"{start}–{last}"
        unknown = sum(a.article.published is None for a in self.analysed)
        return span + (f" ({unknown} without a date)" if unknown else "")

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
        words = self.span_text(self.index[passage.article], passage.span)
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

    def span_text(self, article: int, span: Span) -> str:
        """Return the words of a span on one line, uncut."""
        return tidy(span.of(self.analysed[article].article.text))

    def tellers(self, passages: Iterable[Passage]) -> list[int]:
        """Return the articles in which passages stand, in order."""
        return sorted({self.index[p.article] for p in passages})

    def counts(self, articles: Sequence[int]) -> str:
        """Count articles by outlets, with the copies that are not laid out, and by origins."""
        outlets = len(articles) + sum(len(self.copies.get(k, ())) for k in articles)
        return f"{count(outlets, 'outlet')}, {count(len({self.origin[k] for k in articles}), 'origin')}"

    def side(self, side: Side, *, valued: bool = False) -> SideView:
        """Show a side with its places; where it is `valued`, each text prints the value in words of its own."""
        members = self.tellers(side.passages)
        places: dict[str, list[Link]] = {}
        forms: dict[str, dict[Outlet, None]] = {}
        for passage in dict.fromkeys(side.passages):
            link, k = self.link(passage), self.index[passage.article]
            places.setdefault(link.words, []).append(link)
            forms.setdefault(self.span_text(k, passage.span), {})[link.outlet] = None
        value = tidy(side.value)
        values, remark = _values(value, list(forms))
        return SideView(
            value=value,
            values=tuple(forms) if valued and values else values,
            remark=remark,
            forms=tuple((words, tuple(by)) for words, by in forms.items()),
            absent=value in NOT_PRINTED,
            whole=value in NOWHERE,
            outlets=tuple(self.outlets[k] for k in members),
            counts=self.counts(members),
            quotes=tuple((words, tuple(links)) for words, links in places.items()),
        )

    def printed(self, finding: Finding, article: int) -> list[Passage]:
        """Return the passages of a finding that print something in one article, in order."""
        told = (side.passages for side in finding.sides if side.value not in NOT_PRINTED)
        return [p for passages in told for p in passages if self.index[p.article] == article]

    def tinted(self, finding: Finding, article: int) -> list[Span]:
        """Return the short passages of a finding in one article; what is here or not here has no words of its own."""
        limit = {"S": 0, "R": 0, "A": TINTED_SOURCE_WORDS}.get(finding.code[0], TINTED_WORDS)
        spans = (passage.span for passage in self.printed(finding, article))
        return [span for span in spans if len(self.span_text(article, span).split()) <= limit]

    def families(self, findings: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
        """Count findings by family, in the fixed order of families."""
        letters = [finding.code[0] for finding in findings]
        return tuple((family, letters.count(family)) for family in FAMILIES if family in letters)

    def _rank(self, row: Row, conflicts: set[RowId]) -> tuple[bool, int, int, int, int]:
        first = row.told_by[0]
        place = row.cells[first].told[0].passage.span.start
        return row.id not in conflicts, -len(self.by_row.get(row.id, ())), -len(row.told_by), first, place


def _values(value: str, texts: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return a value as texts print it, or the several printed stretches it is made of, and a remark on them."""
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


def sigla(names: Sequence[str]) -> tuple[str, ...]:
    """Give each outlet a letter: the first free one of its name, then of the alphabet, then two letters.

    >>> sigla(["The Tavenport Echo", "Commuter Daily", "Courier of Elm"])
    ('T', 'C', 'O')
    """
    taken: list[str] = []
    for name in names:
        folded = unicodedata.normalize("NFKD", name.removeprefix("The ")).upper()
        letters = [c for c in folded if c in ascii_uppercase]
        longer = (product(letters or ascii_uppercase, ascii_uppercase), product(ascii_uppercase, repeat=3))
        offered = chain(letters, ascii_uppercase, map("".join, chain(*longer)))
        taken.append(next(siglum for siglum in offered if siglum not in taken))
    return tuple(taken)


def finding_view(ctx: EventContext, finding: Finding) -> View:
    """Show one finding in full, its magnitude as counts in words."""
    return {
        "id": ctx.finding_id(finding),
        "finding": finding,
        "title": title_of(finding.code),
        "magnitude": counted(finding.magnitude),
        "sides": [ctx.side(side, valued=valued(finding)) for side in finding.sides],
    }


def apart(ctx: EventContext, families: str) -> list[View]:
    """Show the findings of these families that belong to no row of the matrix."""
    found = (f for f in ctx.event.findings if f.code[0] in families and f.row not in ctx.shared_ids)
    return [finding_view(ctx, f) for f in found if f.row is None or not told_alone(f)]


def valued(finding: Finding) -> bool:
    """Tell whether a finding's sides are values that each text prints in words of its own."""
    family = family_of(finding.code)
    return family is not None and family.valued


def told_alone(finding: Finding) -> bool:
    """Tell whether a finding is about a claim that stands in no other text, beside which it is shown."""
    known = rule(finding.code)
    return known is not None and known.told_alone
