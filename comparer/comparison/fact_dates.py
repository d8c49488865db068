"""Compare the days that a row's cells give for one happening.

In: the event and one row. Out: facts of kind "date". The day on which something was said or reported is left out: a
remark of Wednesday in an agency's report of Thursday is no conflict. Two days conflict where each cell has one day
left, they cannot be one day, and the same words stand near both. Fails where a claim tells two happenings with one
day each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations

from comparer.comparison.context import happening, part_shared, stems
from comparer.comparison.sides import Printed, gather, side_of
from comparer.comparison.view import EventView
from comparer.language.dates import DateMention, find_dates
from comparer.language.tokens import stem, words
from comparer.model import Fact, Row, Span, Verdict

Day = Printed[DateMention]
SAYING = frozenset(
    stem(form)
    for form in """say says said saying tell tells told announce announced announcing report reports reported reporting
    state stated affirm affirmed add added write wrote written tweet tweeted post posted publish published release
    released speak spoke spoken repeat repeated statement interview conference briefing asked reporters warn warned
    according declared declare claim claimed insisted confirmed confirm signaled signalled quoted cited journalists
    updated analysts call""".split()
)
BEFORE, AFTER = 4, 2  # words on either side of a day in which a verb of saying makes it the day of saying
LATE = re.compile(r"\b(?:late|night|evening|overnight|midnight)\b", re.IGNORECASE)
EARLY = re.compile(r"\b(?:early|morning|overnight|midnight|small hours|after midnight)\b", re.IGNORECASE)
CLAIM_SHARE = 0.3  # part of the shorter claim's content words that both share
NOTES = {
    Verdict.SAME: "the same day",
    Verdict.SCOPE: "days that cannot be set side by side from these texts",
    Verdict.CONFLICT: "two days given for one happening",
}


def date_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the days that two or more cells give for one happening, as one fact where days meet."""
    cells = {article: days for article in row.told_by if (days := _days(event, row, article))}
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
    if left.weekday is not None and right.weekday is not None:
        return left.weekday == right.weekday
    if (left.weekday is None) != (right.weekday is None):
        weekday, calendar = (left, right) if left.weekday is not None else (right, left)
        return any(date.fromisoformat(day).weekday() == weekday.weekday for day in calendar.days)
    if left.days and right.days:
        return bool(set(left.days) & set(right.days))
    if left.day is not None and right.day is not None:
        return (left.month, left.day) == (right.month, right.day)
    return False


def _days(event: EventView, row: Row, article: int) -> tuple[Day, ...]:
    page = event.analysed[article].article
    return tuple(
        Printed(article, claim, mention.span, mention)
        for claim in event.claim_spans(row, article)
        for mention in find_dates(page.text, claim, page.published)
        if mention.is_day and not _of_saying(page.text, claim, mention.span)
    )


def _of_saying(text: str, claim: Span, day: Span) -> bool:
    before = [t.form for t in words(text, Span(claim.start, day.start))][-BEFORE:]
    after = [t.form for t in words(text, Span(day.end, max(day.end, claim.end)))][:AFTER]
    edge = text[max(0, day.start - 30) : day.start]
    if any(mark in edge for mark in ",;:"):
        before = [t.form for t in words(edge[max(edge.rfind(m) for m in ",;:") :])]
    return any(stem(form) in SAYING for form in (*before, *after))


def _differ(event: EventView, a: Day, b: Day) -> bool:
    x, y = a.value, b.value
    weekdays = x.weekday is not None and y.weekday is not None
    calendar = x.day is not None and y.day is not None
    known = bool(x.days and y.days)
    if (
        same_day(x, y)
        or not (weekdays or calendar or known)
        or _printed_elsewhere(event, a, b)
        or _printed_elsewhere(event, b, a)
    ):
        return False
    left, right = event.analysed[a.article].article.text, event.analysed[b.article].article.text
    if _across_midnight(left, a, right, b) or _across_midnight(right, b, left, a):
        return False
    shared = happening(left, a.claim, a.span) & happening(right, b.claim, b.span)
    if len(shared) >= 2:
        return True
    alike = part_shared(stems(left, a.claim), stems(right, b.claim)) >= CLAIM_SHARE
    return bool(shared) and (calendar or alike)


def _printed_elsewhere(event: EventView, a: Day, b: Day) -> bool:
    """Tell whether b's article prints a's calendar day anywhere; weekdays are too common to tell anything."""
    page = event.analysed[b.article].article
    if a.value.day is None:
        return any(same_day(a.value, d) for d in find_dates(page.text, b.claim, page.published))
    return any(d.day is not None and same_day(a.value, d) for d in find_dates(page.text, Span(0, len(page.text))))


def _across_midnight(left: str, a: Day, right: str, b: Day) -> bool:
    """Tell whether a's night may be b's early morning: "late on Tuesday" and "early on Wednesday"."""
    margin = 12
    one = left[max(0, a.span.start - margin) : a.span.end + margin]
    other = right[max(0, b.span.start - margin) : b.span.end + margin]
    return bool(LATE.search(one) and EARLY.search(other))


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
    if apart or not same:
        return ()
    return (_fact(event, row, list(dict.fromkeys(item for pair in same for item in pair)), Verdict.SAME),)


def _fact(event: EventView, row: Row, items: Sequence[Day], verdict: Verdict) -> Fact:
    sides = gather(items, same_day)
    if verdict is Verdict.SAME and len(sides) > 1:
        verdict = Verdict.SCOPE
    return Fact(
        row=row.id,
        kind="date",
        verdict=verdict,
        sides=tuple(side_of(side, text=event.text, passage=event.passage) for side in sides),
        note=NOTES[verdict],
    )
