"""Turn what a user names (files, folders, addresses, standard input) into articles, keeping what failed.

Composes reading and cleaning for the command line; one bad page among many costs only itself. A reviewer's file beside
a page is honoured wherever the page is read from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from comparer.errors import NoArticleError, UnreadableInputError, UsageError
from comparer.model import Article, ArticleId, BlockKind, Decision, EventWishes, PageDecision, SiteProfile
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
    """Read the one article in a saved file, or fetch one from an http(s) address; `load` reads files of several.

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
    sources: str | Path | Sequence[str],
    *,
    piped: bytes = b"",
    keep: Collection[BlockKind] = (),
    drop: Collection[BlockKind] = (),
    sites: Sequence[SiteProfile] = (),
    fields: Mapping[str, str] | None = None,
) -> Loaded:
    """Read every page that `sources` name: paths, folders, http(s) addresses, or "-" for the bytes in `piped`.

    A file may hold many articles: an export of a database, a table, a feed, an archive. `fields` says under which names
    a table holds what we call text, title, outlet, url, published, modified, byline, language and section.
    Blocks of the kinds in `keep` are kept, those in `drop` dropped, unless a reviewer's file says otherwise of them.
    Each page is cleaned with the profile of its outlet, where one is among `sites`. What `events.toml` wants of the
    events, beside the pages or in a folder above them up to the one named, goes out as `wishes`.

    Raises:
        UnreadableInputError: where such a file is malformed or names a page that is not there.
    """
    asked = _Asked(fields or {}, frozenset(keep), frozenset(drop), tuple(sites))
    articles: list[Article] = []
    failures: list[str] = []
    for source in [str(sources)] if isinstance(sources, str | Path) else sources:
        try:
            for found in _read(source, asked, piped):
                if isinstance(found, Article):
                    articles.append(found)
                else:
                    failures.append(str(found))
        except UnreadableInputError as error:
            failures.append(str(error))
    wishes = asked.wishes()
    return Loaded(tuple(articles), tuple(dict.fromkeys(failures)), tuple(asked.notes()), wishes)


def articles_in(
    path: Path, root: Path, *, fields: Mapping[str, str], pages: Iterator[RawPage | UnreadableInputError] | None = None
) -> Iterator[Article | UnreadableInputError]:
    """Yield the articles of one file under a folder, or those of `pages` of it, and what could not be read.

    What a reviewer decided beside the file is honoured.
    """
    asked = _Asked(fields)
    if pages is None:
        yield from asked.read(path, root, whole=False)
    else:
        yield from (one if isinstance(one, UnreadableInputError) else asked.article(one) for one in pages)


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
    from comparer.cleaning.overrides import learn_site
    from comparer.exporting.files import site_json, write_file

    try:
        site = learn_site(articles, outlet=outlet)
    except ValueError as error:
        raise UsageError(str(error)) from error
    write_file(path, site_json(site))
    return site


@dataclass(slots=True)
class _Asked:
    """Hold what was asked for all pages, and what was met so far: reviewers' files by folder, profiles, articles."""

    fields: Mapping[str, str]
    keep: frozenset[BlockKind] = frozenset()
    drop: frozenset[BlockKind] = frozenset()
    sites: tuple[SiteProfile, ...] = ()
    decided: dict[Path, tuple[tuple[Decision, ...], tuple[PageDecision, ...]]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)
    places: dict[Path, ArticleId] = field(default_factory=dict)
    honoured: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def article(self, page: RawPage, decisions: tuple[Decision, ...] = ()) -> Article:
        """Return the article of a page, cleaned with the profile of its outlet and overruled as asked."""
        from comparer.cleaning.article import article_from
        from comparer.cleaning.overrides import Wishes, is_from

        wishes = Wishes(decisions, self.keep, self.drop)
        if not self.sites:
            return article_from(page, wishes=wishes)
        alone = article_from(page)
        site = next((s for s in self.sites if is_from(alone, s)), None)
        self.met |= {site.outlet} if site else set()
        return article_from(page, wishes=wishes, site=site)

    def read(self, path: Path, root: Path, *, whole: bool) -> Iterator[Article | UnreadableInputError]:
        """Yield the articles in a file, as a reviewer's file beside it wants them, and what could not be read.

        What holds no article is passed over with a note in a `whole` folder and beside articles, else it is an error.
        """
        from comparer.reading.formats import read_pages

        read = 0
        left: list[NoArticleError] = []
        try:
            for page in read_pages(path, root=root, fields=self.fields):
                if isinstance(page, NoArticleError):
                    left.append(page)
                    continue
                self.folders |= {folder for folder in path.parents if folder == root or root in folder.parents}
                yield self._read(page, path)
                read += 1
        except UnreadableInputError as error:
            yield error
            return
        if read or whole:
            self.left += map(str, left)
        else:
            yield from left

    def _read(self, page: RawPage | UnreadableInputError, path: Path) -> Article | UnreadableInputError:
        """Return the article of a page of a file; raise UnreadableInputError where a reviewer's file is malformed."""
        from comparer.cleaning.article import BEYOND
        from comparer.reading.user_files import read_page_decisions, read_review

        folder = path.parent
        if folder not in self.decided:
            self.decided[folder] = read_review(folder), read_page_decisions(folder)
        if isinstance(page, UnreadableInputError):
            return page
        name = (page.path or path.name).rsplit("/", 1)[-1]
        lines, pages = self.decided[folder]
        for told in pages:
            if told.page == name:
                page = page._replace(outlet=told.outlet or page.outlet, published=told.published or page.published)
        try:
            article = self.article(page, tuple(line for line in lines if line.page == name))
        except UnreadableInputError as error:
            return UnreadableInputError(f"{page.path}: {error}")
        self.places[path.resolve().with_name(name) if "#" in name else path.resolve()] = article.id
        if not article.main_text:
            self.honoured.append(f"{page.path}: nothing on it reads like an article; `comparer flag` says why")
        if any(block.reason == BEYOND for block in article.blocks):
            self.honoured.append(f"{page.path}: what stands {BEYOND}, is left out")
        if broken := article.text.count("\ufffd"):
            signs = "1 character" if broken == 1 else f"{broken} characters"
            self.honoured.append(f"{page.path}: {signs} could not be read and stand as \ufffd; it may be damaged")
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
        return EventWishes(*map(tuple, found.values()))

    def notes(self) -> Iterator[str]:
        """Yield what the user should know was honoured, or not."""
        for folder, (lines, _) in self.decided.items():
            if lines:
                noun = "decision" if len(lines) == 1 else "decisions"
                yield f"honouring {len(lines)} {noun} of a reviewer in {folder.name or '.'}/review.toml"
        yield from self.honoured
        yield from (f"not read: {one}" for one in self.left[:LISTED])
        if len(self.left) > LISTED:
            yield f"not read: {len(self.left) - LISTED} more files"
        unmet = (site.outlet for site in self.sites if site.outlet not in self.met)
        yield from (f"the site profile of {outlet} fits none of the pages" for outlet in unmet)


def _read(source: str, asked: _Asked, piped: bytes) -> Iterator[Article | UnreadableInputError]:
    """Yield the articles of one source that the user named; raise UnreadableInputError where it cannot be read."""
    from comparer.reading.formats import find_pages, pages_in, read_url
    from comparer.reading.source import numbered

    if source == "-" or ADDRESS.match(source):
        found = numbered(pages_in(piped, "standard input", fields=asked.fields), "standard input")
        for page in found if source == "-" else [read_url(source)]:
            yield page if isinstance(page, UnreadableInputError) else asked.article(page)
        return
    if not source:
        raise UsageError("an empty path names nothing. Name a file or a folder; . is this one.")
    path = Path(source)
    files, left = find_pages(path)
    asked.left += left
    whole = path.is_dir()
    for file in files:
        yield from asked.read(file, path if whole else path.parent, whole=whole)
