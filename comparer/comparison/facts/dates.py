"""Compare the days, months and years that a row's cells give for one happening.

In: the event and one row. Out: facts of kind "date". The day on which something was said or reported is left out: a
remark of Wednesday in an agency's report of Thursday is no conflict, and neither is the day a count was taken ("as of
Friday"). Two days conflict where each cell has one day left, they cannot be one day, and the same words stand near
both: half of them, and of the claims', for days of the week, of which a text names many. Fails where a claim tells
two happenings with one day each, and on a limit ("by Friday").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations

from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import alike, happening, part_shared, stems
from comparer.language.dates import DateMention, find_dates
from comparer.language.doc import Doc
from comparer.language.words import forms_of, stem
from comparer.model import Fact, Row, Span, Verdict
from comparer.resources.loader import word_set

Day = Printed[DateMention]
SAYING = frozenset(stem(form) for form in word_set("comparison_words", "day_of_saying"))
BEFORE, AFTER = 4, 2  # words on either side of a day in which a verb of saying makes it the day of saying
COUNTED = re.compile(r"\bas (?:of|at)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
CLAIM_SHARE = 0.3  # part of the shorter claim's content words that both share, beside one near the two days
HALF = 0.5  # for days of the week, of which a text names many: the same part of the claims' and of the words near both
NOTES = {
    Verdict.SAME: "the same day, month or year",
    Verdict.CONFLICT: "two dates given for one happening",
}


def date_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the dates that two or more cells give for one happening, as one fact where dates meet."""
    cells = {article: days for article in row.told_by if (days := event.printed(row, article, _days))}
    same: list[tuple[Day, Day]] = []
    apart: list[tuple[Day, Day]] = []
    for left, right in combinations(cells, 2):
        matched = [(a, b) for a in cells[left] for b in cells[right] if same_day(a.value, b.value)]
        same.extend(matched)
        used = [item for pair in matched for item in pair]
        free = [[d for d in cells[k] if d not in used] for k in (left, right)]
        rivals = [(a, b) for a in free[0] for b in free[1] if _differ(event, a, b)]
        apart.extend(rivals if len(rivals) == 1 else ())
    return (*_conflict(event, row, same, apart), *_same(event, row, same, apart))


def same_day(left: DateMention, right: DateMention) -> bool:
    """Tell whether two mentions can name one day; what is unknown on one side speaks for it.

    A weekday beside a day of the calendar is that day where the calendar says so: outlets count weeks in their own way.
    """
    if _grain(left) != _grain(right):
        return False
    if not left.is_day:
        years = left.year is None or right.year is None or left.year == right.year
        return left.month == right.month and years
    if left.weekday is not None or right.weekday is not None:
        return bool(_weekdays(left) & _weekdays(right))
    if left.days and right.days:
        return bool(set(left.days) & set(right.days))
    return left.day is not None and (left.month, left.day) == (right.month, right.day)


def _weekdays(mention: DateMention) -> set[int]:
    """Return the days of the week a mention can fall on."""
    if mention.weekday is not None:
        return {mention.weekday}
    return {date.fromisoformat(day).weekday() for day in mention.days}


def _grain(mention: DateMention) -> str:
    return "day" if mention.is_day else "month" if mention.month is not None else "year"


def _days(event: EventView, article: int, claim: Span) -> list[Day]:
    doc = event.docs[article]
    return [
        Printed(article, claim, mention.span, mention)
        for mention in doc.dates(claim)
        if (mention.is_day or mention.month is not None or mention.year is not None)
        and not COUNTED.search(doc.text, claim.start, mention.span.start)
        and not _of_saying(doc, claim, mention.span)
    ]


def _of_saying(doc: Doc, claim: Span, day: Span) -> bool:
    before = [t.form for t in doc.words(Span(claim.start, day.start))][-BEFORE:]
    after = [t.form for t in doc.words(Span(day.end, max(day.end, claim.end)))][:AFTER]
    edge = doc.text[max(0, day.start - 30) : day.start]
    if any(mark in edge for mark in ",;:"):
        before = list(forms_of(edge[max(edge.rfind(m) for m in ",;:") :]))
    return any(stem(form) in SAYING for form in (*before, *after))


def _differ(event: EventView, a: Day, b: Day) -> bool:
    """Tell whether two days cannot be one, and are told of one happening."""
    if not _can_differ(a.value, b.value) or _printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a):
        return False
    left, right = event.docs[a.article], event.docs[b.article]
    near = happening(left, a.claim, a.span), happening(right, b.claim, b.span)
    claims = part_shared(stems(left, a.claim), stems(right, b.claim))
    if a.value.weekday is None and b.value.weekday is None:
        return bool(alike(*near)) and claims >= CLAIM_SHARE
    return min(claims, part_shared(*near)) >= HALF


def _can_differ(x: DateMention, y: DateMention) -> bool:
    """Tell whether two mentions are of one sort and cannot be one date."""
    weekdays = x.weekday is not None and y.weekday is not None
    calendar = x.day is not None and y.day is not None
    sort = weekdays or calendar or bool(x.days and y.days) or not x.is_day
    return _grain(x) == _grain(y) and sort and not same_day(x, y)


def _printed_elsewhere(event: EventView, a: Day, b: Day) -> bool:
    """Tell whether b's article prints a's calendar day anywhere; weekdays are too common to tell anything."""
    doc = event.docs[b.article]
    if a.value.is_day and a.value.day is None:
        return any(same_day(a.value, d) for d in doc.dates(b.claim))
    printed = doc.once(_all_dates, doc.whole)
    if not a.value.is_day:
        parts = (a.value.month, a.value.year)
        return any(all(p is None or p == q for p, q in zip(parts, (d.month, d.year), strict=True)) for d in printed)
    return any(d.day is not None and same_day(a.value, d) for d in printed)


def _all_dates(doc: Doc, span: Span) -> tuple[DateMention, ...]:
    """Return the dates of a whole text as printed, whatever its day of publication."""
    return find_dates(doc.text, span)


def _conflict(
    event: EventView, row: Row, same: Sequence[tuple[Day, Day]], apart: Sequence[tuple[Day, Day]]
) -> tuple[Fact, ...]:
    if not apart:
        return ()
    items = list(dict.fromkeys(item for pair in apart for item in pair))
    grown = True
    while grown:
        joined = [pair for pair in same if (pair[0] in items) != (pair[1] in items)]
        items.extend(dict.fromkeys(item for pair in joined for item in pair if item not in items))
        grown = bool(joined)
    return (_fact(event, row, items, Verdict.CONFLICT),)


def _same(
    event: EventView, row: Row, same: Sequence[tuple[Day, Day]], apart: Sequence[tuple[Day, Day]]
) -> tuple[Fact, ...]:
    """Return a fact per date that meets in two cells; none where the row's dates conflict."""
    items = list(dict.fromkeys(item for pair in same for item in pair))
    sides = gather(items, same_day) if not apart else ()
    told_twice = [side for side in sides if len({item.article for item in side}) > 1]
    return tuple(_fact(event, row, side, Verdict.SAME) for side in told_twice)


def _fact(event: EventView, row: Row, items: Sequence[Day], verdict: Verdict) -> Fact:
    sides = gather(items, same_day)
    return Fact(
        row=row.id,
        kind="date",
        verdict=verdict,
        sides=tuple(side_of(side, text=event.text, passage=event.passage) for side in sides),
        note=NOTES[verdict],
    )
