"""Lay out events and groups as tables, trees and records, and what became of reviewers' decisions as lines.

Words an outlet printed go in as plain text objects, so that nothing on a page can be taken for markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from comparer.model import AppliedReview, Article, Comparison, Group

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED = 5  # decisions of a review named one by one
LONGEST_LINE = 72  # characters of a block or statement shown in a table


def lined(title: str, *heads: str, numbers: Collection[str] = (), below: int = 0) -> Table:
    """Return a table without lines; columns of `numbers` stand to the right, `below` each row are blank lines."""
    shown = Text(title, style="bold") if title else None
    table = Table(box=None, padding=(0, 2, below, 0), title_justify="left", title=shown)
    for head in heads:
        table.add_column(head, justify="right" if head in numbers else "left")
    return table


def summary(comparison: Comparison) -> RenderableType:
    """Return a table of the events: outlets, origins, claims and findings by family."""
    counts = ("outlets", "origins", "claims in two or more", "only in one")
    table = lined("", "event", *counts, "findings", numbers=counts)
    for event in comparison.events:
        shared = sum(len(row.told_by) > 1 for row in event.alignment.rows)
        families = Counter(f.code[0] for f in event.findings)
        found = (len(event.articles), len(event.reuse.origins), shared, len(event.alignment.rows) - shared)
        table.add_row(
            Text(shorten(event.title)),
            *map(str, found),
            f"{len(event.findings)}  " + " ".join(f"{letter} {n}" for letter, n in sorted(families.items())),
        )
    return table


def totals(texts: Sequence[int], found: Mapping[str, int]) -> RenderableType:
    """Return how much is in many events, each of which the report lists: texts of each, findings by family."""
    several = sum(size > 1 for size in texts)
    families = " ".join(f"{letter} {n}" for letter, n in sorted(found.items()))
    told = f"{counted(sum(texts), 'text')}, {counted(len(texts), 'event')}, {several} with two or more texts"
    return Text(f"{told}; {counted(sum(found.values()), 'finding')}  {families}")


def groups(articles: Sequence[Article], found: Sequence[Group]) -> RenderableType:
    """Return the events as a tree: members, confidence, what decided and what nearly joined."""
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
    return tree


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


def plain(value: object) -> str:
    """Return a name of the model as words."""
    return str(value).replace("_", " ")
