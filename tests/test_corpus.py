"""A corpus keeps what was read and compared: the same however it came in, and nothing is done twice."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import corpus_fixture as fixture
import pytest
import support

import comparer
from comparer.corpus import store
from comparer.corpus.engine import Engine
from comparer.corpus.run import run, status, verify
from comparer.corpus.store import query
from comparer.corpus.tables import article_rows, articles_of
from comparer.corpus.windows import merged
from comparer.errors import BadEvidenceError, UnreadableInputError, UsageError
from comparer.model import Config
from comparer.pipeline import compare, in_order


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    fixture.made(fixture.written(folder / "in", fixture.reports()), folder / "out")
    return folder / "out"


def asked(out: Path, sql: str) -> list[tuple[Any, ...]]:
    return list(query(out, sql).rows)


def test_an_article_comes_back_from_its_rows_as_it_was() -> None:
    article = support.article("ukraine-force/harbour_gazette.html")
    tables = [store.table_of(name, rows) for name, rows in article_rows(article, stamp="a").items()]
    assert [*articles_of(*tables)] == [article]


def test_a_stray_surrogate_keeps_the_places_of_a_text() -> None:
    article = comparer.read_text("Quay shut\n\nThe quay \ud800 is shut, the board said.", outlet="Echo")
    tables = [store.table_of(name, rows) for name, rows in article_rows(article, stamp="a").items()]
    assert next(articles_of(*tables)).text == article.text.replace("\ud800", "?")


@pytest.mark.slow
def test_events_are_those_of_one_comparison(corpus: Path) -> None:
    rows = fixture.reports()
    articles = [comparer.read_text(r["text"], outlet=r["outlet"], published=r["published"]) for r in rows]
    whole = compare(articles, config=Config(fast=True))
    told = asked(corpus, "SELECT texts, claims FROM events")
    shared = [sum(len(row.told_by) > 1 for row in event.alignment.rows) for event in whole.events]
    assert Counter(told) == Counter(zip([len(e.articles) for e in whole.events], shared, strict=True))


@pytest.mark.slow
def test_findings_are_those_of_one_comparison(corpus: Path) -> None:
    rows = [r for r in fixture.reports() if "Skerrow" in r["title"]]
    articles = [comparer.read_text(r["text"], outlet=r["outlet"], published=r["published"]) for r in rows]
    event = compare(in_order(articles), config=Config(fast=True), one_event=True).events[0]
    told = asked(
        corpus, "SELECT code, message FROM findings JOIN events e ON e.id = event WHERE title LIKE '%Skerrow%'"
    )
    assert Counter(told) == Counter((f.code, f.message) for f in event.findings)


@pytest.mark.slow
def test_places_mark_the_words_they_name(corpus: Path) -> None:
    found = asked(
        corpus,
        "SELECT s.name, words(text, a.start, a.stop) FROM sources s JOIN articles ON articles.id = s.article"
        " JOIN attributions a ON a.article = s.article AND a.source LIKE '%' || s.name || '%'",
    )
    assert found
    assert all(name in words for name, words in found)


@pytest.mark.slow
def test_each_event_of_several_texts_has_a_page_that_its_day_lists(corpus: Path) -> None:
    pages = [page for (page,) in asked(corpus, "SELECT page FROM events WHERE texts > 1")]
    lists = {Path(page).parent for page in pages}
    assert pages
    assert all((corpus / page).is_file() for page in pages)
    assert all(Path(page).name in (corpus / Path(page).parent / "index.html").read_text("utf-8") for page in pages)
    assert all(f"{folder.as_posix()}/index.html" in (corpus / "index.html").read_text("utf-8") for folder in lists)


@pytest.mark.slow
def test_two_processes_make_the_same_corpus(corpus: Path, tmp_path: Path) -> None:
    fixture.made(fixture.written(tmp_path / "in", fixture.reports()), tmp_path / "out", jobs=2)
    assert fixture.contents(tmp_path / "out") == fixture.contents(corpus)


@pytest.mark.slow
def test_days_that_come_later_make_the_same_corpus_and_compare_only_their_events(corpus: Path, tmp_path: Path) -> None:
    rows = fixture.reports()
    folder, out = tmp_path / "in", tmp_path / "out"
    fixture.made(fixture.written(folder, rows[:-3]), out)
    first = {file: file.stat().st_mtime_ns for file in out.glob("rows/*/*")}
    fixture.made(fixture.written(folder, rows), out)
    again = [file for file, when in first.items() if file.stat().st_mtime_ns != when]
    assert fixture.contents(out) == fixture.contents(corpus)
    assert again == []


@pytest.mark.slow
def test_a_second_run_writes_nothing(corpus: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in corpus.rglob("*.parquet")}
    fixture.made(corpus.parent / "in" / "wire.jsonl", corpus)
    assert {file: file.stat().st_mtime_ns for file in corpus.rglob("*.parquet")} == before


@pytest.mark.slow
def test_a_late_report_joins_its_event_and_the_old_page_goes(tmp_path: Path) -> None:
    rows = fixture.reports()[:3]
    fixture.made(fixture.written(tmp_path / "in", rows[:2]), tmp_path / "out")
    old = [*(tmp_path / "out" / "pages").glob("*/e*.html")]
    fixture.made(fixture.written(tmp_path / "in", rows[2:], name="late.jsonl"), tmp_path / "out")
    assert asked(tmp_path / "out", "SELECT texts FROM events") == [(3,)]
    assert len(old) == 1
    assert not old[0].exists()


@pytest.mark.slow
def test_an_earlier_report_that_comes_late_makes_the_corpus_it_would_have_made_in_time(tmp_path: Path) -> None:
    rows = fixture.reports()[:3]
    earlier = rows[2] | {"published": "2026-03-01"}
    fixture.made(fixture.written(tmp_path / "in", rows[:2], name="b.jsonl"), tmp_path / "out")
    fixture.made(fixture.written(tmp_path / "in", [earlier], name="a.jsonl"), tmp_path / "out")
    fixture.made(tmp_path / "in", tmp_path / "at_once")
    assert fixture.contents(tmp_path / "out") == fixture.contents(tmp_path / "at_once")


@pytest.mark.slow
def test_other_settings_compare_anew(tmp_path: Path) -> None:
    file = fixture.written(tmp_path / "in", fixture.reports()[:3])
    fixture.made(file, tmp_path / "out")
    run(file, tmp_path / "out", Engine(fixture.silent), config=Config(fast=True, ignore=("S",)))
    assert asked(tmp_path / "out", "SELECT count(*) FROM findings WHERE family = 'S'") == [(0,)]


@pytest.mark.slow
def test_a_bad_record_is_named_with_its_place_and_the_rest_is_done(tmp_path: Path) -> None:
    file = fixture.written(tmp_path / "in", fixture.reports()[:3])
    file.write_text("{not JSON\n" + file.read_text("utf-8"), encoding="utf-8")
    found = fixture.made(tmp_path / "in", tmp_path / "out")
    rejected = [json.loads(line) for line in (tmp_path / "out" / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert [(one["file"], one["place"]) for one in rejected] == [("wire.jsonl", "wire.jsonl#1")]
    assert found.datasets[0].rows == 3


@pytest.mark.slow
def test_one_article_saved_twice_counts_once(tmp_path: Path) -> None:
    rows = fixture.reports()[:3]
    fixture.written(tmp_path / "in", rows)
    once = fixture.made(tmp_path / "in", tmp_path / "once")
    fixture.written(tmp_path / "in", rows, name="again.jsonl")
    twice = fixture.made(tmp_path / "in", tmp_path / "out")
    assert [dataset.rows for dataset in twice.datasets] == [dataset.rows for dataset in once.datasets]
    assert twice.datasets[0].rows == 3


@pytest.mark.slow
def test_articles_that_come_again_in_another_file_are_not_compared_again(tmp_path: Path) -> None:
    rows, seen = fixture.reports()[:3], list[str]()
    fixture.made(fixture.written(tmp_path / "in", rows, name="monday.jsonl"), tmp_path / "out")
    fixture.made_with_steps(fixture.written(tmp_path / "in", rows[::-1], name="all.jsonl"), tmp_path / "out", seen)
    assert "reading 1 of 1" in seen
    assert "comparing 0 of 0" in seen


@pytest.mark.slow
def test_pages_of_a_folder_are_read_with_what_a_reviewer_decided(tmp_path: Path) -> None:
    fixture.made(support.ARTICLES, tmp_path / "out")
    told = asked(tmp_path / "out", "SELECT outlet, words, title FROM articles")
    articles = comparer.load([str(support.ARTICLES)]).articles
    assert Counter(told) == Counter((a.outlet, len(a.main_text.split()), a.title) for a in articles)


def test_windows_that_disagree_leave_an_article_to_the_larger_group() -> None:
    first = [{"articles": ["a", "b", "c"]}, {"articles": ["d"]}]
    second = [{"articles": ["c", "d"]}, {"articles": ["b"]}]
    home = {"a": 0, "b": 1, "c": 1, "d": 1}
    found = [event.articles for event in merged({0: first, 1: second}, home)]
    assert found == [("a", "b", "c"), ("d",)]


@pytest.mark.parametrize("part", range(4))
def test_a_run_that_ends_between_two_files_of_a_day_goes_on(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = fixture.written(tmp_path / "in", fixture.reports()[:4])
    fixture.made(pages, tmp_path / "whole")
    written = 0

    def stopped(file: Path, table: store.Table) -> None:
        nonlocal written
        if store.WORK not in file.parts:
            written += 1
            if written > part:
                raise KeyboardInterrupt
        write(file, table)

    write = store.write_table
    monkeypatch.setattr(store, "write_table", stopped)
    with pytest.raises(KeyboardInterrupt):
        fixture.made(pages, tmp_path / "out")
    monkeypatch.setattr(store, "write_table", write)
    fixture.made(pages, tmp_path / "out")
    assert fixture.contents(tmp_path / "out") == fixture.contents(tmp_path / "whole")


@pytest.mark.parametrize("said", ["{", "{}", "[]"])
def test_a_changed_record_of_a_corpus_is_named(said: str, tmp_path: Path) -> None:
    (tmp_path / "corpus.json").write_text(said)
    with pytest.raises(UnreadableInputError, match="corpus"):
        status(tmp_path)


@pytest.mark.parametrize("kind", ["whole", "changed", "lost", "added"])
def test_a_corpus_is_checked_by_making_it_again(kind: str, tmp_path: Path) -> None:
    pages = fixture.written(tmp_path / "in", fixture.reports()[:4])
    fixture.made(pages, tmp_path / "out")
    table = next((tmp_path / "out" / "findings").rglob("*.parquet"))
    if kind == "changed":
        data = bytearray(table.read_bytes())
        data[len(data) // 2] ^= 1
        table.write_bytes(data)
    elif kind == "lost":
        table.unlink()
    elif kind == "added":
        (tmp_path / "out" / "findings" / "note.txt").write_text("mine")
    if kind == "whole":
        assert "corpus.json" in verify(tmp_path / "out", pages, Engine(fixture.silent))
        return
    with pytest.raises(BadEvidenceError, match="findings/"):
        verify(tmp_path / "out", pages, Engine(fixture.silent))


def test_a_folder_that_holds_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other things"):
        fixture.made(support.ARTICLES, tmp_path)


def test_datasets_inside_the_input_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="would be read by the next"):
        fixture.made(tmp_path, tmp_path / "out")


def test_a_folder_that_is_no_corpus_has_no_status(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="is no corpus"):
        status(tmp_path)


@pytest.mark.slow
def test_a_query_reaches_nothing_outside_the_corpus(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be answered"):
        query(corpus, f"FROM '{tmp_path}/secret.csv'")


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "comparer", "corpus", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_command_logs_json_in_a_pipe_and_tells_what_it_holds(tmp_path: Path) -> None:
    file = fixture.written(tmp_path / "in", fixture.reports()[:3])
    done = command("run", file, "--out", tmp_path / "out", "--fast")
    steps = [json.loads(line) for line in done.stderr.splitlines()]
    assert {step["stage"] for step in steps} == {"reading", "sorting by day", "grouping", "comparing", "writing"}
    told = json.loads(command("status", tmp_path / "out", "--json").stdout)
    assert {one["name"]: one["rows"] for one in told["datasets"]}["articles"] == 3
    assert told["settings"]["config"] == json.loads(json.dumps(dataclasses.asdict(Config(fast=True))))


@pytest.mark.slow
def test_answers_come_as_table_csv_and_json(corpus: Path) -> None:
    sql = "SELECT outlet, count(*) AS texts FROM articles GROUP BY outlet ORDER BY outlet LIMIT 1"
    assert command("query", corpus, sql).stdout.split() == ["outlet", "texts", "Elm", "Quay", "Courier", "6"]
    assert command("query", corpus, sql, "--csv").stdout == "outlet,texts\nElm Quay Courier,6\n"
    assert json.loads(command("query", corpus, sql, "--json").stdout) == [{"outlet": "Elm Quay Courier", "texts": 6}]
    assert command("query", corpus, "SELECT nothing").returncode == 2
