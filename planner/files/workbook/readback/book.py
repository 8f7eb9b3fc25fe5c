"""A workbook opened for reading: sheets are found whatever people did to names and places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from planner.cells.references import letters
from planner.errors import OutputError
from planner.files.read_limits import TooLargeError
from planner.files.workbook.record import Grid
from planner.files.workbook.text import fold
from planner.files.xlsx import Xlsx, column_number
from planner.records import dataclass

_HEADER_WITHIN = 30
"""Rows in which a header is looked for."""

_FIRST_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!,]+))!\$?([A-Z]{1,3})\$?([1-9]\d*)")
"""The sheet, column and row of the first cell that a defined name stands for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet's values and the place of its header, counted from 0. ``guess`` says how it was
    found, if not by its title."""

    title: str
    grid: Grid
    header: int
    guess: str = ""


class Book:
    """An open workbook, to be closed in the end: large files are read as they are needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise OutputError(f"{path}: there is no such file.")
        try:
            self._book = Xlsx(path)
        except Exception as broken:  # a damaged file can raise almost anything
            raise _unreadable(path, broken) from broken
        self.close = self._book.close
        self._grids: dict[str, Grid] = {}

    def find(self, title: str, columns: Iterable[str], name: str = "") -> Found | None:
        """The sheet that holds a defined name, else has the title, else has these columns."""
        wanted = {fold(column) for column in columns}
        named = self.place(name)
        if named is not None and named[0] in self._book.sheets:
            sheet, row, _ = named
            guess = f"Sheet “{sheet}” is read as {title}." if fold(sheet) != fold(title) else ""
            header = _header(self._grid(sheet), wanted)
            return Found(sheet, self._grid(sheet), row if header is None else header, guess)
        for sheet in self._book.sheets:
            if fold(sheet) == fold(title):
                return Found(sheet, self._grid(sheet), _header(self._grid(sheet), wanted) or 0)
        for sheet in self._book.sheets:
            header = _header(self._grid(sheet), wanted)
            if header is not None and wanted:
                guess = f"Sheet “{sheet}” is read as {title}, by its columns."
                return Found(sheet, self._grid(sheet), header, guess)
        return None

    def place(self, name: str) -> tuple[str, int, int] | None:
        """(sheet, row, column) of the first cell of a defined name, counted from 0."""
        match = _FIRST_CELL.match(self._book.names.get(name, ""))
        if match is None:
            return None
        sheet = match[1].replace("''", "'") if match[1] else match[2]
        return sheet, int(match[4]) - 1, column_number(match[3])

    def _grid(self, title: str) -> Grid:
        if title not in self._grids:
            try:
                self._grids[title] = self._book.rows(title)
            except Exception as broken:  # as above: rows are parsed only now
                raise _unreadable(self.path, broken) from broken
        return self._grids[title]


def cell_name(row: int, column: int) -> str:
    """``C5`` for row 4, column 2, counted from 0."""
    return f"{letters(column + 1)}{row + 1}"


def _header(grid: Grid, wanted: set[str]) -> int | None:
    """The first row that has all the titles, else the one that has most of them, if any two."""
    counts = [len(wanted & {fold(value) for value in row}) for row in grid[:_HEADER_WITHIN]]
    best = max(counts, default=0)
    return counts.index(best) if best >= min(2, len(wanted)) and best else None


def _unreadable(path: Path, broken: Exception) -> OutputError:
    if isinstance(broken, TooLargeError):
        return OutputError(
            f"{path} {broken}, so it is not read. Delete what was added far from the rota, or put "
            "an older copy in its place."
        )
    return OutputError(
        f"{path} cannot be read as an Excel workbook ({broken or type(broken).__name__}). "
        "Open it in Excel or LibreOffice and save it as .xlsx, or put an older copy in its place."
    )
