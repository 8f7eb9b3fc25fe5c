"""What a problem says, looked up by dates and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from planner.domain import Duty, DutyWeek, Engineer, Role, Rotation, Wish
from planner.problem import Problem

Holders = Mapping[Duty, str]
"""Who holds each filled duty."""

Seat = tuple[str, str]
"""Names of a rotation and of one of its roles."""


class Facts:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.team = problem.team
        self.settings = problem.team.settings
        self.weeks = problem.horizon.weeks
        self.engineers: dict[str, Engineer] = {e.name: e for e in problem.team.engineers}
        self.rotations: dict[str, Rotation] = {r.name: r for r in problem.team.rotations}
        self.roles: dict[Seat, Role] = {
            (rotation.name, role.name): role
            for rotation in problem.team.rotations
            for role in rotation.roles
        }
        self.history: Holders = {
            held.duty: held.engineer for held in problem.history if held.engineer is not None
        }
        self.past_duties = [held.duty for held in problem.history]

    @cached_property
    def wishes(self) -> list[Wish]:
        """What people wish for; a swap that is not agreed yet is a wish for both of its weeks."""
        said = {(wish.engineer, wish.week): wish for wish in self.team.wishes}
        for swap in self.team.swaps:
            if not swap.agreed:
                hopes = [(swap.week, "off"), (swap.for_week, "on")]
                for week, hope in hopes:
                    if week is not None:
                        said.setdefault((swap.engineer, week), Wish(swap.engineer, week, hope))
        return list(said.values())

    def role(self, duty: Duty) -> Role:
        return self.roles[duty.rotation, duty.role]

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        return tuple(duty for week in self.weeks for duty in self.duties_in(week))

    def duties_in(self, week: DutyWeek) -> list[Duty]:
        return self._duties[week]

    @cached_property
    def _duties(self) -> dict[DutyWeek, list[Duty]]:
        return {
            week: [
                Duty(week, *seat)
                for seat, role in self.roles.items()
                if role.weeks == "every" or week in self.month_ends
            ]
            for week in self.weeks
        }

    @cached_property
    def month_ends(self) -> set[DutyWeek]:
        """For each month the week that holds most of its last five working days."""
        found = set()
        days = [day for week in self.weeks for day in week.days]
        for year, month in {(day.year, day.month) for day in days}:
            every = [date(year, month, 1) + timedelta(n) for n in range(31)]
            working = [
                day
                for day in every
                if day.month == month and day not in self.problem.days_off.non_business
            ]
            tally = Counter(self._begin(day) for day in working[-5:])
            most = max(tally.values(), default=0)
            found |= {DutyWeek(max(first for first in tally if tally[first] == most))} & set(
                self.weeks
            )
        return found

    def _begin(self, day: date) -> date:
        """The first day of the duty week in which a day lies."""
        return day - timedelta((day - self.weeks[0].first).days % 7)

    def away(self, name: str, week: DutyWeek, owing: Sequence[str] = ()) -> bool:
        """Away on any day of the week, by a kind that is not among ``owing``."""
        return any(
            day in days and kind not in owing
            for days, kind in self._absences.get(name, ())
            for day in week.days
        )

    @cached_property
    def _absences(self) -> dict[str, list[tuple[set[date], str]]]:
        found: dict[str, list[tuple[set[date], str]]] = {}
        for v in self.team.vacations:
            days = {v.start + timedelta(n) for n in range((v.end - v.start).days + 1)}
            found.setdefault(v.engineer, []).append((days, v.kind))
        return found

    def employed(self, name: str, week: DutyWeek) -> bool:
        engineer = self.engineers[name]
        return not (
            (engineer.joined and week.days[0] < engineer.joined)
            or (engineer.left and week.days[-1] > engineer.left)
        )

    def may_hold(self, name: str, role: Role) -> bool:
        engineer = self.engineers[name]
        return (role.name in engineer.roles or not engineer.roles) and (
            engineer.level in role.levels or not role.levels
        )

    @cached_property
    def swaps(self) -> dict[Duty, set[str]]:
        """Planned duties that agreed swaps give away, and who must have them in the end.

        That is who receives a duty and never gives it on; if all do, the last one.
        """
        given: dict[Duty, list[tuple[str, str]]] = {}
        for swap in self.team.swaps:
            if swap.agreed:
                one, other = swap.engineer, swap.partner
                given.setdefault(Duty(swap.week, *swap.seat), []).append((one, other))
                if swap.for_week:
                    given.setdefault(Duty(swap.for_week, *swap.seat), []).append((other, one))
        ends = {}
        for duty, rows in given.items():
            keep = {new for _, new in rows} - {old for old, _ in rows}
            ends[duty] = keep or {rows[-1][1]}
        return {duty: names for duty, names in ends.items() if duty in self.duties}

    @cached_property
    def locks(self) -> list[tuple[Duty, str]]:
        return [
            (held.duty, held.engineer)
            for held in self.problem.locked
            if held.engineer and held.duty in self.duties
        ]

    def owed(self, duty: Duty) -> dict[str, Fraction]:
        """What each engineer owes of one duty: share ÷ sum of the shares of the active."""
        if duty not in self._owed:
            active = [
                name
                for name in self.rotations[duty.rotation].cycle
                if self.may_hold(name, self.role(duty))
                and self.employed(name, duty.week)
                and not self.away(name, duty.week, self.settings.owed_during)
            ]
            total = sum(self.engineers[name].share for name in active)
            self._owed[duty] = {name: self.engineers[name].share / total for name in active}
        return self._owed[duty]

    @cached_property
    def _owed(self) -> dict[Duty, dict[str, Fraction]]:
        return {}

    @cached_property
    def before(self) -> dict[Seat, dict[str, Fraction]]:
        """For each seat what everybody starts from: done and owed in the past, owed now."""
        start = {}
        for seat in self.roles:
            amounts = dict.fromkeys(self.engineers, Fraction(0))
            for duty in (*self.past_duties, *self.duties):
                if (duty.rotation, duty.role) == seat:
                    for name, part in self.owed(duty).items():
                        amounts[name] -= part
                    if self.history.get(duty) in amounts:
                        amounts[self.history[duty]] += 1
            start[seat] = amounts
        return start

    def turn(self, duty: Duty) -> str:
        """Whose turn it is when nobody is away."""
        rotation = self.rotations[duty.rotation]
        names = [role.name for role in rotation.roles]
        step = self.role(duty).offset
        if step is None:
            step = names.index(duty.role) * len(rotation.cycle) // len(names)
        past = [old.week.first for old in self.past_duties if old.rotation == rotation.name]
        first = self.team.week_one or min([*past, self.weeks[0].first])
        n = (duty.week.first - first).days // 7 + 1
        return rotation.cycle[(n - 1 - step) % len(rotation.cycle)]
