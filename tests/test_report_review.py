"""Review, audit and copy a report in headless Chromium: what a person decides is kept, exported and counted right."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_fixture
from scipy.stats import binomtest

from comparer.reporting.html import render_html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "one_event.html"
    file.write_text(render_html(report_fixture.one_event()), encoding="utf-8")
    return file


@pytest.fixture
def tab(browser: playwright.Browser, report: Path) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto(f"file://{report}")
    page.get_by_role("button", name="Research").click()
    yield page
    context.close()


def export(tab: playwright.Page) -> dict[str, object]:
    with tab.expect_download() as got:
        tab.get_by_role("button", name="Export review (JSON)").click()
    exported: dict[str, object] = json.loads(Path(got.value.path()).read_text(encoding="utf-8"))
    return exported


def first_claim(tab: playwright.Page) -> playwright.Locator:
    tab.locator(".tg").first.click()
    return tab.locator(".det").first


def test_a_rejected_finding_is_exported_by_its_lasting_name(tab: playwright.Page) -> None:
    claim = first_claim(tab)
    claim.get_by_role("button", name="Reject").first.click()

    exported = export(tab)

    names = {finding.id for finding in report_fixture.one_event().events[0].findings}
    assert exported["format"] == "comparer-review"
    assert [f["decision"] for f in exported["findings"]] == ["reject"]  # type: ignore[index, attr-defined]
    assert {f["id"] for f in exported["findings"]} <= names  # type: ignore[index, attr-defined]


def test_decisions_and_notes_outlive_a_reload(tab: playwright.Page) -> None:
    claim = first_claim(tab)
    claim.get_by_role("button", name="Accept").first.click()
    claim.get_by_role("button", name="Note").first.click()
    claim.locator("textarea").fill("two wire versions")

    tab.reload()
    first_claim(tab)

    assert tab.locator("[data-rv=accept][aria-pressed=true]").count() == 1
    assert tab.locator(".rvn").first.text_content() == "Note: two wire versions"
    assert export(tab)["findings"][0]["note"] == "two wire versions"  # type: ignore[index]


def test_a_claim_taken_out_and_two_rows_joined_are_named_as_the_comparison_names_them(tab: playwright.Page) -> None:
    claim = first_claim(tab)
    claim.get_by_role("button", name="Correct this row").click()
    claim.get_by_role("button", name="Take out of this claim").first.click()
    claim.get_by_role("button", name="Join the two claims").click()

    taken, joined = export(tab)["rows"]  # type: ignore[misc]

    rows = {row.key: row for row in report_fixture.one_event().events[0].alignment.rows}
    places = {c.passage.place for cell in rows[taken["row"]].cells for c in cell.claims}
    assert f"{taken['claim']['article']}:{taken['claim']['start']}-{taken['claim']['end']}" in places
    assert len(set(joined["rows"]) & set(rows)) == 2


def test_a_block_marked_otherwise_is_exported_with_its_characters(tab: playwright.Page) -> None:
    tab.locator(".solo[data-s] > summary").first.click()
    tab.locator(".led .kp .bk").first.click()

    (block,) = export(tab)["blocks"]  # type: ignore[misc]

    articles = {a.article.id: a.article for a in report_fixture.one_event().articles}
    spans = [(b.span.start, b.span.end) for b in articles[block["article"]].blocks if b.kept]
    assert (block["start"], block["end"]) == spans[0]
    assert block["decision"] == "drop"


def test_what_is_undone_is_not_exported(tab: playwright.Page) -> None:
    claim = first_claim(tab)
    claim.get_by_role("button", name="Correct this row").click()
    claim.get_by_role("button", name="Take out of this claim").first.click()
    claim.get_by_role("button", name="Reject").first.click()
    claim.get_by_role("button", name="Reject").first.click()

    tab.get_by_role("button", name="Undo").click()

    exported = export(tab)
    assert (exported["findings"], exported["rows"], exported["blocks"]) == ([], [], [])


def test_an_exported_review_is_read_back(tab: playwright.Page, tmp_path: Path) -> None:
    first_claim(tab).get_by_role("button", name="Accept").first.click()
    exported = export(tab)
    file = tmp_path / "review.json"
    file.write_text(json.dumps(exported), encoding="utf-8")
    tab.get_by_role("button", name="Forget this review").click()

    tab.get_by_label("Read a review file").set_input_files(file)
    tab.get_by_text("Review read.").wait_for()

    assert export(tab)["findings"] == exported["findings"]


def test_a_file_that_is_no_review_is_refused_and_nothing_is_lost(tab: playwright.Page, tmp_path: Path) -> None:
    first_claim(tab).get_by_role("button", name="Accept").first.click()
    file = tmp_path / "other.json"
    file.write_text('{"format": "something else"}', encoding="utf-8")

    tab.get_by_label("Read a review file").set_input_files(file)
    tab.get_by_text("this is not a review file").wait_for()

    assert len(export(tab)["findings"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(("right", "wrong"), [(7, 3), (10, 0), (0, 4), (1, 1)])
def test_the_interval_of_an_audit_is_wilsons(tab: playwright.Page, right: int, wrong: int) -> None:
    tab.get_by_label("Marks").fill(str(right + wrong))
    tab.get_by_role("button", name="Draw a sample").click()
    tab.evaluate(
        "counts => counts.forEach(([verdict, n]) => { for (let k = 0; k < n; k += 1)"
        " [...document.querySelectorAll('#au-box button')].find(b => b.textContent === verdict).click(); })",
        [["right", right], ["wrong", wrong]],
    )

    line = tab.locator("#au-table tbody tr").last.locator("td").all_text_contents()

    wanted = binomtest(right, right + wrong).proportion_ci(method="wilson")
    assert line[0] == f"{right} of {right + wrong}"
    assert line[2] == f"{wanted.low:.3f}–{wanted.high:.3f}"


def test_one_number_draws_one_sample_and_takes_from_every_family(tab: playwright.Page) -> None:
    codes = {finding.code[0] for finding in report_fixture.one_event().events[0].findings}
    drawn = [judged(tab, "5", len(codes)), judged(tab, "5", len(codes)), judged(tab, "6", len(codes))]

    assert drawn[0] == drawn[1] != drawn[2]
    assert {row["family"] for row in drawn[0]} == codes


def judged(tab: playwright.Page, seed: str, size: int) -> list[dict[str, str]]:
    tab.get_by_label("Marks").fill(str(size))
    tab.get_by_label("Sample number").fill(seed)
    tab.get_by_role("button", name="Draw a sample").click()
    tab.evaluate(
        "n => { for (let k = 0; k < n; k += 1) document.querySelectorAll('#au-box button')[2].click(); }", size
    )
    with tab.expect_download() as got:
        tab.get_by_role("button", name="Export CSV").click()
    rows = list(csv.DictReader(Path(got.value.path()).read_text(encoding="utf-8").splitlines()))
    return [{k: v for k, v in row.items() if k != "seed"} for row in rows]


def test_a_mark_is_shown_without_its_code_and_confidence(tab: playwright.Page) -> None:
    tab.get_by_role("button", name="Draw a sample").click()

    shown = tab.locator("#au-box").text_content() or ""

    assert "confidence" not in shown
    assert not any(finding.code in shown for finding in report_fixture.one_event().events[0].findings)


def test_a_claim_is_copied_with_readings_places_and_digests(tab: playwright.Page) -> None:
    tab.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    claim = first_claim(tab)
    readings = [quote.text_content() or "" for quote in claim.locator("blockquote").all()]

    claim.get_by_role("button", name="Copy as Markdown").click()
    tab.get_by_text("Copied.").wait_for()

    copied = tab.evaluate("window.copied")
    digests = [a.article.digest[:12] for a in report_fixture.one_event().articles]
    assert copied.startswith("### Claim 1: ")
    assert all(reading.split()[0] in copied for reading in readings)
    assert any(f"sha256 {digest}" in copied for digest in digests)


def test_words_typed_into_find_leave_the_claims_that_hold_them(tab: playwright.Page) -> None:
    first_claim(tab)
    wanted = (tab.locator(".det blockquote").first.text_content() or "")[:20]
    before = tab.locator(".cr:visible").count()

    tab.get_by_role("searchbox", name="Find").fill(wanted)

    assert 1 <= tab.locator(".cr:visible").count() < before
    tab.get_by_role("searchbox", name="Find").fill("zzzz")
    assert tab.get_by_text("No claim holds these words.").is_visible()
