"""Everybody's time on duty, as the checks of rules about time walk it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain import Cover, Duty, Rota
from planner.grouping import grouped
from planner.problem import Problem
from planner.problem.oncall import OnCall, Shift


def on_duty(
    problem: Problem, rota: Rota, covers: Iterable[Cover] = ()
) -> Iterator[tuple[str, list[Shift]]]:
    """Each person's shifts, earliest first, as the usual handovers have them."""
    shifts = OnCall(problem.team, rota, tuple(covers)).shifts
    found = grouped((each.engineer, each) for each in shifts if each.engineer is not None)
    yield from sorted(found.items())


def in_order(problem: Problem, one: Duty, other: Duty) -> tuple[Duty, Duty]:
    """Two duties as a rota lists them: week by week, in the order of the team's seats."""
    places = {seat: n for n, seat in enumerate(problem.team.seats)}

    def place(duty: Duty) -> tuple[object, int, Duty]:
        return duty.week.first, places.get(duty.seat, -1), duty

    earlier, later = sorted((one, other), key=place)
    return earlier, later
