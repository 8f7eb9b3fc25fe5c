"""Tables as rows of named cells: CSV as spreadsheets and people write it.

Separators may be commas, semicolons or tabs; text is UTF-8 (or UTF-16 with its mark). Blank rows
and lines that begin with ``#`` are skipped. Rows are numbered as in a spreadsheet or editor.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeVar

from planner.calendar import parse_week, week_of
from planner.domain import DutyWeek, Source
from planner.errors import did_you_mean
from planner.files.dates import EARLIEST_YEAR, LATEST_YEAR
from planner.files.names import fold, one_of, tidy
from planner.files.reading import Reading
from planner.files.values import BadValueError

Cell = str | date
T = TypeVar("T")
_SEPARATORS = ",;\t"
_SAVE_AS_UTF8 = (
    "Save it as UTF-8: in Excel “Save As”, type “CSV UTF-8 (Comma delimited)”; in LibreOffice "
    "“Save As”, “Edit filter settings”, character set “Unicode (UTF-8)”."
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table of this name may have."""

    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional

    def find(self, header: Cell) -> str | None:
        """The column that a header cell names, written in any case and with spaces."""
        named = fold(str(header)).replace(" ", "_").replace("-", "_")
        return named if named in self.all else None


@dataclass(frozen=True)
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
        if not EARLIEST_YEAR <= week.first.year <= LATEST_YEAR:
            raise BadValueError(
                f"lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}",
                "Is the year a slip of typing?",
            )
        return week

    def choice(self, column: str, allowed: Sequence[str], *, needed: bool = False) -> str | None:
        """Which of the allowed words the cell holds."""
        return self.read(column, lambda text: one_of(text, allowed), needed=needed)


@dataclass(frozen=True)
class Table:
    """The rows of a file. ``complete`` is false if any part of it could not be read."""

    rows: tuple[Row, ...] = field(default=())
    complete: bool = True


def read_csv(path: Path, columns: Columns, reading: Reading) -> Table:
    """All rows of a CSV file, top to bottom; what cannot be read is noted as a problem."""
    text = read_text(path, reading)
    if text is None:
        return Table(complete=False)
    try:
        return rows_of(path.name, _records(text, columns), columns, reading)
    except _BrokenRowError as error:
        reading.problem(path.name, error.message, row=error.row, hint=error.hint)
        return Table(complete=False)


def read_text(path: Path, reading: Reading) -> str | None:
    """The text of a file, or ``None`` and a noted problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        reading.problem(
            path.name,
            f"cannot be read ({reason})",
            hint="Close it in other programs and check that you may open it.",
        )
        return None
    encoding = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "UTF-8"
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1 if encoding == "UTF-8" else None
        message = f"is not text in {encoding} (byte 0x{data[error.start]:02X})"
        reading.problem(path.name, message, row=row, hint=_SAVE_AS_UTF8)
        return None
    if "\0" in text or data.startswith(b"PK\x03\x04"):
        reading.problem(path.name, "is not a text file", hint=_SAVE_AS_UTF8)
        return None
    return text


def rows_of(
    file: str,
    records: Iterable[tuple[int, Sequence[Cell]]],
    columns: Columns,
    reading: Reading,
) -> Table:
    """Rows from (row number, cells), of which the first record is the header."""
    records = iter(records)
    header_row, header = next(records, (0, ()))
    if not header_row:
        reading.problem(
            file,
            "is empty",
            hint=f"Its first row must name the columns {', '.join(columns.required)}.",
        )
        return Table(complete=False)
    names = _header(file, header_row, header, columns, reading)
    if names is None:
        return Table(complete=False)
    rows, complete = [], True
    for number, cells in records:
        beyond = [
            cell
            for place, cell in enumerate(cells)
            if cell and (place >= len(names) or names[place] is None)
        ]
        if beyond:
            reading.problem(
                file,
                "stands in a cell beyond the last named column",
                row=number,
                value=str(beyond[0]),
                hint="Put a value that holds the separator itself in double quotes.",
            )
            complete = False
            continue
        named = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        rows.append(Row(Source(file, number), named, reading))
    return Table(tuple(rows), complete)


def _header(
    file: str, row: int, header: Sequence[Cell], columns: Columns, reading: Reading
) -> list[str | None] | None:
    """Each place's column, ``None`` for places without one; ``None`` if the header is bad."""
    names: list[str | None] = []
    sound = True
    excused: set[str] = set()
    for cell in header:
        shown = tidy(str(cell))
        name = columns.find(cell)
        if not shown:
            names.append(None)
            continue
        if name is None:
            hint = did_you_mean(shown, columns.all)
            excused.update(c for c in columns.required if f"“{c}”" in hint)
            message = f"is not a column of {columns.file}"
            reading.problem(file, message, row=row, column=shown, value=shown, hint=hint)
            sound = False
        elif name in names:
            hint = "Keep one of the two."
            message = "is a column twice"
            reading.problem(file, message, row=row, column=name, value=shown, hint=hint)
            sound = False
        names.append(name or shown)
    for missing in columns.required:
        if missing not in names:
            sound = False
            if missing not in excused:
                message, hint = "this column is missing", "Add it to the first row."
                reading.problem(file, message, row=row, column=missing, hint=hint)
    return names if sound else None


class _BrokenRowError(Exception):
    def __init__(self, row: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.row, self.message, self.hint = row, message, hint


def _records(text: str, columns: Columns) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, cells) of every row that is neither blank nor a comment."""
    lines = iter(io.StringIO(text, newline=""))
    separator = None
    number = 1
    for line in lines:
        start = number
        if _skipped(line):
            number += 1
            continue
        separator = separator or _separator(line, columns)
        reader = csv.reader(chain([line], lines), delimiter=separator, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            raise _BrokenRowError(
                start,
                "the quotes of this row do not match",
                "A cell in double quotes must end with one; write a quote inside it twice.",
            ) from None
        number += reader.line_num
        # Spreadsheets put a comment that holds a comma in quotes when they save.
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield start, cells


def _skipped(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _separator(header: str, columns: Columns) -> str:
    """The separator that makes most known columns of the header; a comma if in doubt."""

    def known(separator: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in header.split(separator)]
        return sum(columns.find(cell) is not None for cell in cells), len(cells)

    return max(_SEPARATORS, key=known)
