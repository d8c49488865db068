"""Find dates and weekdays in prose and say which day they name, as far as the text and its publication day allow.

In: a text, a span of it, the article's publication day or None. Out: mentions in text order. A weekday is
resolved only against a known publication day; without one it stays what is printed. It may be the one before or the
one after publication: both stand in `days`. Clock times are not read. Fails on "the 27th" without a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from comparer.model import Span
from comparer.resources.loader import word_list

MONTHS = {
    name: number
    for group in ("months", "months_short")
    for number, name in enumerate(word_list("calendar", group), start=1)
} | {"sept": 9}
WEEKDAYS = {
    name: number for group in ("weekdays", "weekdays_short") for number, name in enumerate(word_list("calendar", group))
} | {"tues": 1, "thurs": 3, "thur": 3}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?P<weekday>" + "|".join(sorted((w for w in WEEKDAYS if w.endswith("day")), key=len, reverse=True)) + r")\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%]|\.\d|,\d{3})"
_WEEK = r"(?:\s+(?:of\s+)?(?:last|next|this) week)?"
_SPOKEN_DAY = r"(?:(?:next|last|this|the following|following) )?"
_RELATIVE = (
    r"\b(?P<relative>yesterday|today|tonight|tomorrow|(?:last|this|next) (?:week|month|year|weekend)|"
    r"earlier this (?:week|month|year)|later this (?:week|month|year)|the end of the (?:month|year|week))\b"
)
_YEAR_LEADS = "(?:in|since|during|until|by|of|from|early|late|mid-?|back to|before|after)"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month_number>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?(?:\s+of)?\s+{_YEAR})?",
        rf"\b{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}",
        rf"\b{_SPOKEN_DAY}{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?{_WEEK}",
        _RELATIVE,
        rf"\b{_YEAR_LEADS}\s+{_YEAR}\b(?!\s?(?:%|per cent))",
        r"\b(?:in|since|during|until|by|last|next|this|early|late|mid-?)\s+(?P<month_only>"
        + "|".join(name for name in MONTHS if len(name) > 4 or name in {"june", "july"})
        + r")\b",
    )
)
MAY_DATE = re.compile(
    r"\d|\b(?:" + "|".join((*MONTHS, *WEEKDAYS, "yesterday|today|tonight|tomorrow|week|month|year")) + ")",
    re.IGNORECASE,
)
"""What one of which every date holds: most spans hold none, and are not looked through for each pattern."""
CASED = frozenset({"may", "march", "mar", "dec", "sat", "sun", "mon"})  # words that are dates only with a capital
DAY_SHIFT = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
WEEK = 7
FIRST_YEAR, LAST_YEAR = 1500, 2100  # outside these a day of publication is an error of the page


class DateMention(NamedTuple):
    """Hold one printed date. Parts that are not printed and not known are None.

    `weekday` counts from Monday = 0. `days` are the ISO days the mention can name, in order; empty where only a month,
    a year or nothing is known. `relative` is the phrase, in lower case, where the date is told from the day of writing.
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: str | None = None
    days: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Tell whether the mention names one day of the calendar or of the week."""
        return self.day is not None or self.weekday is not None or self.relative in DAY_SHIFT


def find_dates(text: str, span: Span, published: str | None = None) -> tuple[DateMention, ...]:
    """Return the dates printed in a span, in order and without overlaps; empty where there is none.

    `published` is an ISO date or time; what does not parse, or is out of all reason, counts as unknown.

    >>> line = "Talks broke down late on Wednesday, and resume the 27 of April"
    >>> [(d.span.of(line), d.month, d.day, d.days) for d in find_dates(line, Span(0, len(line)), "2026-03-06")]
    [('Wednesday', None, None, ('2026-03-04', '2026-03-11')), ('27 of April', 4, 27, ('2026-04-27',))]
    """
    if MAY_DATE.search(text, span.start, span.end) is None:
        return ()
    known = _iso(published)
    taken: list[DateMention] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text, span.start, span.end):
            mention = _mention(match, known)
            if mention is not None and not any(mention.span.overlaps(other.span) for other in taken):
                taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.span))


def _iso(published: str | None) -> date | None:
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _mention(match: re.Match[str], known: date | None) -> DateMention | None:
    parts = match.groupdict()
    name = parts.get("month") or parts.get("month_only")
    if name and name.rstrip(".").casefold() in CASED and not name[0].isupper():
        return None
    span = Span(*match.span())
    while not match.string[span.end - 1].isalnum():
        span = Span(span.start, span.end - 1)
    relative = (parts.get("relative") or "").casefold() or None
    year = int(parts["year"]) if parts.get("year") else None
    month = int(parts["month_number"]) if parts.get("month_number") else MONTHS.get((name or "").rstrip(".").casefold())
    day = int(parts["day"]) if parts.get("day") else None
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
        return None
    weekday = WEEKDAYS[parts["weekday"].casefold()] if parts.get("weekday") else None
    if weekday is not None:
        shifts = _weekday_shifts(match.group().casefold(), weekday, known) if known else ()
        return DateMention(span, weekday=weekday, days=_shifted(known, shifts))
    if relative:
        shifts = (DAY_SHIFT[relative],) if relative in DAY_SHIFT else ()
        return DateMention(span, relative=relative, days=_shifted(known, shifts))
    return DateMention(span, year, month, day, days=_calendar_days(year, month, day, known))


def _weekday_shifts(printed: str, weekday: int, known: date) -> tuple[int, ...]:
    """Return by how many days the printed weekday may lie from the day of publication."""
    before = -((known.weekday() - weekday) % WEEK)
    after = before + WEEK
    if printed.endswith("last week"):
        return (weekday - known.weekday() - WEEK,)
    if printed.startswith("last "):
        return (before - WEEK, before) if before else (-WEEK,)
    if printed.startswith(("next ", "following ", "the following ")):
        return after, after + WEEK
    return before, after


def _shifted(known: date | None, shifts: Iterable[int]) -> tuple[str, ...]:
    return tuple((known + timedelta(days=by)).isoformat() for by in shifts) if known else ()


def _calendar_days(year: int | None, month: int | None, day: int | None, known: date | None) -> tuple[str, ...]:
    if month is None or day is None:
        return ()
    years = (year,) if year else tuple(known.year + k for k in (-1, 0, 1)) if known else ()
    days = []
    for y in years:
        with suppress(ValueError):  # February 29
            days.append(date(y, month, day))
    if not year and known:
        days = sorted(days, key=lambda d: abs(d - known))[:1]
    return tuple(d.isoformat() for d in days)
