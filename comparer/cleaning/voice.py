"""Recognise paragraphs in which an outlet speaks about itself.

In: one unit. Out: a cue "about_outlet" or None. It counts how often the text outside quotation marks says we and our,
and how many words of self-praise and of an outlet's self-description stand in it. It fails on columns written in the
plural of modesty, so the belief stays low unless both kinds of evidence meet.
"""

from __future__ import annotations

import re

from comparer.cleaning.cues import Cue
from comparer.cleaning.lines import Unit
from comparer.model import BlockKind

_QUOTED = re.compile(r"[\"“«„][^\"”»“]*[\"”»“]?")
_WE = re.compile(r"\b(?:we|our|ours|us|nous|notre|wir|unser\w*|nosotros|nuestr\w+)\b", re.IGNORECASE)
_FIRST_PERSON = frozenset(
    "we our ours us nous notre wir unser unsere unserer unserem unseren unseres nosotros nuestro nuestra nuestros"
    " nuestras we're we've we'll we'd".split()
)
_DESCRIBES = re.compile(
    r"\b(?:founded|established|launched|started|since \d{4}|mission|objective|committed to|commitment|independent"
    r"|nonprofit"
    r"|non-profit|readers|newsroom|journalism|correspondents|reporters|coverage|publication|platform|magazine|website"
    r"|news site|newspaper|outlet|keep in touch|our team|audience|subscribers|source for|destination)\b",
    re.IGNORECASE,
)
_PRAISES = re.compile(
    r"\b(?:most (?:reliable|trusted|comprehensive|thorough|respected|read|influential)|leading|trusted"
    r"|award-winning|exceptional"
    r"|invaluable|nobody (?:covers|reports|knows)|no one (?:covers|else)|unrivalled|unparalleled|second to none"
    r"|best|finest"
    r"|world-class|in-depth|fearless|courage|courageous|comprehensive|sophisticated|thorough|premier|essential|passionate"
    r"|unbiased|quality|inspires?|number one|go-to)\b",
    re.IGNORECASE,
)
# A word of each phrase above; a line with fewer than two of them describes and praises nobody.
_TELLING = frozenset(
    "founded established launched started since mission objective committed commitment independent nonprofit"
    " profit readers newsroom journalism correspondents reporters coverage publication platform magazine website"
    " site newspaper outlet touch team audience subscribers source destination reliable trusted comprehensive"
    " thorough respected read influential leading winning exceptional invaluable covers reports knows else"
    " unrivalled unparalleled none best finest class depth fearless courage courageous sophisticated premier"
    " essential passionate unbiased quality inspire inspires number go".split()
)


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
    own = _QUOTED.sub(" ", unit.text[:4000])
    we = len(_WE.findall(own))
    if not we:
        return None
    describes = len({m.lower() for m in _DESCRIBES.findall(own)})
    praises = len({m.lower() for m in _PRAISES.findall(own)})
    share = we / unit.words
    if describes >= 2 and praises >= 1 and we >= 2 and share > 0.01:
        return Cue(BlockKind.ABOUT_OUTLET, 0.9, "the outlet describes and praises itself", group="voice")
    if describes + praises >= 2 and share > 0.02:
        return Cue(BlockKind.ABOUT_OUTLET, 0.7, "the outlet describes itself", group="voice")
    return None
