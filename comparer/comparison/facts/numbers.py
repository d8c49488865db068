"""Compare the numbers of a row: pair what is about one thing, then say how the printed values stand to each other.

In: the event and one row. Out: facts of kind "number". Values that agree are paired off first, so that only what is
left over on both sides can conflict. A conflict needs the same head noun or unit, a shared word near both numbers and
more in the claims, values of one order of size, and neither value printed anywhere in the other article. Two that
differ may yet both be right: they are of other times where words of counting on stand near one of them, of another
extent where such words stand right beside one and not beside the other. Fails where two figures of one unit are about
different things in very similar sentences, and where the extent is told in another sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from comparer.comparison.same import agree, agreement, comparable, one_figure, ratio, same_unit
from comparer.comparison.view import EventView, Printed, gather, side_of
from comparer.comparison.words import alike, any_of, around, near, part_shared, stems, unit_stems
from comparer.language.doc import Doc
from comparer.language.numbers import Bound
from comparer.language.quantities import Quantity, QuantityKind
from comparer.language.words import words
from comparer.model import Fact, Row, Span, Verdict

FAR = 3.0  # times one value the other: beyond it they are taken to be about different things
RARE, CLOSE = 1000, 1.2  # sums from here on seldom meet by chance: up to here closeness itself says they are one
BARE_RARE = 100  # figures without a noun from here on are taken for an amount printed elsewhere
CLAIM_SHARE = 0.3  # part of the shorter claim's content words that both share
ORDER = (Verdict.CONFLICT, Verdict.UPDATE, Verdict.SCOPE, Verdict.UNIT, Verdict.ROUNDING, Verdict.SAME)


class Link(NamedTuple):
    """Hold two amounts about one thing, how they stand to each other, and why."""

    a: Amount
    b: Amount
    verdict: Verdict
    note: str


Amount = Printed[Quantity]
BESIDE = 3  # words before or after a number in which its extent is told
MARKS = re.compile(r"[,;:()“”\"–—]")
UPDATES = any_of("counted_on")
RISING = re.compile(
    r"\b(?:rose|risen|rising|climbed|grew|grown|jumped|passed|reached) (?:to|past|above)\b", re.IGNORECASE
)
SCOPES = any_of("extents")


def number_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the numbers that two or more cells of the row print about one thing, in order of first print."""
    cells = {article: amounts for article in row.told_by if (amounts := event.printed(row, article, _amounts))}
    paired = event.pairs(row, lambda left, right: _pair(event, cells[left], cells[right]), among=cells)
    links = [
        Link(link.a.at(left), link.b.at(right), link.verdict, link.note)
        for left, right, found in paired
        for link in found
    ]
    return tuple(_fact(event, row, group, inside) for group, inside in _components(links))


def judge(event: EventView, a: Amount, b: Amount) -> tuple[Verdict, str]:
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


def _amounts(event: EventView, article: int, claim: Span) -> list[Amount]:
    found = event.docs[article].quantities(claim)
    return [Printed(article, claim, q.span, q) for q in found if q.kind is not QuantityKind.BARE]


def _pair(event: EventView, left: Sequence[Amount], right: Sequence[Amount]) -> list[Link]:
    """Pair what agrees, surest first, then what is left over where it has one rival on either side."""
    links: list[Link] = []
    free_left, free_right = list(left), list(right)
    for exact in (True, False):
        for a in tuple(free_left):
            match = next((b for b in free_right if one_figure(a.value, b.value, exact=exact)), None)
            if match is not None:
                links.append(Link(a, match, *agreement(a.value, match.value)))
                free_left.remove(a)
                free_right.remove(match)
    rivals = [(a, b) for a in free_left for b in free_right if _one_thing(event, a, b)]
    for a, b in rivals:
        if sum(a is one for one, _ in rivals) == sum(b is other for _, other in rivals) == 1:
            links.append(Link(a, b, *judge(event, a, b)))
    return links


def _one_thing(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether two amounts that disagree are surely meant to be about one thing."""
    x, y = a.value, b.value
    if not comparable(x, y) or not same_unit(x, y) or x.converted or y.converted or x.per != y.per or agree(x, y):
        return False
    if ratio(x, y) > FAR or _printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a):
        return False
    if x.kind in {QuantityKind.PERCENT, QuantityKind.AGE} and _other_names(event, a, b):
        return False
    if x.kind is QuantityKind.MONEY and ratio(x, y) <= CLOSE and min(x.value, y.value) >= RARE:
        return True
    left, right = event.docs[a.article], event.docs[b.article]
    shared = alike(near(left, a.claim, a.span), near(right, b.claim, b.span))
    claims = part_shared(stems(left, a.claim), stems(right, b.claim))
    least = 2 if x.kind is QuantityKind.MONEY else 1
    return len(shared) >= least and claims >= CLAIM_SHARE and not _different_heads(left, right, a, b)


def _other_names(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether both claims print names and none in common: a share of one party is not that of another."""
    one, other = (_names(event, item) for item in (a, b))
    return bool(one and other and not one & other)


def _names(event: EventView, item: Amount) -> frozenset[str]:
    """Return the parts of the names in the sentence an amount stands in."""
    analysed = event.analysed[item.article]
    sentence = next((s.span for s in analysed.sentences_at.touching(item.span)), item.claim)
    return frozenset(part for m in analysed.names_at.inside(sentence) for part in m.key.split())


def _different_heads(left: Doc, right: Doc, a: Amount, b: Amount) -> bool:
    """Tell whether both numbers have words between them and their noun that have nothing in common."""
    one, other = _between(left, a), _between(right, b)
    return bool(one and other and not alike(one, other))


def _between(doc: Doc, item: Amount) -> frozenset[str]:
    return stems(doc, item.span) - unit_stems(item.value.unit)


def _printed_elsewhere(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether the article of `b` prints the value of `a` anywhere: then it knows both, and they are two things."""
    doc = event.docs[b.article]
    known = doc.once(_by_value, doc.whole).get(a.value.value, ())
    rare = a.value.value >= BARE_RARE or a.value.value % 1
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
    leading = min(inside, key=lambda link: ORDER.index(link.verdict))
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
