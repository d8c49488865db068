"""Count how near the articles of an event are: per pair, and per article. A distance of 0 means no difference.

In: the event and its utterances. Out: scores with the number of items they rest on. Where fewer than a stated number
could be compared a score abstains: its value is None. A score is laid beside what reference pairs score: for each kind
of reference how many per cent score lower, and how many the same. These quantiles are frozen
(`resources/reference_quantiles.json`, rebuilt by `training/reference_quantiles.py`), for three articles give no null of
their own; where too few pairs are known nothing is said. No score says that an outlet is good or bad.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import Any

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


@dataclass(slots=True)
class _Pairs:
    """Add up, by pair of articles, what the rows or quotations that both tell give."""

    sums: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    counts: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, left: int, right: int, value: float) -> None:
        """Count one thing that both tell, with its value for the pair."""
        self.sums[left, right] += value
        self.counts[left, right] += 1

    def of(self, pair: tuple[int, int]) -> tuple[float, int]:
        """Return the sum of a pair's values and how many they are."""
        return self.sums[pair], self.counts[pair]


def find_scores(event: EventView, utterances: Sequence[Utterance]) -> tuple[Score, ...]:
    """Return the scores of each pair of articles, in order, and then of each article; all values are 0 to 1."""
    told = _told(event)
    measured = (
        ("content agreement", _agreement(event), LEAST_ROWS, "rows told by both"),
        ("wording distance", _wording(event), LEAST_ROWS, "rows told by both"),
        ("sourcing distance", _sourcing(event), LEAST_ROWS, "rows a source is printed for"),
        ("quotation fidelity", _quotations(event, utterances), LEAST_QUOTATIONS, "quotations printed by both"),
    )
    found: list[Score] = []
    for pair in combinations(range(len(event.analysed)), 2):
        found += [_score(event, name, pair, *sums.of(pair), least, unit) for name, sums, least, unit in measured]
        found += [_selection(event, told, pair), _independence(event, *pair)]
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


def _agreement(event: EventView) -> _Pairs:
    """Count the rows both tell without a conflict."""
    found = _Pairs()
    for relation in event.relations:
        found.add(relation.left, relation.right, relation.relation is not Relation.CONFLICT)
    return found


def _wording(event: EventView) -> _Pairs:
    """Take the part of their words in which the cells of a row differ."""
    found = _Pairs()
    for row in event.shared_rows:
        for left, right, apart in event.pairs(row, partial(_apart, event, row)):
            found.add(left, right, apart)
    return found


def _apart(event: EventView, row: Row, left: int, right: int) -> float:
    return 1 - fuzz.ratio(cell_forms(event, row, left), cell_forms(event, row, right)) / 100


def _sourcing(event: EventView) -> _Pairs:
    """Take the rungs between the two, of the five there are; rows that neither attributes say nothing of sourcing."""
    found = _Pairs()
    bare = LADDER.index(Rung.OWN_VOICE)
    for row in event.shared_rows:
        rungs = [(k, LADDER.index(sourced.rung)) for k in row.told_by if (sourced := event.sourced(row.id, k))]
        for (left, one), (right, other) in combinations(rungs, 2):
            if not one == other == bare:
                found.add(left, right, abs(one - other) / (len(LADDER) - 1))
    return found


def _quotations(event: EventView, utterances: Sequence[Utterance]) -> _Pairs:
    """Take the part of a quotation's words that both print, over the quotations both print."""
    found = _Pairs()
    for utterance in utterances:
        same = all(change.kind in INDISTINCT for change in utterance.changes)
        forms = {r.article: () if same else _forms(event, r) for r in utterance.readings}
        for left, right in combinations(sorted(forms), 2):
            found.add(left, right, 1 if same else fuzz.ratio(forms[left], forms[right]) / 100)
    return found


def _forms(event: EventView, reading: QuoteReading) -> tuple[str, ...]:
    text = event.analysed[reading.article].article.text
    return tuple(w.form for s in reading.columns if s for w in read_words(text, s)[0])


def _selection(event: EventView, told: Sequence[frozenset[int]], pair: tuple[int, int]) -> Score:
    """Take the rows both tell, of the rows of the article that tells fewer."""
    one, other = (told[k] for k in pair)
    both, fewer = len(one & other), min(len(one), len(other))
    return _score(event, "selection overlap", pair, both, fewer, LEAST_CLAIMS, "rows of the text that tells fewer")


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
    return _score(event, "independence", (left, right), own, total, LEAST_WORDS, "words of the shorter text")


def _promotion(event: EventView, article: int) -> Score:
    rate = promotional_words(event, article)
    return _score(event, "promotion share", (article,), rate.count, rate.total, LEAST_WORDS, rate.unit)


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
    if value <= cut[0]:
        return Standing(kind, n, 0.0, round(at_least if value == cut[0] else 0.0, 6))
    if value >= cut[-1]:
        return (
            Standing(kind, n, round(100 - at_most, 6), round(at_most, 6))
            if value == cut[-1]
            else Standing(kind, n, 100.0, 0.0)
        )
    first, last = bisect_right(cut, cut[0]), bisect_left(cut, cut[-1])
    above = bisect_left(cut, value, first, last)
    low, left = (points[above - 1], cut[above - 1]) if above > first else (at_least, cut[0])
    high, right = (points[above], cut[above]) if above < last else (100 - at_most, cut[-1])
    return Standing(kind, n, round(low + (high - low) * (value - left) / (right - left), 6), 0.0)
