"""The two hidden sheets on which the formulas of the others lean, and where everything is there.

``Workings`` has a row a week (above them, the week before the first) and a row an engineer;
``Days`` has a column a day. Only values that follow from what people edit are formulas.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.files.workbook.formulas import Block, CellValue, Formula, fixed, of_sheet
from planner.files.workbook.page import Page
from planner.files.workbook.titles import ROTA
from planner.files.workbook.weeks import holiday_lines
from planner.files.workbook.workings.facts import Facts

WORKINGS, DAYS = "Workings", "Days"
FIRST_WEEK_ROW = 6
FIRST_DAY_COLUMN = 2
_ROOM_FOR_WEEKS = 50
COVER_ROOM, _LEAST_VACATION_ROOM, _VACATION_ROOM_EACH = 40, 40, 8
"""Rows below the written ones that the formulas look at, and that people may fill."""

AWAY_WHO, AWAY_FROM, AWAY_UNTIL, AWAY_KIND = "AwayWho", "AwayFrom", "AwayUntil", "AwayKind"
COVER_WHO, COVER_FROM, COVER_UNTIL, COVER_BY = "CoverWho", "CoverFrom", "CoverUntil", "CoverBy"
COVER_ROTATION, COVER_ROLE = "CoverRotation", "CoverRole"
BROKEN, BANNER, TODAY = "RotaBroken", "RotaBanner", "RotaToday"
DIFFERENT, TYPED = "RotaDifferent", "RotaTyped"
"""Defined names that formulas use."""


class Workings:
    """Blocks are made as they are first asked for, side by side."""

    def __init__(self, facts: Facts, page: Page, days: Page) -> None:
        self.facts = facts
        self.page, self.days_page = page, days
        self.weeks = len(facts.plan.problem.weeks)
        self.seats = len(facts.seats)
        self.people = len(facts.engineers)
        self.holidays = holiday_lines(facts.plan)
        self._blocks: dict[str, Block] = {}
        self._next_column = {FIRST_WEEK_ROW: 1, self._people_row: 1}
        self._day_rows: dict[str, Block] = {}
        self._next_day_row = 2
        self._next_single = 2
        self._singles: dict[str, str] = {}
        self._next_row_below = self._people_row + self.people + 3

    @property
    def vacation_room(self) -> int:
        """Rows for vacations to be typed."""
        return _LEAST_VACATION_ROOM + _VACATION_ROOM_EACH * self.people

    @property
    def _people_row(self) -> int:
        return FIRST_WEEK_ROW + self.weeks + 3

    def by_week(self, name: str, columns: int = 1) -> Block:
        """A block with a row a week; its row −1 is the week before."""
        return self._block(name, FIRST_WEEK_ROW, self.weeks, columns)

    def by_person(self, name: str, columns: int = 1) -> Block:
        """A block with a row an engineer."""
        return self._block(f"person {name}", self._people_row, self.people, columns)

    def number(self, w: int, s: int) -> str:
        """The cell that holds the number of whoever holds a duty; 0 for nobody and strangers."""
        return self.by_week("number", self.seats).at(w, s)

    @property
    def away(self) -> Block:
        """How many vacations keep an engineer (a row) from a week (a column)."""
        return self.by_person("away", self.weeks)

    def has(self, name: str) -> bool:
        return name in self._blocks

    def _block(self, name: str, row: int, rows: int, columns: int) -> Block:
        if name not in self._blocks:
            column = self._next_column[row]
            self._next_column[row] += columns
            self._blocks[name] = Block(WORKINGS, row, column, rows, columns)
            self.page.plain(row - 2, column, name.removeprefix("person "))
        return self._blocks[name]

    def by_day(self, name: str, rows: int = 1) -> Block:
        """A block with a column a day."""
        if name not in self._day_rows:
            columns = 7 * self.weeks
            self._day_rows[name] = Block(DAYS, self._next_day_row, FIRST_DAY_COLUMN, rows, columns)
            self.days_page.plain(self._next_day_row, 1, name)
            self._next_day_row += rows
        return self._day_rows[name]

    def list_below(self, name: str, rows: int, columns: int) -> Block:
        """A list below everything else; ``rows`` counts only when it is first asked for."""
        if name not in self._blocks:
            self.page.plain(self._next_row_below, 1, name)
            rows = max(rows, 1)
            top = self._next_row_below + 1
            self._blocks[name] = Block(WORKINGS, top, 1, rows, columns)
            self._next_row_below = top + rows + 1
        return self._blocks[name]

    def single(self, name: str, value: CellValue | Formula) -> str:
        """One value for all, in the first rows, with its name beside it; returns its cell."""
        block = Block(WORKINGS, 1, self._next_single, 1, 1)
        self.page.plain(2, self._next_single, name)
        self.put(block, 0, 0, value)
        self._next_single += 1
        self._singles[name] = fixed(block.at(0))
        return self._singles[name]

    def one(self, name: str) -> tuple[str, CellValue]:
        """A single value's cell, as other sheets speak of it, and what it comes to."""
        column = list(self._singles).index(name) + 2
        cell = of_sheet(WORKINGS, self._singles[name])
        return cell, self.page.cells[1, column].value

    def name(self, name: str, cell: str) -> None:
        """Give a cell of the Workings a defined name."""
        self.page.name_cells(name, of_sheet(WORKINGS, cell))

    def put(self, block: Block, row: int, column: int, value: CellValue | Formula) -> None:
        page = self.page if block.sheet == WORKINGS else self.days_page
        page.plain(block.row + row, block.column + column, value)

    def value(self, block: Block, row: int, column: int = 0) -> CellValue:
        """What a cell holds, or what its formula comes to; ``None`` if it is blank."""
        page = self.page if block.sheet == WORKINGS else self.days_page
        filled = page.cells.get((block.row + row, block.column + column))
        return filled.value if filled else None

    def put_column(self, block: Block, column: int, values: Iterable[CellValue | Formula]) -> None:
        for row, value in enumerate(values):
            self.put(block, row, column, value)

    def rota_column(self, number: int) -> str:
        """A column of the Rota sheet, with room for rows that people insert at the end."""
        return of_sheet(ROTA, _rows(number, 2, 1 + self.weeks + _ROOM_FOR_WEEKS))

    def person(self, name: str, number: str, column: int = 0) -> str:
        """What a block says of the engineer whose number is in a cell of this sheet."""
        block = self.by_person(name)
        return f"INDEX({block.down(column)},{number})"


def _rows(column: int, first: int, last: int) -> str:
    block = Block("", first, column, last - first + 1, 1)
    return block.down()
