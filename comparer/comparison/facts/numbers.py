"""Compare the numbers of a row: pair what agrees, then judge what is left over and cannot both be right.

In: the event and one row. Out: facts of kind "number". Values that agree are paired off first, so that only what is
left over on both sides can conflict. Any two of one sort that are left over are candidates; a learned judge says how
probable it is that they are told of one thing. Two that differ may yet both be right: they are of other times where
words of counting on stand near one of them, of another extent where such words stand right beside one and not beside
the other. Fails where two figures of one unit are about different instances told in very similar words.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from comparer.comparison.judged import judge
from comparer.comparison.same import agree, agreement, comparable, joined, one_figure, same_unit
from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import BESIDE, around, common_features, near, part_shared
from comparer.language.doc import Doc
from comparer.language.numbers import Bound
from comparer.language.quantities import Quantity, QuantityKind
from comparer.language.words import words
from comparer.model import Fact, Row, Span, Verdict
from comparer.resources.loader import word_list

FARTHEST = 3.0  # natural logarithm of the ratio of two values, beyond which it does not matter
RARE = 100  # figures without a noun from here on are taken for an amount printed elsewhere
WITH_REASON = 0.25  # probability from which two figures of other times or extents are set side by side
ORDER = (Verdict.CONFLICT, Verdict.UPDATE, Verdict.SCOPE, Verdict.UNIT, Verdict.ROUNDING, Verdict.SAME)
LABEL = re.compile(r"\b[A-Z][\w.]*\s$")
MARKS = re.compile(r"[,;:()“”\"–—]")
RISING = re.compile(
    r"\b(?:rose|risen|rising|climbed|grew|grown|jumped|passed|reached) (?:to|past|above)\b", re.IGNORECASE
)
UPDATES, SCOPES = (
    re.compile(rf"\b(?:{'|'.join(word_list('comparison_phrases', group))})\b", re.IGNORECASE)
    for group in ("counted_on", "extents")
)
Amount = Printed[Quantity]


class Link(NamedTuple):
    """Hold two amounts about one thing, how they stand to each other, why, and of a conflict how probable it is."""

    a: Amount
    b: Amount
    verdict: Verdict
    note: str
    probability: float | None = None


def number_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the numbers that two or more cells of the row print about one thing, in order of first print."""
    cells = {article: found for article in row.told_by if (found := event.printed(row, article, amounts))}
    paired = event.pairs(row, lambda left, right: _pair(event, row, cells[left], cells[right]), among=cells)
    links = [link._replace(a=link.a.at(left), b=link.b.at(right)) for left, right, found in paired for link in found]
    stands = joined((link.a, link.b) for link in links)
    groups: dict[Amount, list[Link]] = defaultdict(list)
    for link in links:
        groups[stands[link.a]].append(link)
    in_order = sorted(groups.values(), key=lambda group: min((item.article, item.span) for item in _linked(group)))
    return tuple(_fact(event, row, group) for group in in_order)


def amounts(event: EventView, article: int, claim: Span) -> list[Amount]:
    """Return the amounts of a claim; a figure without a noun is none behind a capital: "Boeing 737"."""
    doc = event.docs[article]
    return [
        Printed(article, claim, q.span, q)
        for q in doc.quantities(claim)
        if q.kind is not QuantityKind.BARE or not LABEL.search(doc.text, claim.start, q.span.start)
    ]


def left_over(
    left: Sequence[Amount], right: Sequence[Amount]
) -> tuple[list[Amount], list[Amount], list[tuple[Amount, Amount]]]:
    """Return what has no partner that agrees, of either side, and the pairs that agree, surest first."""
    pairs: list[tuple[Amount, Amount]] = []
    free_left, free_right = list(left), list(right)
    for exact in (True, False):
        for a in tuple(free_left):
            match = next((b for b in free_right if one_figure(a.value, b.value, exact=exact)), None)
            if match is not None:
                pairs.append((a, match))
                free_left.remove(a)
                free_right.remove(match)
    return free_left, free_right, pairs


def rivals(
    event: EventView, row: Row, left: Sequence[Amount], right: Sequence[Amount]
) -> Iterator[tuple[Amount, Amount, dict[str, float]]]:
    """Yield each two amounts of one sort that cannot both be right, with what is measured of them.

    An amount given again in another currency or unit ("1.2 billion crowns ($115 million)") is none of its own.
    """
    apart = [(a, b) for a in left for b in right if _apart(event, a, b)]
    likes = {item: _likes(event.docs[item.article], item.value) for pair in apart for item in pair}
    for a, b in apart:
        yield a, b, _features(event, row, a, b) | {"others": math.log1p(max(likes[a], likes[b]) - 1)}


def _pair(event: EventView, row: Row, left: Sequence[Amount], right: Sequence[Amount]) -> list[Link]:
    """Pair what agrees, surest first, then what is left over and probably told of one thing, likewise."""
    free_left, free_right, agreed = left_over(left, right)
    links = [Link(a, b, *agreement(a.value, b.value)) for a, b in agreed if a.value.kind is not QuantityKind.BARE]
    number = judge("F101")
    judged = [(number.probability(features), a, b) for a, b, features in rivals(event, row, free_left, free_right)]
    used: list[Amount] = []
    for probability, a, b in sorted(judged, key=lambda j: -j[0]):
        if a in used or b in used:
            continue
        verdict, note = _standing(event, a, b)
        if probability >= (number.line if verdict is Verdict.CONFLICT else WITH_REASON):
            links.append(Link(a, b, verdict, note, probability))
            used += (a, b)
    return links


def _apart(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether two amounts are of one sort, differ, and are printed as such: neither article prints both."""
    x, y = a.value, b.value
    if x.value == y.value or x.converted or y.converted:
        return False
    bare = x.kind is y.kind is QuantityKind.BARE
    if not bare and (x.per != y.per or not comparable(x, y) or not same_unit(x, y) or agree(x, y)):
        return False
    return not (_printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a))


def _printed_elsewhere(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether the article of `b` prints the value of `a` anywhere: then it knows both, and they are two things."""
    doc, value = event.docs[b.article], a.value.value
    rare = value >= RARE or value % 1
    return any(
        (q.kind is a.value.kind and same_unit(q, a.value)) or (rare and q.kind is QuantityKind.BARE)
        for q in doc.once(_by_value, doc.whole).get(value, ())
    )


def _by_value(doc: Doc, span: Span) -> dict[float, list[Quantity]]:
    """Return the exact amounts of a span by their values."""
    found: dict[float, list[Quantity]] = defaultdict(list)
    for quantity in doc.quantities(span):
        if quantity.bound is Bound.EXACT:
            found[quantity.value].append(quantity)
    return found


def _likes(doc: Doc, value: Quantity) -> int:
    """Return how many values of a quantity's sort a text prints."""
    return len({q.value for q in doc.quantities(doc.whole) if q.kind is value.kind and same_unit(q, value)})


def _features(event: EventView, row: Row, a: Amount, b: Amount) -> dict[str, float]:
    x, y = a.value, b.value
    docs = event.docs[a.article], event.docs[b.article]
    beside = sum(q.kind is i.value.kind for d, i in zip(docs, (a, b), strict=True) for q in d.quantities(i.claim)) - 2
    return common_features(event, row, a, b) | {
        "near": part_shared(near(docs[0], a.claim, a.span), near(docs[1], b.claim, b.span)),
        "bare": float(x.kind is QuantityKind.BARE),
        "percent": float(x.kind is QuantityKind.PERCENT),
        "ratio": min(FARTHEST, abs(math.log(max(x.value, 0.5) / max(y.value, 0.5)))),
        "beside": math.log1p(beside),
        "extent": float(_extent(event, a) != _extent(event, b)),
        "counted": float(any(UPDATES.search(_window(event, item)) for item in (a, b))),
    }


def _window(event: EventView, item: Amount) -> str:
    """Return what is printed round an amount."""
    text = event.docs[item.article].text
    return around(text, item.claim, item.span).of(text)


def _extent(event: EventView, item: Amount) -> frozenset[str]:
    """Return the words of extent inside a number or right beside it, with no mark between."""
    text, (start, end) = event.docs[item.article].text, (item.span.start, item.span.end)
    before = MARKS.split(text[item.claim.start : start])[-1]
    after = MARKS.split(text[end : max(end, item.claim.end)])[0]
    if first := words(before)[-BESIDE:]:
        start -= len(before) - first[0].span.start
    if last := words(after)[:BESIDE]:
        end += last[-1].span.end
    return frozenset(m.group().casefold() for m in SCOPES.finditer(text, start, end))


def _standing(event: EventView, a: Amount, b: Amount) -> tuple[Verdict, str]:
    """Return how two amounts about one thing that cannot both be right stand to each other, and why."""
    patterns = (UPDATES, RISING) if a.value.kind is QuantityKind.COUNT else (UPDATES,)
    windows = [_window(event, item) for item in (a, b)]
    counted = next((m for window in windows for p in patterns if (m := p.search(window))), None)
    if counted is not None:
        return Verdict.UPDATE, f"figures of different times: “{' '.join(counted.group().split())}”"
    apart = ", ".join(sorted(_extent(event, a) ^ _extent(event, b)))
    if apart:
        return Verdict.SCOPE, f"figures of different extent: “{apart}”"
    return Verdict.CONFLICT, "values that differ by more than rounding"


def _linked(links: Sequence[Link]) -> list[Amount]:
    """Return the amounts of some links, each once."""
    return list(dict.fromkeys(item for link in links for item in (link.a, link.b)))


def _fact(event: EventView, row: Row, links: Sequence[Link]) -> Fact:
    """Return what linked amounts make: the weightiest verdict, that of the likeliest conflict."""
    leading = min(links, key=lambda link: (ORDER.index(link.verdict), -(link.probability or 0.0)))
    verdict, note = leading.verdict, leading.note
    sides = gather(_linked(links), lambda x, y: comparable(x, y) and agree(x, y))
    articles = [{item.article for item in side} for side in sides]
    if verdict is Verdict.CONFLICT and any(one & other for one, other in combinations(articles, 2)):
        verdict, note = Verdict.SCOPE, "one article prints both values, so they are two things"
    return Fact(
        row=row.id,
        kind="number",
        verdict=verdict,
        probability=leading.probability if verdict is Verdict.CONFLICT else None,
        sides=tuple(side_of(side, text=event.text, passage=event.passage) for side in sides),
        note=note,
    )
