"""``rota plan``: every team's inputs are read first, then each team is planned and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from planner.commands.all_teams import Budget, ProgressLine, plan_all, runner, workers_for
from planner.commands.common import (
    NO_PERIOD,
    Folders,
    Period,
    folder_options,
    json_option,
    period_options,
)
from planner.commands.interrupted import Interrupts
from planner.commands.one_team import PlanAsked
from planner.commands.options import seconds
from planner.commands.reports import TeamOutcome
from planner.commands.saying import Progress, say
from planner.commands.summaries import DOCUMENT as DOCUMENT
from planner.commands.summaries import MANY, document, summary, time_text
from planner.files.team.folder import team_folders


@click.command()
@folder_options
@period_options
@seconds("--time-limit", "For the whole run; without it, 60 a team.")
@click.option("--force", is_flag=True, help="Plan anew, and keep the old workbook beside it.")
@click.option(
    "--discard",
    is_flag=True,
    help="With --force: without the old one's stand-ins, locks, notes and typed vacations.",
)
@click.option(
    "--allow-gaps",
    is_flag=True,
    help="Where no rota can be, leave the fewest duties open, marked.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Plan so many teams at once; without it, as many as there are cores. With 1, one core "
    "does everything.",
)
@click.option("--quiet", is_flag=True, help="Leave out the table of the rota.")
@json_option
def plan(
    folders: Folders,
    period: Period | None,
    time_limit: float | None,
    workers: int | None,
    **options: Any,
) -> int:
    """Plan a quarter for every team, one workbook each.

    Teams are independent: one that cannot be planned does not stop the others, and the exit
    status is the highest. Where a rota stands already, nothing is written unless --force is
    given: it is up to date, or else its inputs or the workbook itself have changed.

    Ctrl-C ends the search and writes the best rota found so far; of several teams, those not
    begun stay as they are. A second Ctrl-C stops at once.
    """
    if options["discard"] and not options["force"]:
        raise click.UsageError("--discard is for --force.")
    if period is None:
        raise NO_PERIOD
    budget = Budget(time_limit)
    teams = team_folders(folders.inputs, folders.team)
    crew = workers_for(len(teams), workers)
    asked = PlanAsked(
        folders.outputs,
        folders.date_format,
        period,
        alone=len(teams) == 1,
        threads=1 if workers == 1 or crew > 1 else None,
        **options,
    )
    told = []
    with Interrupts() as interrupts, Progress() as progress:
        board = ProgressLine(progress, len(teams))
        with runner(asked, crew, board.move, interrupts) as run:
            for each in plan_all(teams, run, budget, crew, board, asked):
                progress.clear()
                _print(each, asked.alone)
                told.append(replace(each, lines=()))
    _end(told, budget.elapsed, crew, asked.as_json)
    return max(each.exit_status for each in told)


def _print(told: TeamOutcome, alone: bool) -> None:
    # Of several teams that were not planned, their number is said at the end.
    if told.complaint and (alone or told.status != "not-planned"):
        say(f"{told.key}: {told.complaint}")
    for text, to_stderr in told.lines:
        click.echo(text, err=to_stderr)


def _end(told: Sequence[TeamOutcome], elapsed: float, workers: int, as_json: bool) -> None:
    if as_json:
        click.echo(document(told, elapsed, workers))
    elif len(told) > 1 and any(each.status != "up-to-date" for each in told):
        click.echo(summary(told))
    if len(told) >= MANY:
        say(f"\n{time_text(told, elapsed, workers)}")
    if len(told) > 1:
        _say_unplanned(told)


def _say_unplanned(told: Sequence[TeamOutcome]) -> None:
    if stopped := sum(each.status == "not-planned" for each in told):
        say(f"Interrupted: {stopped:,} of {len(told):,} teams were not planned.")
    elif late := sum(each.left_out for each in told):
        say(f"Time ran out: {late:,} of {len(told):,} teams were not begun.")
