"""PagerDuty schedule overrides, as its REST API takes them.

``POST https://api.pagerduty.com/schedules/{id}/overrides`` with the body
``{"overrides": [{"start", "end", "user": {"id", "type": "user_reference"}}]}``: times in ISO 8601
with offsets, ends after starts, none wholly in the past, and of overlapping ones the last created
wins. A PagerDuty schedule knows one person at a time, so each role of a rotation has its own.

Source: developer.pagerduty.com, "Create one or more overrides" (REST API v2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.domain import Team
from planner.files.exports.timetable import Timetable
from planner.problem.oncall import Shift, local

SERVICE = "pagerduty"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What to post to the schedule of one role, and what could not be said there.

    ``unmapped`` holds who is on call but has no account; ``open_shifts`` where nobody is on call.
    """

    rotation: str
    role: str
    payload: dict[str, Any]
    unmapped: tuple[str, ...]
    open_shifts: tuple[Shift, ...]


def overrides(timetable: Timetable, since: datetime | None = None) -> tuple[Overrides, ...]:
    """One set of overrides for each role of each rotation, in the team's order.

    With ``since``, what ended by then is left out and what is under way begins then. People
    without an account in ``engineers.csv`` are left out and listed; nothing is guessed.
    """
    team = timetable.team
    accounts = _accounts(team)
    found = []
    for seat in team.seats:
        shifts = [
            shift
            for shift in timetable.shifts
            if shift.duty.seat == seat and (since is None or shift.end > since)
        ]
        names = sorted({shift.engineer for shift in shifts if shift.engineer is not None})
        entries = [
            _override(team, shift, accounts[shift.engineer], since)
            for shift in shifts
            if shift.engineer in accounts
        ]
        found.append(
            Overrides(
                *seat,
                {"overrides": entries},
                tuple(name for name in names if name not in accounts),
                tuple(shift for shift in shifts if shift.engineer is None),
            )
        )
    return tuple(found)


def _accounts(team: Team) -> dict[str | None, str]:
    return {
        engineer.name: account
        for engineer in team.engineers
        for service, account in engineer.accounts
        if service.casefold() == SERVICE and account
    }


def _override(team: Team, shift: Shift, account: str, since: datetime | None) -> dict[str, Any]:
    start = shift.start if since is None else max(shift.start, since)
    return {
        "start": local(start, team).isoformat(),
        "end": local(shift.end, team).isoformat(),
        "user": {"id": account, "type": "user_reference"},
    }
