"""Write what lies beside saved pages: a reviewer's decisions as TOML, what repeats on an outlet's pages as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable

from comparer.model import Decision, SiteProfile

_HEAD = """\
# What a reviewer decided about single blocks of the pages in this folder; every command of comparer honours it.
# `decision` is keep, drop or a kind. Where a line no longer reads as it did, the page is refused until this is mended.
# `comparer flag PAGE --set LINE=DECISION` rewrites this file: remarks that should last go into `note`.
"""


def review_toml(decisions: Iterable[Decision]) -> str:
    r"""Return the file's text, decisions by page and line.

    >>> written = review_toml([Decision("ferry.txt", 3, "Nobody was hurt.", "keep")])
    >>> print(written[written.index("[[block]]\npage") :])
    [[block]]
    page = "ferry.txt"
    line = 3
    text = "Nobody was hurt."
    decision = "keep"
    <BLANKLINE>
    """
    parts = [_HEAD]
    for one in sorted(decisions, key=lambda d: (d.page, d.line, d.text)):
        fields: list[tuple[str, str | int]] = [
            ("page", one.page),
            ("line", one.line),
            ("text", one.text),
            ("decision", one.verdict),
        ]
        fields += [(name, value) for name, value in (("sha256", one.digest), ("note", one.note)) if value]
        parts.append("[[block]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in fields))
    return "\n".join(parts)


def _value(value: str | int) -> str:
    """Write a value: JSON's strings are TOML's, but for the one control character that JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


FORMAT = "comparer site profile"
FORMAT_VERSION = 1


def site_json(site: SiteProfile) -> str:
    """Return the profile as JSON; equal profiles give equal bytes.

    >>> site_json(SiteProfile("Skerrow Post", 4, 4, ())).count("Skerrow Post")
    1
    """
    lines = [json.dumps(dataclasses.asdict(line), ensure_ascii=False) for line in site.lines]
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "outlet": site.outlet,
        "pages": site.pages,
        "stories": site.stories,
    }
    opened = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    inner = ",\n  ".join(lines)
    return f'{opened},\n "lines": [{f"{chr(10)}  {inner}{chr(10)} " if lines else ""}]\n}}\n'
