"""The Vacations sheet: who is away within the horizon. More may be typed below."""

from __future__ import annotations

from planner.cells.workings import AWAY_FROM, AWAY_KIND, AWAY_UNTIL, AWAY_WHO
from planner.checking.finished_plan import Plan
from planner.domain.absence_kinds import KINDS
from planner.files.workbook import text
from planner.files.workbook.conditional_formats import highlight_mistakes, highlight_names
from planner.files.workbook.data_validation import choose_engineer, choose_word, expect_dates
from planner.files.workbook.page import Page
from planner.files.workbook.snapshot import is_typed
from planner.files.workbook.style import DATE, TEXT, WRAPPED, Look
from planner.files.workbook.titles import UNSAID, VACATIONS_HEADER
from planner.files.workbook.workings import Workings

_PRINTED_ROOM = 8
_HELP = (
    "Type further vacations here. The checks count them at once; “rota replan” plans around them."
)


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """A row a vacation, by date; kinds and notes only where the team shows reasons."""
    team = plan.problem.team
    found = work.facts.vacations
    page.head(1, VACATIONS_HEADER, filters=len(found) + work.vacation_room)
    page.freeze(2, 1)
    fills = work.facts.colours
    for row, vacation in enumerate(found, start=2):
        show = team.settings.show_reasons or is_typed(vacation)
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
    page.widths.update({1: max(page.widths.get(1, 0.0), 22.0), 4: 14.0})
    for column in (2, 3, 5):
        page.widths[column] = 18.0
    page.widths[6] = max(page.widths.get(6, 0.0), 40.0)
    room = 2 + len(found)
    last = room + work.vacation_room - 1
    page.leave_open(room, last, (TEXT, DATE, DATE, TEXT, DATE, WRAPPED))
    choose_engineer(page, room, 1, last, help_text=_HELP)
    choose_word(page, dict.fromkeys([*KINDS, *team.settings.owed_during]), room, 4, last)
    expect_dates(page, room, 2, last, 3)
    expect_dates(page, room, 5, last, 5)
    page.print_rows(room + _PRINTED_ROOM, len(VACATIONS_HEADER))
    for name, column in ((AWAY_WHO, 1), (AWAY_FROM, 2), (AWAY_UNTIL, 3), (AWAY_KIND, 4)):
        page.name(name, 2, column, last, column)
    names = {text.clean(engineer): fill for engineer, fill in fills.items()}
    cells = f"A{room}:A{last}"
    highlight_names(page, cells, f"A{room}", names)
    highlight_mistakes(page, room, last, people="A", dates=("B", "C"))
    page.protect()
