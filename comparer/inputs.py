"""Turn what a user names (files, folders, addresses, standard input) into articles, keeping what failed.

Composes reading and cleaning for the command line; one bad page among many costs only itself. A reviewer's file beside
a page is honoured wherever the page is read from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comparer.errors import UnreadableInputError
from comparer.model import Article, BlockKind, Decision


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold the articles that could be read, a message for each input that could not, and what was honoured beside."""

    articles: tuple[Article, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...] = ()


def load(
    sources: Sequence[str],
    *,
    piped: bytes = b"",
    keep: Collection[BlockKind] = (),
    drop: Collection[BlockKind] = (),
) -> Loaded:
    """Read every page that `sources` name: paths, folders, http(s) addresses, or "-" for the bytes in `piped`.

    Blocks of the kinds in `keep` are kept, those in `drop` dropped, unless a reviewer's file says otherwise of them.
    """
    asked = _Asked(frozenset(keep), frozenset(drop), {}, piped)
    articles: list[Article] = []
    failures: list[str] = []
    for source in sources:
        try:
            for read in _readers(source, asked):
                try:
                    articles.append(read())
                except UnreadableInputError as error:
                    failures.append(str(error))
        except UnreadableInputError as error:
            failures.append(str(error))
    return Loaded(tuple(articles), tuple(dict.fromkeys(failures)), tuple(asked.notes()))


def texts_under(folder: Path) -> dict[str, str]:
    """Return the text of every page in a folder by its digest, for re-anchoring a redacted report."""
    return {article.digest: article.text for article in load([str(folder)]).articles}


def decide(source: str, wanted: Sequence[tuple[int, str]], *, note: str = "") -> Path:
    """Set decisions of a reviewer, as (line, verdict), in the file beside a page, and return that file's path.

    The verdict "auto" takes a line's decision back. Decisions about other lines and pages stay.

    Raises:
        UnreadableInputError: where the page cannot be read, no block begins on a line, or the file is malformed.
        OSError: where the file cannot be written.
    """
    from comparer.cleaning.article import article_from
    from comparer.cleaning.overrides import decisions_on
    from comparer.exporting.files import write_file
    from comparer.exporting.review import review_toml
    from comparer.reading.files import read_path
    from comparer.reading.review import REVIEW_FILE, read_review

    path = Path(source)
    article = article_from(read_path(path))
    lines = {line for line, _ in wanted}
    decisions = [d for d in read_review(path.parent) if (d.page, d.line) not in {(path.name, n) for n in lines}]
    for line, verdict in wanted:
        new = decisions_on(article.text, article.blocks, page=path.name, line=line, verdict=verdict, note=note)
        if not new:
            raise UnreadableInputError(
                f"{path.name}: no block begins on line {line}. `comparer flag` numbers the lines."
            )
        decisions += () if verdict == AUTO else new
    write_file(path.parent / REVIEW_FILE, review_toml(decisions))
    return path.parent / REVIEW_FILE


AUTO = "auto"  # the verdict that leaves a line to the cleaner again


@dataclass(slots=True)
class _Asked:
    """Hold what was asked for all pages, and the reviewers' files met so far."""

    keep: frozenset[BlockKind]
    drop: frozenset[BlockKind]
    reviews: dict[Path, tuple[Decision, ...]]
    piped: bytes

    def read(self, path: Path, root: Path) -> Article:
        from comparer.cleaning.article import article_from
        from comparer.cleaning.overrides import Wishes
        from comparer.reading.files import read_path
        from comparer.reading.review import read_review

        if path.parent not in self.reviews:
            self.reviews[path.parent] = read_review(path.parent)
        decisions = tuple(d for d in self.reviews[path.parent] if d.page == path.name)
        page = read_path(path, root=root)
        try:
            return article_from(page, wishes=Wishes(decisions, self.keep, self.drop))
        except UnreadableInputError as error:
            raise UnreadableInputError(f"{page.path}: {error}") from error

    def notes(self) -> Iterator[str]:
        for folder, decisions in self.reviews.items():
            if decisions:
                noun = "decision" if len(decisions) == 1 else "decisions"
                yield f"honouring {len(decisions)} {noun} of a reviewer in {folder.name or '.'}/review.toml"


def _readers(source: str, asked: _Asked) -> list[Callable[[], Article]]:
    from comparer.cleaning.article import article_from
    from comparer.cleaning.overrides import Wishes
    from comparer.reading.files import find_pages, read_bytes
    from comparer.reading.web import read_url

    wishes = Wishes((), asked.keep, asked.drop)
    if source == "-":
        return [lambda: article_from(read_bytes(asked.piped, name="standard input"), wishes=wishes)]
    if source.startswith(("http://", "https://")):
        return [lambda: article_from(read_url(source), wishes=wishes)]
    pages = find_pages([Path(source)])
    return [lambda p=path, r=root: asked.read(p, r) for path, root in pages]  # type: ignore[misc]
