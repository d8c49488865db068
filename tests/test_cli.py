"""The command line says what it did, what went wrong and where, and sets the status that scripts rely on."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # most run the command in a process of its own

ARTICLES = Path(__file__).parent.parent / "articles"


def run(*arguments: str | Path, piped: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "comparer", *map(str, arguments)],
        input=piped,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    done = run("compare", ARTICLES, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def test_compare_writes_a_page_and_a_record(report: Path) -> None:
    assert (report / "index.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((report / "comparison.json").read_text(encoding="utf-8"))["format"] == "comparer"


def test_a_second_run_writes_the_same_bytes(report: Path, tmp_path: Path) -> None:
    run("compare", ARTICLES, "--out", tmp_path)
    assert (tmp_path / "comparison.json").read_bytes() == (report / "comparison.json").read_bytes()
    assert (tmp_path / "index.html").read_bytes() == (report / "index.html").read_bytes()


def test_a_record_names_no_absolute_path(report: Path) -> None:
    assert str(ARTICLES.parent) not in (report / "comparison.json").read_text(encoding="utf-8")


def test_a_report_verifies_against_its_own_texts(report: Path) -> None:
    done = run("verify", report / "comparison.json")
    assert done.returncode == 0
    assert "every quoted passage stands where the report says" in done.stdout


def test_a_changed_text_does_not_verify(report: Path, tmp_path: Path) -> None:
    record = json.loads((report / "comparison.json").read_text(encoding="utf-8"))
    record["articles"][0]["article"]["text"] += " "
    changed = tmp_path / "comparison.json"
    changed.write_text(json.dumps(record), encoding="utf-8")
    done = run("verify", changed)
    assert done.returncode == 3
    assert "has changed since the report was made" in done.stderr


def test_a_moved_quotation_does_not_verify(report: Path, tmp_path: Path) -> None:
    record = json.loads((report / "comparison.json").read_text(encoding="utf-8"))
    record["events"][0]["findings"][0]["sides"][0]["passages"][0]["start"] += 1
    changed = tmp_path / "comparison.json"
    changed.write_text(json.dumps(record), encoding="utf-8")
    done = run("verify", changed)
    assert done.returncode == 3
    assert "do not stand there" in done.stderr


def test_a_redacted_report_leaves_texts_out_and_still_verifies_against_the_pages(tmp_path: Path) -> None:
    run("compare", ARTICLES, "--out", tmp_path, "--redact")
    record = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    assert all(a["article"]["text"] is None for a in record["articles"])
    assert run("verify", tmp_path / "comparison.json").returncode == 3
    assert run("verify", tmp_path / "comparison.json", "--sources", ARTICLES).returncode == 0


def test_ignored_families_are_not_reported(tmp_path: Path) -> None:
    run("compare", ARTICLES, "--out", tmp_path, "--ignore", "W,S", "--format", "json")
    record = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    letters = {f["code"][0] for e in record["events"] for f in e["findings"]}
    assert letters
    assert not letters & {"W", "S"}
    assert not (tmp_path / "index.html").exists()


def test_a_fast_run_reads_no_pair_and_the_report_says_so(report: Path, tmp_path: Path) -> None:
    run("compare", ARTICLES, "--out", tmp_path, "--fast")
    assert json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))["config"]["fast"] is True
    said = "Claims were laid together by their words"
    assert f"{said} alone" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f"{said} and by a small reader" in (report / "index.html").read_text(encoding="utf-8")


def test_without_onnxruntime_a_run_is_fast_and_says_so(tmp_path: Path) -> None:
    code = "import sys; sys.modules['onnxruntime'] = None; from comparer.cli import main; main()"
    command = [sys.executable, "-c", code, "compare", str(ARTICLES), "--out", str(tmp_path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    assert "compared as with --fast" in done.stderr
    assert json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))["config"]["fast"] is True


def test_a_missing_file_is_named_with_status_3(tmp_path: Path) -> None:
    done = run("compare", tmp_path / "echo.txt", "--out", tmp_path)
    assert done.returncode == 3
    assert "echo.txt" in done.stderr


def test_a_bad_file_among_many_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.txt").write_text("Ferry aground\n\nA ferry ran aground off Skerrow on Monday, police said.\n")
    (pages / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 500)
    (pages / "void.txt").write_bytes(b"")
    done = run("compare", pages, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "bad.txt" in done.stderr
    assert "void.txt" in done.stderr
    assert (tmp_path / "out" / "index.html").exists()


def test_a_failed_run_leaves_the_older_report_alone(report: Path, tmp_path: Path) -> None:
    old = tmp_path / "index.html"
    old.write_bytes((report / "index.html").read_bytes())
    done = run("compare", tmp_path / "nothing.txt", "--out", tmp_path)
    assert done.returncode == 3
    assert old.read_bytes() == (report / "index.html").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html"]


def test_a_mistyped_command_is_wrong_usage() -> None:
    done = run("compair", ARTICLES)
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_an_unknown_format_is_wrong_usage(tmp_path: Path) -> None:
    done = run("compare", ARTICLES, "--out", tmp_path, "--format", "pdf")
    assert done.returncode == 2
    assert "use html, json, csv, annotations" in done.stderr


def test_an_unknown_code_is_wrong_usage() -> None:
    done = run("rules", "Z9")
    assert done.returncode == 2
    assert "Z9" in done.stderr


def test_every_rule_explains_how_it_errs() -> None:
    done = run("rules", "F101")
    assert done.returncode == 0
    assert "how it errs" in done.stdout


def test_one_article_from_standard_input_gets_a_ledger() -> None:
    page = "Skip to main content\n\nFerry aground\n\nA ferry ran aground off Skerrow on Monday, police said.\n"
    done = run("flag", "-", "--json", piped=page.encode())
    blocks = json.loads(done.stdout)[0]["blocks"]
    assert [b["kept"] for b in blocks][:2] == [False, True]


def test_attributions_come_as_a_table_and_as_a_record() -> None:
    table = run("attributions", ARTICLES / "kabul-airport")
    record = run("attributions", ARTICLES / "kabul-airport", "--json")
    assert table.returncode == record.returncode == 0
    assert json.loads(record.stdout)["articles"]


def test_attributions_come_as_csv_with_a_line_per_statement() -> None:
    done = run("attributions", ARTICLES / "kabul-airport", "--csv")
    lines = list(csv.DictReader(done.stdout.splitlines()))
    assert done.returncode == 0
    assert {line["manner"] for line in lines} <= {"direct", "indirect", "mixed"}
    assert all(line["statement"] for line in lines)


def test_groups_name_the_terms_that_decided() -> None:
    done = run("group", ARTICLES)
    assert done.returncode == 0
    assert "3 events" in done.stdout
    assert "held together by:" in done.stdout


def test_help_answers_without_the_heavy_libraries() -> None:
    heavy = "{'sklearn', 'numpy', 'lxml', 'jinja2'}"
    code = f"import sys; from comparer.cli import app; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
