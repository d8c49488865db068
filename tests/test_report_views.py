"""Read one report in four ways in headless Chromium: what each shows, hides, takes along and prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_fixture
import support

import comparer
from comparer.reporting.html import render_html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")

pytestmark = pytest.mark.browser
NODES, BYTES = 20_000, 1_200_000  # of the report on twelve outlets
NAMES = ("Harbour Gazette", "Ankara Observer", "Capital Lantern", "Daybreak Now")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name in ("one_event", "twelve"):
        (folder / f"{name}.html").write_text(render_html(getattr(report_fixture, name)()), encoding="utf-8")
    return folder


@pytest.fixture
def tab(browser: playwright.Browser, reports: Path) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto(f"file://{reports / 'one_event.html'}")
    yield page
    context.close()


def view(tab: playwright.Page, name: str) -> None:
    tab.get_by_role("group", name="Read as").get_by_role("button", name=name).click()


def test_a_page_opens_with_at_most_three_times_the_words_of_its_articles(tab: playwright.Page) -> None:
    words = sum(len(a.article.text.split()) for a in report_fixture.one_event().articles)

    assert len(tab.evaluate("document.body.innerText").split()) <= 3 * words


def test_ten_claims_are_in_sight_when_the_page_opens(tab: playwright.Page) -> None:
    shown = (
        "[...document.querySelectorAll('.cr')].filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )

    assert tab.evaluate(shown) >= 10


def test_twelve_outlets_stay_light(tab: playwright.Page, reports: Path) -> None:
    report = reports / "twelve.html"
    tab.goto(f"file://{report}")

    assert report.stat().st_size < BYTES
    assert tab.evaluate("document.querySelectorAll('*').length") < NODES
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("name", ["Editor", "Fact-check", "Class"])
def test_no_barrier_is_found_in_any_view(browser: playwright.Browser, reports: Path, name: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = browser.new_page(reduced_motion="reduce", bypass_csp=True)
    page.goto(f"file://{reports / 'one_event.html'}")
    view(page, name)
    page.evaluate("document.querySelectorAll('.tg').forEach((button, k) => k < 2 && button.click())")

    found = axe.Axe().run(page).response["violations"]

    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []


def test_codes_and_method_stand_in_research_and_not_before_an_editor(tab: playwright.Page) -> None:
    tab.locator(".tg").first.click()
    editors = (tab.locator(".code:visible").count(), tab.locator("#scores:visible").count())
    view(tab, "Research")

    assert editors == (0, 0)
    assert tab.locator(".code:visible").count() > 0
    assert tab.locator("#scores:visible").count() == 1


def test_an_address_that_leads_out_of_a_view_changes_it(tab: playwright.Page) -> None:
    tab.evaluate("location.hash = 'scores'")
    tab.wait_for_timeout(100)

    assert tab.evaluate("document.body.dataset.view") == "r"
    assert tab.locator("#scores").is_visible()


def test_a_family_that_is_hidden_is_hidden_everywhere(tab: playwright.Page) -> None:
    tab.locator(".tg").first.click()
    places = ".sum li[data-fams=F], .ml[data-fams=F], sup a[data-fams=F], .mn li[data-fams=F], .fd[data-fams=F]"
    before = tab.locator(f":is({places}):visible").count()
    tab.locator(".fammenu summary").click()
    tab.locator("[data-knob=F]").click()

    assert before > 5
    assert tab.locator(f":is({places}):visible").count() == 0
    assert tab.locator("mark[data-fams=F]:not(.mute)").count() == 0


def test_find_looks_in_readings_that_were_never_opened(tab: playwright.Page) -> None:
    told = re.search(r"(?s)<blockquote[^>]*>([^<]{30,60})", render_html(report_fixture.one_event()))
    assert told is not None

    tab.get_by_role("searchbox", name="Find").fill(told[1][-25:])

    assert 1 <= tab.locator(".cr:visible").count() < 5


def test_a_key_leads_from_finding_to_finding_and_seen_ones_fold(tab: playwright.Page) -> None:
    tab.keyboard.press("j")
    first = tab.evaluate("document.activeElement.id")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    again = tab.evaluate("document.activeElement.id")
    tab.keyboard.press("s")

    assert first == again != ""
    assert tab.evaluate(f"document.getElementById('{first}').classList.contains('seen')")
    assert not tab.locator(f"[id='{first}'] .sds").is_visible()


def test_two_texts_side_by_side_are_joined_by_bands_and_scroll_together(tab: playwright.Page) -> None:
    tab.get_by_role("button", name="Two side by side").click()
    bands = tab.locator(".bands path").count()
    tab.keyboard.press("n")
    tops = tab.evaluate(
        "[...document.querySelectorAll('.pair .tc:not([hidden])')].map(column =>"
        " column.querySelector('.hl').getBoundingClientRect().top - column.getBoundingClientRect().top)"
    )

    assert bands > 3
    assert len(tops) == 2
    assert tab.get_by_text("Difference 1 of").is_visible()


def test_a_class_sees_no_outlet_until_the_teacher_reveals_it(tab: playwright.Page) -> None:
    view(tab, "Class")
    heads = ".tc h3, [data-col], .oh, .rd h3, abbr"
    hidden = " ".join(tab.locator(f":is({heads}):visible").all_text_contents())
    hidden += tab.evaluate(
        "[...document.querySelectorAll('[title],[aria-label]')].map(n => n.title + n.ariaLabel).join()"
    )
    tab.get_by_role("button", name="Reveal the outlets").click()
    shown = " ".join(tab.locator(f":is({heads}):visible").all_text_contents())

    assert "Text 1" in hidden
    assert [name for name in NAMES if name in hidden] == []
    assert [name for name in NAMES if name not in shown] == []


def test_a_class_reads_no_name_in_the_words_of_an_outlet(tab: playwright.Page, tmp_path: Path) -> None:
    told = "The ferry ran aground off Skerrow at noon, the harbour police said on Monday. Nobody was hurt."
    pages = [
        comparer.read_text(
            f"Ferry aground\n\n{told} The captain told The Echo that a buoy was missing.", outlet="The Echo"
        ),
        comparer.read_text(
            f"Ferry hits rocks\n\n{told} Its owner would not speak to the Echo. An echo rang.", outlet="Post"
        ),
    ]
    report = tmp_path / "echo.html"
    report.write_text(render_html(comparer.compare(pages, one_event=True)), encoding="utf-8")
    tab.goto(f"file://{report}")
    view(tab, "Class")
    hidden = tab.evaluate("document.body.innerText")
    tab.get_by_role("button", name="Reveal the outlets").click()

    assert "told ███ ████ that a buoy" in hidden
    assert "speak to the ████. An echo rang" in hidden
    assert "told The Echo that a buoy" in tab.evaluate("document.body.innerText")


def test_a_class_marks_first_and_sees_the_findings_after(tab: playwright.Page) -> None:
    view(tab, "Class")
    before = (tab.locator(".claims:visible").count(), tab.locator(".mn:visible").count())
    tab.locator(".syn [data-r]:visible").first.press("Enter")
    tab.get_by_role("button", name="Show what the report found").click()

    assert before == (0, 0)
    assert re.search(r"You marked \d claims?\.", tab.locator(".lesson .said").text_content() or "")
    assert tab.locator(".claims").is_visible()


def test_the_summary_is_copied_with_names_and_counts(tab: playwright.Page) -> None:
    tab.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    tab.get_by_role("button", name="Copy summary").click()
    tab.get_by_text("Copied.").wait_for()
    copied = tab.evaluate("window.copied")

    assert copied.startswith(report_fixture.one_event().events[0].title)
    assert "in The Harbour Gazette" in copied
    assert "2 origins" in copied


@pytest.mark.parametrize(("name", "begins"), [("Card: PNG", b"\x89PNG"), ("Card: SVG", b"<svg")])
def test_the_card_is_saved_as_a_picture(tab: playwright.Page, name: str, begins: bytes) -> None:
    with tab.expect_download() as got:
        tab.get_by_role("button", name=name).click()

    data = Path(got.value.path()).read_bytes()
    assert data.startswith(begins)
    assert len(data) > 3000


def test_paper_holds_every_reading_and_few_sheets(tab: playwright.Page) -> None:
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", tab.pdf(prefer_css_page_size=True)))
    shared = sum(len(row.told_by) > 1 for row in report_fixture.one_event().events[0].alignment.rows)

    assert sheets <= 11
    assert tab.locator(".dr blockquote").count() >= 2 * shared


def test_the_card_fits_one_sheet(tab: playwright.Page) -> None:
    tab.evaluate("window.print = () => {}")
    tab.get_by_role("button", name="Card: print").click()

    assert len(re.findall(rb"/Type\s*/Page[^s]", tab.pdf(prefer_css_page_size=True))) == 1


def test_two_short_articles_take_six_sheets(tab: playwright.Page, tmp_path: Path) -> None:
    pages = [support.article(file) for file in support.files_of("kabul-airport")[:2]]
    report = tmp_path / "two.html"
    report.write_text(render_html(comparer.compare(pages, one_event=True)), encoding="utf-8")
    tab.goto(f"file://{report}")

    assert len(re.findall(rb"/Type\s*/Page[^s]", tab.pdf(prefer_css_page_size=True))) <= 6


def test_a_worksheet_names_no_outlet_and_the_key_does(tab: playwright.Page) -> None:
    tab.evaluate("window.print = () => { window.printed = document.body.dataset.print; }")
    view(tab, "Class")
    tab.get_by_role("button", name="Print worksheet").click()
    worksheet = tab.evaluate("window.printed")
    tab.emulate_media(media="print")
    text = tab.evaluate("document.body.innerText")
    tab.emulate_media(media="screen")
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.get_by_role("button", name="Print key").click()

    assert worksheet == "worksheet"
    assert "Where do figures, days or names differ?" in text
    assert "Ankara Observer" not in text
    assert tab.evaluate("window.printed") == "key"
    assert "Ankara Observer" in " ".join(tab.locator(".oh").all_text_contents())
