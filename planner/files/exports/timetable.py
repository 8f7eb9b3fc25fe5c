"""What every export is made of: shifts and handovers of some weeks, with the team behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from planner.domain import DutyWeek, Rota, Team
from planner.domain.quarters import Horizon
from planner.files.published.rotas import InForce, in_force, published_weeks
from planner.problem.oncall import Handover, OnCall, Shift
from planner.publicholidays import days_off
from planner.records import dataclass

_MONTH = timedelta(days=31)
"""Working days are looked up to the ends of the months that the weeks touch."""


@dataclass(frozen=True)
class Timetable:
    """The weeks that are exported. ``on_call`` knows the weeks before and after them too."""

    team: Team
    weeks: tuple[DutyWeek, ...]
    on_call: OnCall
    in_force: InForce

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Earliest first, in the team's order."""
        wanted = frozenset(self.weeks)
        return tuple(shift for shift in self.on_call.shifts if shift.duty.week in wanted)

    @property
    def rota(self) -> Rota:
        """Who holds the duties of these weeks."""
        return self.on_call.rota.within(self.weeks)

    @property
    def handovers(self) -> tuple[Handover, ...]:
        wanted = frozenset(self.weeks)
        return tuple(each for each in self.on_call.handovers if each.week in wanted)

    @property
    def planned_at(self) -> datetime:
        """When the rota was planned; where that is not known, when its first duty begins."""
        return self.in_force.planned_at or self.on_call.begins(self.weeks[0])


def timetable(
    outputs: Path, team: Team, horizon: Horizon | None = None, *, whole: bool = True
) -> Timetable:
    """The timetable of one published rota, or of all that the team has.

    With ``whole=False`` of the published ones among the weeks of ``horizon``.

    Raises ``UsageError`` if there is none; ``OutputError`` or ``InputError`` if one cannot be read.
    """
    weeks = published_weeks(outputs, team, horizon, whole=whole)
    on_call, found = on_call_around(outputs, team, weeks)
    return Timetable(team, weeks, on_call, found)


def on_call_around(outputs: Path, team: Team, weeks: Sequence[DutyWeek]) -> tuple[OnCall, InForce]:
    """Who is on call in some weeks and in their neighbours, with whom they hand over.

    Raises ``OutputError`` or ``InputError`` if a workbook cannot be read.
    """
    around = {near for week in weeks for near in (week.later(-1), week, week.later(1))}
    found = in_force(outputs, team, around)
    known = days_off(team, min(around).first - _MONTH, max(around).last + _MONTH)
    return OnCall(team, found.rota, found.covers, known), found
