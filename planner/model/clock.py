"""What is left of the time, and how a search is stopped before its end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread, current_thread, main_thread
from time import monotonic
from typing import Any

from planner.model.solver import Model, Solver, Status


class Clock:
    """What is left of a time limit in seconds; ``None`` is no limit."""

    def __init__(self, limit: float | None) -> None:
        self._started = monotonic()
        self._limit = limit
        self._searches: list[Solver] = []
        self._called_off = False
        self.stopped = False
        """Whether somebody asked to make do with what has been found."""

    @property
    def spent(self) -> float:
        return monotonic() - self._started

    @property
    def left(self) -> float | None:
        if self.stopped or self._called_off:
            return 0.0
        return None if self._limit is None else max(0.0, self._limit - self.spent)

    def stop(self) -> None:
        """End the searches under way, and let every later one end at once."""
        self.stopped = True
        self._end_searches()

    def _end_searches(self) -> None:
        for solver in tuple(self._searches):
            solver.stop()

    @contextmanager
    def calling_off(self) -> Iterator[None]:
        """Within this, no time is left: what else is searched for is of no use any more."""
        self._called_off = True
        self._end_searches()
        try:
            yield
        finally:
            self._called_off = False

    @contextmanager
    def until_interrupted(self) -> Iterator[None]:
        """Within this, the first Ctrl-C stops the clock; a second one interrupts as usual.

        A program that was started deaf to it, as in the background, stays so.
        """
        deaf = signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None)
        if deaf or current_thread() is not main_thread():
            yield
            return

        def stop(*_: Any) -> None:
            signal.signal(signal.SIGINT, before)
            self.stop()

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def run(self, solver: Solver, model: Model) -> Status:
        """Solve on a thread of its own, so that this one can still be interrupted."""
        found: list[Status] = []
        self._searches.append(solver)
        thread = Thread(target=lambda: found.append(solver.solve(model)), daemon=True)
        thread.start()
        try:
            thread.join()
        except BaseException:
            solver.stop()
            thread.join()
            raise
        finally:
            self._searches.remove(solver)
        return found[0]
