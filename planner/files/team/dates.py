"""Dates as people and spreadsheets write them.

Whatever can be read in one way only is read: ``2024-08-05``, ``20240805``, ``5 Aug 2024``,
``05-Aug-24``, ``30/1/2026``, each with a time behind it or not. ``05/08/2024`` is refused, because
half of the world reads it as 8 May, unless the team has said how such dates are meant.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from planner.errors import UsageError
from planner.files.team.months import MONTH, WEEKDAY, month_of, weekday_of
from planner.files.team.values import BadValueError

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_CLOCK = re.compile(
    r"(?<=\d)(?:[ T]|, ?)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?: ?\[[\w/+-]+\])?$",
    re.ASCII | re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[-/. ]*(?P<month>{MONTH})\.?[-/., ]*"
    r"(?P<year>\d{4}|'?\d{2})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{MONTH})\.?[-/. ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?|[ /-])"
    r"(?P<year>\d{4})",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[-/. ]*(?P<month>{MONTH})\.?[-/. ]*(?P<day>\d{{1,2}})", re.IGNORECASE
)
_WORDED = (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST)
_SERIAL = re.compile(r"[3-7]\d{4}", re.ASCII)
_SERIAL_START = date(1899, 12, 30)
_STRFTIME = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%b": "MMM", "%B": "MMMM"}
_PIECES = {
    **{"YYYY": ("year", r"\d{4}"), "YY": ("year", r"\d{2}")},
    **dict.fromkeys(("M", "MM"), ("month", r"\d{1,2}")),
    **dict.fromkeys(("MMM", "MMMM"), ("month", MONTH)),
    **dict.fromkeys(("D", "DD"), ("day", r"\d{1,2}")),
}
"""What a piece of a format stands for, and the pattern of it."""
_ORDERS = {"DD/MM/YYYY": (0, 1, 2), "MM/DD/YYYY": (1, 0, 2), "YY/MM/DD": (2, 1, 0)}
"""Where day, month and year may stand among three numbers."""


class DateStyle:
    """How dates are written: in whatever way has one meaning and, if given, in one format.

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
            found = self._parse(" ".join(unicodedata.normalize("NFKC", cell).split()))
        ensure_likely(found, found)
        return found

    def _parse(self, typed: str) -> date:
        text = _CLOCK.sub("", typed)
        if self._pattern and (match := self._pattern.fullmatch(text)):
            return _existing(_year(match["year"]), month_of(match["month"]), int(match["day"]))
        if match := _ISO.fullmatch(text):
            year, month, day = (int(part) for part in match.groups() if part)
            return _existing(year, month, day)
        if found := _worded(text):
            return found
        if match := _NUMBERS.fullmatch(text):
            return self._of_numbers((match[1], match[3], match[4]))
        if _SERIAL.fullmatch(text):
            meant = _SERIAL_START + timedelta(days=int(text))
            raise BadValueError(
                "is not a date but a spreadsheet's number for one",
                f"Give the column a date format and save again; it may mean {meant}.",
            )
        raise BadValueError("is not a date", "Write it as 2024-08-05.")

    def _of_numbers(self, numbers: tuple[str, str, str]) -> date:
        """The one date that three numbers can mean, if the team's format does not speak of it."""
        if self._pattern and not self._others_ambiguous:
            raise BadValueError(
                f"is not a date in the format {self.date_format}", "Or write it as 2024-08-05."
            )
        readings = _readings(numbers)
        if not readings:
            raise BadValueError("is not a date", "Write it as 2024-08-05.")
        if len(readings) > 1:
            said = " or ".join(map(str, readings))
            style = next(iter(readings.values()))
            raise BadValueError(
                f"does not say which number is the day and which the month ({said})",
                f"Write it as {next(iter(readings))}, or settle it for all files of the team with "
                f'date_format = "{style}" in team.toml (or --date-format {style}).',
            )
        return next(iter(readings))


def ensure_likely(first: date, last: date) -> None:
    """Raises ``BadValueError`` if these dates, and all between, are of years nobody plans."""
    if last.year < EARLIEST_YEAR or first.year > LATEST_YEAR:
        message = f"lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}"
        raise BadValueError(message, "Is the year a slip of typing?")


def _readings(numbers: tuple[str, str, str]) -> dict[date, str]:
    """Each date that the numbers can mean, with the format in which they mean it."""
    found: dict[date, str] = {}
    short = len(numbers[2]) == len("24")
    for style, (day, month, year) in _ORDERS.items():
        if (year == 0) and not (short and len(numbers[0]) == len("24")):
            continue
        named = style.replace("YYYY", "YY") if short else style
        try:
            meant = date(_year(numbers[year]), int(numbers[month]), int(numbers[day]))
        except ValueError:
            continue
        found.setdefault(meant, named)
    return found


def _worded(text: str) -> date | None:
    """A date whose month is a word, with the day of the week before it or not."""
    named = re.match(rf"({WEEKDAY})\.?,? +", text, re.IGNORECASE)
    rest = text[named.end() :] if named else text
    match = next(filter(None, (pattern.fullmatch(rest) for pattern in _WORDED)), None)
    if match is None:
        return None
    found = _existing(_year(match["year"]), month_of(match["month"]), int(match["day"]))
    if named and found.weekday() != weekday_of(named[1]):
        raise BadValueError(f"is no {named[1]}: that day is a {found:%A}", "Correct one of them.")
    return found


def _year(text: str) -> int:
    """A year; of two digits, the one in the years that are allowed."""
    number = int(text.lstrip("'"))
    if len(text.lstrip("'")) > len("24"):
        return number
    return number + (1900 if number >= EARLIEST_YEAR % 100 else 2000)


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValueError(
            "is a day that does not exist", "Write year, month and day: 2024-08-05."
        ) from None


def _pattern(date_format: str) -> re.Pattern[str]:
    text = date_format
    for directive, token in _STRFTIME.items():
        text = text.replace(directive, token)
    pieces = re.findall(r"[Yy]+|[Mm]+|[Dd]+|[^YyMmDd]+", text)
    parts = [_PIECES.get(piece.upper(), ("", re.escape(piece))) for piece in pieces]
    if sorted(name for name, _ in parts if name) != ["day", "month", "year"]:
        raise UsageError(
            f"--date-format “{date_format}” must hold day, month and year once each, as in "
            "DD/MM/YYYY."
        )
    patterns = (f"(?P<{name}>{pattern})" if name else pattern for name, pattern in parts)
    return re.compile("".join(patterns), re.ASCII | re.IGNORECASE)
