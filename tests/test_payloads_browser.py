"""Nothing that a page prints runs in a report: cross-site scripting payloads in every field, every panel opened."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from functools import cache
from pathlib import Path

import pytest

import comparer
from comparer.exporting.annotations import annotations_json
from comparer.exporting.tables import claims_csv, findings_csv
from comparer.exporting.tei import tei_xml
from comparer.model import Comparison, Credit, CreditForm, Span
from comparer.reporting.html import render_cards, render_html, render_pages

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")

pytestmark = pytest.mark.browser
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    "<svg><script>alert(4)</script>",
    '"><script>alert(5)</script>',
    "'><script>alert(6)</script>",
    "</title><script>alert(7)</script>",
    "</style><script>alert(8)</script>",
    "</script><script>alert(9)</script>",
    "</textarea><script>alert(10)</script>",
    "--><script>alert(11)</script><!--",
    "]]><script>alert(12)</script>",
    '" onmouseover="alert(13)',
    "' onfocus='alert(14)' autofocus='",
    "javascript:alert(15)",
    "JaVaScRiPt:alert(16)",
    "java\tscript:alert(17)",
    "data:text/html,<script>alert(18)</script>",
    "<iframe src=javascript:alert(19)>",
    "<iframe srcdoc='<script>alert(20)</script>'>",
    "<object data=javascript:alert(21)>",
    "<embed src=javascript:alert(22)>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example/><button>go</button></form>",
    "<a href=javascript:alert(27)>x</a>",
    "<details open ontoggle=alert(28)>",
    "<body onload=alert(29)>",
    "<input autofocus onfocus=alert(30)>",
    "<video><source onerror=alert(31)></video>",
    "<math href=javascript:alert(32)>x</math>",
    "{{7*7}}",
    "{% raw %}{{ config }}",
    "${alert(35)}",
    "<%= 7*7 %>",
    "<!--#exec cmd='ls'-->",
    "<script>alert(38)</script>",
    "&lt;script&gt;alert(39)&lt;/script&gt;",
    "<style>@import 'https://evil.example/a.css';</style>",
    "<p style='background:url(https://evil.example/a.png)'>",
    "\u202e<script>alert(42)</script>",
    "<img src=https://evil.example/pixel.gif>",
    "<noscript><p title='</noscript><img src=x onerror=alert(44)>'>",
    "__proto__",
    "constructor",
)


@cache
def attacked() -> Comparison:
    """Compare two pages whose every field holds payloads, in the text, in quotations and in the names of sources."""
    everything = " ".join(PAYLOADS)

    def page(number: str) -> str:
        lines = [f"Harbour {everything} closes", ""]
        for k, one in enumerate(PAYLOADS):
            lines += [f"{number} crates {one} fell on Friday, the harbour board {one} said in place {k}."]
            lines += [f"“We may {one} not reopen before day {k},” said Ada {one} Brook, its reckless chair.", ""]
        return "\n".join(lines)

    articles = []
    for outlet, number in (("Quay", "14"), ("Tide", "12")):
        read = comparer.read_text(page(number), outlet=f"{outlet} {everything}", published="2026-03-06")
        articles.append(
            dataclasses.replace(
                read,
                title=everything,
                url="javascript:alert(50)//" + everything,
                canonical_url="javascript:alert(51)",
                path=everything,
                bylines=PAYLOADS,
                agency=everything,
                language="en",
                credits=(Credit(everything, CreditForm.IN_TEXT, Span(0, 7)),) if outlet == "Quay" else (),
            )
        )
    return comparer.compare(articles, one_event=True)


@pytest.mark.parametrize(
    ("policy", "redact"),
    [
        (False, False),  # without the page's policy, so that escaping alone must hold
        *(pytest.param(*one, marks=pytest.mark.nightly) for one in ((False, True), (True, False), (True, True))),
    ],
)
def test_no_payload_runs_and_nothing_is_asked_for(
    browser: playwright.Browser, tmp_path: Path, *, policy: bool, redact: bool
) -> None:
    comparison = dataclasses.replace(attacked(), config=comparer.Config(redact=redact))
    pages = {"index.html": render_html(comparison)} | {f"many/{n}": text for n, text in render_pages(comparison)}
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
        asked: list[str] = []
        said: list[str] = []
        context = browser.new_context(bypass_csp=not policy)
        tab = context.new_page()
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("dialog", lambda dialog, said=said: (said.append(dialog.message), dialog.dismiss()))
        tab.on("pageerror", lambda error, said=said: said.append(str(error)))
        tab.goto(f"file://{tmp_path / name}")
        tab.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
        tab.evaluate("[...document.querySelectorAll('button')].slice(0, 200).forEach(button => button.click())")
        tab.evaluate("for (const one of document.querySelectorAll('*')) one.dispatchEvent(new MouseEvent('mouseover'))")
        tab.wait_for_timeout(300)
        links = tab.evaluate(
            "[...document.querySelectorAll('[href],[src],[action]')].map(e => e.href || e.src || e.action)"
        )
        context.close()
        assert said == []
        own = ("file:", "blob:")  # the page draws its card from a picture that it made itself
        assert [url for url in asked if not url.startswith(own) or "evil" in url] == []
        assert [url for url in links if str(url).lower().startswith(("javascript:", "data:", "http"))] == []


def test_no_payload_runs_in_an_image_or_an_apparatus(browser: playwright.Browser, tmp_path: Path) -> None:
    for name, text in (("card.svg", render_cards(attacked())), ("quotations.tei.xml", tei_xml(attacked()))):
        (tmp_path / name).write_text(text, "utf-8")
        asked: list[str] = []
        said: list[str] = []
        tab = browser.new_page()
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("dialog", lambda dialog, said=said: (said.append(dialog.message), dialog.dismiss()))
        tab.goto(f"file://{tmp_path / name}")
        tab.wait_for_timeout(300)
        names = tab.evaluate("[...document.querySelectorAll('*')].map(node => node.localName)")
        tab.close()
        assert said == []
        assert asked == [f"file://{tmp_path / name}"]
        assert not {"script", "img", "iframe", "a"} & set(names)


def test_the_other_formats_hold_every_payload_as_text() -> None:
    record = json.loads(comparer.to_json(attacked()))
    assert record["articles"][0]["article"]["title"] == " ".join(PAYLOADS)
    assert json.loads(annotations_json(attacked()))["type"] == "AnnotationCollection"
    cells = [c for text in (claims_csv, findings_csv) for row in csv.reader(io.StringIO(text(attacked()))) for c in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@|;%\t\r")] == []
