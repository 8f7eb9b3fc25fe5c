"""PagerDuty schedules, as its REST API takes them: one for each role of each rotation.

Shift-based schedules (version 3 of the interface, which has its own addresses):
``POST https://api.pagerduty.com/v3/schedules/{id}/custom_shifts`` with custom shifts of one
assignment each. Legacy schedules (version 2): ``POST /schedules/{id}/overrides``; ends after
starts, none wholly in the past, and of overlapping ones the last created wins. Times are in
ISO 8601 with offsets. A schedule knows one person at a time, so each role has its own.

Source: developer.pagerduty.com, "Create custom shifts" and "Create one or more overrides".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.domain import Team
from planner.files.exports.timetable import Timetable
from planner.problem.oncall import Shift, local
from planner.records import dataclass

SERVICE = "pagerduty"


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody is on call; ``account`` is empty if PagerDuty does not know them."""

    start: datetime
    end: datetime
    engineer: str
    account: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What to tell PagerDuty about one role; ``open_shifts`` are where nobody is on call."""

    rotation: str
    role: str
    entries: tuple[Entry, ...]
    open_shifts: tuple[Shift, ...]

    @property
    def sendable(self) -> tuple[Entry, ...]:
        """The entries of people who have an account; nothing is guessed for the others."""
        return tuple(entry for entry in self.entries if entry.account)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Who is on call but has no account."""
        return tuple(sorted({entry.engineer for entry in self.entries if not entry.account}))


def schedules(timetable: Timetable, since: datetime | None = None) -> tuple[Schedule, ...]:
    """One schedule for each role of each rotation, in the team's order.

    With ``since``, what ended by then is left out and what is under way begins then.
    """
    team = timetable.team
    accounts = accounts_of(team)
    found = []
    for seat in team.seats:
        shifts = [
            shift
            for shift in timetable.shifts
            if shift.duty.seat == seat and (since is None or shift.end > since)
        ]
        entries = tuple(
            Entry(
                local(shift.start if since is None else max(shift.start, since), team),
                local(shift.end, team),
                shift.engineer,
                accounts.get(shift.engineer, ""),
            )
            for shift in shifts
            if shift.engineer is not None
        )
        nobody = tuple(shift for shift in shifts if shift.engineer is None)
        found.append(Schedule(*seat, entries, nobody))
    return tuple(found)


def accounts_of(team: Team) -> dict[str, str]:
    """The PagerDuty accounts of a team by engineer."""
    return {
        engineer.name: account
        for engineer in team.engineers
        for service, account in engineer.accounts
        if service.casefold() == SERVICE and account
    }


def custom_shifts(schedule: Schedule) -> dict[str, Any]:
    """The body for a shift-based schedule (version 3)."""
    return {"custom_shifts": [custom_shift(entry) for entry in schedule.sendable]}


def custom_shift(entry: Entry) -> dict[str, Any]:
    """One shift of a shift-based schedule, which takes exactly one assignment."""
    return {
        "type": "custom_shift",
        "start_time": entry.start.isoformat(),
        "end_time": entry.end.isoformat(),
        "assignments": [{"type": "shift_assignment", "member": member(entry.account)}],
    }


def member(account: str) -> dict[str, str]:
    """Somebody, or nobody, as version 3 says it."""
    return {"type": "user_member", "user_id": account} if account else {"type": "empty_member"}


def overrides(schedule: Schedule) -> dict[str, Any]:
    """The body for a legacy schedule (version 2)."""
    return {"overrides": [override(entry) for entry in schedule.sendable]}


def override(entry: Entry) -> dict[str, Any]:
    """One override of a legacy schedule."""
    return {
        "start": entry.start.isoformat(),
        "end": entry.end.isoformat(),
        "user": {"id": entry.account, "type": "user_reference"},
    }
