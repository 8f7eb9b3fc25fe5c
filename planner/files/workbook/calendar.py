"""The Calendar sheet: a row an engineer, a column a day; on duty, away, holidays, weekends."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from itertools import groupby

from planner.calendar import MONTHS, WEEKDAYS
from planner.files.workbook import seats
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    ALARM_INK,
    HEAD,
    INK,
    LOOSE,
    QUIET_INK,
    Look,
    colours,
)
from planner.finished import Plan

TITLE = "Calendar"
AWAY, HOLIDAY, FESTIVAL = "×", "h", "f"
_FIRST_ROW, _FIRST_COLUMN = 5, 2
_DAY_WIDTH = 3.0
_MOST_WEEKS_A_PAGE = 5
_AWAY_FILL, _HOLIDAY_FILL, _FESTIVAL_FILL, _WEEKEND_FILL = "CFCFCF", "FFF3C4", "E7DDF3", "ECECEC"


def fill(page: Page, plan: Plan) -> None:
    """Four heading rows (month, week, day, weekday), the engineers, and a legend."""
    days = [day for week in plan.problem.weeks for day in week.days]
    weekend = _weekend(plan, days)
    _headings(page, days, plan)
    fills = colours(plan.problem.team)
    for row, engineer in enumerate(plan.problem.engineers, start=_FIRST_ROW):
        name_look = Look(fill=fills[engineer.name], vertical="center", wrap=True)
        page.put(row, 1, engineer.name, name_look, widest=34)
        duties, off = _duties(plan, engineer.name), _days_off(plan, engineer.name)
        for column, day in enumerate(days, start=_FIRST_COLUMN):
            why = off.get(day, _Off.NOT)
            colour = fills[engineer.name] if day in duties else ""
            look = _look(why, colour, day.isoweekday() in weekend, day.day == 1)
            page.put(row, column, duties.get(day, _SIGNS[why]), look, spill=True)
        page.heights[row] = 18
    for column in range(_FIRST_COLUMN, _FIRST_COLUMN + len(days)):
        page.widths[column] = _DAY_WIDTH
    page.freeze(_FIRST_ROW, _FIRST_COLUMN)
    page.repeat(_FIRST_ROW - 1)
    page.sheet.print_title_cols = "A:A"
    width = page.widths[1] + 7 * _weeks_a_page(plan) * _DAY_WIDTH
    page.break_columns(width, _page_starts(plan)[1:])
    _legend(page, plan, _FIRST_ROW + len(plan.problem.engineers) + 1)


def _weeks_a_page(plan: Plan) -> int:
    """A printed page holds whole weeks, and all pages about equally many."""
    weeks = len(plan.problem.weeks)
    pages = -(-weeks // _MOST_WEEKS_A_PAGE)
    return -(-weeks // pages)


def _page_starts(plan: Plan) -> list[int]:
    """The first column of each printed page."""
    weeks = len(plan.problem.weeks)
    return [_FIRST_COLUMN + 7 * n for n in range(0, weeks, _weeks_a_page(plan))]


class _Off(IntEnum):
    """Why somebody is off on a day; where several hold, the highest is shown."""

    NOT = 0
    HOLIDAY = 1
    FESTIVAL = 2
    AWAY = 3


_SIGNS = {_Off.NOT: "", _Off.HOLIDAY: HOLIDAY, _Off.FESTIVAL: FESTIVAL, _Off.AWAY: AWAY}
_FILLS = {
    _Off.NOT: "",
    _Off.HOLIDAY: _HOLIDAY_FILL,
    _Off.FESTIVAL: _FESTIVAL_FILL,
    _Off.AWAY: _AWAY_FILL,
}


def _duties(plan: Plan, name: str) -> dict[date, str]:
    codes = seats.codes(plan.problem.team)
    return {
        day: codes[duty.rotation, duty.role]
        for duty in plan.rota.duties_of(name)
        for day in duty.week.days
    }


def _days_off(plan: Plan, name: str) -> dict[date, _Off]:
    days_off, horizon = plan.problem.days_off, plan.problem.horizon
    found = {holiday.day: _Off.HOLIDAY for holiday in days_off.holidays.get(name, ())}
    for time in days_off.festivals.get(name, ()):
        found.update(dict.fromkeys(time.days, _Off.FESTIVAL))
    for vacation in plan.problem.team.vacations_of(name):
        first, last = max(vacation.start, horizon.first), min(vacation.end, horizon.last)
        away = (first + timedelta(days=n) for n in range((last - first).days + 1))
        found.update(dict.fromkeys(away, _Off.AWAY))
    return found


@cache
def _look(off: _Off, colour: str, weekend: bool, month_begins: bool) -> Look:
    """Duty (with a colour) wins over days off, and those over weekends."""
    if colour:
        ink = ALARM_INK if off else INK
        return _CENTRED.but(fill=colour, bold=True, ink=ink, month_before=month_begins)
    fill = _FILLS[off] or (_WEEKEND_FILL if weekend else "")
    return _CENTRED.but(fill=fill, ink=QUIET_INK, month_before=month_begins)


_CENTRED = Look(align="center", vertical="center", size=8)


def _weekend(plan: Plan, days: list[date]) -> frozenset[int]:
    """Weekdays that are never working days where the team counts; else Saturday and Sunday."""
    working = {day.isoweekday() for day in days if day not in plan.problem.days_off.non_business}
    found = frozenset(range(1, 8)) - working
    return found if found and working else frozenset({6, 7})


def _headings(page: Page, days: list[date], plan: Plan) -> None:
    for row, title in enumerate(("", "Week", "Day", ""), start=1):
        page.put(row, 1, title, HEAD)
    columns = enumerate(days, start=_FIRST_COLUMN)
    starts = _page_starts(plan)
    for (_, year, month), of_month in groupby(
        columns, key=lambda each: (bisect_right(starts, each[0]), each[1].year, each[1].month)
    ):
        span = [column for column, _ in of_month]
        name = MONTHS[month - 1] if len(span) > 6 else MONTHS[month - 1][:3]
        said = f"{name} {year}" if len(span) > 3 else ""
        _heading(page, 1, span[0], span[-1], said, HEAD.but(wrap=False))
    for number, week in enumerate(plan.problem.weeks):
        first = _FIRST_COLUMN + 7 * number
        _heading(page, 2, first, first + 6, week.name, _WEEK_HEAD)
    for column, day in enumerate(days, start=_FIRST_COLUMN):
        look = _DAY_HEAD.but(month_before=day.day == 1)
        page.put(3, column, day.day, look, spill=True)
        page.put(4, column, WEEKDAYS[day.weekday()][:1], look, spill=True)


_WEEK_HEAD = Look(fill="DCE3EA", align="center", size=8)
_DAY_HEAD = Look(fill="EEF1F4", align="center", size=7, ink=QUIET_INK)


def _heading(page: Page, row: int, first: int, last: int, said: str, look: Look) -> None:
    for column in range(first, last + 1):
        page.put(row, column, said if column == first else None, look, spill=True)
    page.merge(row, first, row, last)


def _legend(page: Page, plan: Plan, row: int) -> None:
    titles = seats.titles(plan.problem.team)
    roles = [f"{code} = {titles[seat]}" for seat, code in seats.codes(plan.problem.team).items()]
    signs = [f"{AWAY} = away", f"{FESTIVAL} = own festival", f"{HOLIDAY} = public holiday"]
    red = "red letter = on duty on a day off"
    for number, line in enumerate((*roles, *signs, red, "grey = weekend")):
        page.put(row + number, _FIRST_COLUMN, line, LOOSE.but(ink=QUIET_INK), spill=True)
