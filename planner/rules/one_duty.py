"""One duty: at most one duty per engineer and week, over all rotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row

NAME = "one duty"
STATEMENT = "At most one duty per engineer and week, over all rotations."


def rows(problem: Problem) -> Iterator[Row]:
    """One row an engineer and week that has several duties: at most one of their seats."""
    for week in problem.weeks:
        duties = problem.duties_in(week)
        if len(duties) > 1:
            for e, engineer in enumerate(problem.engineers):
                terms = tuple((1, (d, e)) for d in duties)
                yield Row(Fact(NAME, week, engineer.name), terms, most=1)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Engineers with several duties in one week."""
    tally = Counter((held.duty.week, held.engineer) for held in rota if held.engineer)
    for (week, name), duties in sorted(tally.items()):
        if duties > 1 and week in problem.weeks:
            message = f"{week}: {name} holds {duties} duties at once"
            yield Breach(NAME, week, name or "", message)


def say(problem: Problem, fact: Fact) -> str:
    """Who cannot be in two places."""
    return f"{fact.week}: {fact.engineer} can hold only one duty"
