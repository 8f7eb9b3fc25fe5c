"""Limits: nobody exceeds the most duties of a role or kind."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row

NAME = "limits"
STATEMENT = "Nobody exceeds the most duties of a role, or of a kind, that the team sets."


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
