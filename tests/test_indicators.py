"""Tests of indicators: states, notes, counts."""

from __future__ import annotations

import comparer
from comparer.model import EventComparison, Indicator, IndicatorState

REPORT = """Ferry to Skerrow to stop in May

By Orla Venn

Published 5 March 2026

The last ferry to Skerrow will leave on 3 May, the harbour board said on Monday.

“The harbour will stay closed until the wreck is raised,” said Ines Obi, the harbour master.

A pilot, who asked not to be named, said the wreck lies in eleven metres of water.

The board has run the ferry since 1987 under a contract with the county council.

Correction: an earlier version of this story gave the wrong year.

Reporting by Hal Prentice
"""


def event_of(*texts: str) -> EventComparison:
    articles = [comparer.read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    return comparer.compare(articles, one_event=True).events[0]


def indicators(text: str) -> dict[str, Indicator]:
    return {indicator.name: indicator for indicator in event_of(text).indicators}


def test_a_note_of_a_correction_is_observed_with_its_words() -> None:
    found = indicators(REPORT)["corrections note"]
    assert found.state is IndicatorState.OBSERVED
    assert found.evidence


def test_no_note_of_a_correction_is_not_observed_rather_than_absent() -> None:
    found = indicators(REPORT.replace("Correction: an earlier version of this story gave the wrong year.\n\n", ""))
    assert found["corrections note"].state is IndicatorState.NOT_OBSERVED


def test_an_opinion_label_that_is_not_seen_cannot_be_told() -> None:
    assert indicators(REPORT)["opinion label"].state is IndicatorState.CANNOT_TELL


def test_direct_quotations_are_counted() -> None:
    assert indicators(REPORT)["direct quotations"].note.startswith("1 ")


def test_words_of_a_headline_that_recur_are_counted_and_not_judged() -> None:
    found = indicators(REPORT)["headline words in the text"]
    assert found.state is IndicatorState.OBSERVED
    assert "of its content words stand in the text below it" in found.note


def test_a_headline_of_other_words_is_not_observed_in_the_text() -> None:
    found = indicators(REPORT.replace("Ferry to Skerrow to stop in May", "Mayor fights bridge toll plan"))
    assert found["headline words in the text"].state is IndicatorState.NOT_OBSERVED


def test_every_article_has_the_same_indicators_in_the_same_order() -> None:
    event = event_of(REPORT, "Storm over the sound\n\nIt blew all night, fishermen said.\n")
    names = [i.name for i in event.indicators]
    assert names[: len(names) // 2] == names[len(names) // 2 :]


def test_notes_are_plain_words_without_judgement() -> None:
    notes = " ".join(i.note for i in event_of(REPORT).indicators)
    assert not any(word in notes for word in ("trust", "bias", "good", "bad", "failed"))
