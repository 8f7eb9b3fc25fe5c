"""One sheet in the making: its cells, and how it is laid out on screen and paper.

Sheets put values and formulas here; :mod:`planner.files.workbook.save` turns them into a file. A
text is only ever a text, whatever it begins with: a formula is a :class:`Formula`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from planner.cells.formulas import Formula
from planner.cells.references import CellValue, as_number, letters, quoted_title, runs
from planner.files.workbook.chart import Chart
from planner.files.workbook.layout import Layout
from planner.files.workbook.sheet import Sheet, parts_of
from planner.files.workbook.style import COUNT, HEAD, TEXT, Highlight, Look
from planner.files.workbook.stylesheet import Stylesheet
from planner.files.workbook.text import clean
from planner.files.workbook.text_width import (
    heading_width,
    height_of_line,
    needed_height,
    needed_width,
)

_NARROWEST, _WIDEST = 6.0, 60.0
_HEADING = 15.0
"""Longer headings are wrapped."""
_PAPER_WIDTH = 131.0
_LONGEST_FOOTER = 90
"""Excel takes a file with a footer of more than 255 characters for damaged."""


class Painted(NamedTuple):
    """As any filled cell, with how it looks, and whether the row must be high enough for all its
    lines."""

    value: CellValue
    style: int
    formula: str
    look: Look
    wraps: bool


class Page(Sheet):
    """A sheet that people look at, filled cell by cell."""

    rows: defaultdict[int, dict[int, Painted]]  # type: ignore[assignment]

    def __init__(self, layout: Layout, names: dict[str, str], styles: Stylesheet) -> None:
        super().__init__(layout, names)
        self.widths: dict[int, float] = {}
        self._level: dict[int, float] = {}
        self.highlights: list[tuple[str, str, int, bool]] = []
        self.chart: Chart | None = None
        self._styles = styles

    def foot(self, said: str) -> None:
        """Below every printed page: whose rota it is, the sheet, the day of printing, the page."""
        team = said[:_LONGEST_FOOTER].replace("&", "&&")
        self.layout.footer = f"&L{team} – &A&Rprinted &D, page &P of &N"

    def put(
        self,
        row: int,
        column: int,
        value: CellValue | Formula,
        look: Look = TEXT,
        *,
        spill: bool = False,
        widest: float = _WIDEST,
    ) -> None:
        """Fill one cell. With ``spill`` the text may run over its neighbours' room."""
        formula = ""
        if isinstance(value, Formula):
            formula, value = parts_of(value)
        if isinstance(value, str):
            value = clean(value) or None
        wraps = look.wrap and not spill
        self.rows[row][column] = Painted(value, self._styles.id(look), formula, look, wraps)
        if not spill and value is not None:
            needed = min(needed_width(value, look), widest)
            if needed > self.widths.get(column, _NARROWEST):
                self.widths[column] = needed

    def put_line(
        self,
        row: int,
        column: int,
        formulas: Iterable[str],
        values: Iterable[str | date],
        looks: Iterable[Look],
    ) -> None:
        """Cells side by side of a few letters, which may run over their neighbours' room; empty
        formulas are none."""
        cells, style = self.rows[row], self._styles.id
        for place, (formula, value, look) in enumerate(
            zip(formulas, values, looks, strict=False), start=column
        ):
            cells[place] = Painted(value or None, style(look), formula, look, False)

    def repaint(self, row: int, column: int, fill: str) -> None:
        """Give a filled cell another colour."""
        filled = self.rows[row][column]
        look = filled.look.but(fill=fill)
        self.rows[row][column] = filled._replace(style=self._styles.id(look), look=look)

    def put_amount(
        self,
        row: int,
        column: int,
        value: Fraction | None,
        look: Look = COUNT,
        *,
        formula: str = "",
    ) -> None:
        """An exact amount: whole, or with two digits and more only if it has them."""
        said = None if value is None else as_number(value)
        if value is not None and (formula or value.denominator != 1):
            look = look.but(format="0.####" if formula else "0.00##")
        self.put(row, column, Formula(formula, said) if formula else said, look)

    def place(self, row: int, column: int) -> str:
        """``C5`` for row 5, column 3."""
        return f"{letters(column)}{row}"

    def put_row(
        self, row: int, values: Sequence[CellValue], looks: Sequence[Look] | Look = TEXT
    ) -> None:
        for number, value in enumerate(values):
            look = looks if isinstance(looks, Look) else looks[number]
            self.put(row, number + 1, value, look)

    def head(
        self,
        row: int,
        titles: Sequence[str],
        *,
        filters: int = 0,
        look: Look = HEAD,
        repeat: bool = True,
    ) -> None:
        """A header, as a rule repeated on every printed page; filter buttons over ``filters``
        rows below it."""
        for column, title in enumerate(titles, start=1):
            self.put(row, column, title, look, widest=max(_HEADING, heading_width(title)))
        if repeat:
            self.repeat(row)
        if filters:
            self.layout.filtered = f"A{row}:{letters(len(titles))}{row + filters}"

    def fit_on_pages(self, most: int = 1) -> None:
        """In print: letters get smaller until the rows need no more pages."""
        self.layout.pages_high = most

    def break_columns(self, width: float, columns: Sequence[int]) -> None:
        """In print, begin a new page at each of the columns; ``width`` is that of one page."""
        self.layout.scale = max(10, min(100, int(100 * _PAPER_WIDTH / width)))
        self.layout.column_breaks += [column - 1 for column in columns]

    def print_rows(self, last: int, columns: int) -> None:
        """Print no more than the rows to ``last``: not all the room for typing."""
        self.layout.printed = f"A1:{letters(columns)}{last}"

    def break_before(self, row: int) -> None:
        """In print, begin a new page with a row."""
        self.layout.row_breaks.append(row - 1)

    def repeat(self, row: int, first: int = 1) -> None:
        """Rows ``first`` to ``row`` head every printed page."""
        self.layout.repeated_rows = f"${first}:${row}"

    def repeat_names(self) -> None:
        """The first column stands to the left on every printed page."""
        self.layout.repeated_columns = "$A:$A"

    def freeze(self, row: int, column: int) -> None:
        """Rows above ``row`` and columns left of ``column`` stay in view."""
        self.layout.frozen = (row, column)

    def range_of(self, row: int, column: int, last_row: int, last_column: int) -> str:
        """The cells in absolute notation, with the sheet's name."""
        first, last = f"${letters(column)}${row}", f"${letters(last_column)}${last_row}"
        return f"{quoted_title(self.title)}!{first}:{last}"

    def name(self, name: str, row: int, column: int, last_row: int, last_column: int) -> None:
        """Give cells a defined name: it follows them when rows, columns or sheets change."""
        self.name_cells(name, self.range_of(row, column, last_row, last_column))

    def leave_open(self, row: int, last_row: int, looks: Sequence[Look]) -> None:
        """Empty cells, a look a column, that people may fill though the sheet is protected."""
        self.open_rows = (row, last_row, [self._styles.id(look.but(open=True)) for look in looks])

    def highlight(self, cells: str, formula: str, change: Highlight, *, stop: bool = False) -> None:
        """Change the look of cells where a formula holds, written for the first of them. With
        ``stop`` no later highlight counts there."""
        self.highlights.append((cells, formula, self._styles.highlight_id(change), stop))

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Show the first of the cells across all of them."""
        if (row, column) != (last_row, last_column):  # Excel repairs files that merge one cell
            self.layout.merged.append(f"{letters(column)}{row}:{letters(last_column)}{last_row}")

    def fit(self) -> None:
        """Give the columns their widths, and rows of wrapped text the height that they need."""
        for width, columns in groupby(sorted(self.widths), key=lambda column: self.widths[column]):
            for first, last in runs(columns):
                self.layout.columns.append((first, last, round(width, 1)))
        for row, cells in self.rows.items():
            needed, size = self.heights.get(row, 0.0), 0
            for column, filled in cells.items():
                if filled.wraps:
                    needed = max(needed, self._height(filled, column))
                elif filled.look.size > size:
                    size = filled.look.size
            self.heights[row] = max(needed, height_of_line(size))
        self.heights.update(self._level)

    def level(self, first: int, last: int, most: float, *, but: int) -> None:
        """Rows of one height: what the fullest of them needs, up to ``most``; only the column
        ``but`` makes its own row higher. Of longer texts the beginning is seen."""
        common, alone = 0.0, dict.fromkeys(range(first, last + 1), 0.0)
        for row in alone:
            cells = self.rows.get(row, {})
            for column, filled in cells.items():
                needed = self._height(filled, column)
                if column == but:
                    alone[row] = needed
                    continue
                common = max(common, needed)
                if needed > most:
                    look = filled.look.but(vertical="top")
                    cells[column] = filled._replace(style=self._styles.id(look), look=look)
        self._level = {row: max(min(most, common), own) for row, own in alone.items()}

    def _height(self, filled: Painted, column: int) -> float:
        if filled.wraps and isinstance(filled.value, str):
            width = self.widths.get(column, _NARROWEST)
            return needed_height(filled.value, width, filled.look)
        return height_of_line(filled.look.size)
