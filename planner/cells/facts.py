"""What the formulas' values are worked out from: a rota as numbers and texts of cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.cells.colours import colours
from planner.cells.text import clean, squeezed
from planner.domain import Cover, Duty, Engineer, Role, Rota, Rotation, Settings, Vacation
from planner.problem import Problem
from planner.problem.ledger import accounts
from planner.problem.oncall import doing


@dataclass(frozen=True)
class Facts:
    """Weeks, seats and engineers count from 0; numbers of engineers in cells count from 1."""

    problem: Problem
    rota: Rota

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The engineers as cells name them."""
        return tuple(squeezed(engineer.name) for engineer in self.engineers)

    @cached_property
    def engineers(self) -> tuple[Engineer, ...]:
        return self.problem.engineers

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
        return tuple(
            sorted(
                (
                    v
                    for engineer in self.engineers
                    for v in self.problem.team.vacations_of(engineer.name)
                    if v.start <= horizon.last and horizon.first <= v.end
                ),
                key=lambda v: (v.start, v.engineer, v.end, v.kind),
            )
        )

    @cached_property
    def away(self) -> tuple[tuple[int, ...], ...]:
        """How many vacations keep each engineer from each week."""
        counts = []
        for week in self.problem.weeks:
            row = [0] * len(self.engineers)
            for vacation in self.vacations:
                if vacation.blocks(week):
                    row[self.number(squeezed(vacation.engineer)) - 1] += 1
            counts.append(tuple(row))
        return tuple(counts)

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
        done = doing(self.rota, self.covers)
        nobody = (None,) * 7
        return tuple(
            tuple(squeezed(name or "") for row in self.duties for name in done.get(row[s], nobody))
            for s in range(len(self.seats))
        )

    @cached_property
    def accounts(self) -> dict[tuple[str, str, str], tuple[float, float, float, float]]:
        """Carried in, owed, done, and what counts of the first, by engineer, rotation and role."""
        return {
            (a.engineer, *a.seat): (
                *(float(a.carried_in), float(a.owed)),
                *(float(a.done), float(a.counted)),
            )
            for a in accounts(self.problem, self.rota)
        }
