"""The Cover sheet: stand-ins for part of a duty week, with room to type them in."""

from __future__ import annotations

from planner.files.workbook.page import Page
from planner.files.workbook.style import DATE, TEXT, WRAPPED, Look, colours
from planner.files.workbook.titles import COVER_HEADER
from planner.plan import Plan

_WIDTHS = (22.0, 16.0, 16.0, 22.0, 24.0, 16.0, 50.0)


def fill(page: Page, plan: Plan) -> None:
    """A row a stand-in within the horizon, and room below."""
    horizon = plan.problem.horizon
    covers = [c for c in plan.problem.covers if c.start <= horizon.last and horizon.first <= c.end]
    page.head(1, COVER_HEADER, filters=len(covers))
    page.freeze(2, 1)
    fills = colours(plan.problem.team)
    for row, cover in enumerate(covers, start=2):
        page.put_row(
            row,
            (
                cover.engineer,
                cover.start,
                cover.end,
                cover.stand_in,
                cover.rotation,
                cover.role,
                cover.note or None,
            ),
            (
                Look(fill=fills.get(cover.engineer, "")),
                DATE,
                DATE,
                Look(fill=fills.get(cover.stand_in, "")),
                TEXT,
                TEXT,
                WRAPPED,
            ),
        )
    page.widths.update(enumerate(_WIDTHS, start=1))
    page.choose_engineer(2, 1)
    page.choose_engineer(2, 4)
