"""Hold what the workbench shows: read, compare and render, again after each decision, which goes beside the pages.

In: paths, and decisions of a person. Out: the report as HTML, the pages with their lines, how far the work is. What is
decided goes into the files that every command reads: `review.toml` (lines, outlet, day), `events.toml` (events) and
`review.json` (findings and rows). Nothing else is written, and nothing of it is kept in memory alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any

from comparer.errors import ComparerError, UnreadableInputError
from comparer.exporting.files import add_file, events_toml, write_file
from comparer.inputs import ADDRESS, load
from comparer.model import Article, Config
from comparer.pipeline import compare, in_order
from comparer.reading.formats import find_pages
from comparer.reading.reviews import read_review_file, review_from
from comparer.reading.user_files import EVENTS_FILE, KINDS, read_events
from comparer.reporting.html import render_html
from comparer.reviewing import decide, tell

REVIEW = "review.json"
LINE = 160  # characters of a line of a page that are shown


class _Ended(Exception):  # noqa: N818 - nothing went wrong
    """Leave a comparison that nobody waits for."""


@dataclass
class Bench:
    """Compare what `paths` name whenever it is asked to; `folder` takes dropped files and decisions on findings."""

    paths: list[str]
    folder: Path
    config: Config = field(default_factory=Config)
    report: str = ""
    version: int = 0
    stage: str = "reading"
    done: int = 0
    total: int = 0
    failures: tuple[str, ...] = ()
    pages: list[dict[str, Any]] = field(default_factory=list)
    _files: dict[str, Path] = field(default_factory=dict)
    _asked: int = 0
    ended: Event = field(default_factory=Event)
    _turn: Condition = field(default_factory=Condition)
    _threads: list[Thread] = field(default_factory=list)

    def start(self, *others: Callable[[], None]) -> None:
        """Begin to work in a thread of its own, beside `others` in theirs, and compare a first time."""
        self.again()
        self._threads = [Thread(target=work, daemon=True) for work in (self._work, *others)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the work at its next step, and wait for it: a thread that computes must not outlive the interpreter."""
        with self._turn:
            self.ended.set()
            self._turn.notify()
        for thread in self._threads:
            thread.join()

    def again(self) -> None:
        """Ask for the report to be made again; what is asked for in the meantime is made once."""
        with self._turn:
            self._asked += 1
            self.stage = "reading"
            self._turn.notify()

    def state(self) -> dict[str, Any]:
        """Say how far the work is; `version` counts the reports made."""
        told = {"stage": self.stage, "done": self.done, "total": self.total, "version": self.version}
        return told | {"failures": self.failures, "pages": self.pages, "folder": self.folder.name}

    def add(self, name: str, data: bytes) -> None:
        """Put a dropped file into the folder; raise UnreadableInputError where its name or its kind will not do."""
        target = self.folder / Path(name).name
        if not name or name != target.name or name.startswith(".") or target.exists():
            raise UnreadableInputError(f"{name[:80]!r} will not do as a name here, or stands in the folder already.")
        try:
            add_file(target, data, fits=find_pages)
        except UnreadableInputError as error:
            raise UnreadableInputError(f"{name}: is of no kind that comparer reads.") from error
        if not any(Path(path).resolve() == self.folder.resolve() for path in self.paths):
            self.paths.append(str(target))

    def line(self, page: str, line: int, verdict: str) -> None:
        """Keep or drop a line of a page, or give it a kind; "auto" leaves it to the cleaner."""
        decide(str(self._file(page)), [(line, verdict)])

    def tell(self, page: str, outlet: str, published: str) -> None:
        """Say whose a page is and when it was published; an empty word leaves it to the page."""
        tell(self._file(page), outlet=outlet.strip(), published=published.strip())

    def group(self, kind: str, pages: Sequence[str]) -> None:
        """Join pages in one event, or part them; they lie in one folder, whose file takes the wish."""
        files = [self._file(page) for page in pages]
        if kind not in KINDS or len(set(files)) < 2 or len({file.parent for file in files}) > 1:
            raise UnreadableInputError("Choose two pages or more of one folder.")
        home, names = files[0].parent, [file.name for file in files]
        old = [(wish.kind, [page.name for page in wish.pages]) for wish in read_events(home)]
        kept = [(other, told) for other, told in old if set(told) != set(names)]
        write_file(home / EVENTS_FILE, events_toml([*kept, (kind, names)]))

    def review(self, data: bytes) -> None:
        """Keep the decisions on findings, rows and blocks that the report exports; raise where they are none."""
        review_from(data, name=REVIEW)
        write_file(self.folder / REVIEW, data.decode("utf-8"))

    def _file(self, page: str) -> Path:
        if page not in self._files:
            raise UnreadableInputError(f"{page[:80]!r} is no page of this workbench.")
        return self._files[page]

    def _work(self) -> None:
        made = 0
        while not self.ended.is_set():
            with self._turn:
                self._turn.wait_for(lambda: self._asked > made or self.ended.is_set())  # noqa: B023 - asked while it waits
                made = self._asked
            try:
                self._compare()
                self.stage = "ready"
            except _Ended:
                return
            except (ComparerError, OSError) as error:
                self.failures, self.stage = (str(error),), "stopped"
            self.version += 1

    def _compare(self) -> None:
        self._told("reading", 0, 0)
        loaded = load(self.paths)
        self.failures = loaded.failures
        self._files = dict(self._found(loaded.articles))
        self.pages = [self._page(article) for article in loaded.articles]
        decided = self.folder / REVIEW
        reviews = [read_review_file(decided)] if decided.is_file() else []
        if not loaded.articles:
            self.report = ""
            return
        articles = in_order(loaded.articles)
        made = compare(articles, config=self.config, wishes=loaded.wishes, reviews=reviews, progress=self._told)
        self.stage = "writing"
        self.report = render_html(made)

    def _told(self, stage: str, done: int, total: int) -> None:
        if self.ended.is_set():
            raise _Ended
        self.stage, self.done, self.total = stage, done, total

    def _found(self, articles: Sequence[Article]) -> list[tuple[str, Path]]:
        """Return the file of each page that is one file."""
        roots = [Path(p) if Path(p).is_dir() else Path(p).parent for p in self.paths if not ADDRESS.match(p)]
        named = ((a.id, root / a.path) for a in articles if a.path and "#" not in a.path for root in roots)
        return [(name, file.resolve()) for name, file in named if file.is_file()]

    def _page(self, article: Article) -> dict[str, Any]:
        lines = [
            {
                "line": 1 + article.text.count("\n", 0, block.span.start),
                "kind": str(block.kind),
                "kept": block.kept,
                "text": " ".join(block.span.of(article.text).split())[:LINE],
            }
            for block in article.blocks
        ]
        told = {"id": article.id, "path": article.path, "outlet": article.outlet, "published": article.published}
        return told | {"title": article.title, "file": article.id in self._files, "lines": lines}


def watch(bench: Bench, changes: Callable[..., Any]) -> None:
    """Compare again whenever a file of the folder changes; `changes` is `watchfiles.watch`."""
    for _ in changes(bench.folder, recursive=True, stop_event=bench.ended):
        bench.again()
