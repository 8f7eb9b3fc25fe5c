"""What people added to a workbook besides what it asks for: sheets and columns of their own,
comments, fills, and text beside the planner's cells.
"""

from __future__ import annotations

from planner.cells.references import CellValue
from planner.files.workbook.style import Look
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as somebody filled it. ``formula`` is without its ``=``."""

    value: CellValue
    look: Look
    formula: str = ""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet that people made: its cells by row and column, its widths, its merged cells."""

    title: str
    cells: dict[tuple[int, int], Written]
    widths: dict[int, float]
    merged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column that people added to the Rota sheet, by the names of weeks."""

    title: str
    width: float
    by_week: dict[str, Written]


@dataclass(frozen=True, slots=True)
class Comment:
    """``week`` and ``column`` say where on the Rota sheet; on others the place counts."""

    sheet: str
    place: str
    week: str
    column: str
    text: str
    author: str


@dataclass(frozen=True)
class Additions:
    """``fills`` are those of cells of the Rota sheet, by week and folded title of the column;
    ``texts`` stand beside what the planner writes, by sheet, row and column, rows of the Rota
    sheet counted from the last week. ``lost`` names what cannot be carried on."""

    sheets: tuple[OwnSheet, ...] = ()
    columns: tuple[OwnColumn, ...] = ()
    comments: tuple[Comment, ...] = ()
    fills: tuple[tuple[str, str, str], ...] = ()
    texts: tuple[tuple[str, int, int, Written], ...] = ()
    lost: tuple[str, ...] = ()


NOTHING = Additions()
