"""Dates: which day a mention names, as far as the text and its day of publication tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparer.language.dates import find_dates
from comparer.model import Span


def _days(line: str, published: str | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(d.span.of(line), d.days) for d in find_dates(line, Span(0, len(line)), published)]


@pytest.mark.parametrize(
    ("line", "printed", "day"),
    [
        ("on April 27, 2025", "April 27, 2025", "2025-04-27"),
        ("on 27 April 2025", "27 April 2025", "2025-04-27"),
        ("the 27 of April of 2025", "27 of April of 2025", "2025-04-27"),
        ("on 2025-04-27", "2025-04-27", "2025-04-27"),
        ("on Aug. 12, 2025", "Aug. 12, 2025", "2025-08-12"),
        ("on April\n27, 2025", "April\n27, 2025", "2025-04-27"),
    ],
)
def test_a_full_date_is_one_day(line: str, printed: str, day: str) -> None:
    assert _days(line) == [(printed, (day,))]


def test_a_date_without_a_year_is_the_nearest_to_publication() -> None:
    assert _days("on April 27", "2025-05-14") == [("April 27", ("2025-04-27",))]


def test_a_weekday_without_a_day_of_publication_stays_a_weekday() -> None:
    (found,) = find_dates("late on Wednesday", Span(0, 17))
    assert (found.weekday, found.days) == (2, ())


def test_a_weekday_may_lie_before_or_after_publication() -> None:
    assert _days("on Wednesday", "2026-03-06") == [("Wednesday", ("2026-03-04", "2026-03-11"))]


def test_a_weekday_of_last_week_is_one_day() -> None:
    assert _days("on Monday of last week", "2021-06-24") == [("Monday of last week", ("2021-06-14",))]


@pytest.mark.parametrize(
    "line", ["they may 12 times march on", "at 12.30pm", "a second march", "he sat down in the sun"]
)
def test_plain_words_are_no_dates(line: str) -> None:
    assert find_dates(line, Span(0, len(line))) == ()


def test_an_unreadable_day_of_publication_counts_as_unknown() -> None:
    assert _days("on Wednesday", "last spring") == [("Wednesday", ())]


def test_a_day_of_publication_out_of_all_reason_counts_as_unknown() -> None:
    assert _days("on Friday", "9999-12-31") == [("Friday", ())]


@given(st.text(alphabet="0123456789 ,.-MayMarch AprilSundayof\n", max_size=60), st.none() | st.just("2025-05-14"))
def test_no_text_raises_and_every_span_lies_inside(text: str, published: str | None) -> None:
    found = find_dates(text, Span(0, len(text)), published)
    assert all(0 <= d.span.start < d.span.end <= len(text) for d in found)
