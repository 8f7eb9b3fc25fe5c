"""Vacation: nobody holds a duty in a week in which they are away on any day of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.domain import Duty, Rota, Vacation
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row
from planner.wording import span

NAME = "vacation"
STATEMENT = (
    "Nobody holds a duty in a week in which they are away on any day of it, unless somebody "
    "stands in on those days."
)


def rows(problem: Problem) -> Iterator[Row]:
    """One row a vacation and week: the engineer has no seat in any duty of that week."""
    for vacation in problem.team.vacations:
        e = problem.engineer_index[vacation.engineer]
        for week in problem.weeks:
            if vacation.blocks(week):
                terms = tuple(
                    (1, (d, e))
                    for d in problem.duties_in(week)
                    if not _stood_in(problem, problem.duties[d], vacation)
                )
                fact = Fact(
                    NAME,
                    week,
                    vacation.engineer,
                    source=vacation.source,
                    detail=f"{vacation.start} to {vacation.end}",
                )
                yield Row(fact, terms, most=0)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Duties on a day of whose week the holder is away."""
    for held in rota:
        for vacation in problem.team.vacations_of(held.engineer or ""):
            if held.duty.week not in problem.weeks or not vacation.blocks(held.duty.week):
                continue
            covered = problem.stood_in(held.duty, vacation.engineer)
            if any(
                vacation.start <= day <= vacation.end and day not in covered
                for day in held.duty.week.days
            ):
                message = f"{held.duty.week}: {held.engineer} is away {_dates(vacation)}"
                if vacation.source is not None:
                    message += f" ({vacation.source})"
                yield Breach(NAME, held.duty.week, vacation.engineer, message, held.duty)


def _stood_in(problem: Problem, duty: Duty, vacation: Vacation) -> bool:
    """Whether somebody stands in on every day of the duty on which the engineer is away."""
    if not problem.covered:
        return False
    away = {day for day in duty.week.days if vacation.start <= day <= vacation.end}
    return away <= problem.stood_in(duty, vacation.engineer)


def _dates(vacation: Vacation) -> str:
    if vacation.start == vacation.end:
        return f"on {vacation.start}"
    return f"{vacation.start} to {vacation.end}"


def say(problem: Problem, fact: Fact) -> str:
    """Who is away when, and where that was read."""
    source = f" ({fact.source})" if fact.source else ""
    first, last = map(date.fromisoformat, fact.detail.split(" to "))
    return f"{fact.week}: {fact.engineer} is away {span(first, last)}{source}"
