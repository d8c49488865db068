r"""Lay several outlets' reports of one event side by side, claim by claim, and show what differs.

>>> import comparer
>>> echo = comparer.read_text("Ferry aground\n\nA ferry ran aground off Skerrow, police said.", outlet="Echo")
>>> post = comparer.read_text("Ferry hits rocks\n\nA ferry ran aground off Skerrow.", outlet="Post")
>>> event = comparer.compare([echo, post], one_event=True).events[0]
>>> len(event.articles)
2

Heavy libraries are imported by the functions that need them, so importing this package is quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comparer.model import (
        Article,
        Attribution,
        Block,
        Comparison,
        Config,
        Marker,
        Reuse,
        Review,
        SiteProfile,
        WordGroup,
    )

__version__ = "0.1.0"
__all__ = [
    "Article", "Comparison", "Config", "Review", "SiteProfile", "blocks", "claim_similarity", "clean", "clean_html",
    "compare", "find_attributions", "find_markers", "find_reuse", "from_json", "group", "learn_site", "read",
    "read_review", "read_text", "read_word_list", "render_html", "save", "to_json",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import the types on first use: they cost more than `comparer --help` may."""
    if name not in {"Article", "Comparison", "Config", "Review", "SiteProfile"}:
        raise AttributeError(f"module 'comparer' has no attribute {name!r}")
    from comparer import model

    return getattr(model, name)


def read(source: str | Path, *, outlet: str | None = None, site: SiteProfile | None = None) -> Article:
    """Read one saved article from a path, or fetch one from an http(s) address.

    `site` says what repeats among the pages of its outlet: see `learn_site`.

    Raises:
        UnreadableInputError: where it is missing, empty, binary, too large or cannot be fetched.
    """
    from comparer.cleaning.article import article_from
    from comparer.reading.formats import read_path, read_url

    if isinstance(source, str) and source.startswith(("http://", "https://")):
        return article_from(read_url(source, outlet=outlet), site=site)
    return article_from(read_path(Path(source), outlet=outlet), site=site)


def read_text(
    text: str, *, outlet: str | None = None, published: str | None = None, site: SiteProfile | None = None
) -> Article:
    """Take `text` as one saved page in plain text; `published` is an ISO date or None."""
    from comparer.cleaning.article import read_text as from_text

    return from_text(text, outlet=outlet, published=published, site=site)


def clean(text: str, *, site: SiteProfile | None = None) -> tuple[Block, ...]:
    r"""Return the blocks of a page in plain text, in page order; together they hold every non-blank character.

    With `site`, lines that repeat among the outlet's pages are dropped and say so.

    >>> page = "Skip to main content\n\nFerry runs aground\n\nA ferry ran aground off Skerrow on Monday night.\n"
    >>> [(b.span.of(page), str(b.kind)) for b in clean(page)][0]
    ('Skip to main content', 'navigation')
    """
    from comparer.cleaning.clean import clean as clean_text

    return clean_text(text, site=site)


def clean_html(html: str, *, url: str | None = None, site: SiteProfile | None = None) -> Article:
    """Read a page of HTML: its visible text once, in blocks, with the metadata its tags and text give."""
    from comparer.cleaning.article import clean_html as from_html

    return from_html(html, url=url, site=site)


def learn_site(articles: Sequence[Article], *, outlet: str | None = None) -> SiteProfile:
    r"""Return what repeats among several pages of one outlet, for `clean`, `clean_html`, `read` and `read_text`.

    >>> told = ("A ferry ran aground off Skerrow.", "The bakery on Mill Lane burnt.", "Snow closed two schools.")
    >>> site = learn_site([read_text(f"{text}\n\nOur town, our paper") for text in told])
    >>> clean("Nobody was hurt.\n\nOur town, our paper", site=site)[1].reason
    'short line after the article; on 3 of 3 pages of this outlet'

    Raises:
        ValueError: where fewer than three different pages are given.
    """
    from comparer.cleaning.site import learn_site as learn

    return learn(articles, outlet=outlet)


def blocks(article: Article) -> tuple[Block, ...]:
    """Return the blocks of an article in page order; spans are into `article.text`."""
    return article.blocks


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Return who says what in a text, in text order; spans are into `text`.

    >>> news = "The pier is closed, harbour master Ida Lund said."
    >>> [a.source.of(news) for a in find_attributions(news)]
    ['harbour master Ida Lund']
    """
    from comparer.attribution.attributions import find_attributions as find

    return find(text)


def find_markers(text: str) -> tuple[Marker, ...]:
    """Return the words and phrases that a word list flags, in text order, each with the list and the voice."""
    from comparer.language.markers import find_markers as find
    from comparer.language.quotations import find_quotations

    return find(text, find_quotations(text))


def group(articles: Sequence[Article]) -> tuple[tuple[int, ...], ...]:
    """Return which articles report one event: tuples of indices, every article in exactly one."""
    from comparer.grouping.clusters import group_articles

    return tuple(g.members for g in group_articles(articles))


def claim_similarity(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """Return the probability that two texts of one event report the same claim, as an array (len(left), len(right))."""
    from comparer.alignment.same_claim import claim_similarity as similarity

    return similarity(left, right)


def find_reuse(articles: Sequence[Article]) -> Reuse:
    """Return what the articles share word for word, and which carry one text."""
    from comparer.alignment.reuse import find_reuse as find
    from comparer.language.doc import read_docs

    return find(articles, read_docs(articles))


def compare(
    articles: Iterable[Article],
    *,
    config: Config | None = None,
    one_event: bool = False,
    reviews: Sequence[Review] = (),
) -> Comparison:
    """Group articles by event and compare each event's articles claim by claim.

    With `one_event` they are taken to report one event, and cells stand in the order given, which changes nothing else.
    Without it the result does not depend on the order of `articles`: they are sorted by day, outlet and id. The
    commands always sort them.
    `reviews` hold what people decided about findings, rows and blocks (see `read_review`); what became of each decision
    stands in `Comparison.reviews`.

    Raises:
        ValueError: where no article is given.
    """
    from comparer.pipeline import compare as run

    return run(articles, config=config, one_event=one_event, reviews=reviews)


def read_review(path: str | Path) -> Review:
    """Read a review that was exported from a report: docs/review-format.md says what it holds.

    Raises:
        UnreadableInputError: where it is missing, no review, or decides on something twice.
    """
    from comparer.reading.reviews import read_review_file

    return read_review_file(Path(path))


def read_word_list(path: str | Path) -> tuple[WordGroup, ...]:
    """Read words of your own for `Config(lexicon=...)`: docs/word-lists.md says how to write the file.

    Raises:
        UnreadableInputError: where it is missing or malformed.
    """
    from comparer.reading.user_files import read_word_list as read

    return read(Path(path))


def render_html(comparison: Comparison) -> str:
    """Return the comparison as one self-contained HTML page that opens from disk and asks the network for nothing."""
    from comparer.reporting.html import render_html as render

    return render(comparison)


def to_json(comparison: Comparison) -> str:
    """Return the comparison as JSON; equal comparisons give equal bytes."""
    from comparer.exporting.json import to_json as write

    return write(comparison)


def from_json(text: str, *, articles: Iterable[Article] = ()) -> Comparison:
    """Read a comparison back from JSON: a Comparison equal to the one that was written.

    A redacted file holds no texts and no analysis of single articles: give the `articles` it was made from, and what it
    holds comes back.

    Raises:
        UnreadableInputError: where `text` is no comparison, or of another version.
        BadEvidenceError: where it was changed since, or a text is missing.
    """
    from comparer.exporting.decode import from_json as read_back

    return read_back(text, articles=articles)


def save(
    comparison: Comparison,
    folder: str | Path,
    *,
    formats: Sequence[str] = ("html", "json"),
    pages: bool | None = None,
) -> tuple[Path, ...]:
    """Write `index.html` and `comparison.json` into `folder` and return their paths.

    `formats` may name "csv" and "annotations" too. With `pages`, which is usual for many events, each event has a page
    of its own and `index.html` lists them. Each file replaces its older self in one step.

    Raises:
        OSError: where the folder cannot be written.
        ValueError: where a format is unknown.
    """
    from comparer.outputs import save as write

    return write(comparison, Path(folder), formats=formats, pages=pages)
