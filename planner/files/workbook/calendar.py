"""The Calendar sheet: a row an engineer, a column a day; on duty, away, holidays, weekends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
from planner.plan import Plan

TITLE = "Calendar"
AWAY, HOLIDAY, FESTIVAL = "×", "h", "f"
_FIRST_ROW, _FIRST_COLUMN = 5, 2
_DAY_WIDTH = 3.0
_DAYS_A_PAGE = 91
_AWAY_FILL, _HOLIDAY_FILL, _FESTIVAL_FILL, _WEEKEND_FILL = "D5D5D5", "FFF3C4", "E7DDF3", "F1F1F1"


def fill(page: Page, plan: Plan) -> None:
    """Four heading rows (month, week, day, weekday), the engineers, and a legend."""
    days = [day for week in plan.problem.weeks for day in week.days]
    weekend = _weekend(plan, days)
    _headings(page, days, plan)
    fills = colours(plan.problem.team)
    for row, engineer in enumerate(plan.problem.engineers, start=_FIRST_ROW):
        name_look = Look(fill=fills[engineer.name], vertical="center")
        page.put(row, 1, engineer.name, name_look, widest=34)
        marks = _marks(plan, engineer.name, days)
        for column, day in enumerate(days, start=_FIRST_COLUMN):
            mark = marks[day]
            look = _look(mark, fills[engineer.name], day.isoweekday() in weekend)
            page.put(row, column, mark.text, look.but(month_before=day.day == 1), spill=True)
        page.heights[row] = 18
    for column in range(_FIRST_COLUMN, _FIRST_COLUMN + len(days)):
        page.widths[column] = _DAY_WIDTH
    page.freeze(_FIRST_ROW, _FIRST_COLUMN)
    page.repeat(_FIRST_ROW - 1)
    page.sheet.print_title_cols = "A:A"
    page.sheet.page_setup.fitToWidth = -(-len(days) // _DAYS_A_PAGE)
    _legend(page, plan, _FIRST_ROW + len(plan.problem.engineers) + 1)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What one engineer's day shows."""

    text: str = ""
    duty: bool = False
    away: bool = False
    holiday: bool = False
    festival: bool = False


def _marks(plan: Plan, name: str, days: list[date]) -> dict[date, _Mark]:
    codes = seats.codes(plan.problem.team)
    duties = {
        day: codes[duty.rotation, duty.role]
        for duty in plan.rota.duties_of(name)
        for day in duty.week.days
    }
    away = {
        day
        for vacation in plan.problem.team.vacations_of(name)
        for day in days
        if vacation.start <= day <= vacation.end
    }
    holidays = {holiday.day for holiday in plan.problem.days_off.holidays.get(name, ())}
    times = plan.problem.days_off.festivals.get(name, ())
    festivals = {day for time in times for day in time.days}
    marks = {}
    for day in days:
        shown = duties.get(day) or (
            AWAY
            if day in away
            else FESTIVAL
            if day in festivals
            else HOLIDAY
            if day in holidays
            else ""
        )
        marks[day] = _Mark(shown, day in duties, day in away, day in holidays, day in festivals)
    return marks


def _look(mark: _Mark, colour: str, weekend: bool) -> Look:
    """Duty wins over everything; then away, own festival, public holiday, weekend."""
    if mark.duty:
        off = mark.away or mark.holiday or mark.festival
        return _CENTRED.but(fill=colour, bold=True, ink=ALARM_INK if off else INK)
    if mark.away:
        return _CENTRED.but(fill=_AWAY_FILL, ink=QUIET_INK)
    if mark.festival:
        return _CENTRED.but(fill=_FESTIVAL_FILL, ink=QUIET_INK)
    if mark.holiday:
        return _CENTRED.but(fill=_HOLIDAY_FILL, ink=QUIET_INK)
    return _CENTRED.but(fill=_WEEKEND_FILL) if weekend else _CENTRED


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
    for (year, month), of_month in groupby(columns, key=lambda each: (each[1].year, each[1].month)):
        span = [column for column, _ in of_month]
        name = MONTHS[month - 1] if len(span) > 6 else MONTHS[month - 1][:3]
        said = f"{name} {year}" if len(span) > 3 else ""
        _heading(page, 1, span[0], span[-1], said, HEAD.but(wrap=False, month_before=True))
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
        page.put(row + number, 1, line, LOOSE.but(ink=QUIET_INK), spill=True)
