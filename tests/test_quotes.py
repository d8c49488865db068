"""Tests of the apparatus of quotations: what is linked, what counts as a change, how it is laid out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comparer
from comparer.comparison.quotations.differences import Reading, lay_out
from comparer.comparison.quotations.linking import Piece, link, runs
from comparer.comparison.words import read_words
from comparer.model import ChangeKind, EventComparison, Finding, Span

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # CI machines are busy
CASES = Path(__file__).parent / "cases" / "quotes"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["label"]) for case in found]


@cache
def event_of(*texts: str) -> EventComparison:
    articles = [
        comparer.read_text(f"Harbour news {k}\n\n{text}\n", outlet=f"Outlet {k}") for k, text in enumerate(texts)
    ]
    return comparer.compare(articles, one_event=True).events[0]


def kinds(event: EventComparison) -> set[str]:
    return {change.kind.value for utterance in event.utterances for change in utterance.changes}


def findings(event: EventComparison, code: str = "Q") -> list[Finding]:
    return [finding for finding in event.findings if finding.code.startswith(code)]


def piece(article: int, text: str) -> Piece:
    words, dots = read_words(text, Span(0, len(text)))
    return Piece(article, 0, Span(0, len(text)), words, dots, title=False)


@pytest.mark.parametrize("case", cases("synthetic"))
def test_a_change_of_a_quotation_is_typed(case: dict[str, Any]) -> None:
    assert kinds(event_of(*case["texts"])) == set(case["expect"])


@pytest.mark.parametrize("case", cases("negative"))
def test_forms_that_are_the_same_are_called_identical(case: dict[str, Any]) -> None:
    assert kinds(event_of(*case["texts"])) == set(case["expect"])


@pytest.mark.parametrize("case", cases("negative"))
def test_forms_that_are_the_same_give_no_finding(case: dict[str, Any]) -> None:
    assert findings(event_of(*case["texts"])) == []


def test_a_fragment_that_prints_the_same_words_is_no_finding() -> None:
    event = event_of(
        "“This is a costly decision by a distant board,” Venn said.",
        "Venn called it “a costly decision by a distant board”.",
    )
    assert findings(event) == []


def test_three_readings_stand_in_one_apparatus() -> None:
    event = event_of(
        "“We may have to close the northern line entirely,” Pike said.",
        "“We have to close the northern line entirely,” Pike said.",
        "“We may have to shut the northern line entirely,” Pike said.",
    )
    assert [len(utterance.readings) for utterance in event.utterances] == [3]
    assert kinds(event) == {"modal", "substituted_word"}


def test_every_reading_fills_the_same_columns() -> None:
    event = event_of(
        "“A second ferry will be considered if the harbour agrees,” Larkin said.",
        "“A second ferry … will be evaluated if the harbour agrees,” Larkin said.",
    )
    widths = {len(reading.columns) for reading in event.utterances[0].readings}
    assert len(widths) == 1
    assert all(change.last <= max(widths) for change in event.utterances[0].changes)


def test_sentences_that_different_people_say_on_one_matter_are_not_one_utterance() -> None:
    event = event_of(
        "“The harbour must be dredged before the winter storms,” Venn said.",
        "“Nobody asked the fishermen about the dredging at all,” Pike said.",
    )
    assert event.utterances == ()


def test_two_like_sentences_of_one_speaker_are_each_paired_with_their_own() -> None:
    both = "“I'm not going to say I'm not going to finish it. I'm not saying that I am going to finish it,” Pike said."
    assert kinds(event_of(both, both.replace("“", '"').replace("”", '"'))) == {"identical"}


def test_a_finding_names_every_printed_form_and_no_right_one() -> None:
    event = event_of(
        "“We may have to close the northern line entirely,” Pike said.",
        "“We have to close the northern line entirely,” Pike said.",
    )
    finding = findings(event, "Q105")[0]
    assert [side.value for side in finding.sides] in [["may", "not printed"], ["not printed", "may"]]
    assert all(side.passages for side in finding.sides)


def test_words_of_a_foreign_institution_may_be_translations() -> None:
    event = event_of(
        "“A second ferry will be considered if the harbour agrees,” a Norwegian defence ministry spokesman said.",
        "“A second ferry will be evaluated if the harbour agrees,” a Norwegian defence ministry spokesman said.",
    )
    note = event.utterances[0].possible_translation
    assert note is not None
    assert "Norwegian" in note
    assert "may" in note


def test_words_of_an_english_speaking_institution_are_not_called_translations() -> None:
    event = event_of(
        "“A second ferry will be considered if the harbour agrees,” a Scottish government spokesman said.",
        "“A second ferry will be evaluated if the harbour agrees,” a Scottish government spokesman said.",
    )
    assert event.utterances[0].possible_translation is None


INSTITUTION = "“A second ferry will be {} if the harbour agrees,” {} said."


def note_of(lede: str, source: str) -> str | None:
    event = event_of(
        *(f"{lede} on Monday.\n\n" + INSTITUTION.format(verb, source) for verb in ("considered", "evaluated"))
    )
    return next(u.possible_translation for u in event.utterances)


def test_a_country_that_is_only_spoken_of_names_no_language() -> None:
    note = note_of("The harbour board of Skerrow wrote to Ukraine", "Orla Venn, the harbour board's spokeswoman,")
    assert note is None


def test_an_official_whose_country_opens_the_lede_may_have_spoken_its_language() -> None:
    note = note_of(
        "Norway could send a ferry to Ukraine, an official at the country's defence ministry said", "the official"
    )
    assert "Norwegian" in (note or "")


def test_two_possible_languages_are_named_in_no_note() -> None:
    event = event_of(
        INSTITUTION.format("considered", "a Norwegian ministry spokesman"),
        INSTITUTION.format("evaluated", "a French ministry spokesman"),
    )
    assert event.utterances[0].possible_translation is None


WHOLE = "“The bridge is safe, and it has always been safe for every lorry,” Orla Venn said on Monday."


def test_a_reading_that_marks_its_gap_and_one_that_does_not_are_told_apart() -> None:
    event = event_of(
        WHOLE,
        "“The bridge is safe,” Orla Venn said on Monday.",
        "“The bridge is safe … it has always been safe for every lorry,” Orla Venn said on Monday.",
    )
    message = findings(event, "Q102")[0].message
    assert "not inside the quotation marks, where no ellipsis stands for them" in message
    assert "with an ellipsis" in message


def test_the_evidence_of_words_not_printed_at_the_end_is_the_whole_quotation() -> None:
    event = event_of(WHOLE, "“The bridge is safe,” Orla Venn said on Monday.")
    side = next(side for side in findings(event, "Q102")[0].sides if side.value == "not printed")
    assert [len(p.span) for p in side.passages] == [len("The bridge is safe,")]


def test_the_evidence_of_words_not_printed_inside_is_the_words_around_the_gap() -> None:
    event = event_of(
        "“We may have to close the northern line entirely,” Pike said.",
        "“We have to close the northern line entirely,” Pike said.",
    )
    side = next(side for side in findings(event, "Q105")[0].sides if side.value == "not printed")
    assert [len(p.span) for p in side.passages] == [len("We have to")]


def test_one_statement_quoted_here_and_retold_there_is_found_in_its_row() -> None:
    event = event_of(
        "“We may have to close the northern line entirely if it snows,” Rupert Pike said.",
        "Rupert Pike said the northern line might have to close entirely if it snows.",
    )
    assert findings(event, "Q107")


def test_runs_are_the_same_whichever_text_comes_first() -> None:
    left, right = tuple("we will go if we may go".split()), tuple("if we may we will go".split())
    assert {(r.a, r.b) for r in runs(left, right)} == {(r.b, r.a) for r in runs(right, left)}


@PATIENT
@given(st.lists(st.sampled_from(["we", "may", "close", "northern", "line", "not", "entirely"]), min_size=1, max_size=9))
def test_columns_hold_every_word_of_every_reading(words: list[str]) -> None:
    readings = (Reading(0, (piece(0, "we may close the northern line"),)), Reading(1, (piece(1, " ".join(words)),)))
    layout = lay_out(readings)
    printed = [sorted(column[k] for column in layout.columns if column[k] is not None) for k in (0, 1)]
    assert printed == [list(range(len(reading.words))) for reading in readings]


@PATIENT
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_linked_or_not_without_an_error(left: str, right: str) -> None:
    pieces = [piece(0, left), piece(1, right)]
    assert all(len({p.article for p in group}) > 1 for group in link(pieces))


def test_kinds_of_change_have_a_code_or_are_no_finding() -> None:
    from comparer.comparison.quotations.find import CODES
    from comparer.comparison.quotations.utterances import INDISTINCT

    assert set(ChangeKind) - set(CODES) - INDISTINCT == {
        ChangeKind.DIRECT_INDIRECT,
        ChangeKind.HEADLINE_BODY,
        ChangeKind.POSSIBLE_TRANSLATION,
    }


def test_words_that_a_text_prints_in_another_place_are_not_called_left_out() -> None:
    whole = "“We do not want to strike, but we will not be the cheapest line in the budget,” Orla Venn told reporters."
    cut = "“We will not be the cheapest line in the budget,” Orla Venn said."
    assert "Q102" in {f.code for f in event_of(whole, f"{cut} The vote was held on Friday in the town hall.").findings}
    assert "Q102" not in {f.code for f in event_of(whole, f"{cut} The vote was held on Friday. {whole}").findings}
