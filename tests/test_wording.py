"""Wording: judging words in the outlet's own voice."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from rows import cases, codes, label, printed, view

from comparer.comparison.wording.find import find_wording_findings
from comparer.model import Config


@pytest.mark.parametrize("case", cases("wording", "synthetic"), ids=label)
def test_wording_in_the_own_voice_is_reported(case: dict[str, Any]) -> None:
    assert set(case["expect"]) <= set(codes(*case["readings"]))


@pytest.mark.parametrize("case", cases("wording", "negative"), ids=label)
def test_the_words_of_sources_names_and_plain_words_are_left_alone(case: dict[str, Any]) -> None:
    assert [code for code in codes(*case["readings"]) if code[0] == "W"] == []


def test_the_finding_opens_the_word_and_what_the_others_print() -> None:
    one = "A ludicrous walkout by ferry crews closed the harbour line on Monday."
    others = [one.replace("ludicrous ", ""), "On Monday a walkout by ferry crews closed the harbour line."]
    event = view(one, *others)
    (finding,) = find_wording_findings(event)
    assert printed(event, finding) == [["ludicrous"], others]


def test_without_the_reader_nothing_is_said_of_wording() -> None:
    event = view("A reckless walkout closed the harbour line.", "A walkout closed the harbour line.")
    assert find_wording_findings(dataclasses.replace(event, config=Config(fast=True))) == ()
