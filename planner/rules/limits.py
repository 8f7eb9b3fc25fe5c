"""Limits: nobody exceeds the most duties of a role or kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.cells import Cells, Formula, Workings, count, joined, lift, total, when
from planner.cells.references import runs
from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row, Said, Step

NAME = "limits"
STATEMENT = "Nobody exceeds the most duties of a role, or of a kind, that the team sets."
SET_ASIDE = 50
WHOLE = False
ADDS_UP = True


def rows(problem: Problem) -> Iterator[Row]:
    """One row a limit and engineer: all the seats it counts."""
    for name, most in problem.team.settings.limits:
        duties = [
            d
            for d, duty in enumerate(problem.duties)
            if name in (duty.role, problem.team.role_of(duty).kind)
        ]
        for e, engineer in enumerate(problem.engineers):
            if len(duties) > most:
                fact = Fact(NAME, engineer=engineer.name, detail=f"{most}|{name}")
                yield Row(fact, tuple((1, (d, e)) for d in duties), most=most)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Engineers with more duties than a limit allows; the place is the first duty too many."""
    for name, most in problem.team.settings.limits:
        for engineer in problem.engineers:
            counted = [
                duty
                for duty in rota.duties_of(engineer.name)
                if duty.week in problem.weeks
                and (duty.role == name or problem.team.role_of(duty).kind == name)
            ]
            if len(counted) > most:
                duty = counted[most]
                message = (
                    f"{duty.week}: {engineer.name} holds {len(counted)} {name} duties, "
                    f"but at most {most} are allowed"
                )
                yield Breach(NAME, duty.week, engineer.name, message, duty)


def say(problem: Problem, fact: Fact) -> str:
    """Who may hold how many of what."""
    most, name = fact.detail.split("|")
    return f"{fact.engineer} may hold at most {most} {name} duties (limits in team.toml)"


@dataclass(frozen=True, slots=True)
class RaiseLimit(Step):
    """A limit of the team is raised."""

    name: str
    by: int

    kind = "limit raised"

    @property
    def after(self) -> Step | None:
        return RaiseLimit(self.name, self.by - 1) if self.by > 1 else None

    def cost(self, problem: Problem) -> int:
        return 4 * self.by

    def applied(self, problem: Problem) -> Problem:
        settings = problem.team.settings
        raised = tuple(
            (name, most + self.by if name == self.name else most) for name, most in settings.limits
        )
        team = replace(problem.team, settings=replace(settings, limits=raised))
        return replace(problem, team=team)

    def said(self, problem: Problem, rota: Rota) -> Said:
        most = dict(problem.team.settings.limits)[self.name]
        new = most + self.by
        return "", f"raise the limit of {self.name} duties from {most} to {new} in team.toml", ""


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """The limit may be raised, one by one."""
    most, name = row.fact.detail.split("|")
    for by in range(1, 1 + max(0, len(row.terms) - int(most))):
        yield RaiseLimit(name, by)


def can_be_broken(problem: Problem) -> bool:
    """Where the team sets any."""
    return bool(problem.team.settings.limits)


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """Of the limits, how many this duty is the first to exceed; −1 at duties further above one."""
    facts, me = work.facts, work.number(w, s)
    firsts, further = [], []
    for name, most in facts.settings.limits:
        seats = [t for t, (_, role) in enumerate(facts.seats) if name in (role.name, role.kind)]
        if s in seats:
            done = total(count(cells, me) for cells in _up_to(work, w, s, seats))
            firsts.append(done.is_(most + 1))
            further.append(done.over(most + 1))
    if not firsts:
        return None
    return when(me.is_(0), 0, when(total(firsts).over(0), total(firsts), lift(0) - total(further)))


def _up_to(work: Workings, w: int, s: int, seats: list[int]) -> Iterator[Cells]:
    """The cells of these seats in all weeks so far, and of this week as far as this seat."""
    for first, last in runs(seats) if w else ():
        yield work.numbers(w - 1, first, last, since=0)
    for first, last in runs(t for t in seats if t <= s):
        yield work.numbers(w, first, last)


def beside(work: Workings, w: int, s: int) -> Formula:
    """Who has too many."""
    return joined(work.holder(w, s), " is above the limit")
