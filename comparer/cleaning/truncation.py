"""Tell whether the saved text stops before the article does.

In: the text and its blocks. Out: True where the last kept paragraph stops in mid-sentence, or where a prompt to
subscribe or read on follows it at once. A poem or a list at the end fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comparer.model import Block, BlockKind

_ENDS = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]›“\s]*(?:[®©↩︎*■●◆]|\[\d+\])?\s*$")
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_READ_ON = re.compile(
    r"\b(?:continue reading|read the full|read the rest|keep reading|rest of this (?:article|story)"
    r"|subscribe to (?:continue|read|unlock)"
    r"|subscribers? only|for subscribers|log in to (?:read|continue)|sign in to (?:read|continue)|unlock (?:this"
    r"|the full)"
    r"|to read (?:more|this|the)|already a subscriber|free articles|register to (?:read|continue))\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 6


def is_truncated(text: str, blocks: Sequence[Block]) -> bool:
    """Tell whether the article is cut off.

    >>> page = "The council will meet again on Friday, when the mayor is"
    >>> from comparer.model import Span
    >>> is_truncated(page, (Block(Span(0, len(page)), BlockKind.CONTENT, 0.9, ""),))
    True
    """
    at = max((i for i, b in enumerate(blocks) if b.kind is BlockKind.CONTENT), default=None)
    if at is None:
        return False
    last = blocks[at].span.of(text)
    if len(last.split()) >= _LEAST_WORDS and (not _ENDS.search(last) or _CUT.search(last)):
        return True
    following = blocks[at + 1 : at + 4]
    return any(_READ_ON.search(b.span.of(text)[:300]) for b in following if b.kind is BlockKind.NEWSLETTER)
