"""The Changes sheet: what re-planning changed, and why. Empty in a first plan."""

from __future__ import annotations

from planner.files.workbook.page import Page

TITLE = "Changes"
HEADER = ("Week", "Duty", "Old", "New", "Why", "When")
_WIDTHS = (12.0, 26.0, 22.0, 22.0, 60.0, 18.0)


def fill(page: Page) -> None:
    """A header; re-planning adds rows."""
    page.head(1, HEADER)
    page.freeze(2, 1)
    page.widths.update(enumerate(_WIDTHS, start=1))
