"""What people are offered where they type, and warned of; what they insist on is kept."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.worksheet.datavalidation import DataValidation

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
    offered = _one_of(ENGINEERS_NAME)
    if help_text:
        offered.showInputMessage, offered.prompt = True, help_text
    _expect(page, offered, row, column, last_row, last_column or column)


def choose_word(page: Page, words: Iterable[str], row: int, column: int, last_row: int) -> None:
    """Offer words, if a list of them can be written."""
    words = [clean(word) for word in words]
    offered = ",".join(words)
    if len(offered) <= _LONGEST_LIST and not any(set(',"') & set(word) for word in words):
        _expect(page, _one_of(f'"{offered}"'), row, column, last_row, column)


def expect_dates(page: Page, row: int, column: int, last_row: int, last_column: int) -> None:
    """Warn of what is not a date."""
    dates = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
    dates.errorTitle, dates.error = "Not a date", "This is not a date. Keep it all the same?"
    _expect(page, dates, row, column, last_row, last_column)


def _one_of(formula: str) -> DataValidation:
    offered = DataValidation(type="list", formula1=formula, allow_blank=True)
    offered.errorTitle = "Not in the list"
    offered.error = "This is not in the list. Keep it all the same?"
    return offered


def _expect(
    page: Page, rule: DataValidation, row: int, column: int, last_row: int, last_column: int
) -> None:
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.add(f"{letters(column)}{row}:{letters(last_column)}{last_row}")
    page.sheet.add_data_validation(rule)
