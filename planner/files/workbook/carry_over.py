"""What people added to a workbook, put into the one that takes its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.cells.formulas import Formula
from planner.files.workbook.additions import Additions, OwnSheet, Written
from planner.files.workbook.page import Page
from planner.files.workbook.style import HEAD
from planner.files.workbook.text import fold
from planner.files.workbook.titles import ROTA


def keep(theirs: Additions, pages: dict[str, Page], new_page: Callable[[str], Page]) -> None:
    """Columns, fills, comments and texts where they were, sheets behind the planner's own."""
    rows = pages[ROTA].rows
    weeks = {str(cells[1].value): row for row, cells in rows.items() if row > 1 and 1 in cells}
    titles = {fold(filled.value): column for column, filled in rows[1].items()}
    _columns(theirs, pages[ROTA], weeks)
    for week, title, colour in theirs.fills:
        if week in weeks and title in titles:
            pages[ROTA].repaint(weeks[week], titles[title], colour)
    for comment in theirs.comments:
        place = comment.place
        if comment.sheet == ROTA and comment.week in weeks and comment.column in titles:
            place = pages[ROTA].place(weeks[comment.week], titles[comment.column])
        if comment.sheet in pages:
            pages[comment.sheet].comments.append((place, comment.text, comment.author))
    _texts(theirs, pages)
    for sheet in theirs.sheets:
        pages[sheet.title] = _sheet(sheet, new_page(sheet.title))


def _columns(theirs: Additions, page: Page, weeks: Mapping[str, int]) -> None:
    column = page.size[1]
    for own in theirs.columns:
        column += 1
        page.put(1, column, own.title, HEAD.but(fill="6B7A89"), widest=own.width)
        for week, written in own.by_week.items():
            if week in weeks:
                _put(page, weeks[week], column, written)
        page.widths[column] = own.width


def _texts(theirs: Additions, pages: Mapping[str, Page]) -> None:
    """At the same place, or below it where the planner now writes there itself."""
    last = {title: page.size[0] for title, page in pages.items()}
    for title, row, column, written in theirs.texts:
        if title in pages:
            page = pages[title]
            at = row + last[title] if title == ROTA else row
            while column in page.rows.get(at, ()):
                at = max(at + 1, last[title] + 1)
            _put(page, at, column, written)


def _sheet(sheet: OwnSheet, page: Page) -> Page:
    for (row, column), written in sheet.cells.items():
        _put(page, row, column, written)
    page.widths.update(sheet.widths)
    page.layout.merged += sheet.merged
    page.layout.grid_lines = True
    return page


def _put(page: Page, row: int, column: int, written: Written) -> None:
    value = Formula(written.formula, written.value) if written.formula else written.value
    page.put(row, column, value, written.look, spill=True)
