"""Read what a page prints of itself: its outlet, its day of publication, its language.

In: the text and its blocks. Out: a name or an ISO date and where it stands, or None; an ISO 639-1 code. An outlet is
tried in this order: "Name - ABC", "1 min Name", "Name uses cookies", the copyright line; agencies and companies do not
count. A day without a year, a weekday and a date that can be read two ways (03/04/2025) are not dates; with dots
between them (03.04.2025) the day stands first. The time of an update counts only where nothing else is printed. A
language is told by its script and its commonest words, "und" where the text is short or none leads clearly; languages
that share a script and have no list here are not told apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache

from comparer.cleaning.credits import known_agency
from comparer.cleaning.lines import any_of, late
from comparer.model import Block, BlockKind, Span
from comparer.resources.loader import load_lexicon, word_list, word_set

_WORD = r"[^\W\d_a-z][\w'’.&-]*"
_NAME = rf"{_WORD}(?:\s+(?:of\s+|the\s+|and\s+)?{_WORD}){{0,5}}"
_NAMED = {  # how an outlet's name stands in lines of a kind
    BlockKind.BYLINE: late(rf"(?P<name>{_WORD}(?:\s+[\w'’&]+){{1,6}})\s+[-–—|]\s+[A-Z]{{2,6}}"),
    BlockKind.TIMESTAMP: late(rf"\d{{1,3}}[- ]?min(?:ute)?s?\.?(?:\s+read)?\s+(?P<name>(?!Read\b){_NAME})"),
    BlockKind.CONSENT: late(rf"(?P<name>{_NAME})\s+uses\s+cookies"),
    BlockKind.LEGAL: late(
        r"(?:copyright|\(c\)|©)\s*(?:©|\(c\)|copyright)?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,-]*(?:by\s+)?"
        rf"(?P<name>(?!All\b|Rights\b){_NAME})",
        re.IGNORECASE,
    ),
}
_COMPANY = late(rf"\b(?:{any_of('company_forms')})\b\.?", re.IGNORECASE)
_MONTHS = {  # by name, from 1
    name: number for group in ("months", "months_short") for number, name in enumerate(word_list("calendar", group), 1)
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = r"\d{1,2}:\d{2}"  # a copied page prints it right behind the year
_ISO = late(r"\b(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b")
_DAY_FIRST = late(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y>(?:19|20)\d{{2}})"
    rf"(?:\b|(?={_CLOCK}))",
    re.IGNORECASE,
)
_MONTH_FIRST = late(
    rf"\b(?P<n>{_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d{{2}})(?:\b|(?={_CLOCK}))",
    re.IGNORECASE,
)
_FIGURES = late(r"\b(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d{2})\b")
_UPDATE = late(r"\b(?:updated|modified|edited|aktualisiert|actualizado|mis à jour)\b", re.IGNORECASE)
_PUBLISHED = late(r"\b(?:published|posted)\b", re.IGNORECASE)
_OPENING = 2  # paragraphs, the first of which may be a standfirst, before the second of which the day may stand
_DATED = {BlockKind.TIMESTAMP, BlockKind.BYLINE}
_LONGEST = 200  # characters of a line that is looked at
_LETTER_RUN = late(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters looked at
_LEAST_SHARE = 0.12  # share of the words that must be on the leading language's list
_LEAD = 1.35  # how far the first must lead the second
_LEAST_WORDS, _LEAST_LETTERS = 10, 20
_LEAST_KINDS = 2  # different words or letters that must speak for a language: one word alone is a guess
_LETTER = 0.7  # what a word with a telling letter counts, where it is on no list
_LETTERS = {
    letter: code
    for letters, code in (
        ("ığş", "tr"), ("ß", "de"), ("łżęąśćźń", "pl"), ("ñ¿", "es"), ("ãõ", "pt"), ("țșăţ", "ro"), ("œêùû", "fr"),
        ("ìò", "it"), ("æøþðőűčřžěůđ", "und"),
    )
    for letter in letters
}  # fmt: skip
_TELLING = late(f"[{''.join(_LETTERS)}]")
_SCRIPTS = (
    ("be", "[ў]", "[а-яіїєґўё]"),
    ("uk", "[іїєґ]", "[а-яіїєґ]"),
    ("ru", "[ыэё]", "[а-яё]"),
    ("bg", "[ъ]", "[а-я]"),
    ("fa", "[پچژگ]", "[\u0600-\u06ff]"),
    ("ar", "[ةىي]", "[\u0600-\u06ff]"),
    ("el", "[α-ω]", "[α-ωά-ώ]"),
    ("he", "[א-ת]", "[א-ת]"),
    ("hi", "[\u0900-\u097f]", "[\u0900-\u097f]"),
    ("ko", "[가-힣]", "[가-힣]"),
    ("ja", "[\u3040-\u30ff]", "[\u3040-\u30ff\u4e00-\u9fff]"),
    ("zh", "[\u4e00-\u9fff]", "[\u4e00-\u9fff]"),
)


def outlet_in(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """Return the outlet's printed name and its characters, or None where the page does not print it.

    >>> page = "3 min Skerrow Post"
    >>> outlet_in(page, (Block(Span(0, len(page)), BlockKind.TIMESTAMP, 0.9, ""),))
    ('Skerrow Post', Span(start=6, end=18))
    """
    for kind, pattern in _NAMED.items():
        for block in (block for block in blocks if block.kind is kind):
            match = pattern().search(text, block.span.start, min(block.span.end, block.span.start + _LONGEST))
            if match is not None and not _is_another(match["name"]):
                return " ".join(match["name"].split()), Span(*match.span("name"))
    return None


def _is_another(name: str) -> bool:
    """Tell whether a printed name is that of an agency or a company, or none at all."""
    unnamed = name.lower() in word_set("cleaning_words", "outlet_unnamed")
    return unnamed or known_agency(name) is not None or _COMPANY().search(name) is not None


def published_day(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    r"""Return the printed day of publication and its characters, or None.

    >>> page = "Ferry aground\n\nPublished May 14, 2025   Last updated 3 hours ago"
    >>> published_day(page, (Block(Span(15, len(page)), BlockKind.TIMESTAMP, 1.0, ""),))[0]
    '2025-05-14'
    """
    paragraphs = [b.span.start for b in blocks if b.kind is BlockKind.CONTENT]
    opening, last_kept = (paragraphs[:_OPENING][-1], paragraphs[-1]) if paragraphs else (len(text), 0)
    update = None
    for block in blocks:
        start, below = block.span.start, block.span.start > last_kept
        if block.kind not in _DATED or opening < start < last_kept:
            continue
        if below and last_kept and block.kind is not BlockKind.TIMESTAMP:
            continue
        published = _PUBLISHED().search(text, start, block.span.end) is not None
        for day, span in dates_in(text, Span(start, min(block.span.end, start + _LONGEST))):
            if published or not (below or _UPDATE().search(text, start, span.start)):
                return day, span
            if not below:
                update = update or (day, span)
    return update


def updated_day(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """Return the printed day of the last update and its characters, or None.

    >>> page = "Published 14 May 2025, updated 15 May 2025"
    >>> updated_day(page, (Block(Span(0, len(page)), BlockKind.TIMESTAMP, 1.0, ""),))[0]
    '2025-05-15'
    """
    for block in blocks:
        word = _UPDATE().search(text, block.span.start, block.span.end) if block.kind in _DATED else None
        found = dates_in(text, Span(word.end(), min(block.span.end, word.end() + _LONGEST))) if word else ()
        if found:
            return found[0]
    return None


def dates_in(text: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return the full dates printed in the span, in order."""
    found: list[tuple[str, Span]] = []
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _FIGURES):
        for match in pattern().finditer(text, span.start, span.end):
            day = _day(match)
            if day is not None and not any(Span(*match.span()).overlaps(other) for _, other in found):
                found.append((day, Span(*match.span())))
    return tuple(sorted(found, key=lambda item: item[1]))


def _day(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if "a" in parts:  # with dots between them the day stands first wherever such dates are printed
        first, second = int(parts["a"]), int(parts["b"])
        if first != second and first <= 12 and second <= 12 and parts["s"] != ".":
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day = int(parts["d"])
        month = _MONTHS[parts["n"].lower()] if parts.get("n") else int(parts["m"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def language_of(text: str) -> str:
    """Return the language code of `text`, or "und".

    >>> language_of("The ferry was on its way to the island when it ran aground, and nobody was hurt, she said.")
    'en'
    >>> language_of("Gemi ve liman için bugün toplanan kurul, yeni bir karar alınmadığını açıkladı.")
    'tr'
    >>> language_of("Skerrow 14:02")
    'und'
    """
    sample = text[:_SAMPLE].replace("İ", "i").lower()
    # No script that is told by itself has letters of ASCII.
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    letters = sum(map(str.isalpha, sample)) if foreign else 0
    if letters >= _LEAST_LETTERS and foreign > letters / 2:
        for code, telling, script in _SCRIPTS:
            if len(re.findall(script, sample)) > letters / 2 and len(re.findall(telling, sample)) * 200 > letters:
                return code
    words = _LETTER_RUN().findall(sample)
    return _leader(words) if len(words) >= _LEAST_WORDS else "und"


def _leader(words: list[str]) -> str:
    """Return the language that leads clearly; a word that several languages have counts for each in equal parts."""
    counts: defaultdict[str, float] = defaultdict(float)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        codes = _common_words().get(word, ())
        letter = _TELLING().search(word) if not codes else None
        if letter is not None:
            codes = (_LETTERS[letter.group()],)
        for code in codes:
            counts[code] += (_LETTER if letter else 1.0) / len(codes)
            kinds[code].add(letter.group() if letter else word)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    (first, most), (_, second) = (*ranked, ("und", 0.0), ("und", 0.0))[:2]
    clear = most >= max(_LEAST_SHARE * len(words), _LEAD * second) and len(kinds[first]) >= _LEAST_KINDS
    return first if clear else "und"


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for group in load_lexicon("cleaning_stop_words").groups:
        for word in group.entries:
            found[word] += (group.get("code"),)
    return dict(found)
