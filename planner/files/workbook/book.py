"""A workbook in the making: its sheets, and what they share."""

from __future__ import annotations

from planner.files.workbook.layout import Layout
from planner.files.workbook.page import Page
from planner.files.workbook.sheet import HiddenSheet, Sheet
from planner.files.workbook.stylesheet import Stylesheet


class Book:
    """``title`` and ``subject`` are what programs show of a file unopened. Sheets stand in the
    order in which they are asked for."""

    def __init__(self, title: str, subject: str) -> None:
        self.title, self.subject = title, subject
        self.styles = Stylesheet()
        self.names: dict[str, str] = {}
        """Defined names, and their cells."""
        self.sheets: list[Sheet] = []

    def page(self, title: str, tab: str = "") -> Page:
        """A new sheet behind the others."""
        made = Page(Layout(title, tab), self.names, self.styles)
        self.sheets.append(made)
        return made

    def hidden(self, title: str) -> HiddenSheet:
        """A new hidden one."""
        made = HiddenSheet(Layout(title, hidden=True), self.names, self.styles)
        self.sheets.append(made)
        return made
