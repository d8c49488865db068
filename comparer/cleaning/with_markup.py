"""Clean a page that came with tags: the lines' own words, the markup, and trafilatura's verdict together.

In: a RawPage with hints and markup. Out: blocks. A line that trafilatura takes for the article is kept unless its own
words say strongly that it is furniture; a paragraph that only the text speaks for is kept where it stands within the
article.
"""

from __future__ import annotations

import re

from comparer.cleaning.clean import block_of, records_of
from comparer.cleaning.decision import Record
from comparer.cleaning.lines import words_of
from comparer.model import Block, BlockKind
from comparer.reading.raw import RawPage

_LEAST_EVIDENCE = 60  # words trafilatura must return before its silence about a line counts
_BLANK = re.compile(r"\s+")


def clean_page(page: RawPage) -> tuple[Block, ...]:
    """Return the blocks of a page with markup."""
    records = records_of(page.text)
    taken = _taken_by_trafilatura(page.markup or "")
    if taken is not None and sum(len(line.split()) for line in taken[0]) >= _LEAST_EVIDENCE:
        _weigh(records, *taken)
    return tuple(block_of(r) for r in records)


def _taken_by_trafilatura(markup: str) -> tuple[frozenset[str], str] | None:
    """Return the lines of trafilatura's text, as words, alone and joined; None where it finds nothing."""
    import trafilatura

    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001 - evidence only; broken pages make parsers fail in many ways
        return None
    if not text:
        return None
    lines = [" ".join(words_of(line)) for line in text.splitlines()]
    return frozenset(lines), " " + " ".join(lines) + " "


def _weigh(records: list[Record], lines: frozenset[str], joined: str) -> None:
    inside = [r.unit.key in lines or (r.unit.words >= 6 and f" {r.unit.key} " in joined) for r in records]
    sure = [i for i, r in enumerate(records) if inside[i] and r.unit.words >= 10]
    if not sure:
        return
    first, last = sure[0], sure[-1]
    for i, one in enumerate(records):
        if one.kind in {BlockKind.TITLE, BlockKind.DUPLICATE, BlockKind.STANDFIRST}:
            continue
        if inside[i] and not one.kept and first - 2 <= i <= last + 2 and not one.furniture:
            one.decide(BlockKind.CONTENT, 0.8, "taken for the article by its markup")
        elif one.kept and not inside[i] and not (first <= i <= last and one.unit.prose):
            one.decide(BlockKind.OTHER, 0.6, "not taken for the article by its markup")
