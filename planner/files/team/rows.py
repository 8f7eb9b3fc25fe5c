"""One row of a table: typed values out of its cells, and problems with their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

from planner.domain import DutyWeek, Source
from planner.domain.quarters import parse_week, week_of
from planner.files.team.choices import one_of, tidy
from planner.files.team.dates import ensure_likely
from planner.files.team.reading import Reading
from planner.files.team.values import BadValueError
from planner.records import dataclass

Cell = str | date
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. Its readers note down problems and then return ``None``."""

    source: Source
    cells: Mapping[str, Cell]
    reading: Reading

    def problem(self, column: str, message: str, hint: str = "") -> None:
        """Note down what is wrong with the value in a column of this row."""
        self.reading.problem(
            self.source.file,
            message,
            row=self.source.row,
            column=column,
            value=self.text(column),
            hint=hint,
        )

    def text(self, column: str) -> str:
        """What the cell says; empty if there is no such cell."""
        cell = self.cells.get(column, "")
        return tidy(cell if isinstance(cell, str) else cell.isoformat()[:10])

    def needed(self, column: str) -> str | None:
        """What the cell says, which must be something."""
        text = self.text(column)
        if not text:
            self.problem(column, "a value is missing", "Fill in the cell, or delete the row.")
        return text or None

    def read(self, column: str, parse: Callable[[str], T], *, needed: bool = False) -> T | None:
        """What ``parse`` makes of the cell; ``None`` if the cell is empty or parsing fails."""
        text = self.needed(column) if needed else self.text(column)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.reading.refuse(error, self.source.file, self.source.row, column, text)
            return None

    def read_each(self, column: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """What ``parse`` makes of each of the values that semicolons separate."""
        found = []
        for part in filter(None, map(tidy, self.text(column).split(";"))):
            try:
                found.append(parse(part))
            except ValueError as error:
                self.reading.refuse(error, self.source.file, self.source.row, column, part)
        return tuple(found)

    def date(self, column: str, *, needed: bool = False) -> date | None:
        """The date in the cell."""
        cell = self.cells.get(column, "")
        style = self.reading.dates
        if isinstance(cell, date):
            return self.read(column, lambda _: style.read(cell), needed=needed)
        return self.read(column, style.read, needed=needed)

    def week(self, column: str, *, needed: bool = False) -> DutyWeek | None:
        """The duty week that the cell names as ``2024-W32``."""
        return self.read(column, self._parse_week, needed=needed)

    def _parse_week(self, text: str) -> DutyWeek:
        weekday = self.reading.handover_weekday
        try:
            week = parse_week(text, weekday)
        except ValueError as error:
            if "such as" not in str(error):
                raise BadValueError(
                    "is a week that does not exist", "A year has 52 weeks, some have 53."
                ) from None
            hint = "Write it as 2024-W32."
            with suppress(BadValueError):
                hint = f"That date lies in {week_of(self.reading.dates.read(text), weekday)}."
            raise BadValueError("is not a week", hint) from None
        ensure_likely(week.first, week.first)
        return week

    def choice(self, column: str, allowed: object, *, needed: bool = False) -> Any:
        """Which of the allowed words, or of those of a ``Literal``, the cell holds."""
        return self.read(column, lambda text: one_of(text, allowed), needed=needed)
