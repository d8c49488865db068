"""Tests of indicators: states, notes, counts."""

from __future__ import annotations

import pytest

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


def with_line(line: str, *, after: str = "Published 5 March 2026") -> dict[str, Indicator]:
    return indicators(REPORT.replace(after, f"{after}\n\n{line}"))


def shown(text: str, name: str) -> list[str]:
    event = event_of(text)
    return [p.span.of(text) for i in event.indicators if i.name == name for p in i.evidence]


def test_a_byline_names_its_author() -> None:
    assert indicators(REPORT)["byline"].note == "Orla Venn"


def test_a_reporter_who_signs_off_below_the_text_is_a_byline() -> None:
    found = indicators(REPORT.replace("By Orla Venn\n\n", ""))["byline"]
    assert (found.state, found.note) == (IndicatorState.OBSERVED, "in the sign-off: Hal Prentice")


def test_an_agency_that_signs_off_is_no_author() -> None:
    page = REPORT.replace("By Orla Venn\n\n", "").replace("Hal Prentice", "Coastal News Agency")
    assert indicators(page)["byline"].state is IndicatorState.NOT_OBSERVED


@pytest.mark.parametrize(
    "line",
    [
        "SKERROW, March 4 (Coastal News) - ",
        "SKERROW — ",
        "Skerrow (Coastal News) – ",
        "PORT ST MARY, Isle of Man, (CNA) -- ",
    ],
)
def test_a_place_that_opens_the_report_is_a_dateline(line: str) -> None:
    text = REPORT.replace("The last ferry", f"{line}The last ferry")
    assert shown(text, "dateline") == [line.rstrip(" -–—")]


@pytest.mark.parametrize("line", ["BREAKING - ", "NATO – which has no say here – ", "Skerrow - ", "After 39 years - "])
def test_what_opens_a_report_and_is_no_place_is_no_dateline(line: str) -> None:
    found = indicators(REPORT.replace("The last ferry", f"{line}The last ferry"))["dateline"]
    assert found.state is IndicatorState.NOT_OBSERVED


@pytest.mark.parametrize(
    "note",
    [
        "Correction, 6 March: the board has run the ferry since 1987.",
        "This article was amended on 6 March to correct the year.",
        "Editor’s note: a name was corrected on Friday.",
        "A previous version of this story misspelled the master's name.",
    ],
)
def test_a_note_of_a_correction_is_known_by_its_words(note: str) -> None:
    page = REPORT.replace("Correction: an earlier version of this story gave the wrong year.", note)
    assert indicators(page)["corrections note"].state is IndicatorState.OBSERVED


@pytest.mark.parametrize(
    "sentence",
    [
        "The law on ferries was amended on 6 March by the county council.",
        "Brokers called it a market correction: shares fell by a tenth.",
        "The report was corrected by the ministry before it went to the council.",
    ],
)
def test_what_a_report_tells_of_corrections_is_no_note(sentence: str) -> None:
    page = REPORT.replace("Correction: an earlier version of this story gave the wrong year.", sentence)
    assert indicators(page)["corrections note"].state is IndicatorState.NOT_OBSERVED


def test_a_label_over_the_headline_parts_comment_from_report() -> None:
    assert shown(f"OPINION\n\n{REPORT}", "opinion label") == ["OPINION"]


def test_an_entry_of_a_menu_is_no_label() -> None:
    found = indicators(f"News\nSport\nOpinion\n\n{REPORT}")["opinion label"]
    assert found.state is IndicatorState.CANNOT_TELL


def test_a_document_seen_and_an_address_are_cited() -> None:
    text = REPORT.replace(
        "in eleven metres of water.",
        "in eleven metres of water, according to a memo seen by the Echo. The survey is at https://skerrow.example/wreck.",
    )
    assert any("seen by" in words for words in shown(text, "links or documents cited"))
    assert any("https://skerrow.example/wreck" in words for words in shown(text, "links or documents cited"))


def test_a_ruling_that_is_reported_on_is_no_document_cited() -> None:
    found = indicators(REPORT.replace("The board has run", "The ruling surprised the island. The board has run"))
    assert found["links or documents cited"].state is IndicatorState.NOT_OBSERVED


def test_a_short_form_of_a_source_is_told_and_not_counted_again() -> None:
    text = REPORT.replace("The board has run", "The board said it would pay. It has run")
    note = indicators(text)["distinct sources"].note
    assert "not counted, as they may stand for one of these: “The board”" in note


def test_a_source_of_the_headline_alone_is_not_counted_twice() -> None:
    text = REPORT.replace("Ferry to Skerrow to stop in May", "Ferry to Skerrow to stop in May, source says")
    assert indicators(text)["distinct sources"].note == indicators(REPORT)["distinct sources"].note
