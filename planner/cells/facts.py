"""What the formulas' values are worked out from: a rota as numbers and texts of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property

from planner.cells.colours import colours
from planner.cells.references import DAY_ZERO
from planner.cells.text import clean, squeezed
from planner.domain import (
    Cover,
    Duty,
    DutyWeek,
    Engineer,
    Role,
    Rota,
    Rotation,
    Settings,
    Vacation,
)
from planner.domain.hours import Stretch
from planner.grouping import grouped
from planner.problem import Problem
from planner.problem.doing import doing
from planner.problem.ledger import Account
from planner.records import dataclass

WHOLE_WEEK = tuple(range(7))
_EACH_DAY = tuple((n,) for n in WHOLE_WEEK)


@dataclass(frozen=True)
class Facts:
    """Weeks, seats and engineers count from 0; numbers of engineers in cells count from 1."""

    problem: Problem
    rota: Rota
    ledger: tuple[Account, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The engineers as cells name them."""
        return tuple(squeezed(engineer.name) for engineer in self.engineers)

    @cached_property
    def engineers(self) -> tuple[Engineer, ...]:
        return self.problem.engineers

    @cached_property
    def present(self) -> tuple[int, ...]:
        """Whoever is on the team on any day of these weeks, or holds a duty all the same."""
        return tuple(
            e
            for e, engineer in enumerate(self.engineers)
            if any(map(engineer.employed_on, self.days))
            or any(e + 1 in row for row in self.held_by)
        )

    @cached_property
    def colours(self) -> dict[str, str]:
        """The colour of each engineer, by name."""
        return colours([engineer.name for engineer in self.engineers], self.rota)

    @cached_property
    def settings(self) -> Settings:
        """The team's rules in numbers and words."""
        return self.problem.team.settings

    @cached_property
    def groups(self) -> tuple[int, ...]:
        """The number of each engineer's home group; 0 for none."""
        names = sorted({e.group for e in self.engineers if e.group})
        return tuple(names.index(e.group) + 1 if e.group else 0 for e in self.engineers)

    @cached_property
    def seats(self) -> tuple[tuple[Rotation, Role], ...]:
        return self.problem.seats

    @cached_property
    def strands(self) -> tuple[tuple[int, ...], ...]:
        """The seats of each role, by number: one, or several that are alike."""
        places = {seat: s for s, seat in enumerate(self.problem.team.seats)}
        return tuple(
            tuple(places[seat] for seat in seats) for seats in self.problem.team.strands.values()
        )

    def strand(self, s: int) -> tuple[int, ...]:
        """The seats that are alike to one, itself included."""
        return next(seats for seats in self.strands if s in seats)

    def turn_numbers(self, rotation: str) -> tuple[tuple[int, ...], int, int]:
        """Of a rotation whose turns last several weeks: the number of each week's turn, the day on
        which the first begins as a spreadsheet counts days, and how many weeks each lasts."""
        stints, weeks = self.problem.stints, self.problem.weeks
        numbers = tuple(stints.number(rotation, week) for week in weeks)
        begin = stints.begin(rotation, weeks[0]).first
        return numbers, (begin - DAY_ZERO).days, stints.length(rotation)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        team = self.problem.team
        return tuple(clean(team.title(seat)) for seat in team.seats)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of an engineer by name, as a formula finds it: capitals do not count."""
        return {name.casefold(): n for n, name in enumerate(self.names, start=1)}

    @cached_property
    def duties(self) -> tuple[tuple[Duty, ...], ...]:
        """Week by week, one duty a seat, whether it runs that week or not."""
        return tuple(
            tuple(Duty(week, rotation.name, role.name) for rotation, role in self.seats)
            for week in self.problem.weeks
        )

    @cached_property
    def runs(self) -> tuple[tuple[bool, ...], ...]:
        known = self.problem.duty_index
        return tuple(tuple(duty in known for duty in row) for row in self.duties)

    @cached_property
    def every_week(self) -> tuple[bool, ...]:
        """Of each seat, whether it runs in all weeks."""
        return tuple(all(row[s] for row in self.runs) for s in range(len(self.seats)))

    @cached_property
    def members(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Week by week, who owes each seat, absences aside, in their order."""
        known, membership = self.problem.engineer_index, self.problem.membership

        def owing(rotation: Rotation, role: Role, week: DutyWeek) -> tuple[int, ...]:
            able = [m.name for m in membership.in_week(rotation, week) if m.may_hold(role)]
            return tuple(sorted(known[name] for name in able if name in known))

        weeks = self.problem.weeks
        return tuple(tuple(owing(*seat, week) for seat in self.seats) for week in weeks)

    @cached_property
    def holders(self) -> tuple[tuple[str, ...], ...]:
        """Who holds each duty; empty for nobody."""
        rota = self.rota
        return tuple(tuple(squeezed(rota.holder(d) or "") for d in row) for row in self.duties)

    @cached_property
    def held_by(self) -> tuple[tuple[int, ...], ...]:
        """The same by number; 0 for nobody, and for whoever is not in the team."""
        return tuple(tuple(self.number(name) for name in row) for row in self.holders)

    @cached_property
    def held_before(self) -> tuple[int, ...]:
        """Who held each seat in the week before the first."""
        before = self.problem.weeks[0].later(-1)
        history = self.problem.history
        return tuple(
            self.number(squeezed(history.holder(Duty(before, rotation.name, role.name)) or ""))
            for rotation, role in self.seats
        )

    def number(self, name: str) -> int:
        return self.numbers.get(name.casefold(), 0) if name else 0

    @cached_property
    def vacations(self) -> tuple[Vacation, ...]:
        """Those of the planned weeks, in the order of their rows."""
        horizon = self.problem.horizon
        last = horizon.last + timedelta(days=max(max(shape) for shape in self.shapes) - 6)
        return tuple(
            sorted(
                (
                    v
                    for engineer in self.engineers
                    for v in self.problem.team.vacations_of(engineer.name)
                    if v.start <= last and horizon.first <= v.end
                ),
                key=lambda v: (v.start, v.engineer, v.end, v.kind),
            )
        )

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Which dates duties touch, counted from the first of their week: all seven of a whole
        week, then those of every other kind of seat."""
        own = (rotation.hours for rotation, _ in self.seats)
        return tuple(dict.fromkeys((WHOLE_WEEK, *(hours.days for hours in own if hours))))

    @cached_property
    def dates(self) -> tuple[tuple[tuple[date, ...], ...], ...]:
        """Shape by shape, which dates duties touch in each week."""
        first = [week.first for week in self.problem.weeks]
        return tuple(
            tuple(tuple([day + timedelta(days=n) for n in shape]) for day in first)
            for shape in self.shapes
        )

    def shape(self, s: int) -> int:
        """Which of them a seat has."""
        hours = self.seats[s][0].hours
        return self.shapes.index(hours.days) if hours else 0

    def named(self, name: str, shape: int) -> str:
        """The name of a block that each shape has one of."""
        return f"{name}, shape {shape + 1}" if shape else name

    @cached_property
    def parts(self) -> tuple[tuple[Stretch, ...] | None, ...]:
        """Of each seat the parts of its duties; ``None`` for whole weeks."""
        own = (rotation.hours for rotation, _ in self.seats)
        return tuple(None if hours is None else hours.parts for hours in own)

    def part_days(self, s: int) -> tuple[int, ...]:
        """The dates on which the parts of a seat's duties begin, counted from the week's first."""
        parts = self.parts[s]
        return WHOLE_WEEK if parts is None else tuple(part.day for part in parts)

    def touched(self, s: int) -> tuple[tuple[int, ...], ...]:
        """Of each of those parts, the dates that it touches."""
        parts = self.parts[s]
        return _EACH_DAY if parts is None else tuple(part.days for part in parts)

    @property
    def away(self) -> tuple[tuple[int, ...], ...]:
        """How many vacations each engineer has in each week."""
        return self.away_by_shape[0]

    @cached_property
    def away_by_shape(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Shape by shape, how many vacations keep each engineer from each week's duties."""
        return tuple(tuple(map(self._away(shape), self.problem.weeks)) for shape in self.shapes)

    def _away(self, shape: tuple[int, ...]) -> Callable[[DutyWeek], tuple[int, ...]]:
        def in_week(week: DutyWeek) -> tuple[int, ...]:
            row = [0] * len(self.engineers)
            dates = [week.first + timedelta(days=n) for n in shape]
            for vacation in self.vacations:
                if vacation.touches(dates):
                    row[self.number(squeezed(vacation.engineer)) - 1] += 1
            return tuple(row)

        return in_week

    @cached_property
    def covers(self) -> tuple[Cover, ...]:
        """Those of the planned weeks, in the order of their rows."""
        horizon = self.problem.horizon
        return tuple(
            c for c in self.problem.covers if c.start <= horizon.last and horizon.first <= c.end
        )

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(day for week in self.problem.weeks for day in week.days)

    @cached_property
    def doing(self) -> tuple[tuple[str, ...], ...]:
        """Seat by seat, who does each day, stand-ins included; empty for nobody."""
        done = doing(self.problem.team, self.rota, self.covers)
        found = []
        for s in range(len(self.seats)):
            by_week = [(row[s].week.days, done.get(row[s], {})) for row in self.duties]
            names = (of_week.get(day) for days, of_week in by_week for day in days)
            found.append(tuple(squeezed(name) if name else "" for name in names))
        return tuple(found)

    def days_of(self, s: int, name: str) -> Sequence[int]:
        """The days of a seat that somebody does, by number."""
        return self._days_by_name[s].get(name, ())

    @cached_property
    def _days_by_name(self) -> tuple[dict[str, list[int]], ...]:
        return tuple(grouped((name, d) for d, name in enumerate(names)) for names in self.doing)

    @cached_property
    def accounts(self) -> dict[tuple[str, str, str], tuple[float, float, float, float]]:
        """Carried in, owed, done, and what counts of the first, by engineer, rotation and role."""
        return {
            (a.engineer, *a.strand): (
                *(float(a.carried_in), float(a.owed)),
                *(float(a.done), float(a.counted)),
            )
            for a in self.ledger
        }
