"""What is told of people who are in other teams too."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain import Rota
from planner.problem import Problem
from planner.wording import listed


def told_of_other_teams(problem: Problem, rota: Rota) -> Iterator[str]:
    """Weeks of two duties, weeks kept free, and teams of which nothing is known."""
    never = problem.team.settings.other_teams == "never"
    for name, team in dict.fromkeys((e.engineer, e.team) for e in problem.elsewhere):
        weeks = [
            week
            for week in problem.weeks
            if any(
                (e.engineer, e.team) == (name, team) and e.in_week(week) for e in problem.elsewhere
            )
        ]
        there = {
            d for e in problem.elsewhere if (e.engineer, e.team) == (name, team) for d in e.days
        }
        clashing = (d for d in rota.duties_of(name) if problem.team.touches(d, there))
        on_duty = {duty.week for duty in clashing}
        both = [week.name for week in problem.weeks if week in on_duty]
        if both:
            yield f"{name} is on duty for {team} as well in {listed(both)}"
        elif never and weeks:
            kept = listed([week.name for week in weeks])
            yield f"{name} is on duty for {team} in {kept}: kept free here"
    for other in problem.elsewhere:
        if other.unknown:
            yield f"{other.engineer} is in {other.team} too, {other.unknown}"
