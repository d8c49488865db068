"""Serve a workbench on this machine: what is dropped and decided goes beside the pages, and the report is made again.

In: paths, and decisions of a person. Out: an address with a random token that shows the report, the pages with their
lines and how far the work is. What is decided goes into the files that every command reads: `review.toml` (lines,
outlet, day), `events.toml` (events) and `review.json` (findings and rows); nothing of it is kept in memory alone.
Every request needs the token, must name this machine as its host, which a name that others rebind does not, and where
it changes something must come from the workbench's own page.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, Any

from comparer.errors import ComparerError, UnreadableInputError
from comparer.exporting.files import add_file, events_toml, write_file
from comparer.inputs import ADDRESS, load
from comparer.model import Article, BlockKind, Config
from comparer.pipeline import compare, in_order
from comparer.reading.formats import find_pages
from comparer.reading.user_files import EVENTS_FILE, KINDS, read_events, read_review_file, review_from
from comparer.records import MOST_BYTES
from comparer.reporting.html import render_html, render_page
from comparer.reviewing import decide, tell

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

REVIEW = "review.json"
LINE = 160  # characters of a line of a page that are shown
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_Next = Callable[["Request"], Awaitable["Response"]]


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

    def start(self, changes: Iterable[object]) -> None:
        """Begin to work in a thread of its own, and compare a first time; again with each of `changes` that comes."""
        self.again()
        self._threads = [Thread(target=task, daemon=True) for task in (self._work, partial(self._follow, changes))]
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

    def change(self, what: str, data: bytes) -> None:
        """Write down what a person says of a line, of a whole page, of the pages of an event, or in the report.

        A line is kept, dropped or given a kind, and "auto" leaves it to the cleaner; an empty outlet or day is left to
        the page. Raises UnreadableInputError, KeyError, TypeError or ValueError where something else is said.
        """
        if what == "review":
            review_from(data, name=REVIEW)
            write_file(self.folder / REVIEW, data.decode("utf-8"))
            return
        told = json.loads(data)
        if what == "line":
            decide(self._file(told["page"]), [(int(told["line"]), str(told["verdict"]))])
        elif what == "page":
            outlet, published = str(told["outlet"]).strip(), str(told["published"]).strip()
            tell(self._file(told["page"]), outlet=outlet, published=published)
        elif what == "group":
            self._group(str(told["kind"]), [self._file(page) for page in told["pages"]])
        elif what != "again":
            raise UnreadableInputError(f"nothing here is called {what[:40]!r}")

    def _group(self, kind: str, files: Sequence[Path]) -> None:
        """Join pages in one event, or part them; they lie in one folder, whose file takes the wish."""
        if kind not in KINDS or len(set(files)) < 2 or len({file.parent for file in files}) > 1:
            raise UnreadableInputError("Choose two pages or more of one folder.")
        home, names = files[0].parent, [file.name for file in files]
        old = [(wish.kind, [page.name for page in wish.pages]) for wish in read_events(home)]
        kept = [(other, told) for other, told in old if set(told) != set(names)]
        write_file(home / EVENTS_FILE, events_toml([*kept, (kind, names)]))

    def _file(self, page: object) -> Path:
        if str(page) not in self._files:
            raise UnreadableInputError(f"{str(page)[:80]!r} is no page of this workbench.")
        return self._files[str(page)]

    def _follow(self, changes: Iterable[object]) -> None:
        for _ in changes:
            self.again()

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
        roots = [Path(p) if Path(p).is_dir() else Path(p).parent for p in self.paths if not ADDRESS.match(p)]
        alone = ((a.id, root / a.path) for a in loaded.articles if a.path and "#" not in a.path for root in roots)
        self._files = {name: file.resolve() for name, file in alone if file.is_file()}
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


def serve(bench: Bench, *, port: int = 0, watching: bool = False, ready: Callable[[str], None]) -> None:
    """Serve until it is interrupted or the bench is told to stop; `ready` is told the address once it can be opened.

    Raises:
        OSError: where the port is taken.
    """
    import uvicorn

    config = uvicorn.Config("", host="127.0.0.1", port=port, log_level="error", access_log=False, lifespan="off")
    bound = config.bind_socket()
    token, port = token_urlsafe(24), int(bound.getsockname()[1])
    config.app = application(bench, token=token, port=port)

    class Server(uvicorn.Server):
        """Tell the address when it is answered, not before."""

        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets=sockets)
            ready(f"http://127.0.0.1:{port}/{token}/")

        async def on_tick(self, counter: int) -> bool:
            return bench.ended.is_set() or await super().on_tick(counter)

    changes: Iterable[object] = ()
    if watching:
        import watchfiles

        changes = watchfiles.watch(bench.folder, recursive=True, stop_event=bench.ended)
    bench.start(changes)
    try:
        Server(config).run(sockets=[bound])
    finally:
        bench.stop()


def application(bench: Bench, *, token: str, port: int) -> Starlette:
    """Return the application for the address `http://127.0.0.1:PORT/TOKEN/`."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
    from starlette.routing import Mount, Route

    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def guard(request: Request, answer: _Next) -> Response:
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        foreign = origin is not None and origin != f"http://{host}"
        site = request.headers.get("sec-fetch-site", "same-origin")
        asks = request.method != "GET" and (origin is None or site != "same-origin")
        if host not in hosts or foreign or asks or site == "cross-site":
            return PlainTextResponse("This workbench answers its own page alone.", 403, headers=HEADERS)
        made = await answer(request)
        made.headers.update(HEADERS)
        return made

    async def shell(_: Request) -> Response:
        kinds = [kind.value for kind in BlockKind]
        own = "connect-src 'self'; frame-src 'self'; "
        style, script = ("base", "open"), ("common", "open")
        return HTMLResponse(render_page("open.html", style=style, script=script, own=own, kinds=kinds))

    async def report(_: Request) -> Response:
        return HTMLResponse(bench.report or "<!doctype html><title>No report yet</title>")

    async def state(_: Request) -> Response:
        return JSONResponse(bench.state())

    async def change(request: Request) -> Response:
        try:
            data = await _body(request)
            what = request.path_params["what"]
            if what == "files":
                bench.add(request.query_params.get("name", ""), data)
            else:
                bench.change(what, data)
        except (ComparerError, OSError, KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        bench.again()
        return JSONResponse({"error": ""})

    routes = [Route("/", shell), Route("/report", report), Route("/state", state)]
    routes.append(Route("/{what:str}", change, methods=["POST"]))
    return Starlette(routes=[Mount(f"/{token}", routes=routes)], middleware=[Middleware(BaseHTTPMiddleware, guard)])


async def _body(request: Request) -> bytes:
    """Return what a request carries, as far as a page may be large."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            raise UnreadableInputError("This is larger than any saved page.")
    return data
