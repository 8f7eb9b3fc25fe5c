"""The two hidden sheets on which the formulas of the others lean, and where everything is there.

``Workings`` has a row a week (above them, the week before the first) and a row an engineer;
``Days`` has a column a day. Only values that follow from what people edit are formulas. Weeks,
seats and engineers count from 0; numbers of engineers in cells count from 1, 0 is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from planner.cells.facts import Facts
from planner.cells.formulas import Cells, Formula, at
from planner.cells.references import Block, CellValue, fixed, of_sheet, runs

HOLIDAY, FESTIVAL = 1, 2
"""Kinds of days off in the list of them."""

WORKINGS, DAYS = "Workings", "Days"
FIRST_WEEK_ROW = 6
FIRST_DAY_COLUMN = 2
COVER_ROOM, _LEAST_VACATION_ROOM, _VACATION_ROOM_EACH = 40, 40, 8
"""Rows below the written ones that the formulas look at, and that people may fill."""

AWAY_WHO, AWAY_FROM, AWAY_UNTIL, AWAY_KIND = "AwayWho", "AwayFrom", "AwayUntil", "AwayKind"
COVER_WHO, COVER_FROM, COVER_UNTIL, COVER_BY = "CoverWho", "CoverFrom", "CoverUntil", "CoverBy"
COVER_ROTATION, COVER_ROLE = "CoverRotation", "CoverRole"
BROKEN, BANNER, TODAY = "RotaBroken", "RotaBanner", "RotaToday"
DIFFERENT, TYPED = "RotaDifferent", "RotaTyped"
"""Defined names that formulas use."""


class Sheet(Protocol):
    """What the workings need of a sheet in the making."""

    def plain(self, row: int, column: int, value: CellValue | Formula) -> None: ...

    def formulas(
        self,
        row: int,
        column: int,
        texts: Sequence[Sequence[str]],
        values: Sequence[Sequence[CellValue]],
    ) -> None: ...

    def held(self, row: int, column: int) -> CellValue: ...

    def name_cells(self, name: str, cells: str) -> None: ...


Filling = Callable[["Workings", Block], None]
Known = Callable[[Facts], Sequence[CellValue]]
"""Of each engineer, what is known before any edit."""


class Workings:
    """Blocks are made as they are first asked for, side by side.

    Rules and aims read, of each week, ``number`` and ``holder`` of its seats, ``gap`` (weeks since
    the holder last held the role), ``first`` and ``last`` day; of each engineer ``name``, ``away``,
    and by role ``carried in``, ``owed`` and ``done``; of each day ``date`` and ``doing``. What else
    they need they add: :meth:`each` for what is known of an engineer, or a block with its filling.
    """

    def __init__(self, facts: Facts, page: Sheet, days: Sheet) -> None:
        self.facts = facts
        self.page, self.days_page = page, days
        self.weeks = len(facts.problem.weeks)
        self.seats = len(facts.seats)
        self.roles = len(facts.strands)
        self.people = len(facts.engineers)
        self._blocks: dict[str, Block] = {}
        self._each: dict[str, Cells] = {}
        self._numbers: dict[tuple[int, int], Formula] = {}
        self._holders: dict[tuple[int, int], Formula] = {}
        self._of_all_roles: dict[tuple[str, int], Formula] = {}
        self._next_column = {FIRST_WEEK_ROW: 1, self._people_row: 1}
        self._day_rows: dict[str, Block] = {}
        self._next_day_row = 2
        self._next_single = 2
        self._singles: dict[str, tuple[str, int]] = {}
        """Of each single value its cell, as its sheet speaks of it, and its column."""
        self._next_row_below = self._people_row + self.people + 3

    @property
    def vacation_room(self) -> int:
        """Rows for vacations to be typed."""
        return _LEAST_VACATION_ROOM + _VACATION_ROOM_EACH * self.people

    @property
    def _people_row(self) -> int:
        return FIRST_WEEK_ROW + self.weeks + 3

    def by_week(self, name: str, columns: int = 1, fill: Filling | None = None) -> Block:
        """A block with a row a week; its row −1 is the week before. It is filled as it is made."""
        return self._block(name, FIRST_WEEK_ROW, self.weeks, columns, fill)

    def by_person(self, name: str, columns: int = 1, fill: Filling | None = None) -> Block:
        """A block with a row an engineer."""
        return self._block(f"person {name}", self._people_row, self.people, columns, fill)

    def number(self, w: int, s: int) -> Formula:
        """The number of whoever holds a duty; 0 for nobody and strangers. Week −1 is the last
        of the time before."""
        if (w, s) not in self._numbers:
            cell = self.by_week("number", self.seats).at(w, s)
            self._numbers[w, s] = Formula(cell, self._held(w)[s])
        return self._numbers[w, s]

    def numbers(
        self, w: int, first: int = 0, last: int | None = None, *, since: int | None = None
    ) -> Cells:
        """The same for all seats of a week, or those from ``first`` to ``last``; with ``since`` for
        all weeks from that one on."""
        last, since = self.seats - 1 if last is None else last, w if since is None else since
        block = self.by_week("number", self.seats)
        values = [n for each in range(since, w + 1) for n in self._held(each)[first : last + 1]]
        return Cells(f"{block.at(since, first)}:{block.at(w, last)}", values)

    def _held(self, w: int) -> Sequence[int]:
        return self.facts.held_by[w] if w >= 0 else self.facts.held_before

    def holder(self, w: int, s: int) -> Formula:
        """The name in a duty's cell; empty for nobody."""
        if (w, s) not in self._holders:
            cell = self.by_week("holder", self.seats).at(w, s)
            self._holders[w, s] = Formula(cell, self.facts.holders[w][s])
        return self._holders[w, s]

    def each(self, name: str, values: Known) -> Cells:
        """A column of what is known of each engineer; written as it is first asked for."""
        if name not in self._each:
            found, block = values(self.facts), self.by_person(name)
            self.put_column(block, 0, found)
            self._each[name] = Cells(block.down(), found)
        return self._each[name]

    def of(self, number: Formula, name: str, values: Known) -> Formula:
        """What is known of the engineer with that number; only where the number is not 0."""
        return at(self.each(name, values), number)

    @property
    def away(self) -> Block:
        """How many vacations an engineer (a row) has in a week (a column)."""
        return self.away_of(0)

    def away_of(self, shape: int) -> Block:
        """The same on the dates that a week's duties of that shape touch."""
        return self.by_person(self.facts.named("away", shape), self.weeks)

    def overlap(self, w: int, shape: int) -> str:
        """Of each row of the Vacations sheet, whether it has a date of the week's duties."""
        first, last = self.by_week("first"), self.by_week("last")
        if shape == 0:
            since, until = fixed(first.at(w)), fixed(last.at(w))
            return f"({AWAY_FROM}<={until})*({AWAY_UNTIL}>={since})"
        begin = fixed(first.at(w))
        spans = [
            f"({AWAY_FROM}<={begin}+{b})*({AWAY_UNTIL}>={begin}+{a})"
            for a, b in runs(self.facts.shapes[shape])
        ]
        return spans[0] if len(spans) == 1 else f"(({'+'.join(spans)})>0)"

    def overlaps(self, shape: int) -> tuple[str, ...]:
        """The same for all weeks."""
        return tuple(self.overlap(w, shape) for w in range(self.weeks))

    @property
    def own_days(self) -> Block:
        """A row for each engineer's own holiday or festival day: who, which kind, the day, how
        often on duty, and the same with primaries counted double."""
        return self.list_below("own days off", 0, 5)

    def has(self, name: str) -> bool:
        return name in self._blocks

    def _block(self, name: str, row: int, rows: int, columns: int, fill: Filling | None) -> Block:
        if name not in self._blocks:
            column = self._next_column[row]
            self._next_column[row] += columns
            block = self._blocks[name] = Block(WORKINGS, row, column, rows, columns)
            self.page.plain(row - 2, column, name.removeprefix("person "))
            if fill is not None:
                fill(self, block)
        return self._blocks[name]

    def by_day(self, name: str, rows: int = 1) -> Block:
        """A block with a column a day."""
        if name not in self._day_rows:
            columns = 7 * self.weeks
            self._day_rows[name] = Block(DAYS, self._next_day_row, FIRST_DAY_COLUMN, rows, columns)
            self.days_page.plain(self._next_day_row, 1, name)
            self._next_day_row += rows
        return self._day_rows[name]

    def list_below(self, name: str, rows: int, columns: int, fill: Filling | None = None) -> Block:
        """A list below everything else; ``rows`` counts only when it is first asked for."""
        if name not in self._blocks:
            self.page.plain(self._next_row_below, 1, name)
            rows = max(rows, 1)
            top = self._next_row_below + 1
            self._blocks[name] = Block(WORKINGS, top, 1, rows, columns)
            self._next_row_below = top + rows + 1
            if fill is not None:
                fill(self, self._blocks[name])
        return self._blocks[name]

    def single(self, name: str, value: CellValue | Formula) -> str:
        """One value for all, in the first rows, with its name beside it; returns its cell."""
        block = Block(WORKINGS, 1, self._next_single, 1, 1)
        self.page.plain(2, self._next_single, name)
        self.put(block, 0, 0, value)
        self._next_single += 1
        cell = fixed(block.at(0))
        self._singles[name] = cell, block.column
        return cell

    def one(self, name: str) -> tuple[str, CellValue]:
        """A single value's cell, as other sheets speak of it, and what it comes to."""
        cell, column = self._singles[name]
        return of_sheet(WORKINGS, cell), self.page.held(1, column)

    def name(self, name: str, cell: str) -> None:
        """Give a cell of the Workings a defined name."""
        self.page.name_cells(name, of_sheet(WORKINGS, cell))

    def put(self, block: Block, row: int, column: int, value: CellValue | Formula) -> None:
        page = self.page if block.sheet == WORKINGS else self.days_page
        page.plain(block.row + row, block.column + column, value)

    def put_formulas(
        self,
        block: Block,
        texts: Sequence[Sequence[str]],
        values: Sequence[Sequence[CellValue]],
        row: int = 0,
    ) -> None:
        """Rows of formulas, from ``row`` on, with what they come to."""
        page = self.page if block.sheet == WORKINGS else self.days_page
        page.formulas(block.row + row, block.column, texts, values)

    def value(self, block: Block, row: int, column: int = 0) -> CellValue:
        """What a cell holds, or what its formula comes to; ``None`` if it is blank."""
        page = self.page if block.sheet == WORKINGS else self.days_page
        return page.held(block.row + row, block.column + column)

    def shown(self, block: Block, row: int, column: int = 0) -> Formula:
        """A cell of a block, as other sheets show it."""
        return Formula(block.seen(block.at(row, column)), self.value(block, row, column))

    def of_all_roles(self, name: str, e: int) -> Formula:
        """What the ledger says of an engineer, all roles together, as other sheets show it."""
        if (name, e) not in self._of_all_roles:
            block = self.by_person(name, self.roles)
            values = [self.value(block, e, n) for n in range(self.roles)]
            total = sum(value for value in values if isinstance(value, int | float))
            self._of_all_roles[name, e] = Formula(f"SUM({block.seen(block.across(e))})", total)
        return self._of_all_roles[name, e]

    def put_column(self, block: Block, column: int, values: Iterable[CellValue | Formula]) -> None:
        for row, value in enumerate(values):
            self.put(block, row, column, value)

    def person(self, name: str, number: str, column: int = 0) -> str:
        """What a block says of the engineer whose number is in a cell of this sheet."""
        block = self.by_person(name)
        return f"INDEX({block.down(column)},{number})"
