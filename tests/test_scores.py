"""Tests of scores: what they count, when they abstain, and where they stand among reference pairs."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
import support

import comparer
from comparer.comparison.scores import LEAST_PAIRS, percentile, standings
from comparer.model import EventComparison, ReferenceKind, Score, Standing
from comparer.reporting.tables import place
from comparer.resources.loader import load_json

REPORT = """Ferry to Skerrow to stop in May

The last ferry to Skerrow will leave on 3 May, the harbour board said on Monday.

“The harbour will stay closed until the wreck is raised,” said Ines Obi, the harbour master.

“Nobody should be stranded on the island over Easter,” Obi said at the quay.

A pilot, who asked not to be named, said the wreck lies in eleven metres of water.

The board has run the ferry since 1987 under a contract with the county council.

The county council will vote on a new contract on Friday, its leader Hal Prentice said.
"""
STORM = "Storm over the sound\n\nIt blew all night, fishermen said.\n"
PAIRED = (
    "content agreement",
    "wording distance",
    "sourcing distance",
    "quotation fidelity",
    "selection overlap",
    "independence",
)
REFERENCE: dict[str, Any] = load_json("reference_quantiles")
TABLES = [
    pytest.param(table, id=f"{name}, {kind}")
    for name, kinds in REFERENCE["scores"].items()
    for kind, table in kinds.items()
]


def event_of(*texts: str) -> EventComparison:
    articles = [comparer.read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    return comparer.compare(articles, one_event=True).events[0]


def paired(*texts: str) -> dict[str, Score]:
    return {s.name: s for s in event_of(*texts).scores if len(s.articles) == 2}


def test_a_score_abstains_where_little_could_be_compared() -> None:
    scores = paired(REPORT, STORM)
    assert scores["sourcing distance"].value is None
    assert scores["quotation fidelity"].value is None


def test_a_score_that_abstains_stands_nowhere() -> None:
    score = paired(REPORT, STORM)["sourcing distance"]
    assert score.reference_percentile is None
    assert score.standings == ()


def test_scores_stay_between_nought_and_one() -> None:
    event = event_of(REPORT, REPORT.replace("eleven", "twelve").replace("Monday", "Tuesday"))
    assert all(score.value is None or 0 <= score.value <= 1 for score in event.scores)


def test_scores_say_what_they_count() -> None:
    assert all(score.unit for score in event_of(REPORT, REPORT).scores)


def test_two_copies_are_at_no_distance_and_agree_in_all_that_is_counted() -> None:
    assert {name: score.value for name, score in paired(REPORT, REPORT).items()} == {
        "content agreement": 1.0,
        "wording distance": 0.0,
        "sourcing distance": 0.0,
        "quotation fidelity": 1.0,
        "selection overlap": 1.0,
        "independence": 0.0,
    }


def test_two_copies_differ_less_in_words_than_any_reports_of_one_event() -> None:
    scores = paired(REPORT, REPORT)
    assert scores["wording distance"].reference_percentile == 0
    assert scores["independence"].reference_percentile == 0


def test_every_pair_of_reports_is_laid_beside_reports_of_one_event() -> None:
    scores = paired(REPORT, REPORT)
    assert {scores[name].standings[0].kind for name in PAIRED} == {ReferenceKind.SAME_EVENT}


def test_a_share_of_promotion_is_laid_beside_saved_pages() -> None:
    alone = [s for s in support.event("ukraine-force").scores if len(s.articles) == 1]
    assert {standing.kind for score in alone for standing in score.standings} == {ReferenceKind.SAVED_PAGE}
    assert all(score.reference_percentile is not None for score in alone)


def test_reports_of_one_event_overlap_more_than_most_reports_of_two() -> None:
    overlap = [s for s in support.event("ukraine-force").scores if s.name == "selection overlap"]
    elsewhere = [s for score in overlap for s in score.standings if s.kind is ReferenceKind.DIFFERENT_EVENTS]
    assert all(standing.lower > 90 for standing in elsewhere)


def test_the_middle_of_the_reference_is_higher_than_half_of_it() -> None:
    middle = REFERENCE["scores"]["wording distance"]["same_event"]["quantiles"][REFERENCE["points"].index(50)]
    assert percentile(standings("wording distance", middle)) == pytest.approx(50)


def test_a_greater_value_stands_at_no_lower_percentile() -> None:
    found = [percentile(standings("wording distance", k / 50)) or 0.0 for k in range(51)]
    assert found == sorted(found)


def test_the_highest_value_counts_those_that_reach_it() -> None:
    agreed = standings("content agreement", 1.0)[0]
    assert agreed.equal > 0
    assert agreed.lower + agreed.equal == pytest.approx(100)


def test_a_score_of_an_unknown_name_stands_nowhere() -> None:
    assert standings("length of the headline", 0.5) == ()


def test_a_reference_of_too_few_pairs_is_left_out() -> None:
    few = {
        (name, kind) for name, kinds in REFERENCE["scores"].items() for kind in kinds if kinds[kind]["n"] < LEAST_PAIRS
    }
    shown = {(name, s.kind.value) for name in REFERENCE["scores"] for s in standings(name, 0.5)}
    assert shown
    assert few & shown == set()


@pytest.mark.parametrize("table", TABLES)
def test_quantiles_rise_and_their_ends_are_counted(table: dict[str, Any]) -> None:
    assert len(table["quantiles"]) == len(REFERENCE["points"])
    assert all(low <= high for low, high in pairwise(table["quantiles"]))
    assert 1 <= table["lowest"] <= table["n"]
    assert 1 <= table["highest"] <= table["n"]


@pytest.mark.parametrize(
    ("lower", "equal", "words"),
    [
        (62.1, 0.0, "higher than 93 of 150"),
        (22.0, 78.0, "higher than 33 of 150, the same as 117"),
        (100.0, 0.0, "higher than all 150"),
        (0.0, 0.0, "lower than all 150"),
        (0.0, 10.0, "lower than 135 of 150, the same as 15"),
        (0.0, 100.0, "the same as all 150"),
    ],
)
def test_a_report_says_in_whole_pairs_where_a_score_stands(lower: float, equal: float, words: str) -> None:
    assert place(Standing(ReferenceKind.SAME_EVENT, 150, lower, equal)) == words


@pytest.mark.slow
def test_the_record_holds_the_percentile_with_its_kind_and_number() -> None:
    record = json.loads(comparer.to_json(support.whole()))
    score = next(s for s in record["events"][0]["scores"] if s["name"] == "wording distance" and s["value"] is not None)
    assert score["standings"][0]["kind"] == "same_event"
    assert score["standings"][0]["n"] >= LEAST_PAIRS
    assert score["standings"][0]["lower"] == score["reference_percentile"]
