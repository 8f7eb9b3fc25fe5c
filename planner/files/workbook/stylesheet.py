"""The looks of one workbook as the part of its file that holds styles.

Written as text, each font, fill and border once: openpyxl's own way through objects takes longer
than all cells together. Source: ECMA-376, part 1, section 18.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from planner.files.workbook.style import FONT, LINE, MONTH_LINE, NAMED_STYLES, SIZE, Highlight, Look

_BUILT_IN_FORMATS = {"General": 0, "0": 1, "0.00": 2}
_OWN_FORMATS = 164
"""Numbers of formats below this are Excel's own."""

_XF_ID = re.compile(' xfId="[0-9]+"')
_NAMED = {look: number for number, look in enumerate(NAMED_STYLES.values(), start=1)}
"""Cells of these looks have the named style, and follow when somebody changes it."""

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Stylesheet:
    """Numbers looks and highlights as they come."""

    def __init__(self) -> None:
        self._looks: dict[Look, int] = {}
        self._seen: dict[int, int] = {}
        """By identity, which is quicker to look up than all the facts of a look."""
        self._alive: list[Look] = []
        """Those that were seen, so that no identity is given away again."""
        self._highlights: dict[Highlight, int] = {}
        self._formats: dict[str, int] = {}
        self._fonts = _numbered(f'<font><sz val="{SIZE}"/><name val="{FONT}"/></font>')
        self._fills = _numbered(
            '<fill><patternFill patternType="none"/></fill>',
            '<fill><patternFill patternType="gray125"/></fill>',
        )
        self._borders = _numbered("<border><left/><right/><top/><bottom/><diagonal/></border>")
        self._cells = _numbered('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>')
        self._named = [_XF_ID.sub("", self._cell(look)) for look in NAMED_STYLES.values()]

    def id(self, look: Look) -> int:
        """The number under which cells ask for the look."""
        quick = self._seen.get(id(look))
        if quick is not None:
            return quick
        known = self._looks.get(look)
        if known is None:
            known = self._looks[look] = _number(self._cells, self._cell(look))
        self._seen[id(look)] = known
        self._alive.append(look)
        return known

    def highlight_id(self, highlight: Highlight) -> int:
        """The number under which conditional formats ask for the highlight."""
        return self._highlights.setdefault(highlight, len(self._highlights))

    def xml(self) -> str:
        """The whole part; ask for it when all looks are known."""
        changes = [self._highlight(each) for each in self._highlights]
        named = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>', *self._named]
        names = ['<cellStyle name="Normal" xfId="0" builtinId="0"/>'] + [
            f'<cellStyle name="{escape(name)}" xfId="{number}"/>'
            for number, name in enumerate(NAMED_STYLES, start=1)
        ]
        formats = [
            f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
            for code, number in self._formats.items()
        ]
        tables = (
            _table("numFmts", formats) if formats else "",
            _table("fonts", self._fonts),
            _table("fills", self._fills),
            _table("borders", self._borders),
            _table("cellStyleXfs", named),
            _table("cellXfs", self._cells),
            _table("cellStyles", names),
            _table("dxfs", changes),
        )
        return f'<styleSheet xmlns="{_SPREADSHEET}">{"".join(tables)}</styleSheet>'

    def _cell(self, look: Look) -> str:
        letters, filling, lines, placed, named = _parts_of(look)
        font = _number(self._fonts, letters)
        fill = _number(self._fills, filling) if filling else 0
        border = _number(self._borders, lines) if lines else 0
        return (
            f'<xf numFmtId="{self._format(look.format)}" fontId="{font}" fillId="{fill}" '
            f'borderId="{border}" xfId="{named}" applyNumberFormat="1" '
            f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
            f"{placed}</xf>"
        )

    def _format(self, code: str) -> int:
        if code in _BUILT_IN_FORMATS:
            return _BUILT_IN_FORMATS[code]
        return self._formats.setdefault(code, _OWN_FORMATS + len(self._formats))

    def _highlight(self, change: Highlight) -> str:
        font = "".join(
            (
                "<b/>" if change.bold else "",
                "<i/>" if change.italic else "",
                f'<color rgb="FF{change.ink}"/>' if change.ink else "",
            )
        )
        number, code = "", ""
        if change.says:
            code = ";".join([f'"{change.says}"'] * 4)
        elif change.mark:
            code = f'General;General;General;"{change.mark}"@'
        if code:
            number = f'<numFmt numFmtId="{self._format(code)}" formatCode="{escape(code)}"/>'
        fill = _fill("bgColor", change.fill) if change.fill else ""
        sides = "".join(
            f'<{side} style="thin"><color rgb="FF{change.edge}"/></{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        edge = f"<border>{sides}</border>" if change.edge else ""
        return f"<dxf>{f'<font>{font}</font>' if font else ''}{number}{fill}{edge}</dxf>"


@lru_cache(maxsize=1024)
def _parts_of(look: Look) -> tuple[str, str, str, str, int]:
    """Font, fill, border, what stands within the cell's own part, and the named style."""
    indent = "" if look.align == "center" else ' indent="1"'
    wrap = ' wrapText="1"' if look.wrap else ""
    protection = '<protection locked="0"/>' if look.open else ""
    return (
        _font(look.size, look.bold, look.italic, look.ink),
        _fill("fgColor", look.fill) if look.fill else "",
        _border(look) if look.lined else "",
        f'<alignment horizontal="{look.align}" vertical="{look.vertical}"{wrap}{indent}/>'
        f"{protection}",
        _NAMED.get(look, 0),
    )


def _numbered(*first: str) -> dict[str, int]:
    return {each: number for number, each in enumerate(first)}


def _number(known: dict[str, int], xml: str) -> int:
    return known.setdefault(xml, len(known))


def _table(name: str, rows: Iterable[str]) -> str:
    rows = list(rows)
    return f'<{name} count="{len(rows)}">{"".join(rows)}</{name}>'


def _font(size: int, bold: bool, italic: bool, ink: str) -> str:
    weight = ("<b/>" if bold else "") + ("<i/>" if italic else "")
    return (
        f'<font>{weight}<sz val="{size}"/><color rgb="FF{ink}"/><name val="{escape(FONT)}"/></font>'
    )


def _fill(which: str, colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><{which} rgb="FF{colour}"/></patternFill></fill>'
    )


def _border(look: Look) -> str:
    thin = f'style="thin"><color rgb="FF{LINE}"/>'
    month = f'style="medium"><color rgb="FF{MONTH_LINE}"/>'
    left, top = (month if look.month_before else thin), (month if look.month_above else thin)
    return (
        f"<border><left {left}</left><right {thin}</right>"
        f"<top {top}</top><bottom {thin}</bottom><diagonal/></border>"
    )
