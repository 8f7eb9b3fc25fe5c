"""How much rest there is between two duties, or parts of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from planner.domain import Duty
from planner.domain.times import Lasting
from planner.problem.problem import Problem

REACH = 2
"""So many weeks earlier a duty may be that ends less than seven days before another begins."""


def least_rest(problem: Problem) -> timedelta:
    """What the team asks for; no time if it asks for none."""
    return timedelta(minutes=problem.team.settings.least_rest or 0)


def rest_counts(problem: Problem, one: Duty, other: Duty) -> bool:
    """Whether there should be rest between two duties.

    Of those that overlap nobody may hold both, which is for the rule about duties at once; and
    who stands in for part of one beside the other does both at once. The weeks of one turn of
    several are one spell on duty.
    """
    if one.rotation == other.rotation and problem.stints.length(one.rotation) > 1:
        number = problem.stints.number
        if number(one.rotation, one.week) == number(other.rotation, other.week):
            return False
    at_once = one.week == other.week or problem.team.settings.one_duty == "no overlap"
    return one != other and not (at_once and problem.team.times.overlap(one, other))


def rest_between(some: Sequence[Lasting], others: Sequence[Lasting]) -> timedelta:
    """The least time between a part of some and a part of others; negative if they overlap."""
    return min(
        (
            max(begin - other_end, other_begin - end)
            for _, begin, end in some
            for _, other_begin, other_end in others
        ),
        default=timedelta.max,
    )
