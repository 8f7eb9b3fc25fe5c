"""Excel workbooks in a team folder: their sheets as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.files.team.names import tidy
from planner.files.team.reading import Reading
from planner.files.team.rows import Cell
from planner.files.team.tables import Columns, Record, Table, known_columns


def read_sheets(
    path: Path, columns: Columns, fits: Callable[[Sequence[str | None]], bool], reading: Reading
) -> list[Table]:
    """The tables on those sheets whose first row has columns that ``fits``.

    Columns of a sheet that the table does not know are left out, and told in a note; a workbook
    without any such sheet is told in a note too.
    """
    # openpyxl takes longer to load than all CSV files of a team to read.
    from openpyxl import load_workbook

    tables = []
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                records = _records(sheet)
                if records and fits([columns.find(cell) for cell in records[0][1]]):
                    file = f"{path.name} ({sheet.title})"
                    tables.append(known_columns(file, records, columns, reading))
        finally:
            book.close()
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        reading.problem(
            path.name,
            f"cannot be read as an Excel workbook ({type(error).__name__})",
            hint="Save it as .xlsx without a password, or move it out of the folder.",
        )
        return []
    if not tables:
        reading.notes.append(
            f"{path.name}: no sheet has columns such as engineer, start and end in its first "
            "row, so nothing was read from it."
        )
    return tables


def _records(sheet: Any) -> list[Record]:
    # Some programs write a wrong size into the sheet, which would hide rows.
    sheet.reset_dimensions()
    rows = ((n, tuple(map(_cell, row))) for n, row in enumerate(sheet.values, start=1))
    return [(n, cells) for n, cells in rows if any(cells) and not _comment(cells)]


def _comment(cells: Sequence[Cell]) -> bool:
    return isinstance(cells[0], str) and cells[0].startswith("#")


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else tidy(str(value))
