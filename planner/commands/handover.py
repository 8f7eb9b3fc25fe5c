"""``rota handover``: a message for the channel, for the handover with which a week begins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from planner.commands.common import Folders, folder_options, json_option, tell_teams
from planner.commands.completing import weeks
from planner.commands.options import named
from planner.commands.saying import say
from planner.domain import DutyWeek, Team
from planner.domain.quarters import named_week, week_of
from planner.errors import UsageError
from planner.files.exports.timetable import on_call_around
from planner.problem.oncall import local
from planner.reporting.documents import Document
from planner.reporting.kinds import INSTANT, TEXT
from planner.reporting.shapes import made
from planner.runbook.handover_note import note

DOCUMENT = Document("handover", made(week=TEXT, at=INSTANT, message=TEXT))
"""``at`` is the handover's instant on the team's clock."""


@click.command()
@named(
    "--week",
    weeks,
    "The week that begins: 2024-W32. Else the next one to begin.",
    "name",
    metavar="WEEK",
)
@folder_options
@json_option
def handover(
    name: str | None,
    folders: Folders,
    as_json: bool,
) -> int:
    """Write the message for a handover, ready to paste into a channel.

    Who hands over to whom, who is away, days off, deadlines in the week, pipelines in reinforced
    monitoring, and what to watch for.
    """
    return tell_teams(
        DOCUMENT,
        folders.load(),
        lambda known: _message(known, folders.outputs, name),
        lambda told: str(told["message"]),
        as_json,
    )


def _message(team: Team, outputs: Path, name: str | None) -> dict[str, Any]:
    week = _week(team, name)
    on_call, in_force = on_call_around(outputs, team, (week,))
    if week not in on_call.rota.weeks:
        if all(rotation.rests(week) for rotation in team.rotations):
            raise UsageError(f"{week} has no duty: its rotations pause (team.toml).")
        raise UsageError(
            f"no rota in {outputs / team.key} speaks of {week}. `rota plan` makes one."
        )
    for guess in in_force.guesses:
        say(f"{team.key}: {guess}")
    text = note(on_call, week, in_force.note(week))
    return {"week": week.name, "at": local(on_call.begins(week), team), "message": text}


def _week(team: Team, name: str | None) -> DutyWeek:
    if name is not None:
        return named_week(name, team)
    today = local(datetime.now(UTC), team).date()
    return week_of(today, team.handover_weekday).later(1)
