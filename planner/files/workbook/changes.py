"""The Changes sheet: what re-planning changed, why and when. Empty in a first plan."""

from __future__ import annotations

from collections.abc import Sequence

from planner.files.workbook.book import Found
from planner.files.workbook.page import Page
from planner.files.workbook.style import WRAPPED
from planner.files.workbook.text import fold, plain

TITLE = "Changes"
HEADER = ("Week", "Duty", "Old", "New", "Why", "When")
_WIDTHS = (12.0, 26.0, 22.0, 22.0, 60.0, 18.0)

Row = tuple[str, ...]
"""What the columns of the header hold."""


def fill(page: Page, changes: Sequence[Row]) -> None:
    """A row a change, oldest first."""
    page.head(1, HEADER, filters=len(changes))
    page.freeze(2, 1)
    page.widths.update(enumerate(_WIDTHS, start=1))
    for row, change in enumerate(changes, start=2):
        page.put_row(row, [value or None for value in change], [WRAPPED] * len(HEADER))
    page.widths.update(enumerate(_WIDTHS, start=1))


def read_changes(sheet: Found) -> tuple[Row, ...]:
    """Every filled row as it stands, whoever wrote it."""
    header = sheet.grid[sheet.header] if sheet.grid else ()
    columns = {fold(title): column for column, title in enumerate(header)}
    places = [columns.get(fold(title)) for title in HEADER]
    found = []
    for row in sheet.grid[sheet.header + 1 :]:
        values = [row[c] if c is not None and c < len(row) else None for c in places]
        if any(plain(value) for value in values):
            found.append(tuple(plain(value) for value in values))
    return tuple(found)
