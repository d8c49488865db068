"""Read the front matter of a Markdown file: lines of `key: value` between two lines of three dashes.

In: text. Out: fields by name. The text itself is left as it is; the front matter is typed as furniture by its span.
Only flat `key: value` lines and simple lists are understood, which is what note-taking tools write.
"""

from __future__ import annotations

import re

from comparer.model import Span

_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w -]*?)\s*:\s*(.*)$")
_NAMES = {
    "title": "title",
    "outlet": "outlet",
    "source": "outlet",
    "site": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "url": "url",
    "link": "url",
    "published": "published",
    "date": "published",
    "byline": "byline",
    "author": "byline",
    "authors": "byline",
}


def front_matter(text: str) -> tuple[dict[str, str], Span | None]:
    r"""Return the known fields and the span of the whole front matter, or nothing and None.

    >>> fields, _ = front_matter("---\ntitle: Ferry aground\nsource: The Skerrow Post\n---\nA ferry ran aground.")
    >>> fields
    {'title': 'Ferry aground', 'outlet': 'The Skerrow Post'}
    """
    match = _FENCE.match(text[:20_000])
    if match is None:
        return {}, None
    fields: dict[str, str] = {}
    key = ""
    for line in match.group(1).splitlines():
        field = _FIELD.match(line)
        if field is not None:
            key = _NAMES.get(field.group(1).strip().lower(), "")
            value = _plain(field.group(2))
        elif key and line.lstrip().startswith("- "):
            value = ", ".join(v for v in (fields.get(key, ""), _plain(line.strip()[2:])) if v)
            fields.pop(key, None)
        else:
            continue
        if key and value:
            fields.setdefault(key, value)
    return fields, Span(match.start(), len(match.group().rstrip()))


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_plain(v) for v in value[1:-1].split(",") if v.strip())
    return value.strip("\"'").strip()
