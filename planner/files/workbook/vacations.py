"""The Vacations sheet: who is away within the horizon. More may be typed below."""

from __future__ import annotations

from planner.files.workbook.page import Page
from planner.files.workbook.style import DATE, TEXT, WRAPPED, Look, colours
from planner.files.workbook.titles import UNSAID, VACATIONS_HEADER
from planner.plan import Plan


def fill(page: Page, plan: Plan) -> None:
    """A row a vacation, by date; kinds and notes only where the team shows reasons."""
    team, horizon = plan.problem.team, plan.problem.horizon
    found = sorted(
        (v for v in team.vacations if v.start <= horizon.last and horizon.first <= v.end),
        key=lambda v: (v.start, v.engineer, v.end, v.kind),
    )
    page.head(1, VACATIONS_HEADER, filters=len(found))
    page.freeze(2, 1)
    fills = colours(team)
    show = team.settings.show_reasons
    for row, vacation in enumerate(found, start=2):
        name_look = Look(fill=fills.get(vacation.engineer, ""))
        values = (
            vacation.engineer,
            vacation.start,
            vacation.end,
            vacation.kind if show else UNSAID,
            vacation.logged,
            vacation.note if show else None,
        )
        page.put_row(row, values, (name_look, DATE, DATE, TEXT, DATE, WRAPPED))
    page.widths[1] = max(page.widths.get(1, 0.0), 22.0)
    for column in (2, 3, 5):
        page.widths[column] = 16.0
    page.widths[6] = max(page.widths.get(6, 0.0), 40.0)
    page.choose_engineer(2, 1)
