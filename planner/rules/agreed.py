"""Agreed: agreed swaps and locked duties stand."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row

NAME = "agreed"
STATEMENT = "Agreed swaps and locked duties stand."

_GIVEN_BY = {
    "swap": "an agreed swap gives",
    "lock": "a lock gives",
    "cover": "a stand-in for part of it leaves",
}
_TAKES = {
    "swap": "takes by agreed swap",
    "lock": "is locked as",
    "cover": "has a stand-in for part of",
}


def rows(problem: Problem) -> Iterator[Row]:
    """One row a fixed duty: that seat is taken."""
    for fixed in problem.fixed:
        seat = (problem.duty_index[fixed.duty], problem.engineer_index[fixed.engineer])
        fact = Fact(
            NAME,
            fixed.duty.week,
            fixed.engineer,
            fixed.duty,
            fixed.source,
            detail=fixed.because,
        )
        yield Row(fact, ((1, seat),), least=1)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Fixed duties that somebody else holds."""
    for fixed in problem.fixed:
        holder = rota.holder(fixed.duty)
        if holder != fixed.engineer:
            why = _GIVEN_BY[fixed.because]
            source = f" ({fixed.source})" if fixed.source else ""
            message = (
                f"{fixed.duty.week}: {why} {fixed.duty.role} of {fixed.duty.rotation} to "
                f"{fixed.engineer}{source}, but {holder or 'nobody'} holds it"
            )
            yield Breach(NAME, fixed.duty.week, fixed.engineer, message, fixed.duty)


def say(problem: Problem, fact: Fact) -> str:
    """Which duty is fixed, and by what."""
    assert fact.duty is not None
    verb = _TAKES[fact.detail]
    source = f" ({fact.source})" if fact.source else ""
    return f"{fact.week}: {fact.engineer} {verb} {fact.duty.role} of {fact.duty.rotation}{source}"
