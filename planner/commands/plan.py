"""``rota plan``: every team's inputs are read first, then each team is planned and written.

``--json`` prints one document: ``{"version": 1, "teams": [...]}``, a line per team folder:

``team``, ``status`` (``planned``, ``up-to-date``, ``refused``, ``bad-input``, ``infeasible``,
``out-of-time`` or ``failed``), ``exit_status``, ``path``, ``error`` and ``problems`` where
there is something to say, ``impasse`` (where no rota can be: ``clashes`` with ``weeks``,
``minimal`` and ``facts``; ``repairs`` with ``steps``, ``kinds``, ``cost``, ``imbalance`` and
``least_imbalance``), ``horizon`` (``label``, ``first``, ``last``, ``weeks``), ``rota``
(a line per duty: ``week``, ``starts``, ``ends``, ``rotation``, ``role``, ``engineer``),
``aims`` (``aim``, ``part``, ``value``, ``bound``, ``proven``), ``engineers`` (the ledger:
``done``, ``owed``, ``carried_in``, ``balance``, in all and per role), ``warnings``. Amounts are
``{"number": 6.5, "exact": "13/2"}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from planner.calendar import Horizon
from planner.commands.common import (
    Loaded,
    Period,
    Unreadable,
    fingerprint_of,
    folder_options,
    json_option,
    load_teams,
    period_options,
)
from planner.commands.reports import Outcome, outcome_json, plan_text, summary
from planner.commands.saying import Progress, complaint, print_json, say
from planner.domain import Team
from planner.errors import (
    InfeasibleError,
    InputError,
    OutputError,
    RotaError,
    TimeRanOutError,
    UsageError,
)
from planner.problem import Problem

_STATUS: dict[type[RotaError], str] = {
    InputError: "bad-input",
    UsageError: "bad-input",
    OutputError: "refused",
    InfeasibleError: "infeasible",
    TimeRanOutError: "out-of-time",
}


@dataclass(frozen=True)
class Task:
    """A team that is to be planned, and where its workbook goes."""

    problem: Problem
    path: Path
    fingerprint: str
    notes: tuple[str, ...]


@click.command()
@folder_options
@period_options
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For solving, per team.",
)
@click.option("--force", is_flag=True, help="Plan anew, and keep the old workbook beside it.")
@click.option(
    "--allow-gaps",
    is_flag=True,
    help="Where no rota can be, leave the fewest duties open, marked.",
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
    time_limit: float,
    force: bool,
    allow_gaps: bool,
    as_json: bool,
) -> int:
    """Plan a quarter for every team, one workbook each.

    Teams are independent: one that cannot be planned does not stop the others, and the exit
    status is the highest. Where a rota stands already, nothing is written unless --force is
    given: it is up to date, or else its inputs or the workbook itself have changed.
    """
    period = Period(quarter_label, start, weeks)
    teams = load_teams(inputs, team, date_format)
    prepared = [_prepare(loaded, period, outputs, force) for loaded in teams]
    _say_errors([found for found in prepared if isinstance(found, Outcome)])
    outcomes = []
    for found in prepared:
        if isinstance(found, Task):
            outcome = _solve_and_write(found, time_limit, allow_gaps)
            _say_errors([outcome])
        else:
            outcome = found
        outcomes.append(outcome)
        if not as_json:
            _print(outcome)
    if as_json:
        print_json({"teams": [outcome_json(outcome) for outcome in outcomes]})
    elif len(outcomes) > 1 and any(outcome.status != "up-to-date" for outcome in outcomes):
        click.echo(summary(outcomes))
    return max(outcome.exit_status for outcome in outcomes)


def _prepare(
    loaded: Loaded | Unreadable, period: Period, outputs: Path, force: bool
) -> Task | Outcome:
    """What is to be solved for a team, or else what is to be said."""
    if isinstance(loaded, Unreadable):
        return _failed(loaded.key, loaded.error)
    horizon = period.horizon(loaded.team)
    try:
        return _prepare_team(loaded.team, loaded.notes, horizon, outputs, force)
    except RotaError as error:
        return _failed(loaded.key, error)


def _prepare_team(
    team: Team, notes: tuple[str, ...], horizon: Horizon, outputs: Path, force: bool
) -> Task | Outcome:
    from planner.files.published import past, published_path
    from planner.files.safely import ensure_writable
    from planner.planning import assemble

    path = published_path(outputs, team.key, horizon)
    earlier = past(outputs, team, horizon.weeks[0])
    fingerprint = fingerprint_of(team, earlier)
    if path.exists() and not force:
        return _standing(team, path, fingerprint)
    ensure_writable(path)
    problem = assemble(team, horizon, earlier.rota, earlier.covers)
    return Task(problem, path, fingerprint, notes)


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


def _solve_and_write(task: Task, time_limit: float, allow_gaps: bool) -> Outcome:
    # Imported here: only now is the solver needed, which takes a third of a second to load.
    from planner.files.safely import keep_aside
    from planner.files.workbook import write
    from planner.planning import plan as solve

    key = task.problem.team.key
    try:
        with Progress(key) as progress:
            solved = solve(task.problem, time_limit, progress, allow_gaps)
        kept = keep_aside(task.path, datetime.now()) if task.path.exists() else None
        write(solved, task.path, task.fingerprint)
    except RotaError as error:
        return _failed(key, error)
    return Outcome(
        key, "planned", path=task.path, kept=kept, rota=solved.rota, plan=solved, notes=task.notes
    )


def _failed(key: str, error: RotaError) -> Outcome:
    return Outcome(key, _STATUS.get(type(error), "failed"), error)


def _say_errors(outcomes: list[Outcome]) -> None:
    """Each complaint once, under the names of all teams that it concerns."""
    concerned: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.error is not None:
            concerned.setdefault(complaint(outcome.error), []).append(outcome.key)
    for text, keys in concerned.items():
        say(f"{', '.join(keys)}: {text}")


def _print(outcome: Outcome) -> None:
    if outcome.status == "up-to-date":
        click.echo(f"{outcome.key}: {outcome.path} is up to date.")
    if outcome.plan is not None:
        click.echo(plan_text(outcome.plan) + "\n")
        for warning in (*outcome.notes, *outcome.plan.warnings):
            say(f"Warning: {warning}")
        if outcome.kept:
            click.echo(f"Kept the old workbook as {outcome.kept}")
        click.echo(f"Wrote {outcome.path}\n")
        gaps = len(outcome.plan.report.breaches)
        if gaps:
            say(f"{outcome.key}: {gaps} {'duties stay' if gaps > 1 else 'duty stays'} open.\n")
