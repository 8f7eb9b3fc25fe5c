"""How cells look: a few named looks, and one colour an engineer.

Fonts are named because programs fall back to different ones. Colours are Paul Tol's nine-colour
"light" scheme (SRON technical note 09-002), legible under black text and for colour-blind people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook

from planner.domain import Team

FONT = "Arial"
SIZE = 10

PALETTE = (
    "77AADD",  # light blue
    "EE8866",  # orange
    "EEDD88",  # light yellow
    "FFAABB",  # pink
    "99DDFF",  # light cyan
    "44BB99",  # mint
    "BBCC33",  # pear
    "AAAA00",  # olive
    "DDDDDD",  # pale grey
)
INK, QUIET_INK, ALARM_INK, GOOD_INK = "222222", "6B6B6B", "B00020", "1B6E3C"
HEAD_FILL, REST_FILL, ALARM_FILL, GOOD_FILL = "33475B", "F1F1F1", "FBD5D5", "DDF1E3"
LINE, MONTH_LINE = "D9D9D9", "7A8794"


@dataclass(frozen=True, slots=True)
class Look:
    """One way for a cell to look. Colours are RGB; an empty fill is none."""

    fill: str = ""
    ink: str = INK
    bold: bool = False
    italic: bool = False
    size: int = SIZE
    align: str = "left"
    vertical: str = "top"
    wrap: bool = False
    format: str = "General"
    lined: bool = True
    month_above: bool = False
    month_before: bool = False

    def but(self, **changes: object) -> Look:
        return replace(self, **changes)  # type: ignore[arg-type]


TEXT = Look()
WRAPPED = Look(wrap=True)
QUIET = Look(ink=QUIET_INK, wrap=True)
ALARM = Look(ink=ALARM_INK, wrap=True)
DATE = Look(format="ddd d mmm yyyy")
COUNT = Look(format="0", align="right")
AMOUNT = Look(format="0.00", align="right")
SIGNED = Look(format="+0.00;-0.00;0.00", align="right")
VALUE = Look(format="#,##0.####", align="right")
HEAD = Look(fill=HEAD_FILL, ink="FFFFFF", bold=True, wrap=True, vertical="center")
BANNER = Look(bold=True, size=15, lined=False)
SECTION = Look(bold=True, size=12, lined=False)
LOOSE = Look(lined=False)
LOOSE_QUIET = Look(lined=False, ink=QUIET_INK, italic=True)
GOOD = Look(fill=GOOD_FILL, ink=GOOD_INK, bold=True)
BAD = Look(fill=ALARM_FILL, ink=ALARM_INK, bold=True)
REST = Look(fill=REST_FILL)


def colours(team: Team) -> dict[str, str]:
    """The fill of each engineer's name; beyond nine engineers the colours begin anew."""
    return {
        engineer.name: PALETTE[number % len(PALETTE)]
        for number, engineer in enumerate(team.engineers)
    }


class Styles:
    """The looks of one workbook, each registered once: per-cell styles would take most time."""

    def __init__(self, workbook: Workbook) -> None:
        inner: Any = workbook  # the only way to change the font of cells without a style
        inner._fonts = IndexedList([Font(name=FONT, size=SIZE)])
        inner._named_styles["Normal"].font = Font(name=FONT, size=SIZE)
        self._sheet = workbook.worksheets[0]
        self._ids: dict[Look, int] = {}

    def id(self, look: Look) -> int:
        """The number under which the workbook keeps the look."""
        known = self._ids.get(look)
        if known is None:
            known = self._ids[look] = self._register(look)
        return known

    def _register(self, look: Look) -> int:
        cell = Cell(self._sheet, row=1, column=1)
        cell.font = Font(
            name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.ink
        )
        cell.alignment = Alignment(
            horizontal=look.align, vertical=look.vertical, wrap_text=look.wrap
        )
        cell.number_format = look.format
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.lined:
            thin, month = Side("thin", LINE), Side("medium", MONTH_LINE)
            cell.border = Border(
                left=month if look.month_before else thin,
                right=thin,
                top=month if look.month_above else thin,
                bottom=thin,
            )
        return int(cell.style_id)
