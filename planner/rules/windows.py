"""Duties too near each other, as costs: in so many weeks running, every one beyond the first.

Two successive duties at a distance of g weeks lie together in n − g windows of n weeks, so the
costs of all windows add up to what the gaps fall short of n weeks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

from planner.domain import Duty
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Assignment, Convex

Kind = Callable[[Duty], bool]


@dataclass(frozen=True)
class Line:
    """One engineer's duties of some kind, by numbers of weeks from the first planned one.

    ``seats`` are planned, ``past`` weeks lie before. No gap reaches over a week in ``cuts``. All
    are in order. A turn of several weeks counts once, where it begins; of one role it may be
    turns that are numbered, not weeks.
    """

    seats: Sequence[tuple[int, Assignment]]
    past: Sequence[int]
    cuts: Sequence[int] = ()

    def crowding(self, wanted: Sequence[int]) -> Iterator[Convex]:
        """For each window of as many weeks as a gap should have, the duties in it beyond one.

        ``wanted`` gives that by planned week. Where it changes, a gap counts by the least of the
        weeks that it reaches over, and windows lie so that each two weeks share as many of them as
        a gap between the two falls short.
        """
        numbers = [number for number, _ in self.seats]
        if not numbers:
            return
        seats = tuple([(1, seat) for _, seat in self.seats])
        length = max(wanted)
        past = [number for number in self.past if number > -length]
        ends = [-length, *self.cuts, numbers[-1] + 1]
        for before, after in pairwise(ends):
            for first, end in _windows(wanted, before + 1, after):
                terms = seats[bisect_left(numbers, first) : bisect_left(numbers, end)]
                held = sum(first <= number < end for number in past) if past else 0
                if terms and len(terms) + held > 1:
                    yield Convex(terms, held, _beyond_one(max(0, held - 1)))


class Lines:
    """The lines of all engineers for duties of one kind; ``by_turn`` if they are of one role."""

    def __init__(self, problem: Problem, kind: Kind, by_turn: bool = False) -> None:
        self.problem, self.kind = problem, kind
        self._number = _number_by(problem, by_turn)
        opens, duties = problem.stints.opens, enumerate(problem.duties)
        self._planned = [(self._number(d), n) for n, d in duties if kind(d) and opens(d)]

    def of(self, engineer: str) -> Line:
        """All duties of the kind."""
        e = self.problem.engineer_index[engineer]
        past = (d for d in self.problem.history.duties_of(engineer) if self.kind(d))
        return Line(
            [(number, (n, e)) for number, n in self._planned],
            [self._number(d) for d in self.problem.stints.turns_held(past)],
        )


class LinesLeftToPlanning(Lines):
    """Without what people have decided: gaps beside it, and beside whatever has to be found for the
    other roles of a swapped week, do not count."""

    def __init__(self, problem: Problem, kind: Kind, by_turn: bool = False) -> None:
        super().__init__(problem, lambda d: kind(d) and not problem.swap_touches(d), by_turn)
        self._cuts: dict[str, set[int]] = {}
        for name, duty in problem.decided:
            if kind(duty):
                begun = duty.later(duty.week.until(problem.stints.opening(duty)))
                self._cuts.setdefault(name, set()).add(self._number(begun))

    def of(self, engineer: str) -> Line:
        return replace(super().of(engineer), cuts=sorted(self._cuts.get(engineer, ())))


def _number_by(problem: Problem, by_turn: bool) -> Callable[[Duty], int]:
    first = problem.weeks[0]
    if by_turn:
        return lambda duty: problem.stints.number(duty.rotation, duty.week)
    return lambda duty: first.until(duty.week)


def _windows(wanted: Sequence[int], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Windows of the weeks from ``begin`` to before ``end``: the first week of each, and that after
    its last. As many as a gap between two weeks falls short hold both of them."""
    if min(wanted) == max(wanted):
        length = wanted[0]
        for start in range(begin + 1 - length, end):
            first, after = max(start, begin), min(start + length, end)
            if after > 0:
                yield first, after
        return

    def short(first: int, last: int) -> int:
        if first < begin or last >= end:
            return 0
        asked = min(wanted[max(first, 0) : max(last, 0) + 1])
        return max(0, asked - (last - first))

    for first in range(begin, end):
        for last in range(max(first + 1, 0), min(first + max(wanted), end)):
            apart = short(first, last) - short(first - 1, last)
            more = short(first, last + 1) - short(first - 1, last + 1)
            for _ in range(apart - more):
                yield first, last + 1


@cache
def _beyond_one(settled: int) -> Callable[[int], Fraction]:
    """What duties in a window cost: those beyond one, less those that the past alone has put there.
    One function for all windows of a kind, since equal ones are priced once."""
    return lambda duties: Fraction(max(0, duties - 1) - settled)
