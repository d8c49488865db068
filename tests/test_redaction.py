"""A redacted report is smaller and prints little of the texts, while every mark keeps its place and its hash."""

from __future__ import annotations

import html
import re

import pytest
import report_fixture

import comparer
from comparer.exporting.annotations import annotations_json
from comparer.exporting.json import to_json
from comparer.exporting.tables import claims_csv, findings_csv
from comparer.reporting.html import render_html

RUN = 4  # words in a row that count as printed


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def printed(comparison: comparer.Comparison, output: str) -> float:
    """Return the part of the texts' words that stand in an output in runs of four or more."""
    found = words(html.unescape(re.sub(r"<[^>]+>", "", output)).replace("\\n", " "))
    runs = {tuple(found[k : k + RUN]) for k in range(len(found))}
    total = shown = 0
    for analysed in comparison.articles:
        text = words(analysed.article.main_text)
        starts = [k for k in range(len(text) - RUN + 1) if tuple(text[k : k + RUN]) in runs]
        shown += len({k + n for k in starts for n in range(RUN)})
        total += len(text)
    return shown / total


def body(page: str) -> str:
    return page.split("</style>")[1].split("<script>", maxsplit=1)[0]


@pytest.mark.slow
def test_a_redacted_page_prints_far_less_of_the_texts() -> None:
    whole, less = render_html(report_fixture.one_event()), render_html(report_fixture.redacted())
    assert printed(report_fixture.one_event(), body(whole)) > 0.95
    assert printed(report_fixture.redacted(), body(less)) < 0.6
    assert len(body(less)) < 0.9 * len(body(whole))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "most"), [(to_json, 0.48), (claims_csv, 0.35), (findings_csv, 0.45), (annotations_json, 0.45)]
)
def test_what_is_taken_along_prints_less_than_half_of_the_texts(make: object, most: float) -> None:
    assert callable(make)
    whole, less = make(report_fixture.one_event()), make(report_fixture.redacted())
    assert printed(report_fixture.redacted(), less) < most
    assert len(less) < 0.9 * len(whole)


def test_marks_keep_their_places_and_hashes() -> None:
    comparison = report_fixture.redacted()
    page = render_html(comparison)
    assert all(a.article.digest in html.unescape(page) for a in comparison.articles)
    places = {f"{p.span.start}–{p.span.end}" for f in comparison.events[0].findings for p in f.evidence}
    assert len(places - set(re.findall(r"\d+–\d+", page))) < 0.1 * len(places)
