"""Facts: what two outlets print of one thing, and when that is a conflict."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from rows import cases, codes, content_findings, label, printed, verdicts, view

from comparer.comparison.facts.find import compare_facts, distinct_facts, find_fact_findings
from comparer.comparison.view import EventView
from comparer.model import RowId, Span, Verdict
from comparer.resources.rules import rules

CONTENT = [rule for rule in rules() if rule.code[0] in "FMW"]


@pytest.mark.parametrize("case", cases("facts", "synthetic"), ids=label)
def test_a_conflict_of_fact_is_reported(case: dict[str, Any]) -> None:
    assert [code for code in codes(*case["readings"]) if code[0] == "F"] == case["expect"]


@pytest.mark.parametrize("case", cases("facts", "negative"), ids=label)
def test_what_can_both_be_right_is_no_conflict(case: dict[str, Any]) -> None:
    assert [code for code in codes(*case["readings"]) if code[0] == "F"] == []


def test_outlets_with_one_value_stand_on_one_side() -> None:
    event = view(
        "Four fishermen were wounded when a boat fired on a trawler.",
        "A boat fired on a trawler, wounding five fishermen.",
        "Four fishermen were wounded on a trawler that a boat fired on.",
    )
    (finding,) = find_fact_findings(event, compare_facts(event))
    assert printed(event, finding) == [["Four fishermen", "Four fishermen"], ["five fishermen"]]


def test_a_message_names_values_and_no_outlet() -> None:
    event = view("The delegations will meet again on May 22.", "The delegations are due to meet on May 23.")
    (finding,) = find_fact_findings(event, compare_facts(event))
    assert finding.message == "Date printed differently: May 22 / May 23"


def test_one_outlet_of_three_is_one_of_three() -> None:
    event = view(
        "The delegations meet on May 22.", "The delegations meet on May 23.", "The delegations meet on May 22."
    )
    (finding,) = find_fact_findings(event, compare_facts(event))
    assert (finding.magnitude.count, finding.magnitude.total) == (1, 3)


def test_the_same_hours_in_another_unit_are_told_as_such() -> None:
    assert "number unit" in verdicts("The crews will strike for 48 hours.", "The crews will strike for two days.")


def test_a_rounding_is_told_as_such() -> None:
    assert "number rounding" in verdicts("The fleet needs 184 sailors.", "The fleet needs about 180 sailors.")


def test_two_identical_texts_give_no_finding() -> None:
    text = "Four fishermen were hurt on May 22. A reckless crew may follow, said Capt. Ida Lund."
    assert [f for f in content_findings(view(text, text)) if len(f.sides) > 1] == []


@pytest.mark.parametrize("rule", CONTENT, ids=lambda rule: rule.code)
def test_every_code_flags_its_example(rule: Any) -> None:
    assert all(rule.code in codes(*readings) for readings in rule.flags)


@pytest.mark.parametrize("rule", CONTENT, ids=lambda rule: rule.code)
def test_every_code_spares_its_near_miss(rule: Any) -> None:
    assert not any(rule.code in codes(*readings) for readings in rule.spares)


def test_what_is_no_conflict_says_why() -> None:
    event = view(
        "The county had 47 cases of measles on its books as of Friday.",
        "The county had 53 cases of measles on its books by then.",
    )
    assert [fact.note for fact in compare_facts(event) if fact.verdict is Verdict.UPDATE] == [
        "figures of different times: “as of”"
    ]


def test_two_dates_that_each_agree_are_two_facts() -> None:
    reading = "The council meets on Wednesday and the vote is on May 22."
    facts = [fact for fact in compare_facts(view(reading, reading)) if fact.kind == "date"]
    assert [(fact.verdict, len(fact.sides)) for fact in facts] == [(Verdict.SAME, 1), (Verdict.SAME, 1)]


def test_a_fact_of_several_rows_is_listed_once() -> None:
    event = view("The delegations will meet again on May 22.", "The delegations are due to meet on May 23.")
    twice = dataclasses.replace(
        event,
        alignment=dataclasses.replace(
            event.alignment,
            rows=(*event.alignment.rows, dataclasses.replace(event.alignment.rows[0], id=RowId("r2"))),
        ),
    )
    assert len(compare_facts(twice)) == 2
    assert len(distinct_facts(twice, compare_facts(twice))) == 1


def test_facts_of_copies_are_those_that_each_reading_of_its_own_would_give() -> None:
    four = "Four fishermen, led by Ana Lindqvist, were hurt near Skerrow on Monday. The board did not close the quay."
    five = "Five fishermen, led by Ana Lindqvast, were hurt near Skerrow on Tuesday. The board did close the quay."
    event = view(four, five, four, five, four)
    apart = dataclasses.replace(event, docs=tuple(dataclasses.replace(doc) for doc in event.docs))
    facts = compare_facts(event)
    assert {fact.kind for fact in facts} == {"number", "date", "name"}
    assert facts == compare_facts(apart)


def test_a_question_about_two_cells_is_asked_once_for_all_copies_of_both() -> None:
    event = view("The quay is shut.", "The quay is open.", "The quay is shut.", "The quay is shut.")
    asked: list[tuple[int, int]] = []
    found = list(event.pairs(event.alignment.rows[0], lambda left, right: asked.append((left, right))))
    assert (len(found), asked) == (6, [(0, 1), (0, 0), (1, 0)])


def test_a_claim_is_asked_once_for_what_it_prints_however_many_rows_it_stands_in() -> None:
    event = view("Four fishermen were wounded.", "Five fishermen were wounded.")
    row, asked = event.shared_rows[0], list[Span]()

    def ask(_: EventView, article: int, claim: Span) -> list[tuple[int, Span]]:
        asked.append(claim)
        return [(article, claim)]

    found = [event.printed(wanted, 1, ask) for wanted in (row, dataclasses.replace(row, id=RowId("r2")))]
    assert found == [[(1, event.claim_spans(row, 1)[0])]] * 2
    assert len(asked) == 1
