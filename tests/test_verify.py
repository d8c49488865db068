"""Whatever is changed in a written report is noticed, and so is what was forged with its hashes made anew."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import report_fixture
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import comparer
from comparer.errors import BadEvidenceError, ComparerError, UnreadableInputError
from comparer.exporting.annotations import annotations_json, collection_name
from comparer.exporting.json import record_digest, to_json
from comparer.outputs import FORMATS, save, verify
from comparer.reporting.html import render_html, sealed
from comparer.reporting.reread import reread

pytestmark = pytest.mark.slow  # most write and read whole bundles

SOME = settings(max_examples=80, deadline=None, derandomize=True, database=None)
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\r")


@cache
def small() -> comparer.Comparison:
    return report_fixture.many(2)


def texts(comparison: comparer.Comparison) -> dict[str, str]:
    return {a.article.digest: a.article.text for a in comparison.articles}


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    return folder / name


@pytest.mark.parametrize("name", ["sample", "hostile", "lone", "many"])
def test_what_was_written_stands(tmp_path: Path, name: str) -> None:
    comparison = getattr(report_fixture, name)()
    save(comparison, tmp_path, formats=FORMATS)
    checked = verify(tmp_path)
    assert checked.files == ("comparison.json", "annotations.jsonld", "index.html")
    assert checked.articles == len({a.article.digest for a in comparison.articles})
    assert verify(tmp_path, texts=texts(comparison)).passages == checked.passages


def test_each_quotation_of_a_finding_and_each_text_is_read_from_the_page() -> None:
    comparison = report_fixture.one_event()
    quoted, shown = reread(render_html(comparison))
    wanted = {
        (p.span.start, p.span.end)
        for f in comparison.events[0].findings
        for side in f.sides
        if "not" not in side.value
        for p in side.passages
    }
    assert {(q.start, q.end) for q in quoted} <= {
        (p.span.start, p.span.end) for f in comparison.events[0].findings for p in f.evidence
    }
    assert len({(q.start, q.end) for q in quoted} & wanted) > 0.7 * len(wanted)
    assert [s.digest for s in shown] == [a.article.digest for a in comparison.articles]


def test_pages_of_single_events_stand(tmp_path: Path) -> None:
    save(report_fixture.sample(), tmp_path, formats=("html", "json"), pages=True)
    checked = verify(tmp_path)
    assert [name for name in checked.files if name.startswith("events/")] == [
        f"events/{i}.html" for i in sorted(e.id for e in report_fixture.sample().events)
    ]
    assert verify(tmp_path / checked.files[-1]).passages
    written(tmp_path / "events", "e0123456789.html", "a page of an older run")
    assert verify(tmp_path) == checked
    (tmp_path / checked.files[-1]).unlink()
    with pytest.raises(UnreadableInputError, match="cannot read"):
        verify(tmp_path)


def test_a_redacted_report_stands_in_its_pages_and_not_alone(tmp_path: Path) -> None:
    save(report_fixture.redacted(), tmp_path, formats=FORMATS)
    assert verify(tmp_path, texts=texts(report_fixture.redacted())).passages > 100
    with pytest.raises(BadEvidenceError, match="name the folder of pages with --sources"):
        verify(tmp_path)


def test_a_page_without_its_record_says_what_it_needs(tmp_path: Path) -> None:
    page = written(tmp_path, "index.html", render_html(small()))
    with pytest.raises(BadEvidenceError, match=r"no comparison\.json beside it"):
        verify(page)


def test_sources_that_changed_are_noticed(tmp_path: Path) -> None:
    save(small(), tmp_path, formats=FORMATS)
    wrong = {digest: text + " " for digest, text in texts(small()).items()}
    for name in ("comparison.json", "annotations.jsonld", "index.html"):
        with pytest.raises(BadEvidenceError):
            verify(tmp_path / name, texts=wrong)
        with pytest.raises(BadEvidenceError):
            verify(tmp_path / name, texts={})


@cache
def files() -> dict[str, str]:
    return {
        "comparison.json": to_json(small()),
        "annotations.jsonld": annotations_json(small()),
        "index.html": render_html(small()),
    }


def notice(folder: Path, name: str, text: str) -> bool:
    """Tell whether a changed file is refused; a JSON file that still says the same is no change."""
    try:
        verify(written(folder, name, text), texts=texts(small()))
    except ComparerError:
        return True
    return name != "index.html" and json.loads(text) == json.loads(files()[name])


@SOME
@given(st.sampled_from(["comparison.json", "annotations.jsonld", "index.html"]), st.integers(0), SIGNS)
def test_each_change_of_one_character_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, name: str, place: int, sign: str
) -> None:
    text = files()[name]
    at = place % len(text.rstrip())
    assume(text[at] != sign)
    assert notice(tmp_path_factory.mktemp("changed"), name, text[:at] + sign + text[at + 1 :])


@SOME
@given(st.sampled_from(["comparison.json", "annotations.jsonld", "index.html"]), st.integers(0))
def test_each_missing_character_is_noticed(tmp_path_factory: pytest.TempPathFactory, name: str, place: int) -> None:
    text = files()[name]
    at = place % len(text.rstrip())
    assert notice(tmp_path_factory.mktemp("changed"), name, text[:at] + text[at + 1 :])


def passages(value: Any) -> list[dict[str, Any]]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value] if isinstance(value, dict) and "exact" in value and "start" in value else []
    return own + [p for one in inner for p in passages(one)]


def forged(change: Callable[[dict[str, Any]], None]) -> str:
    record = json.loads(files()["comparison.json"])
    change(record)
    return json.dumps(record | {"digest": record_digest(record)})


@SOME
@given(st.integers(0), st.integers(0), st.sampled_from(["exact", "start", "end", "text", "digest"]), SIGNS)
def test_a_forged_record_with_a_new_digest_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, number: int, place: int, field: str, sign: str
) -> None:
    def change(record: dict[str, Any]) -> None:
        found = record["articles"][number % len(record["articles"])]["article"]
        if field in ("exact", "start", "end"):
            every = passages(record)
            found = every[number % len(every)]
        old = str(found[field])
        at = place % len(old)
        new = old[:at] + (str(place % 10) if field in ("start", "end") else sign) + old[at + 1 :]
        assume(new != old and (field not in ("start", "end") or int(new) != int(old)))
        found[field] = int(new) if field in ("start", "end") else new

    with pytest.raises(ComparerError):
        verify(written(tmp_path_factory.mktemp("forged"), "comparison.json", forged(change)))


@pytest.mark.parametrize(
    ("old", "new"),
    [("13 crates", "19 crates"), ("Ada Brook", "Ada Broom"), ("Friday", "Monday"), ("not reopen", "reopen")],
)
def test_a_forged_page_with_a_new_seal_is_noticed(tmp_path: Path, old: str, new: str) -> None:
    bare = files()["index.html"].rsplit("\n<!-- sha256", 1)[0]
    assert old in bare
    page = written(tmp_path, "index.html", sealed(bare.replace(old, new)))
    with pytest.raises(BadEvidenceError, match=r"does not stand at|is not the text"):
        verify(page, texts=texts(small()))


def test_forged_annotations_with_a_new_id_are_noticed(tmp_path: Path) -> None:
    record = json.loads(files()["annotations.jsonld"])
    place, quote = record["first"]["items"][0]["target"][0]["selector"]
    for found, field, value in ((place, "start", place["start"] + 1), (quote, "exact", "x"), (quote, "prefix", "x")):
        changed = json.loads(json.dumps(record))
        selector = changed["first"]["items"][0]["target"][0]["selector"]
        selector[0 if found is place else 1][field] = value
        changed["id"] = collection_name(changed)
        with pytest.raises(BadEvidenceError, match="does not stand"):
            verify(written(tmp_path, "annotations.jsonld", json.dumps(changed)), texts=texts(small()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comparison.json", "{}"),
        ("annotations.jsonld", '{"@context": "http://www.w3.org/ns/anno.jsonld"}'),
        ("annotations.jsonld", '{"@context": "http://www.w3.org/ns/anno.jsonld", "total": 0, "first": 7}'),
        ("index.html", '<article data-outlets="7"></article>'),
        ("index.html", '<article data-outlets="[">'),
    ],
)
def test_what_comparer_did_not_write_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UnreadableInputError, match="Name"):
        verify(written(tmp_path, name, text), texts={})


def test_an_empty_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"there is no comparison\.json"):
        verify(tmp_path)
    with pytest.raises(UnreadableInputError, match="cannot read"):
        verify(tmp_path / "comparison.json")


def test_the_command_says_what_stands_and_ends_with_status_3_where_it_does_not(tmp_path: Path) -> None:
    save(dataclasses.replace(small()), tmp_path, formats=FORMATS)
    run = [sys.executable, "-m", "comparer", "verify", str(tmp_path)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(run, capture_output=True, check=False, encoding="utf-8", env=environment)
    assert (done.returncode, "every quoted passage stands" in done.stdout) == (0, True)
    (tmp_path / "index.html").write_text(files()["index.html"].replace("crates", "boxes", 1), "utf-8")
    done = subprocess.run(run, capture_output=True, check=False, encoding="utf-8", env=environment)
    assert done.returncode == 3
    assert "index.html: " in done.stderr
