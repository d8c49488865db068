"""The same functions run on a cluster: the same bytes, even where a worker dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus_fixture as fixture
import pytest
import support

from comparer.corpus import store
from comparer.errors import UsageError

pytestmark = pytest.mark.slow  # a scheduler and workers are processes of their own
PATIENCE = 60.0  # seconds in which a scheduler stands


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and workers, each a process, and yield the address and the workers."""
    place = folder / "scheduler.json"
    common = ["--scheduler-file", str(place)]
    commands = [["scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", *common]]
    commands += [["worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", *common]] * workers
    environment = {**os.environ, "PYTHONPATH": str(support.ROOT)}
    with (folder / "cluster.log").open("wb") as log:
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "dask", *command], env=environment, cwd=folder, stdout=log, stderr=log
            )
            for command in commands
        ]
        try:
            end = time.monotonic() + PATIENCE
            while not (place.exists() and place.read_text(encoding="utf-8").strip()) and time.monotonic() < end:
                time.sleep(0.1)
            yield json.loads(place.read_bytes())["address"], running[1:]
        finally:
            for one in reversed(running):
                one.kill()
                one.wait()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture.written(tmp_path_factory.mktemp("source") / "in", fixture.reports())


@pytest.fixture(scope="module")
def alone(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("alone") / "out"
    fixture.made(source, out)
    return fixture.contents(out)


def started(source: Path, out: Path, address: str) -> subprocess.Popen[bytes]:
    arguments = ["corpus", "run", str(source), "--out", str(out), "--fast", "--quiet", "--scheduler", address]
    return subprocess.Popen([sys.executable, "-m", "comparer", *arguments])


def test_two_workers_make_the_bytes_of_one_process(source: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    with cluster(tmp_path, 2) as (address, _):
        assert started(source, tmp_path / "out", address).wait() == 0
    assert fixture.contents(tmp_path / "out") == alone


def test_a_worker_killed_on_the_way_is_made_up_for(source: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with cluster(tmp_path, 2) as (address, workers):
        run = started(source, out, address)
        while run.poll() is None and not [*(out / store.WORK / "events").glob("*/*")]:
            time.sleep(0.02)
        still_at_work = run.poll() is None
        os.kill(workers[0].pid, signal.SIGKILL)
        assert run.wait() == 0
    assert still_at_work
    assert fixture.contents(out) == alone


def test_a_scheduler_that_does_not_answer_is_named(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no scheduler answers at"):
        fixture.made(source, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
