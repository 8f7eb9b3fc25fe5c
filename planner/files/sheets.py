"""Excel workbooks in a team folder: their sheets as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.files.names import tidy
from planner.files.reading import Reading
from planner.files.rows import Cell
from planner.files.tables import Columns, Table, rows_of

_Records = list[tuple[int, tuple[Cell, ...]]]


def read_sheets(path: Path, columns: Columns, reading: Reading) -> list[Table]:
    """The tables on those sheets whose first row has all required columns.

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
                if records and _fits(records, columns):
                    file = f"{path.name} ({sheet.title})"
                    tables.append(_table(file, records, columns, reading))
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
            f"{path.name}: no sheet has the columns {', '.join(columns.required)} in its first "
            "row, so nothing was read from it."
        )
    return tables


def _records(sheet: Any) -> _Records:
    # Some programs write a wrong size into the sheet, which would hide rows.
    sheet.reset_dimensions()
    rows = ((n, tuple(map(_cell, row))) for n, row in enumerate(sheet.values, start=1))
    return [(n, cells) for n, cells in rows if any(cells) and not _comment(cells)]


def _comment(cells: tuple[Cell, ...]) -> bool:
    return isinstance(cells[0], str) and cells[0].startswith("#")


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else tidy(str(value))


def _fits(records: _Records, columns: Columns) -> bool:
    found = {columns.find(cell) for cell in records[0][1]}
    return found.issuperset(columns.required)


def _table(file: str, records: _Records, columns: Columns, reading: Reading) -> Table:
    header = records[0][1]
    kept = [place for place, cell in enumerate(header) if columns.find(cell)]
    left_out = [str(cell) for cell in header if cell and not columns.find(cell)]
    if left_out:
        reading.notes.append(f"{file}: the columns {', '.join(left_out)} are not read.")
    return rows_of(file, _chosen(records, kept), columns, reading)


def _chosen(records: _Records, kept: list[int]) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in records:
        yield number, [cells[place] if place < len(cells) else "" for place in kept]
