"""Colours that follow what cells say: conditional formats, the earlier ones winning.

Their formulas look at cells of their own sheet, or at defined names, which every version of
Excel allows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from planner.files.workbook.formulas import LONGEST, quoted
from planner.files.workbook.page import Page
from planner.files.workbook.style import Highlight


def highlight_names(page: Page, cells: str, first: str, fills: Mapping[str, str]) -> None:
    """Give every name its colour wherever it stands; ``first`` is the first of the cells."""
    by_colour: dict[str, list[str]] = defaultdict(list)
    for name, colour in fills.items():
        by_colour[colour].append(f"{first}={quoted(name)}")
    for colour, tests in by_colour.items():
        formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        if len(formula) <= LONGEST:
            page.highlight(cells, formula, Highlight(fill=colour))
