"""Compare the days, months and years that a row's cells give for one happening.

In: the event and one row. Out: facts of kind "date". The day on which something was said or reported is left out: a
remark of Wednesday in an agency's report of Thursday is no conflict, and neither is the day a count was taken ("as of
Friday"). Two days conflict where each cell has one day left, they cannot be one day, and the same words stand near
both. Fails where a claim tells two happenings with one day each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import combinations

from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import alike, amounts, happening, part_shared, stems
from comparer.language.dates import DateMention, find_dates
from comparer.language.doc import Doc
from comparer.language.forms import base_of, is_past
from comparer.language.words import forms_of, stem
from comparer.model import Fact, Row, Span, Token, Verdict
from comparer.resources.loader import load_lexicon, word_set

Day = Printed[DateMention]
SAYING = frozenset(stem(form) for form in word_set("comparison_words", "day_of_saying"))
BEFORE, AFTER = 4, 2  # words on either side of a day in which a verb of saying makes it the day of saying
LATE = re.compile(r"\b(?:late|night|evening|overnight|midnight)\b", re.IGNORECASE)
EARLY = re.compile(
    r"\b(?:early|morning|overnight|midnight|small hours|after midnight|night (?:in)?to)\b", re.IGNORECASE
)
COUNTED = re.compile(r"\bas (?:of|at)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
LIMIT = re.compile(r"\b(by|before|until|till|after|since)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE)
CLAIM_SHARE = 0.3  # part of the shorter claim's content words that both share
LONG_SHARE = 0.5  # the same for months and years, of which a text names many
NOTES = {
    Verdict.SAME: "the same day, month or year",
    Verdict.CONFLICT: "two dates given for one happening",
}
REACH = 10  # words before or after a day among which its verb is looked for
EDGE = re.compile(r"[,;:()“”\"–—]|\b(?:that|which|who|where|when|while|after|before|as|but|because)\b", re.IGNORECASE)
LEADS = word_set("modals", "modals") - {"must"} | {"to"}
SCHEDULED = frozenset({"due", "expected", "scheduled", "planned", "set"})
HELPERS = word_set("comparison_words", "helpers")


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


def same_happening(left: Doc, a: tuple[Span, Span], right: Doc, b: tuple[Span, Span]) -> bool:
    """Tell whether the days at `a` and `b`, each a claim and a place in it, are days of one happening."""
    one, other = _told(left, *a), _told(right, *b)
    if one is None or other is None or one[0] != other[0]:
        return False
    return bool(alike(one[1], other[1]) or amounts(left, *a) & amounts(right, *b))


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
    if not _can_differ(a.value, b.value) or _printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a):
        return False
    left, right = event.docs[a.article], event.docs[b.article]
    if (
        _limit(left.text, a) != _limit(right.text, b)
        or _across_midnight(left.text, a, right.text, b)
        or _across_midnight(right.text, b, left.text, a)
    ):
        return False
    if a.value.weekday is None and b.value.weekday is None:
        return _shared_enough(left, a, right, b)
    return same_happening(left, (a.claim, a.span), right, (b.claim, b.span))


def _shared_enough(left: Doc, a: Day, right: Doc, b: Day) -> bool:
    """Tell whether enough words stand near two dates of the calendar for both to be dates of one happening."""
    shared = len(alike(happening(left, a.claim, a.span), happening(right, b.claim, b.span)))
    shared += len(amounts(left, a.claim, a.span) & amounts(right, b.claim, b.span))
    claims = part_shared(stems(left, a.claim), stems(right, b.claim))
    if _grain(a.value) != "day":
        return claims >= LONG_SHARE and (shared >= 2 or (shared == 1 and a.value.month is not None))
    return shared >= 2 or (shared == 1 and (a.value.day is not None or claims >= CLAIM_SHARE))


def _can_differ(x: DateMention, y: DateMention) -> bool:
    """Tell whether two mentions are of one sort and cannot be one date."""
    weekdays = x.weekday is not None and y.weekday is not None
    calendar = x.day is not None and y.day is not None
    sort = weekdays or calendar or bool(x.days and y.days) or not x.is_day
    return _grain(x) == _grain(y) and sort and not same_day(x, y)


def _limit(text: str, item: Day) -> str:
    """Return the word that makes a date a limit ("by Friday"), in lower case; "" where it is the date itself."""
    found = LIMIT.search(text, item.claim.start, item.span.start)
    return found.group(1).casefold() if found else ""


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


def _told(doc: Doc, claim: Span, day: Span) -> tuple[str, frozenset[str]] | None:
    """Return the key of the verb that governs a day and the stems beside it; None where no verb is seen."""
    before = Span(claim.start, day.start)
    cut = max((m.end() for m in EDGE.finditer(doc.text, before.start, before.end)), default=before.start)
    tokens = doc.words(Span(cut, day.start))[-REACH:]
    verb = next((t for k, t in reversed(list(enumerate(tokens))) if _is_verb(tokens, k)), None)
    if verb is None:
        start = day.end + (1 if doc.text[day.end : day.end + 1] == "," else 0)
        end = next((m.start() for m in EDGE.finditer(doc.text, start, claim.end)), claim.end)
        tokens = doc.words(Span(start, max(start, end)))[:REACH]
        verb = next((t for k, t in enumerate(tokens) if _is_verb(tokens, k)), None)
    if verb is None:
        return None
    beside = stems(doc, Span(tokens[0].span.start, tokens[-1].span.end)) - {stem(verb.form)}
    return _key(verb.form), beside


def _is_verb(tokens: tuple[Token, ...], at: int) -> bool:
    form = tokens[at].form
    if form in HELPERS:
        return False
    led = at > 0 and tokens[at - 1].form in LEADS
    return led or is_past(form) or form in SCHEDULED or base_of(form) is not None


def _key(form: str) -> str:
    if form in SCHEDULED:
        return "=due"
    base = base_of(form) or form
    return _groups().get(stem(base), stem(base))


@cache
def _groups() -> dict[str, str]:
    """Return the heading of each listed verb by the stem of its base form."""
    entries = [entry.split(" = ") for group in load_lexicon("happenings").groups for entry in group.entries]
    return {stem(verb): f"={verbs[0]}" for verbs in reversed(entries) for verb in verbs}
