"""The Cover sheet: stand-ins for part of a duty week, with room to type them in."""

from __future__ import annotations

from planner.files.workbook.page import Page

TITLE = "Cover"
HEADER = ("Engineer", "From", "Until", "Covered by", "Rotation", "Role", "Note")
_WIDTHS = (22.0, 15.0, 15.0, 22.0, 24.0, 16.0, 50.0)


def fill(page: Page) -> None:
    """A header with room below it."""
    page.head(1, HEADER)
    page.freeze(2, 1)
    page.widths.update(enumerate(_WIDTHS, start=1))
    page.choose_engineer(2, 1)
    page.choose_engineer(2, 4)
