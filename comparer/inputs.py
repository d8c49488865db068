"""Turn what a user names (files, folders, addresses, standard input) into articles, keeping what failed.

Composes reading and cleaning for the command line; one bad page among many costs only itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from comparer.errors import UnreadableInputError
from comparer.model import Article


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold the articles that could be read and a message for each input that could not."""

    articles: tuple[Article, ...]
    failures: tuple[str, ...]


def load(sources: Sequence[str], *, piped: bytes = b"") -> Loaded:
    """Read every page that `sources` name: paths, folders, http(s) addresses, or "-" for the bytes in `piped`."""
    articles: list[Article] = []
    failures: list[str] = []
    for source in sources:
        try:
            readers = _readers(source, piped)
        except UnreadableInputError as error:
            failures.append(str(error))
            continue
        for read in readers:
            try:
                articles.append(read())
            except UnreadableInputError as error:
                failures.append(str(error))
    return Loaded(tuple(articles), tuple(failures))


def texts_under(folder: Path) -> dict[str, str]:
    """Return the text of every page in a folder by its digest, for re-anchoring a redacted report."""
    return {article.digest: article.text for article in load([str(folder)]).articles}


def _readers(source: str, piped: bytes) -> list[Callable[[], Article]]:
    from comparer.cleaning.article import article_from
    from comparer.reading.files import find_pages, read_bytes, read_path
    from comparer.reading.web import read_url

    if source == "-":
        return [lambda: article_from(read_bytes(piped, name="standard input"))]
    if source.startswith(("http://", "https://")):
        return [lambda: article_from(read_url(source))]
    pages = find_pages([Path(source)])
    return [lambda p=path, r=root: article_from(read_path(p, root=r)) for path, root in pages]  # type: ignore[misc]
