"""Open a list of 1,000 events in headless Chromium: there at once, searched and sorted by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import report_fixture
from report_fixture import index_line as line

from comparer.outputs import save
from comparer.reporting.html import render_index

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")

pytestmark = pytest.mark.browser
EVENTS = 1000


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("index") / "index.html"
    page.write_text(render_index([line(k) for k in range(EVENTS)], version="0.1.0"), encoding="utf-8")
    return f"file://{page}"


@pytest.fixture
def tab(browser: playwright.Browser) -> Iterator[playwright.Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield page
    page.close()


def opened(tab: playwright.Page, address: str) -> float:
    """Return the seconds until the page is drawn and its script has run, by the browser's own clock."""
    tab.goto("about:blank")
    tab.goto(address)
    assert tab.evaluate("document.querySelector('#shown').textContent") == "1,000 of 1,000 events"
    return float(tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")) / 1000


def test_a_thousand_events_are_there_within_two_seconds(tab: playwright.Page, index: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: request.url != "about:blank" and asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    took = [opened(tab, index) for _ in range(3)]

    assert min(took) < 2  # seconds; the best of three, as other work may hold the machine
    assert (asked, said) == ([index] * 3, [])


def test_words_in_any_order_and_without_accents_find_an_event(tab: playwright.Page, index: str) -> None:
    tab.goto(index)
    tab.get_by_label("Search").fill("CLOSED malmo")
    shown = tab.locator(".ix tbody tr:visible a").all_text_contents()
    wanted = [line(k).title for k in range(EVENTS) if "Malmö bridge closed" in line(k).title]
    assert sorted(shown) == sorted(wanted)
    assert tab.get_by_role("status").text_content() == f"{len(wanted)} of 1,000 events"


def test_an_outlet_that_the_line_does_not_name_is_found(tab: playwright.Page, index: str) -> None:
    many = next(line(k) for k in range(EVENTS) if len(line(k).outlets) > 8)
    tab.goto(index)
    tab.get_by_label("Search").fill(f"{many.outlets[-1]} {many.title.rsplit(' ', 1)[1]}")
    assert many.title in tab.locator(".ix tbody tr:visible a").all_text_contents()


def test_search_and_sort_answer_at_once(tab: playwright.Page, index: str) -> None:
    tab.goto(index)
    took = tab.evaluate(
        """() => {
            const began = performance.now();
            const query = document.querySelector('#q'), sort = document.querySelector('#sort');
            for (const text of ['f', 'fe', 'fer', 'ferr', 'ferry', '']) {
                query.value = text;
                query.dispatchEvent(new Event('input'));
                document.body.offsetHeight;
            }
            for (const order of ['texts', 'new', 'name', '']) {
                sort.value = order;
                sort.dispatchEvent(new Event('input'));
                document.body.offsetHeight;
            }
            return (performance.now() - began) / 10;
        }"""
    )
    assert took < 300  # milliseconds a step, on a slow machine


@pytest.mark.parametrize(
    ("order", "column"), [("texts", "texts"), ("claims", "claims"), ("new", "day"), ("old", "day")]
)
def test_events_are_sorted_as_asked(tab: playwright.Page, index: str, order: str, column: str) -> None:
    tab.goto(index)
    tab.get_by_label("Sort").select_option(order)
    found = tab.eval_on_selector_all(".ix tbody tr", f"rows => rows.map(row => row.dataset.{column})")
    known = [v for v in found if v]
    values = [int(v) for v in known] if column != "day" else known
    assert values == sorted(values, reverse=order != "old")
    assert found[: len(known)] == known


def test_events_stand_in_order_of_disagreement_at_first_and_again(tab: playwright.Page, index: str) -> None:
    tab.goto(index)
    before = tab.locator(".ix tbody a").all_text_contents()
    tab.get_by_label("Sort").select_option("name")
    tab.get_by_label("Sort").select_option("")
    wanted = [one.title for one in sorted((line(k) for k in range(EVENTS)), key=lambda one: one.rank)]
    assert before == wanted == tab.locator(".ix tbody a").all_text_contents()


def test_a_search_is_still_there_when_one_comes_back(tab: playwright.Page, index: str) -> None:
    tab.goto(index)
    tab.get_by_label("two or more texts").check()
    tab.get_by_label("Search").fill("pier")
    shown = tab.get_by_role("status").text_content()
    tab.goto("about:blank")
    tab.go_back()
    assert tab.get_by_label("Search").input_value() == "pier"
    assert tab.get_by_role("status").text_content() == shown


def test_the_keyboard_searches_clears_and_opens(tab: playwright.Page, index: str) -> None:
    tab.goto(index)
    for _ in range(2):
        tab.keyboard.press("Tab")
    tab.keyboard.type("nothing has this name")
    assert tab.get_by_text("No event fits.").is_visible()
    for _ in range(4):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "q"
    for _ in range(5):
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('tbody') !== null")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_list_never_scrolls_sideways(tab: playwright.Page, index: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(index)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_no_barrier_is_found(browser: playwright.Browser, tmp_path: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    few = tmp_path / "index.html"
    few.write_text(render_index([line(k) for k in range(30)], version="0.1.0"), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800})
    page.goto(f"file://{few}")
    found = axe.Axe().run(page).response["violations"]
    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []


def test_without_script_every_event_is_listed(browser: playwright.Browser, index: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index)
    listed = page.locator(".ix tbody tr:visible").count()
    context.close()
    assert listed == EVENTS


def test_a_line_leads_to_its_event_and_the_event_back(tab: playwright.Page, tmp_path: Path) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    save(report_fixture.sample(), tmp_path, formats=("html",), pages=True)
    tab.goto(f"file://{tmp_path / 'index.html'}")
    name = tab.locator(".ix tbody a").first.text_content()

    tab.locator(".ix tbody a").first.click()

    assert tab.locator("h1").first.text_content() == name
    tab.get_by_role("link", name="All events").click()
    assert tab.url.split("#")[0].endswith("index.html")
    assert said == []
