"""Read possible cues and what each governs with two learned chains: where no reader of our own may run.

In: the units of a text. Out: a `Link` per possible cue that governs any content. The first chain labels words, the
second marks content and source of one possible cue. Weights come from `training/attribution.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from comparer.attribution.columns import Page, coded_columns, sentence_columns, windows_of, word_columns
from comparer.attribution.labelling import Chain, label, load_chain, places
from comparer.attribution.links import Link, Tried, read_link
from comparer.attribution.units import Unit


def read_page(units: Sequence[Unit], chain: Chain | None = None) -> Page:
    """Return what linking rests on: words and labels."""
    base: list[int] = []
    for number in range(len(units)):
        base.append(base[-1] + len(units[number - 1].pieces) if number else 0)
    words = word_columns(units)
    columns = words.values | sentence_columns(units, words)
    labelled = label(columns, places(units, words.first), [len(unit.pieces) for unit in units], chain)
    return Page(units, words, labelled, base)


@cache
def _chain() -> Chain:
    return load_chain("attribution_links")


def link(page: Page, chain: Chain | None = None) -> list[Link]:
    """Return the links of a text in page order."""
    windows = windows_of(page)
    if not windows:
        return []
    chain = chain or _chain()
    coded, at = coded_columns(page, windows, chain.vocabulary)
    lengths = [len(w.rows) for w in windows]
    found = chain.probabilities(coded, at, lengths)
    links: list[Link] = []
    start = 0
    for window, length in zip(windows, lengths, strict=True):
        first, last = (window.start + k for k in window.cue)
        base = page.base[window.unit]
        chances = page.labelled[window.unit].roles[first - base : last - base, 1].tolist()
        read = read_link(
            Tried(window.unit, range(first, last), tuple(chances)), window.start, found[start : start + length]
        )
        if read is not None:
            links.append(read)
        start += length
    return links
