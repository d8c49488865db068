"""Recognise lines of furniture by their shape: dates, reading times, bylines, captions, menus, copyright marks.

In: one unit. Out: a cue or None. Names of months are English, with those of a few neighbours; other languages are
left to the page's sequence.
"""

from __future__ import annotations

import re

from comparer.cleaning.lines import Cue, Unit
from comparer.model import BlockKind

MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    "|dec(?:ember)?"
)
_DAYS = "(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_DATE = (
    rf"(?:{_DAYS}\.?,?\s+)?(?:(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s*(?:\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\.?,?(?:\s+(?:of\s+)?\d{{4}})?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_TIME = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*\(?[A-Z]{2,4}\)?)?"
_DATE_LINE = re.compile(
    rf"(?:\W*(?:published|posted|updated|last updated|modified|created|date|on|at|by|time|first published|last modified"
    rf"|{_DAYS}|{_DATE}|{_TIME}|[a-z]{{2,4}}t|utc|gmt|ist|\d{{1,2}} (?:hours?|minutes?|mins?|days?)(?: ago)?"
    r"|\d{1,2}[- ]min(?:ute)?s?(?: to)?(?: read)?))+\W*",
    re.IGNORECASE,
)
_HAS_DATE = re.compile(rf"\b(?:{_DATE}|{_TIME})(?!\w)", re.IGNORECASE)
_STAMP_START = re.compile(
    rf"\W*(?:(?:published|posted|updated|last updated|created|modified)\b|{_DAYS},?\s+(?:{MONTHS})|{_DATE})",
    re.IGNORECASE,
)
_STAMP_FIRST = frozenset(
    "pub pos upd las cre mod mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec".split()
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_AGENCY_CAPTION = re.compile(rf"\b{_DAYS},\s+(?:{MONTHS})\.?\s+\d{{1,2}},\s+\d{{4}}", re.IGNORECASE)
_FILM = re.compile(r"(?:video|watch|photos?|gallery|pictured|in pictures)\s*:", re.IGNORECASE)
_READING = re.compile(
    r"\W*\d{1,3}[- ]?(?:min(?:ute)?s?)\b(?:\s*(?:to )?read(?:ing)?)?(?:\s+\S+){0,4}\s*", re.IGNORECASE
)
_AGO = re.compile(
    r"\W*(?:\d{1,2}|an?|one)\s?(?:s|m|h|d|w|mo|min|hr|hour|day|week|month|year|minute)s?\.? ago\W*", re.IGNORECASE
)
_NAME = r"[^\W\d_a-z][\w.'’\-]*"
_BYLINE = re.compile(
    r"\W*(?i:by|written by|words by|words|author|from|text|text by|story by|reported by|analysis by|opinion by|writing"
    r"|posted by|published by)"
    rf"\b:?\s+(?i:by\s+)?{_NAME}(?:\s*,\s*|\s+and\s+|\s+&\s+|\s+|\s*\|\s*)?.{{0,90}}"
)
_BYLINE_CI = re.compile(
    rf"\W*(?:by|written by|words by|author|story by|text by|posted by)\b:?\s+(?i:by\s+)?{_NAME}.{{0,90}}", re.IGNORECASE
)
_DASH = re.compile(r"[-–—|]")
_OUTLET_CODE = re.compile(r"([^\W\d_]\S*(?:\s+\S+){1,6})\s+[-–—|]\s+([A-Z]{2,6})$")
_NEWSROOM = re.compile(
    rf"(?:(?!(?:The|Our|All|Meet)\b){_NAME}\s+){{1,3}}(?:newsroom|staff|desk|reporter|correspondent|editors?|team"
    r"|agencies|bureau)",
    re.IGNORECASE,
)
_STAFF = re.compile(
    rf"\W*(?i:by\s+)?(?:(?!(?:The|Our|All|Meet)\b){_NAME}\s+){{0,2}}(?:(?!(?:The|Our|All|Meet)\b){_NAME}\s+(?i:staff|newsroom)"
    r"|(?i:staff|web|news|city|own|special|senior|our)\s+(?i:writer|reporter|correspondent|desk|team|editor)s?)"
    rf"(?i:\s*,?\s*(?:with|and|&|/)\s+(?:agencies|wires|(?-i:{_NAME}(?:\s+{_NAME}){{0,4}})))?\W*"
)
_BYLINE_FIRST = frozenset(
    "by written words author from text story reported analysis opinion writing posted published".split()
)
_NEWSROOM_WORDS = frozenset(
    "newsroom staff desk reporter reporters correspondent correspondents editor editors team agencies bureau writer"
    " writers".split()
)
_SHARE_FIRST = frozenset(
    "share save print copy e email tweet facebook twitter x whatsapp telegram reddit linkedin pinterest flipboard"
    " messenger bluesky threads instagram youtube".split()
)
_SLASH_CREDIT = re.compile(rf"{_NAME}(?:\s+{_NAME}){{1,3}}\s?/\s?{_NAME}(?:\s+{_NAME}){{0,4}}")
_PIECES = re.compile(r"\s*[|·•–—\ufffd]\s*|\s{3,}|\s/\s")
_STAMP_END = re.compile(rf"(?P<day>{_DATE})(?:[\s,·|@]|at\b)*(?:{_TIME})?(?:\s+[a-z]{{2,4}})?\W*$", re.IGNORECASE)
POINTS_HEADINGS = frozenset(
    {"key points", "key takeaways", "what we know", "main points", "at a glance", "share save", "the facts"}
)
_PERSON = re.compile(rf"{_NAME}(?:\s+(?:{_NAME}|de|van|von|der|al|bin|la|del|and)){{1,4}}")
_CAPTION_END = re.compile(
    r"(?:\b(?:photo|picture|pic|image|credit|source|file)s?\s*(?:credit|by|:|/)[^.]{2,60}\)?"
    r"|/\s?(?:AP|AFP|Reuters|EPA|Getty(?: Images)?|Handout|Bloomberg|Shutterstock|Xinhua|Pool|File)\)?"
    r"|\[[^\]]*(?:/AP|/AFP|Reuters|Getty|EPA|File)[^\]]*\]|\((?:AP|Reuters|AFP|Getty)[^)]*(?:photo|image|/)[^)]*\)"
    r"|©\s?[^©]{2,50})\s*$",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 160  # characters
_MARKED_CREDIT = re.compile(r"[\])]\s*$|©|/\s?\w+\s*$")
_SHOUTED_CREDIT = re.compile(r"[.!?]\s+[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){1,4}$")
_COPYRIGHT = re.compile(r"\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_CREDIT_WORDS = frozenset(
    "photo photos picture pictures pic pics image images credit credits source sources file files ap afp reuters"
    " getty".split()
)
_ADDRESS_FIRST = frozenset({"http", "https", "www"})
_ADDRESS = re.compile(r"https?://\S+$|www\.\S+$|\S+@\S+\.\w{2,}$|[+(]?\d[\d\s().-]{6,}$|@\w+$")
_WIRES = frozenset("ap afp reuters upi dpa ansa efe pti ani tass xinhua bloomberg pa cp aap anadolu".split())
_WIRE_ALONE = re.compile(
    r"[-–—(\[\s]*(?:AP|AFP|Reuters|REUTERS|UPI|dpa|DPA|ANSA|EFE|PTI|ANI|TASS|Xinhua|Bloomberg|PA|CP|AAP|Anadolu)(?:\s*[/,&]\s*\w+)*[)\]\s]*"
)
_SHARE_ROW = re.compile(
    r"\W*(?:(?:share(?: this)?|save|print|copy(?: (?:link|url))?|e-?mail|tweet|facebook|twitter|x|whatsapp|telegram"
    r"|reddit|linkedin|pinterest|flipboard|messenger|bluesky|threads|instagram|youtube)\b\W*)+",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"\b(?:sign|log)[ -]?in\b", re.IGNORECASE)
_SPONSORED = re.compile(
    r"\W*(?:sponsored|advertisement|advertorial|promoted|paid|partner content|ad)\b\W*", re.IGNORECASE
)
_ADVERTISING = re.compile(
    r"\W*(?:sponsored(?: by [^:]{2,40})?|advertisement|advertorial)(?:\s*:|\s+[-–—])\s*\S", re.IGNORECASE
)
_ADVERTISED = frozenset({"sponsored", "advertisement", "advertorial"})


def find_shape(unit: Unit) -> Cue | None:
    """Return what the shape of the line gives away, or None.

    >>> from comparer.cleaning.lines import units
    >>> find_shape(units("Tue 14 Oct 2025 // 04:31 UTC")[0]).kind.value
    'timestamp'
    >>> find_shape(units("Oct 14 was cold, and the ferry stayed in port.")[0]) is None
    True
    """
    if not unit.forms:
        return Cue(BlockKind.OTHER, 0.9, "no words in it", group="marks")
    if unit.words > 70 or len(unit.text) > 700:
        return None
    cue = _time(unit) if unit.digit else None
    if cue is None and unit.words <= 18 and not unit.ends:
        cue = _names(unit)
    owned = _is_copyright(unit)
    if cue is None and not owned:
        cue = _pictures(unit)
    return cue or _marks(unit, owned=owned)


def looks_like_person(unit: Unit) -> bool:
    """Tell whether the line could be nothing but a person's name, of two to five words."""
    if unit.capitals < 2 and unit.text.isascii():
        return False
    return (
        2 <= unit.words <= 6
        and not unit.ends
        and _PERSON.fullmatch(unit.text) is not None
        and unit.text.casefold() not in POINTS_HEADINGS
    )


def ends_with_stamp(unit: Unit) -> bool:
    """Tell whether a short line ends with a full date, as a row with an author and a day does.

    >>> from comparer.cleaning.lines import units
    >>> ends_with_stamp(units("Ines Calloway - Nov 19, 2019, 8:15 pm")[0])
    True
    """
    if not unit.digit or unit.words > 16 or len(unit.text) > 120:
        return False
    match = _STAMP_END.search(unit.text)
    return match is not None and _YEAR.search(match.group("day")) is not None and len(unit.text[: match.start()]) <= 60


def _time(unit: Unit) -> Cue | None:
    if unit.words > 22 or len(unit.text) > 200:
        return None
    first = unit.forms[0]
    begins = first[0].isdigit()
    if (unit.forms[-1] == "ago" and _AGO.fullmatch(unit.text)) or (begins and _READING.fullmatch(unit.text)):
        return Cue(BlockKind.TIMESTAMP, 0.95, "time of publication, update or reading", group="time")
    if _DATE_LINE.fullmatch(unit.text) and _HAS_DATE.search(unit.text):
        return Cue(BlockKind.TIMESTAMP, 0.96, "nothing but a date or time", group="time")
    if unit.separators and _is_stamp_row(unit.text):
        return Cue(BlockKind.TIMESTAMP, 0.93, "row of outlet, date and reading time", group="time")
    begins = begins or first[:3] in _STAMP_FIRST
    if begins and not unit.ends and _STAMP_START.match(unit.text) and _YEAR.search(unit.text):
        return Cue(BlockKind.TIMESTAMP, 0.88, "begins with a date of publication", group="time")
    return None


def _is_stamp_row(line: str) -> bool:
    """Tell whether a row of short pieces holds a date with its year, and no piece is longer than a name."""
    pieces = [p for p in _PIECES.split(line) if p]
    if len(pieces) < 2 or any(len(p.split()) > 6 for p in pieces):
        return False
    return any(_DATE_LINE.fullmatch(p) and _HAS_DATE.search(p) and _YEAR.search(p) for p in pieces)


def _names(unit: Unit) -> Cue | None:
    first = unit.forms[0]
    if first in _BYLINE_FIRST and (_BYLINE.fullmatch(unit.text) or (unit.shouted and _BYLINE_CI.fullmatch(unit.text))):
        return Cue(BlockKind.BYLINE, 0.93, "names who wrote it", group="byline")
    if unit.words <= 8 and unit.text[-1].isupper() and _is_code(unit.text):
        return Cue(BlockKind.BYLINE, 0.9, "name of the outlet with its short form", group="outlet")
    if (
        unit.words <= 10
        and not _NEWSROOM_WORDS.isdisjoint(unit.vocabulary)
        and (_STAFF.fullmatch(unit.text) or (unit.words <= 5 and _NEWSROOM.fullmatch(unit.text)))
    ):
        return Cue(BlockKind.BYLINE, 0.8, "names the newsroom as author", group="byline")
    if first in _WIRES and unit.words <= 4 and _WIRE_ALONE.fullmatch(unit.text):
        return Cue(BlockKind.WIRE_CREDIT, 0.93, "agency credit", group="wire")
    return None


def _is_code(line: str) -> bool:
    match = _OUTLET_CODE.fullmatch(line) if _DASH.search(line) else None
    if match is None:
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", match.group(1))).upper()
    position = 0
    for letter in match.group(2):
        position = initials.find(letter, position) + 1
        if not position:
            return False
    return True


def _pictures(unit: Unit) -> Cue | None:
    text = unit.text
    if unit.words < 2 or unit.words > 60:
        return None
    if _may_credit(unit) and _CAPTION_END.search(text, max(0, len(text) - _LONGEST_CREDIT)) and not _is_quote(unit):
        sure = unit.words < 25 or _MARKED_CREDIT.search(text) is not None
        return Cue(BlockKind.CAPTION, 0.92 if sure else 0.7, "ends with a photo credit", group="caption")
    if "day, " in text and _AGENCY_CAPTION.search(text) and not _is_quote(unit) and "said" not in unit.forms:
        return Cue(BlockKind.CAPTION, 0.87, "dated like an agency's photo caption", group="caption")
    if ":" in text and unit.words <= 20 and _FILM.match(text):
        return Cue(BlockKind.CAPTION, 0.84, "names a film or picture", group="caption")
    if ("/" in text and _SLASH_CREDIT.fullmatch(text)) or (
        text[-1].isupper() and unit.words <= 40 and _SHOUTED_CREDIT.search(text)
    ):
        return Cue(BlockKind.CAPTION, 0.85, "ends with the name of a photographer or agency", group="caption")
    return None


def _may_credit(unit: Unit) -> bool:
    text, words = unit.text, unit.vocabulary
    if "/" in text or "©" in text or "[" in text:
        return True
    return not _CREDIT_WORDS.isdisjoint(words) and (":" in text or "(" in text or "by" in words or "credit" in words)


def _is_copyright(unit: Unit) -> bool:
    may_be = "©" in unit.text or unit.forms[0] == "c" or unit.forms[0].startswith("copyright")
    return may_be and _COPYRIGHT.match(unit.text) is not None


def _may_be_address(unit: Unit) -> bool:
    return unit.digit or "@" in unit.text or unit.forms[0] in _ADDRESS_FIRST


def _are_single_letters(forms: list[str]) -> bool:
    return all(len(f) == 1 and not f.isdigit() for f in forms)


def _is_quote(unit: Unit) -> bool:
    return unit.text[0] in "\"“'‘"


def _marks(unit: Unit, *, owned: bool) -> Cue | None:
    if len(unit.forms[0]) == 1 and unit.words <= 4 and _are_single_letters(unit.forms):
        return Cue(BlockKind.OTHER, 0.9, "no words in it", group="marks")
    if owned and unit.words < 40:
        return Cue(BlockKind.LEGAL, 0.93, "copyright line", group="legal")
    if unit.words <= 12 and _may_be_address(unit) and _ADDRESS.match(unit.text):
        return Cue(BlockKind.OTHER, 0.75, "an address or number and nothing else", group="address")
    bracketed = unit.text[0] in "[(" and _SPONSORED.match(unit.text)
    if bracketed or (unit.words <= 25 and unit.forms[0] in _ADVERTISED and _ADVERTISING.match(unit.text)):
        return Cue(BlockKind.PROMOTION, 0.93, "marked as advertising", group="promotion")
    return _menu(unit)


def _menu(unit: Unit) -> Cue | None:
    if unit.words <= 12 and unit.forms[0] in _SHARE_FIRST and _SHARE_ROW.fullmatch(unit.text):
        return Cue(BlockKind.SHARE, 0.94, "row of share buttons", group="share")
    if unit.words <= 8 and unit.separators and _ACCOUNT.search(unit.text):
        return Cue(BlockKind.NAVIGATION, 0.94, "links to an account", group="menu")
    if unit.separators >= 2 and unit.words <= 6 * (unit.separators + 1) and not unit.ends:
        return Cue(BlockKind.NAVIGATION, 0.88, "row of links", group="menu")
    return None
