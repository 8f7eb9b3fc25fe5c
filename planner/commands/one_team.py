"""One team of ``rota plan``: read, solved and written; then only what is to be said is kept.

What comes of a team is a :class:`TeamOutcome`: a few texts, which a worker process can hand over
and of which a thousand fit into memory, where a thousand plans would not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planner.checking.finished_plan import Plan
from planner.commands.common import Loaded, Period, fingerprint_of, refused
from planner.commands.interrupted import interrupted
from planner.commands.looked import Looked, look, read_if_changed
from planner.commands.one_writer import sole_writer
from planner.commands.reports import (
    OUTCOME,
    Outcome,
    Seconds,
    plan_text,
    reason,
    summary_row,
)
from planner.commands.stopwatch import Stopwatch
from planner.domain import Team
from planner.domain.quarters import Horizon
from planner.errors import (
    FaultError,
    InfeasibleError,
    InputError,
    OutputError,
    RotaError,
    StoppedError,
    TimeRanOutError,
    UsageError,
)
from planner.problem import Problem
from planner.records import dataclass
from planner.reporting.documents import json_text, team_entry

if TYPE_CHECKING:
    from planner.commands.published_rota import Opened

Say: TypeAlias = Callable[[str], None]
INTERRUPTED = (
    "Interrupted: the best rota found so far was written, with what is proven of each aim."
)
WRITING = 0.0005
"""Seconds that writing a workbook takes for each engineer and week, and 200 times that besides."""

_STATUS: dict[type[RotaError], str] = {
    InputError: "bad-input",
    UsageError: "bad-input",
    OutputError: "refused",
    InfeasibleError: "infeasible",
    TimeRanOutError: "out-of-time",
    StoppedError: "not-planned",
}


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


@dataclass(frozen=True)
class TeamOutcome:
    """What became of a team: ``lines`` to print, each for stderr or not, and the rest in brief.

    ``complaint`` is the error in full, ``reason`` in one line; ``row`` stands in the summary and
    ``document`` is the team's part of the JSON document; ``left_out`` if it was never begun;
    ``looked`` if its files were only looked at.
    """

    key: str
    status: str
    exit_status: int = 0
    complaint: str = ""
    reason: str = ""
    lines: tuple[tuple[str, bool], ...] = ()
    row: tuple[str, ...] = ()
    document: str = ""
    seconds: Seconds = Seconds()
    left_out: bool = False
    looked: Looked | None = None


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


def failed(key: str, error: RotaError) -> Outcome:
    """A team of which nothing came."""
    return Outcome(key, _STATUS.get(type(error), "failed"), error)


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


def tell(outcome: Outcome, asked: PlanAsked) -> TeamOutcome:
    """What is to be said of a team, so that its plan can be forgotten."""
    document = ""
    if asked.as_json:
        document = json_text(team_entry(OUTCOME, outcome.key, outcome, outcome.error))
    return TeamOutcome(
        outcome.key,
        outcome.status,
        outcome.exit_status,
        outcome.error.complaint if outcome.error else "",
        reason(outcome.error) if outcome.error else "",
        () if asked.as_json else tuple(_lines(outcome, asked)),
        summary_row(outcome),
        document,
        outcome.seconds,
    )


def _lines(outcome: Outcome, asked: PlanAsked) -> Iterator[tuple[str, bool]]:
    """What is printed of a team, in order, and whether on stderr; of one of many, whose it is."""
    whose = "" if asked.alone else f"{outcome.key}: "
    if outcome.status == "up-to-date":
        yield f"{outcome.key}: {outcome.path} is up to date.", False
    if outcome.plan is None:
        return
    yield plan_text(outcome.plan, whole=asked.alone and not asked.quiet) + "\n", False
    before = (text if text == INTERRUPTED else f"Warning: {text}" for text in outcome.notes)
    for told in (*before, *outcome.plan.told):
        yield whose + told, True
    if outcome.kept:
        yield f"Kept the old workbook as {outcome.kept}", False
    yield f"Wrote {outcome.path}\n", False
    gaps = len(outcome.plan.report.breaches)
    if gaps:
        stay = "duties stay" if gaps > 1 else "duty stays"
        yield f"{outcome.key}: {gaps} {stay} open.\n", True
