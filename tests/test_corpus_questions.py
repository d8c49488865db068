"""The questions that docs/corpus.md asks are answered, and its table of columns is what the datasets have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import corpus_fixture as fixture
import pytest
import support

from comparer.corpus import store
from comparer.corpus.store import Answer, query

DOCS = (support.ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
ASKED = dict(re.findall(r"^\*\*(.+?)\*\*.*?^```sql\n(.+?)^```", DOCS, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    rows = fixture.reports()
    wire = rows[0] | {"outlet": "Tern Post", "url": "https://ternpost.example/0", "published": "2026-03-04"}
    fixture.made(fixture.written(folder / "in", [*rows, wire]), folder / "out")
    return folder / "out"


def answer(corpus: Path, begins: str) -> list[dict[str, Any]]:
    """Answer the question that begins so."""
    (sql,) = (sql for question, sql in ASKED.items() if question.startswith(begins))
    found: Answer = query(corpus, sql)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_the_docs_name_every_column_of_every_dataset() -> None:
    lines = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", DOCS, re.MULTILINE)
    told = {name: set(re.findall(r"`(\w+)`", columns)) for name, columns in lines}
    assert [name for name, columns in store.DATASETS.items() if set(columns) - told[name]] == []


def test_there_are_ten_questions() -> None:
    assert len(ASKED) == 10


@pytest.mark.slow
def test_outlets_that_carry_one_text_are_counted_by_event(corpus: Path) -> None:
    pairs = {(row["one"], row["other"]): row["events"] for row in answer(corpus, "Which outlets share")}
    assert pairs["Kilnwood News", "Tern Post"] == 1


@pytest.mark.slow
def test_a_named_person_is_counted_with_quotations(corpus: Path) -> None:
    found = {row["name"]: row for row in answer(corpus, "Who is cited")}
    assert (found["Mira Corrado"]["articles"], found["Mira Corrado"]["direct"]) == (3, 3)


@pytest.mark.slow
def test_promotion_is_counted_for_the_outlet_that_prints_it(corpus: Path) -> None:
    found = {row["outlet"]: row for row in answer(corpus, "What was promoted")}
    assert "newsletter" in found["Kilnwood News"]["example"]
    assert found["Harbour Gazette"]["promotion_words"] is None


@pytest.mark.slow
def test_a_figure_that_differs_stands_with_its_outlets(corpus: Path) -> None:
    found = {row["value"]: row["outlets"] for row in answer(corpus, "Which numbers") if "Skerrow" in row["title"]}
    assert found["14 crates"] == ["Harbour Gazette"]
    assert set(found["12 crates"]) == {"Elm Quay Courier", "Kilnwood News", "Tern Post"}


@pytest.mark.slow
def test_a_label_is_counted_by_week_in_the_outlets_own_voice(corpus: Path) -> None:
    found = answer(corpus, "How does the wording")
    assert {(str(row["week"]), row["outlet"], row["shut"]) for row in found} >= {
        ("2026-03-02", "Harbour Gazette", 1),
        ("2026-03-02", "Elm Quay Courier", 1),
    }


@pytest.mark.slow
def test_unnamed_sources_are_counted_beside_all_sourced_claims(corpus: Path) -> None:
    found = answer(corpus, "How much of what")
    assert found[0]["outlet"] == "Elm Quay Courier"
    assert 0 < found[0]["anonymous"] <= found[0]["sourced"]


@pytest.mark.slow
def test_may_and_will_are_set_beside_each_other(corpus: Path) -> None:
    assert any("Elm Quay Courier" in row["outlets"] for row in answer(corpus, "Where does one outlet"))


@pytest.mark.slow
def test_what_one_origin_alone_tells_is_quoted(corpus: Path) -> None:
    wanted = "SELECT count(*) FROM rows JOIN events e ON e.id = event WHERE rows.origins = 1 AND len(e.origins) >= 3"
    assert len(answer(corpus, "Which claims does")) == query(corpus, wanted).rows[0][0]


@pytest.mark.slow
def test_the_outlet_that_comes_a_day_later_is_behind(corpus: Path) -> None:
    found = {row["outlet"]: row["days_behind"] for row in answer(corpus, "Who is first")}
    assert (found["Kilnwood News"], found["Elm Quay Courier"], found["Tern Post"]) == (0, 1, 2)


@pytest.mark.slow
def test_a_quotation_in_two_forms_is_listed(corpus: Path) -> None:
    printed = [row["printed"] for row in answer(corpus, "Which quotations")]
    assert printed
