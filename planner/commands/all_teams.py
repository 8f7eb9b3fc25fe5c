"""Every team of ``rota plan``: read first, then planned one by one or several at a time.

Whatever is done first, what became of the teams is told in the order of their folders.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from planner.commands import one_team
from planner.commands.interrupted import Interrupts, interrupted
from planner.commands.one_team import Job, PlanAsked, Say
from planner.commands.reports import TeamOutcome, failed, tell
from planner.commands.saying import Progress, duration, say
from planner.errors import FaultError, RotaError, StoppedError, TimeRanOutError
from planner.files.team.shared_people import in_turn, neighbours, shared
from planner.grouping import grouped

if TYPE_CHECKING:
    from planner.commands.workers import Died

A_TEAM = 60.0
"""Seconds for a team, unless the whole run was given a limit."""

ENOUGH = 0.02
"""The part of the teams that tells how long the others will take."""

WORTH_IT = 4
"""Teams that a worker must have before it pays: it takes as long to start as they to be planned."""

Run: TypeAlias = Callable[[Iterable[Job]], Iterator[tuple[Job, TeamOutcome]]]


def workers_for(teams: int, asked: int | None = None) -> int:
    """How many worker processes are worth their while, unless so many are asked for."""
    if asked is not None:
        return min(asked, teams)
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, teams // WORTH_IT))


class Budget:
    """The time limit of the whole run, if it was given one, from now on."""

    def __init__(self, limit: float | None) -> None:
        self._started, self._limit = monotonic(), limit

    @property
    def elapsed(self) -> float:
        return monotonic() - self._started

    @property
    def over(self) -> bool:
        return self._limit is not None and self.elapsed >= self._limit

    def share(self, teams: int, workers: int) -> float:
        """The seconds of the next team, where so many are left."""
        if self._limit is None:
            return A_TEAM
        left = max(0.0, self._limit - self.elapsed)
        return min(left, left * workers / teams)


class ProgressLine:
    """What the progress line shows: how many teams are done, and what the solver is at."""

    def __init__(self, progress: Progress, teams: int) -> None:
        self._progress, self._teams = progress, teams
        self._done = self._failed = 0
        self.begin(())

    def begin(self, bad: Collection[TeamOutcome]) -> None:
        """From now on teams are planned, but for those that cannot be."""
        self._began, self._at = monotonic(), ""
        self._bad = self._done = self._failed = len(bad)

    def move(self, text: str) -> None:
        self._at = text
        self._show()

    def count(self, told: TeamOutcome) -> None:
        self._done += 1
        self._failed += told.exit_status > 0
        self._show()

    def _show(self) -> None:
        parts = [self._at] if self._at else []
        if self._teams > 1:
            parts = [f"{self._done:,} of {self._teams:,} teams", *self._outlook(), *parts]
        self._progress(" · ".join(parts))

    def _outlook(self) -> Iterator[str]:
        if self._failed:
            yield f"{self._failed:,} failed"
        planned, to_plan = self._done - self._bad, self._teams - self._bad
        if ENOUGH * to_plan <= planned < to_plan:
            left = (monotonic() - self._began) * (to_plan - planned) / planned
            yield f"about {duration(left)} left"


@contextmanager
def runner(asked: PlanAsked, workers: int, moved: Say, interrupts: Interrupts) -> Iterator[Run]:
    """A way to do jobs: in this process, or in several others."""
    work = partial(one_team.work, asked)
    if workers == 1:
        yield lambda jobs: ((job, work(job, moved)) for job in jobs)
        return
    from planner.commands.workers import Crew  # here, as most have few teams

    with Crew(workers, work, moved) as crew:
        interrupts.tell = crew.interrupt
        yield lambda jobs: ((job, _survived(job, told, asked)) for job, told in crew.run(jobs))


def _survived(job: Job, told: TeamOutcome | Died, asked: PlanAsked) -> TeamOutcome:
    """What is told of a team, though its worker may not have lived to tell."""
    if isinstance(told, TeamOutcome):
        return told
    how = f"by signal {-told.code}" if told.code and told.code < 0 else f"with status {told.code}"
    fault = FaultError(
        f"its worker process was ended {how}, perhaps for want of memory. "
        "Fewer --workers need less."
    )
    return tell(failed(job.folder.name, fault), asked)


def plan_all(
    folders: Sequence[Path],
    run: Run,
    budget: Budget,
    workers: int,
    board: ProgressLine,
    asked: PlanAsked,
) -> Iterator[TeamOutcome]:
    """What became of each team, in their order, once it is known of it and of all before it."""
    looked = _read_first(folders, run, board) if len(folders) > 1 else {}
    known = {key: told for key, told in looked.items() if told.status != one_team.SOUND}
    coming = [folder for folder in folders if folder.name not in known]
    board.begin(known.values())

    left = len(coming)

    def jobs(folders: Sequence[Path]) -> Iterator[Job]:
        nonlocal left
        for folder in folders:
            if interrupted() or budget.over:
                return
            seconds, before = budget.share(left, workers), looked.pop(folder.name, None)
            read = (before.looked, before.seconds.reading) if before else ()
            yield Job(folder, seconds, near[folder], *read)
            left -= 1

    # A team sees what was planned before for those who are in several.
    rounds, near = in_turn(coming), neighbours(coming)
    for group in shared(coming):
        names = ", ".join(folder.name for folder in group)
        say(f"Planned one after the other, as they share people: {names}.")
    place = 0
    for job, told in chain.from_iterable(run(jobs(each)) for each in rounds):
        known[job.folder.name] = told
        board.count(told)
        while place < len(folders) and folders[place].name in known:
            yield known.pop(folders[place].name)
            place += 1
    for folder in folders[place:]:
        yield known.get(folder.name) or _left_out(folder.name, asked)


def _read_first(folders: Sequence[Path], run: Run, board: ProgressLine) -> dict[str, TeamOutcome]:
    """Look at the files of every team, and say what is wrong with them, before any is planned."""

    def jobs() -> Iterator[Job]:
        for number, folder in enumerate(folders):
            if interrupted():
                return
            board.move(f"reading {number:,} of {len(folders):,}")
            yield Job(folder)

    looked = {job.folder.name: told for job, told in run(jobs())}
    known = (looked[folder.name] for folder in folders if folder.name in looked)
    concerned = grouped((told.complaint, told.key) for told in known if told.complaint)
    for text, keys in concerned.items():
        say(f"{', '.join(keys)}: {text}")
    return {key: replace(told, complaint="") for key, told in looked.items()}


def _left_out(key: str, asked: PlanAsked) -> TeamOutcome:
    """A team that was not begun; of several, that is said of all of them together."""
    error: RotaError = TimeRanOutError("time ran out before anything was planned.")
    if interrupted():
        error = StoppedError("interrupted before anything was planned.")
    told = tell(failed(key, error), asked)
    return told if asked.alone else replace(told, complaint="", left_out=True)
