"""Fetch the page at a web address that the caller gives; nothing else here uses the network."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from comparer.errors import UnreadableInputError, UsageError
from comparer.model.article import RawPage
from comparer.reading.formats import known
from comparer.reading.text import decode

_MOST_SECONDS = 60  # for a page to arrive whole


def read_url(url: str, *, outlet: str | None = None) -> RawPage:
    """Return the page at `url`; raise UnreadableInputError where it cannot be fetched or shows no text."""
    try:
        host = urlsplit(url).hostname if not re.search(r"\s", url) else None
    except ValueError:
        host = None
    if not url.lower().startswith(("http://", "https://")) or not host:
        raise UsageError(f"{url}: not a web address. It should begin with https://.")
    from threading import Thread

    from trafilatura.downloads import fetch_response

    answers: list[Any] = []
    fetching = Thread(target=lambda: answers.append(fetch_response(url, decode=False)), daemon=True)
    fetching.start()
    fetching.join(_MOST_SECONDS)
    data, status = (getattr(answers[0] if answers else None, name, None) for name in ("data", "status"))
    if not data or status not in (None, 200):
        why = f"the server answers {status}" if status else "could not be fetched"
        why = why if answers else f"took more than {_MOST_SECONDS} s"
        if re.fullmatch(
            r"localhost|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|::1|f[cd].*:.*", host
        ):
            why += f" ({host} is an address of this machine or of a private network)"
        raise UnreadableInputError(f"{url}: {why}. Check the connection, or save the page and give the file.")
    from comparer.reading.markup import page_from_markup

    page = page_from_markup(decode(data, url), url=url)
    if not page.text.strip():
        raise UnreadableInputError(
            f"{url}: the page shows no text without its scripts. Save it from a browser instead."
        )
    return known(page, data, outlet)
