"""The same work for many teams at once, in worker processes.

Each worker is a fresh interpreter, on every system alike: a fork would inherit the solver's
threads and locks in whatever state they are. It does one job at a time, over a pipe of its own,
so that it is known which job a worker was at when it died. Jobs and results are small; whatever
is large stays in the worker.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeAlias, TypeVar

from planner.commands.interrupted import Interrupts
from planner.errors import OutputError
from planner.records import dataclass

Job = TypeVar("Job")
Result = TypeVar("Result")
Say: TypeAlias = Callable[[str], None]
Work: TypeAlias = Callable[[Job, Say], Result]
"""What a worker does with a job, telling meanwhile how far it is; importable by its name."""

PATIENCE = 5.0
"""Seconds that a worker which is told to leave its job has to clean up after itself."""


@dataclass(frozen=True)
class Died:
    """A worker's process ended amid a job; ``code`` is its exit status, or minus its signal."""

    code: int | None


@dataclass(eq=False)
class _Worker(Generic[Job]):
    """``ready`` is false until it has loaded what it needs to listen."""

    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    job: Job | None = None


class Crew(Generic[Job, Result]):
    """Worker processes that do jobs until the ``with`` block ends."""

    def __init__(self, workers: int, work: Work[Job, Result], moved: Say) -> None:
        self._work, self._moved = work, moved
        self._workers: list[_Worker[Job]] = [self._hire() for _ in range(workers)]

    def __enter__(self) -> Crew[Job, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            if worker.job is not None:
                worker.process.terminate()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(PATIENCE)
            worker.process.kill()

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result | Died]]:
        """Each job with its result, in the order in which they are done.

        A job is taken from ``jobs`` only when a worker is free for it. Raises ``OutputError`` if
        no worker can be started.
        """
        coming, more = iter(jobs), True
        while True:
            for worker in [each for each in self._workers if each.ready and each.job is None]:
                job = next(coming, None) if more else None
                if job is None:
                    more = False
                elif not _given(worker, job):  # it died while it had nothing to do
                    self._replace(worker)
                    coming = chain([job], coming)
            heard = [w for w in self._workers if w.job is not None or (more and not w.ready)]
            if not heard:
                return
            by_pipe = {worker.pipe: worker for worker in heard}
            for pipe in wait(list(by_pipe)):
                yield from self._hear(by_pipe[pipe])  # type: ignore[index]

    def interrupt(self) -> None:
        """Pass Ctrl-C on to whoever is at work."""
        # On Windows every process of the console hears Ctrl-C by itself.
        if os.name == "posix":
            for worker in self._workers:
                if worker.job is not None and worker.process.pid is not None:
                    os.kill(worker.process.pid, signal.SIGINT)

    def _hire(self) -> _Worker[Job]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _hear(self, worker: _Worker[Job]) -> Iterator[tuple[Job, Result | Died]]:
        try:
            kind, told = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        if kind == "moved":
            self._moved(told)
        elif kind == "ready":
            worker.ready = True
        else:
            job, worker.job = worker.job, None
            assert job is not None
            yield job, told

    def _bury(self, worker: _Worker[Job]) -> Iterator[tuple[Job, Result | Died]]:
        """What is to be said of a worker that died."""
        if worker.ready:
            self._replace(worker)
        else:  # another would not do better
            self._dismiss(worker)
        if worker.job is not None:
            yield worker.job, Died(worker.process.exitcode)
        elif not self._workers:
            raise OutputError("No worker process could be started; try --workers 1.")

    def _replace(self, worker: _Worker[Job]) -> None:
        self._dismiss(worker)
        self._workers.append(self._hire())

    def _dismiss(self, worker: _Worker[Job]) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()


def _given(worker: _Worker[Job], job: Job) -> bool:
    try:
        worker.pipe.send(job)
    except OSError:
        return False
    worker.job = job
    return True


@contextmanager
def _deaf() -> Iterator[None]:
    """Within this, new processes come to life deaf to Ctrl-C, until they can deal with it."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # only the main thread may say
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, work: Work[Any, Any]) -> None:
    """A worker's life: one job after the other until nobody is there to give one."""
    gc.set_threshold(200_000)  # as in the program's own process
    signal.signal(signal.SIGTERM, _leave)
    if os.name == "posix":
        os.setpgid(0, 0)  # Ctrl-C in the terminal comes by way of the parent, and once
    try:
        with Interrupts(even_if_deaf=True):
            pipe.send(("ready", None))
            while True:
                pipe.send(("done", work(pipe.recv(), lambda text: pipe.send(("moved", text)))))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _leave(*_: object) -> None:
    """End as an error would, so that half-written files go."""
    raise SystemExit
