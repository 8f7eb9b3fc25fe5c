"""What formulas are written with: references, literals, and what spreadsheets can bear.

Only functions that Excel and LibreOffice calculate alike are used: SUMPRODUCT, COUNTIF and SUMIF
with numbers, INDEX, MATCH, IF, IFERROR, MAX, MIN, MID, FIND and TRIM. Names are compared with
``=``, never by COUNTIF or MATCH, which take ``Bo*`` for a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache

from planner.records import dataclass

CellValue = str | int | float | date | None
"""What a cell holds, or what its formula comes to."""

LONGEST = 8000
"""Characters; Excel refuses formulas of more than 8192."""

DAY_ZERO = date(1899, 12, 30)
"""Spreadsheets count days from here."""

LINE_FEED = "CHAR(10)"
_LONGEST_LITERAL = 255
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


def as_number(amount: Fraction) -> int | float:
    """An exact amount as a cell holds it, and, by ``repr``, as a formula says it."""
    return int(amount) if amount.denominator == 1 else float(amount)


@cache
def letters(column: int) -> str:
    """``A`` for 1, ``AA`` for 27."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


@lru_cache(maxsize=4096)
def quoted(said: str) -> str:
    """A text as a formula has it; long ones in pieces, since a literal holds 255 characters."""
    pieces = [said[n : n + _LONGEST_LITERAL] for n in range(0, len(said), _LONGEST_LITERAL)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces or [""])


@lru_cache(maxsize=4096)
def fixed(reference: str) -> str:
    """``$F$5:$F$17`` for ``F5:F17``: as another sheet should speak of it."""
    return _REFERENCE.sub(r"$\1$\2", reference.replace("$", ""))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


@lru_cache(maxsize=4096)
def of_sheet(title: str, reference: str) -> str:
    """The cells of a sheet, as seen from another."""
    return f"{title if title.isalnum() else quoted_title(title)}!{fixed(reference)}"


def quoted_title(title: str) -> str:
    """A sheet's title as references to its cells have it."""
    return "'" + title.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells on one sheet; rows and columns of it count from 0."""

    sheet: str
    row: int
    column: int
    rows: int
    columns: int

    def at(self, row: int, column: int = 0) -> str:
        """One cell, as its own sheet speaks of it."""
        return f"{letters(self.column + column)}{self.row + row}"

    def down(self, column: int = 0, first: int = 0, last: int | None = None) -> str:
        """One column, or its rows ``first`` to ``last``."""
        last = self.rows - 1 if last is None else last
        column_said = letters(self.column + column)
        return f"{column_said}{self.row + first}:{column_said}{self.row + last}"

    def across(self, row: int, first: int = 0, last: int | None = None) -> str:
        """One row, or its columns ``first`` to ``last``."""
        last, row = self.columns - 1 if last is None else last, self.row + row
        return f"{letters(self.column + first)}{row}:{letters(self.column + last)}{row}"

    @property
    def whole(self) -> str:
        return f"{self.at(0)}:{self.at(self.rows - 1, self.columns - 1)}"

    def seen(self, reference: str) -> str:
        """Cells of this block, as other sheets speak of them."""
        return of_sheet(self.sheet, reference)
