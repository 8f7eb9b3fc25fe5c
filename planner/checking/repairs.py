"""Ways out of an impasse: small steps that people could agree on, each a change of the problem.

Every kind of step says what it takes, which file carries it, and what it does to a problem.
Costs are in points, to rank repairs: what people mind least comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from planner.checking.stand_ins import needs
from planner.domain import Cover, Duty, DutyWeek, Held, Rota, Swap, Team, Vacation
from planner.problem import Problem
from planner.wording import listed, span

_DAY = timedelta(days=1)

MOST_COVERED_DAYS = 2
"""Longer absences within a week are no matter of a stand-in."""


Said = tuple[str, str, str]
"""How a step begins, what it concerns, how it ends: steps that begin alike are said as one."""


@dataclass(frozen=True, slots=True)
class MoveVacation:
    """The days of an absence that lie in one duty week are taken in another."""

    vacation: Vacation
    week: DutyWeek

    kind = "vacation moved"

    def cost(self, problem: Problem) -> int:
        return 2 * len(_working_days(problem, self.vacation, self.week))

    def applied(self, problem: Problem) -> Problem:
        return _without_days(problem, self.vacation, self.week)

    def said(self, problem: Problem, rota: Rota) -> Said:
        first, last = _days_in(self.vacation, self.week)
        name = self.vacation.engineer
        free = [
            week
            for week in problem.weeks
            if week != self.week
            and not problem.team.away(name, week)
            and all(duty.week != week for duty in rota.duties_of(name))
        ]
        nearest = min(free, key=lambda week: (abs(week.until(self.week)), week), default=None)
        where = f", to {nearest} for example" if nearest else ""
        source = f" ({self.vacation.source})" if self.vacation.source else ""
        return "", f"move {name}'s {span(first, last)} out of {self.week}{where}{source}", ""


@dataclass(frozen=True, slots=True)
class CoverDays:
    """The engineer holds a duty in a week of which somebody else takes the days away."""

    vacation: Vacation
    week: DutyWeek

    kind = "days covered"

    def cost(self, problem: Problem) -> int:
        return len(_working_days(problem, self.vacation, self.week))

    def applied(self, problem: Problem) -> Problem:
        return _without_days(problem, self.vacation, self.week)

    def cover(self, problem: Problem, rota: Rota) -> Cover | None:
        """Who stands in: the first whom ``rota cover`` would name; ``None`` if nobody can."""
        first, last = _days_in(self.vacation, self.week)
        for need in needs(problem, rota, self.vacation.engineer, first, last):
            if need.candidates:
                return need.cover(need.candidates[0].engineer)
        return None

    def said(self, problem: Problem, rota: Rota) -> Said:
        first, last = _days_in(self.vacation, self.week)
        cover = self.cover(problem, rota)
        who = cover.stand_in if cover else "somebody"
        source = f" ({self.vacation.source})" if self.vacation.source else ""
        role = f" {cover.role} of {cover.rotation}" if cover else ""
        what = f"{self.vacation.engineer} holds{role} in {self.week}, {who} stands in on "
        return "", f"{what}{span(first, last)}{source}", ""


@dataclass(frozen=True, slots=True)
class AgreeToRun:
    """One agreed exception to back-to-back: an agreed swap puts the engineer on ``duty``."""

    engineer: str
    duty: Duty

    kind = "two weeks running"

    def cost(self, problem: Problem) -> int:
        return 3

    def applied(self, problem: Problem) -> Problem:
        rotation = problem.team.rotation(self.duty.rotation)
        turn = problem.turn(rotation, rotation.role(self.duty.role), self.duty.week)
        others = [name for name in (turn, *rotation.cycle) if name != self.engineer]
        giver = others[0] if others else self.engineer
        week, role = self.duty.week, self.duty.role
        swap = Swap(giver, week, self.engineer, None, rotation.name, role, agreed=True)
        return _with_team(problem, replace(problem.team, swaps=(*problem.team.swaps, swap)))

    def said(self, problem: Problem, rota: Rota) -> Said:
        what = f"{self.duty.role} of {self.duty.rotation} in {self.duty.week}"
        about = f"{self.engineer} agrees to be on call two weeks running, as "
        return about, what, " (an agreed swap in swaps.csv)"


@dataclass(frozen=True, slots=True)
class RaiseLimit:
    """A limit of the team is raised."""

    name: str
    by: int

    kind = "limit raised"

    def cost(self, problem: Problem) -> int:
        return 4 * self.by

    def applied(self, problem: Problem) -> Problem:
        settings = problem.team.settings
        raised = tuple(
            (name, most + self.by if name == self.name else most) for name, most in settings.limits
        )
        return _with_team(problem, replace(problem.team, settings=replace(settings, limits=raised)))

    def said(self, problem: Problem, rota: Rota) -> Said:
        most = dict(problem.team.settings.limits)[self.name]
        new = most + self.by
        return "", f"raise the limit of {self.name} duties from {most} to {new} in team.toml", ""


@dataclass(frozen=True, slots=True)
class UndoSwap:
    """An agreed swap is taken back."""

    swap: Swap

    kind = "swap undone"

    def cost(self, problem: Problem) -> int:
        return 6

    def applied(self, problem: Problem) -> Problem:
        swaps = tuple(swap for swap in problem.team.swaps if swap != self.swap)
        return _with_team(problem, replace(problem.team, swaps=swaps))

    def said(self, problem: Problem, rota: Rota) -> Said:
        swap = self.swap
        source = f" ({swap.source})" if swap.source else ""
        return (
            "",
            f"undo the swap of {swap.engineer} with {swap.partner} in {swap.week}{source}",
            "",
        )


@dataclass(frozen=True, slots=True)
class Unlock:
    """A locked duty is given back to planning."""

    held: Held

    kind = "lock lifted"

    def cost(self, problem: Problem) -> int:
        return 6

    def applied(self, problem: Problem) -> Problem:
        return replace(problem, locked=tuple(h for h in problem.locked if h != self.held))

    def said(self, problem: Problem, rota: Rota) -> Said:
        duty = self.held.duty
        what = f"{duty.role} of {duty.rotation} in {duty.week} ({self.held.engineer})"
        return "unlock ", what, ""


@dataclass(frozen=True, slots=True)
class LeaveOpen:
    """A duty stays open."""

    duty: Duty

    kind = "duty left open"

    def cost(self, problem: Problem) -> int:
        roles = problem.team.rotation(self.duty.rotation).roles
        last = len(roles) - 1
        return 12 * (1 + last - [role.name for role in roles].index(self.duty.role))

    def applied(self, problem: Problem) -> Problem:
        return replace(problem, may_stay_open=problem.may_stay_open | {self.duty})

    def said(self, problem: Problem, rota: Rota) -> Said:
        duty = self.duty
        return f"leave {duty.role} of {duty.rotation} open in ", str(duty.week), " (--allow-gaps)"


Step = MoveVacation | CoverDays | AgreeToRun | RaiseLimit | UndoSwap | Unlock | LeaveOpen


def told(problem: Problem, rota: Rota, steps: Iterable[Step]) -> tuple[str, ...]:
    """The steps in words, as ``rota`` would have them."""
    found: dict[tuple[str, str], list[str]] = {}
    for before, what, after in (step.said(problem, rota) for step in steps):
        found.setdefault((before or what, after), []).append(what)
    return tuple(
        (f"{before}{listed(whats)}{after}" if before != whats[0] else before)
        for (before, after), whats in found.items()
    )


@dataclass(frozen=True)
class Repair:
    """Steps that together make the whole period solvable, tried and found to work.

    ``problem`` is the one with all steps carried out, ``rota`` one for it, as fair as was found.
    ``imbalance`` is that rota's sum of balance² over all roles together, ``least`` the least
    conceivable were nobody ever away.
    """

    steps: tuple[Step, ...]
    cost: int
    lines: tuple[str, ...]
    problem: Problem
    rota: Rota
    imbalance: Fraction
    least: Fraction


def applied(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem with steps carried out, one after the other."""
    for step in steps:
        problem = step.applied(problem)
    return problem


def _with_team(problem: Problem, team: Team) -> Problem:
    return replace(problem, team=team)


def _days_in(vacation: Vacation, week: DutyWeek) -> tuple[date, date]:
    return max(vacation.start, week.first), min(vacation.end, week.last)


def _working_days(problem: Problem, vacation: Vacation, week: DutyWeek) -> list[date]:
    """Days away that week, at least one, without those on which nobody works."""
    away = [day for day in week.days if vacation.start <= day <= vacation.end]
    return [day for day in away if day not in problem.days_off.non_business] or away[:1]


def coverable(problem: Problem, vacation: Vacation, week: DutyWeek) -> bool:
    """Whether the absence takes so little of the week that somebody could stand in."""
    first, last = _days_in(vacation, week)
    days = [day for day in week.days if first <= day <= last]
    if len(days) > MOST_COVERED_DAYS:
        return False
    return any(
        person.name != vacation.engineer
        and problem.availability.there_on(
            person, [day for day in week.days if first <= day <= last]
        )
        for person in problem.engineers
    )


def movable(problem: Problem, vacation: Vacation) -> bool:
    """Whether it is leave that people choose, not sickness or the like."""
    return vacation.kind in problem.team.settings.owed_during


def _without_days(problem: Problem, vacation: Vacation, week: DutyWeek) -> Problem:
    """The problem in which the absence leaves out that week; other rows of the same kept."""
    found = []
    for each in problem.team.vacations:
        same = (each.engineer, each.kind, each.source) == (
            vacation.engineer,
            vacation.kind,
            vacation.source,
        )
        # A step before this one may have cut it in two already.
        if not (same and vacation.start <= each.start and each.end <= vacation.end):
            found.append(each)
            continue
        for start, end in (
            (each.start, min(each.end, week.first - _DAY)),
            (max(each.start, week.last + _DAY), each.end),
        ):
            if start <= end:
                found.append(replace(each, start=start, end=end))
    return _with_team(problem, replace(problem.team, vacations=tuple(found)))
