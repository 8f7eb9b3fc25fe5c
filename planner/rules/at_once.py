"""What one engineer may hold of a week at once, as the rules' rows and the aims' costs need it.

Mostly that is one duty. With ``one_duty = "no overlap"`` it is one of each set of duties that
overlap one another; the sets may share duties.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, combinations_with_replacement

from planner.domain import DutyWeek
from planner.grouping import grouped
from planner.problem import Problem

Sets = tuple[tuple[int, ...], ...]
"""Indices of duties of a week. Every duty is in some set, any two that overlap are in one."""


def several(problem: Problem) -> bool:
    """Whether anybody may hold several duties of one week."""
    return problem.team.settings.one_duty != "a week"


def one_of(problem: Problem, weeks: Sequence[DutyWeek]) -> list[Sets]:
    """For each week the sets of its duties, of each of which nobody holds two."""
    if not several(problem):
        return [(duties,) if (duties := problem.duties_in(week)) else () for week in weeks]
    return [_sets(problem, week) for week in weeks]


def by_rotation(problem: Problem, week: DutyWeek) -> dict[str, list[int]]:
    """Indices of a week's duties, by the names of their rotations."""
    return grouped((problem.duties[d].rotation, d) for d in problem.duties_in(week))


def _sets(problem: Problem, week: DutyWeek) -> Sets:
    """Duties of one rotation overlap the same others, so sets are made of rotations."""
    of = by_rotation(problem, week)
    first = {name: problem.duties[duties[0]] for name, duties in of.items()}
    meeting = {
        frozenset(pair)
        for pair in combinations(of, 2)
        if problem.team.times.overlap(*(first[name] for name in pair))
    } | {frozenset([name]) for name in of}
    found: list[list[str]] = []
    for pair in combinations_with_replacement(of, 2):
        if frozenset(pair) not in meeting or any({*pair} <= {*names} for names in found):
            continue
        names = list(dict.fromkeys(pair))
        for name in of:
            if name not in names and all(frozenset([name, each]) in meeting for each in names):
                names.append(name)
        found.append(names)
    return tuple(tuple(sorted(d for name in names for d in of[name])) for names in found)
