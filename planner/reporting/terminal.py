"""Plain text that fits the terminal: tables and paragraphs."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from unicodedata import combining, east_asian_width

WIDTH = 80
"""How wide texts are where there is no terminal to ask."""
_LEAST_WIDTH, _WIDEST_PARAGRAPH = 20, 100
_GAP = "  "
_NARROWEST = 4


def width() -> int:
    """How many columns there are: what COLUMNS says, or the terminal, or else 80."""
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked) if asked.isascii() and asked.isdigit() else 0
    if not columns and sys.stdout.isatty():
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            columns = 0
    return max(columns, _LEAST_WIDTH) if columns else WIDTH


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    """Lay out rows under headings; ``align`` holds one ``l`` or ``r`` per column.

    Columns are as wide as their widest cell; where that passes the terminal's width, the widest
    ones wrap between words, and in a terminal too narrow for that each row is told as a list.
    Lines carry no trailing blanks.
    """
    cells = [[printable(cell) for cell in row] for row in (headings, *rows)]
    room = width()
    widths = _widths(cells, room)
    if room < WIDTH and _together(widths) > room:
        return "\n".join(line for row in cells[1:] for line in _as_list(cells[0], row, room))
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
    """A paragraph, no wider than the terminal nor than reads well."""
    return "\n".join(wrapped_lines(text))


def wrapped_lines(text: str, indent: str = "") -> list[str]:
    """Its lines; those after the first begin with ``indent``."""
    return textwrap.wrap(
        text,
        min(width(), _WIDEST_PARAGRAPH),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _as_list(headings: list[str], row: list[str], room: int) -> list[str]:
    """The row's first cell, and beneath it the others, each after its heading."""
    lines = _wrap(row[0], room)
    for heading, cell in zip(headings[1:], row[1:], strict=True):
        said = f"{heading}: {cell}" if heading.strip() else cell
        lines += [f"{_GAP}{line}" for line in _wrap(said, room - len(_GAP)) if cell.strip()]
    return lines


def _together(widths: list[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _widths(cells: list[list[str]], room: int) -> list[int]:
    columns = list(zip(*cells, strict=True))
    widths = [max(map(display_width, column)) for column in columns]
    words = [[word for cell in column for word in cell.split(" ")] for column in columns]
    least = [max(_NARROWEST, *map(display_width, column)) for column in words]
    while _together(widths) > room:
        shrinkable = [i for i, width in enumerate(widths) if width > least[i]]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda i: widths[i])] -= 1
    return widths


def _lines(row: list[str], widths: list[int], align: str) -> list[str]:
    wrapped = [_wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = (
        zip(parts, widths, align, strict=True) for parts in zip_longest(*wrapped, fillvalue="")
    )
    return [_GAP.join(_pad(*part) for part in line).rstrip() for line in lines]


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
