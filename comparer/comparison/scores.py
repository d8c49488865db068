"""Count how near the articles of an event are: per pair, and per article. A distance of 0 means no difference.

In: the event and its utterances. Out: scores with the number of items they rest on. Where fewer than a stated number
could be compared a score abstains: its value is None. A score is laid beside what reference pairs score: for each kind
of reference how many per cent score lower, and how many the same. These quantiles are frozen
(`resources/reference_quantiles.json`, rebuilt by `training/reference_quantiles.py`), for three articles give no null of
their own; where too few pairs are known nothing is said. No score says that an outlet is good or bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from comparer.comparison.page.find import promotional_words
from comparer.comparison.quotations.utterances import INDISTINCT
from comparer.comparison.view import EventView
from comparer.comparison.words import cell_forms, read_words
from comparer.model import ReferenceKind, Relation, Row, Rung, Score, Standing, Utterance
from comparer.resources.loader import load_json

LEAST_ROWS = 4  # rows told by both before their relations, wording and sourcing are counted
LEAST_CLAIMS = 6  # claims of the shorter article before its selection is compared
LEAST_QUOTATIONS = 2
LEAST_WORDS = 50  # words of a page, or of text that may count as copied
LADDER = tuple(Rung)
LEAST_PAIRS = 20  # reference pairs, below which one of them would move a percentile by more than five points


def find_scores(event: EventView, utterances: Sequence[Utterance]) -> tuple[Score, ...]:
    """Return the scores of each pair of articles, in order, and then of each article; all values are 0 to 1."""
    found: list[Score] = []
    for left, right in combinations(range(len(event.analysed)), 2):
        told = event.once(_told)
        rows = [event.alignment.rows[n] for n in sorted(told[left] & told[right])]
        found += [
            _agreement(event, rows, left, right),
            _wording(event, rows, left, right),
            _sourcing(event, rows, left, right),
            _quotations(event, utterances, left, right),
            _selection(event, left, right),
            _independence(event, left, right),
        ]
    return (*found, *(_promotion(event, article) for article in range(len(event.analysed))))


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


def _agreement(event: EventView, rows: Sequence[Row], left: int, right: int) -> Score:
    agree = sum(event.relation(row.id, left, right) is not Relation.CONFLICT for row in rows)
    return _pair(event, "content agreement", (left, right), agree, len(rows), LEAST_ROWS, "rows told by both")


def _wording(event: EventView, rows: Sequence[Row], left: int, right: int) -> Score:
    distance = 0.0
    for row in rows:
        one, other = sorted((cell_forms(event, row, left), cell_forms(event, row, right)))
        distance += 1 - fuzz.ratio(one, other) / 100
    return _pair(event, "wording distance", (left, right), distance, len(rows), LEAST_ROWS, "rows told by both")


def _sourcing(event: EventView, rows: Sequence[Row], left: int, right: int) -> Score:
    """Take the rungs between the two, of the five there are; rows that neither attributes say nothing of sourcing."""
    steps, counted = 0.0, 0
    for row in rows:
        one, other = event.sourced(row.id, left), event.sourced(row.id, right)
        if one is None or other is None or one.rung is other.rung is Rung.OWN_VOICE:
            continue
        counted += 1
        steps += abs(LADDER.index(one.rung) - LADDER.index(other.rung)) / (len(LADDER) - 1)
    return _pair(event, "sourcing distance", (left, right), steps, counted, LEAST_ROWS, "rows a source is printed for")


def _quotations(event: EventView, utterances: Sequence[Utterance], left: int, right: int) -> Score:
    """Take the part of a quotation's words that both print, over the quotations both print."""
    shared, counted = 0.0, 0
    for utterance in utterances:
        readings = {reading.article: reading for reading in utterance.readings}
        if left not in readings or right not in readings:
            continue
        counted += 1
        if all(change.kind in INDISTINCT for change in utterance.changes):
            shared += 1
            continue
        forms = sorted(
            tuple(w.form for s in readings[k].columns if s for w in read_words(_text(event, k), s)[0])
            for k in (left, right)
        )
        shared += fuzz.ratio(*forms) / 100
    return _pair(
        event, "quotation fidelity", (left, right), shared, counted, LEAST_QUOTATIONS, "quotations printed by both"
    )


def _selection(event: EventView, left: int, right: int) -> Score:
    """Take the rows both tell, of the rows of the article that tells fewer."""
    one, other = (event.once(_told)[k] for k in (left, right))
    both, fewer = len(one & other), min(len(one), len(other))
    return _pair(
        event, "selection overlap", (left, right), both, fewer, LEAST_CLAIMS, "rows of the text that tells fewer"
    )


def _told(event: EventView) -> tuple[frozenset[int], ...]:
    """Return which rows (numbers) each article tells."""
    rows = event.alignment.rows
    return tuple(frozenset(n for n, row in enumerate(rows) if row.cells[k].claims) for k in range(len(event.analysed)))


def _independence(event: EventView, left: int, right: int) -> Score:
    """Take the part of the shorter text's words that do not stand in the other."""
    shorter = min((left, right), key=lambda k: (event.reuse.words[k], event.analysed[k].article.id))
    other = right if shorter == left else left
    total = event.reuse.words[shorter]
    own = total - event.reuse.shared[shorter][other]
    return _pair(event, "independence", (left, right), own, total, LEAST_WORDS, "words of the shorter text")


def _promotion(event: EventView, article: int) -> Score:
    rate = promotional_words(event, article)
    return _pair(event, "promotion share", (article,), rate.count, rate.total, LEAST_WORDS, rate.unit)


def _pair(  # noqa: PLR0917 - the columns of one table of scores, in its order
    event: EventView, name: str, articles: tuple[int, ...], count: float, total: int, least: int, unit: str
) -> Score:
    ids = tuple(event.analysed[k].article.id for k in articles)
    value = round(count / total, 6) if total and total >= least else None
    beside = standings(name, value)
    return Score(name, ids, value, total, unit, percentile(beside), beside)


def _text(event: EventView, article: int) -> str:
    return event.analysed[article].article.text


def _standing(kind: ReferenceKind, points: Sequence[float], known: dict[str, Any], value: float) -> Standing:
    """Read the share of lower values off the quantiles, in a straight line between two of them.

    How many values equal the least and the greatest is known exactly: most pairs agree in every row, and many share
    nothing word for word, so that a good part of the values may stand at either end.
    """
    n, cut = known["n"], known["quantiles"]
    at_least, at_most = 100 * known["lowest"] / n, 100 * known["highest"] / n
    if value <= cut[0]:
        return Standing(kind, n, 0.0, round(at_least if value == cut[0] else 0.0, 6))
    if value >= cut[-1]:
        return (
            Standing(kind, n, round(100 - at_most, 6), round(at_most, 6))
            if value == cut[-1]
            else Standing(kind, n, 100.0, 0.0)
        )
    inner = [(p, q) for p, q in zip(points, cut, strict=True) if cut[0] < q < cut[-1]]
    knots = [(at_least, cut[0]), *inner, (100 - at_most, cut[-1])]
    above = next(k for k, (_, q) in enumerate(knots) if q >= value)
    (low, left), (high, right) = knots[above - 1], knots[above]
    return Standing(kind, n, round(low + (high - low) * (value - left) / (right - left), 6), 0.0)
