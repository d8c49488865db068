"""Write a reviewer's decisions as TOML that a person can read and correct."""

from __future__ import annotations

import json
from collections.abc import Iterable

from comparer.model import Decision

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
