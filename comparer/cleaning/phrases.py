"""Recognise lines by what they say: phrases of furniture, an outlet's words about itself, an author's description.

In: one unit. Out: the strongest cue, or None. The phrases lie in `resources/cleaning_cues.toml`; each group says where
in a line its phrases count and how long a line may be. Prompts have patterns that no list holds: a price alone is no
offer and an app alone no prompt, each asks for the call to the reader or for the outlet's word about itself. For an
outlet's voice it counts we and our outside quotation marks, and words of self-praise and of self-description; it fails
on columns in the plural of modesty. Position on the page is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from comparer.cleaning.lines import Cue, Unit, any_of, late, words_of
from comparer.model import BlockKind
from comparer.resources.loader import load_lexicon, word_set

_SURE = 0.96  # belief that further phrases of the same kind lead to
_TELLS = word_set("cleaning_words", "said", "was")
_TOLD = 0.8  # belief in one phrase in running text that tells what others said or did
_TO_READER = word_set("cleaning_words", "reader", "speaker")
_SECOND = 0.15  # what a second phrase of one kind adds to the belief
_FIRST, _LAST = 80, 30  # words of a long line in which phrases are looked for: its beginning and its end
_QUOTED = late(r"[\"“«„][^\"”»“]*[\"”»“]?")
_WE = late(rf"\b(?:{any_of('first_person')})\b", re.IGNORECASE)
_FIRST_PERSON = word_set("cleaning_words", "first_person")
_DESCRIBES = late(rf"\b(?:{any_of('outlet_describes')}|since \d{{4}})\b", re.IGNORECASE)
_PRAISES = late(rf"\b(?:{any_of('outlet_praises')})\b", re.IGNORECASE)
_BIO = late(
    rf"\b(?:is|was|has been) (?:an?|the|our)\b.{{0,60}}\b(?:{any_of('bio_professions')})\b"
    r"|\b(?:covers|writes (?:about|on|for)|reports on|reported from)\b.{0,80}\b(?:for|at|the|and)\b",
    re.IGNORECASE,
)
_BIO_WORDS = word_set("cleaning_words", "bio_professions", "bio_verbs")

_MOST_PROMPT = 60
_ADVERTISING = late(
    r"\W*(?:sponsored(?: content| post| by [^:]{2,40})?|advertisement|advertorial|promoted"
    r"|paid (?:content|post|partnership)|partner content)\s*(?::|\||\s[-–—/\ufffd]\s?)\s*\S",
    re.IGNORECASE,
)
_MARKED = late(r"\((?:sponsored|advertisement|advertorial|promoted|ad)\)$", re.IGNORECASE)
_APP = late(r"\b(?:get|download|install|try)\s+(?:the|our)\s+(?:[\w'’-]+\s+){0,3}apps?\b(?! store)", re.IGNORECASE)
_OWN_LETTER = late(
    r"\b(?:our|my)\s+(?:[\w'’-]+\s+){0,2}(?:newsletters?|e-?mail (?:bulletin|briefing)s?)\b", re.IGNORECASE
)
_BY_MAIL = late(
    r"^\W*(?:receive|get|have|read)\b.{2,60}\b(?:by|via|in your|to your|straight to your)\s+"
    r"(?:e-?mail|inbox|mailbox)\b",
    re.IGNORECASE,
)
_PRICE = late(
    r"^\W*(?:(?:try|subscribe|join|upgrade)\b.{0,80}?|get\b.{0,80}?\b(?:for|from)\s+(?:only\s+|just\s+)?)"
    r"(?:[£$€]\s?\d+(?:[.,]\d+)?|\b\d+ (?:dollars?|euros?|pounds?|cents))"
    r"\s+(?:an?|per|every|for (?:your|the) first)\s+(?:day|week|month|year)\b",
    re.IGNORECASE,
)
_DONATE = late(
    r"^\W*(?:please )?support\s+(?:our\s+)?(?:[\w-]+\s+){0,2}?(?:journalism|reporting|newsroom)\b"
    r"|^\W*(?:please )?support\s+our\s+(?:work|mission)\b|^\W*donate (?:today|now)\b"
    r"|\bdonate (?:today|here|now)\W*(?:\([^)]*\)\W*)?$",
    re.IGNORECASE,
)
_OUTLET_WORD = (
    r"(?:news(?:paper| site| brand| source| platform| outlet| service| magazine|room)?|paper|outlet|website"
    r"|site|magazine|broadcaster|brand|publication|voice|weekly|daily|journal|broadsheet)"
)
_RANKED = (
    r"(?:most[- ](?:trusted|read|reliable|respected|influential|popular)|number one|no\.? ?1|leading|fastest[- ]growing"
    r"|premier|favou?rite|largest|biggest|best[- ]read)"
)
_PRAISES_ITSELF = late(
    rf"\b(?:is|are|has become|remains)\s+(?:the\s+|a\s+)?(?:[\w.-]+['’]s?\s+)?{_RANKED}"
    rf"\s+(?:[\w-]+\s+){{0,2}}{_OUTLET_WORD}\b",
    re.IGNORECASE,
)
_PRAISE_WORD = late(
    r"\b(?:most trusted|trusted?|award-winning|world-class|courageous|fearless|impartial|unbiased|independent|quality"
    r"|celebrated|exclusive|insight|in-depth|unrivall?ed|unparalleled|acclaimed|fiercely|journalism)\b",
    re.IGNORECASE,
)
# Words without one of which a line cannot be what the patterns above look for.
_PROMPTING = frozenset(
    "sponsored advertisement advertorial promoted ad paid partner app apps newsletter newsletters bulletin bulletins"
    " briefing briefings mail email inbox mailbox try subscribe join upgrade get support donate most number no leading"
    " fastest premier favourite favorite largest biggest best".split()
)
_REPORTED = frozenset({"said", "says", "told", "according", "added", "found", "poll", "survey"})


# The longest line of each (words), how it looks, what it is, in running text as well.
_PROMPTS = (
    (30, _APP, Cue(BlockKind.PROMOTION, 0.9, "prompt to install an app")),
    (40, _DONATE, Cue(BlockKind.PROMOTION, 0.9, "asks for support or a donation")),
    (25, _BY_MAIL, Cue(BlockKind.NEWSLETTER, 0.92, "newsletter or subscription prompt")),
    (25, _PRICE, Cue(BlockKind.NEWSLETTER, 0.92, "newsletter or subscription prompt")),
)


class _Phrase(NamedTuple):
    """Hold a phrase; `offset` is that of its longest word, by which it is found, `most` the words of a line."""

    forms: list[str]
    offset: int
    place: str
    most: int
    colon: bool
    cue: Cue
    in_prose: float
    order: tuple[bool, int]  # in which phrases that begin at one word count: single words first


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
    told = unit.prose and _TO_READER.isdisjoint(unit.vocabulary) and not _TELLS.isdisjoint(unit.vocabulary)
    best: dict[BlockKind, tuple[float, Cue]] = {}
    reached: dict[BlockKind, int] = {}
    for at, phrase in standing:
        kind, strength = phrase.cue.kind, phrase.in_prose if unit.prose else phrase.cue.strength
        strength = min(strength, _TOLD) if told and kind is not BlockKind.WIRE_CREDIT else strength
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
    lines, starts, anchored = _index()
    found = [(0, phrase) for phrase in lines.get(" ".join(forms), ())]
    found += [(0, phrase) for phrase in starts.get(forms[0], ()) if forms[: len(phrase.forms)] == phrase.forms]
    for anchor in anchored.keys() & unit.vocabulary:
        near = [phrase for phrase in anchored[anchor] if unit.words <= phrase.most]
        for place in [place for place, form in enumerate(forms) if form == anchor] if near else ():
            for phrase in near:
                at = place - phrase.offset
                end = at + len(phrase.forms)
                if at >= 0 and forms[at:end] == phrase.forms and (end == len(forms) or phrase.place != "end"):
                    found.append((at, phrase))
    found = [(at, phrase) for at, phrase in found if _counts(phrase, unit)]
    return sorted(found, key=lambda standing: (standing[0], standing[1].order))


def _counts(phrase: _Phrase, unit: Unit) -> bool:
    """Tell whether the line is short enough, and where the phrase asks for a colon one that opens no quotation."""
    if unit.words > phrase.most:
        return False
    if not phrase.colon or phrase.place == "start":
        return not phrase.colon or ":" in unit.text[:40]
    return re.search(rf"\b{phrase.forms[-1]}\s?:(?!\s*[\"'“‘«„])", unit.text, re.IGNORECASE) is not None


@cache
def _index() -> tuple[dict[str, list[_Phrase]], ...]:
    """Return the phrases that are a whole line, those that begin one by their first word, others by their longest."""
    lines: dict[str, list[_Phrase]] = {}
    starts: dict[str, list[_Phrase]] = {}
    anchored: dict[str, list[_Phrase]] = {}
    for phrase in _phrases():
        if phrase.place == "line":
            lines.setdefault(" ".join(phrase.forms), []).append(phrase)
        elif phrase.place == "start":
            starts.setdefault(phrase.forms[0], []).append(phrase)
        else:
            anchored.setdefault(phrase.forms[phrase.offset], []).append(phrase)
    return lines, starts, anchored


def _phrases() -> Iterator[_Phrase]:
    entries = ((entry, group) for group in load_lexicon("cleaning_cues").groups for entry in group.entries)
    for number, (entry, group) in enumerate(entries):
        strength = float(group.get("strength"))
        cue = Cue(BlockKind(group.get("kind")), strength, group.get("reason"), group.get("head"))
        in_prose, most = float(group.get("prose") or strength), int(group.get("most"))
        forms = ["#" if f.isdigit() else f for f in words_of(entry.replace("#", " 0 ").lower())]
        offset = forms.index(max(forms, key=lambda form: (form != "#", len(form))))
        yield _Phrase(forms, offset, group.get("place"), most, ":" in entry, cue, in_prose, (len(forms) > 1, number))


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
    own = _QUOTED().sub(" ", unit.text[:4000])
    we = len(_WE().findall(own))
    if not we:
        return None
    describes = len({m.lower() for m in _DESCRIBES().findall(own)})
    praises = len({m.lower() for m in _PRAISES().findall(own)})
    share = we / unit.words
    if describes >= 2 and praises >= 1 and we >= 2 and share > 0.01:
        return Cue(BlockKind.ABOUT_OUTLET, 0.9, "the outlet describes and praises itself")
    if describes + praises >= 2 and share > 0.02:
        return Cue(BlockKind.ABOUT_OUTLET, 0.7, "the outlet describes itself")
    return None


def describes_author(unit: Unit) -> bool:
    """Tell whether a line says what somebody writes, or for whom."""
    return not _BIO_WORDS.isdisjoint(unit.vocabulary) and _BIO().search(unit.text) is not None


def find_prompt(unit: Unit) -> Cue | None:
    """Return what the line asks of the reader or says of its own outlet, or None.

    >>> from comparer.cleaning.lines import units
    >>> find_prompt(units("Try the Skerrow Post for £1 a month.")[0]).kind.value
    'newsletter'
    >>> find_prompt(units("A ticket costs £1 a month more than it did, she said.")[0]) is None
    True
    """
    if _PROMPTING.isdisjoint(unit.vocabulary) or unit.text[0] in "\"“'‘«„":
        return None
    if not 2 <= unit.words <= _MOST_PROMPT or len(unit.text) > 10 * _MOST_PROMPT:
        return None
    if unit.words <= 25 and (_ADVERTISING().match(unit.text) or _MARKED().search(unit.text)):
        return Cue(BlockKind.PROMOTION, 0.93, "marked as advertising")
    return _call(unit) or _own_praise(unit) if _REPORTED.isdisjoint(unit.vocabulary) else None


def _call(unit: Unit) -> Cue | None:
    for most, looks, cue in _PROMPTS:
        if unit.words <= most and looks().search(unit.text):
            return cue
    if unit.words <= 25 and _OWN_LETTER().search(unit.text):
        return Cue(BlockKind.NEWSLETTER, 0.7 if unit.prose else 0.88, "newsletter or subscription prompt")
    return None


def _own_praise(unit: Unit) -> Cue | None:
    """Return a cue where a line ranks an outlet and praises it besides, in the third person."""
    ranked = _PRAISES_ITSELF().search(unit.text)
    if ranked is None:
        return None
    rest = unit.text[: ranked.start()] + unit.text[ranked.end() :]
    if len({m.lower() for m in _PRAISE_WORD().findall(rest)}) >= 2:
        return Cue(BlockKind.ABOUT_OUTLET, 0.9, "ranks and praises the outlet")
    return Cue(BlockKind.ABOUT_OUTLET, 0.6, "ranks the outlet among others")
