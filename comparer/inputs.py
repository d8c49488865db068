"""Turn what a user names (files, folders, addresses, standard input) into articles, keeping what failed.

Composes reading and cleaning for the command line; one bad page among many costs only itself. A reviewer's file beside
a page is honoured wherever the page is read from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from comparer.errors import UnreadableInputError, UsageError
from comparer.model import Article, ArticleId, BlockKind, Decision, EventWishes, SiteProfile
from comparer.model.article import RawPage

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # how an address begins, of the web or not
LISTED = 10  # files that are not read which are named one by one


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold the articles that could be read, a message for each input that could not, and what was honoured beside."""

    articles: tuple[Article, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...] = ()
    wishes: EventWishes = field(default_factory=EventWishes)


def read(source: str | Path, *, outlet: str | None = None, site: SiteProfile | None = None) -> Article:
    """Read one saved article from a path, or fetch one from an http(s) address.

    `site` says what repeats among the pages of its outlet: see `learn_site`.

    Raises:
        UnreadableInputError: where it is missing, empty, binary, too large or cannot be fetched.
    """
    from comparer.cleaning.article import article_from
    from comparer.reading.formats import read_path, read_url

    if isinstance(source, str) and ADDRESS.match(source):
        return article_from(read_url(source, outlet=outlet), site=site)
    return article_from(read_path(Path(source), outlet=outlet), site=site)


def load(
    sources: Sequence[str],
    *,
    piped: bytes = b"",
    keep: Collection[BlockKind] = (),
    drop: Collection[BlockKind] = (),
    sites: Sequence[SiteProfile] = (),
) -> Loaded:
    """Read every page that `sources` name: paths, folders, http(s) addresses, or "-" for the bytes in `piped`.

    Blocks of the kinds in `keep` are kept, those in `drop` dropped, unless a reviewer's file says otherwise of them.
    Each page is cleaned with the profile of its outlet, where one is among `sites`. What `events.toml` wants of the
    events, beside the pages or in a folder above them up to the one named, goes out as `wishes`.

    Raises:
        UnreadableInputError: where such a file is malformed or names a page that is not there.
    """
    asked = _Asked(frozenset(keep), frozenset(drop), tuple(sites), piped)
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
    wishes = asked.wishes()
    return Loaded(tuple(articles), tuple(dict.fromkeys(failures)), tuple(asked.notes()), wishes)


def texts_under(folder: Path) -> dict[str, str]:
    """Return the text of every page in a folder by its digest, for re-anchoring a redacted report."""
    loaded = load([str(folder)])
    if not loaded.articles:
        raise UnreadableInputError("\n".join(loaded.failures))
    return {article.digest: article.text for article in loaded.articles}


def learn(articles: Sequence[Article], path: Path, *, outlet: str | None = None) -> SiteProfile:
    """Learn what repeats among pages of one outlet, write it to a file and return it.

    Raises:
        UsageError: where the pages are too few.
        OSError: where the file cannot be written.
    """
    from comparer.cleaning.site import learn_site
    from comparer.exporting.files import site_json, write_file

    try:
        site = learn_site(articles, outlet=outlet)
    except ValueError as error:
        raise UsageError(str(error)) from error
    write_file(path, site_json(site))
    return site


def decide(source: str, wanted: Sequence[tuple[int, str]], *, note: str = "") -> Path:
    """Set decisions of a reviewer, as (line, verdict), in the file beside a page, and return that file's path.

    The verdict "auto" takes a line's decision back. Decisions about other lines and pages stay.

    Raises:
        UnreadableInputError: where the page cannot be read, no block begins on a line, or the file is malformed.
        OSError: where the file cannot be written.
    """
    from comparer.cleaning.article import article_from
    from comparer.cleaning.overrides import decisions_on
    from comparer.exporting.files import review_toml, write_file
    from comparer.reading.formats import read_path
    from comparer.reading.reviews import REVIEW_FILE, read_review

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
    sites: tuple[SiteProfile, ...]
    piped: bytes
    reviews: dict[Path, tuple[Decision, ...]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)
    places: dict[Path, ArticleId] = field(default_factory=dict)
    honoured: list[str] = field(default_factory=list)

    def article(self, page: RawPage, decisions: tuple[Decision, ...] = ()) -> Article:
        """Return the article of a page, cleaned with the profile of its outlet and overruled as asked."""
        from comparer.cleaning.article import article_from
        from comparer.cleaning.overrides import Wishes
        from comparer.cleaning.site import is_from

        wishes = Wishes(decisions, self.keep, self.drop)
        if not self.sites:
            return article_from(page, wishes=wishes)
        alone = article_from(page)
        site = next((s for s in self.sites if is_from(alone, s)), None)
        self.met |= {site.outlet} if site else set()
        return article_from(page, wishes=wishes, site=site)

    def read(self, path: Path, root: Path) -> Article:
        """Return the article in a file, as a reviewer's file beside it wants it."""
        from comparer.cleaning.article import BEYOND
        from comparer.reading.formats import read_path
        from comparer.reading.reviews import read_review

        page = read_path(path, root=root)
        if path.parent not in self.reviews:
            self.reviews[path.parent] = read_review(path.parent)
        decisions = tuple(d for d in self.reviews[path.parent] if d.page == path.name)
        self.folders |= {folder for folder in path.parents if folder == root or root in folder.parents}
        try:
            article = self.article(page, decisions)
        except UnreadableInputError as error:
            raise UnreadableInputError(f"{page.path}: {error}") from error
        self.places[path.resolve()] = article.id
        if any(block.reason == BEYOND for block in article.blocks):
            self.honoured.append(f"{page.path}: what stands {BEYOND}, is left out")
        if broken := article.text.count("\ufffd"):
            noun = "character" if broken == 1 else "characters"
            self.honoured.append(
                f"{page.path}: {broken} {noun} could not be read and stand as \ufffd; it may be damaged"
            )
        return article

    def wishes(self) -> EventWishes:
        """Return what the events files beside the pages want, by article; pages that were not read are left out."""
        from comparer.reading.user_files import EVENTS_FILE, KINDS, read_events

        found: dict[str, list[tuple[ArticleId, ...]]] = {kind: [] for kind in KINDS}
        for folder in sorted(self.folders):
            wishes = read_events(folder)
            for wish in wishes:
                found[wish.kind].append(tuple(self.places[page] for page in wish.pages if page in self.places))
                unread = ", ".join(page.name for page in wish.pages if page not in self.places)
                self.honoured += [f"{wish.where}: {unread} is not among the pages of this run"] if unread else []
            if wishes:
                noun = "wish" if len(wishes) == 1 else "wishes"
                self.honoured.append(f"honouring {len(wishes)} {noun} in {folder.name or '.'}/{EVENTS_FILE}")
        return EventWishes(*(tuple(found[kind]) for kind in KINDS))

    def notes(self) -> Iterator[str]:
        """Yield what the user should know was honoured, or not."""
        for folder, decisions in self.reviews.items():
            if decisions:
                noun = "decision" if len(decisions) == 1 else "decisions"
                yield f"honouring {len(decisions)} {noun} of a reviewer in {folder.name or '.'}/review.toml"
        yield from self.honoured
        for site in self.sites:
            if site.outlet not in self.met:
                yield f"the site profile of {site.outlet} fits none of the pages"


def _readers(source: str, asked: _Asked) -> list[Callable[[], Article]]:
    from comparer.reading.formats import find_pages, read_bytes, read_url

    if source == "-":
        return [lambda: asked.article(read_bytes(asked.piped, name="standard input"))]
    if ADDRESS.match(source):
        return [lambda: asked.article(read_url(source))]
    if not source:
        raise UsageError("an empty path names nothing. Name a file or a folder; . is this one.")
    path = Path(source)
    pages, left = find_pages(path)
    root = path if path.is_dir() else path.parent
    asked.honoured += [f"not read: {one}" for one in left[:LISTED]]
    asked.honoured += [f"not read: {len(left) - LISTED} more files in {source}"] if len(left) > LISTED else []
    return [lambda p=page: asked.read(p, root) for page in pages]  # type: ignore[misc]
