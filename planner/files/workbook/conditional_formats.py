"""Colours that follow what cells say: conditional formats, the earlier ones winning.

Their formulas look at cells of their own sheet, or at defined names, which every version of
Excel allows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from planner.cells.references import LONGEST, quoted
from planner.files.workbook.page import Page
from planner.files.workbook.style import RED, Highlight
from planner.files.workbook.titles import ENGINEERS_NAME

_PLAIN = Highlight()


def highlight_names(
    page: Page,
    cells: str,
    first: str,
    fills: Mapping[str, str],
    *,
    where: str = "",
    change: Highlight = _PLAIN,
) -> None:
    """Give every name its colour wherever it stands; ``first`` is the first of the cells. With
    ``where``, only where that holds too, and with the rest of ``change``."""
    by_colour: dict[str, list[str]] = defaultdict(list)
    for name, colour in fills.items():
        by_colour[colour].append(f"{first}={quoted(name)}")
    for colour, tests in by_colour.items():
        formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        if where:
            formula = f"AND({where},{formula})"
        if len(formula) <= LONGEST:
            page.highlight(cells, formula, replace(change, fill=colour), stop=True)


def highlight_mistakes(
    page: Page, row: int, last: int, *, people: str, dates: tuple[str, str]
) -> None:
    """In rows that people fill: red names that are nobody's, and dates that are missing or
    end before they begin. ``people`` and ``dates`` are letters of columns."""
    for column in people:
        first = f"{column}{row}"
        unknown = f"AND(LEN({first})>0,SUMPRODUCT(--({ENGINEERS_NAME}={first}))=0)"
        page.highlight(f"{first}:{column}{last}", unknown, RED, stop=True)
    since, until = dates
    dated = f"ISNUMBER(${since}{row}),ISNUMBER(${until}{row}),${until}{row}>=${since}{row}"
    missing = f"AND(LEN(${people[0]}{row})>0,NOT(AND({dated})))"
    page.highlight(f"{since}{row}:{until}{last}", missing, RED)
