"""A sheet in the making, row by row: what its cells hold, in which style, and by which formula."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from planner.cells.formulas import Formula
from planner.cells.references import LONGEST, CellValue
from planner.files.workbook.comments import Comment
from planner.files.workbook.layout import Layout
from planner.files.workbook.style import DATE, LOOSE
from planner.files.workbook.stylesheet import Stylesheet

Filled = tuple[CellValue, int, str]
"""What a cell holds, the number of its style, and the formula behind the value, if any."""


class Sheet:
    """Rows and columns count from 1."""

    def __init__(self, layout: Layout, names: dict[str, str]) -> None:
        self.layout = layout
        self._names = names
        """The workbook's defined names."""
        self.rows: defaultdict[int, dict[int, Filled]] = defaultdict(dict)
        self.heights: dict[int, float] = {}
        self.hidden_rows: set[int] = set()
        self.open_rows: tuple[int, int, list[int]] = (0, -1, [])
        """Empty cells that people may fill: from row to row, and a style a column."""
        self.comments: list[Comment] = []
        """People's."""

    @property
    def title(self) -> str:
        return self.layout.title

    def held(self, row: int, column: int) -> CellValue:
        """What a cell holds, or what its formula comes to; ``None`` if it is blank."""
        cells = self.rows.get(row)
        filled = cells.get(column) if cells else None
        return filled[0] if filled else None

    def name_cells(self, name: str, cells: str) -> None:
        """Give cells of any sheet, in absolute notation, a defined name: it follows them when rows,
        columns or sheets change."""
        self._names[name] = cells

    def protect(self) -> None:
        """Formulas cannot be overwritten by mistake; there is no password, and all else goes."""
        self.layout.protected = True

    @property
    def size(self) -> tuple[int, int]:
        """The last row and the last column in use."""
        return max(self.rows, default=1), max(map(max, self.rows.values()), default=1)

    def grid(self) -> list[list[CellValue]]:
        """All values, row by row, as they will be read back."""
        rows, columns = self.size
        grid: list[list[CellValue]] = [[None] * columns for _ in range(rows)]
        for row, cells in self.rows.items():
            line = grid[row - 1]
            for column, filled in cells.items():
                line[column - 1] = filled[0]
        return grid


class HiddenSheet(Sheet):
    """A sheet that nobody looks at."""

    def __init__(self, layout: Layout, names: dict[str, str], styles: Stylesheet) -> None:
        super().__init__(layout, names)
        self._plain, self._dated = styles.id(LOOSE), styles.id(DATE)

    def plain(self, row: int, column: int, value: CellValue | Formula) -> None:
        """Fill one cell."""
        formula = ""
        if isinstance(value, Formula):
            formula, value = parts_of(value)
        style = self._dated if isinstance(value, date) else self._plain
        self.rows[row][column] = (value, style, formula)

    def formulas(
        self,
        row: int,
        column: int,
        texts: Sequence[Sequence[str]],
        values: Sequence[Sequence[CellValue]],
    ) -> None:
        """Fill a rectangle with formulas, none of them long."""
        for number, (line, comes_to) in enumerate(zip(texts, values, strict=True), start=row):
            cells = self.rows[number]
            for place, (text, value) in enumerate(zip(line, comes_to, strict=True), start=column):
                style = self._dated if isinstance(value, date) else self._plain
                cells[place] = (value, style, text)


def parts_of(formula: Formula) -> tuple[str, CellValue]:
    """The text and the value. One too long for Excel, which none should be, is an error when it
    is calculated, and so is never taken for something that follows edits."""
    return (formula.text if len(formula.text) <= LONGEST else "NA()"), formula.value
