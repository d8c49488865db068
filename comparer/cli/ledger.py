"""Lay out the cleaning ledger: every block of a page with its kind, and what each kind amounts to.

Colours follow the report as far as a terminal can: yellow for what promotes, dim for other furniture, blue for the
kinds that are kept; never red and green. Nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Group as Stack
from rich.text import Text

from comparer.cleaning.overrides import LEAST_PAGES, line_numbers
from comparer.cli.tables import counted, heading, lined, shorten
from comparer.model import KEPT_KINDS, Article, Block, BlockKind, Rate, SiteProfile
from comparer.reporting.words import plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

PROMOTIONAL = (BlockKind.ABOUT_OUTLET, BlockKind.PROMOTION, BlockKind.NEWSLETTER)
_TOLD = (
    "outlet path title url canonical_url published modified bylines agency language truncated"
).split()  # as the model names them


class KindCount(NamedTuple):
    """Count the blocks of one kind and their words among all words of the page or pages."""

    kind: BlockKind
    blocks: int
    words: Rate


def kind_counts(articles: Sequence[Article]) -> tuple[KindCount, ...]:
    r"""Return the kinds that occur, those with most words first.

    >>> from comparer.cleaning.article import read_text
    >>> page = read_text("Skip to content\n\nA ferry ran aground off Skerrow on Friday, and nobody was hurt.")
    >>> [(str(c.kind), c.words.count, c.words.total) for c in kind_counts([page])]
    [('content', 12, 15), ('navigation', 3, 15)]
    """
    words: dict[BlockKind, list[int]] = {}
    for article in articles:
        for block in article.blocks:
            words.setdefault(block.kind, []).append(len(block.span.of(article.text).split()))
    total = sum(map(sum, words.values()))
    found = (KindCount(kind, len(own), Rate(sum(own), total, "words")) for kind, own in words.items())
    return tuple(sorted(found, key=lambda c: (-c.words.count, c.kind)))


def ledgers(articles: Sequence[Article]) -> Iterator[RenderableType]:
    """Yield the ledger of each page and, for several, what the kinds amount to in all of them."""
    for article in articles:
        yield Stack(_blocks(article), Text(), _amounts((article,)), Text())
    if len(articles) > 1:
        yield Stack(Text(f"all {counted(len(articles), 'page')}", style="bold"), _amounts(articles))


def ledgers_record(articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Return the same as plain data, with the whole text of each block."""
    return [
        {
            **{name: getattr(article, name) for name in _TOLD},
            "provenance": [
                {"field": p.field, "value": p.value, "origin": p.origin}
                | {name: getattr(p.span, name, None) for name in ("start", "end")}
                for p in article.provenance
            ],
            "kinds": [
                {
                    "kind": one.kind,
                    "kept": one.kind in KEPT_KINDS,
                    "blocks": one.blocks,
                    "words": one.words.count,
                    "of_words": one.words.total,
                    "share": None if one.words.value is None else round(one.words.value, 6),
                }
                for one in kind_counts((article,))
            ],
            "blocks": [
                {
                    "line": line,
                    "start": block.span.start,
                    "end": block.span.end,
                    "kind": block.kind,
                    "kept": block.kept,
                    "probability": block.probability,
                    "reason": block.reason,
                    "text": block.span.of(article.text),
                }
                for block, line in _lines(article)
            ],
        }
        for article in articles
    ]


def repeated(site: SiteProfile) -> Iterator[RenderableType]:
    """Yield a table of the lines that repeat among an outlet's pages, those on most pages first."""
    told = f"{counted(site.pages, 'page')} of {site.outlet}, {counted(site.stories, 'different report')}"
    table = lined(told, "pages", "reports", "dropped on", "as", "line", numbers=("pages", "reports", "dropped on"))
    for one in sorted(site.lines, key=lambda line: (-line.pages, line.template)):
        kind = _named(one.kind) if one.dropped else Text("–")
        table.add_row(str(one.pages), str(one.stories), str(one.dropped), kind, Text(shorten(one.template)))
    yield Stack(table, Text(f"{counted(len(site.lines), 'line')} on {LEAST_PAGES} pages or more"))


def _blocks(article: Article) -> Table:
    table = lined(heading(article), "line", "", "kind", "p", numbers=("line",))
    for column in table.columns:
        column.no_wrap = True
    table.add_column("text", ratio=3)
    table.add_column("reason", ratio=2)
    for block, line in _lines(article):
        table.add_row(
            str(line),
            "kept" if block.kept else "dropped",
            _named(block.kind),
            f"{block.probability:.2f}",
            Text(shorten(block.span.of(article.text)), style="" if block.kept else "dim"),
            Text(block.reason, style="bold" if block.reason.startswith("reviewer") else ""),
        )
    return table


def _lines(article: Article) -> Iterator[tuple[Block, int]]:
    """Yield each block with the line that it begins on."""
    return zip(article.blocks, line_numbers(article.text, article.blocks), strict=True)


def _amounts(articles: Sequence[Article]) -> RenderableType:
    """Return a table of the kinds, and what they come to."""
    table = lined("", "kind", "", "blocks", "words", "of words", numbers=("blocks", "words", "of words"))
    total = kept = promoted = 0
    for one in kind_counts(articles):
        words, total = one.words.count, one.words.total
        kept += words if one.kind in KEPT_KINDS else 0
        promoted += words if one.kind in PROMOTIONAL else 0
        share = "–" if one.words.value is None else f"{one.words.value:.1%}"
        where = "kept" if one.kind in KEPT_KINDS else "dropped"
        table.add_row(_named(one.kind), where, str(one.blocks), f"{words} of {total}", share)
    selling = f"{promoted} of {total} promote the outlet, its newsletters or something for sale"
    return Stack(table, Text(f"{kept} of {total} words kept; {selling}"))


def _named(kind: BlockKind) -> Text:
    """Return the name of a kind in its colour."""
    style = "yellow" if kind in PROMOTIONAL else "blue" if kind in KEPT_KINDS else "dim"
    return Text(plain(kind), style=style)
