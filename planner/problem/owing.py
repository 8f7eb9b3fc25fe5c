"""Who owes a share of a duty, and how much; one that is shared like another is reckoned once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from planner.domain import Duty, DutyWeek, Role, Rotation, Seat, Vacation
from planner.domain.week_facts import Member

if TYPE_CHECKING:
    from planner.problem.problem import Problem

_Shares = tuple[Fraction, tuple[tuple[str, tuple[int, int]], ...]]
"""What one may owe at most, and the members with their shares: as two whole numbers, since looking
up fractions took a tenth of planning many people."""


class Owing:
    """Duties by how they are shared out. ``before`` is what the ledger has found so far to be
    everybody's balance in a role before the first planned week, and ``counted`` what of it counts
    in this plan."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.before: dict[Seat, Mapping[str, Fraction]] = {}
        self.counted: dict[Seat, Mapping[str, Fraction]] = {}
        self._active: dict[tuple[str, str, DutyWeek], tuple[Member, ...]] = {}
        # Absences of the kinds that lower what one owes.
        self._excuses: dict[str, list[Vacation]] = {}
        for vacation in problem.team.vacations:
            if vacation.kind not in problem.team.settings.owed_during:
                self._excuses.setdefault(vacation.engineer, []).append(vacation)
        self._ways: dict[_Shares, int] = {}
        self._way_of: dict[Duty, int] = {}
        self._amounts: list[tuple[tuple[str, tuple[int, int]], ...]] = []

    def of(self, duties: Iterable[Duty]) -> dict[str, Fraction]:
        """What each engineer owes of these duties together."""
        # Whole numbers by what they are parts of: few fractions are left to be added up.
        parts: dict[str, dict[int, int]] = {e.name: {} for e in self._problem.engineers}
        for way, times in Counter(map(self._way, duties)).items():
            for name, (above, below) in self._amounts[way]:
                if name in parts:
                    own = parts[name]
                    own[below] = own.get(below, 0) + times * above
        return {name: _added_up(own) for name, own in parts.items()}

    def active(self, rotation: Rotation, role: Role, week: DutyWeek) -> tuple[Member, ...]:
        """As :meth:`Problem.active` says."""
        key = (rotation.name, role.name, week)
        if key not in self._active:
            dates = self._problem.team.dates(Duty(week, rotation.name, role.name))
            self._active[key] = tuple(
                member
                for member in self._problem.membership.in_week(rotation, week)
                if member.may_hold(role)
                and not any(v.touches(dates) for v in self._excuses.get(member.name, ()))
            )
        return self._active[key]

    def _way(self, duty: Duty) -> int:
        """The number of the way in which a duty is shared out."""
        if duty not in self._way_of:
            problem = self._problem
            rotation, role = problem.team.rotation(duty.rotation), problem.team.role_of(duty)
            members = self.active(rotation, role, duty.week)
            shares = tuple([(member.name, member.share.as_integer_ratio()) for member in members])
            key = _most_of_a_duty(problem, rotation, role), shares
            if key not in self._ways:
                self._ways[key] = len(self._amounts)
                self._amounts.append(tuple(_shared_out(*key)))
            self._way_of[duty] = self._ways[key]
        return self._way_of[duty]


def _added_up(parts: Mapping[int, int]) -> Fraction:
    """The sum of fractions that are given by what they are parts of."""
    unit = lcm(*parts)
    return Fraction(sum([above * (unit // below) for below, above in parts.items()]), unit)


def _shared_out(
    most: Fraction, shares: tuple[tuple[str, tuple[int, int]], ...]
) -> Iterable[tuple[str, tuple[int, int]]]:
    unit = lcm(*(below for _, (_, below) in shares))
    parts = [above * (unit // below) for _, (above, below) in shares]
    for (name, _), part in zip(shares, parts, strict=True):
        yield name, min(Fraction(part, sum(parts)), most).as_integer_ratio()


def _most_of_a_duty(problem: Problem, rotation: Rotation, role: Role) -> Fraction:
    """What one may owe of a duty at most: of seats that are alike one holds one a week."""
    if not role.optional or role.weeks != "every":
        return Fraction(1)
    return problem.team.settings.most_of_time(rotation.turn) / len(rotation.alike(role))
