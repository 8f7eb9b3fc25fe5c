"""The Changes sheet: what re-planning changed, why and when. Empty in a first plan."""

from __future__ import annotations

from collections.abc import Sequence

from planner.files.workbook.page import Page
from planner.files.workbook.readback.typed import Row
from planner.files.workbook.style import WRAPPED
from planner.files.workbook.titles import CHANGES_HEADER

_WIDTHS = (12.0, 26.0, 22.0, 22.0, 60.0, 18.0)


def fill(page: Page, changes: Sequence[Row]) -> None:
    """A row a change, oldest first."""
    page.head(1, CHANGES_HEADER, filters=len(changes))
    page.freeze(2, 1)
    for row, change in enumerate(changes, start=2):
        page.put_row(row, [value or None for value in change], [WRAPPED] * len(CHANGES_HEADER))
    page.widths.update(enumerate(_WIDTHS, start=1))
