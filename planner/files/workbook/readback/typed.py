"""Rows that people type into a sheet, read by the titles of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from planner.domain import Source, Team
from planner.domain.spelling import whom
from planner.errors import OLDER_NAME_HINT, InputProblem, did_you_mean
from planner.files.workbook.readback.book import Found, cell_name
from planner.files.workbook.text import fold, plain


class TypedSheet:
    """One pass over a sheet's filled rows; ``problems`` collects what cannot be understood."""

    def __init__(self, path: Path, team: Team, sheet: Found, needed: Sequence[str]) -> None:
        self.path, self.team, self.sheet, self.needed = path, team, sheet, needed
        header = sheet.grid[sheet.header] if sheet.grid else ()
        self.columns = {fold(title): column for column, title in enumerate(header)}
        self.problems: list[InputProblem] = []
        self._number, self._row = sheet.header, ()  # type: tuple[int, Sequence[object]]

    def rows(self) -> Iterator[None]:
        """Go to each filled row below the header in turn; none if a needed column is missing."""
        below = list(enumerate(self.sheet.grid))[self.sheet.header + 1 :]
        filled = [(number, row) for number, row in below if any(plain(value) for value in row)]
        missing = [title for title in self.needed if fold(title) not in self.columns]
        if missing and filled:
            for title in missing:
                self.problem(title, "", "is a missing column")
            return
        for self._number, self._row in filled:
            yield

    @property
    def source(self) -> Source:
        """Where the present row stands."""
        return Source(f"{self.path.name}, sheet {self.sheet.title}", self._number + 1)

    def value(self, title: str) -> object:
        """What the present row holds in a column; ``None`` if there is no such column."""
        column = self.columns.get(fold(title))
        return self._row[column] if column is not None and column < len(self._row) else None

    def engineer(self, title: str) -> str:
        """The engineer named in a column; empty, and a problem, if it names none."""
        people = [engineer.name for engineer in self.team.engineers]
        found = self.known(title, [*people, *self.team.renamed], "an engineer of this team")
        return self.team.renamed.get(found, found)

    def known(self, title: str, names: Sequence[str], what: str, *, needed: bool = True) -> str:
        """One of the names, compared without regard to case and width."""
        value = self.value(title)
        if not plain(value):
            if needed:
                self.problem(title, "", "is missing")
            return ""
        found = next((n for n in names if fold(n) == fold(value)), None) or whom(
            plain(value), names
        )
        if found is None:
            hint = did_you_mean(plain(value), names)
            if not hint.startswith("Did you mean") and "engineer" in what:
                hint = OLDER_NAME_HINT
            self.problem(title, value, f"is not {what}", hint)
        return found or ""

    def date(self, title: str, *, needed: bool = True) -> date | None:
        """The date in a column, as a date cell or in ISO form."""
        value = self.value(title)
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if not plain(value) and not needed:
            return None
        try:
            return date.fromisoformat(plain(value))
        except ValueError:
            message = "is not a date" if plain(value) else "is missing"
            self.problem(title, value, message, "Write it as 2024-08-05.")
            return None

    def problem(self, title: str, value: object, message: str, hint: str = "") -> None:
        """Note what is wrong with a cell of the present row."""
        column = self.columns.get(fold(title))
        place = f"cell {cell_name(self._number, column)}" if column is not None else title
        file = f"{self.path}, sheet {self.sheet.title},"
        row = self._number + 1
        self.problems.append(InputProblem(file, row, place, plain(value), message, hint))
