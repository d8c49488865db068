"""Serve the workbench on this machine: one address with a random token, and no other page may ask it anything.

In: a Bench. Out: an application and the address. Every request needs the token, must name this machine as its host,
which a name that others rebind does not, and where it changes something must come from the workbench's own page.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from comparer.errors import ComparerError, UnreadableInputError
from comparer.model import BlockKind
from comparer.records import MOST_BYTES
from comparer.reporting.html import render_page
from comparer.workbench.bench import Bench, watch

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_Next = Callable[["Request"], Awaitable["Response"]]


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
    others: list[Callable[[], None]] = []
    if watching:
        import watchfiles

        others.append(partial(watch, bench, watchfiles.watch))

    class Server(uvicorn.Server):
        """Tell the address when it is answered, not before."""

        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets=sockets)
            ready(f"http://127.0.0.1:{port}/{token}/")

        async def on_tick(self, counter: int) -> bool:
            return bench.ended.is_set() or await super().on_tick(counter)

    bench.start(*others)
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
        page = render_page("open.html", style=("base", "open"), script=("common", "open"), own=own, kinds=kinds)
        return HTMLResponse(page)

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
            elif what == "review":
                bench.review(data)
            else:
                _decided(bench, what, _object(data))
        except (ComparerError, OSError, KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        bench.again()
        return JSONResponse({"error": ""})

    routes = [
        Route("/", shell),
        Route("/report", report),
        Route("/state", state),
        Route("/{what:str}", change, methods=["POST"]),
    ]
    return Starlette(routes=[Mount(f"/{token}", routes=routes)], middleware=[Middleware(BaseHTTPMiddleware, guard)])


async def _body(request: Request) -> bytes:
    """Return what a request carries, as far as a page may be large."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            raise UnreadableInputError("This is larger than any saved page.")
    return data


def _object(data: bytes) -> dict[str, Any]:
    found = json.loads(data)
    if not isinstance(found, dict):
        raise TypeError("an object is wanted")
    return found


def _decided(bench: Bench, what: str, told: dict[str, Any]) -> None:
    if what == "line":
        bench.line(str(told["page"]), int(told["line"]), str(told["verdict"]))
    elif what == "page":
        bench.tell(str(told["page"]), str(told["outlet"]), str(told["published"]))
    elif what == "group":
        bench.group(str(told["kind"]), [str(page) for page in told["pages"]])
    elif what != "again":
        raise UnreadableInputError(f"nothing here is called {what[:40]!r}")
