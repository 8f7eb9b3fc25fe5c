"""The Changes sheet read back: what was changed before, whoever wrote it."""

from __future__ import annotations

from planner.files.workbook.readback.book import Found
from planner.files.workbook.text import fold, plain
from planner.files.workbook.titles import CHANGES_HEADER, NO_CHANGES

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
        said = tuple(plain(value) for value in values)
        if any(said) and said[0] != NO_CHANGES:
            found.append(said)
    return tuple(found)
