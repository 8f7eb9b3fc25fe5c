"""Everything one plan depends on, put together: the team, the weeks, holidays, and what was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.domain import Cover, Rota, Team
from planner.domain.quarters import Horizon
from planner.domain.week_facts import Recorded
from planner.problem import Problem
from planner.publicholidays import days_off

AROUND = timedelta(days=31)
"""Days before and after the planned weeks whose holidays may matter: whole months and festivals."""


def assemble(
    team: Team,
    horizon: Horizon,
    history: Rota,
    covers: tuple[Cover, ...] = (),
    recorded: Recorded | None = None,
) -> Problem:
    """The problem of one plan; raises ``UsageError`` outside the holiday calendars.

    ``covers`` are stand-ins, past ones too, each within a duty week and naming its role;
    ``recorded`` the facts of earlier weeks. Rows of the team's ``history.csv`` within the planned
    weeks stand as locked duties.
    """
    first = min([horizon.first, *(week.first for week in history.weeks[:1])])
    known = days_off(team, first - AROUND, horizon.last + AROUND)
    problem = Problem(
        team.seen_from(horizon.weeks[0]),
        horizon,
        known,
        history,
        covers=covers,
        recorded=recorded or {},
    )
    told = tuple(held for held in team.history if held.duty in problem.duty_index)
    return replace(problem, locked=told) if told else problem
