"""Recognise prompts and notices by patterns that no list of phrases holds: offers, apps, own newsletters, own praise.

In: one unit. Out: a cue or None. A price alone is no offer and an app alone no prompt: each pattern asks for the call
to the reader or for the outlet's word about itself. Quotations and reported speech are left alone.
"""

from __future__ import annotations

import re

from comparer.cleaning.cues import Cue
from comparer.cleaning.lines import Unit
from comparer.model import BlockKind

_MOST_WORDS = 60
_ADVERTISING = re.compile(
    r"\W*(?:sponsored(?: content| post| by [^:]{2,40})?|advertisement|advertorial|promoted"
    r"|paid (?:content|post|partnership)|partner content)\s*(?::|\||\s[-–—/\ufffd]\s?)\s*\S",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\((?:sponsored|advertisement|advertorial|promoted|ad)\)$", re.IGNORECASE)
_APP = re.compile(
    r"\b(?:get|download|install|try)\s+(?:the|our)\s+(?:[\w'’-]+\s+){0,3}apps?\b(?! store)", re.IGNORECASE
)
_OWN_LETTER = re.compile(
    r"\b(?:our|my)\s+(?:[\w'’-]+\s+){0,2}(?:newsletters?|e-?mail (?:bulletin|briefing)s?)\b", re.IGNORECASE
)
_BY_MAIL = re.compile(
    r"\W*(?:receive|get|have|read)\b.{2,60}\b(?:by|via|in your|to your|straight to your)\s+(?:e-?mail|inbox|mailbox)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\W*(?:(?:try|subscribe|join|upgrade)\b.{0,80}?|get\b.{0,80}?\b(?:for|from)\s+(?:only\s+|just\s+)?)"
    r"(?:[£$€]\s?\d+(?:[.,]\d+)?|\b\d+ (?:dollars?|euros?|pounds?|cents))"
    r"\s+(?:an?|per|every|for (?:your|the) first)\s+(?:day|week|month|year)\b",
    re.IGNORECASE,
)
_DONATE = re.compile(
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
_PRAISES_ITSELF = re.compile(
    rf"\b(?:is|are|has become|remains)\s+(?:the\s+|a\s+)?(?:[\w.-]+['’]s?\s+)?{_RANKED}"
    rf"\s+(?:[\w-]+\s+){{0,2}}{_OUTLET_WORD}\b",
    re.IGNORECASE,
)
_PRAISE_WORD = re.compile(
    r"\b(?:most trusted|trusted?|award-winning|world-class|courageous|fearless|impartial|unbiased|independent|quality"
    r"|celebrated|exclusive|insight|in-depth|unrivall?ed|unparalleled|acclaimed|fiercely|journalism)\b",
    re.IGNORECASE,
)
# Words without one of which a line cannot be what the patterns above look for.
_MARKING = frozenset("sponsored advertisement advertorial promoted ad paid partner".split())
_APPS = frozenset({"app", "apps"})
_LETTERS = frozenset("newsletter newsletters bulletin bulletins briefing briefings".split())
_MAIL = frozenset({"mail", "email", "inbox", "mailbox"})
_BUYING = frozenset({"try", "subscribe", "join", "upgrade", "get"})
_GIVING = frozenset({"support", "donate"})
_RANKING = frozenset("most number no leading fastest premier favourite favorite largest biggest best".split())
_TELLING = _MARKING | _APPS | _LETTERS | _MAIL | _BUYING | _GIVING | _RANKING
_REPORTED = frozenset({"said", "says", "told", "according", "added", "found", "poll", "survey"})


def find_prompt(unit: Unit) -> Cue | None:
    """Return what the line asks of the reader or says of its own outlet, or None.

    >>> from comparer.cleaning.lines import units
    >>> find_prompt(units("Try the Skerrow Post for £1 a month.")[0]).kind.value
    'newsletter'
    >>> find_prompt(units("A ticket costs £1 a month more than it did, she said.")[0]) is None
    True
    """
    if not 2 <= unit.words <= _MOST_WORDS or len(unit.text) > 10 * _MOST_WORDS or unit.text[0] in "\"“'‘«„":
        return None
    if _TELLING.isdisjoint(unit.vocabulary):
        return None
    if unit.words <= 25 and _has(unit, _MARKING) and (_ADVERTISING.match(unit.text) or _MARKED.search(unit.text)):
        return Cue(BlockKind.PROMOTION, 0.93, "marked as advertising", group="promotion")
    if not _REPORTED.isdisjoint(unit.vocabulary):
        return None
    return _call(unit) or _own_praise(unit)


def _call(unit: Unit) -> Cue | None:
    if unit.words <= 30 and _has(unit, _APPS) and _APP.search(unit.text):
        return Cue(BlockKind.PROMOTION, 0.9, "prompt to install an app", group="promotion")
    if unit.words <= 40 and _has(unit, _GIVING) and _DONATE.search(unit.text):
        return Cue(BlockKind.PROMOTION, 0.9, "asks for support or a donation", group="promotion")
    by_mail = unit.words <= 25 and _has(unit, _MAIL) and _BY_MAIL.match(unit.text)
    if by_mail or (unit.words <= 25 and unit.forms[0] in _BUYING and _PRICE.match(unit.text)):
        return Cue(BlockKind.NEWSLETTER, 0.92, "newsletter or subscription prompt", group="newsletter")
    if unit.words <= 25 and _has(unit, _LETTERS) and _OWN_LETTER.search(unit.text):
        strength = 0.7 if unit.prose else 0.88
        return Cue(BlockKind.NEWSLETTER, strength, "newsletter or subscription prompt", group="newsletter")
    return None


def _own_praise(unit: Unit) -> Cue | None:
    """Return a cue where a line ranks an outlet and praises it besides, in the third person."""
    ranked = _PRAISES_ITSELF.search(unit.text) if _has(unit, _RANKING) else None
    if ranked is None:
        return None
    rest = unit.text[: ranked.start()] + unit.text[ranked.end() :]
    praised = len({m.lower() for m in _PRAISE_WORD.findall(rest)})
    if praised >= 2:
        return Cue(BlockKind.ABOUT_OUTLET, 0.9, "ranks and praises the outlet", group="voice")
    return Cue(BlockKind.ABOUT_OUTLET, 0.6, "ranks the outlet among others", group="voice")


def _has(unit: Unit, words: frozenset[str]) -> bool:
    return not words.isdisjoint(unit.vocabulary)
