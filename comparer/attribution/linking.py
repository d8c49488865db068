"""Link a possible cue with its content and its source, by a learned chain over the words around it.

In: what is known of a text before linking. Out: a `Link` per possible cue that governs any content, with what tells how
sure it is. A link may be wrong: `confidence` says how likely it is right. Each cue is read on its own, so two links may
claim the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from comparer.attribution.chain import Chain, Numbers, Template, load_chain
from comparer.attribution.windows import Page, Window, coded_columns, windows_of

LABELS = ("O", "S", "T", "C")
LEAST_SOURCE = 0.1
_I = ("i", 0)
TEMPLATES: tuple[Template, ...] = (
    (_I, ("w", 0)), (_I, ("w", -1)), (_I, ("w", 1)),
    (_I, ("c", -1), ("c", 0), ("c", 1)), (_I, ("c", 0), ("c", 1), ("c", 2)), (_I, ("c", -2), ("c", -1), ("c", 0)),
    (_I, ("h", 0)), (_I, ("r", -1), ("r", 0), ("r", 1)), (_I, ("y", 0)), (_I, ("k", 0)), (("y", 0), ("h", 0)),
    (_I, ("k", 0), ("r", 0)), (_I, ("y", -1), ("y", 0), ("y", 1)),
    (_I, ("e", 0)), (_I, ("e", 0), ("c", 0)), (_I, ("d", 0), ("c", 0)), (_I, ("d", 0), ("f", 0), ("c", 0)),
    (_I, ("f", 0), ("e", 0)), (_I, ("l", 0), ("e", 0)), (_I, ("t", 0), ("e", 0)), (_I, ("l", 0), ("c", 0)),
    (_I, ("A", 0), ("z", 0)), (_I, ("B", 0), ("f", 0), ("z", 0)), (_I, ("s", 0), ("h", 0)),
    (_I, ("x", 0), ("z", 0), ("y", 0)), (("n", 0),),
    (_I, ("p", 0), ("v", 0)), (_I, ("p", 0), ("m", 0)), (_I, ("p", -1), ("p", 0), ("p", 1)),
    (_I, ("p", 0), ("p", 1), ("p", 2)), (_I, ("p", -2), ("p", -1), ("p", 0)), (_I, ("t", 0), ("p", 0)),
    (_I, ("u", 0), ("m", 0), ("p", 0)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Hold one reading of a possible cue; ranges are half-open places among all pieces of the text."""

    window: Window
    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]
    source_mean: float  # mean probability of the source's pieces; -1 without a source
    content_mean: float
    content_least: float
    least: float  # least probability of any piece's label
    hinted: tuple[int, int] | None = None  # likeliest source where none is likely enough to be marked

    @property
    def possible_cue(self) -> range:
        """Return the places of the cue as it was before linking."""
        return range(self.window.start + self.window.cue[0], self.window.start + self.window.cue[1])

    @property
    def content_places(self) -> set[int]:
        """Return the places of the content."""
        return {k for start, end in self.contents for k in range(start, end)}


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
        read = _read(window, found[start : start + length])
        if read is not None:
            links.append(read)
        start += length
    return links


def _read(window: Window, likely: Numbers) -> Link | None:
    best, sure = likely.argmax(axis=1).tolist(), likely.max(axis=1).tolist()
    contents = _runs(best, LABELS.index("T"))
    if not contents:
        return None
    source = max(_runs(best, LABELS.index("S")), key=_length, default=None)
    cue = max(_runs(best, LABELS.index("C")), key=_length, default=window.cue)
    content = [p for a, b in contents for p in sure[a:b]]
    return Link(
        window=window,
        source=_moved(source, window.start) if source else None,
        cue=_moved(cue, window.start),
        contents=tuple(_moved(r, window.start) for r in contents),
        source_mean=sum(sure[slice(*source)]) / _length(source) if source else -1.0,
        content_mean=sum(content) / len(content),
        content_least=min(content),
        least=min(sure),
        hinted=None if source else _hinted(window, best, likely[:, LABELS.index("S")].tolist()),
    )


def _hinted(window: Window, best: Sequence[int], source: Sequence[float]) -> tuple[int, int] | None:
    unmarked = [int(k == LABELS.index("O") and p > LEAST_SOURCE) for k, p in zip(best, source, strict=True)]
    part = max(_runs(unmarked, 1), key=lambda r: sum(source[slice(*r)]), default=None)
    return _moved(part, window.start) if part else None


def _length(part: tuple[int, int]) -> int:
    return part[1] - part[0]


def _moved(part: tuple[int, int], by: int) -> tuple[int, int]:
    return part[0] + by, part[1] + by


def _runs(labels: Sequence[int], wanted: int) -> list[tuple[int, int]]:
    """Return the longest stretches of one label, in order."""
    found: list[tuple[int, int]] = []
    for k, label in enumerate(labels):
        if label == wanted:
            found[-1:] = [(found[-1][0], k + 1)] if found and found[-1][1] == k else [*found[-1:], (k, k + 1)]
    return found
