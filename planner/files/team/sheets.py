"""Excel workbooks in a team folder: their sheets as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from planner.files.read_limits import TooLargeError
from planner.files.team.choices import tidy
from planner.files.team.reading import Reading
from planner.files.team.rows import Cell
from planner.files.team.tables import Columns, Record, Table, known_columns
from planner.files.xlsx import Rows, Xlsx


def read_sheets(
    path: Path, columns: Columns, fits: Callable[[Sequence[str | None]], bool], reading: Reading
) -> list[Table]:
    """The tables on those sheets whose first row has columns that ``fits``.

    Columns of a sheet that the table does not know are left out, and told in a note; a workbook
    without any such sheet is told in a note too.
    """
    tables = []
    try:
        with closing(Xlsx(path)) as book:
            for title in book.sheets:
                records = _records(book.rows(title))
                if records and fits([columns.find(cell) for cell in records[0][1]]):
                    file = f"{path.name} ({title})"
                    tables.append(known_columns(file, records, columns, reading))
    except TooLargeError as error:
        hint = "Keep only the sheet with the vacations in it."
        reading.problem(path.name, f"{error}, so it is not read", hint=hint)
        return []
    except Exception as error:  # a damaged file can raise almost anything
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


def _records(rows: Rows) -> list[Record]:
    filled = ((n, tuple(map(_cell, row))) for n, row in enumerate(rows, start=1) if row)
    return [(n, cells) for n, cells in filled if any(cells) and str(cells[0])[:1] != "#"]


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else tidy(str(value))
