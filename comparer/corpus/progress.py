"""Tell how far a run is: steps done of each stage, how many a second, how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

Report = Callable[[str, int, int], None]


class Step(NamedTuple):
    """Hold how far a stage is; `rate` is in steps a second, `left` in seconds, None before anything is known."""

    stage: str
    done: int
    total: int
    rate: float | None
    left: float | None


class Clock:
    """Make steps of what stages report."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin with no stage."""
        self._now = now
        self._stage = ""
        self._start = 0.0
        self._first = 0

    def step(self, stage: str, done: int, total: int) -> Step:
        """Return the step, with the rate since its stage began.

        >>> seconds = iter((0.0, 4.0))
        >>> clock = Clock(lambda: next(seconds))
        >>> _ = clock.step("reading", 0, 10)
        >>> clock.step("reading", 8, 10)
        Step(stage='reading', done=8, total=10, rate=2.0, left=1.0)
        """
        now = self._now()
        if stage != self._stage:
            self._stage, self._start, self._first = stage, now, done
        passed, made = now - self._start, done - self._first
        if not made or passed <= 0:
            return Step(stage, done, total, None, None)
        rate = made / passed
        return Step(stage, done, total, round(rate, 2), round((total - done) / rate, 1))
