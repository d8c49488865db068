"""Certainty: how far a sentence commits itself, and when two tellings differ."""

from __future__ import annotations

from typing import Any

import pytest
from rows import cases, codes, label

from comparer.language.certainty import Level, commitments
from comparer.language.words import Words
from comparer.model import Span


@pytest.mark.parametrize("case", cases("certainty", "synthetic"), ids=label)
def test_a_difference_of_certainty_is_reported(case: dict[str, Any]) -> None:
    assert [code for code in codes(*case["readings"]) if code[0] == "M"] == case["expect"]


@pytest.mark.parametrize("case", cases("certainty", "negative"), ids=label)
def test_neighbours_on_the_scale_are_no_difference(case: dict[str, Any]) -> None:
    assert [code for code in codes(*case["readings"]) if code[0] == "M"] == []


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Norway could send a ship.", Level.POSSIBLE),
        ("Norway is considering a ship for the bank.", Level.CONSIDERED),
        ("Norway is ready to send a ship.", Level.READY),
        ("Norway plans to send a ship.", Level.PLANNED),
        ("Norway will send a ship.", Level.CERTAIN),
        ("Norway has decided to send a ship.", Level.DECIDED),
    ],
)
def test_the_scale_runs_from_possible_to_decided(line: str, level: Level) -> None:
    assert [c.level for c in commitments(Words(line), Span(0, len(line)))][:1] == [level]


def test_a_plain_past_has_no_level() -> None:
    line = "Norway sent a ship."
    assert commitments(Words(line), Span(0, len(line))) == ()
