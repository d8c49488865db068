"""A run of a corpus that is killed goes on where it was: nothing is lost, nothing twice, nothing mended by hand."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import corpus_fixture as fixture
import pytest

from comparer.corpus import store

pytestmark = pytest.mark.slow  # whole runs in processes of their own


def started(source: Path, out: Path) -> subprocess.Popen[bytes]:
    arguments = ["corpus", "run", str(source), "--out", str(out), "--fast", "--jobs", "2", "--quiet"]
    return subprocess.Popen([sys.executable, "-m", "comparer", *arguments], start_new_session=True)


def killed(source: Path, out: Path, seconds: float) -> bool:
    """Run a corpus for so long, then kill all its processes at once; tell whether there was something to kill."""
    process = started(source, out)
    try:
        return process.wait(seconds) != 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def expect_whole(out: Path) -> None:
    """Read every file of the datasets."""
    for file in (f for name in store.DATASETS for f in (out / name).glob("day=*/part.parquet")):
        store.read_table(file)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture.written(tmp_path_factory.mktemp("source") / "in", fixture.reports())


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "out"
    fixture.made(source, out)
    return fixture.contents(out)


def hold(source: Path, out: Path, whole: dict[str, bytes], pauses: list[float]) -> None:
    """Kill a run at each of these seconds, then let it end: the corpus is the one that was never killed."""
    kills = 0
    for pause in pauses:
        kills += killed(source, out, pause)
        expect_whole(out)
    assert started(source, out).wait() == 0
    assert fixture.contents(out) == whole
    assert kills


def test_a_killed_run_goes_on_to_the_same_corpus(source: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    hold(source, tmp_path / "out", whole, [1.0, 2.0, 2.5, 3.0, 3.5])


def test_what_was_finished_before_a_kill_is_not_done_again(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(source, out)
    shards = out / store.WORK / "events"
    while process.poll() is None and not [*shards.glob("*/[!.]*/events.parquet")]:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = {file: file.stat().st_ino for file in shards.glob("*/[!.]*/events.parquet")}
    seen: list[str] = []
    fixture.made_with_steps(source, out, seen)
    assert before
    assert f"comparing 0 of {len(fixture.STORIES) - len(before)}" in seen


def test_one_killed_worker_ends_the_run_with_a_message_and_the_next_goes_on(
    source: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = started(source, out)
    while process.poll() is None and not [*(out / store.WORK / "events").glob("*/*")]:
        time.sleep(0.02)
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    workers = [int(pid) for pid in told.split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(workers[-1], signal.SIGKILL)
    assert process.wait() == 3
    fixture.made(source, out)
    assert fixture.contents(out) == whole


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10))
def test_a_run_killed_at_random_points_goes_on_to_the_same_corpus(
    source: Path, whole: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - moments to kill at, no secret
    hold(source, tmp_path / "out", whole, [draw.uniform(0.8, 5.0) for _ in range(5)])
