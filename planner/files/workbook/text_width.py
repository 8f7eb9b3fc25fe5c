"""How much room text takes: widths in digits, as spreadsheets count columns, and lines.

Letters are as wide as Arial's, which every substitute for it keeps (Adobe's metrics of Helvetica);
a little is added, since screens round each letter to whole dots.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import ceil

from planner.cells.references import CellValue
from planner.files.workbook.style import Look

MARGINS = 3.0
"""What a cell leaves free to the left and right of its text."""
LINE_HEIGHT, PADDING = 1.25, 5.0
"""Of a line, as a multiple of the font's size; and above and below all lines, in points."""

_DATE_WIDTH, _DECIMAL_WIDTH = 17.0, 9.0
_DIGIT = 556
_WIDTHS = {
    222: "'ijl",
    278: " !,./:;I[]\\ft|·",
    333: '()-`r{}"²“”',
    389: "*•",
    500: "^cksvxyzJ",
    584: "+<=>~×÷−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "%W",
    1015: "@…—",
}
"""In thousandths of the font's size; digits and most small letters have the width of a digit."""
_OTHER, _WIDE = 620, 1112
_BOLD, _ROUNDING = 1.08, 1.04
_TOLERANCE = 0.01


class _Widths(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        """East Asian letters and pictures are wide, other scripts not much wider than ours."""
        if letter.isascii():
            return _DIGIT
        return _WIDE if letter >= "\u1100" and not "\u1e00" <= letter < "\u2e80" else _OTHER


_WIDTH_OF = _Widths({letter: width for width, letters in _WIDTHS.items() for letter in letters})


def needed_width(value: CellValue, look: Look) -> float:
    """The width of a column that shows the value in one line, or in those that it has."""
    if isinstance(value, str):
        return _widest_line(value) * _stretch(look) + MARGINS
    if isinstance(value, date):
        return _DATE_WIDTH
    if isinstance(value, float):
        return _DECIMAL_WIDTH
    longest = 0.0 if value is None else _text_width(str(value))
    return longest * _stretch(look) + MARGINS


def needed_height(said: str, width: float, look: Look) -> float:
    """The height, in points, of a row that shows the text wrapped in a column of a width."""
    room = max(width - MARGINS, 1.0) / _stretch(look)
    return _lines(said, room) * look.size * LINE_HEIGHT + PADDING


def height_of_line(size: int) -> float:
    """The same for a text in one line, by the size of its letters."""
    return size * LINE_HEIGHT + PADDING


def heading_width(title: str) -> float:
    """The width in which no word of a heading is cut, its filter button beside it."""
    return max((_text_width(word) for word in title.split()), default=0.0) * _BOLD + 4.0


@lru_cache(maxsize=8192)
def _widest_line(text: str) -> float:
    return max(map(_text_width, text.split("\n")))


@lru_cache(maxsize=8192)
def _lines(text: str, room: float) -> int:
    return sum(_lines_of(line, room) for line in text.split("\n"))


def _lines_of(line: str, room: float) -> int:
    """Words go to the next line where they do not fit; what is too long for any line is broken."""
    lines, used, space = 1, 0.0, _text_width(" ")
    for word in line.replace("-", "- ").split(" "):
        width = _text_width(word)
        if used and used + width > room + _TOLERANCE:
            lines, used = lines + 1, 0.0
        if width > room + _TOLERANCE:
            lines, width = lines + ceil(width / room) - 1, width % room
        used += width + (0 if word.endswith("-") else space)
    return lines


def _stretch(look: Look) -> float:
    return look.size / 10 * (_BOLD if look.bold else 1.0) * _ROUNDING


@lru_cache(maxsize=8192)
def _text_width(text: str) -> float:
    return sum(map(_WIDTH_OF.__getitem__, text)) / _DIGIT
