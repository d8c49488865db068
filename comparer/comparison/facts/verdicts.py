"""Say why two amounts that differ may yet both be right: they are of other times, of another extent, or they conflict.

In: the event and two amounts about one thing. Out: a verdict with its reason in a few words. Figures are of other times
where words of counting on stand near one of them, and of another extent where such words stand right beside one of them
and not beside the other. Fails where the extent is told in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comparer.comparison.printed import Printed
from comparer.comparison.view import EventView
from comparer.comparison.words import around
from comparer.language.numbers import Bound
from comparer.language.quantities import Quantity, QuantityKind
from comparer.language.words import words
from comparer.model import Span, Verdict

Amount = Printed[Quantity]
BESIDE = 3  # words before or after a number in which its extent is told
MARKS = re.compile(r"[,;:()“”\"–—]")
YEAR = re.compile(r"\b(?:(?:19|20)\d\d|(?:last|this|next) (?:year|month|week|quarter|season))\b", re.IGNORECASE)
UPDATES = re.compile(
    r"\b(?:so far|as of|by (?:the )?(?:late|early|mid-?day|midnight|noon|evening|morning)|initially|revised|updated|"
    r"had earlier|earlier (?:said|put|reported)|previously|latest|until now|to date|"
    r"(?:early|late|morning|afternoon|after-hours|pre-?market) (?:trading|trade|dealings|deals)|"
    r"at the (?:open|close)|closed (?:down|up|at|\d))\b",
    re.IGNORECASE,
)
RISING = re.compile(
    r"\b(?:rose|risen|rising|climbed|grew|grown|jumped|passed|reached) (?:to|past|above)\b", re.IGNORECASE
)
TOLLS = re.compile(
    r"\b(?:kill\w*|dead|death\w*|died|dies|wound\w*|injur\w*|hurt|missing|arrest\w*|detain\w*|rescued|evacuated|"
    r"displaced|infected|cases|victims?|casualt\w+|survivors?|hospitali\w+)\b",
    re.IGNORECASE,
)
CLAIMED = re.compile(
    r"\b(?:what (?:he|she|they|it) (?:said|called|described)|claim(?:s|ed|ing)|alleg(?:es|ed|ing)|boast(?:s|ed|ing)|"
    r"falsely|wrongly|mistakenly|incorrectly)\b",
    re.IGNORECASE,
)
SCOPES = re.compile(
    r"\b(?:another|additional|a further|further|others?|each|apiece|the first|of (?:them|whom|which)|remaining|"
    r"the rest|combined|altogether|in all|average|annual|annually|alone|the largest|including|potential|worth|"
    r"between them|more(?! than))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Side:
    """Hold one amount with its page's text and day, and the words around it."""

    amount: Amount
    text: str
    published: str

    @property
    def window(self) -> str:
        return around(self.text, self.amount.claim, self.amount.span).of(self.text)

    @property
    def claim(self) -> str:
        return self.amount.claim.of(self.text)


def judge(event: EventView, a: Amount, b: Amount) -> tuple[Verdict, str]:
    """Return how two amounts about one thing that cannot both be right stand to each other, and why."""
    pages = [event.analysed[item.article].article for item in (a, b)]
    one, other = (_Side(i, page.text, (page.published or "")[:10]) for i, page in zip((a, b), pages, strict=True))
    for verdict, reason in REASONS:
        note = reason(one, other)
        if note is not None:
            return verdict, note
    return Verdict.CONFLICT, "values that differ by more than rounding"


def _counted_on(one: _Side, other: _Side) -> str | None:
    counts = one.amount.value.kind is QuantityKind.COUNT
    patterns = (UPDATES, RISING) if counts else (UPDATES,)
    found = next((m for side in (one, other) for p in patterns if (m := p.search(side.window))), None)
    return f"figures of different times: “{' '.join(found.group().split())}”" if found else None


def _of_other_days(one: _Side, other: _Side) -> str | None:
    counts = one.amount.value.kind is QuantityKind.COUNT
    apart = bool(one.published and other.published and one.published != other.published)
    toll = any(TOLLS.search(side.claim) for side in (one, other))
    days = f"{one.published} and {other.published}"
    return f"counts in articles of different days: {days}" if counts and apart and toll else None


def _lower_limit(one: _Side, other: _Side) -> str | None:
    limits = Bound.AT_LEAST in {one.amount.value.bound, other.amount.value.bound}
    counts = one.amount.value.kind is QuantityKind.COUNT
    return "a lower limit, which a later count may pass" if limits and counts else None


def _other_extent(one: _Side, other: _Side) -> str | None:
    extents = [_extent(side.text, side.amount) for side in (one, other)]
    apart = ", ".join(sorted(extents[0] ^ extents[1]))
    return f"figures of different extent: “{apart}”" if apart else None


def _own_figure(one: _Side, other: _Side) -> str | None:
    found = [CLAIMED.search(side.window) for side in (one, other)]
    printed = [m.group() for m in found if m]
    return f"one is told as somebody's own figure: “{printed[0]}”" if len(printed) == 1 else None


def _other_years(one: _Side, other: _Side) -> str | None:
    years = [frozenset(YEAR.findall(side.claim)) for side in (one, other)]
    share = one.amount.value.kind is QuantityKind.PERCENT
    apart = years[0] != years[1] if share else not years[0] & years[1]
    printed = " and ".join(", ".join(sorted(y)) for y in years)
    return f"figures of different years: {printed}" if all(years) and apart else None


REASONS: tuple[tuple[Verdict, Callable[[_Side, _Side], str | None]], ...] = (
    (Verdict.UPDATE, _counted_on),
    (Verdict.UPDATE, _of_other_days),
    (Verdict.UPDATE, _lower_limit),
    (Verdict.SCOPE, _other_extent),
    (Verdict.SCOPE, _own_figure),
    (Verdict.SCOPE, _other_years),
)


def _extent(text: str, item: Amount) -> frozenset[str]:
    """Return the words of extent inside a number or right beside it, with no mark between."""
    before = MARKS.split(text[item.claim.start : item.span.start])[-1]
    after = MARKS.split(text[item.span.end : max(item.span.end, item.claim.end)])[0]
    first = words(before)[-BESIDE:]
    last = words(after)[:BESIDE]
    near = Span(item.span.start - (len(before) - first[0].span.start if first else 0), item.span.end)
    near = Span(near.start, item.span.end + (last[-1].span.end if last else 0))
    return frozenset(m.group().casefold() for m in SCOPES.finditer(text, near.start, near.end))
