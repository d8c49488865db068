"""Measure the report as readers meet it: how long, how heavy, how soon it answers, how many sheets of paper.

    python benchmarks/report_size.py PATH...        each a folder of pages of one event
    python benchmarks/report_size.py --twelve PATH  twelve outlets, made of a folder's pages

Prints for each the words of the page as it opens over the words of the articles, bytes and nodes, the browser's own
seconds until it answers, claims in sight at 1280 x 900, sheets of A4 and the length on a phone of 390 pixels. Needs
Chromium (CHROMIUM names it). The twelve are the pages given with every k-th line left out, in turn.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

import comparer
from comparer.model import Article, Comparison
from comparer.reporting.html import render_html

OUTLETS = 12
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ROWS = "[...document.querySelectorAll('.cr')]"
IN_SIGHT = f"{ROWS}.filter(row => row.offsetHeight && row.getBoundingClientRect().bottom <= innerHeight).length"
LONG = "document.documentElement.scrollHeight"


def measured(comparison: Comparison, browser: Browser) -> dict[str, Any]:
    """Return the figures of one comparison's report."""
    html = render_html(comparison)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport=DESKTOP)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"file://{path}")
        seconds = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}["TaskDuration"]
        shown = len(page.evaluate("document.body.innerText").split())
        nodes, sight = page.evaluate("document.querySelectorAll('*').length"), page.evaluate(IN_SIGHT)
        paper = page.pdf(prefer_css_page_size=True)
        page.set_viewport_size(PHONE)
        long = page.evaluate(LONG)
        page.close()
    words = sum(len(a.article.text.split()) for a in comparison.articles)
    return {
        "outlets": len(comparison.articles),
        "words": f"{shown} of {words} ({shown / words:.1f})",
        "kB": round(len(html.encode()) / 1000),
        "nodes": nodes,
        "seconds": round(seconds, 2),
        "in sight": sight,
        "sheets": len(re.findall(rb"/Type\s*/Page[^s]", paper)),
        "phone px": long,
    }


def twelve(articles: list[Article]) -> list[Article]:
    """Return twelve articles made of those given: each leaves out other lines."""
    made = []
    for k in range(OUTLETS):
        article = articles[k % len(articles)]
        parts = article.text.splitlines()
        kept = [part for n, part in enumerate(parts) if n == 0 or (n + k) % (4 + k // len(articles))]
        made.append(comparer.read_text("\n".join(kept), outlet=f"{'ABCDEFGHIJKL'[k]} {article.outlet}"))
    return made


def main() -> None:
    """Measure what is named, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--twelve", action="store_true", help="make twelve outlets of each folder's pages")
    asked = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in asked.paths:
            articles = list(comparer.load([path]).articles)
            comparison = comparer.compare(twelve(articles) if asked.twelve else articles, one_event=True)
            print(path, *(f"{name} {value}" for name, value in measured(comparison, browser).items()), sep="\n  ")
        browser.close()


if __name__ == "__main__":
    main()
