"""Say what words stand around a fact, so that two figures are compared only where they are about one thing.

In: a text and a span of it. Out: content stems, without numbers and common words. Nothing is judged here.
"""

from __future__ import annotations

from functools import lru_cache

from comparer.language.dates import find_dates
from comparer.language.forms import common_headings
from comparer.language.numbers import Bound
from comparer.language.quantities import find_quantities
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import Span

WINDOW = 45  # characters on either side of a number: about seven words
CLAUSE = 70  # the same for a day, which stands further from what happened on it
COMMON = frozenset(
    """say says said tell told ask asked according add added also still about around nearly almost more less than least
    percent cent per million billion thousand hundred dollar year month week day hour monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november december new
    last next first second one two three four five six seven eight nine ten people time make made take took mr mrs ms
    dr total some other others""".split()
)
PREFIX = 6  # letters that two words of one root share: "prosecutors", "prosecution"


@lru_cache(maxsize=4096)
def stems(text: str, span: Span) -> frozenset[str]:
    """Return the content stems of a span; figures, periods and common reporting words do not count.

    >>> line = "Four fishermen were wounded on Monday"
    >>> sorted(stems(line, Span(0, len(line))))
    ['fishermen', 'wound']
    """
    found = (t for t in words(text, span) if t.form not in STOP_WORDS and t.form not in COMMON)
    return frozenset(s for t in found if not t.form[0].isdigit() and len(s := stem(t.form)) > 2 and s not in COMMON)


def around(text: str, claim: Span, fact: Span, *, reach: int = WINDOW) -> Span:
    """Return the stretch of a claim that stands near a fact, cut at whole words."""
    start, end = max(claim.start, fact.start - reach), min(claim.end, fact.end + reach)
    while start > claim.start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < claim.end and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def near(text: str, claim: Span, fact: Span) -> frozenset[str]:
    """Return the content stems near a fact, the fact's own words left out."""
    window = around(text, claim, fact)
    return stems(text, Span(window.start, fact.start)) | stems(text, Span(fact.end, max(fact.end, window.end)))


def happening(text: str, claim: Span, fact: Span) -> frozenset[str]:
    """Return the stems near a day that say what happened: names are left out, for all claims of an event share them."""
    window = around(text, claim, fact, reach=CLAUSE)
    first = next((t.span for t in words(text, claim)), None)
    capital = {stem(t.form) for t in words(text, window) if text[t.span.start].isupper() and t.span != first}
    parts = (Span(window.start, fact.start), Span(fact.end, max(fact.end, window.end)))
    return frozenset(s for part in parts for s in stems(text, part)) - capital


def amounts(text: str, claim: Span, fact: Span) -> frozenset[tuple[float, str]]:
    """Return the exact amounts printed near a fact, each with its unit."""
    window = around(text, claim, fact, reach=CLAUSE)
    found = find_quantities(text, window)
    return frozenset(
        (q.value, q.unit) for q in found if q.unit and q.bound is Bound.EXACT and not q.span.overlaps(fact)
    )


def calendar_days(text: str, claim: Span) -> frozenset[tuple[int, int]]:
    """Return the days of the calendar a claim prints, as month and day; weekdays are too common to tell anything."""
    found = ((d.month, d.day) for d in find_dates(text, claim))
    return frozenset((month, day) for month, day in found if month is not None and day is not None)


def alike(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Return what two sets of stems share, words of one meaning or one root counted as one word.

    >>> sorted(alike(frozenset({"prosecutor", "employ"}), frozenset({"prosecution", "worker"})))
    ['=worker', 'prosec']
    """
    return _roots(left) & _roots(right)


@lru_cache(maxsize=4096)
def _roots(found: frozenset[str]) -> frozenset[str]:
    heading = common_headings()
    return frozenset(heading.get(s, s[:PREFIX]) for s in found)


def part_shared(left: frozenset[str], right: frozenset[str]) -> float:
    """Return which part (0..1) of the smaller set stands in the other too, in these or in kindred words."""
    smaller = min(len(_roots(left)), len(_roots(right)))
    return len(alike(left, right)) / smaller if smaller else 0.0
