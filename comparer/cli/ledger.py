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
from comparer.cli.tables import counted, heading, lined, plain, shorten
from comparer.model import KEPT_KINDS, Article, Block, BlockKind, Rate, SiteProfile

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

PROMOTIONAL = (BlockKind.ABOUT_OUTLET, BlockKind.PROMOTION, BlockKind.NEWSLETTER)
_TOLD = (
    "outlet path title url canonical_url published modified bylines agency language truncated"
).split()  # as the model names them
_KEPT, _PROMOTES, _FURNITURE = "blue", "yellow", "dim"


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
        yield Stack(_blocks(article), Text(), _counts((article,)), Text(_shares((article,)) + "\n"))
    if len(articles) > 1:
        title = Text(f"all {counted(len(articles), 'page')}", style="bold")
        yield Stack(title, _counts(articles), Text(_shares(articles)))


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
            "kinds": [_kind_record(count) for count in kind_counts((article,))],
            "blocks": [
                _block_record(article, b, n)
                for b, n in zip(article.blocks, line_numbers(article.text, article.blocks), strict=True)
            ],
        }
        for article in articles
    ]


def repeated(site: SiteProfile) -> RenderableType:
    """Return a table of the lines that repeat among an outlet's pages, those on most pages first."""
    told = f"{counted(site.pages, 'page')} of {site.outlet}, {counted(site.stories, 'different report')}"
    table = lined(told, "pages", "reports", "dropped on", "as", "line", numbers=("pages", "reports", "dropped on"))
    for one in sorted(site.lines, key=lambda line: (-line.pages, line.template)):
        kind = Text(plain(one.kind), style=_style(one.kind)) if one.dropped else Text("–")
        table.add_row(str(one.pages), str(one.stories), str(one.dropped), kind, Text(shorten(one.template)))
    return Stack(table, Text(f"{counted(len(site.lines), 'line')} on {LEAST_PAGES} pages or more"))


def _blocks(article: Article) -> Table:
    table = lined(heading(article), "line", "", "kind", "p", numbers=("line",))
    for column in table.columns:
        column.no_wrap = True
    table.add_column("text", ratio=3)
    table.add_column("reason", ratio=2)
    for block, line in zip(article.blocks, line_numbers(article.text, article.blocks), strict=True):
        table.add_row(
            str(line),
            "kept" if block.kept else "dropped",
            Text(plain(block.kind), style=_style(block.kind)),
            f"{block.probability:.2f}",
            Text(shorten(block.span.of(article.text)), style="" if block.kept else "dim"),
            Text(block.reason, style="bold" if block.reason.startswith("reviewer") else ""),
        )
    return table


def _counts(articles: Sequence[Article]) -> Table:
    table = lined("", "kind", "", "blocks", "words", "of words", numbers=("blocks", "words", "of words"))
    for one in kind_counts(articles):
        share = "–" if one.words.value is None else f"{one.words.value:.1%}"
        kept = "kept" if one.kind in KEPT_KINDS else "dropped"
        kind = Text(plain(one.kind), style=_style(one.kind))
        table.add_row(kind, kept, str(one.blocks), f"{one.words.count} of {one.words.total}", share)
    return table


def _shares(articles: Sequence[Article]) -> str:
    counts = kind_counts(articles)
    total = counts[0].words.total if counts else 0
    kept = sum(c.words.count for c in counts if c.kind in KEPT_KINDS)
    promoted = sum(c.words.count for c in counts if c.kind in PROMOTIONAL)
    return (
        f"{kept} of {total} words kept; {promoted} of {total} promote the outlet, its newsletters or something for sale"
    )


def _style(kind: BlockKind) -> str:
    if kind in PROMOTIONAL:
        return _PROMOTES
    return _KEPT if kind in KEPT_KINDS else _FURNITURE


def _kind_record(count: KindCount) -> dict[str, Any]:
    share = None if count.words.value is None else round(count.words.value, 6)
    counted = {"blocks": count.blocks, "words": count.words.count, "of_words": count.words.total, "share": share}
    return {"kind": count.kind, "kept": count.kind in KEPT_KINDS, **counted}


def _block_record(article: Article, block: Block, line: int) -> dict[str, Any]:
    return {
        "line": line,
        "start": block.span.start,
        "end": block.span.end,
        "kind": block.kind,
        "kept": block.kept,
        "probability": block.probability,
        "reason": block.reason,
        "text": block.span.of(article.text),
    }
