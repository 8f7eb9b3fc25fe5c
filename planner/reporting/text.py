"""Plain text tables that stay readable at 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

WIDTH = 80
_GAP = "  "
_NARROWEST = 4


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    """Lay out rows under headings; ``align`` holds one ``l`` or ``r`` per column.

    Columns are as wide as their widest cell; where that passes 80 columns, the widest ones
    wrap between words. Lines carry no trailing blanks.
    """
    cells = [[printable(cell) for cell in row] for row in (headings, *rows)]
    widths = _widths(cells)
    header, *body = [_lines(row, widths, align) for row in cells]
    rule = _GAP.join("─" * width for width in widths)
    return "\n".join([*header, rule, *(line for lines in body for line in lines)])


def display_width(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def printable(text: str) -> str:
    """Without control characters, so that no name from a file can steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def wrapped(text: str) -> str:
    """A paragraph of at most 80 columns."""
    return "\n".join(textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False))


def _widths(cells: list[list[str]]) -> list[int]:
    columns = list(zip(*cells, strict=True))
    widths = [max(map(display_width, column)) for column in columns]
    words = [[word for cell in column for word in cell.split(" ")] for column in columns]
    least = [max(_NARROWEST, *map(display_width, column)) for column in words]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > WIDTH:
        shrinkable = [i for i, width in enumerate(widths) if width > least[i]]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda i: widths[i])] -= 1
    return widths


def _lines(row: list[str], widths: list[int], align: str) -> list[str]:
    wrapped = [_wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, wrapped))
    lines = []
    for number in range(height):
        parts = [
            _pad(lines_[number] if number < len(lines_) else "", width, side)
            for lines_, width, side in zip(wrapped, widths, align, strict=True)
        ]
        lines.append(_GAP.join(parts).rstrip())
    return lines


def _wrap(text: str, width: int) -> list[str]:
    if display_width(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if display_width(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pad(text: str, width: int, side: str) -> str:
    blanks = " " * (width - display_width(text))
    return blanks + text if side == "r" else text + blanks
