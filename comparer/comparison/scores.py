"""Count how near the articles of an event are: per pair, and per article. A distance of 0 means no difference.

In: the event and its utterances. Out: scores with the number of items they rest on. Where fewer than a stated number
could be compared a score abstains: its value is None. A score is laid beside what reference pairs score: for each kind
of reference how many per cent score lower, and how many the same. These quantiles are frozen
(`resources/reference_quantiles.json`, rebuilt by `training/reference_quantiles.py`), for three articles give no null of
their own; where too few pairs are known nothing is said. No score says that an outlet is good or bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from comparer.comparison.page.find import promotional_words
from comparer.comparison.quotations.utterances import INDISTINCT
from comparer.comparison.view import EventView
from comparer.comparison.words import cell_forms, read_words
from comparer.model import QuoteReading, ReferenceKind, Relation, Row, Rung, Score, Standing, Utterance
from comparer.resources.loader import load_json

LEAST_ROWS = 4  # rows told by both before their relations, wording and sourcing are counted
LEAST_CLAIMS = 6  # claims of the shorter article before its selection is compared
LEAST_QUOTATIONS = 2
LEAST_WORDS = 50  # words of a page, or of text that may count as copied
LADDER = tuple(Rung)
LEAST_PAIRS = 20  # reference pairs, below which one of them would move a percentile by more than five points
Counted = Mapping[tuple[int, int], tuple[float, int]]
"""By pair of articles what is counted, and of how many."""


def find_scores(event: EventView, utterances: Sequence[Utterance]) -> tuple[Score, ...]:
    """Return the scores of each pair of articles, in order, and then of each article; all values are 0 to 1."""
    measured = (
        ("content agreement", _added(_agreement(event)), LEAST_ROWS, "rows told by both"),
        ("wording distance", _added(_wording(event)), LEAST_ROWS, "rows told by both"),
        ("sourcing distance", _added(_sourcing(event)), LEAST_ROWS, "rows a source is printed for"),
        ("quotation fidelity", _added(_quotations(event, utterances)), LEAST_QUOTATIONS, "quotations printed by both"),
        ("selection overlap", _selection(event), LEAST_CLAIMS, "rows of the text that tells fewer"),
        ("independence", _independence(event), LEAST_WORDS, "words of the shorter text"),
    )
    articles = range(len(event.analysed))
    found = [
        _score(event, name, pair, *counted.get(pair, (0, 0)), least, unit)
        for pair in combinations(articles, 2)
        for name, counted, least, unit in measured
    ]
    promoting = ((k, promotional_words(event, k)) for k in articles)
    found += [_score(event, "promotion share", (k,), r.count, r.total, LEAST_WORDS, r.unit) for k, r in promoting]
    return tuple(found)


def standings(name: str, value: float | None) -> tuple[Standing, ...]:
    """Return where a value of the score `name` stands among each kind of reference, in the order of `ReferenceKind`.

    >>> [(s.kind.value, s.n >= 20, s.lower) for s in standings("wording distance", 0.0)][0]
    ('same_event', True, 0.0)
    >>> standings("wording distance", None)
    ()
    """
    reference = load_json("reference_quantiles")
    kinds = reference["scores"].get(name, {})
    if value is None:
        return ()
    return tuple(
        _standing(kind, reference["points"], kinds[kind.value], value)
        for kind in ReferenceKind
        if kind.value in kinds and kinds[kind.value]["n"] >= LEAST_PAIRS
    )


def percentile(found: Sequence[Standing]) -> float | None:
    """Return the per cent that score lower of the pairs that report one event, or else of the saved pages."""
    wanted = (ReferenceKind.SAME_EVENT, ReferenceKind.SAVED_PAGE)
    return next((s.lower for s in found if s.kind in wanted), None)


def _added(values: Iterable[tuple[int, int, float]]) -> Counted:
    """Return, by pair of articles, the sum of what rows or quotations that both tell give, and how many these are."""
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for left, right, value in values:
        total, count = found.get((left, right), (0.0, 0))
        found[left, right] = total + value, count + 1
    return found


def _agreement(event: EventView) -> Iterator[tuple[int, int, float]]:
    """Yield 1 for each row that two tell without a conflict."""
    return ((r.left, r.right, float(r.relation is not Relation.CONFLICT)) for r in event.relations)


def _wording(event: EventView) -> Iterator[tuple[int, int, float]]:
    """Yield the part of their words in which the cells of a row differ."""
    for row in event.shared_rows:
        yield from event.pairs(row, partial(_apart, event, row))


def _apart(event: EventView, row: Row, left: int, right: int) -> float:
    return 1 - fuzz.ratio(cell_forms(event, row, left), cell_forms(event, row, right)) / 100


def _sourcing(event: EventView) -> Iterator[tuple[int, int, float]]:
    """Yield the rungs between two, of the five there are; rows that neither attributes say nothing of sourcing."""
    for row in event.shared_rows:
        rungs = [(k, LADDER.index(sourced.rung)) for k in row.told_by if (sourced := event.sourced(row.id, k))]
        for (left, one), (right, other) in combinations(rungs, 2):
            if not LADDER[one] is LADDER[other] is Rung.OWN_VOICE:
                yield left, right, abs(one - other) / (len(LADDER) - 1)


def _quotations(event: EventView, utterances: Sequence[Utterance]) -> Iterator[tuple[int, int, float]]:
    """Yield the part of a quotation's words that two print, over the quotations both print."""
    for utterance in utterances:
        same = all(change.kind in INDISTINCT for change in utterance.changes)
        forms = {r.article: () if same else _forms(event, r) for r in utterance.readings}
        for left, right in combinations(sorted(forms), 2):
            yield left, right, 1 if same else fuzz.ratio(forms[left], forms[right]) / 100


def _forms(event: EventView, reading: QuoteReading) -> tuple[str, ...]:
    text = event.analysed[reading.article].article.text
    return tuple(w.form for s in reading.columns if s for w in read_words(text, s)[0])


def _selection(event: EventView) -> Counted:
    """Return the rows both tell, of the rows of the article that tells fewer."""
    articles = range(len(event.analysed))
    told = [{n for n, row in enumerate(event.alignment.rows) if row.cells[k].claims} for k in articles]
    return {(a, b): (len(told[a] & told[b]), min(len(told[a]), len(told[b]))) for a, b in combinations(articles, 2)}


def _independence(event: EventView) -> Counted:
    """Return the words of the shorter text that do not stand in the other."""
    reuse, found = event.reuse, {}
    for pair in combinations(range(len(event.analysed)), 2):
        shorter, other = sorted(pair, key=lambda k: (reuse.words[k], event.analysed[k].article.id))
        found[pair] = reuse.words[shorter] - reuse.shared[shorter][other], reuse.words[shorter]
    return found


def _score(  # noqa: PLR0917 - the columns of one table of scores, in its order
    event: EventView, name: str, articles: tuple[int, ...], count: float, total: int, least: int, unit: str
) -> Score:
    ids = tuple(event.analysed[k].article.id for k in articles)
    value = round(count / total, 6) if total and total >= least else None
    beside = standings(name, value)
    return Score(name, ids, value, total, unit, percentile(beside), beside)


def _standing(kind: ReferenceKind, points: Sequence[float], known: dict[str, Any], value: float) -> Standing:
    """Read the share of lower values off the quantiles, in a straight line between two of them.

    How many values equal the least and the greatest is known exactly: most pairs agree in every row, and many share
    nothing word for word, so that a good part of the values may stand at either end.
    """
    n, cut = known["n"], known["quantiles"]
    at_least, at_most = 100 * known["lowest"] / n, 100 * known["highest"] / n
    if value == cut[0]:
        return Standing(kind, n, 0.0, at_least)
    if value == cut[-1]:
        return Standing(kind, n, 100 - at_most, at_most)
    inner = [(x, y) for x, y in zip(cut, points, strict=True) if cut[0] < x < cut[-1]]
    values, lower = zip((cut[0], at_least), *inner, (cut[-1], 100 - at_most), strict=True)
    return Standing(kind, n, float(np.interp(value, values, lower, left=0, right=100)), 0.0)
