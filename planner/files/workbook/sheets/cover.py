"""The Cover sheet: stand-ins for part of a duty week, with room to type them in."""

from __future__ import annotations

from planner.cells.references import letters
from planner.cells.workings import (
    COVER_BY,
    COVER_FROM,
    COVER_ROLE,
    COVER_ROOM,
    COVER_ROTATION,
    COVER_UNTIL,
    COVER_WHO,
)
from planner.checking.finished_plan import Plan
from planner.files.workbook import text
from planner.files.workbook.conditional_formats import highlight_mistakes, highlight_names
from planner.files.workbook.data_validation import choose_engineer, choose_word, expect_dates
from planner.files.workbook.page import Page
from planner.files.workbook.style import DATE, TEXT, WRAPPED, Look
from planner.files.workbook.titles import COVER_HEADER
from planner.files.workbook.workings import Workings

_PRINTED_ROOM = 8
_HELP = (
    "Type whose days are taken, from and until, and by whom. Empty rotation and role mean any. "
    "Each row goes on from those above it."
)
_WIDTHS = (22.0, 18.0, 18.0, 22.0, 24.0, 16.0, 50.0)


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """A row a stand-in within the horizon, and room below."""
    found = work.facts.covers
    page.head(1, COVER_HEADER, filters=len(found) + COVER_ROOM)
    page.freeze(2, 1)
    fills = work.facts.colours
    for row, cover in enumerate(found, start=2):
        values = (
            cover.engineer,
            cover.start,
            cover.end,
            cover.stand_in,
            cover.rotation,
            cover.role,
            cover.note or None,
        )
        held = Look(fill=fills.get(cover.engineer, ""))
        stood_in = Look(fill=fills.get(cover.stand_in, ""))
        looks = (held, DATE, DATE, stood_in, TEXT, TEXT, WRAPPED)
        page.put_row(row, values, [look.but(open=True) for look in looks])
    page.widths.update(enumerate(_WIDTHS, start=1))
    last = 1 + len(found) + COVER_ROOM
    page.print_rows(2 + len(found) + _PRINTED_ROOM, len(COVER_HEADER))
    page.leave_open(2 + len(found), last, (TEXT, DATE, DATE, TEXT, TEXT, TEXT, WRAPPED))
    names = (COVER_WHO, COVER_FROM, COVER_UNTIL, COVER_BY, COVER_ROTATION, COVER_ROLE)
    for column, name in enumerate(names, start=1):
        page.name(name, 2, column, last, column)
    choose_word(page, [rotation.name for rotation in plan.problem.team.rotations], 2, 5, last)
    choose_word(page, dict.fromkeys(role.shared for _, role in plan.problem.seats), 2, 6, last)
    expect_dates(page, 2, 2, last, 3)
    by_name = {text.clean(engineer): fill for engineer, fill in fills.items()}
    for column in (1, 4):
        choose_engineer(page, 2, column, last, help_text=_HELP if column == 1 else "")
        letter = letters(column)
        highlight_names(page, f"{letter}2:{letter}{last}", f"{letter}2", by_name)
    highlight_mistakes(page, 2, last, people="AD", dates=("B", "C"))
    page.protect()
