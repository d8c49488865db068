"""Tests of the ladder and of findings about attribution."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import comparer
from comparer.model import EventComparison, Finding, Rung

FOLDER = Path(__file__).parent / "cases" / "sourcing"
CASES, FAILURES = (
    tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    for name in ("synthetic", "known_failures")
)
DOUBTED = pytest.mark.xfail(strict=True, reason="the trees give the difference more than their line")
QUOTED = "“The harbour will stay closed until the wreck is raised,”"


def event_of(*texts: str) -> EventComparison:
    articles = [
        comparer.read_text(f"Harbour news {k}\n\n{text}\n", outlet=f"Outlet {k}") for k, text in enumerate(texts)
    ]
    return comparer.compare(articles, one_event=True).events[0]


def found(event: EventComparison, code: str) -> list[Finding]:
    return [finding for finding in event.findings if finding.code == code]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_a_claim_stands_on_its_rung(case: dict[str, Any]) -> None:
    rungs = {(s.rung.value, s.name or "") for s in event_of(case["text"]).sourcing}
    assert (case["rung"], case["name"]) in rungs


@pytest.mark.xfail(strict=True, reason="too few such claims to learn from")
@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in FAILURES])
def test_a_claim_will_stand_on_its_rung(case: dict[str, Any]) -> None:
    rungs = {(s.rung.value, s.name or "") for s in event_of(case["text"]).sourcing}
    assert (case["rung"], case["name"]) in rungs


BURNS = "Three crew members of the ferry were treated for burns at Skerrow hospital,"


def test_same_words_from_a_named_and_an_unnamed_source_are_not_merged() -> None:
    event = event_of(f"{BURNS} said Orla Venn, the harbour master.", f"{BURNS} two officials said.")
    finding = found(event, "A101")[0]
    assert "identity not asserted" in finding.message.casefold()
    assert len(finding.sides) == 2


def test_an_unnamed_source_keeps_its_printed_form() -> None:
    event = event_of(f"{QUOTED} Orla Venn said.", f"{QUOTED} a harbour source said.")
    assert {s.name for s in event.sourcing if s.rung is Rung.ANONYMOUS} == {"a harbour source"}


def test_two_spellings_of_one_name_are_one_source() -> None:
    event = event_of(f"{QUOTED} Volodymyr Zelenskiy said.", f"{QUOTED} Volodymyr Zelensky said.")
    assert found(event, "A103") == []


def test_the_same_source_and_verb_give_no_finding() -> None:
    event = event_of(f"{QUOTED} Orla Venn said.", f"{QUOTED} said Orla Venn.")
    assert [f for f in event.findings if f.code.startswith("A")] == []


def test_a_verb_that_keeps_a_distance_is_shown_with_the_one_that_does_not() -> None:
    aground = "The ferry was carrying 61 passengers and 14 crew when it struck the sandbank, mayor Ines Obi"
    event = event_of(f"{aground} said.", f"{aground} claimed.")
    values = [side.value for side in found(event, "A105")[0].sides]
    assert any("claimed" in value for value in values)
    assert any("said" in value for value in values)


def test_what_somebody_did_is_not_compared_with_what_the_outlet_says() -> None:
    event = event_of(
        "Britain and France have discussed sending engineers to raise the wreck off Skerrow.",
        "Britain and France have talked about sending engineers to raise the wreck off Skerrow.",
    )
    assert found(event, "A102") == []


def test_attribution_carries_over_from_the_sentence_before() -> None:
    event = event_of(
        "According to the harbour board, the company withdrew its offer of a second ferry on Tuesday.",
        "The harbour board said on Friday talks ended. The company withdrew its offer of a second ferry on Tuesday.",
    )
    assert found(event, "A102") == []


def test_a_quotation_whose_marks_were_lost_is_not_the_outlets_own_voice() -> None:
    event = event_of(
        "“I will secure the harbour within a year and I will raise the wreck myself,” Orla Venn said.",
        "I will secure the harbour within a year and I will raise the wreck myself.",
    )
    assert found(event, "A102") == []


def test_anonymity_with_a_reason_is_no_finding() -> None:
    event = event_of(
        "An official, who asked not to be named because she was not authorised to speak, said the ferry would stop."
    )
    assert found(event, "A106") == []


CREW = "The salvage crew will raise the wreck off Skerrow before the winter storms"


def named_here(headline: str, body: str) -> EventComparison:
    other = comparer.read_text(f"Wreck off Skerrow\n\n{CREW}, a harbour source said.\n", outlet="Echo")
    return comparer.compare(
        [comparer.read_text(f"{headline}\n\n{body}\n", outlet="Post"), other], one_event=True
    ).events[0]


@DOUBTED
def test_the_short_form_of_a_headline_alone_gives_no_finding() -> None:
    event = named_here(f"{CREW}, minister says", "The pilots of the sound met on Friday and went home early.")
    assert [f.code for f in event.findings if f.code in {"A101", "A103", "A105"}] == []


def test_the_official_of_a_text_that_names_the_person_may_be_that_person() -> None:
    event = event_of(
        f"{QUOTED} Orla Venn said.", f"Orla Venn met the pilots on Friday.\n\n{QUOTED} the harbour master said."
    )
    assert found(event, "A101") == []


def test_a_sentence_with_two_verbs_of_saying_is_not_compared_by_one_of_them() -> None:
    event = event_of(
        f"{QUOTED} Orla Venn told reporters.", f"Orla Venn vowed to stay. {QUOTED} she said, and vowed to be patient."
    )
    assert found(event, "A105") == []


WALKOUT = "the company withdrew its offer of a second ferry late on Tuesday"


def codes(*texts: str) -> set[str]:
    return {finding.code for finding in event_of(*texts).findings if finding.code.startswith("A")}


def test_what_the_outlet_puts_in_beside_a_name_is_not_the_sources() -> None:
    told = "Federal judges say Orla Venn, who left the harbour board in March amid an inquiry into its pay, owes money."
    bare = "Orla Venn left the harbour board in March amid an inquiry into its pay."
    assert "A102" not in codes(told, bare)


def test_what_somebody_is_said_to_believe_is_not_the_outlets_own_voice() -> None:
    assert "A102" not in codes(f"Orla Venn said that {WALKOUT}.", f"The pilots believe that {WALKOUT}.")


def test_a_sentence_with_an_unlisted_verb_of_saying_is_not_the_outlets_own_voice() -> None:
    assert "A102" not in codes(f"Orla Venn said that {WALKOUT}.", f"The mentioned source sustained that {WALKOUT}.")


@DOUBTED
def test_what_a_document_says_goes_on_over_sentences() -> None:
    bare = f"The accounts show that the port made a loss. The boats are old. {WALKOUT.capitalize()}."
    assert "A102" not in codes(f"According to Orla Venn, {WALKOUT}.", bare)


def test_a_sentence_after_somebodys_whole_quotation_is_the_outlets_own_again() -> None:
    bare = f"“It was a long night,” Ines Obi said. {WALKOUT.capitalize()}."
    assert "A102" in codes(f"According to Orla Venn, {WALKOUT}.", bare)


@DOUBTED
def test_a_sentence_that_refers_back_is_not_the_outlets_own_voice() -> None:
    bare = f"Ines Obi wants an inquiry. That offer is gone: {WALKOUT}."
    assert "A102" not in codes(f"According to Orla Venn, {WALKOUT}.", bare)


def test_a_body_and_somebody_unnamed_are_two_kinds_of_source() -> None:
    power = "Some 400 homes were without power on Monday evening,"
    event = event_of(f"{power} the grid operator said.", f"{power} mayor Ines Obi said.")
    assert "not asserted" in found(event, "A103")[0].message


def test_a_verb_is_compared_only_between_words_of_one_source() -> None:
    assert "A105" not in codes(f"{QUOTED} Orla Venn said.", f"{QUOTED} Ines Obi boasted.")


def test_a_name_given_in_full_elsewhere_may_be_the_roles() -> None:
    unnamed = f"Orla J. Venn met the pilots on Friday.\n\n{QUOTED} the harbour master said."
    assert "A101" not in codes(f"{QUOTED} Orla Venn said.", unnamed)


def test_days_of_a_month_bind_no_two_statements() -> None:
    assert "A102" not in codes(
        "Orla Venn said the pick to lead the board should not stand in the vote set for June 25.",
        "The June 25 vote will be the third in three years that Ines Obi fights.",
    )
