"""Run one function on many tasks: here, in processes of this machine, or on a cluster of dask.distributed.

In: a function of a module, tasks that can be sent to another process. Out: what it returns, in the order of the tasks,
each as soon as it and all before it are there. Only a few tasks per worker are under way at a time, so that memory does
not grow with their number. A worker of a cluster that dies is replaced by another, and its tasks are done again: a
function must bear being run twice. On this machine a dead process ends the run, which goes on when called again.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from importlib import import_module
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from comparer.errors import ComparerError, UsageError

Task = TypeVar("Task")
Result = TypeVar("Result")
Report = Callable[[str, int, int], None]  # told a stage, the steps done and the steps to do
_Workers = tuple[Callable[..., Any], int, type[Exception]]  # how to submit, to how many, what tells that one died
AHEAD = 4  # tasks per worker that are under way: enough that none waits for the slowest
RETRIES = 3  # times a task of a cluster is done again when its worker died


def each(
    function: Callable[[Task], Result], tasks: Iterable[Task], *, jobs: int = 1, scheduler: str = ""
) -> Iterator[Result]:
    """Yield what a function returns for each task, in order; `scheduler` is the address of one of dask.distributed.

    Raises:
        ComparerError: where a process of this machine died, or a task killed one worker of a cluster after the other.
        UsageError: where no scheduler answers at that address.

    >>> list(each(len, ["a ferry", "the quay"]))
    [7, 8]
    """
    tasks = iter(tasks)
    first = list(islice(tasks, 2))  # one task alone is not worth a process
    tasks = chain(first, tasks)
    if not scheduler and (jobs < 2 or len(first) < 2):
        yield from map(function, tasks)
        return
    waiting: deque[Any] = deque()
    with _cluster(scheduler) if scheduler else _processes(jobs) as (submit, workers, killed):
        try:
            for task in tasks:
                waiting.append(submit(function, task))
                if len(waiting) >= AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except killed as error:
            why = "A process that worked on this run was killed, perhaps for want of memory."
            raise ComparerError(f"{why} Run it again, with fewer jobs.") from error
        finally:
            for future in waiting:
                future.cancel()


class Engine(NamedTuple):
    """Hold who does the work of a run, as `each` takes it, and who is told how far it is."""

    report: Report
    jobs: int = 1
    scheduler: str = ""

    def work(self, stage: str, function: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
        """Return what a function returns for each task of a stage, in order."""
        found = []
        for result in each(function, tasks, jobs=self.jobs, scheduler=self.scheduler):
            found.append(result)
            self.report(stage, len(found), len(tasks))
        return found


def packed(things: Iterable[Task], *, size: Callable[[Task], int], most: int, many: int) -> Iterator[tuple[Task, ...]]:
    """Yield things in order, at most so `many` together whose sizes come to `most`, or one that is larger.

    >>> list(packed(["ferry", "quay", "harbour board", "dam", "mine"], size=len, most=9, many=2))
    [('ferry', 'quay'), ('harbour board',), ('dam', 'mine')]
    """
    part: list[Task] = []
    for one in things:
        if part and (len(part) >= many or sum(map(size, part)) + size(one) > most):
            yield tuple(part)
            part = []
        part.append(one)
    if part:
        yield tuple(part)


@contextmanager
def _processes(jobs: int) -> Iterator[_Workers]:
    """Start processes afresh: a copy of one that holds threads may hang."""
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_end_with_parent) as pool:
        yield pool.submit, jobs, BrokenProcessPool


def _end_with_parent() -> None:
    """Let a process end when the one that started it was killed, and does not wait for it any more."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def _cluster(address: str) -> Iterator[_Workers]:
    try:
        dask: Any = import_module("distributed")  # its own types are few
    except ModuleNotFoundError as error:
        raise UsageError("--scheduler needs `pip install 'comparer[cluster]'`.") from error
    try:
        client = dask.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"no scheduler answers at {address}: {error}. Start one with `dask scheduler`.") from error

    def submit(function: Callable[[Any], Any], task: object) -> Any:  # noqa: ANN401 - a future of another library
        return client.submit(function, task, pure=False, retries=RETRIES)

    with closing(client):
        yield submit, max(1, sum(client.nthreads().values())), dask.KilledWorker
