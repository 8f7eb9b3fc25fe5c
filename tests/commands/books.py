"""Workbooks as people handle them: edit cells, and look at every cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from planner.files.xlsx import Xlsx

Cells = dict[tuple[str, int, int], object]


def edit(path: Path, **cells: object) -> None:
    """Set cells of the Rota sheet, by their names."""
    change(path, lambda book: [book["Rota"].__setitem__(c, v) for c, v in cells.items()])


def change(path: Path, act: Callable[[Any], object]) -> None:
    """Open, change and save a workbook, as a person would in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    act(book)
    book.save(path)


def cells(path: Path) -> Cells:
    """Every value of every sheet, hidden ones too, by sheet, row and column."""
    book = Xlsx(path)
    try:
        return {
            (title, row, column): value
            for title in book.sheets
            for row, values in enumerate(book.rows(title), start=1)
            for column, value in enumerate(values, start=1)
            if value is not None
        }
    finally:
        book.close()


def rows(path: Path, title: str) -> list[tuple[object, ...]]:
    """The filled rows of a sheet."""
    book = Xlsx(path)
    try:
        return [row for row in book.rows(title) if any(value not in (None, "") for value in row)]
    finally:
        book.close()


def column(path: Path, title: str) -> list[object]:
    """A column of the Rota sheet, by its title, week by week."""
    header, *lines = rows(path, "Rota")
    place = header.index(title)
    return [line[place] if place < len(line) else None for line in lines]


def place(path: Path, week: str, title: str) -> str:
    """The name of the cell of a week and a column of the Rota sheet."""
    header, *lines = rows(path, "Rota")
    number = next(n for n, line in enumerate(lines, start=2) if line[0] == week)
    return f"{openpyxl.utils.get_column_letter(header.index(title) + 1)}{number}"


def kept(path: Path) -> list[Path]:
    """The older workbooks beside one, the oldest first."""
    return sorted(path.parent.glob(f"{path.stem}.before-*.xlsx"))
