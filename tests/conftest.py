"""Fixtures that several test files share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of real pages and benchmark data, or skip and say how to name it."""
    folder = Path(os.environ.get("COMPARER_DATA") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no real pages in {folder / 'seeds'}: set COMPARER_DATA to the folder that holds seeds/")
    return folder
