"""Rhythm: one week in N, at an even distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor

from planner.domain import Duty, Engineer, Role, Rota, Rotation
from planner.problem import Problem
from planner.rules.base import Convex

NAME = "rhythm"
STATEMENT = (
    "For an engineer whose turn comes every N weeks (N = sum of shares ÷ own share, rounded), "
    "nobody holds the same role again within N − 1 weeks; the least total shortfall."
)


def parts(problem: Problem) -> Sequence[str]:
    """One part."""
    return ("weeks too close together",)


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """For each engineer, role and N consecutive weeks, the seats taken beyond one.

    Two successive holdings at a distance of g weeks lie together in N − g windows of N weeks,
    so these costs add up to the total shortfall.
    """
    for rotation, role in problem.seats:
        planned = [
            (d, duty.week)
            for d, duty in enumerate(problem.duties)
            if (duty.rotation, duty.role) == (rotation.name, role.name)
        ]
        for engineer in _members(problem, rotation, role):
            e, n = (
                problem.engineer_index[engineer.name],
                turn_every(problem, rotation, role, engineer),
            )
            past = [d.week for d in _past(problem, rotation, role, engineer)]
            for shift in range(1 - n, len(problem.weeks)):
                start = problem.weeks[0].later(shift)
                terms = tuple((1, (d, e)) for d, week in planned if 0 <= start.until(week) < n)
                held = sum(0 <= start.until(week) < n for week in past)
                if terms and len(terms) + held > 1:
                    yield Convex(terms, held, _BeyondOne(held))


class _BeyondOne:
    """Holdings beyond one in a window, less those that history alone has put there."""

    def __init__(self, held: int) -> None:
        self.settled = max(0, held - 1)

    def __call__(self, duties: int) -> Fraction:
        return Fraction(max(0, duties - 1) - self.settled)


def _members(problem: Problem, rotation: Rotation, role: Role) -> list[Engineer]:
    members = [problem.team.engineer(name) for name in sorted(rotation.cycle)]
    return [member for member in members if member.may_hold(role)]


def turn_every(problem: Problem, rotation: Rotation, role: Role, engineer: Engineer) -> int:
    """N: every how many weeks the engineer's turn comes, as the team stands in these weeks.

    Joiners and leavers count for the weeks in which they are there. Halves round up.
    """
    strength = sum(
        (
            member.share * sum(member.employed(week) for week in problem.weeks)
            for member in _members(problem, rotation, role)
        ),
        Fraction(0),
    )
    return floor(strength / len(problem.weeks) / engineer.share + Fraction(1, 2))


def _past(problem: Problem, rotation: Rotation, role: Role, engineer: Engineer) -> list[Duty]:
    seat = (rotation.name, role.name)
    duties = problem.history.duties_of(engineer.name)
    return [duty for duty in duties if (duty.rotation, duty.role) == seat]


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The total of what each gap between successive holdings falls short of N weeks."""
    shortfall = 0
    for rotation, role in problem.seats:
        for engineer in _members(problem, rotation, role):
            n = turn_every(problem, rotation, role, engineer)
            past = _past(problem, rotation, role, engineer)
            own = [
                duty
                for duty in rota.duties_of(engineer.name)
                if (duty.rotation, duty.role) == (rotation.name, role.name)
            ]
            duties = [*past, *own]
            for earlier, later in pairwise(duties):
                if later.week in problem.weeks:
                    shortfall += max(0, n - (later.week.first - earlier.week.first).days // 7)
    return (Fraction(shortfall),)
