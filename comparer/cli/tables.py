"""Lay out events and groups as tables, trees and records, and what became of reviewers' decisions as lines.

Words an outlet printed go in as plain text objects, so that nothing on a page can be taken for markup.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from textwrap import fill
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from comparer.model import AppliedReview, Article, Comparison, Group
from comparer.model.text import harmless

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED = 5  # decisions of a review named one by one
TOLD_EVENTS = 3  # events that are told in sentences on the terminal; more are a table
WIDTH = 80  # columns of a list, on a terminal and in a pipe
LONGEST_LINE = 72  # characters of a block or statement shown in a table


def lined(title: str, *heads: str, numbers: Collection[str] = ()) -> Table:
    """Return a table without lines; columns of `numbers` stand to the right."""
    shown = Text(title, style="bold") if title else None
    table = Table(box=None, padding=(0, 2, 0, 0), title_justify="left", title=shown)
    for head in heads:
        number = head in numbers
        table.add_column(head, justify="right" if number else "left", no_wrap=number, overflow="ellipsis")
    return table


def summary(comparison: Comparison) -> RenderableType:
    """Return what a comparison found: of a few events sentences, of many a table with a line each."""
    from comparer.reporting.summary import spoken_events

    if len(comparison.events) <= TOLD_EVENTS:
        lines = []
        for event in comparison.events:
            told = (counted(len(event.articles), "outlet"), counted(len(event.reuse.origins), "origin"))
            lines.append(wrapped(f"{event.title}: {', '.join(told)}, {counted(len(event.findings), 'finding')}"))
        for title, sentences in spoken_events(comparison):
            lines += ["", wrapped(title), *(wrapped(f"- {said}", 2) for said in sentences)]
        return Text("\n".join([*lines, ""]))
    counts = ("outlets", "origins", "claims shared", "alone", "findings")
    table = lined("", "event", *counts, numbers=counts)
    for event in comparison.events:
        shared = sum(len(row.told_by) > 1 for row in event.alignment.rows)
        found = (len(event.articles), len(event.reuse.origins), shared, len(event.alignment.rows) - shared)
        table.add_row(Text(shorten(event.title, 40)), *map(str, found), str(len(event.findings)))
    return table


def totals(texts: Sequence[int], found: Mapping[str, int]) -> RenderableType:
    """Return how much is in many events, each of which the report lists: texts of each, findings by family."""
    several = sum(size > 1 for size in texts)
    families = " ".join(f"{letter} {n}" for letter, n in sorted(found.items()))
    told = f"{counted(sum(texts), 'text')}, {counted(len(texts), 'event')}, {several} with two or more texts"
    return Text(f"{told}; {counted(sum(found.values()), 'finding')}  {families}")


def wrapped(text: str, indent: int = 0) -> str:
    """Return a text on lines of at most 80 columns, the lines after the first further in; no word is broken.

    >>> print(wrapped("The ferry to Skerrow ran aground on Friday off the pier of Venn, its owner said on Monday.", 2))
      The ferry to Skerrow ran aground on Friday off the pier of Venn, its owner
        said on Monday.
    """
    blank = " " * indent
    return fill(" ".join(text.split()), WIDTH, initial_indent=blank, subsequent_indent=blank + "  ",
                break_long_words=False, break_on_hyphens=False)  # fmt: skip


def groups(articles: Sequence[Article], found: Sequence[Group]) -> Iterator[RenderableType]:
    """Yield the events as a tree: members, confidence, what decided and what nearly joined."""
    from rich.tree import Tree  # late: the other commands draw none

    tree = Tree(Text(f"{len(articles)} articles, {len(found)} events", style="bold"))
    for number, group in enumerate(found, start=1):
        sure = f", confidence {group.confidence:.2f}" if len(group.members) > 1 else ""
        branch = tree.add(Text(f"event {number}: {counted(len(group.members), 'article')}{sure}"))
        for member in group.members:
            branch.add(Text(heading(articles[member])))
        if group.terms:
            verb = "held together by" if len(group.members) > 1 else "marked by"
            branch.add(Text(f"{verb}: {', '.join(group.terms)}", style="dim"))
        if group.nearest:
            near = articles[group.nearest.article]
            out = branch.add(Text(f"nearest left out, at {group.nearest.similarity:.2f}: {heading(near)}", style="dim"))
            out.add(Text(f"shares: {', '.join(group.nearest.shared)}", style="dim"))
    yield tree


def group_record(articles: Sequence[Article], found: Sequence[Group]) -> list[dict[str, Any]]:
    """Return the same as plain data."""

    def named(article: int) -> dict[str, Any]:
        return {"outlet": articles[article].outlet, "path": articles[article].path}

    return [
        {
            "articles": [named(member) for member in group.members],
            "confidence": group.confidence,
            "terms": group.terms,
            "nearest": (near := group.nearest)
            and named(near.article) | {"similarity": near.similarity, "shared": near.shared},
        }
        for group in found
    ]


def reviewed(reviews: Iterable[AppliedReview]) -> Iterator[str]:
    r"""Yield the lines that tell of each review.

    >>> from comparer.model import NotApplied
    >>> missed = NotApplied("reject", "f38df0c072de7", "no finding of this comparison has that id")
    >>> print(*reviewed([AppliedReview("review.json", "", "", (), (missed,))]), sep="\n")
    review.json: 0 decisions applied, not found in this comparison: 1 of 1
      reject f38df0c072de7: no finding of this comparison has that id
      Was the review made of these pages, named the same way?
    """
    for review in reviews:
        applied = f"{review.name}: {counted(len(review.changes), 'decision')} applied"
        missed = review.not_applied
        yield f"{applied}, not found in this comparison: {len(missed)} of {review.decisions}" if missed else applied
        for one in missed[:NAMED]:
            yield f"  {one.action} {one.target[:60]}: {one.reason}"
        if len(missed) > NAMED:
            yield f"  and {len(missed) - NAMED} more, listed in the report"
        if missed and not review.changes:
            yield "  Was the review made of these pages, named the same way?"


def csv_of(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV with a head; no text is one that a spreadsheet would run as a formula.

    >>> print(csv_of(("outlet", "texts"), [("=Echo", 3)]))
    outlet,texts
    '=Echo,3
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue().removesuffix("\n")


def shorten(text: str, limit: int = LONGEST_LINE) -> str:
    r"""Return `text` on one line, cut with an ellipsis after `limit` characters.

    >>> shorten("The ferry\nran aground off Skerrow", limit=16)
    'The ferry ran …'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + " …"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number.

    >>> counted(1, "line"), counted(3, "line")
    ('1 line', '3 lines')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def heading(article: Article) -> str:
    """Return the line that names an article: outlet, title, day and path, as far as they are known."""
    parts = (article.outlet, article.title and shorten(article.title), article.published, article.path)
    return " · ".join(p for p in parts if p)
