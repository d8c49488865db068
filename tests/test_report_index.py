"""The list of many events counts what the comparison says, and each event has a page of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import report_fixture
from report_fixture import index_line as line

from comparer.outputs import save
from comparer.reporting.html import render_index, render_pages


def test_what_an_outlet_prints_is_escaped() -> None:
    html = render_index([line(k) for k in range(8)], version="0.1.0")
    assert "Elm &lt;b&gt;Quay" in html
    assert "<b>Quay" not in html


def test_each_event_has_a_page_and_the_list_comes_last() -> None:
    comparison = report_fixture.sample()
    names = [name for name, _ in render_pages(comparison)]
    assert names == [*(f"events/{event.id}.html" for event in comparison.events), "index.html"]


@pytest.mark.slow
def test_the_list_counts_what_the_comparison_says() -> None:
    comparison = report_fixture.sample()
    html = dict(render_pages(comparison))["index.html"]
    assert "8 saved texts, 3 events" in html
    assert "2 events with two or more texts · 1 single text" in html


@pytest.mark.slow
@pytest.mark.parametrize(("pages", "wanted"), [(None, False), (True, True), (False, False)])
def test_few_events_stand_on_one_page_unless_asked(tmp_path: Path, *, pages: bool | None, wanted: bool) -> None:
    written = save(report_fixture.sample(), tmp_path, formats=("html",), pages=pages)
    assert written == (tmp_path / "index.html",)
    assert (tmp_path / "events").is_dir() == wanted
