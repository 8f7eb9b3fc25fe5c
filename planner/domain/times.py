"""When duties are: from when until when each part of one lasts, as instants.

Handovers are the usual ones: that one is moved off a public holiday follows from who hands over to
whom, which the rules decide.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.domain.hours import instants
from planner.domain.rota import Duty
from planner.domain.weeks import DutyWeek
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.domain.team import Team

NO_TIME = timedelta(0)

Lasting = tuple[date, datetime, datetime]
"""The date on which a part of a duty begins, its begin and its end, both in UTC."""


@dataclass(frozen=True)
class Times:
    """The times of a team's duties; ``begins``, if given, knows of moved handovers."""

    team: Team
    begins: Callable[[DutyWeek], datetime] | None = None

    def of(self, duty: Duty) -> tuple[Lasting, ...]:
        """The parts of a duty that last at all, earliest first."""
        key = (duty.rotation, duty.week)
        if key not in self._known:
            hours = self.team.hours_of(duty.rotation)
            if hours is None:
                found = self._whole(duty.week)
            else:
                zone = self.team.zone_of(duty.rotation)
                days = (part.day for part in self.team.parts(duty))
                parts = zip(days, hours.parts, strict=True)
                found = [(day, *instants(part, duty.week, zone)) for day, part in parts]
            self._known[key] = tuple(each for each in found if each[1] < each[2])
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, DutyWeek], tuple[Lasting, ...]]:
        """What :meth:`of` has found so far."""
        return {}

    def _whole(self, week: DutyWeek) -> list[Lasting]:
        """A part a date, from the handover's time of day to the same of the next."""
        begins = self.begins or (lambda week: self._handover(week.first))
        begin, end = begins(week), begins(week.later(1))
        starts = [begin, *(max(begin, self._handover(day)) for day in week.days[1:])]
        return list(zip(week.days, starts, (*starts[1:], end), strict=True))

    def _handover(self, day: date) -> datetime:
        local = datetime.combine(day, self.team.handover_time)
        return local.replace(tzinfo=ZoneInfo(self.team.timezone)).astimezone(UTC)

    def overlap(self, one: Duty, other: Duty) -> bool:
        """Whether there is any time at which both duties are done."""
        return any(
            begin < other_end and other_begin < end
            for _, begin, end in self.of(one)
            for _, other_begin, other_end in self.of(other)
        )
