"""Lay out events and groups as tables, trees and records.

Words an outlet printed go in as plain text objects, so that nothing on a page can be taken for markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from comparer.cli.words import counted, heading, shorten
from comparer.model import (
    Article,
    Comparison,
    Group,
)

if TYPE_CHECKING:
    from rich.console import RenderableType


def summary(comparison: Comparison) -> RenderableType:
    """Return a table of the events: outlets, origins, claims and findings by family."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("event", "outlets", "origins", "claims in two or more", "only in one", "findings"):
        table.add_column(head, justify="left" if head in {"event", "findings"} else "right")
    for event in comparison.events:
        shared = sum(len(row.told_by) > 1 for row in event.alignment.rows)
        alone = len(event.alignment.rows) - shared
        counts = (len(event.articles), len(event.reuse.origins), shared, alone)
        families = Counter(f.code[0] for f in event.findings)
        table.add_row(
            Text(shorten(event.title)),
            *(str(c) for c in counts),
            f"{len(event.findings)}  " + " ".join(f"{letter} {n}" for letter, n in sorted(families.items())),
        )
    return table


def groups(articles: Sequence[Article], found: Sequence[Group]) -> RenderableType:
    """Return the events as a tree: members, confidence, what decided and what nearly joined."""
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
    return [
        {
            "articles": [{"outlet": articles[m].outlet, "path": articles[m].path} for m in group.members],
            "confidence": round(group.confidence, 6),
            "terms": list(group.terms),
            "nearest": {
                "outlet": articles[group.nearest.article].outlet,
                "path": articles[group.nearest.article].path,
                "similarity": round(group.nearest.similarity, 6),
                "shared": list(group.nearest.shared),
            }
            if group.nearest
            else None,
        }
        for group in found
    ]
