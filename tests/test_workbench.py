"""Open the workbench in a real browser: only its own page is answered, and every decision lies beside the pages."""

from __future__ import annotations

import http.client
import json
import queue
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import tomli

from comparer.inputs import load

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")
pytest.importorskip("uvicorn", reason="the server is not installed: pip install .[open]")

from comparer.workbench import Bench, serve  # noqa: E402 - after the server is known to be there

pytestmark = pytest.mark.browser
ARTICLES = Path(__file__).parent.parent / "articles"
WAIT = 30_000  # milliseconds: four pages are read and compared in that time on a slow machine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARTICLES / "ukraine-force", tmp_path / "pages"))


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    told: queue.Queue[str] = queue.Queue()
    bench = Bench([str(folder)], folder)
    server = Thread(target=serve, args=(bench,), kwargs={"ready": told.put, "watching": True})
    server.start()
    yield told.get(timeout=20)
    bench.ended.set()
    server.join()


@pytest.fixture
def tab(browser: playwright.Browser, address: str) -> Iterator[playwright.Page]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.get_by_text("Ready: 4 pages").wait_for()
    page.frame_locator("#report").locator("h1").first.wait_for()
    yield page
    page.context.close()


def asked(address: str, method: str, path: str = "", **headers: str) -> int:
    """Return the status that a request of one's own making gets."""
    place = urlsplit(address)
    line = http.client.HTTPConnection(str(place.hostname), place.port or 0, timeout=10)
    line.request(method, path or f"{place.path}state", body=b"{}" if method == "POST" else None, headers=headers)
    status = line.getresponse().status
    line.close()
    return status


def test_only_its_own_page_is_answered(address: str) -> None:
    place = urlsplit(address)
    own = f"http://{place.netloc}"
    decision = f"{place.path}again"

    assert asked(address, "GET") == 200
    assert asked(address, "GET", "/guessed/state") == 404
    assert asked(address, "GET", Host="news.example:80") == 403  # a name that was bound to this machine afterwards
    assert asked(address, "GET", Origin="https://news.example") == 403
    assert asked(address, "POST", decision) == 403
    assert asked(address, "POST", decision, Origin="https://news.example") == 403
    assert asked(address, "POST", decision, Origin=own) == 200


def test_a_mended_outlet_stands_in_the_report_and_beside_the_page(tab: playwright.Page, folder: Path) -> None:
    item = tab.locator("#pages > li").first
    item.locator("summary").focus()
    tab.keyboard.press("Enter")
    item.get_by_label("Outlet").fill("Skerrow Post")
    item.get_by_role("button", name="Save").press("Enter")

    tab.frame_locator("#report").locator(".oh bdi").filter(has_text="Skerrow Post").wait_for()

    told = tomli.loads((folder / "review.toml").read_text(encoding="utf-8"))
    assert [page["outlet"] for page in told["page"]] == ["Skerrow Post"]
    assert "Skerrow Post" in {article.outlet for article in load([str(folder)]).articles}


def test_a_line_of_another_kind_is_left_out_of_the_next_report(tab: playwright.Page, folder: Path) -> None:
    item = tab.locator("#pages > li").first
    item.locator("summary").click()
    choice = item.locator(".lines li:not(.out) select").last
    line = int((choice.get_attribute("aria-label") or "").split()[1])
    with tab.expect_response("**/line"):
        choice.select_option("promotion")
    tab.get_by_text("Ready: 4 pages").wait_for()

    told = tomli.loads((folder / "review.toml").read_text(encoding="utf-8"))
    assert [(block["line"], block["decision"]) for block in told["block"]] == [(line, "promotion")]


def test_pages_that_are_parted_are_two_events_for_every_command(tab: playwright.Page, folder: Path) -> None:
    for box in tab.locator("#pages input[type=checkbox]").all()[:2]:
        box.check()
    with tab.expect_response("**/group"):
        tab.get_by_role("button", name="Different events").click()

    wishes = load([str(folder)]).wishes
    assert [len(pages) for pages in wishes.apart] == [2]


def test_what_is_decided_in_the_report_is_saved_as_a_review(tab: playwright.Page, folder: Path) -> None:
    report = tab.frame_locator("#report")
    report.locator(".tg").first.click()
    with tab.expect_response("**/review"):
        report.get_by_role("button", name="Reject").first.click()

    saved = json.loads((folder / "review.json").read_text(encoding="utf-8"))
    assert [finding["decision"] for finding in saved["findings"]] == ["reject"]


def test_a_file_that_appears_in_a_watched_folder_is_read(tab: playwright.Page, folder: Path) -> None:
    shutil.copy(ARTICLES / "black-sea-mines" / "pontic_monitor.txt", folder)

    tab.get_by_text("Ready: 5 pages").wait_for()


def test_a_dropped_file_is_copied_and_compared_and_another_kind_is_refused(tab: playwright.Page, folder: Path) -> None:
    choose: Callable[[Path], None] = tab.locator("#files").set_input_files
    choose(ARTICLES / "black-sea-mines" / "pontic_monitor.txt")
    tab.get_by_text("Ready: 5 pages").wait_for()
    refused = folder.parent / "tool.exe"
    refused.write_bytes(b"MZ\0")
    choose(refused)
    tab.get_by_role("alert").filter(has_text="no kind").wait_for()

    assert (folder / "pontic_monitor.txt").is_file()
    assert not (folder / "tool.exe").exists()
