"""Recognise lines of furniture by the phrases in them.

In: one unit. Out: the strongest cue, or None. The phrases lie in `resources/cleaning_cues.toml`; each group says where
in a line its phrases count and how long a line may be. Position on the page is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from comparer.cleaning.lines import Unit, words_of
from comparer.model import BlockKind
from comparer.resources.loader import LexiconGroup, load_lexicon

_DIGIT = re.compile(r"\d")
_SURE = 0.96  # belief that further phrases of the same kind lead to
_SECOND = 0.15  # what a second phrase of one kind adds to the belief
_FIRST, _LAST = 80, 30  # words of a long line in which phrases are looked for: its beginning and its end


@dataclass(frozen=True, slots=True)
class Cue:
    """Hold what a line gives away: its kind, the belief in it (0..1), why, and the section it opens, if any."""

    kind: BlockKind
    strength: float
    reason: str
    head: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    forms: tuple[str, ...]
    place: str
    most: int
    colon: bool
    cue: Cue
    in_prose: float


def find_cue(unit: Unit) -> Cue | None:
    """Return the strongest cue of the line; of equally strong ones the one that stands first.

    >>> from comparer.cleaning.lines import units
    >>> find_cue(units("Sign up for our newsletter to stay up to date.")[0]).kind.value
    'newsletter'
    >>> find_cue(units("He read the prisoners' newsletter every week.")[0]) is None
    True
    """
    forms = unit.forms
    if len(forms) > _FIRST + _LAST:
        forms = forms[:_FIRST] + forms[-_LAST:]
    if _DIGIT.search(unit.text):
        forms = ["#" if f.isdigit() else f for f in forms]
    best: dict[BlockKind, tuple[float, Cue]] = {}
    reached: dict[BlockKind, int] = {}
    for at, phrase in _candidates(forms):
        if not _stands(phrase, forms, at, unit):
            continue
        kind, strength = phrase.cue.kind, phrase.in_prose if unit.prose else phrase.cue.strength
        before, cue = best.get(kind, (0.0, phrase.cue))
        if before and at >= reached[kind]:
            before = min(_SURE, before + _SECOND)
        best[kind] = (strength, phrase.cue) if strength > before else (before, cue)
        reached[kind] = at + len(phrase.forms)
    if not best:
        return None
    strength, cue = max(best.values(), key=lambda item: item[0])
    return replace(cue, strength=round(strength, 3))


def _candidates(forms: list[str]) -> Iterator[tuple[int, _Phrase]]:
    """Yield the phrases that may stand in the line, and where: found by their first two words."""
    index, last = _index(), len(forms) - 1
    for at, form in enumerate(forms):
        found = index.get(form)
        if found is None:
            continue
        for phrase in found.get("", ()):
            yield at, phrase
        if at < last:
            for phrase in found.get(forms[at + 1], ()):
                yield at, phrase


def _stands(phrase: _Phrase, forms: list[str], at: int, unit: Unit) -> bool:
    length = len(phrase.forms)
    if unit.words > phrase.most or tuple(forms[at : at + length]) != phrase.forms:
        return False
    if phrase.place == "line":
        return at == 0 and length == len(forms)
    if phrase.place == "start":
        return at == 0 and (not phrase.colon or ":" in unit.text[:40])
    if phrase.place == "end":
        return at + length == len(forms)
    return not phrase.colon or ":" in unit.text


@cache
def _index() -> dict[str, dict[str, tuple[_Phrase, ...]]]:
    """Return the phrases by their first word and then by their second, "" where they have one word."""
    found: dict[str, dict[str, tuple[_Phrase, ...]]] = {}
    for group in load_lexicon("cleaning_cues").groups:
        for entry in group.entries:
            phrase = _phrase(group, entry)
            if phrase.forms:
                seconds = found.setdefault(phrase.forms[0], {})
                second = phrase.forms[1] if len(phrase.forms) > 1 else ""
                seconds[second] = (*seconds.get(second, ()), phrase)
    return found


def _phrase(group: LexiconGroup, entry: str) -> _Phrase:
    spoken = entry.replace("#", " 0 ").lower()
    forms = tuple("#" if f.isdigit() else f for f in words_of(spoken))
    cue = Cue(
        BlockKind(group.get("kind")), float(group.get("strength")), group.get("reason"), group.get("head"), group.name
    )
    in_prose = float(group.get("prose") or group.get("strength"))
    return _Phrase(forms, group.get("place"), int(group.get("most")), ":" in entry, cue, in_prose)
