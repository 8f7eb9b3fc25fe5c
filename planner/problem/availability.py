"""Availability: who may hold which duty and, of everybody else, what about them forbids it.

Only what concerns an engineer alone counts: membership, roles and levels, employment, absence.
Services, sayings and commands ask here. The rules themselves do not: what a rule tells the solver
and what its check finds must not come from one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from planner.domain import Duty, DutyWeek, Engineer, Seat, Team
from planner.records import dataclass
from planner.wording import from_file, span


@dataclass(frozen=True)
class Availability:
    """The people of a team, against its seats and their duties."""

    team: Team

    @cached_property
    def _members(self) -> dict[Seat, tuple[Engineer, ...]]:
        return {
            Seat(rotation.name, role.name): tuple(
                engineer
                for engineer in map(self.team.engineer, sorted(rotation.cycle))
                if any(stage.may_hold(role) for stage in engineer.all_stages)
            )
            for rotation in self.team.rotations
            for role in rotation.roles
        }

    def members(self, seat: Seat) -> tuple[Engineer, ...]:
        """Who may ever hold the seat, by name, dates aside."""
        return self._members[seat]

    def seats_of(self, engineer: Engineer) -> tuple[Seat, ...]:
        """The seats that the engineer may ever hold, in the team's order."""
        return self._seats.get(engineer.name, ())

    @cached_property
    def _seats(self) -> dict[str, tuple[Seat, ...]]:
        found: dict[str, tuple[Seat, ...]] = {}
        for seat in self.team.seats:
            for name in dict.fromkeys(member.name for member in self._members[seat]):
                found[name] = (*found.get(name, ()), seat)
        return found

    def there(self, engineer: Engineer, week: DutyWeek) -> bool:
        """Whether the engineer is employed, and not away on any day that counts, all week."""
        return engineer.employed(week) and not self.team.away(engineer.name, week)

    def there_for(self, engineer: Engineer, duty: Duty) -> bool:
        """Whether the engineer is employed that week, and not away on a date of the duty."""
        return engineer.employed(duty.week) and not self.team.away_on(engineer.name, duty)

    def who(self, duty: Duty) -> tuple[Engineer, ...]:
        """Everybody who may hold the duty, by name."""
        dates, absences = self.team.dates(duty), self.team.vacations_of
        return tuple(
            one
            for one in self._members[duty.seat]
            if self.team.could_hold(one, duty)
            and one.employed(duty.week)
            and not any(absence.touches(dates) for absence in absences(one.name))
        )

    def why_not(self, name: str, duty: Duty) -> str:
        """What about an engineer forbids a duty, as ``is away 12–16 August 2024``; or nothing."""
        return next(self._obstacles(self.team.engineer(name), duty), "")

    def _obstacles(self, engineer: Engineer, duty: Duty) -> Iterator[str]:
        if not self.team.could_hold(engineer, duty):
            yield f"may not be {duty.role}"
        if not engineer.employed(duty.week):
            yield f"is not on the team in {duty.week}"
        for vacation in self.team.away_on(engineer.name, duty):
            yield f"is away {span(vacation.start, vacation.end)}{from_file(vacation.source)}"

    def there_on(self, engineer: Engineer, days: Collection[date]) -> bool:
        """Whether the engineer is employed and not away on each of the days."""
        return all((engineer.joined or day) <= day <= (engineer.left or day) for day in days) and (
            not any(
                vacation.start <= day <= vacation.end
                for vacation in self.team.vacations_of(engineer.name)
                for day in days
            )
        )
