"""What the page's script reads: every shift with its instants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from planner.files.exports.page.markup import Html, data, tag
from planner.files.exports.timetable import Timetable
from planner.wording import moment


def live_data(timetable: Timetable, marks: Mapping[str, str]) -> Html:
    """The shifts, earliest first, and the class of each engineer's colour."""
    team = timetable.team
    shifts = [
        {
            "seat": team.title(shift.duty.seat),
            "start": utc(shift.start),
            "end": utc(shift.end),
            "who": shift.engineer,
            "for": shift.holder if shift.covering else None,
        }
        for shift in timetable.shifts
    ]
    seats = [team.title(seat) for seat in team.seats]
    return data({"seats": seats, "shifts": shifts, "marks": marks}, id="data")


def utc(instant: datetime) -> str:
    """An instant as every browser reads it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def time(instant: datetime, timezone: str) -> Html:
    """An instant on the team's clock, which the script turns into the reader's."""
    return tag("time", moment(instant, timezone), datetime=utc(instant))
