"""Certainty: how far a sentence commits itself, and when two tellings differ."""

from __future__ import annotations

from typing import Any

import pytest
from rows import cases, codes, label

from comparer.language.certainty import Level, certainty
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
        ("A contribution will be considered in May.", Level.CONSIDERED),
    ],
)
def test_the_scale_runs_from_possible_to_decided(line: str, level: Level) -> None:
    assert certainty(Words(line), Span(0, len(line))).level is level


def test_a_plain_past_has_no_level() -> None:
    line = "Norway sent a ship."
    assert certainty(Words(line), Span(0, len(line))).level is None


def test_hedges_and_boosters_come_with_their_places() -> None:
    line = "The ship will perhaps sail, and it clearly needs paint."
    found = certainty(Words(line), Span(0, len(line)))
    assert [[s.of(line) for s in spans] for spans in (found.hedges, found.boosters)] == [["perhaps"], ["clearly"]]
