"""Published duties that a pause written later does not take away: what is past stays as it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from planner.domain import DutyWeek, Rota
from planner.problem.problem import Problem


def with_kept_in_pauses(problem: Problem, published: Rota, weeks: Collection[DutyWeek]) -> Problem:
    """The problem in which published duties of these weeks stand, whatever rests in them by now."""
    team = problem.team
    found = frozenset(
        held.duty
        for held in published
        if held.duty.week in weeks
        and held.duty.seat in team.roles
        and team.rotation(held.duty.rotation).rests(held.duty.week)
    )
    return problem if found == problem.kept_in_pauses else replace(problem, kept_in_pauses=found)
