"""Tables as rows of named cells: CSV as spreadsheets and people write it.

Separators may be commas, semicolons or tabs; text is UTF-8 (or UTF-16 with its mark). Blank rows
and lines that begin with ``#`` are skipped. Rows are numbered as in a spreadsheet or editor.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from itertools import chain
from pathlib import Path

from planner.domain import Source
from planner.errors import did_you_mean
from planner.files.read_limits import SETTINGS_FILE, TEXT_FILE, TooLargeError, bounded
from planner.files.team.choices import fold, tidy
from planner.files.team.reading import Reading
from planner.files.team.rows import Cell, Row
from planner.records import dataclass

Record = tuple[int, Sequence[Cell]]
"""The number of a row, and its cells."""

_SEPARATORS = ",;\t"
_SAVE_AS_UTF8 = (
    "Save it as UTF-8: in Excel “Save As”, type “CSV UTF-8 (Comma delimited)”; in LibreOffice "
    "“Save As”, “Edit filter settings”, character set “Unicode (UTF-8)”."
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table of this name may have; ``words`` are other words for them."""

    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional

    def find(self, header: Cell) -> str | None:
        """The column that a header cell names, written in any case and with spaces."""
        named = fold(str(header)).replace(" ", "_").replace("-", "_")
        return named if named in self.all else self.words.get(fold(str(header)))

    def calls_otherwise(self, header: Cell) -> bool:
        """Whether a header cell is one of the other words for a column."""
        return self.find(header) is not None and replace(self, words={}).find(header) is None


@dataclass(frozen=True)
class Table:
    """The rows of a file. ``complete`` is false if any part of it could not be read; ``foreign``
    says that a column was called by one of its other words."""

    rows: tuple[Row, ...] = field(default=())
    complete: bool = True
    columns: tuple[str, ...] = ()
    foreign: bool = False


def read_csv(path: Path, columns: Columns, reading: Reading, fallback: str = "") -> Table:
    """All rows of a CSV file, top to bottom; what cannot be read is noted as a problem.

    ``fallback`` as in :func:`read_records`.
    """
    records = read_records(path, columns, reading, fallback)
    if records is None:
        return Table(complete=False)
    return rows_of(path.name, records, columns, reading)


def read_records(
    path: Path, columns: Columns, reading: Reading, fallback: str = ""
) -> list[Record] | None:
    """(row number, cells) of every filled row of a CSV file; ``None`` and a problem if broken.

    ``fallback`` is an encoding to try where the text is not in UTF-8.
    """
    text = read_text(path, reading, fallback)
    if text is None:
        return None
    try:
        return list(_records(text, columns))
    except _BrokenRowError as error:
        hint = "A cell in double quotes must end with one; write a quote inside it twice."
        reading.problem(path.name, "the quotes of this row do not match", row=error.row, hint=hint)
        return None


def known_columns(
    file: str, records: Sequence[Record], columns: Columns, reading: Reading
) -> Table:
    """The table without the columns that are not known, which are told in a note."""
    header: Sequence[Cell] = records[0][1] if records else ()
    kept = [place for place, cell in enumerate(header) if columns.find(cell)]
    left_out = [str(cell) for cell in header if cell and not columns.find(cell)]
    if left_out:
        reading.notes.append(f"{file}: the columns {', '.join(left_out)} are not read.")
    chosen = (
        (number, [cells[place] if place < len(cells) else "" for place in kept])
        for number, cells in records
    )
    return rows_of(file, chosen, columns, reading)


def read_text(path: Path, reading: Reading, fallback: str = "") -> str | None:
    """The text of a file, or ``None`` and a noted problem; ``fallback`` as in `read_records`."""
    try:
        data = bounded(path, SETTINGS_FILE if path.suffix == ".toml" else TEXT_FILE)
    except TooLargeError as error:
        hint = "Leave out the rows of past years, or move it out of the folder."
        reading.problem(path.name, f"{error}, so it is not read", hint=hint)
        return None
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
        with suppress(UnicodeDecodeError, LookupError):
            text = data.decode(fallback)
            reading.notes.append(f"{path.name} is not in UTF-8; it is read as {fallback}.")
            return text
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
    records: Iterable[Record],
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
    foreign = any(columns.calls_otherwise(cell) for cell in header)
    return Table(tuple(rows), complete, tuple(name for name in names if name), foreign)


MOST_COLUMNS = 500
"""No table that people keep has more; of a file with a million, each would be looked up."""


def _header(
    file: str, row: int, header: Sequence[Cell], columns: Columns, reading: Reading
) -> list[str | None] | None:
    """Each place's column, ``None`` for places without one; ``None`` if the header is bad."""
    if len(header) > MOST_COLUMNS:
        hint = "Is it a table with one fact a row?"
        reading.problem(file, f"has {len(header):,} columns", row=row, hint=hint)
        return None
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
    def __init__(self, row: int) -> None:
        self.row = row


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
            raise _BrokenRowError(start) from None
        number += reader.line_num
        # Spreadsheets put a comment that holds a comma in quotes when they save.
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield start, cells


@dataclass(frozen=True, slots=True)
class Header:
    """The first row of a CSV text: its cells, what separates them, and where the row ends."""

    cells: tuple[str, ...]
    separator: str
    end: int


def header_of(text: str, columns: Columns) -> Header | None:
    """The header of a CSV text as :func:`read_csv` finds it; ``None`` if there is no row."""
    lines = iter(io.StringIO(text, newline=""))
    end, separator = 0, None
    for line in lines:
        end += len(line)
        if _skipped(line):
            continue
        separator = separator or _separator(line, columns)
        with suppress(csv.Error):
            cells = next(csv.reader([line], delimiter=separator, strict=True))
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                return Header(tuple(cells), separator, end - len(line) + len(line.rstrip("\r\n")))
    return None


def _skipped(line: str) -> bool:
    said = line.strip()
    return not said or said.startswith("#") or said.lower().startswith("sep=")


def _separator(header: str, columns: Columns) -> str:
    """The separator that makes most known columns of the header; a comma if in doubt."""

    def known(separator: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in header.split(separator)]
        return sum(columns.find(cell) is not None for cell in cells), len(cells)

    return max(_SEPARATORS, key=known)
