"""The report in `reports/` is what the code makes of `articles/` today.

After a change that is meant, `comparer compare articles --out reports` accepts it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import comparer
from comparer.inputs import load

pytestmark = pytest.mark.slow  # the whole report is made

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def comparison() -> comparer.Comparison:
    return comparer.compare(load([str(ROOT / "articles")]).articles)


def test_the_committed_record_is_current(comparison: comparer.Comparison) -> None:
    assert comparer.to_json(comparison) == (ROOT / "reports" / "comparison.json").read_text(encoding="utf-8")


def test_the_committed_page_is_current(comparison: comparer.Comparison) -> None:
    assert comparer.render_html(comparison) == (ROOT / "reports" / "index.html").read_text(encoding="utf-8")
