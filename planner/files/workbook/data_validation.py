"""What people are offered where they type, and warned of; what they insist on is kept."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from planner.cells.references import letters
from planner.files.workbook.page import Page
from planner.files.workbook.text import clean
from planner.files.workbook.titles import ENGINEERS_NAME

_LONGEST_LIST = 250
"""Letters; Excel takes 255."""


def choose_engineer(
    page: Page, row: int, column: int, last_row: int, last_column: int = 0, *, help_text: str = ""
) -> None:
    """Offer the engineers. The help is shown beside the cell that is about to be filled."""
    cells = _cells(row, column, last_row, last_column or column)
    _offer(page, ENGINEERS_NAME, cells, help_text)


def choose_word(page: Page, words: Iterable[str], row: int, column: int, last_row: int) -> None:
    """Offer words, if a list of them can be written."""
    words = [clean(word) for word in words]
    offered = ",".join(words)
    if len(offered) <= _LONGEST_LIST and not any(set(',"') & set(word) for word in words):
        _offer(page, f'"{offered}"', _cells(row, column, last_row, column))


def expect_dates(page: Page, row: int, column: int, last_row: int, last_column: int) -> None:
    """Warn of what is not a date."""
    cells = _cells(row, column, last_row, last_column)
    _expect(
        page, "date", "1", cells, "Not a date", "This is not a date.", ' operator="greaterThan"'
    )


def _offer(page: Page, formula: str, cells: str, help_text: str = "") -> None:
    said = f' prompt="{escape(help_text[:_LONGEST_LIST])}"' if help_text else ""
    _expect(page, "list", formula, cells, "Not in the list", "This is not in the list.", said)


def _expect(
    page: Page, kind: str, formula: str, cells: str, title: str, error: str, more: str
) -> None:
    page.layout.expected.append(
        f'<dataValidation sqref="{cells}" showDropDown="0" '
        f'showInputMessage="{int("prompt=" in more)}" showErrorMessage="1" allowBlank="1" '
        f'errorTitle="{title}" error="{error} Keep it all the same?"{more} type="{kind}" '
        f'errorStyle="warning"><formula1>{escape(formula, quote=False)}</formula1></dataValidation>'
    )


def _cells(row: int, column: int, last_row: int, last_column: int) -> str:
    return f"{letters(column)}{row}:{letters(last_column)}{last_row}"
