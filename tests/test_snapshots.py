"""The drawings in `tests/snapshots/` show what the code reads in the sample pages today, so that a change can be seen.

After a change that is meant, `poe accept` (or `ACCEPT=1 pytest tests/test_snapshots.py`) writes them again.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from carets import Mark, article_marks, draw
from support import ARTICLES, KEY, article

from comparer.language.doc import read_docs
from comparer.model import Span
from comparer.pipeline import analyse

SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGES = {f"{Path(page['file']).parent}-{Path(page['file']).stem}.txt": page["file"] for page in KEY["pages"]}


@pytest.mark.parametrize("name", PAGES)
def test_a_sample_page_is_read_as_its_drawing_shows(name: str) -> None:
    page = article(PAGES[name])
    drawn = draw(page.text, article_marks(analyse(page), *read_docs([page])))
    if os.environ.get("ACCEPT"):
        (SNAPSHOTS / name).write_text(drawn, encoding="utf-8")

    assert (SNAPSHOTS / name).read_text(encoding="utf-8") == drawn, "if this is meant, accept it: poe accept"


def test_every_drawing_is_of_a_sample_page() -> None:
    files = {path.relative_to(ARTICLES).as_posix() for path in ARTICLES.rglob("*.*")}
    assert {path.name for path in SNAPSHOTS.iterdir()} == PAGES.keys()
    assert set(PAGES.values()) == files


def marked(text: str, *marks: tuple[str, str]) -> list[str]:
    """Draw marks that are given by their words."""
    return draw(text, [Mark(Span(text.index(w), text.index(w) + len(w)), label) for w, label in marks]).splitlines()


def test_carets_stand_under_overlapping_marks_and_marks_of_one_label_share_a_line() -> None:
    said = "Ada Brook left Skerrow."
    assert marked(said, ("Ada Brook", "name"), ("Brook left", "claim"), ("Skerrow", "name")) == [
        "   1 | Ada Brook left Skerrow.",
        "     | ^^^^^^^^^      ^^^^^^^ name",
        "     |     ^^^^^^^^^^ claim",
    ]


def test_carets_count_columns_where_characters_are_wide_or_combine() -> None:
    assert marked("北京 Rene\u0301 said\nso", ("Rene\u0301", "name"), ("said\nso", "cue")) == [
        "   1 | 北京 Rene\u0301 said",
        "     |      ^^^^ name",
        "     |           ^^^^ cue",
        "   2 | so",
        "     | ^^ cue",
    ]


def test_a_long_line_is_folded_at_a_blank_and_keeps_its_number_once() -> None:
    assert marked("The ferry left. " * 7, ("left. The ferry left. The", "claim")) == [
        f"   1 | {'The ferry left. ' * 6}The",
        "     |           ^^^^^^^^^^^^^^^^^^^^^^^^^ claim",
        "     | ferry left.",
    ]
