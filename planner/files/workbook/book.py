"""A workbook in the making: its sheets, and what they share."""

from __future__ import annotations

from planner.files.workbook.frame import Frame
from planner.files.workbook.page import Page
from planner.files.workbook.stylesheet import Stylesheet


class Book:
    """``title`` and ``subject`` are what programs show of a file unopened. Pages stand in the
    order in which they are asked for."""

    def __init__(self, title: str, subject: str) -> None:
        self.title, self.subject = title, subject
        self.styles = Stylesheet()
        self.names: dict[str, str] = {}
        """Defined names, and their cells."""
        self.pages: list[Page] = []

    def page(self, title: str, tab: str = "", *, hidden: bool = False) -> Page:
        """A new sheet behind the others."""
        made = Page(Frame(title, tab, hidden), self.styles, self.names)
        self.pages.append(made)
        return made
