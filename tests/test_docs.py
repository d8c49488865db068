"""Hold what the pages of documentation say to what is there: links, tasks, word lists, the picture of the stages."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "tests" / "cases" / "README.md"]
LISTS = ROOT / "comparer" / "resources" / "en"
TASKS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["poe"]["tasks"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_leads_only_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_names_only_tasks_that_can_be_run(page: Path) -> None:
    named = re.findall(r"`(?:\.venv/bin/)?poe (\w+)", page.read_text(encoding="utf-8"))

    assert set(named) <= TASKS.keys()


def test_the_page_on_languages_names_every_word_list_and_no_other() -> None:
    table = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8").split("## ")[1]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("|")]

    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {
        path.stem for path in LISTS.glob("*.toml")
    }


def test_the_picture_of_the_stages_is_what_its_script_draws() -> None:
    drawn = runpy.run_path(str(ROOT / "docs" / "architecture.py"))["picture"]()

    assert (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8") == drawn, "run poe accept"


def test_the_page_on_formats_has_every_row_of_the_table_and_no_other() -> None:
    from comparer.reading.formats import FORMATS

    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").split("|---|---|---|---|\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in table.splitlines()]

    assert rows == [
        [form.name, " ".join(f"`{end}`" for end in form.endings), f"`{form.extra}`" if form.extra else ""]
        for form in FORMATS
    ]
