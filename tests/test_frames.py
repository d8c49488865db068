"""Hold what a notebook gets of a comparison: tables with the values of the record, and the report in a frame."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import report_fixture

from comparer.exporting.tables import claims_csv, findings_csv

NOTEBOOK = Path(__file__).parent.parent / "docs" / "example.ipynb"


def lines(text: str) -> int:
    return len(list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))) - 1


def test_pandas_gets_a_line_per_claim_and_outlet_and_a_line_per_finding() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install .[notebook]")
    comparison = report_fixture.one_event()
    frames = comparison.to_pandas()

    assert len(frames.claims) == lines(claims_csv(comparison))
    assert list(frames.findings["finding"]) == [f.id for f in comparison.events[0].findings]
    assert len(frames.findings) == lines(findings_csv(comparison))


def test_a_quotation_in_a_frame_stands_at_its_offsets() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install .[notebook]")
    comparison = report_fixture.one_event()
    texts = {a.article.outlet: a.article.text for a in comparison.articles}
    quotations = comparison.to_pandas().quotations

    assert len(quotations) == sum(len(u.readings) for u in comparison.events[0].utterances)
    assert [" ".join(texts[q.outlet][q.start : q.end].split()) for q in quotations.itertuples()] == list(
        quotations.text
    )


def test_polars_gets_the_same_tables() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install .[notebook]")
    pytest.importorskip("polars", reason="polars is not installed: pip install .[polars]")
    comparison = report_fixture.one_event()

    assert [f.columns for f in comparison.to_polars()] == [list(f.columns) for f in comparison.to_pandas()]
    assert [len(f) for f in comparison.to_polars()] == [len(f) for f in comparison.to_pandas()]


def test_a_lone_text_gives_empty_tables_with_their_columns() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install .[notebook]")
    frames = report_fixture.lone().to_pandas()

    assert len(frames.quotations) == 0
    assert "utterance" in frames.quotations.columns


def test_a_notebook_shows_the_report_in_a_frame_of_its_own() -> None:
    shown = report_fixture.lone()._repr_html_()

    assert shown.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert "<script" not in shown


def test_the_example_notebook_runs_from_its_first_cell_to_its_last(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install .[notebook]")
    monkeypatch.chdir(NOTEBOOK.parent)
    cells = [c for c in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]
    known: dict[str, Any] = {}

    exec("\n".join("".join(cell["source"]) for cell in cells), known)  # noqa: S102 - our own notebook

    assert len(known["findings"]) > 10
