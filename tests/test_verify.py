"""Whatever is changed in a written report is noticed, and so is what was forged with its hashes made anew."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
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
from comparer.exporting.json import pretty, record_digest
from comparer.model import Config
from comparer.outputs import FORMATS, save, verify

pytestmark = pytest.mark.slow  # most write and read whole bundles

SOME = settings(max_examples=80, deadline=None, derandomize=True, database=None)
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\r")
NAMES = (
    "index.html",
    "comparison.json",
    "claims.csv",
    "findings.csv",
    "annotations.jsonld",
    "quotations.tei.xml",
    "card.svg",
)


@cache
def small() -> comparer.Comparison:
    return report_fixture.many(2)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    save(small(), folder, formats=FORMATS)
    return folder


def texts(comparison: comparer.Comparison) -> dict[str, str]:
    return {a.article.digest: a.article.text for a in comparison.articles}


def notice(bundle: Path, name: str, data: bytes) -> bool:
    """Tell whether a report is refused when one of its files holds other bytes; the file is put back."""
    was = (bundle / name).read_bytes()
    try:
        (bundle / name).write_bytes(data)
        verify(bundle / name)
    except ComparerError:
        return True
    finally:
        (bundle / name).write_bytes(was)
    return False


@pytest.mark.parametrize("redact", [False, True])
@pytest.mark.parametrize("pages", [False, True])
@pytest.mark.parametrize("name", ["sample", "hostile", "lone", "many"])
def test_what_was_written_stands(tmp_path: Path, name: str, *, redact: bool, pages: bool) -> None:
    comparison = dataclasses.replace(getattr(report_fixture, name)(), config=Config(redact=redact))
    save(comparison, tmp_path, formats=FORMATS, pages=pages)
    checked = verify(tmp_path, texts=texts(comparison))
    listed = [f"events/{event}.html" for event in sorted(e.id for e in comparison.events)]
    assert checked.files == (*NAMES, *(listed if pages else ()))
    assert checked.articles == len({a.article.digest for a in comparison.articles})


def test_each_file_of_a_report_may_be_named_alone(bundle: Path) -> None:
    assert [verify(bundle / name).files for name in NAMES] == [(name,) for name in NAMES]


def test_pages_of_single_events_stand_and_none_may_be_missing(tmp_path: Path) -> None:
    save(report_fixture.sample(), tmp_path, formats=("html", "json"), pages=True)
    page = tmp_path / verify(tmp_path).files[-1]
    assert verify(page).files == (f"events/{page.name}",)
    page.rename(tmp_path / "events" / "e0123456789.html")
    with pytest.raises(BadEvidenceError, match="is not what comparer makes"):
        verify(tmp_path)
    (tmp_path / "events" / "e0123456789.html").unlink()
    with pytest.raises(UnreadableInputError, match="no such file"):
        verify(tmp_path)


def test_a_redacted_report_does_not_stand_without_its_pages(tmp_path: Path) -> None:
    save(report_fixture.redacted(), tmp_path, formats=FORMATS)
    with pytest.raises(BadEvidenceError, match="name the folder of pages with --sources"):
        verify(tmp_path)


def test_a_page_without_its_record_says_what_it_needs(tmp_path: Path) -> None:
    save(small(), tmp_path, formats=("html",))
    with pytest.raises(UnreadableInputError, match=r"no comparison\.json in"):
        verify(tmp_path / "index.html")


def test_sources_that_changed_are_noticed(bundle: Path) -> None:
    wrong = {digest: text + " " for digest, text in texts(small()).items()}
    for given_texts in (wrong, {}):
        with pytest.raises(BadEvidenceError):
            verify(bundle, texts=given_texts)


@SOME
@given(st.sampled_from(NAMES), st.integers(0), SIGNS)
def test_each_changed_character_is_noticed(bundle: Path, name: str, place: int, sign: str) -> None:
    text = (bundle / name).read_bytes().decode()
    at = place % len(text)
    assume(text[at] != sign)
    assert notice(bundle, name, (text[:at] + sign + text[at + 1 :]).encode())


@SOME
@given(st.sampled_from(NAMES), st.integers(0))
def test_each_missing_byte_is_noticed(bundle: Path, name: str, place: int) -> None:
    data = (bundle / name).read_bytes()
    at = place % len(data)
    assert notice(bundle, name, data[:at] + data[at + 1 :])


def passages(value: Any) -> list[dict[str, Any]]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value] if isinstance(value, dict) and "exact" in value and "start" in value else []
    return own + [p for one in inner for p in passages(one)]


def forged(bundle: Path, change: Callable[[dict[str, Any]], None]) -> bytes:
    record = json.loads((bundle / "comparison.json").read_bytes())
    change(record)
    return pretty(record | {"digest": record_digest(record)}).encode()


@SOME
@given(st.integers(0), st.integers(0), st.sampled_from(["exact", "start", "end", "text", "digest"]), SIGNS)
def test_a_forged_record_with_a_new_digest_is_noticed(
    bundle: Path, number: int, place: int, field: str, sign: str
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

    assert notice(bundle, "comparison.json", forged(bundle, change))


RESEALED: dict[str, tuple[str, Callable[[str], str]]] = {
    "another number": ("index.html", lambda text: text.replace("13 crates", "19 crates")),
    "another name": ("index.html", lambda text: text.replace("Ada Brook", "Ada Broom")),
    "another day": ("index.html", lambda text: text.replace("Friday", "Monday")),
    "a word left out": ("index.html", lambda text: text.replace("not reopen", "reopen")),
    "another outlet": ("index.html", lambda text: text.replace("Paper A", "Paper Z")),
    "an added sentence": ("index.html", lambda text: text.replace("<main", "<p>Paper A lies.</p><main")),
    "an added script": ("index.html", lambda text: text.replace("</body>", "<script>alert(1)</script></body>")),
    "a hidden part": ("index.html", lambda text: text.replace("<main", "<main hidden")),
    "another style": ("index.html", lambda text: text.replace("--blue:#134f86", "--blue:#864f13")),
    "another count": ("index.html", lambda text: text.replace("2 texts", "3 texts").replace(" claims", " 9 claims")),
    "another policy": ("index.html", lambda text: text.replace("default-src", "x-src")),
    "a renamed label": ("index.html", lambda text: text.replace("Redacted: no", "Redacted: yes")),
    "an added line": ("claims.csv", lambda text: text + "e1,An event,r1\n"),
    "a line less": ("findings.csv", lambda text: text[: text.rstrip().rindex("\n") + 1]),
    "other columns": ("claims.csv", lambda text: text.replace("source", "speaker", 1)),
    "another body": ("annotations.jsonld", lambda text: text.replace('"value": "', '"value": "It is said: ', 1)),
    "an annotation more": ("annotations.jsonld", lambda text: text.replace('"items": [', '"items": [{},', 1)),
    "another total": ("annotations.jsonld", lambda text: text.replace('"total": ', '"total": 1', 1)),
    "another message": ("comparison.json", lambda text: text.replace('"message": "', '"message": "It seems: ', 1)),
    "another version": ("comparison.json", lambda text: text.replace('"version": "', '"version": "9', 1)),
    "other blanks": ("comparison.json", lambda text: json.dumps(json.loads(text), ensure_ascii=False)),
    "another outlet in the record": ("comparison.json", lambda text: text.replace("Paper A", "Paper Z")),
}


@pytest.mark.parametrize("kind", RESEALED)
def test_what_is_forged_with_its_hashes_made_anew_is_noticed(bundle: Path, tmp_path: Path, kind: str) -> None:
    name, change = RESEALED[kind]
    shutil.copytree(bundle, tmp_path / "report")
    old = (bundle / name).read_bytes().decode()
    new = change(old)
    assert new != old
    if name == "comparison.json" and "blanks" not in kind:
        record = json.loads(new)
        new = pretty(record | {"digest": record_digest(record)})
    (tmp_path / "report" / name).write_bytes(new.encode())
    with pytest.raises(ComparerError):
        verify(tmp_path / "report")


@pytest.mark.parametrize("text", ["{}", '{"format": "comparer"}', "[", '{"digest": "x", "format": "comparer"}'])
def test_what_comparer_did_not_write_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "comparison.json").write_text(text, "utf-8")
    with pytest.raises(UnreadableInputError, match="Name"):
        verify(tmp_path)


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
    page = tmp_path / "index.html"
    page.write_bytes(page.read_bytes().replace(b"crates", b"boxes", 1))
    done = subprocess.run(run, capture_output=True, check=False, encoding="utf-8", env=environment)
    assert done.returncode == 3
    assert "index.html: " in done.stderr
    done = subprocess.run(
        [*run, "--sources", "gone"], capture_output=True, check=False, encoding="utf-8", env=environment
    )
    assert (done.returncode, "gone: no such file or folder" in done.stderr) == (3, True)
