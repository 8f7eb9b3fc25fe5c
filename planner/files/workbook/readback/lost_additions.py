"""What people added to a workbook that no rota has room for: sheets and columns of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from planner.cells.references import letters
from planner.files.read_limits import TooLargeError
from planner.files.workbook.record import Grid
from planner.files.workbook.text import fold, plain
from planner.files.workbook.titles import ROTA, WEEK
from planner.files.xlsx import Xlsx


def own_parts(old: Path, new: Path) -> tuple[str, ...]:
    """Sheets, columns of the Rota sheet and what else the old workbook has and the new one lacks.

    Both are workbooks that this planner wrote; a sheet that was only renamed is none of them.
    """
    from planner.files.workbook.readback.own_additions import read_additions
    from planner.files.workbook.writing import SHEETS

    try:
        before, after = _grids(old), _grids(new)
    except TooLargeError:
        return ("what else was added to it, which is too large to be looked through",)
    renamed = {title: _header(grid) for title, grid in after.items() if title not in before}
    rota: Grid = before.get(ROTA, ())
    found = []
    for title, grid in before.items():
        if title not in after and _header(grid) not in renamed.values():
            found.append(f"the sheet “{title}”")
        elif title not in after and _header(grid) == renamed.get(ROTA):
            rota = grid
    return (*found, *_columns(rota, after[ROTA]), *read_additions(old, SHEETS).lost)


def _grids(path: Path) -> dict[str, Grid]:
    with closing(Xlsx(path)) as book:
        return {title: book.rows(title) for title in book.sheets}


def _header(grid: Grid) -> tuple[str, ...]:
    """The first row with several values, by which a sheet is known again."""
    rows = (tuple(filter(None, map(fold, row))) for row in grid)
    return next((row for row in rows if len(row) > 1), ())


def _columns(old: Grid, new: Grid) -> Iterator[str]:
    known = set(_header(new))
    kept = [_values(new, column) for column in range(max(map(len, new), default=0))]
    start = next((n for n, row in enumerate(old) if fold(WEEK) in map(fold, row)), 0)
    titles = old[start] if old else ()
    for column in range(max(map(len, old), default=0)):
        title = plain(titles[column]) if column < len(titles) else ""
        values = _values(old[start:], column)
        if fold(title) not in known and values and values not in kept:
            named = f" “{title}”" if title else ""
            yield f"column {letters(column + 1)}{named} of the sheet {ROTA}"


def _values(grid: Grid, column: int) -> list[str]:
    """What a column holds, whatever the order of its rows."""
    cells = (plain(row[column]) for row in grid if column < len(row))
    return sorted(value for value in cells if value)
