"""Weekdays that somebody never works: on them, a duty week of theirs needs a stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.domain import Duty, Engineer, Rota
from planner.domain.quarters import WEEKDAYS
from planner.problem import Problem
from planner.wording import day, listed


def uncovered(problem: Problem, rota: Rota) -> Iterator[tuple[Engineer, Duty, tuple[date, ...]]]:
    """Duties whose holders do not work on some of their days, where nobody stands in yet."""
    for held in rota:
        if held.engineer is None or held.duty.week not in problem.weeks:
            continue
        engineer = problem.team.engineer(held.engineer)
        covered = problem.stood_in(held.duty, engineer.name)
        dates = problem.team.dates(held.duty)
        off = (day for day in dates if day.isoweekday() in engineer.off_days)
        days = tuple(day for day in off if day not in covered)
        if days:
            yield engineer, held.duty, days


def cover_wanted(problem: Problem, rota: Rota) -> Iterator[str]:
    """One sentence an engineer: on which of their days somebody has to stand in."""
    found: dict[str, list[date]] = {}
    for engineer, _, days in uncovered(problem, rota):
        found.setdefault(engineer.name, []).extend(days)
    for name, dates in sorted(found.items()):
        off = listed([f"{WEEKDAYS[n - 1]}s" for n in problem.team.engineer(name).off_days])
        when = listed([day(d) for d in sorted(set(dates))])
        yield (
            f"{name} never works on {off}, and is on duty on {when}: somebody has to stand in "
            f'(rota cover --engineer "{name}" --from {min(dates)} --until {min(dates)}, and so on)'
        )
