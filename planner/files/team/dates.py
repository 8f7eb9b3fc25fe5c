"""Dates as people and spreadsheets write them.

ISO dates and spreadsheets' own date cells are understood. ``05/08/2024`` is refused, because
half of the world reads it as 8 May, unless the user has said how such dates are meant.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from planner.errors import UsageError
from planner.files.team.values import BadValueError

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_SERIAL = re.compile(r"[3-7]\d{4}", re.ASCII)
_SERIAL_START = date(1899, 12, 30)
_STRFTIME = {"%Y": "YYYY", "%m": "MM", "%d": "DD"}


class DateStyle:
    """How dates are written: as ISO dates and, if given, in one further format.

    The format is ``DD/MM/YYYY`` or ``%d/%m/%Y``, in any order and with any separators.
    Raises ``UsageError`` if it does not name day, month and year once each. With
    ``others_ambiguous`` it is only a habit: a date in another format may still mean anything.
    """

    def __init__(self, date_format: str | None = None, *, others_ambiguous: bool = False) -> None:
        self.date_format = date_format
        self._others_ambiguous = others_ambiguous
        self._pattern = None if date_format is None else _pattern(date_format)

    def read(self, cell: str | date) -> date:
        """The date in a cell. Raises ``BadValueError``, which says what to write instead."""
        if isinstance(cell, date):
            found = cell.date() if isinstance(cell, datetime) else cell
        else:
            found = self._parse(unicodedata.normalize("NFKC", cell).strip())
        if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            raise BadValueError(
                f"lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}",
                "Is the year a slip of typing?",
            )
        return found

    def _parse(self, text: str) -> date:
        if self._pattern and (match := self._pattern.fullmatch(text)):
            return _existing(int(match["year"]), int(match["month"]), int(match["day"]))
        if match := _ISO.fullmatch(text):
            return _existing(int(match[1]), int(match[2]), int(match[3]))
        if self._pattern and not self._others_ambiguous and _DAY_AND_MONTH.fullmatch(text):
            raise BadValueError(
                f"is not a date in the format {self.date_format}", "Or write it as 2024-08-05."
            )
        if match := _DAY_AND_MONTH.fullmatch(text):
            raise _which_is_the_day(int(match[1]), int(match[2]), int(match[3]))
        if _SERIAL.fullmatch(text):
            meant = _SERIAL_START + timedelta(days=int(text))
            raise BadValueError(
                "is not a date but a spreadsheet's number for one",
                f"Give the column a date format and save again; it may mean {meant}.",
            )
        raise BadValueError("is not a date", "Write it as 2024-08-05.")


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValueError(
            "is a day that does not exist", "Write year, month and day: 2024-08-05."
        ) from None


def _which_is_the_day(first: int, second: int, year: int) -> BadValueError:
    readings = []
    for day, month, style in ((first, second, "DD/MM/YYYY"), (second, first, "MM/DD/YYYY")):
        try:
            readings.append((date(year, month, day), style))
        except ValueError:
            continue
    if not readings:
        return BadValueError("is not a date", "Write it as 2024-08-05.")
    if len(readings) == 2 and first != second:
        (meant, style), (other, _) = readings
        said = f"does not say which number is the day and which the month ({meant} or {other})"
    else:
        ((meant, style), *_) = readings
        said = "is not written as year, month, day"
    return BadValueError(said, f"Write it as {meant}, or say how with --date-format {style}.")


def _pattern(date_format: str) -> re.Pattern[str]:
    text = date_format
    for directive, token in _STRFTIME.items():
        text = text.replace(directive, token)
    parts = []
    for piece in re.findall(r"[Yy]+|[Mm]+|[Dd]+|[^YyMmDd]+", text):
        if piece.upper() == "YYYY":
            parts.append(("year", r"(?P<year>\d{4})"))
        elif piece.upper() in ("M", "MM"):
            parts.append(("month", r"(?P<month>\d{1,2})"))
        elif piece.upper() in ("D", "DD"):
            parts.append(("day", r"(?P<day>\d{1,2})"))
        else:
            parts.append(("", re.escape(piece)))
    if sorted(name for name, _ in parts if name) != ["day", "month", "year"]:
        raise UsageError(
            f"--date-format “{date_format}” must hold day, month and year with four digits "
            "once each, as in DD/MM/YYYY."
        )
    return re.compile("".join(pattern for _, pattern in parts), re.ASCII)
