"""How cells look: a few named looks, and one colour an engineer.

Fonts are named because programs fall back to different ones. Colours are Paul Tol's nine-colour
"light" scheme (SRON technical note 09-002), legible under black text and for colour-blind people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, BUILTIN_FORMATS_REVERSE
from openpyxl.utils.indexed_list import IndexedList

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
AMBER_FILL, AMBER_INK, CHANGED_INK = "FFD98A", "7A4A00", "1F4E9E"
BAND_FILL, NOW_FILL = "F4F6F8", "CFE3F7"
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
    vertical: str = "center"
    wrap: bool = False
    format: str = "General"
    lined: bool = True
    month_above: bool = False
    month_before: bool = False
    open: bool = False
    """Whether people may type there though the sheet is protected."""

    def but(self, **changes: object) -> Look:
        return replace(self, **changes)  # type: ignore[arg-type]


TEXT = Look()
WRAPPED = Look(wrap=True)
QUIET = Look(ink=QUIET_INK, wrap=True)
ALARM = Look(ink=ALARM_INK, wrap=True)
DATE = Look(format="ddd d mmm yyyy")
COUNT = Look(format="0", align="center")
AMOUNT = Look(format="0.00", align="center")
SIGNED = Look(format="+0.00;-0.00;0.00", align="center")
HEAD = Look(fill=HEAD_FILL, ink="FFFFFF", bold=True, wrap=True)
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

    def __init__(self, workbook: Any) -> None:
        """``workbook`` is openpyxl's; its tables of styles are not public, but fast."""
        self._book = workbook
        self._book._fonts = IndexedList([Font(name=FONT, size=SIZE)])
        self._book._named_styles["Normal"].font = Font(name=FONT, size=SIZE)
        self._ids: dict[Look, int] = {}
        self._parts: dict[tuple[object, ...], int] = {}

    def id(self, look: Look) -> int:
        """The number under which the workbook keeps the look."""
        known = self._ids.get(look)
        if known is None:
            known = self._ids[look] = self._book._cell_styles.add(self._array(look))
        return known

    def _array(self, look: Look) -> StyleArray:
        array: Any = StyleArray()
        array.fontId = self._part(self._font, look.size, look.bold, look.italic, look.ink)
        array.alignmentId = self._part(self._alignment, look.align, look.vertical, look.wrap)
        array.numFmtId = self._part(self._format, look.format)
        if look.fill:
            array.fillId = self._part(self._fill, look.fill)
        if look.lined:
            array.borderId = self._part(self._border, look.month_above, look.month_before)
        if look.open:
            array.protectionId = self._part(self._unlocked)
        return array  # type: ignore[no-any-return]

    def _part(self, make: Callable[..., int], *facts: object) -> int:
        key = (make.__name__, *facts)
        if key not in self._parts:
            self._parts[key] = make(*facts)
        return self._parts[key]

    def _font(self, size: int, bold: bool, italic: bool, ink: str) -> int:
        font = Font(name=FONT, size=size, bold=bold, italic=italic, color=ink)
        return int(self._book._fonts.add(font))

    def _alignment(self, align: str, vertical: str, wrap: bool) -> int:
        indent = 0 if align == "center" else 1
        alignment = Alignment(align, vertical, wrap_text=wrap, indent=indent)
        return int(self._book._alignments.add(alignment))

    def _format(self, code: str) -> int:
        if code in BUILTIN_FORMATS_REVERSE:
            return BUILTIN_FORMATS_REVERSE[code]
        return int(self._book._number_formats.add(code)) + BUILTIN_FORMATS_MAX_SIZE

    def _unlocked(self) -> int:
        return int(self._book._protections.add(Protection(locked=False)))

    def _fill(self, colour: str) -> int:
        return int(self._book._fills.add(PatternFill("solid", fgColor=colour)))

    def _border(self, month_above: bool, month_before: bool) -> int:
        thin, month = Side("thin", LINE), Side("medium", MONTH_LINE)
        border = Border(
            left=month if month_before else thin,
            right=thin,
            top=month if month_above else thin,
            bottom=thin,
        )
        return int(self._book._borders.add(border))
