"""One duty: at most one duty per engineer and week, over all rotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.cells import Formula, Workings, count, joined, when
from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row, Step

NAME = "one duty"
STATEMENT = "At most one duty per engineer and week, over all rotations."
SET_ASIDE = 60
WHOLE = False
ADDS_UP = False


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


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """Nothing: nobody can be in two places."""
    return iter(())


def can_be_broken(problem: Problem) -> bool:
    """Where there are several duties a week."""
    return len(problem.seats) > 1


def flag(work: Workings, w: int, s: int) -> Formula:
    """1 at the first of several duties of one engineer, −1 at the others."""
    me = work.number(w, s)
    first = when(count(work.numbers(w, 0, s), me).is_(1), 1, -1)
    return when(me.is_(0), 0, when(count(work.numbers(w), me).over(1), first, 0))


def beside(work: Workings, w: int, s: int) -> Formula:
    """Who is in two places."""
    return joined(work.holder(w, s), " has two duties at once")
