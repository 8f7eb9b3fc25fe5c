"""Colours that follow what cells say: conditional formats, the earlier ones winning.

Their formulas look at cells of their own sheet only, which every version of Excel allows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from planner.files.workbook.formulas import LONGEST, quoted
from planner.files.workbook.page import Page

_OWN_FORMATS = 164
"""Numbers of formats below this are Excel's own."""


def highlight(
    page: Page,
    cells: str,
    formula: str,
    *,
    fill: str = "",
    ink: str = "",
    bold: bool | None = None,
    italic: bool | None = None,
    says: str = "",
    stop: bool = False,
) -> None:
    """Change the look of cells where a formula holds, written for the first of them.

    ``says`` is shown in place of the cell's text, which stays what it is. With ``stop`` no later
    highlight counts there.
    """
    style = DifferentialStyle()
    if ink or bold is not None or italic is not None:
        style.font = Font(color=ink or None, b=bold, i=italic)
    if fill:
        style.fill = PatternFill(bgColor=fill, fill_type="solid")
    if says:
        code = ";".join([f'"{says}"'] * 4)
        number = _OWN_FORMATS + len(page.sheet.conditional_formatting)
        style.numFmt = NumberFormat(numFmtId=number, formatCode=code)
    rule = Rule(type="expression", dxf=style, formula=[formula], stopIfTrue=stop or None)
    page.sheet.conditional_formatting.add(cells, rule)


def highlight_names(page: Page, cells: str, first: str, fills: Mapping[str, str]) -> None:
    """Give every name its colour wherever it stands; ``first`` is the first of the cells."""
    by_colour: dict[str, list[str]] = defaultdict(list)
    for name, colour in fills.items():
        by_colour[colour].append(f"{first}={quoted(name)}")
    for colour, tests in by_colour.items():
        formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        if len(formula) <= LONGEST:
            highlight(page, cells, formula, fill=colour)
