"""Which rotations cannot be planned, where most of a team's can."""

from __future__ import annotations

from planner.model.clock import Clock
from planner.model.trial import trial
from planner.problem import Problem
from planner.problem.independent import apart, only
from planner.rules.remaining import remaining_rows


def stuck_part(problem: Problem, clock: Clock) -> Problem:
    """The problem of those rotations alone that may have no rota; all, if it is not known which.

    The others have nothing to do with them and can be planned: no clash is about them, and
    whatever helps these helps the team.
    """
    groups = apart(problem)
    if len(groups) == 1:
        return problem
    stuck = [
        name for group in groups if not _can_be_planned(problem, group, clock) for name in group
    ]
    return only(problem, stuck) if stuck else problem


def _can_be_planned(problem: Problem, group: frozenset[str], clock: Clock) -> bool:
    rows = list(remaining_rows(only(problem, group)))
    return trial(rows, clock, presolve=True).possible is True
