"""Recognise lines of furniture by their shape: dates, reading times, bylines, captions, menus, copyright marks.

In: one unit. Out: a cue or None. Names of months are English, with those of a few neighbours; other languages are
left to the page's sequence.
"""

from __future__ import annotations

import re

from comparer.cleaning.lines import Cue, Unit, any_of, late, words_of
from comparer.model import BlockKind
from comparer.resources.loader import word_set

_MONTHS = any_of("months", "months_short", "months_other", of="calendar")
_DAYS = any_of("weekdays", "weekdays_short", "weekdays_other", of="calendar")
_DATE = (
    rf"(?:(?:{_DAYS})\.?,?\s+)?(?:(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s*(?:\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\.?,?(?:\s+(?:of\s+)?\d{{4}})?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_TIME = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*\(?[A-Z]{2,4}\)?)?"
_DATE_LINE = late(
    rf"(?:\W*(?:{any_of('stamp_words')}"
    rf"|(?:{_DAYS})|{_DATE}|{_TIME}|[a-z]{{2,4}}t|utc|gmt|ist|\d{{1,2}} (?:hours?|minutes?|mins?|days?)(?: ago)?"
    r"|\d{1,2}[- ]min(?:ute)?s?(?: to)?(?: read)?))+\W*",
    re.IGNORECASE,
)
_HAS_DATE = late(rf"\b(?:{_DATE}|{_TIME})(?!\w)", re.IGNORECASE)
_YEAR = late(r"\b(?:19|20)\d{2}\b")
_AGENCY_CAPTION = late(rf"\b(?:{_DAYS}),\s+(?:{_MONTHS})\.?\s+\d{{1,2}},\s+\d{{4}}", re.IGNORECASE)
_READING = late(
    r"\W*\d{1,3}(?:[-–]\d{1,3})?[- ]?(?:min(?:ute)?s?)\b(?:\s*(?:to )?read(?:ing)?)?(?:\s+\S+){0,4}\s*", re.IGNORECASE
)
_AGO = late(rf"\W*(?:\d{{1,2}}|an?|one)\s?(?:{any_of('time_units')})s?\.? ago\W*", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w.'’\-]*"
_BYLINE = late(
    rf"\W*(?i:{any_of('byline_leads')})"
    rf"\b:?\s+(?i:by\s+)?{_NAME}(?:\s*,\s*|\s+and\s+|\s+&\s+|\s+|\s*\|\s*)?.{{0,90}}"
)
_BYLINE_CI = late(rf"\W*(?:{any_of('byline_leads_shouted')})\b:?\s+(?i:by\s+)?{_NAME}.{{0,90}}", re.IGNORECASE)
_DASH = late(r"[-–—|]")
_OUTLET_CODE = late(r"([^\W\d_]\S*(?:\s+\S+){1,6})\s+[-–—|]\s+([A-Z]{2,6})$")
_NEWSROOM = late(rf"(?:(?!(?:The|Our|All|Meet)\b){_NAME}\s+){{1,3}}(?:{any_of('newsroom_names')})", re.IGNORECASE)
_STAFF = late(
    rf"\W*(?i:by\s+)?(?:(?!(?:The|Our|All|Meet)\b){_NAME}\s+){{0,2}}(?:(?!(?:The|Our|All|Meet)\b){_NAME}\s+(?i:staff|newsroom)"
    rf"|(?i:{any_of('staff_kinds')})\s+(?i:{any_of('staff_roles')})s?)"
    rf"(?i:\s*,?\s*(?:with|and|&|/)\s+(?:agencies|wires|(?-i:{_NAME}(?:\s+{_NAME}){{0,4}})))?\W*"
)
_NEWSROOM_WORDS = word_set("cleaning_words", "newsroom_names", "newsroom_people")
_SLASH_CREDIT = late(rf"{_NAME}(?:\s+{_NAME}){{1,3}}\s?/\s?{_NAME}(?:\s+{_NAME}){{0,4}}")
_PIECES = late(r"\s*[|·•–—\ufffd]\s*|\s{3,}|\s/\s")
_STAMP_END = late(rf"(?P<day>{_DATE})(?:[\s,·|@]|at\b)*(?:{_TIME})?(?:\s+[a-z]{{2,4}})?\W*$", re.IGNORECASE)
POINTS_HEADINGS = word_set("cleaning_words", "summary_headings")
_PERSON = late(rf"{_NAME}(?:\s+(?:{_NAME}|de|van|von|der|al|bin|la|del|and)){{1,4}}")
_CAPTION_END = late(
    rf"(?:\b(?:{any_of('picture_words')})s?\s*(?:credit|by|:|/)[^.]{{2,60}}\)?"
    rf"|/\s?(?:{any_of('picture_makers')})\)?"
    r"|\[[^\]]*(?:/AP|/AFP|Reuters|Getty|EPA|File)[^\]]*\]|\((?:AP|Reuters|AFP|Getty)[^)]*(?:photo|image|/)[^)]*\)"
    r"|©\s?[^©]{2,50})\s*$",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 160  # characters
_MARKED_CREDIT = late(r"[\])]\s*$|©|/\s?\w+\s*$")
_SHOUTED_CREDIT = late(r"[.!?]\s+[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){1,4}$")
_COPYRIGHT = late(r"\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_CREDIT_WORDS = word_set("cleaning_words", "picture_words", "picture_agencies") | {
    f"{word}s" for word in word_set("cleaning_words", "picture_words")
}
_ADDRESS_FIRST = frozenset({"http", "https", "www"})
_ADDRESS = late(r"https?://\S+$|www\.\S+$|\S+@\S+\.\w{2,}$|[+(]?\d[\d\s().-]{6,}$|@\w+$")
_WIRE_WORDS = {word for wire in word_set("cleaning_words", "wires") for word in words_of(wire)}
_WIRE_ALONE = late(rf"[-–—(\[\s]*(?:{any_of('wires')})(?:\s*[/,&]\s*\w+)*[)\]\s]*")
_WIRE_BYLINE = late(rf"{_NAME}(?:\s+{_NAME}){{1,3}}\s*[,|]\s*(?:{any_of('wires')})")
_WIRES_LAST = late(rf"(?:\w{{1,3}}(?:/\w{{1,3}})*\s+)?\((?:{any_of('wires')})(?:\s*[/,&]\s*\w+)*\)")
_SHARE_ROW = late(rf"\W*(?:(?:{any_of('share_buttons')})\b\W*)+", re.IGNORECASE)
_ACCOUNT = late(r"\b(?:sign|log)[ -]?in\b", re.IGNORECASE)
_SPONSORED = late(rf"\W*(?:{any_of('advertising_marks')})\b\W*", re.IGNORECASE)


def find_shape(unit: Unit) -> Cue | None:
    """Return what the shape of the line gives away, or None.

    >>> from comparer.cleaning.lines import units
    >>> find_shape(units("Tue 14 Oct 2025 // 04:31 UTC")[0]).kind.value
    'timestamp'
    >>> find_shape(units("Oct 14 was cold, and the ferry stayed in port.")[0]) is None
    True
    """
    if not unit.forms:
        return Cue(BlockKind.OTHER, 0.9, "no words in it")
    if unit.words > 70 or len(unit.text) > 700:
        return None
    cue = _time(unit) if unit.digit else None
    if cue is None and unit.words <= 18 and not unit.ends:
        cue = _names(unit)
    if cue is None and _COPYRIGHT().match(unit.text):
        return Cue(BlockKind.LEGAL, 0.93, "copyright line") if unit.words < 40 else _marks(unit)
    return cue or _pictures(unit) or _marks(unit)


def looks_like_person(unit: Unit) -> bool:
    """Tell whether the line could be nothing but a person's name, of two to five words."""
    if unit.ends or not 2 <= unit.words <= 6 or (unit.capitals < 2 and unit.text.isascii()):
        return False
    return _PERSON().fullmatch(unit.text) is not None and unit.text.casefold() not in POINTS_HEADINGS


def ends_with_stamp(unit: Unit) -> bool:
    """Tell whether a short line ends with a full date, as a row with an author and a day does.

    >>> from comparer.cleaning.lines import units
    >>> ends_with_stamp(units("Ines Calloway - Nov 19, 2019, 8:15 pm")[0])
    True
    """
    if not unit.digit or unit.words > 16 or len(unit.text) > 120:
        return False
    match = _STAMP_END().search(unit.text)
    return match is not None and match.start() <= 60 and _YEAR().search(match["day"]) is not None


def _time(unit: Unit) -> Cue | None:
    if unit.words > 22 or len(unit.text) > 200:
        return None
    begins = unit.forms[0][0].isdigit()
    if (unit.forms[-1] == "ago" and _AGO().fullmatch(unit.text)) or (begins and _READING().fullmatch(unit.text)):
        return Cue(BlockKind.TIMESTAMP, 0.95, "time of publication, update or reading")
    if _DATE_LINE().fullmatch(unit.text) and _HAS_DATE().search(unit.text):
        return Cue(BlockKind.TIMESTAMP, 0.96, "nothing but a date or time")
    if unit.separators and _is_stamp_row(unit.text):
        return Cue(BlockKind.TIMESTAMP, 0.93, "row of outlet, date and reading time")
    return None


def _is_stamp_row(line: str) -> bool:
    """Tell whether a row of short pieces holds a date with its year, and no piece is longer than a name."""
    pieces = [p for p in _PIECES().split(line) if p]
    short = len(pieces) >= 2 and all(len(p.split()) <= 6 for p in pieces)
    return short and any(_DATE_LINE().fullmatch(p) and _HAS_DATE().search(p) and _YEAR().search(p) for p in pieces)


def _names(unit: Unit) -> Cue | None:
    words, text = unit.words, unit.text
    if _BYLINE().fullmatch(text) or (text.isupper() and _BYLINE_CI().fullmatch(text)):
        return Cue(BlockKind.BYLINE, 0.93, "names who wrote it")
    if words <= 8 and text[-1].isupper() and _is_code(text):
        return Cue(BlockKind.BYLINE, 0.9, "name of the outlet with its short form")
    if words > 10:
        return None
    newsroom = not _NEWSROOM_WORDS.isdisjoint(unit.vocabulary)
    if newsroom and (_STAFF().fullmatch(text) or (words <= 5 and _NEWSROOM().fullmatch(text))):
        return Cue(BlockKind.BYLINE, 0.8, "names the newsroom as author")
    return None if _WIRE_WORDS.isdisjoint(unit.vocabulary) else _wire(unit)


def _wire(unit: Unit) -> Cue | None:
    if _WIRE_BYLINE().fullmatch(unit.text):
        return Cue(BlockKind.BYLINE, 0.9, "a name and an agency")
    if unit.words <= 8 and (_WIRE_ALONE().fullmatch(unit.text) or _WIRES_LAST().fullmatch(unit.text)):
        return Cue(BlockKind.WIRE_CREDIT, 0.93, "agency credit")
    return None


def _is_code(line: str) -> bool:
    """Tell whether a line is a name and its short form, whose letters are initials of the name in their order."""
    match = _OUTLET_CODE().fullmatch(line) if _DASH().search(line) else None
    if match is None:
        return False
    initials = iter("".join(word[0] for word in re.findall(r"\w+", match.group(1))).upper())
    return all(letter in initials for letter in match.group(2))


def _pictures(unit: Unit) -> Cue | None:
    text = unit.text
    if not 2 <= unit.words <= 60:
        return None
    quote = text[0] in "\"“'‘"
    if not quote and _may_credit(unit) and _CAPTION_END().search(text, max(0, len(text) - _LONGEST_CREDIT)):
        sure = unit.words < 25 or _MARKED_CREDIT().search(text) is not None
        return Cue(BlockKind.CAPTION, 0.92 if sure else 0.7, "ends with a photo credit")
    if not quote and "day, " in text and _AGENCY_CAPTION().search(text) and "said" not in unit.forms:
        return Cue(BlockKind.CAPTION, 0.87, "dated like an agency's photo caption")
    if ("/" in text and _SLASH_CREDIT().fullmatch(text)) or (
        text[-1].isupper() and unit.words <= 40 and _SHOUTED_CREDIT().search(text)
    ):
        return Cue(BlockKind.CAPTION, 0.85, "ends with the name of a photographer or agency")
    return None


def _may_credit(unit: Unit) -> bool:
    text, words = unit.text, unit.vocabulary
    if "/" in text or "©" in text or "[" in text:
        return True
    return not _CREDIT_WORDS.isdisjoint(words) and (":" in text or "(" in text or "by" in words or "credit" in words)


def _marks(unit: Unit) -> Cue | None:
    text, words = unit.text, unit.words
    address = words <= 12 and (unit.digit or "@" in text or unit.forms[0] in _ADDRESS_FIRST)
    if address and _ADDRESS().match(text):
        return Cue(BlockKind.OTHER, 0.75, "an address or number and nothing else")
    if text[0] in "[(" and _SPONSORED().match(text):
        return Cue(BlockKind.PROMOTION, 0.93, "marked as advertising")
    if words <= 12 and _SHARE_ROW().fullmatch(text):
        return Cue(BlockKind.SHARE, 0.94, "row of share buttons")
    if words <= 8 and unit.separators and _ACCOUNT().search(text):
        return Cue(BlockKind.NAVIGATION, 0.94, "links to an account")
    if unit.separators >= 2 and words <= 6 * (unit.separators + 1) and not unit.ends:
        return Cue(BlockKind.NAVIGATION, 0.88, "row of links")
    return None
