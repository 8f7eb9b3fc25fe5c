"""The Rota sheet: a row a week. People edit names, locks and notes here; it is read back."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain import Duty, DutyWeek
from planner.files.workbook import seats, text
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    ALARM,
    ALARM_FILL,
    DATE,
    QUIET,
    REST,
    TEXT,
    WRAPPED,
    Look,
    colours,
)
from planner.files.workbook.titles import (
    AWAY,
    ENDS,
    HOLIDAYS,
    LOCK,
    NOTE,
    PROBLEMS,
    ROTA_HEADER_NAME,
    STARTS,
    WEEK,
    column_name,
)
from planner.files.workbook.weeks import WeekNotes
from planner.plan import Plan

LOCKED_ALL = "all"
_LONGEST_LIST = 250


def header(plan: Plan) -> tuple[str, ...]:
    """The titles of the columns, exactly as other people's tools expect them."""
    duties = seats.titles(plan.problem.team).values()
    return (WEEK, STARTS, ENDS, *duties, HOLIDAYS, AWAY, PROBLEMS, LOCK, NOTE)


def fill(
    page: Page,
    plan: Plan,
    facts: Mapping[DutyWeek, WeekNotes],
    notes: Mapping[DutyWeek, str],
) -> None:
    """A header in row 1 and a row a week below it, so that pandas reads it as it is."""
    titles = header(plan)
    weeks = plan.problem.weeks
    page.head(1, [text.clean(title) for title in titles], filters=len(weeks))
    page.freeze(2, 4)
    fills = colours(plan.problem.team)
    duties = set(plan.problem.duties)
    locks = _locks(plan)
    for row, week in enumerate(weeks, start=2):
        edge = row > 2 and week.first.month != weeks[row - 3].first.month
        plain, day, wrapped = (look.but(month_above=edge) for look in (TEXT, DATE, WRAPPED))
        page.put(row, 1, week.name, plain.but(bold=True))
        page.put(row, 2, week.first, day)
        page.put(row, 3, week.last, day)
        column = 4
        for rotation, role in seats.titles(plan.problem.team):
            duty = Duty(week, rotation, role)
            holder = plan.rota.holder(duty)
            look = _duty_look(duty in duties, fills.get(holder or "", ""))
            page.put(row, column, holder, look.but(month_above=edge), widest=34)
            column += 1
        said = facts[week]
        page.put(row, column, "\n".join(said.holidays), QUIET.but(month_above=edge), widest=46)
        page.put(row, column + 1, "\n".join(said.away), wrapped, widest=26)
        page.put(row, column + 2, "\n".join(said.problems), ALARM.but(month_above=edge), widest=52)
        page.put(row, column + 3, locks.get(week), wrapped, widest=24)
        page.put(row, column + 4, notes.get(week), wrapped, widest=40)
    page.widths[len(titles)] = max(page.widths.get(len(titles), 0), 24.0)
    _help_editing(page, plan, titles)


def _duty_look(planned: bool, colour: str) -> Look:
    if not planned:
        return REST
    return Look(fill=colour or ALARM_FILL, wrap=True)


def _locks(plan: Plan) -> dict[DutyWeek, str]:
    """What the Lock column says: ``all``, or the titles of the locked roles."""
    titles = seats.titles(plan.problem.team)
    locked = {held.duty for held in plan.problem.locked}
    found = {}
    for week in plan.problem.weeks:
        duties = [plan.problem.duties[n] for n in plan.problem.duties_in(week)]
        chosen = [titles[d.rotation, d.role] for d in duties if d in locked]
        if chosen:
            found[week] = LOCKED_ALL if len(chosen) == len(duties) else text.listed(chosen)
    return found


def _help_editing(page: Page, plan: Plan, titles: tuple[str, ...]) -> None:
    """Names that survive inserted rows and columns, and lists to choose from."""
    last = 1 + len(plan.problem.weeks)
    page.name(ROTA_HEADER_NAME, 1, 1, 1, len(titles))
    for column in range(1, len(titles) + 1):
        page.name(column_name(column), 1, column, last, column)
    duty_columns = seats.titles(plan.problem.team).values()
    page.choose_engineer(2, 4, 3 + len(duty_columns))
    offered = f'"{",".join((LOCKED_ALL, *duty_columns))}"'
    if len(offered) <= _LONGEST_LIST and not any(set(',"') & set(t) for t in duty_columns):
        page.choose(offered, 2, titles.index(LOCK) + 1, last, titles.index(LOCK) + 1)
