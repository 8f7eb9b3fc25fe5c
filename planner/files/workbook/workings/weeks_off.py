"""The signs of days off, in the cells of grids."""

from __future__ import annotations

from planner.cells.facts import Facts

AWAY, HOLIDAY, FESTIVAL = "×", "h", "f"


def week_signs(facts: Facts, e: int, shape: int = 0) -> list[str]:
    """What an engineer's weeks hold besides vacations: own festivals and public holidays.

    Of a shape of duties, what lies on the dates that they touch.

    Weeks in which the engineer is not on the team hold nothing.
    """
    problem, engineer = facts.problem, facts.engineers[e]
    found = []
    days = {holiday.day for holiday in problem.days_off.holidays.get(engineer.name, ())}
    for week, dates in zip(problem.weeks, facts.dates[shape], strict=True):
        festival = FESTIVAL if problem.days_off.festivals_on(engineer.name, dates) else ""
        holiday = "" if days.isdisjoint(dates) else HOLIDAY
        found.append(festival + holiday if engineer.employed(week) else "")
    return found
