"""The Cover sheet read back: who stands in for whom, on which dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from planner.domain import Cover, Source, Team
from planner.errors import InputProblem, did_you_mean
from planner.files.workbook import cover
from planner.files.workbook.book import Found, cell_name
from planner.files.workbook.text import fold, plain

ENGINEER, FROM, UNTIL, STAND_IN, ROTATION, ROLE, NOTE = cover.HEADER


def read_covers(
    path: Path, team: Team, sheet: Found
) -> tuple[tuple[Cover, ...], tuple[InputProblem, ...]]:
    """The covers in the order of their rows, and what is wrong with the others.

    Rotation and role may be left out: then the cover is for whatever the engineer does.
    """
    reading = _Reading(path, team, sheet)
    return tuple(reading.covers()), tuple(reading.problems)


@dataclass
class _Reading:
    path: Path
    team: Team
    sheet: Found
    problems: list[InputProblem] = field(default_factory=list)

    def covers(self) -> list[Cover]:
        header = self.sheet.grid[self.sheet.header] if self.sheet.grid else ()
        self.columns = {fold(title): column for column, title in enumerate(header)}
        self.row = self.sheet.header
        missing = [title for title in cover.HEADER[:4] if fold(title) not in self.columns]
        rows = list(enumerate(self.sheet.grid))[self.sheet.header + 1 :]
        filled = [(number, row) for number, row in rows if any(plain(value) for value in row)]
        if missing and filled:
            for title in missing:
                self._problem(title, "", "is a missing column")
            return []
        return [found for number, row in filled for found in self._row(number, row)]

    def _row(self, number: int, row: Sequence[object]) -> Iterator[Cover]:
        self.row = number
        before = len(self.problems)
        people = [engineer.name for engineer in self.team.engineers]
        rotations = [rotation.name for rotation in self.team.rotations]
        roles = sorted({role.name for r in self.team.rotations for role in r.roles})
        values = {title: self._value(row, title) for title in cover.HEADER}
        engineer = self._known(ENGINEER, values, people, "an engineer of this team")
        stand_in = self._known(STAND_IN, values, people, "an engineer of this team")
        start, end = self._date(FROM, values), self._date(UNTIL, values)
        rotation = self._known(ROTATION, values, rotations, "a rotation of this team", needed=False)
        role = self._known(ROLE, values, roles, "a role of this team", needed=False)
        if start and end and end < start:
            self._problem(UNTIL, values[UNTIL], "lies before the first day")
        if engineer and engineer == stand_in:
            self._problem(STAND_IN, stand_in, "cannot stand in for themselves")
        if len(self.problems) == before:
            assert start is not None
            assert end is not None
            source = Source(f"{self.path.name}, sheet {self.sheet.title}", number + 1)
            note = plain(values[NOTE])
            yield Cover(engineer, start, end, stand_in, rotation, role, note, source)

    def _value(self, row: Sequence[object], title: str) -> object:
        column = self.columns.get(fold(title))
        return row[column] if column is not None and column < len(row) else None

    def _known(
        self,
        title: str,
        values: Mapping[str, object],
        names: Sequence[str],
        what: str,
        *,
        needed: bool = True,
    ) -> str:
        value = values[title]
        if not plain(value):
            if needed:
                self._problem(title, "", "is missing")
            return ""
        found = [name for name in names if fold(name) == fold(value)]
        if not found:
            self._problem(title, value, f"is not {what}", did_you_mean(plain(value), names))
        return found[0] if found else ""

    def _date(self, title: str, values: Mapping[str, object]) -> date | None:
        value = values[title]
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return date.fromisoformat(plain(value))
        except ValueError:
            message = "is not a date" if plain(value) else "is missing"
            self._problem(title, value, message, "Write it as 2024-08-05.")
            return None

    def _problem(self, title: str, value: object, message: str, hint: str = "") -> None:
        column = self.columns.get(fold(title))
        place = f"cell {cell_name(self.row, column)}" if column is not None else title
        file = f"{self.path}, sheet {self.sheet.title},"
        self.problems.append(InputProblem(file, self.row + 1, place, plain(value), message, hint))
