"""Quantities: what a text counts or measures, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparer.language.numbers import Bound
from comparer.language.quantities import QuantityKind, find_quantities
from comparer.model import Span


def _found(line: str) -> list[tuple[str, float, str]]:
    return [(q.span.of(line), q.value, q.unit) for q in find_quantities(line, Span(0, len(line)))]


@pytest.mark.parametrize(
    ("line", "printed", "value", "unit"),
    [
        ("Four fishermen were hurt.", "Four fishermen", 4, "fisherman"),
        ("Two dozen boats left.", "Two dozen boats", 24, "boat"),
        ("nearly 500 drivers", "nearly 500 drivers", 500, "driver"),
        ("for 1.2 billion crowns", "1.2 billion crowns", 1.2e9, "crown"),
        ("for 1,200 million kroner", "1,200 million kroner", 1.2e9, "crown"),
        ("a $43,000 watch", "$43,000", 43000, "dollar"),
        ("a dividend of £12.4m", "£12.4m", 12.4e6, "GBP"),
        ("a turnout of 78 per cent", "78 per cent", 78, "percent"),
        ("close to half a million people", "close to half a million people", 500000, "people"),
        ("a 48-hour strike", "48-hour", 48, "hour"),
        ("a 71-page ruling", "71-page", 71, "page"),
        ("Two hundred and twelve operations", "Two hundred and twelve operations", 212, "operation"),
        ("about 90 kilometres offshore", "about 90 kilometres", 90, "km"),
        ("some 2000\ntroops", "some 2000\ntroops", 2000, "troop"),
    ],
)
def test_amounts_are_read_with_unit_and_place(line: str, printed: str, value: float, unit: str) -> None:
    assert _found(line) == [(printed, value, unit)]


@pytest.mark.parametrize(
    "line",
    [
        "on the 27 of April",
        "on March 23 and 24",
        "since 2019",
        "in May 2025",
        "at 9pm",
        "at 21:00 sharp",
        "on 12 June protests broke out",
        "flew F-16 jets",
        "at 4 a.m. on Sunday",
        "the 10th attempt",
        "in the 1990s",
        "Resolution 2231",
        "aboard Boeing 737",
        "an F-16",
        "won 3-2",
        "a 5-4 vote",
        "one of them",
        "five of the fishermen",
        "three-quarters",
        "half past two",
    ],
)
def test_dates_times_names_and_scores_are_no_quantities(line: str) -> None:
    kinds = {q.kind for q in find_quantities(line, Span(0, len(line)))}
    assert kinds <= {QuantityKind.BARE}


@pytest.mark.parametrize(
    ("line", "bound"),
    [
        ("at least 14 boats", Bound.AT_LEAST),
        ("up to 14 boats", Bound.AT_MOST),
        ("nearly 14 boats", Bound.NEARLY),
        ("some 14 boats", Bound.ABOUT),
        ("14 boats", Bound.EXACT),
    ],
)
def test_approximators_are_read(line: str, bound: Bound) -> None:
    assert [q.bound for q in find_quantities(line, Span(0, len(line)))] == [bound]


def test_a_range_has_both_ends() -> None:
    line = "46 to 57 months in prison"
    assert [(q.value, q.high) for q in find_quantities(line, Span(0, len(line)))] == [(46, 57)]


def test_a_sum_given_again_in_another_currency_is_known_as_such() -> None:
    line = "at 1.2 billion crowns ($115 million) a year"
    assert [q.converted for q in find_quantities(line, Span(0, len(line)))] == [False, True]


def test_a_raised_figure_is_no_number() -> None:
    assert "²" not in "".join(printed for printed, _, _ in _found("five ² boats and 40 m² of deck"))


def test_an_age_is_an_age() -> None:
    line = "a 43-year-old fisherman"
    assert [q.kind for q in find_quantities(line, Span(0, len(line)))] == [QuantityKind.AGE]


@given(st.text(alphabet="0123456789 ,.-%$£abfourmillionone\n'’()/:", max_size=60))
def test_no_text_raises_and_every_span_lies_inside(text: str) -> None:
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in find_quantities(text, Span(0, len(text))))
