"""Compare the days, months and years that a row's cells give for one happening.

In: the event and one row. Out: facts of kind "date". Any two days, months or years of two cells that cannot be one are
candidates; a learned judge says how probable it is that they are given for one happening. The day on which something
was said or counted ("as of Friday") is left out: a remark of Wednesday in an agency's report of Thursday is no
conflict. Fails where a claim tells two happenings with one day each, and on a limit ("by Friday").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, combinations, product
from operator import itemgetter

from comparer.comparison.judged import judge
from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import around, common_features, near, part_shared
from comparer.language.dates import DateMention, find_dates
from comparer.language.doc import Doc
from comparer.language.words import forms_of, stem
from comparer.model import Fact, Row, Span, Verdict
from comparer.resources.loader import word_set

Day = Printed[DateMention]
SAYING = frozenset(stem(form) for form in word_set("comparison_words", "day_of_saying"))
BEFORE, AFTER = 4, 2  # words on either side of a day in which a verb of saying makes it the day of saying
COUNTED = re.compile(r"\bas (?:of|at)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
CLAUSE = 70  # characters on either side of a day in which stands what happened on it


def date_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the dates that two or more cells give for one happening, as one fact where dates meet."""
    cells = {article: found for article in row.told_by if (found := event.printed(row, article, days))}
    same: list[tuple[Day, Day]] = []
    apart: dict[tuple[Day, Day], float] = {}
    day = judge("F102")
    for left, right in combinations(cells.values(), 2):
        same += [(a, b) for a, b in product(left, right) if same_day(a.value, b.value)]
        judged = [(day.probability(found), a, b) for a, b, found in rivals(event, row, *left_over(left, right))]
        best = max(judged, key=itemgetter(0), default=None)
        if best is not None and best[0] >= day.line:
            apart[best[1:]] = best[0]
    if apart:
        return (_fact(event, row, _reached(apart, same), max(apart.values())),)
    sides = gather(list(dict.fromkeys(chain.from_iterable(same))), same_day)
    return tuple(_fact(event, row, side) for side in sides if len({item.article for item in side}) > 1)


def days(event: EventView, article: int, claim: Span) -> list[Day]:
    """Return the dates of a claim, but for those on which something was said or counted."""
    doc = event.docs[article]
    return [
        Printed(article, claim, mention.span, mention)
        for mention in doc.dates(claim)
        if (mention.is_day or mention.month is not None or mention.year is not None)
        and not COUNTED.search(doc.text, claim.start, mention.span.start)
        and not _of_saying(doc, claim, mention.span)
    ]


def left_over(left: Sequence[Day], right: Sequence[Day]) -> tuple[list[Day], list[Day]]:
    """Return the days of either cell that can be none of the other's."""
    return (
        [a for a in left if not any(same_day(a.value, b.value) for b in right)],
        [b for b in right if not any(same_day(a.value, b.value) for a in left)],
    )


def rivals(
    event: EventView, row: Row, left: Sequence[Day], right: Sequence[Day]
) -> Iterator[tuple[Day, Day, dict[str, float]]]:
    """Yield each two days of one sort that cannot be one, with what is measured of them."""
    for a, b in product(left, right):
        if _can_differ(a.value, b.value):
            yield a, b, _features(event, row, a, b)


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
    if mention.weekday is not None:
        return {mention.weekday}
    return {date.fromisoformat(day).weekday() for day in mention.days}


def _grain(mention: DateMention) -> str:
    return "day" if mention.is_day else "month" if mention.month is not None else "year"


def _of_saying(doc: Doc, claim: Span, day: Span) -> bool:
    before = [t.form for t in doc.words(Span(claim.start, day.start))][-BEFORE:]
    after = [t.form for t in doc.words(Span(day.end, max(day.end, claim.end)))][:AFTER]
    edge = doc.text[max(0, day.start - 30) : day.start]
    mark = max(edge.rfind(m) for m in ",;:")
    if mark >= 0:
        before = list(forms_of(edge[mark:]))
    return any(stem(form) in SAYING for form in (*before, *after))


def _can_differ(x: DateMention, y: DateMention) -> bool:
    """Tell whether two mentions are of one sort and cannot be one date."""
    weekdays = x.weekday is not None and y.weekday is not None
    calendar = x.day is not None and y.day is not None
    sort = weekdays or calendar or bool(x.days and y.days) or not x.is_day
    return _grain(x) == _grain(y) and sort and not same_day(x, y)


def _features(event: EventView, row: Row, a: Day, b: Day) -> dict[str, float]:
    x, y = a.value, b.value
    both = [(event.docs[item.article], item) for item in (a, b)]
    gaps = [abs((date.fromisoformat(i) - date.fromisoformat(j)).days) for i, j in product(x.days, y.days)]
    of_sort = [len({d[1:6] for d in doc.once(_all_dates, doc.whole) if _grain(d) == _grain(x)}) for doc, _ in both]
    names = [{part for m in doc.names_at.inside(item.claim) for part in m.key.split()} for doc, item in both]
    return common_features(event, row, a, b) | {
        "other_names": float(bool(all(names) and not names[0] & names[1])),
        "weekday": float(x.weekday is not None and y.weekday is not None),
        "calendar": float(x.day is not None and y.day is not None),
        "year": float(not x.is_day and x.month is None),
        "happening": part_shared(*(_happening(doc, item.claim, item.span) for doc, item in both)),
        "known": float(_printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a)),
        "beside": math.log1p(sum(len(doc.dates(item.claim)) for doc, item in both) - 2),
        "others": math.log1p(max(0, max(of_sort) - 1)),
        "gap": math.log1p(min(gaps, default=0)),
    }


def _happening(doc: Doc, claim: Span, day: Span) -> frozenset[str]:
    """Return the stems near a day that say what happened: names are left out, for all claims of an event share them."""
    first = next((t.span for t in doc.words(claim)), None)
    beside = doc.words(around(doc.text, claim, day, reach=CLAUSE))
    capital = {stem(t.form) for t in beside if doc.text[t.span.start].isupper() and t.span != first}
    return near(doc, claim, day, reach=CLAUSE) - capital


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


def _reached(apart: Iterable[tuple[Day, Day]], same: Sequence[tuple[Day, Day]]) -> list[Day]:
    """Return the days that conflict and all that are one with any of them."""
    found = dict.fromkeys(chain.from_iterable(apart))
    while joined := [pair for pair in same if (pair[0] in found) != (pair[1] in found)]:
        found |= dict.fromkeys(chain.from_iterable(joined))
    return list(found)


def _fact(event: EventView, row: Row, items: Sequence[Day], probability: float | None = None) -> Fact:
    """Return the fact of days that are one, or that conflict, as probably as said."""
    same = probability is None
    return Fact(
        row=row.id,
        kind="date",
        verdict=Verdict.SAME if same else Verdict.CONFLICT,
        sides=tuple(side_of(side, text=event.text, passage=event.passage) for side in gather(items, same_day)),
        note="the same day, month or year" if same else "two dates given for one happening",
        probability=probability,
    )
