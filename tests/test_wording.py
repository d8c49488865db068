"""Wording: loaded and judging words in the outlet's own voice, labels and predictions."""

from __future__ import annotations

from typing import Any

import pytest
from rows import cases, codes, label, printed, view

from comparer.comparison.wording.find import find_wording_findings


@pytest.mark.parametrize("case", cases("wording", "synthetic"), ids=label)
def test_wording_in_the_own_voice_is_reported(case: dict[str, Any]) -> None:
    assert set(case["expect"]) <= set(codes(*case["readings"]))


@pytest.mark.parametrize("case", cases("wording", "negative"), ids=label)
def test_the_words_of_sources_names_and_plain_words_are_left_alone(case: dict[str, Any]) -> None:
    assert [code for code in codes(*case["readings"]) if code[0] == "W"] == []


def test_an_article_gets_one_finding_for_all_its_judging_words() -> None:
    event = view("The accord is a major geopolitical shift. It makes the town a key power broker on the coast.")
    (finding,) = find_wording_findings(event)
    assert printed(event, finding) == [["major geopolitical shift", "key power broker"]]
