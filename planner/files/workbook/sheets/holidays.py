"""The Holidays sheet: public holidays and own festivals within the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.cells.references import CellValue
from planner.checking.finished_plan import Plan
from planner.domain.quarters import week_of
from planner.files.workbook import text
from planner.files.workbook.page import Page
from planner.files.workbook.style import DATE, DOUBTFUL, TEXT, WRAPPED
from planner.files.workbook.weeks import own_festivals, shared_holidays

TITLE = "Holidays"
HEADER = ("Date", "Until", "Week", "Name", "Where", "Who", "Certainty")
CONFIRMED, ESTIMATED = "confirmed", "estimated"


def fill(page: Page, plan: Plan) -> None:
    """A row a holiday or festival, by date."""
    rows = sorted([*_public(plan), *_own(plan)], key=lambda row: [str(cell) for cell in row])
    page.head(1, HEADER, filters=len(rows))
    page.freeze(2, 1)
    for number, row in enumerate(rows, start=2):
        certain = TEXT if row[-1] == CONFIRMED else DOUBTFUL
        page.put_row(number, row, (DATE, DATE, TEXT, WRAPPED, WRAPPED, WRAPPED, certain))


def _public(plan: Plan) -> Iterator[list[CellValue]]:
    team = plan.problem.team
    for shared in shared_holidays(plan):
        week = week_of(shared.holiday.day, team.handover_weekday)
        regions = sorted({str(team.engineer(name).at(week).region) for name in shared.engineers})
        yield [
            *_when(plan, shared.holiday.day, None),
            text.holiday_name(shared.holiday),
            text.listed(regions),
            text.listed(shared.engineers),
            shared.holiday.certainty,
        ]


def _own(plan: Plan) -> Iterator[list[CellValue]]:
    show = plan.problem.team.settings.show_reasons
    for engineer, time in own_festivals(plan):
        yield [
            *_when(plan, time.days[0], time.days[-1] if len(time.days) > 1 else None),
            text.festival_name(time, show_reasons=show),
            "personal",
            engineer,
            ESTIMATED if time.estimated else CONFIRMED,
        ]


def _when(plan: Plan, day: date, until: date | None) -> tuple[CellValue, ...]:
    week = week_of(day, plan.problem.team.handover_weekday)
    return day, until, week.name
