"""The Changes sheet read back: what was changed before, whoever wrote it."""

from __future__ import annotations

from planner.files.workbook.book import Found
from planner.files.workbook.text import fold, plain
from planner.files.workbook.titles import CHANGES_HEADER

Row = tuple[str, ...]
"""What the columns of the header hold."""


def read_changes(sheet: Found) -> tuple[Row, ...]:
    """Every filled row as it stands, whoever wrote it."""
    header = sheet.grid[sheet.header] if sheet.grid else ()
    columns = {fold(title): column for column, title in enumerate(header)}
    places = [columns.get(fold(title)) for title in CHANGES_HEADER]
    found = []
    for row in sheet.grid[sheet.header + 1 :]:
        values = [row[c] if c is not None and c < len(row) else None for c in places]
        if any(plain(value) for value in values):
            found.append(tuple(plain(value) for value in values))
    return tuple(found)
