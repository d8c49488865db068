r"""Lay several outlets' reports of one event side by side, claim by claim, and show what differs.

>>> import comparer
>>> echo = comparer.read_text("Ferry aground\n\nA ferry ran aground off Skerrow, police said.", outlet="Echo")
>>> post = comparer.read_text("Ferry hits rocks\n\nA ferry ran aground off Skerrow.", outlet="Post")
>>> event = comparer.compare([echo, post], one_event=True).events[0]
>>> len(event.articles)
2

What is named here is imported on first use, from the module that holds and documents it: importing this package alone
is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from comparer.alignment.same_claim import claim_similarity
    from comparer.attribution.attributions import find_attributions
    from comparer.cleaning.article import clean_html, read_text
    from comparer.cleaning.clean import clean
    from comparer.cleaning.overrides import learn_site
    from comparer.exporting.decode import from_json
    from comparer.exporting.json import to_json
    from comparer.inputs import load, read
    from comparer.language.markers import find_markers
    from comparer.model import Article, Block, Comparison, Config, Reuse, Review, SiteProfile, WordGroup
    from comparer.outputs import save
    from comparer.pipeline import compare
    from comparer.reporting.html import render_html

__version__ = "0.1.0"
__all__ = [
    "Article", "Comparison", "Config", "Review", "SiteProfile", "blocks", "claim_similarity", "clean", "clean_html",
    "compare", "find_attributions", "find_markers", "find_reuse", "from_json", "group", "learn_site", "load", "read",
    "read_review", "read_text", "read_word_list", "render_html", "save", "to_json",
]  # fmt: skip
_HOMES = {
    "alignment.same_claim": ("claim_similarity",),
    "attribution.attributions": ("find_attributions",),
    "cleaning.article": ("clean_html", "read_text"),
    "cleaning.clean": ("clean",),
    "cleaning.overrides": ("learn_site",),
    "exporting.decode": ("from_json",),
    "exporting.json": ("to_json",),
    "inputs": ("load", "read"),
    "language.markers": ("find_markers",),
    "model": ("Article", "Comparison", "Config", "Review", "SiteProfile"),
    "outputs": ("save",),
    "pipeline": ("compare",),
    "reporting.html": ("render_html",),
}


def __getattr__(name: str) -> object:
    """Import what is asked for by name."""
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"comparer.{home}"), name)
            return found
    raise AttributeError(f"module 'comparer' has no attribute {name!r}")


def blocks(article: Article) -> tuple[Block, ...]:
    """Return the blocks of an article in page order; spans are into `article.text`."""
    return article.blocks


def group(articles: Sequence[Article]) -> tuple[tuple[int, ...], ...]:
    """Return which articles report one event: tuples of indices, every article in exactly one."""
    from comparer.grouping.clusters import group_articles

    return tuple(g.members for g in group_articles(articles))


def find_reuse(articles: Sequence[Article]) -> Reuse:
    """Return what the articles share word for word, and which carry one text."""
    from comparer.alignment.reuse import find_reuse as find
    from comparer.language.doc import read_docs

    return find(articles, read_docs(articles))


def read_review(path: str | Path) -> Review:
    """Read a review that was exported from a report: docs/review-format.md says what it holds.

    Raises:
        UnreadableInputError: where it is missing, no review, or decides on something twice.
    """
    from pathlib import Path

    from comparer.reading.user_files import read_review_file

    return read_review_file(Path(path))


def read_word_list(path: str | Path) -> tuple[WordGroup, ...]:
    """Read words of your own for `Config(lexicon=...)`: docs/word-lists.md says how to write the file.

    Raises:
        UnreadableInputError: where it is missing or malformed.
    """
    from pathlib import Path

    from comparer.reading.user_files import read_word_list as read

    return read(Path(path))
