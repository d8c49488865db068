"""Turn what a user names (files, folders, addresses, standard input) into articles, keeping what failed.

Composes reading and cleaning for the command line; one bad page among many costs only itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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
    from comparer.reading import find_pages, read_bytes, read_url

    if source == "-":
        return [lambda: _article(read_bytes(piped, name="standard input"))]
    if source.startswith(("http://", "https://")):
        return [lambda: _article(read_url(source))]
    return [partial(_read, path, root) for path, root in find_pages([Path(source)])]


def _read(path: Path, root: Path) -> Article:
    from comparer.reading import read_path

    return _article(read_path(path, root=root))


def _article(page: object) -> Article:
    from comparer.cleaning.article import article_from
    from comparer.reading import RawPage

    if not isinstance(page, RawPage):
        raise TypeError(f"not a page: {type(page).__name__}")
    return article_from(page)
