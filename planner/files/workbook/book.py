"""A workbook opened for reading: sheets are found whatever people did to names and places."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries

from planner.errors import OutputError
from planner.files.workbook.record import Grid
from planner.files.workbook.text import fold

_HEADER_WITHIN = 30
"""Rows in which a header is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet's values and the place of its header, counted from 0. ``guess`` says how it was
    found, if not by its title."""

    title: str
    grid: Grid
    header: int
    guess: str = ""


class Book:
    """An open workbook; a context manager, because large files are read as they are needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Book:
        if not self.path.is_file():
            raise OutputError(f"{self.path}: there is no such file.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self._book = load_workbook(self.path, read_only=True, data_only=True)
            except Exception as broken:  # a damaged file can raise almost anything
                raise _unreadable(self.path, broken) from broken
        self._grids: dict[str, Grid] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    def find(self, title: str, columns: Iterable[str], name: str = "") -> Found | None:
        """The sheet that holds a defined name, else has the title, else has these columns."""
        wanted = {fold(column) for column in columns}
        named = self.place(name)
        if named is not None and named[0] in self._book.sheetnames:
            sheet, row, _ = named
            guess = f"Sheet “{sheet}” is read as {title}." if fold(sheet) != fold(title) else ""
            header = _header(self._grid(sheet), wanted)
            return Found(sheet, self._grid(sheet), row if header is None else header, guess)
        for sheet in self._book.sheetnames:
            if fold(sheet) == fold(title):
                return Found(sheet, self._grid(sheet), _header(self._grid(sheet), wanted) or 0)
        for sheet in self._book.sheetnames:
            header = _header(self._grid(sheet), wanted)
            if header is not None and wanted:
                guess = f"Sheet “{sheet}” is read as {title}, by its columns."
                return Found(sheet, self._grid(sheet), header, guess)
        return None

    def place(self, name: str) -> tuple[str, int, int] | None:
        """(sheet, row, column) of the first cell of a defined name, counted from 0."""
        defined = self._book.defined_names.get(name)
        try:
            (sheet, cells), *_ = list(defined.destinations) if defined else []
            column, row, _, _ = range_boundaries(cells)
        except (ValueError, TypeError):
            return None
        return (sheet, row - 1, column - 1) if row and column else None

    def _grid(self, title: str) -> Grid:
        if title not in self._grids:
            sheet = self._book[title]
            try:
                sheet.reset_dimensions()
                self._grids[title] = list(sheet.iter_rows(values_only=True))
            except Exception as broken:  # as above: rows are parsed only now
                raise _unreadable(self.path, broken) from broken
        return self._grids[title]


def cell_name(row: int, column: int) -> str:
    """``C5`` for row 4, column 2, counted from 0."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def _header(grid: Grid, wanted: set[str]) -> int | None:
    """The first row that has all the titles, else the one that has most of them, if any two."""
    counts = [len(wanted & {fold(value) for value in row}) for row in grid[:_HEADER_WITHIN]]
    best = max(counts, default=0)
    return counts.index(best) if best >= min(2, len(wanted)) and best else None


def _unreadable(path: Path, broken: Exception) -> OutputError:
    return OutputError(
        f"{path} cannot be read as an Excel workbook ({broken or type(broken).__name__}). "
        "Open it in Excel or LibreOffice and save it as .xlsx, or put an older copy in its place."
    )
