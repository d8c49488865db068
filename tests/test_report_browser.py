"""Open the report in headless Chromium: no request, no error, no barrier, no overflow, every evidence link lands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_fixture

from comparer.model import Article, Comparison
from comparer.reporting.context import EventContext
from comparer.reporting.html import render_html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")

pytestmark = pytest.mark.browser
USUAL_LOOP = 0.3  # seconds of `bare_loop` on a machine half as quick as usual; slower ones get more time


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name in ("sample", "one_event", "redacted", "hostile", "lone", "many"):
        (folder / f"{name}.html").write_text(render_html(getattr(report_fixture, name)()), encoding="utf-8")
    return folder


@pytest.fixture
def tab(browser: playwright.Browser) -> Iterator[playwright.Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(8000)
    yield page
    page.close()


def address(reports: Path, name: str) -> str:
    return f"file://{reports / name}.html"


@pytest.mark.parametrize("name", ["sample", "one_event", "redacted", "hostile", "lone", "many"])
def test_the_page_asks_for_nothing_and_reports_no_error(tab: playwright.Page, reports: Path, name: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("dialog", lambda dialog: said.append(dialog.message))

    tab.goto(address(reports, name))
    tab.wait_for_timeout(100)

    assert asked == [address(reports, name)]
    assert said == []


@pytest.mark.parametrize(
    ("name", "scheme"),
    [(n, "light") for n in ("sample", "redacted", "hostile", "lone")] + [("one_event", "dark")],
)
def test_no_barrier_is_found(browser: playwright.Browser, reports: Path, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page.goto(address(reports, name))
    page.get_by_role("button", name="Research").click()
    page.evaluate("document.querySelectorAll('.tg').forEach((button, k) => k < 3 && button.click())")
    page.evaluate("document.querySelectorAll('.act button, #au-tools button').forEach(button => button.click())")
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")

    found = axe.Axe().run(page).response["violations"]

    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", ["sample", "hostile", "lone", "many"])
def test_the_page_never_scrolls_sideways(tab: playwright.Page, reports: Path, name: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address(reports, name))
    tab.evaluate("document.querySelectorAll('.tg').forEach(button => button.click())")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_every_evidence_link_frames_its_words(tab: playwright.Page, reports: Path) -> None:
    tab.goto(address(reports, "one_event"))
    texts = {siglum: article.text for siglum, article in sigla_of(report_fixture.one_event()).items()}

    framed = tab.evaluate(
        """() => {
            document.querySelectorAll('.tg').forEach(button => button.click());
            return [...document.querySelectorAll('.fds a.k, .rd .pl a')].map(link => {
                link.click();
                window.dispatchEvent(new HashChangeEvent('hashchange'));
                return [link.textContent, [...document.querySelectorAll('.fr')].map(n => n.textContent).join('')];
            });
        }"""
    )

    wrong = [(place, words) for place, words in framed if "–" in place and bare(words) != bare(span_text(texts, place))]
    assert len(framed) > 100
    assert wrong == []


def test_every_evidence_link_of_a_redacted_report_lands_on_the_words_that_are_left(
    tab: playwright.Page, reports: Path
) -> None:
    tab.goto(address(reports, "redacted"))
    texts = {siglum: article.text for siglum, article in sigla_of(report_fixture.redacted()).items()}

    landed = tab.evaluate(
        """() => {
            document.querySelectorAll('.tg').forEach(button => button.click());
            return [...document.querySelectorAll('.fds a.k, .rd .pl a')].map(link => {
                link.click();
                const target = document.getElementById(link.getAttribute('href').slice(1));
                const home = target && (target.closest('p, h4, li, div') || target);
                const range = document.createRange();
                if (home) { range.setStart(target, 0); range.setEnd(home, home.childNodes.length); }
                return [link.textContent, range.toString().replace(/^[A-Z]+\\d+/, '')];
            });
        }"""
    )

    places = [(place, words) for place, words in landed if "–" in place]
    first = {place: bare(span_text(texts, place))[:8] for place, _ in places}
    wrong = [(place, words[:40]) for place, words in places if not bare(words).startswith(first[place])]
    assert len(places) > 100
    assert wrong == []


def sigla_of(comparison: Comparison) -> dict[str, Article]:
    """Return the articles of a comparison's first event by their sigla."""
    event = comparison.events[0]
    ctx = EventContext(comparison, event, prefix="")
    return {outlet.siglum: a.article for outlet, a in zip(ctx.outlets, ctx.analysed, strict=True)}


def span_text(texts: dict[str, str], place: str) -> str:
    """Return the characters that a place such as "H 592–735" names."""
    siglum, span = place.split()
    start, end = map(int, span.split("–"))
    return texts[siglum][start:end]


def bare(words: str) -> str:
    """Return words without any blank: paragraphs stand in elements of their own."""
    return "".join(words.split())


def test_an_address_opens_its_claim_and_its_finding(tab: playwright.Page, reports: Path) -> None:
    tab.goto(address(reports, "one_event"))
    href = tab.evaluate("/class=.fd. id=.([^\"]+)/.exec(document.querySelector('.det noscript').textContent)[1]")

    tab.goto(address(reports, "one_event") + f"#{href}")
    tab.reload()

    assert tab.locator(f"[id='{href}']").is_visible()


def test_a_place_inside_folded_furniture_is_opened(tab: playwright.Page, reports: Path) -> None:
    tab.goto(address(reports, "one_event"))
    place = tab.evaluate(
        "/ id=.([^\"]+)/.exec([...document.querySelectorAll('.fold noscript')].map(n => n.textContent).join(''))[1]"
    )

    tab.evaluate(f"location.hash = '{place}'")
    tab.wait_for_timeout(100)

    assert tab.locator(f"[id='{place}']").is_visible()


def test_the_keyboard_opens_a_claim(tab: playwright.Page, reports: Path) -> None:
    tab.goto(address(reports, "one_event"))
    button = tab.locator(".tg").first

    button.focus()
    tab.keyboard.press("Enter")

    assert button.get_attribute("aria-expanded") == "true"
    assert tab.locator(".det").first.is_visible()


def test_the_first_tab_stop_skips_to_the_report(tab: playwright.Page, reports: Path) -> None:
    tab.goto(address(reports, "one_event"))

    tab.keyboard.press("Tab")

    assert tab.evaluate("document.activeElement.className") == "skip"


def test_without_script_every_reading_is_on_the_page(browser: playwright.Browser, reports: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(reports, "one_event"))

    visible = page.locator(".det").first.is_visible()

    context.close()
    assert visible


def test_an_address_shows_a_claim_that_stands_behind_the_button_of_a_long_matrix(
    tab: playwright.Page, tmp_path: Path
) -> None:
    report = tmp_path / "long.html"
    report.write_text(render_html(report_fixture.long()), encoding="utf-8")
    tab.goto(f"file://{report}")
    hidden = tab.evaluate("document.querySelector('.cr.later').id")

    tab.evaluate(f"location.hash = '{hidden}'")
    tab.wait_for_timeout(100)

    assert tab.locator(f"#{hidden}").is_visible()
    assert tab.locator(".more").count() == 0


def bare_loop() -> float:
    """Return the seconds of processor time that two million bare multiplications take here."""
    start = time.process_time()
    sum(k * k for k in range(2_000_000))
    return time.process_time() - start


def test_five_long_texts_take_the_browser_less_than_a_second(tab: playwright.Page, tmp_path: Path) -> None:
    report = tmp_path / "five_long.html"
    report.write_text(render_html(report_fixture.five_long()), encoding="utf-8")
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # the page's own work, however busy the machine

    tab.goto(f"file://{report}")

    seconds = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    assert seconds["TaskDuration"] < max(1.0, bare_loop() / USUAL_LOOP)


def test_copies_of_one_origin_that_differ_nowhere_share_a_column(tab: playwright.Page, reports: Path) -> None:
    tab.goto(address(reports, "many"))
    before = tab.locator(".oh:visible").count()

    tab.locator(".oh .cp").first.click()

    assert before < tab.locator(".oh:visible").count() <= tab.locator(".oh").count()
