"""Many events are compared and written one by one: what is written says what a whole comparison says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import report_fixture
import support
from typer.testing import CliRunner

import comparer
from comparer import outputs
from comparer.cli import app
from comparer.errors import BadEvidenceError, UnreadableInputError
from comparer.exporting.decode import index_from
from comparer.exporting.json import schema
from comparer.model import FindingDecision, Judgement, Review
from comparer.outputs import FORMATS, save, save_each, verify
from comparer.pipeline import Plan, plan

pytestmark = pytest.mark.slow  # all compare several pages


def planned(*, reviews: tuple[Review, ...] = ()) -> Plan:
    articles = [analysed.article for analysed in report_fixture.sample().articles]
    return plan(articles, config=comparer.Config(fast=True), reviews=reviews)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    save_each(planned(), folder, formats=FORMATS)
    return folder


@pytest.fixture(scope="module")
def whole() -> comparer.Comparison:
    articles = [analysed.article for analysed in report_fixture.sample().articles]
    return comparer.compare(articles, config=comparer.Config(fast=True))


def events_in(folder: Path) -> list[comparer.Comparison]:
    index = index_from(json.loads((folder / "comparison.json").read_bytes()), name="the index")
    return [comparer.from_json((folder / event.file).read_text(encoding="utf-8")) for event in index.events]


def test_each_event_is_written_as_the_whole_comparison_says(written: Path, whole: comparer.Comparison) -> None:
    assert events_in(written) == [whole.alone(event) for event in whole.events]


def test_the_index_says_what_came_nearest_in_the_whole_run(written: Path, whole: comparer.Comparison) -> None:
    index = index_from(json.loads((written / "comparison.json").read_bytes()), name="the index")
    assert [event.nearest for event in index.events] == [event.nearest for event in whole.events]


def test_pages_and_tables_are_those_of_a_whole_report(
    written: Path, whole: comparer.Comparison, tmp_path: Path
) -> None:
    save(whole, tmp_path, formats=("html", "csv"), pages=True)
    names = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")]
    assert {name: (written / name).read_bytes() for name in names} == {
        name: (tmp_path / name).read_bytes() for name in names
    }


def test_two_processes_write_the_same_bytes_as_one(written: Path, tmp_path: Path) -> None:
    save_each(planned(), tmp_path, formats=FORMATS, jobs=2)
    files = sorted(file.relative_to(written).as_posix() for file in written.rglob("*.*"))
    assert files == sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*"))
    assert [(written / name).read_bytes() for name in files] == [(tmp_path / name).read_bytes() for name in files]


def test_index_and_events_follow_the_published_schema(written: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    for file in (written / "comparison.json", *(written / "events").glob("*.json")):
        validator.validate(json.loads(file.read_bytes()))


def test_what_was_written_stands(written: Path, whole: comparer.Comparison) -> None:
    checked = verify(written)
    assert len(checked.files) == 4 + 5 * len(whole.events)
    assert checked.articles == len(whole.articles)
    assert verify(written / checked.files[-1]).files == (checked.files[-1],)


@pytest.mark.parametrize("ending", ["html", "json", "jsonld", "xml", "svg"])
def test_a_changed_event_is_noticed(written: Path, ending: str) -> None:
    file = min((written / "events").glob(f"*.{ending}"))
    was = file.read_bytes()
    try:
        file.write_bytes(was.replace(b"e", b"o", 1))
        with pytest.raises((BadEvidenceError, UnreadableInputError)):
            verify(written)
    finally:
        file.write_bytes(was)


def test_an_event_in_the_place_of_another_is_noticed(written: Path) -> None:
    one, other = sorted((written / "events").glob("*.json"))[:2]
    was = one.read_bytes()
    try:
        one.write_bytes(other.read_bytes())
        with pytest.raises(BadEvidenceError, match="is not the record that"):
            verify(written)
    finally:
        one.write_bytes(was)


def test_the_index_read_as_a_comparison_says_where_the_events_are(written: Path) -> None:
    with pytest.raises(UnreadableInputError, match="Read the file of an event that it names"):
        comparer.from_json((written / "comparison.json").read_text(encoding="utf-8"))


def test_a_decision_stands_with_its_event_and_a_lost_one_in_the_index(
    whole: comparer.Comparison, tmp_path: Path
) -> None:
    finding = whole.events[0].findings[0].id
    decided = tuple(FindingDecision(name, Judgement.REJECT) for name in (finding, "f000000000000"))
    review = Review("review.json", findings=decided)
    told = save_each(planned(reviews=(review,)), tmp_path, jobs=2).reviews[0]
    index = index_from(json.loads((tmp_path / "comparison.json").read_bytes()), name="the index")
    assert (len(told.changes), len(told.not_applied)) == (1, 1)
    assert [one.target for one in index.reviews[0].not_applied] == ["f000000000000"]
    assert [bool(event.reviews) for event in events_in(tmp_path)] == [True, *[False] * (len(whole.events) - 1)]
    assert verify(tmp_path).articles == len(whole.articles)


def test_the_command_writes_events_one_by_one_where_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "ONE_RECORD", 3)
    done = CliRunner().invoke(app, ["compare", str(support.ARTICLES), "--out", str(tmp_path / "out"), "--fast"])
    assert done.exit_code == 0
    assert "8 texts, 3 events, 2 with two or more texts" in done.stdout
    assert len([*(tmp_path / "out" / "events").glob("*.json")]) == 3
