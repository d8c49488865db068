"""Compare the days, months and years that a row's cells give for one happening.

In: the event and one row. Out: facts of kind "date". Any two days, months or years of two cells that cannot be one are
candidates; a learned judge says how probable it is that they are given for one happening. The day on which something
was said or counted ("as of Friday") is left out: a remark of Wednesday in an agency's report of Thursday is no
conflict. Fails where a claim tells two happenings with one day each, and on a limit ("by Friday").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from operator import itemgetter

from comparer.comparison.facts.instances import common_features
from comparer.comparison.judged import judge
from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import happening, part_shared
from comparer.language.dates import DateMention, find_dates
from comparer.language.doc import Doc
from comparer.language.words import forms_of, stem
from comparer.model import Fact, Row, Span, Verdict
from comparer.resources.loader import word_set

Day = Printed[DateMention]
SAYING = frozenset(stem(form) for form in word_set("comparison_words", "day_of_saying"))
BEFORE, AFTER = 4, 2  # words on either side of a day in which a verb of saying makes it the day of saying
COUNTED = re.compile(r"\bas (?:of|at)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
NOTES = {
    Verdict.SAME: "the same day, month or year",
    Verdict.CONFLICT: "two dates given for one happening",
}


def date_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the dates that two or more cells give for one happening, as one fact where dates meet."""
    cells = {article: days for article in row.told_by if (days := event.printed(row, article, _days))}
    same: list[tuple[Day, Day]] = []
    apart: dict[tuple[Day, Day], float] = {}
    day = judge("F102")
    for left, right in combinations(cells, 2):
        matched = [(a, b) for a in cells[left] for b in cells[right] if same_day(a.value, b.value)]
        same.extend(matched)
        best = max(
            ((day.probability(found), a, b) for a, b, found in rivals(event, row, *free(cells, left, right))),
            key=itemgetter(0),
            default=None,
        )
        if best is not None and best[0] >= day.line:
            apart[best[1:]] = best[0]
    return (*_conflict(event, row, same, apart), *_same(event, row, same, apart))


def free(cells: Mapping[int, Sequence[Day]], left: int, right: int) -> tuple[list[Day], list[Day]]:
    """Return the days of either cell that can be none of the other's."""
    one, other = cells[left], cells[right]
    return (
        [a for a in one if not any(same_day(a.value, b.value) for b in other)],
        [b for b in other if not any(same_day(a.value, b.value) for a in one)],
    )


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


def rivals(
    event: EventView, row: Row, left: Sequence[Day], right: Sequence[Day]
) -> Iterator[tuple[Day, Day, dict[str, float]]]:
    """Yield each two days of one sort that cannot be one, with what is measured of them."""
    for a in left:
        for b in right:
            if _can_differ(a.value, b.value):
                yield a, b, _features(event, row, a, b)


def _features(event: EventView, row: Row, a: Day, b: Day) -> dict[str, float]:
    x, y = a.value, b.value
    docs = event.docs[a.article], event.docs[b.article]
    both = tuple(zip(docs, (a, b), strict=True))
    gaps = [abs((date.fromisoformat(i) - date.fromisoformat(j)).days) for i in x.days for j in y.days]
    of_sort = [len({d[1:6] for d in doc.once(_all_dates, doc.whole) if _grain(d) == _grain(x)}) for doc in docs]
    names = [{part for m in doc.names_at.inside(i.claim) for part in m.key.split()} for doc, i in both]
    return common_features(event, row, a, b) | {
        "other_names": float(bool(all(names) and not names[0] & names[1])),
        "weekday": float(x.weekday is not None and y.weekday is not None),
        "calendar": float(x.day is not None and y.day is not None),
        "year": float(not x.is_day and x.month is None),
        "happening": part_shared(happening(docs[0], a.claim, a.span), happening(docs[1], b.claim, b.span)),
        "known": float(_printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a)),
        "beside": math.log1p(sum(len(doc.dates(item.claim)) for doc, item in both) - 2),
        "others": math.log1p(max(0, max(of_sort) - 1)),
        "gap": math.log1p(min(gaps, default=0)),
    }


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
    event: EventView, row: Row, same: Sequence[tuple[Day, Day]], apart: Mapping[tuple[Day, Day], float]
) -> tuple[Fact, ...]:
    if not apart:
        return ()
    items = list(dict.fromkeys(item for pair in apart for item in pair))
    grown = True
    while grown:
        joined = [pair for pair in same if (pair[0] in items) != (pair[1] in items)]
        items.extend(dict.fromkeys(item for pair in joined for item in pair if item not in items))
        grown = bool(joined)
    return (_fact(event, row, items, Verdict.CONFLICT, max(apart.values())),)


def _same(
    event: EventView, row: Row, same: Sequence[tuple[Day, Day]], apart: Mapping[tuple[Day, Day], float]
) -> tuple[Fact, ...]:
    """Return a fact per date that meets in two cells; none where the row's dates conflict."""
    items = list(dict.fromkeys(item for pair in same for item in pair))
    sides = gather(items, same_day) if not apart else ()
    told_twice = [side for side in sides if len({item.article for item in side}) > 1]
    return tuple(_fact(event, row, side, Verdict.SAME) for side in told_twice)


def _fact(event: EventView, row: Row, items: Sequence[Day], verdict: Verdict, probability: float | None = None) -> Fact:
    sides = gather(items, same_day)
    return Fact(
        row=row.id,
        kind="date",
        verdict=verdict,
        sides=tuple(side_of(side, text=event.text, passage=event.passage) for side in sides),
        note=NOTES[verdict],
        probability=probability,
    )
