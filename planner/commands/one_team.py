"""One team of ``rota plan``: read, solved and written; then only what is to be said is kept.

What comes of a team is a :class:`TeamOutcome`: a few texts, which a worker process can hand over
and of which a thousand fit into memory, where a thousand plans would not.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from planner.checking.finished_plan import Plan
from planner.commands.common import Loaded, Period, fingerprint_of, load_one, refused
from planner.commands.interrupted import interrupted
from planner.commands.one_writer import sole_writer
from planner.commands.reports import INTERRUPTED, Outcome, Seconds, TeamOutcome, failed, tell
from planner.domain import Team
from planner.domain.quarters import Horizon
from planner.errors import (
    FaultError,
    OutputError,
    RotaError,
    StoppedError,
    TimeRanOutError,
)
from planner.problem import Problem
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.commands.published_rota import Opened

Say: TypeAlias = Callable[[str], None]
WRITING = 0.0005
"""Seconds that writing a workbook takes for each engineer and week, and 200 times that besides."""

_Stamp: TypeAlias = tuple[tuple[str, int, int], ...] | None
"""Of each file its name, when it was last changed, and its size; ``None`` if that is not known."""


@dataclass(frozen=True)
class PlanAsked:
    """What was asked of every team. ``alone``: there is but one, so faults show themselves.

    ``threads``: on how many its rotations may be searched at a time; by default one a core.
    """

    outputs: Path
    date_format: str | None
    period: Period
    force: bool = False
    discard: bool = False
    allow_gaps: bool = False
    as_json: bool = False
    alone: bool = False
    quiet: bool = False
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A team as it was read, and the stamp that its files had before."""

    loaded: Loaded
    stamp: _Stamp


@dataclass(frozen=True)
class Job:
    """A team's folder, and how many seconds it has; ``None`` is only to look at its files.

    ``near`` are the folders beside it that share people with it; ``looked`` is what was read of it
    before, in so many seconds of ``reading``.
    """

    folder: Path
    seconds: float | None = None
    near: tuple[str, ...] = ()
    looked: Looked | None = None
    reading: float = 0.0


class Stopwatch:
    """Where a team's time goes, which is read, then solved, then written."""

    def __init__(self, reading: float = 0.0) -> None:
        self._parts = {"reading": reading, "solving": 0.0, "writing": 0.0}
        self._part, self._started = "reading", monotonic()
        self._since = self._started

    @property
    def spent(self) -> float:
        return monotonic() - self._started

    def turn_to(self, part: str) -> None:
        """From now on, time counts for another part of the work."""
        now = monotonic()
        self._parts[self._part] += now - self._since
        self._part, self._since = part, now

    @property
    def seconds(self) -> Seconds:
        self.turn_to(self._part)
        return Seconds(**self._parts)


SOUND = "sound"
"""The status of a team of which only the files were looked at, and nothing is wrong with them."""


def work(asked: PlanAsked, job: Job, moved: Say) -> TeamOutcome:
    """Plan a team and write its workbook, or only look at its files.

    Whatever goes wrong with one of several teams becomes what is told of it.
    """
    stopwatch, key = Stopwatch(job.reading), job.folder.name

    def tell_more(text: str) -> None:
        moved(f"{key}: {text}")

    try:
        if job.seconds is None:
            looked = look(job.folder, asked.date_format, asked.period)
            team = looked.loaded.team
            _ensure_writable(team, asked.period.horizon(team), asked)
            return TeamOutcome(key, SOUND, seconds=stopwatch.seconds, looked=looked)
        with sole_writer(job.folder, asked.outputs / key):
            loaded = read_if_changed(job.looked, job.folder, asked.date_format, asked.period)
            outcome = _planned(loaded, asked, job, tell_more, stopwatch)
    except RotaError as error:
        outcome = failed(key, error)
    except OSError as error:
        outcome = failed(key, refused(error))
    except Exception as fault:
        if asked.alone:
            raise
        outcome = failed(key, _fault(fault))
    return tell(replace(outcome, seconds=stopwatch.seconds), asked)


def _fault(fault: Exception) -> FaultError:
    if isinstance(fault, MemoryError):
        return FaultError("memory ran out; nothing was written. Fewer --workers need less.")
    return FaultError(
        f"this is a fault of rota: {type(fault).__name__}: {' '.join(str(fault).split())}\n"
        "Please report it; `rota --traceback plan` with this --team alone shows where."
    )


def _ensure_writable(team: Team, horizon: Horizon, asked: PlanAsked) -> None:
    from planner.files.atomic_write import ensure_writable
    from planner.files.published.rotas import published_path

    path = published_path(asked.outputs, team.key, horizon)
    if asked.force or not path.exists():
        ensure_writable(path)


def _planned(
    loaded: Loaded,
    asked: PlanAsked,
    job: Job,
    moved: Say,
    stopwatch: Stopwatch,
) -> Outcome:
    from planner.files.published.other_teams import elsewhere
    from planner.files.published.rotas import past, published_path
    from planner.files.transaction import digest
    from planner.planning.assemble import assemble

    team = loaded.team
    horizon = asked.period.horizon(team)
    path = published_path(asked.outputs, team.key, horizon)
    earlier = past(asked.outputs, team, horizon.weeks[0])
    fingerprint = fingerprint_of(team, earlier)
    if path.exists() and not asked.force:
        return _standing(team, path, fingerprint)
    _ensure_writable(team, horizon, asked)
    before = digest(path)
    standing: Opened | None = None  # with all that people put into it
    if path.exists() and not asked.discard:
        from planner.commands.publishing import to_keep

        standing = to_keep(team, path, asked.outputs)
    if standing:
        problem = replace(standing.problem, as_published={}, kept_in_pauses=frozenset())
    else:
        problem = assemble(team, horizon, earlier.rota, earlier.covers, earlier.recorded)
        problem = replace(problem, elsewhere=elsewhere(team, asked.outputs, horizon, job.near))
    left = _for_solving(problem, (job.seconds or 0.0) - stopwatch.spent)
    solved = _solved(problem, left, asked, moved, stopwatch)
    stopwatch.turn_to("writing")
    stopped = (INTERRUPTED,) if interrupted() and not solved.proven else ()
    # Imported here: only now is it needed, and takes long to load.
    from planner.commands.publishing import first, plan_anew

    kept, lost = (
        plan_anew(standing, solved) if standing else (first(solved, path, before, fingerprint), [])
    )
    notes = (*loaded.notes, *lost, *stopped)
    return Outcome(team.key, "planned", None, path, kept, solved.rota, solved, notes)


def _for_solving(problem: Problem, left: float) -> float:
    """What is left of a team's seconds when what writing will take is kept back."""
    return left - min(left / 2, WRITING * (200 + len(problem.team.engineers) * len(problem.weeks)))


def _solved(
    problem: Problem, seconds: float, asked: PlanAsked, moved: Say, stopwatch: Stopwatch
) -> Plan:
    """The plan; raises ``StoppedError`` if an interruption came before any was found."""
    stopwatch.turn_to("solving")
    from planner.planning.plan import plan as solve  # with the solver, which takes long to load

    stopped = StoppedError("interrupted before any rota was found; nothing was written.")
    if interrupted():
        raise stopped
    try:
        return solve(problem, max(seconds, 0.01), moved, asked.allow_gaps, asked.threads)
    except TimeRanOutError:
        if interrupted():
            raise stopped from None
        raise


def _standing(team: Team, path: Path, fingerprint: str) -> Outcome:
    """Where a rota stands: it is up to date, or planning anew would undo what people did."""
    from planner.files.workbook import read

    published = read(path, team)
    changes = []
    if published.inputs_fingerprint != fingerprint:
        changes.append("its inputs have changed since it was planned")
    if published.edited:
        changes.append("the workbook has been edited")
    if not changes:
        return Outcome(team.key, "up-to-date", path=path, rota=published.rota)
    refusal = OutputError(
        f"{path} stands, and {' and '.join(changes)}; nothing was written. "
        "`rota check` tells whether it still holds; `rota replan` brings it up to date with the "
        "fewest changes; `rota plan --force` plans anew and keeps the old workbook beside it."
    )
    return Outcome(team.key, "refused", refusal, path=path, rota=published.rota)


def look(folder: Path, date_format: str | None, period: Period) -> Looked:
    """Read a team folder; raises ``InputError`` with all its problems."""
    stamp = _stamp(folder)
    return Looked(load_one(folder, date_format, period), stamp)


def read_if_changed(
    looked: Looked | None, folder: Path, date_format: str | None, period: Period
) -> Loaded:
    """The team as it was looked at, or read anew if any of its files has changed since."""
    if looked is not None and looked.stamp is not None and looked.stamp == _stamp(folder):
        return looked.loaded
    return load_one(folder, date_format, period)


def _stamp(folder: Path) -> _Stamp:
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return None
    return tuple(sorted((name, each.st_mtime_ns, each.st_size) for name, each in found))
