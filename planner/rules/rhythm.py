"""Rhythm: one week in N, at an even distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import floor

from planner.cells import Block, Formula, Workings
from planner.domain import Duty, Engineer, Role, Rota, Rotation, Seat
from planner.problem import Problem
from planner.rules.base import Convex
from planner.rules.windows import Line

NAME = "rhythm"
STATEMENT = (
    "For an engineer whose turn comes every N weeks (N = sum of shares ÷ own share, rounded), "
    "nobody holds the same role again within N − 1 weeks; the least total shortfall."
)
MEANS = (
    "Weeks that are missing, all gaps together, until a role comes back only after a whole round."
)


def parts(problem: Problem) -> Sequence[str]:
    """One part."""
    return ("weeks too close together",)


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """For each engineer, role and N consecutive weeks, the seats taken beyond one."""
    for rotation, role in problem.seats:
        for engineer, n in _turns(problem, rotation, role):
            line = Line.of(problem, engineer.name, partial(held_in, Seat(rotation.name, role.name)))
            yield from line.crowding(n)


def held_in(seat: Seat, duty: Duty) -> bool:
    """Whether it is a duty of this seat."""
    return duty.seat == seat


def members(problem: Problem, rotation: Rotation, role: Role) -> Sequence[Engineer]:
    """Those whose turn in the role comes, by name."""
    return problem.availability.members(Seat(rotation.name, role.name))


def turn_every(problem: Problem, rotation: Rotation, role: Role, engineer: Engineer) -> int:
    """N: every how many weeks the engineer's turn comes, as the team stands in these weeks.

    Joiners and leavers count for the weeks in which they are there. Halves round up.
    """
    return floor(_strength(problem, rotation, role) / engineer.share + Fraction(1, 2))


def _turns(problem: Problem, rotation: Rotation, role: Role) -> Iterator[tuple[Engineer, int]]:
    """Each member who may hold the role, and every how many weeks their turn comes."""
    strength = _strength(problem, rotation, role)
    for engineer in members(problem, rotation, role):
        yield engineer, floor(strength / engineer.share + Fraction(1, 2))


def _strength(problem: Problem, rotation: Rotation, role: Role) -> Fraction:
    """How many full shares are there on average."""
    shares = (
        member.share * sum(member.employed(week) for week in problem.weeks)
        for member in members(problem, rotation, role)
    )
    return sum(shares, Fraction(0)) / len(problem.weeks)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The total of what each gap between successive holdings falls short of N weeks."""
    shortfall = 0
    for rotation, role in problem.seats:
        for engineer, n in _turns(problem, rotation, role):
            known = (*problem.history.duties_of(engineer.name), *rota.duties_of(engineer.name))
            duties = [duty for duty in known if duty.seat == (rotation.name, role.name)]
            for earlier, later in pairwise(duties):
                if later.week in problem.weeks:
                    shortfall += max(0, n - (later.week.first - earlier.week.first).days // 7)
    return (Fraction(shortfall),)


def live(work: Workings, part: int) -> str:
    """Weeks too close together."""
    return f"SUM({work.by_week('too close', work.seats, _fill_too_close).whole})"


def _fill_too_close(work: Workings, close: Block) -> None:
    """By how many weeks each duty comes too early after the last one of its holder."""
    facts, every = work.facts, work.by_person("every", work.seats)
    gap, number = work.by_week("gap", work.seats), work.by_week("number", work.seats)
    for s, (rotation, role) in enumerate(facts.seats):
        turns = {e.name: n for e, n in _turns(facts.problem, rotation, role)}
        numbers = [turns.get(engineer.name, 0) for engineer in facts.engineers]
        for e, n in enumerate(numbers):
            work.put(every, e, s, n)
        for w in range(work.weeks):
            cell, held = number.at(w, s), facts.held_by[w][s]
            text = f"IF({cell}=0,0,MAX(0,{work.person('every', cell, s)}-{gap.at(w, s)}))"
            since = work.value(gap, w, s)
            assert isinstance(since, int)
            value = max(0, numbers[held - 1] - since) if held else 0
            work.put(close, w, s, Formula(text, value))
