"""Rhythm: one week in N, at an even distance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from planner.cells import Block, Formula, Workings
from planner.domain import Duty, Engineer, Role, Rota, Rotation, Seat
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
    first = problem.weeks[0]
    for rotation, role in problem.seats:
        planned = [
            (d, first.until(duty.week))
            for d, duty in enumerate(problem.duties)
            if duty.seat == (rotation.name, role.name)
        ]
        numbers = [number for _, number in planned]
        for engineer, n in _turns(problem, rotation, role):
            e = problem.engineer_index[engineer.name]
            seats = [(1, (d, e)) for d, _ in planned]
            past = [first.until(d.week) for d in _past(problem, rotation, role, engineer)]
            for start in range(1 - n, len(problem.weeks)):
                within = slice(bisect_left(numbers, start), bisect_left(numbers, start + n))
                terms = tuple(seats[within])
                held = sum(start <= number < start + n for number in past) if past else 0
                if terms and len(terms) + held > 1:
                    yield Convex(terms, held, _BeyondOne(max(0, held - 1)))


@dataclass(frozen=True)
class _BeyondOne:
    """Holdings beyond one in a window, less those that history alone has put there."""

    settled: int

    def __call__(self, duties: int) -> Fraction:
        return Fraction(max(0, duties - 1) - self.settled)


def _members(problem: Problem, rotation: Rotation, role: Role) -> list[Engineer]:
    members = [problem.team.engineer(name) for name in sorted(rotation.cycle)]
    return [member for member in members if member.may_hold(role)]


def turn_every(problem: Problem, rotation: Rotation, role: Role, engineer: Engineer) -> int:
    """N: every how many weeks the engineer's turn comes, as the team stands in these weeks.

    Joiners and leavers count for the weeks in which they are there. Halves round up.
    """
    return floor(_strength(problem, rotation, role) / engineer.share + Fraction(1, 2))


def _turns(problem: Problem, rotation: Rotation, role: Role) -> Iterator[tuple[Engineer, int]]:
    """Each member who may hold the role, and every how many weeks their turn comes."""
    strength = _strength(problem, rotation, role)
    for engineer in _members(problem, rotation, role):
        yield engineer, floor(strength / engineer.share + Fraction(1, 2))


def _strength(problem: Problem, rotation: Rotation, role: Role) -> Fraction:
    """How many full shares are there on average."""
    shares = (
        member.share * sum(member.employed(week) for week in problem.weeks)
        for member in _members(problem, rotation, role)
    )
    return sum(shares, Fraction(0)) / len(problem.weeks)


def _past(problem: Problem, rotation: Rotation, role: Role, engineer: Engineer) -> list[Duty]:
    seat = Seat(rotation.name, role.name)
    duties = problem.history.duties_of(engineer.name)
    return [duty for duty in duties if duty.seat == seat]


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The total of what each gap between successive holdings falls short of N weeks."""
    shortfall = 0
    for rotation, role in problem.seats:
        for engineer, n in _turns(problem, rotation, role):
            past = _past(problem, rotation, role, engineer)
            own = [
                duty
                for duty in rota.duties_of(engineer.name)
                if duty.seat == (rotation.name, role.name)
            ]
            duties = [*past, *own]
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
