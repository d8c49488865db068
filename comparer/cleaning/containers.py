"""Tell from the tags, classes and ids around a line what the page's makers put there.

In: what surrounds the lines, and which lines are certainly the article's. Out: for a line the kind its surroundings
name, and whether it stands in a container like the article's own paragraphs. Names are habits, not rules: pages whose
classes are made by a machine ("css-1x2y3z") say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from comparer.model import BlockKind
from comparer.resources.loader import load_lexicon

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"\d+")
_INNERMOST = 80  # characters of the surroundings that name a line's own container
_OWN_SHARE = 0.5  # of the article's paragraphs; a word around more of them says nothing
_LEAST_ALIKE = 2  # certain paragraphs that must stand in a container before it speaks for others


class Containers:
    """Know what surrounds the paragraphs that are certainly the article's, `around` each of them as text."""

    def __init__(self, around: Sequence[str]) -> None:
        counts = Counter(word for text in around for word in _words(text))
        self._own = {word for word, n in counts.items() if n >= _OWN_SHARE * len(around)}
        self._alike = Counter(_innermost(text) for text in around)

    def kind_of(self, around: str) -> BlockKind | None:
        """Return the kind of furniture that the surroundings name, or None.

        >>> paragraphs = Containers(["body article p"] * 3)
        >>> paragraphs.kind_of("body article div latest-box h3").value
        'related'
        >>> paragraphs.kind_of("body article blockquote p") is None
        True
        """
        told = (_words(around) - self._own) & _kinds().keys()
        return _kinds()[min(told)] if told else None

    def holds(self, around: str) -> bool:
        """Tell whether several of the article's certain paragraphs stand in just such a container.

        >>> Containers(["body article div12 p", "body article div13 p"]).holds("body article div14 p")
        True
        """
        return self._alike[_innermost(around)] >= _LEAST_ALIKE


@cache
def _kinds() -> dict[str, BlockKind]:
    groups = load_lexicon("cleaning_containers").groups
    return {entry: BlockKind(group.get("kind")) for group in groups for entry in group.entries}


def _words(around: str) -> set[str]:
    return set(_LETTERS.findall(_CAMEL.sub(" ", around).lower()))


def _innermost(around: str) -> str:
    return _DIGITS.sub("#", around)[-_INNERMOST:]
