"""Coverage: every duty is held by exactly one engineer."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row

NAME = "coverage"
STATEMENT = "Every duty is held by exactly one engineer; an optional role by at most one."


def rows(problem: Problem) -> Iterator[Row]:
    """One row a duty: all its seats together are one."""
    for d, duty in enumerate(problem.duties):
        terms = tuple((1, (d, e)) for e in range(len(problem.engineers)))
        spared = problem.team.role_of(duty).optional or duty in problem.may_stay_open
        least = 0 if spared else 1
        yield Row(Fact(NAME, duty.week, duty=duty), terms, least, 1)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Required duties that nobody, or nobody of the team, holds."""
    known = {engineer.name for engineer in problem.engineers}
    for duty in problem.duties:
        holder = rota.holder(duty)
        if holder is None:
            if not problem.team.role_of(duty).optional:
                message = f"{duty.week}: nobody is {duty.role} of {duty.rotation}"
                yield Breach(NAME, duty.week, "", message, duty)
        elif holder not in known:
            message = f"{duty.week}: {holder}, {duty.role} of {duty.rotation}, is not in the team"
            yield Breach(NAME, duty.week, holder, message, duty)


def say(problem: Problem, fact: Fact) -> str:
    """The duty that somebody must hold."""
    assert fact.duty is not None
    verb = "may have" if problem.team.role_of(fact.duty).optional else "needs"
    return f"{fact.week}: {fact.duty.rotation} {verb} one {fact.duty.role}"
