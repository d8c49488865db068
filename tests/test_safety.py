"""Nothing is lost, nothing acts on a terminal, nothing is passed over in silence, whatever is tried."""

from __future__ import annotations

import os
import pty
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from comparer.errors import UnreadableInputError, UsageError
from comparer.exporting import files
from comparer.inputs import read
from comparer.model.text import harmless
from comparer.outputs import save, verify
from comparer.reading.formats import find_pages, read_path, read_url
from comparer.reading.source import decode
from comparer.records import read_file

ECHO = "Ferry aground\n\nA ferry with 140 people ran aground off Skerrow on Monday, the coastguard said.\n"
POST = "Ferry hits rock\n\nA ferry with 140 people hit a rock off Skerrow on Monday, the coastguard told reporters.\n"
PNG = b"\x89PNG\r\n\x1a\n"


def run(
    *arguments: str | Path, at: Path, before: Sequence[str] = (), **more: object
) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "comparer", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[2]), "PYTHONIOENCODING": "utf-8"}
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 120} | more
    return subprocess.run(command, check=False, cwd=at, env=environment, **options)  # type: ignore[call-overload]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "echo.txt").write_text(ECHO, "utf-8")
    (folder / "post.txt").write_text(POST, "utf-8")
    return folder


# --- what is given


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", ""],
        ["compare", ".", "--out", ""],
        ["flag", "a" * 5000],
        ["flag", "https://"],
        ["flag", "http://["],
        ["flag", "ftp://post.example/a"],
        ["flag", "FILE:///etc/passwd"],
    ],
)
def test_what_names_nothing_is_wrong_usage(pages: Path, arguments: list[str]) -> None:
    assert run(*arguments, at=pages).returncode == 2
    assert sorted(p.name for p in pages.iterdir()) == ["echo.txt", "post.txt"]


def test_a_pipe_a_device_and_a_link_to_one_are_refused_before_they_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    for name in ("pipe.txt", "zero.txt"):
        with pytest.raises(UnreadableInputError, match="is a pipe or a device"):
            read_path(tmp_path / name)
        with pytest.raises(UnreadableInputError, match="is a pipe or a device"):
            read_file(tmp_path / name, name)


def test_each_file_of_a_folder_that_is_not_read_is_named_with_its_reason(pages: Path) -> None:
    (pages / "photo.png").write_bytes(PNG)
    (pages / "notes").write_text("a note")
    (pages / "gone.txt").symlink_to("nowhere")
    os.mkfifo(pages / "pipe.txt")
    save_report(pages / "reports", pages)
    found, left = find_pages(pages)
    assert [file.name for file in found] == ["echo.txt", "post.txt"]
    assert [why.replace("of a kind that is not read", "kind") for why in left] == [
        "gone.txt: leads nowhere",
        "notes: kind",
        "photo.png: kind",
        "pipe.txt: no file",
        "reports/comparison.json: a report of comparer",
        "reports/index.html: a report of comparer",
    ]


LIMITED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which(LIMITED[0]), reason="the superuser may read every file")
def test_files_and_folders_that_may_not_be_opened_are_named_and_the_rest_is_read(pages: Path, tmp_path: Path) -> None:
    for closed, mode in (("closed", 0o000), ("listed", 0o600)):
        (pages / closed).mkdir()
        (pages / closed / "page.txt").write_text(ECHO, "utf-8")
        (pages / closed).chmod(mode)
    (pages / "own.txt").write_text(ECHO, "utf-8")
    (pages / "own.txt").chmod(0)
    before = LIMITED if os.geteuid() == 0 else ()
    done = run("compare", pages, "--fast", "-o", "out", at=tmp_path, before=before)
    inner = run("flag", pages / "closed" / "page.txt", at=tmp_path, before=before)
    for closed in ("closed", "listed"):
        (pages / closed).chmod(0o700)  # so that it can be removed
    assert (done.returncode, verify(tmp_path / "out").articles) == (3, 2)
    assert f"not read: {pages / 'closed'}: cannot be opened (Permission denied)" in done.stderr
    assert "listed/page.txt: not allowed to read this file." in done.stderr
    assert "own.txt: not allowed to read this file." in done.stderr
    assert (inner.returncode, "page.txt: not allowed to open" in inner.stderr) == (3, True)


def save_report(out: Path, *pages: Path) -> None:
    import comparer

    articles = [comparer.read(file) for folder in pages for file in sorted(folder.glob("*.txt"))[:2] if file.is_file()]
    save(comparer.compare(articles), out)


@pytest.mark.slow
def test_a_report_that_is_named_as_a_page_is_refused(pages: Path) -> None:
    save_report(pages / "reports", pages)
    with pytest.raises(UnreadableInputError, match="is a report that comparer wrote"):
        read_path(pages / "reports" / "index.html")


def test_a_page_without_a_known_ending_is_read_by_its_content(tmp_path: Path) -> None:
    html = f"<!DOCTYPE html><html><body><p>{ECHO}</p></body></html>"
    for name in ("article.html?id=3", "article?id=3", "article.php", "article"):
        (tmp_path / name).write_text(html, "utf-8")
        assert read_path(tmp_path / name).markup == html
    (tmp_path / "words").write_text(ECHO, "utf-8")
    assert read_path(tmp_path / "words").text == ECHO
    assert len(find_pages(tmp_path)[0]) == 4


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_of_a_server_is_no_article(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    answer = type("Answer", (), {"data": b"<p>Not found, sorry about that.</p>", "status": status})
    monkeypatch.setattr("trafilatura.downloads.fetch_response", lambda *_args, **_kwargs: answer)
    with pytest.raises(UnreadableInputError, match=f"the server answers {status}"):
        read("HTTPS://post.example/a")


def test_a_server_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comparer.reading.formats._MOST_SECONDS", 0.05)
    monkeypatch.setattr("trafilatura.downloads.fetch_response", lambda *_args, **_kwargs: time.sleep(1))
    with pytest.raises(UnreadableInputError, match=r"took more than 0\.05 s \(10\.0\.0\.1 is an address of this"):
        read_url("http://10.0.0.1/a")


# --- bytes


def test_a_stray_byte_leaves_a_page_utf_8() -> None:
    assert decode("The mayor’s office – “no”".encode() + b"\xff.", "a.txt") == "The mayor’s office – “no”\ufffd."
    assert decode("café crème".encode("cp1252"), "a.txt") == "café crème"
    assert decode(b"one \x81 two", "a.txt") == "one \ufffd two"


@pytest.mark.parametrize("charset", ["undefined", "utf-16", "utf-7", "idna", "base64", "x-none", "rot13", "punycode"])
def test_a_wrong_charset_never_ends_the_run(charset: str) -> None:
    page = f"<meta charset={charset}><p>caf".encode() + b"\xe9 cr\xe8me</p>"
    assert "café crème" in decode(page, "a.html")


@pytest.mark.parametrize("begin", ["|", ";", "\t=", "\u200b=", "\u2800=", "\u3164=", "\u0301=", "\ufeff=", "%", "＝"])
def test_no_cell_begins_with_what_a_spreadsheet_runs(begin: str) -> None:
    assert harmless(f"{begin}1+1").startswith("'")


# --- what is written


def test_what_comparer_did_not_write_is_not_overwritten(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="was not written by comparer"):
        save_report(out, pages)
    assert (out / "index.html").read_text() == "mine"
    done = run("compare", pages, "--fast", "-o", out, "--force", at=tmp_path)
    assert (done.returncode, verify(out).files) == (0, ("index.html", "comparison.json"))


def test_other_files_in_the_folder_stay_and_those_of_an_older_report_go(pages: Path, tmp_path: Path) -> None:
    import comparer

    out = tmp_path / "out"
    comparison = comparer.compare([comparer.read(file) for file in sorted(pages.iterdir())])
    for extra in ("", "notes.txt"):
        if extra:
            (out / extra).write_text("mine")
        save(comparison, out, formats=("html", "json", "csv"), pages=True)
        save(comparison, out)
        assert sorted(p.name for p in out.iterdir() if p.is_file()) == sorted(
            filter(None, ["index.html", "comparison.json", extra])
        )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "pages"]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed in /proc")
def test_what_a_killed_run_left_beside_is_removed(pages: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.999999999.abc.part").mkdir()
    alive = tmp_path / f".out.{os.getpid()}.abc.part"
    alive.mkdir()
    save_report(tmp_path / "out", pages)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([alive.name, "out", "pages"])


def test_a_full_disk_leaves_the_older_report(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_report(tmp_path / "out", pages)
    before = held(tmp_path / "out")

    def full(path: Path, text: str, **_more: object) -> int:
        path.write_bytes(text.encode()[: len(text) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    (pages / "echo.txt").write_bytes(ECHO.replace("140", "150").encode())
    with pytest.raises(OSError, match="No space left"):
        save_report(tmp_path / "out", pages)
    assert held(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "pages"]


def kills(tmp_path: Path, pages: Path, number: int) -> list[str]:
    """Kill a writer at random moments and return what is wrong with the report it leaves, one entry per kill."""
    made = []
    for count in ("140", "150"):
        (pages / "echo.txt").write_text(ECHO.replace("140", count), "utf-8")
        save_report(tmp_path / count, pages)
        made.append(held(tmp_path / count))
    out, wrong = tmp_path / "out", []
    code = (
        "import sys; from pathlib import Path; from comparer.exporting.files import write_folder\n"
        "reports = [[(p.name, p.read_text('utf-8')) for p in Path(name).iterdir()] for name in sys.argv[2:]]\n"
        "print('ready', flush=True)\n"
        "while True:\n for report in reports: write_folder(Path(sys.argv[1]), report)\n"
    )
    command = [sys.executable, "-c", code, str(out), str(tmp_path / "140"), str(tmp_path / "150")]
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    for _ in range(number):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0.005, 0.05))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        found = held(out) if out.exists() else made[0]
        wrong += [] if found in made else [f"{sorted(found)} is neither report"]
    verify(out)
    save_report(out, pages)
    return wrong + [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")]


@pytest.mark.slow
def test_a_killed_run_leaves_one_whole_report(pages: Path, tmp_path: Path) -> None:
    assert kills(tmp_path, pages, 8) == []


@pytest.mark.slow
@pytest.mark.nightly
def test_compare_killed_at_a_hundred_random_moments_leaves_one_whole_report(pages: Path, tmp_path: Path) -> None:
    texts, reports, took = [ECHO, ECHO.replace("140", "150")], [], 0.0
    for n, text in enumerate(texts):
        (pages / "echo.txt").write_text(text, "utf-8")
        started = time.monotonic()
        assert run("compare", pages, "--fast", "-q", "-o", f"{n}", at=tmp_path).returncode == 0
        took = time.monotonic() - started
        reports.append(held(tmp_path / f"{n}"))
    chance, out, wrong, newer = random.Random(7), tmp_path / "out", [], 0  # noqa: S311 - moments, no secrets
    (tmp_path / "0").rename(out)
    for n in range(100):
        (pages / "echo.txt").write_text(texts[n % 2], "utf-8")
        before, until = held(out), chance.uniform(chance.choice((0, 0.8)), 1.05) * took  # half of them while it writes
        try:
            run("compare", pages, "--fast", "-q", "-o", "out", at=tmp_path, timeout=until)  # kills what takes longer
        except subprocess.TimeoutExpired:
            newer += held(out) != before
        wrong += [] if held(out) in reports and verify(out).articles == 2 else [f"{n}: after {until:.3f} s"]
    assert run("compare", pages, "--fast", "-q", "-o", "out", at=tmp_path).returncode == 0
    assert (wrong, [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")]) == ([], [])
    print(newer, "were killed after the exchange")  # noqa: T201 - how near the moments came to it


def held(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# --- the terminal


@pytest.mark.slow
def test_a_closed_pipe_is_no_fault_and_a_full_device_is_named(pages: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run("flag", pages, at=pages, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
    with Path("/dev/full").open("w") as full:
        done = run("flag", pages, at=pages, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, "No space left on device" in done.stderr) == (3, True)


@pytest.mark.slow
def test_control_characters_are_shown_and_never_sent_to_a_terminal(pages: Path) -> None:
    (pages / "evil\x1b]0;x\x07.txt").write_text(ECHO.replace("Ferry", "Ferry\x1b]0;pwned\x07\x9b31m\r"), "utf-8")
    master, slave = pty.openpty()
    run("flag", pages, at=pages, capture_output=False, stdout=slave, stderr=slave)
    os.close(slave)
    sent = b""
    while select.select([master], [], [], 0.5)[0]:
        try:
            sent += os.read(master, 65536)
        except OSError:
            break
    os.close(master)
    assert b"[U+001B]" in sent
    assert b"\x1b]" not in sent
    assert b"\x07" not in sent
    assert "\x9b".encode() not in sent


# --- conventions


@pytest.mark.slow
def test_the_usual_short_options_are_there(pages: Path, tmp_path: Path) -> None:
    assert run("--version", at=pages).stdout.startswith("comparer 0.")
    assert "Usage" in run("compare", "-h", at=pages).stdout
    done = run("compare", pages, "-q", "-j", "2", "-o", tmp_path / "two", at=pages)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    run("compare", pages, "-o", tmp_path / "one", at=pages)
    assert (tmp_path / "two/comparison.json").read_bytes() == (tmp_path / "one/comparison.json").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text"), [("comparer.toml", 'out = "mine"\n'), ("pyproject.toml", '[tool.comparer]\nout = "mine"\n')]
)
def test_defaults_come_from_a_file(pages: Path, tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_text(text + "fast = true\n")
    done = run("compare", pages, at=tmp_path)
    assert (done.returncode, (tmp_path / "mine/index.html").exists()) == (0, True), done.stderr
    (tmp_path / file).write_text(text + "fats = true\n")
    done = run("compare", pages, at=tmp_path)
    assert (done.returncode, "no option is called fats" in done.stderr) == (2, True)
