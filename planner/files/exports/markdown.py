"""Markdown for a wiki page: who is on call each week, covers, and the pipelines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from planner.domain import Team
from planner.files.exports.timetable import Timetable
from planner.grouping import grouped
from planner.problem.oncall import Shift
from planner.runbook.escalation import on_call_for
from planner.runbook.handover_note import is_month_end
from planner.wording import moment

_FACTS = {
    "Respond within": attrgetter("respond_within"),
    "Deadline": attrgetter("deadline"),
    "SLA": attrgetter("sla"),
    "Upstream": attrgetter("upstream"),
    "Downstream": attrgetter("downstream"),
    "Watched by": attrgetter("watched_by"),
    "Escalation": attrgetter("escalation"),
}
"""What is told of a pipeline, as its documents say it."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def to_markdown(timetable: Timetable) -> str:
    """One page: a heading, a table of weeks, and tables of covers and pipelines if any."""
    team = timetable.team
    weeks = f"{timetable.weeks[0]} to {timetable.weeks[-1]}"
    lines = [f"# On call: {_text(team.name)}, {weeks}", ""]
    lines += [f"Times are in {team.timezone}.", ""]
    lines += _hours(team)
    lines += _weeks(timetable)
    covers = [shift for shift in timetable.shifts if shift.covering]
    if covers:
        lines += ["", "## Stand-ins", "", *_covers(team, covers)]
    if team.pipelines:
        lines += ["", "## Pipelines", "", *_pipelines(team)]
    return "\n".join(lines) + "\n"


def _hours(team: Team) -> list[str]:
    """When rotations are on duty that are not all week, a line each."""
    hours = {rotation.name: team.hours_said(rotation.name) for rotation in team.rotations}
    lines = [f"- {_text(name)}: {_text(said)}" for name, said in hours.items() if said]
    return [*lines, ""] if lines else []


def _weeks(timetable: Timetable) -> list[str]:
    team = timetable.team
    shifts = grouped((shift.duty, shift) for shift in timetable.shifts)
    rows = []
    for week in timetable.weeks:
        begins = moment(timetable.on_call.begins(week), team.timezone)
        cells = [_holders(shifts.get(seat.in_week(week), [])) for seat in team.seats]
        remarks = ["month-end week"] if is_month_end(timetable.on_call, week) else []
        remarks += [note] if (note := timetable.in_force.note(week)) else []
        rows.append([week.name, begins, *cells, "; ".join(remarks)])
    return _table(["Week", "Begins", *map(team.title, team.seats), "Note"], rows)


def _holders(shifts: Sequence[Shift]) -> str:
    """The names in order of time, with the stand-ins' in between."""
    return ", then ".join(name or "open" for name, _ in groupby(s.engineer for s in shifts))


def _covers(team: Team, covers: Sequence[Shift]) -> list[str]:
    rows = [
        [
            shift.engineer or "",
            shift.holder or "",
            shift.duty.rotation,
            shift.duty.role,
            moment(shift.start, team.timezone),
            moment(shift.end, team.timezone),
        ]
        for shift in covers
    ]
    return _table(["Stand-in", "For", "Rotation", "Role", "From", "Until"], rows)


def _pipelines(team: Team) -> list[str]:
    return _table(
        ["Pipeline", "On call", "Owners", *_FACTS],
        [
            [
                pipeline.name,
                on_call_for(pipeline),
                ", ".join(filter(None, (pipeline.primary_owner, pipeline.secondary_owner))),
                *(fact(pipeline) for fact in _FACTS.values()),
            ]
            for pipeline in team.pipelines
        ],
    )


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [
        [_text(each) for each in headings],
        ["---"] * len(headings),
        *([_text(cell) for cell in row] for row in rows),
    ]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _text(text: str) -> str:
    """The text as it stands: nothing in it becomes markup, links or a cell's end."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
