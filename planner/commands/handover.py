"""``rota handover``: a message for the channel, for the handover with which a week begins.

``--json`` prints ``{"version": 1, "teams": [...]}``; each team has ``team``, ``exit_status``,
``error``, ``week``, ``at`` and ``message``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from planner.commands.common import Loaded, Unreadable, folder_options, json_option, load_teams
from planner.commands.saying import complaint, print_json, say
from planner.domain import DutyWeek, Team
from planner.domain.quarters import parse_week, week_of
from planner.errors import RotaError, UsageError
from planner.problem.oncall import local
from planner.runbook.handover_note import note


@click.command()
@click.option(
    "--week",
    "name",
    metavar="WEEK",
    help="The week that begins: 2024-W32. Else the next one to begin.",
)
@folder_options
@json_option
def handover(
    name: str | None,
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    as_json: bool,
) -> int:
    """Write the message for a handover, ready to paste into a channel.

    Who hands over to whom, who is away, days off, deadlines in the week, pipelines in reinforced
    monitoring, and what to watch for.
    """
    documents, status = [], 0
    for each in load_teams(inputs, team, date_format):
        try:
            document, message = _message(each, outputs, name)
        except RotaError as error:
            say(f"{each.key}: {complaint(error)}")
            documents.append(_json(each.key, error))
            status = max(status, error.exit_status)
            continue
        documents.append(document)
        if not as_json:
            click.echo(message + "\n")
    if as_json:
        print_json({"teams": documents})
    return status


def _message(
    loaded: Loaded | Unreadable, outputs: Path, name: str | None
) -> tuple[dict[str, Any], str]:
    from planner.files.exports.timetable import on_call_around

    if isinstance(loaded, Unreadable):
        raise loaded.error
    team = loaded.team
    week = _week(team, name)
    on_call, standing = on_call_around(outputs, team, (week,))
    if week not in on_call.rota.weeks:
        raise UsageError(
            f"no rota in {outputs / team.key} speaks of {week}. `rota plan` makes one."
        )
    for guess in standing.guesses:
        say(f"{team.key}: {guess}")
    message = note(on_call, week, standing.note(week))
    document = {
        **_json(team.key),
        "week": week.name,
        "at": local(on_call.begins(week), team).isoformat(),
        "message": message,
    }
    return document, message


def _week(team: Team, name: str | None) -> DutyWeek:
    if name is None:
        today = local(datetime.now(UTC), team).date()
        return week_of(today, team.handover_weekday).later(1)
    try:
        return parse_week(name, team.handover_weekday)
    except ValueError as error:
        raise UsageError(f"--week: {error}.") from None


def _json(key: str, error: RotaError | None = None) -> dict[str, Any]:
    return {
        "team": key,
        "exit_status": error.exit_status if error else 0,
        "error": complaint(error) if error else None,
        "week": None,
        "at": None,
        "message": None,
    }
