"""Recognise lines by what they say: phrases of furniture, an outlet's words about itself, an author's description.

In: one unit. Out: the strongest cue, or None. The phrases lie in `resources/cleaning_cues.toml`; each group says where
in a line its phrases count and how long a line may be. For an outlet's voice it counts how often the text outside
quotation marks says we and our, and how many words of self-praise and of self-description stand in it; it fails on
columns written in the plural of modesty, so the belief stays low unless both kinds of evidence meet. Position on the
page is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from comparer.cleaning.lines import Cue, Unit, any_of, late, words_of
from comparer.model import BlockKind
from comparer.resources.loader import LexiconGroup, load_lexicon, word_set

_SURE = 0.96  # belief that further phrases of the same kind lead to
_SECOND = 0.15  # what a second phrase of one kind adds to the belief
_FIRST, _LAST = 80, 30  # words of a long line in which phrases are looked for: its beginning and its end
_QUOTED = late(r"[\"“«„][^\"”»“]*[\"”»“]?")
_WE = late(rf"\b(?:{any_of('first_person')})\b", re.IGNORECASE)
_FIRST_PERSON = word_set("cleaning_words", "first_person")
_DESCRIBES = late(rf"\b(?:{any_of('outlet_describes')}|since \d{{4}})\b", re.IGNORECASE)
_PRAISES = late(rf"\b(?:{any_of('outlet_praises')})\b", re.IGNORECASE)
# A word of each phrase above; a line with fewer than two of them describes and praises nobody.
_TELLING = word_set("cleaning_words", "outlet_telling")
_BIO = late(
    rf"\b(?:is|was|has been) (?:an?|the|our)\b.{{0,60}}\b(?:{any_of('bio_professions')})\b"
    r"|\b(?:covers|writes (?:about|on|for)|reports on|reported from)\b.{0,80}\b(?:for|at|the|and)\b",
    re.IGNORECASE,
)
_BIO_WORDS = word_set("cleaning_words", "bio_professions", "bio_verbs")


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
    return cue if strength == cue.strength else cue._replace(strength=round(strength, 3))


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
    """Tell whether the line is short enough, and where the phrase asks for a colon one that opens no quotation."""
    if unit.words > phrase.most:
        return False
    if not phrase.colon or phrase.place == "start":
        return not phrase.colon or ":" in unit.text[:40]
    return re.search(rf"\b{phrase.forms[-1]}\s?:(?!\s*[\"'“‘«„])", unit.text, re.IGNORECASE) is not None


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


def self_voice(unit: Unit) -> Cue | None:
    """Return a cue where the line reads like an outlet's text about itself.

    >>> from comparer.cleaning.lines import units
    >>> page = "Our newsroom was founded in 1998. We are the most trusted source here, and our readers know it well."
    >>> self_voice(units(page)[0]).kind.value
    'about_outlet'
    >>> self_voice(units("We waited for our ferry, she wrote, and it never came to the harbour that day.")[0]) is None
    True
    """
    if unit.words < 12 or _FIRST_PERSON.isdisjoint(unit.vocabulary):
        return None
    if sum(form.partition("'")[0] in _TELLING for form in unit.forms) < 2:
        return None
    own = _QUOTED().sub(" ", unit.text[:4000])
    we = len(_WE().findall(own))
    if not we:
        return None
    describes = len({m.lower() for m in _DESCRIBES().findall(own)})
    praises = len({m.lower() for m in _PRAISES().findall(own)})
    share = we / unit.words
    if describes >= 2 and praises >= 1 and we >= 2 and share > 0.01:
        return Cue(BlockKind.ABOUT_OUTLET, 0.9, "the outlet describes and praises itself", group="voice")
    if describes + praises >= 2 and share > 0.02:
        return Cue(BlockKind.ABOUT_OUTLET, 0.7, "the outlet describes itself", group="voice")
    return None


def describes_author(unit: Unit) -> bool:
    """Tell whether a line says what somebody writes, or for whom."""
    return not _BIO_WORDS.isdisjoint(unit.vocabulary) and _BIO().search(unit.text) is not None
