"""``rota plan``: every team's inputs are read first, then each team is planned and written.

``--json`` prints one document: ``{"version": 1, "teams": [...], "summary": {...}}``. ``teams``
has an entry per team folder:

``team``, ``status`` (``planned``, ``up-to-date``, ``refused``, ``bad-input``, ``infeasible``,
``out-of-time``, ``failed`` or ``not-planned``), ``exit_status``, ``path``, ``error`` and
``problems`` where there is something to say, ``impasse`` (where no rota can be: ``clashes`` with
``weeks``, ``minimal`` and ``facts``; ``repairs`` with ``steps``, ``kinds``, ``cost``,
``imbalance`` and ``least_imbalance``), ``horizon`` (``label``, ``first``, ``last``, ``weeks``),
``rota`` (a line per duty: ``week``, ``starts``, ``ends``, ``rotation``, ``role``, ``engineer``),
``aims`` (``aim``, ``part``, ``value``, ``bound``, ``proven``), ``engineers`` (the ledger:
``done``, ``owed``, ``carried_in``, ``balance``, in all and per role), ``warnings``, ``seconds``
(``reading``, ``solving``, ``writing``, by the clock). Amounts are
``{"number": 6.5, "exact": "13/2"}``. ``summary`` has ``teams`` (how many), ``statuses`` (how many
of each), ``workers`` and ``seconds`` (of all teams, and ``elapsed``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

import click

from planner.commands import one_team
from planner.commands.common import Period, folder_options, folders_of, json_option, period_options
from planner.commands.interrupted import Interrupts, interrupted
from planner.commands.one_team import Asked, Job, Say, Told, failed, tell
from planner.commands.saying import Progress, duration, print_json_list, say
from planner.commands.summaries import MANY, summary, summary_json, time_text
from planner.errors import FaultError, RotaError, StoppedError, TimeRanOutError

if TYPE_CHECKING:
    from planner.commands.many import Died

A_TEAM = 60.0
"""Seconds for a team, unless the whole run was given a limit."""

WORTH_IT = 4
"""Teams that a worker must have before it pays: it takes as long to start as they to be planned."""

ENOUGH = 0.02
"""The part of the teams that tells how long the others will take."""

Run: TypeAlias = Callable[[Iterable[Job]], Iterator[tuple[Job, Told]]]


@click.command()
@folder_options
@period_options
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="For the whole run; without it, 60 a team.",
)
@click.option("--force", is_flag=True, help="Plan anew, and keep the old workbook beside it.")
@click.option(
    "--allow-gaps",
    is_flag=True,
    help="Where no rota can be, leave the fewest duties open, marked.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Plan so many teams at once; without it, as many as there are cores.",
)
@json_option
def plan(
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    quarter_label: str | None,
    start: date | None,
    weeks: int | None,
    time_limit: float | None,
    force: bool,
    allow_gaps: bool,
    workers: int | None,
    as_json: bool,
) -> int:
    """Plan a quarter for every team, one workbook each.

    Teams are independent: one that cannot be planned does not stop the others, and the exit
    status is the highest. Where a rota stands already, nothing is written unless --force is
    given: it is up to date, or else its inputs or the workbook itself have changed.

    Ctrl-C ends the search and writes the best rota found so far; of several teams, those not
    begun stay as they are. A second Ctrl-C stops at once.
    """
    budget = _Budget(time_limit)
    period = Period(quarter_label, start, weeks)
    folders = folders_of(inputs, team)
    asked = Asked(outputs, date_format, period, force, allow_gaps, as_json, len(folders) == 1)
    crew = _workers(workers, len(folders))
    told = []
    with Interrupts() as interrupts, Progress() as progress:
        board = _Board(progress, len(folders))
        with _runner(asked, crew, board.move, interrupts) as run:
            for each in _each(folders, run, budget, crew, board, asked):
                progress.clear()
                _print(each, asked.alone)
                told.append(replace(each, lines=()))
    _end(told, budget.elapsed, crew, as_json)
    return max(each.exit_status for each in told)


def _workers(asked: int | None, teams: int) -> int:
    if asked is not None:
        return min(asked, teams)
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, teams // WORTH_IT))


class _Budget:
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


class _Board:
    """What the progress line shows: how many teams are done, and what the solver is at."""

    def __init__(self, progress: Progress, teams: int) -> None:
        self._progress, self._teams = progress, teams
        self._done = self._failed = 0
        self.begin(())

    def begin(self, bad: Collection[Told]) -> None:
        """From now on teams are planned, but for those that cannot be."""
        self._began, self._at = monotonic(), ""
        self._bad = self._done = self._failed = len(bad)

    def move(self, text: str) -> None:
        self._at = text
        self._show()

    def count(self, told: Told) -> None:
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
def _runner(asked: Asked, workers: int, moved: Say, interrupts: Interrupts) -> Iterator[Run]:
    """A way to do jobs: in this process, or in several others."""
    work = partial(one_team.work, asked)
    if workers == 1:
        yield lambda jobs: ((job, work(job, moved)) for job in jobs)
        return
    from planner.commands.many import Crew  # here, as most have few teams

    with Crew(workers, work, moved) as crew:
        interrupts.tell = crew.interrupt
        yield lambda jobs: ((job, _survived(job, told, asked)) for job, told in crew.run(jobs))


def _survived(job: Job, told: Told | Died, asked: Asked) -> Told:
    """What is told of a team, though its worker may not have lived to tell."""
    if isinstance(told, Told):
        return told
    how = f"by signal {-told.code}" if told.code and told.code < 0 else f"with status {told.code}"
    fault = FaultError(
        f"its worker process was ended {how}, perhaps for want of memory. "
        "Fewer --workers need less."
    )
    return tell(failed(job.folder.name, fault), asked)


def _each(
    folders: Sequence[Path],
    run: Run,
    budget: _Budget,
    workers: int,
    board: _Board,
    asked: Asked,
) -> Iterator[Told]:
    """What became of each team, in their order, once it is known of it and of all before it."""
    looked = _read_first(folders, run, board) if len(folders) > 1 else {}
    known = {key: told for key, told in looked.items() if told.status != one_team.SOUND}
    coming = [folder for folder in folders if folder.name not in known]
    board.begin(known.values())

    def jobs() -> Iterator[Job]:
        for number, folder in enumerate(coming):
            if interrupted() or budget.over:
                return
            seconds = looked[folder.name].seconds.reading if looked else 0.0
            yield Job(folder, budget.share(len(coming) - number, workers), seconds)

    place = 0
    for job, told in run(jobs()):
        known[job.folder.name] = told
        board.count(told)
        while place < len(folders) and folders[place].name in known:
            yield known.pop(folders[place].name)
            place += 1
    for folder in folders[place:]:
        yield known.get(folder.name) or _left_out(folder.name, asked)


def _read_first(folders: Sequence[Path], run: Run, board: _Board) -> dict[str, Told]:
    """Look at the files of every team, and say what is wrong with them, before any is planned."""

    def jobs() -> Iterator[Job]:
        for number, folder in enumerate(folders):
            if interrupted():
                return
            board.move(f"reading {number:,} of {len(folders):,}")
            yield Job(folder)

    looked = {job.folder.name: told for job, told in run(jobs())}
    concerned: dict[str, list[str]] = {}
    for folder in folders:
        told = looked.get(folder.name)
        if told is not None and told.complaint:
            concerned.setdefault(told.complaint, []).append(told.key)
    for text, keys in concerned.items():
        say(f"{', '.join(keys)}: {text}")
    return {key: replace(told, complaint="") for key, told in looked.items()}


def _left_out(key: str, asked: Asked) -> Told:
    """A team that was not begun; of several, that is said of all of them together."""
    error: RotaError = TimeRanOutError("time ran out before anything was planned.")
    if interrupted():
        error = StoppedError("interrupted before anything was planned.")
    told = tell(failed(key, error), asked)
    return told if asked.alone else replace(told, complaint="", left_out=True)


def _print(told: Told, alone: bool) -> None:
    # Of several teams that were not planned, their number is said at the end.
    if told.complaint and (alone or told.status != "not-planned"):
        say(f"{told.key}: {told.complaint}")
    for text, to_stderr in told.lines:
        click.echo(text, err=to_stderr)


def _end(told: Sequence[Told], elapsed: float, workers: int, as_json: bool) -> None:
    if as_json:
        documents = [each.document for each in told]
        print_json_list("teams", documents, {"summary": summary_json(told, elapsed, workers)})
    elif len(told) > 1 and any(each.status != "up-to-date" for each in told):
        click.echo(summary(told))
    if len(told) >= MANY:
        say(f"\n{time_text(told, elapsed, workers)}")
    if len(told) > 1:
        _say_unplanned(told)


def _say_unplanned(told: Sequence[Told]) -> None:
    stopped = sum(each.status == "not-planned" for each in told)
    late = sum(each.left_out for each in told) if not stopped else 0
    if stopped:
        say(f"Interrupted: {stopped:,} of {len(told):,} teams were not planned.")
    if late:
        say(f"Time ran out: {late:,} of {len(told):,} teams were not begun.")
