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

from comparer.comparison.facts.instances import common_features
from comparer.comparison.judged import judge
from comparer.comparison.same import agree, agreement, comparable, one_figure, same_unit
from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import any_of, around, near, part_shared
from comparer.language.doc import Doc
from comparer.language.numbers import Bound
from comparer.language.quantities import Quantity, QuantityKind
from comparer.language.words import words
from comparer.model import Fact, Row, Span, Verdict

FARTHEST = 3.0  # natural logarithm of the ratio of two values, beyond which it does not matter
RARE = 100  # figures without a noun from here on are taken for an amount printed elsewhere
WITH_REASON = 0.25  # probability from which two figures of other times or extents are set side by side
ORDER = (Verdict.CONFLICT, Verdict.UPDATE, Verdict.SCOPE, Verdict.UNIT, Verdict.ROUNDING, Verdict.SAME)


class Link(NamedTuple):
    """Hold two amounts about one thing, how they stand to each other, why, and of a conflict how probable it is."""

    a: Amount
    b: Amount
    verdict: Verdict
    note: str
    probability: float | None = None


Amount = Printed[Quantity]
BESIDE = 3  # words before or after a number in which its extent is told
LABEL = re.compile(r"\b[A-Z][\w.]*\s$")
MARKS = re.compile(r"[,;:()“”\"–—]")
UPDATES = any_of("counted_on")
RISING = re.compile(
    r"\b(?:rose|risen|rising|climbed|grew|grown|jumped|passed|reached) (?:to|past|above)\b", re.IGNORECASE
)
SCOPES = any_of("extents")


def number_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the numbers that two or more cells of the row print about one thing, in order of first print."""
    cells = {article: amounts for article in row.told_by if (amounts := event.printed(row, article, _amounts))}
    paired = event.pairs(row, lambda left, right: _pair(event, row, cells[left], cells[right]), among=cells)
    links = [link._replace(a=link.a.at(left), b=link.b.at(right)) for left, right, found in paired for link in found]
    return tuple(_fact(event, row, group, inside) for group, inside in _components(links))


def standing(event: EventView, a: Amount, b: Amount) -> tuple[Verdict, str]:
    """Return how two amounts about one thing that cannot both be right stand to each other, and why."""
    texts = [event.docs[item.article].text for item in (a, b)]
    patterns = (UPDATES, RISING) if a.value.kind is QuantityKind.COUNT else (UPDATES,)
    windows = [around(text, item.claim, item.span).of(text) for text, item in zip(texts, (a, b), strict=True)]
    counted = next((m for window in windows for p in patterns if (m := p.search(window))), None)
    if counted is not None:
        return Verdict.UPDATE, f"figures of different times: “{' '.join(counted.group().split())}”"
    apart = ", ".join(sorted(_extent(texts[0], a) ^ _extent(texts[1], b)))
    if apart:
        return Verdict.SCOPE, f"figures of different extent: “{apart}”"
    return Verdict.CONFLICT, "values that differ by more than rounding"


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


def _apart(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether two amounts are of one sort, differ, and are printed as such: neither article prints both."""
    x, y = a.value, b.value
    if x.value == y.value or x.converted or y.converted:
        return False
    bare = x.kind is y.kind is QuantityKind.BARE
    if not bare and (x.per != y.per or not comparable(x, y) or not same_unit(x, y) or agree(x, y)):
        return False
    return not (_printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a))


def _likes(doc: Doc, value: Quantity) -> int:
    """Return how many values of a quantity's sort a text prints."""
    return len({q.value for q in doc.quantities(doc.whole) if q.kind is value.kind and same_unit(q, value)})


def _features(event: EventView, row: Row, a: Amount, b: Amount) -> dict[str, float]:
    x, y = a.value, b.value
    docs = event.docs[a.article], event.docs[b.article]
    beside = sum(q.kind is i.value.kind for d, i in zip(docs, (a, b), strict=True) for q in d.quantities(i.claim)) - 2
    windows = [around(doc.text, item.claim, item.span).of(doc.text) for doc, item in zip(docs, (a, b), strict=True)]
    return common_features(event, row, a, b) | {
        "near": part_shared(near(docs[0], a.claim, a.span), near(docs[1], b.claim, b.span)),
        "bare": float(x.kind is QuantityKind.BARE),
        "percent": float(x.kind is QuantityKind.PERCENT),
        "ratio": min(FARTHEST, abs(math.log(max(x.value, 0.5) / max(y.value, 0.5)))),
        "beside": math.log1p(beside),
        "extent": float(_extent(docs[0].text, a) != _extent(docs[1].text, b)),
        "counted": float(any(UPDATES.search(window) for window in windows)),
    }


def _amounts(event: EventView, article: int, claim: Span) -> list[Amount]:
    """Return the amounts of a claim; a figure without a noun is none behind a capital: "Boeing 737"."""
    doc = event.docs[article]
    found = [Printed(article, claim, q.span, q) for q in doc.quantities(claim)]
    return [
        a
        for a in found
        if a.value.kind is not QuantityKind.BARE or not LABEL.search(doc.text, claim.start, a.span.start)
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
        verdict, note = standing(event, a, b)
        if probability >= (number.line if verdict is Verdict.CONFLICT else WITH_REASON):
            links.append(Link(a, b, verdict, note, probability))
            used += (a, b)
    return links


def _printed_elsewhere(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether the article of `b` prints the value of `a` anywhere: then it knows both, and they are two things."""
    doc = event.docs[b.article]
    known = doc.once(_by_value, doc.whole).get(a.value.value, ())
    rare = a.value.value >= RARE or a.value.value % 1
    return any(
        (q.kind is a.value.kind and same_unit(q, a.value)) or (rare and q.kind is QuantityKind.BARE) for q in known
    )


def _by_value(doc: Doc, span: Span) -> dict[float, list[Quantity]]:
    """Return the exact amounts of a span by their values."""
    found: dict[float, list[Quantity]] = defaultdict(list)
    for quantity in doc.quantities(span):
        if quantity.bound is Bound.EXACT:
            found[quantity.value].append(quantity)
    return found


def _components(links: Sequence[Link]) -> list[tuple[list[Amount], list[Link]]]:
    """Return the amounts joined by links, with these, in order of first print; of equals the last joined is last."""
    group: dict[Amount, list[Amount]] = {}
    last: dict[int, int] = {}
    for n, link in enumerate(links):
        touching = {id(g): g for item in (link.a, link.b) if (g := group.get(item))}
        merged, *others = sorted(touching.values(), key=lambda g: last[id(g)]) or [[]]
        merged += [item for other in others for item in other]
        merged += [item for item in (link.a, link.b) if item not in group]
        group |= dict.fromkeys((link.a, link.b, *(item for other in others for item in other)), merged)
        last[id(merged)] = n
    inside: dict[int, list[Link]] = {}
    for link in links:
        inside.setdefault(id(group[link.a]), []).append(link)
    found = [(group[of[0].a], of) for of in inside.values()]
    return sorted(found, key=lambda g: (min((item.article, item.span) for item in g[0]), last[id(g[0])]))


def _fact(event: EventView, row: Row, group: Sequence[Amount], inside: Sequence[Link]) -> Fact:
    leading = min(inside, key=lambda link: (ORDER.index(link.verdict), -(link.probability or 0.0)))
    verdict, note = leading.verdict, leading.note
    sides = gather(group, lambda x, y: comparable(x, y) and agree(x, y))
    if verdict is Verdict.CONFLICT and len(sides) < 2:
        verdict, note = Verdict.ROUNDING, "one rounds the other, or is a limit the other keeps"
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


def _extent(text: str, item: Amount) -> frozenset[str]:
    """Return the words of extent inside a number or right beside it, with no mark between."""
    before = MARKS.split(text[item.claim.start : item.span.start])[-1]
    after = MARKS.split(text[item.span.end : max(item.span.end, item.claim.end)])[0]
    first = words(before)[-BESIDE:]
    last = words(after)[:BESIDE]
    near = Span(item.span.start - (len(before) - first[0].span.start if first else 0), item.span.end)
    near = Span(near.start, item.span.end + (last[-1].span.end if last else 0))
    return frozenset(m.group().casefold() for m in SCOPES.finditer(text, near.start, near.end))
