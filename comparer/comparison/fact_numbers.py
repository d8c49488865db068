"""Compare the numbers of a row: pair what is about one thing, then say how the printed values stand to each other.

In: the event and one row. Out: facts of kind "number". Values that agree are paired off first, so that only what is
left over on both sides can conflict. A conflict needs the same head noun or unit, shared words near both numbers,
values of one order of size, and neither value printed anywhere in the other article. Fails where two figures of one
unit are about different things in very similar sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from comparer.comparison.amounts import agree, comparable, ratio, same_unit
from comparer.comparison.context import SCOPES, TOLLS, UPDATES, around, near, part_shared, stems
from comparer.comparison.sides import Printed, gather, side_of
from comparer.comparison.view import EventView
from comparer.language.bounds import Bound
from comparer.language.quantities import Quantity, QuantityKind, find_quantities
from comparer.model import Fact, Row, Span, Verdict

Amount = Printed[Quantity]
FAR = 3.0  # times one value the other: beyond it they are taken to be about different things
SWAP_DIGITS = 3  # a sum with fewer digits may look like another by chance
PERCENT_FAR = 1.6  # the same for shares and ages, which stand near each other by nature
RARE = 1000  # sums from here on seldom meet by chance
NEAR = 1.35  # times one value the other: beyond it "more than 10" says nothing of 31
CLOSE = 1.2  # up to here closeness itself says that two rare figures are about one thing
CLAIM_SHARE = 0.3  # part of the shorter claim's content words that both share
ORDER = (Verdict.CONFLICT, Verdict.UPDATE, Verdict.SCOPE, Verdict.UNIT, Verdict.ROUNDING, Verdict.SAME)
YEAR = re.compile(r"\b(?:(?:19|20)\d\d|(?:last|this|next) (?:year|month|week|quarter|season))\b", re.IGNORECASE)
NOTES = {
    Verdict.SAME: "the same number",
    Verdict.ROUNDING: "one rounds the other, or is a limit the other keeps",
    Verdict.UNIT: "the same amount in another unit",
    Verdict.UPDATE: "figures of different times",
    Verdict.SCOPE: "figures of different extent",
    Verdict.CONFLICT: "values that differ by more than rounding",
}


def swapped_digits(event: EventView) -> tuple[tuple[tuple[Amount, ...], tuple[Amount, ...]], ...]:
    """Return sums that two articles print with two neighbouring digits swapped ($38.6m, $36.8m), in any sentences.

    Where neither article prints the other's sum, a swap is far likelier than two sums so alike.
    """
    pages = [_sums(event, k) for k in range(len(event.analysed))]
    return tuple(
        (a, b)
        for left, right in combinations(pages, 2)
        for a in left
        for b in right
        if _swapped(a[0].value, b[0].value)
        and not _printed_elsewhere(event, a[0], b[0])
        and not _printed_elsewhere(event, b[0], a[0])
    )


def number_facts(event: EventView, row: Row) -> tuple[Fact, ...]:
    """Return the numbers that two or more cells of the row print about one thing, in order of first print."""
    cells = {article: _amounts(event, row, article) for article in row.told_by}
    links: list[tuple[Amount, Amount, Verdict]] = []
    for left, right in combinations(row.told_by, 2):
        links.extend(_pair(event, cells[left], cells[right]))
    return tuple(_fact(event, row, group, links) for group in _components(links))


def _sums(event: EventView, article: int) -> tuple[tuple[Amount, ...], ...]:
    """Return the exact sums of money an article prints, with every place that prints them."""
    text = event.analysed[article].article.text
    found: dict[float, list[Amount]] = {}
    for sentence in event.analysed[article].sentences:
        for q in find_quantities(text, sentence.span):
            if q.kind is QuantityKind.MONEY and q.bound is Bound.EXACT and not q.converted and not q.high:
                found.setdefault(q.value, []).append(Printed(article, sentence.span, q.span, q))
    return tuple(tuple(places) for places in found.values())


def _swapped(x: Quantity, y: Quantity) -> bool:
    """Tell whether two sums of one currency and period differ by one swap of neighbouring digits."""
    if x.unit != y.unit or x.per != y.per or x.step != y.step or agree(x, y):
        return False
    one, other = (f"{q.value / q.step:.0f}" for q in (x, y))
    unlike = [k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(one) < SWAP_DIGITS or len(unlike) != 2 or unlike[1] - unlike[0] != 1:
        return False
    return one[unlike[0]] == other[unlike[1]] and one[unlike[1]] == other[unlike[0]]


def _amounts(event: EventView, row: Row, article: int) -> tuple[Amount, ...]:
    text = event.analysed[article].article.text
    return tuple(
        Printed(article, claim, quantity.span, quantity)
        for claim in event.claim_spans(row, article)
        for quantity in find_quantities(text, claim)
        if quantity.kind is not QuantityKind.BARE
    )


def _pair(event: EventView, left: Sequence[Amount], right: Sequence[Amount]) -> list[tuple[Amount, Amount, Verdict]]:
    links: list[tuple[Amount, Amount, Verdict]] = []
    free_left, free_right = list(left), list(right)
    for exact in (True, False):
        for a in tuple(free_left):
            match = next((b for b in free_right if _matches(a.value, b.value, exact=exact)), None)
            if match is not None:
                links.append((a, match, _agreement(a.value, match.value)))
                free_left.remove(a)
                free_right.remove(match)
    for a in free_left:
        rivals = [b for b in free_right if _one_thing(event, a, b, anchored=bool(links))]
        if (
            len(rivals) == 1
            and sum(_one_thing(event, other, rivals[0], anchored=bool(links)) for other in free_left) == 1
        ):
            links.append((a, rivals[0], _difference(event, a, rivals[0])))
    return links


def _matches(x: Quantity, y: Quantity, *, exact: bool) -> bool:
    """Tell whether two amounts agree; those of other nouns only where the values are close and not small."""
    if not comparable(x, y) or not agree(x, y) or x.per != y.per:
        return x.per != y.per and comparable(x, y) and x.value == y.value
    if exact:
        return x.value == y.value and same_unit(x, y)
    if ratio(x, y) > NEAR:
        return False
    if x.kind is QuantityKind.COUNT and not same_unit(x, y):
        return (x.value == y.value > 2) or (ratio(x, y) < 1.1 and min(x.value, y.value) >= 100)
    return True


def _agreement(x: Quantity, y: Quantity) -> Verdict:
    if x.kind in {QuantityKind.DURATION, QuantityKind.MEASURE} and x.unit != y.unit:
        return Verdict.UNIT
    same = x.value == y.value and x.high == y.high and x.bound == y.bound
    return Verdict.SAME if same else Verdict.ROUNDING


def _one_thing(event: EventView, a: Amount, b: Amount, *, anchored: bool) -> bool:
    """Tell whether two amounts that disagree are surely meant to be about one thing."""
    x, y = a.value, b.value
    if not comparable(x, y) or not same_unit(x, y) or x.converted or y.converted or x.per != y.per or agree(x, y):
        return False
    times = ratio(x, y)
    if x.kind in {QuantityKind.PERCENT, QuantityKind.AGE} and _other_names(event, a, b):
        return False
    if times > FAR or _printed_elsewhere(event, a, b) or _printed_elsewhere(event, b, a):
        return False
    left, right = event.analysed[a.article].article.text, event.analysed[b.article].article.text
    shared = len(near(left, a.claim, a.span) & near(right, b.claim, b.span))
    alike = part_shared(stems(left, a.claim), stems(right, b.claim)) >= CLAIM_SHARE
    both = alike and (shared >= 1 or anchored)
    return {
        QuantityKind.COUNT: not _different_heads(left, right, a, b) and (shared >= 2 or (shared >= 1 and alike)),
        QuantityKind.MONEY: (times <= CLOSE and min(x.value, y.value) >= RARE) or (shared >= 2 and alike),
        QuantityKind.PERCENT: times <= PERCENT_FAR and (shared >= 2 or both),
        QuantityKind.AGE: times <= PERCENT_FAR and shared >= 1 and alike,
    }.get(x.kind, shared >= 2 and alike)


def _other_names(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether both claims print names and none in common: a share of one party is not that of another."""
    one, other = (_names(event, item) for item in (a, b))
    return bool(one and other and not one & other)


def _names(event: EventView, item: Amount) -> frozenset[str]:
    """Return the parts of the names in the sentence an amount stands in."""
    analysed = event.analysed[item.article]
    sentence = next((s.span for s in analysed.sentences if s.span.overlaps(item.span)), item.claim)
    return frozenset(part for m in analysed.names if sentence.covers(m.span) for part in m.key.split())


def _different_heads(left: str, right: str, a: Amount, b: Amount) -> bool:
    """Tell whether both numbers have words between them and their noun that have nothing in common."""
    one, other = _between(left, a), _between(right, b)
    return bool(one and other and not one & other)


def _between(text: str, item: Amount) -> frozenset[str]:
    return stems(text, item.span) - stems(item.value.unit, Span(0, len(item.value.unit)))


def _printed_elsewhere(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether the article of `b` prints the value of `a` anywhere: then it knows both, and they are two things."""
    known = _all_quantities(event.analysed[b.article].article.text)
    return any(
        q.kind is a.value.kind and q.unit == a.value.unit and q.bound is Bound.EXACT and q.value == a.value.value
        for q in known
    )


@lru_cache(maxsize=256)
def _all_quantities(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, Span(0, len(text)))


def _difference(event: EventView, a: Amount, b: Amount) -> Verdict:
    windows = [
        around(text := event.analysed[item.article].article.text, item.claim, item.span).of(text) for item in (a, b)
    ]
    if any(UPDATES.search(window) for window in windows) or _days_apart(event, a, b):
        return Verdict.UPDATE
    if Bound.AT_LEAST in {a.value.bound, b.value.bound} and a.value.kind is QuantityKind.COUNT:
        return Verdict.UPDATE
    if bool(SCOPES.search(windows[0])) != bool(SCOPES.search(windows[1])) or _other_years(event, a, b):
        return Verdict.SCOPE
    return Verdict.CONFLICT


def _other_years(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether both claims print years, and for a share not the same ones, for other amounts none in common."""
    years = [set(YEAR.findall(item.claim.of(event.analysed[item.article].article.text))) for item in (a, b)]
    share = a.value.kind is QuantityKind.PERCENT
    return all(years) and (years[0] != years[1] if share else not years[0] & years[1])


def _days_apart(event: EventView, a: Amount, b: Amount) -> bool:
    """Tell whether counts stand in articles known to be of different days: tolls are counted on."""
    days = [(event.analysed[item.article].article.published or "")[:10] for item in (a, b)]
    toll = any(TOLLS.search(item.claim.of(event.analysed[item.article].article.text)) for item in (a, b))
    return toll and a.value.kind is QuantityKind.COUNT and all(days) and days[0] != days[1]


def _components(links: Sequence[tuple[Amount, Amount, Verdict]]) -> list[list[Amount]]:
    """Return the amounts joined by links, as groups in order of first print; one value per article and group."""
    groups: list[list[Amount]] = []
    for a, b, _ in links:
        touching = [g for g in groups if a in g or b in g]
        merged = [item for g in touching for item in g] + [
            item for item in (a, b) if not any(item in g for g in touching)
        ]
        groups = [g for g in groups if g not in touching] + [merged]
    return sorted(groups, key=lambda g: min((item.article, item.span) for item in g))


def _fact(event: EventView, row: Row, group: Sequence[Amount], links: Sequence[tuple[Amount, Amount, Verdict]]) -> Fact:
    verdicts = {verdict for a, b, verdict in links if a in group and b in group}
    verdict = next(v for v in ORDER if v in verdicts)
    sides = gather(group, lambda x, y: comparable(x, y) and agree(x, y))
    if verdict is Verdict.CONFLICT and len(sides) < 2:
        verdict = Verdict.ROUNDING
    articles = [{item.article for item in side} for side in sides]
    if verdict is Verdict.CONFLICT and any(one & other for one, other in combinations(articles, 2)):
        verdict = Verdict.SCOPE  # an article that prints both values knows two things
    return Fact(
        row=row.id,
        kind="number",
        verdict=verdict,
        sides=tuple(side_of(side, text=event.text, passage=event.passage) for side in sides),
        note=NOTES[verdict],
    )
