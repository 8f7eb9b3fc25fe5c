"""The signs of days off, in the cells of grids."""

from __future__ import annotations

from planner.cells.facts import Facts

AWAY, HOLIDAY, FESTIVAL = "×", "h", "f"


def week_signs(facts: Facts, e: int) -> list[str]:
    """What an engineer's weeks hold besides vacations: own festivals and public holidays.

    Weeks in which the engineer is not on the team hold nothing.
    """
    problem, engineer = facts.problem, facts.engineers[e]
    found = []
    for week in problem.weeks:
        festival = FESTIVAL if problem.days_off.festivals_in(engineer.name, week) else ""
        holiday = HOLIDAY if problem.days_off.holidays_in(engineer.name, week) else ""
        found.append(festival + holiday if engineer.employed(week) else "")
    return found
