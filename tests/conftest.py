"""Fixtures that several test files share."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Collect no garbage while tests are collected: thousands of objects are made, and all of them stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Take what was collected out of the collector's sight, or each of its rounds walks through it again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of real pages and benchmark data, or skip and say how to name it."""
    folder = Path(os.environ.get("COMPARER_DATA") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no real pages in {folder / 'seeds'}: set COMPARER_DATA to the folder that holds seeds/")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium once for all tests of the page; say so where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install .[test]")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium found: install it or set CHROMIUM to its path")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()
