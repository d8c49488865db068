"""Recognise lines of furniture by the phrases in them.

In: one unit. Out: the strongest cue, or None. The phrases lie in `resources/cleaning_cues.toml`; each group says where
in a line its phrases count and how long a line may be. Position on the page is not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from comparer.cleaning.lines import Unit, words_of
from comparer.model import BlockKind
from comparer.resources.loader import LexiconGroup, load_lexicon

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


@dataclass(slots=True)
class _Phrase:
    forms: list[str]
    offset: int  # of its longest word, by which it is found
    place: str
    most: int
    colon: bool
    cue: Cue
    in_prose: float
    order: tuple[bool, int] = (False, 0)  # in which phrases that begin at one word count: single words first


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
    if unit.digit:
        forms = ["#" if f.isdigit() else f for f in forms]
    standing = _candidates(forms, unit)
    if not standing:
        return None
    best: dict[BlockKind, tuple[float, Cue]] = {}
    reached: dict[BlockKind, int] = {}
    for at, phrase in standing:
        kind, strength = phrase.cue.kind, phrase.in_prose if unit.prose else phrase.cue.strength
        before, cue = best.get(kind, (0.0, phrase.cue))
        if before and at >= reached[kind]:
            before = min(_SURE, before + _SECOND)
        best[kind] = (strength, phrase.cue) if strength > before else (before, cue)
        reached[kind] = at + len(phrase.forms)
    strength, cue = max(best.values(), key=lambda item: item[0])
    return cue if strength == cue.strength else replace(cue, strength=round(strength, 3))


def _candidates(forms: list[str], unit: Unit) -> list[tuple[int, _Phrase]]:
    """Return the phrases whose words stand in the line where they count, and their places, in order."""
    if not forms:
        return []
    index = _index()
    found = []
    if len(forms) <= index.longest_line and (whole := index.lines.get(tuple(forms))):
        found = [(0, phrase) for phrase in whole]
    if begun := index.starts.get(forms[0]):
        found += [(0, phrase) for phrase in begun if forms[: len(phrase.forms)] == phrase.forms]
    words, count = unit.words, len(forms)
    for anchor in index.anchors & unit.vocabulary:
        near = [phrase for phrase in index.anchored[anchor] if words <= phrase.most]
        for place in _places(forms, anchor) if near else ():
            for phrase in near:
                at = place - phrase.offset
                end = at + len(phrase.forms)
                if at >= 0 and forms[at:end] == phrase.forms and (end == count or phrase.place != "end"):
                    found.append((at, phrase))
    if not found:
        return found
    found = [(at, phrase) for at, phrase in found if _counts(phrase, unit)]
    return sorted(found, key=_place_and_order)


def _places(forms: list[str], wanted: str) -> list[int]:
    if forms.count(wanted) == 1:
        return [forms.index(wanted)]
    return [place for place, form in enumerate(forms) if form == wanted]


def _place_and_order(found: tuple[int, _Phrase]) -> tuple[int, tuple[bool, int]]:
    return found[0], found[1].order


def _counts(phrase: _Phrase, unit: Unit) -> bool:
    """Tell whether the line is short enough, and has a colon where the phrase asks for one."""
    if unit.words > phrase.most:
        return False
    return not phrase.colon or ":" in (unit.text[:40] if phrase.place == "start" else unit.text)


@dataclass(slots=True)
class _Index:
    """Hold the phrases that are a whole line, those that begin one by their first word, others by their longest."""

    lines: dict[tuple[str, ...], list[_Phrase]] = field(default_factory=dict)
    starts: dict[str, list[_Phrase]] = field(default_factory=dict)
    anchored: dict[str, list[_Phrase]] = field(default_factory=dict)
    longest_line: int = 0
    anchors: frozenset[str] = frozenset()


@cache
def _index() -> _Index:
    index = _Index()
    phrases = (phrase for group in load_lexicon("cleaning_cues").groups for phrase in _phrases(group))
    for number, phrase in enumerate(phrases):
        phrase.order = (len(phrase.forms) > 1, number)
        if phrase.place == "line":
            index.lines.setdefault(tuple(phrase.forms), []).append(phrase)
        elif phrase.place == "start":
            index.starts.setdefault(phrase.forms[0], []).append(phrase)
        else:
            index.anchored.setdefault(phrase.forms[phrase.offset], []).append(phrase)
    index.longest_line = max(map(len, index.lines), default=0)
    index.anchors = frozenset(index.anchored)
    return index


def _phrases(group: LexiconGroup) -> Iterator[_Phrase]:
    kind, strength, place = BlockKind(group.get("kind")), float(group.get("strength")), group.get("place")
    cue = Cue(kind, strength, group.get("reason"), group.get("head"), group.name)
    in_prose, most = float(group.get("prose") or strength), int(group.get("most"))
    for entry in group.entries:
        forms = ["#" if f.isdigit() else f for f in words_of(entry.replace("#", " 0 ").lower())]
        longest = max(forms, key=lambda form: (form != "#", len(form)))
        yield _Phrase(forms, forms.index(longest), place, most, ":" in entry, cue, in_prose)
