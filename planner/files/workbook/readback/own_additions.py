"""Looks through a workbook for what people added to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string

from planner.cells.references import CellValue, letters
from planner.files.workbook.additions import (
    NOTHING,
    Additions,
    Comment,
    OwnColumn,
    OwnSheet,
    Written,
)
from planner.files.workbook.foreign_colours import rgb
from planner.files.workbook.style import GENERATED_FILLS, HEAD, Look
from planner.files.workbook.text import fold, plain
from planner.files.workbook.titles import (
    CHANGES,
    CHANGES_HEADER,
    COVER,
    COVER_HEADER,
    MARK,
    ROTA,
    VACATIONS,
    VACATIONS_HEADER,
    WEEK,
)

HIDDEN_SHEETS = ("Workings", "Days")
Sheet = Any
"""A worksheet; openpyxl's types leave out half of what it has."""


def read_additions(path: Path, generated: Mapping[str, str]) -> Additions:
    """What people added; nothing, and quickly, where no program saved the file since it was
    written. ``generated`` are the titles of the planner's own sheets, with their tabs' colours."""
    if not _saved_since(path):
        return NOTHING
    if _unpacked(path) > _LARGEST:
        return Additions(
            lost=("what else was added to it, which is too large to be looked through",)
        )
    book = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    own = [sheet for sheet in book.worksheets if _is_own(sheet, generated)]
    ours = [s for s in book.worksheets if s.title in generated]
    rota = book[ROTA] if ROTA in book.sheetnames else None
    columns, fills = ((), ()) if rota is None else _of_rota(rota, values[ROTA])
    return Additions(
        tuple(_own_sheet(sheet, values[sheet.title]) for sheet in own),
        columns,
        tuple(comment for sheet in ours for comment in _comments(sheet)),
        fills,
        tuple(text for sheet in ours for text in _texts(sheet)),
        tuple(lost for sheet in (*ours, *own) for lost in _lost(sheet, sheet in own)),
    )


def _saved_since(path: Path) -> bool:
    """The planner leaves a mark that no other program writes again."""
    try:
        with ZipFile(path) as archive:
            return archive.comment != MARK
    except (BadZipFile, OSError):
        return False


_LARGEST = 60_000_000
"""Bytes unpacked; a hundred people in five rotations take half as much for a year."""


def _unpacked(path: Path) -> int:
    with ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def _is_own(sheet: Sheet, generated: Mapping[str, str]) -> bool:
    """Neither one of the planner's sheets, nor one of them that somebody renamed."""
    tab = rgb(sheet.sheet_properties.tabColor)
    first = (sheet.cell(row, 1) for row in range(1, 31))
    renamed = tab in generated.values() and any(cell.alignment.vertical for cell in first)
    return not renamed and sheet.title not in {*generated, *HIDDEN_SHEETS}


def _own_sheet(sheet: Sheet, values: Sheet) -> OwnSheet:
    cells = {
        (cell.row, cell.column): _written(cell, values.cell(cell.row, cell.column).value)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and (cell.value is not None or cell.has_style)
    }
    widths = {
        column_index_from_string(name): dimension.width
        for name, dimension in sheet.column_dimensions.items()
        if dimension.width
    }
    return OwnSheet(sheet.title, cells, widths, tuple(map(str, sheet.merged_cells.ranges)))


def _written(cell: Cell, value: object) -> Written:
    formula = str(cell.value)[1:] if cell.data_type == "f" else ""
    return Written(_plain_value(value if formula else cell.value), _look(cell), formula)


def _plain_value(value: object) -> CellValue:
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else str(value)
    if value is None or isinstance(value, str | int | float | date):
        return value
    return str(value)


def _look(cell: Cell) -> Look:
    """As near as the workbook's looks come to it."""
    font, alignment = cell.font, cell.alignment
    across = alignment.horizontal if alignment.horizontal in ("left", "center", "right") else "left"
    return Look(
        fill=rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else "",
        ink=(rgb(font.color) if font.color is not None else "") or Look().ink,
        bold=bool(font.b),
        italic=bool(font.i),
        size=int(font.sz or Look().size),
        align=across,
        vertical="center",
        wrap=bool(alignment.wrap_text),
        format=cell.number_format,
        lined=cell.border.bottom.style is not None,
        open=True,
    )


Fill = tuple[str, str, str]


def _of_rota(sheet: Sheet, values: Sheet) -> tuple[tuple[OwnColumn, ...], tuple[Fill, ...]]:
    """Columns without one of the planner's looks in their head; fills that it never uses."""
    titles = {cell.column: plain(cell.value) for cell in sheet[1]}
    week_column = next((c for c, title in titles.items() if fold(title) == fold(WEEK)), None)
    if week_column is None:
        return (), ()
    weeks = {row: plain(sheet.cell(row, week_column).value) for row in range(2, sheet.max_row + 1)}
    weeks = {row: name for row, name in weeks.items() if name}
    columns, fills = [], []
    for column, title in titles.items():
        cells = {name: sheet.cell(row, column) for row, name in weeks.items()}
        if not is_generated(sheet.cell(1, column)):
            by_week = {
                name: _written(cell, values.cell(cell.row, column).value)
                for name, cell in cells.items()
                if cell.value is not None or cell.fill.fill_type == "solid"
            }
            if title or by_week:
                width = sheet.column_dimensions[letters(column)].width or 10.0
                columns.append(OwnColumn(title, width, by_week))
            continue
        for name, cell in cells.items():
            colour = rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else ""
            if colour and colour not in GENERATED_FILLS:
                fills.append((name, fold(title), colour))
    return tuple(columns), tuple(fills)


def is_generated(cell: Cell) -> bool:
    """Whether a head cell looks as the planner writes heads."""
    return cell.fill.fill_type == "solid" and rgb(cell.fill.fgColor) == HEAD.fill


def _comments(sheet: Sheet) -> Iterator[Comment]:
    heads = {cell.column: plain(cell.value) for cell in sheet[1]}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                week = plain(sheet.cell(cell.row, 1).value) if sheet.title == ROTA else ""
                column = fold(heads.get(cell.column, "")) if sheet.title == ROTA else ""
                said, author = cell.comment.text, cell.comment.author or ""
                yield Comment(sheet.title, cell.coordinate, week, column, said, author)


def _texts(sheet: Sheet) -> Iterator[tuple[str, int, int, Written]]:
    """Values in cells that never had one of the planner's looks: it gives each an alignment."""
    weeks = 0
    if sheet.title == ROTA:  # the last row with one of the planner's cells in its first column
        rows = (n for n in range(1, sheet.max_row + 1) if sheet.cell(n, 1).alignment.vertical)
        weeks = max(rows, default=1)
    heads = {cell.column for cell in sheet[1] if not is_generated(cell)} if weeks else set()
    read_back = _READ_BACK.get(sheet.title, 0)
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, Cell) or cell.value is None or cell.alignment.vertical:
                continue
            if cell.column <= read_back:
                continue
            below = cell.row > weeks
            if sheet.title == ROTA and (not below or (cell.row == 1 and cell.column in heads)):
                continue
            yield sheet.title, cell.row - weeks, cell.column, _written(cell, cell.value)


_READ_BACK = {
    VACATIONS: len(VACATIONS_HEADER),
    COVER: len(COVER_HEADER),
    CHANGES: len(CHANGES_HEADER),
}
"""Columns, by sheet, of which every row is read as a fact, however far down it was typed."""


def _lost(sheet: Sheet, own: bool) -> Iterator[str]:
    if own and sheet._charts:
        yield f"a chart on the sheet “{sheet.title}”"
    if sheet._images:
        yield f"a picture on the sheet “{sheet.title}”"
    if own and len(sheet.conditional_formatting):
        yield f"colours that follow values on the sheet “{sheet.title}”"
    if own and sheet.data_validations and sheet.data_validations.dataValidation:
        yield f"lists to choose from on the sheet “{sheet.title}”"
