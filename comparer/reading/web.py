"""Fetch a page from an address. The only place that uses the network, and only when the caller gives an address."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import urlsplit

from comparer.errors import UnreadableInputError
from comparer.model import Provenance
from comparer.reading.decode import decode
from comparer.reading.markup import page_from_markup
from comparer.reading.raw import RawPage


def read_url(url: str, *, outlet: str | None = None) -> RawPage:
    """Return the page at `url`; raise UnreadableInputError where it cannot be fetched or shows no text."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise UnreadableInputError(f"{url}: not a web address. It should begin with https://.")
    from trafilatura.downloads import fetch_response

    response = fetch_response(url, decode=False)
    data = getattr(response, "data", None)
    if not data:
        raise UnreadableInputError(
            f"{url}: could not be fetched. Check the connection, or save the page and give the file."
        )
    page = page_from_markup(decode(data, url), url=url)
    if not page.text.strip():
        raise UnreadableInputError(
            f"{url}: the page shows no text without its scripts. Save it from a browser instead."
        )
    given = (Provenance("outlet", outlet, "given"),) if outlet else ()
    kept = tuple(p for p in page.provenance if not (outlet and p.field == "outlet"))
    digest = hashlib.sha256(data).hexdigest()
    return replace(page, outlet=outlet or page.outlet, source_digest=digest, provenance=given + kept)
