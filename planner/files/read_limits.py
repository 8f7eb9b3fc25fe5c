"""How much is read of a file at most, so that no file fills the memory or never ends.

Each limit is many times what a team of hundreds of people over years needs.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

MEGABYTE = 1 << 20
TEXT_FILE = 16 * MEGABYTE
"""Bytes of a CSV file or a calendar."""

SETTINGS_FILE = MEGABYTE
"""Bytes of a team's settings."""

WORKBOOK_FILE = 32 * MEGABYTE
WORKBOOK_UNPACKED = 96 * MEGABYTE
"""Bytes of all parts of a workbook that are read, together."""

ARCHIVE_DIRECTORY = MEGABYTE
ELEMENTS = 800_000
"""XML elements of all parts of a workbook that are read, formulas and empty cells left out."""

ROOM = 4_000_000
"""Places on all sheets that are read, up to each row's last filled cell."""

LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_END_OF_ARCHIVE = b"PK\x05\x06"
_END_AND_COMMENT = 22 + 65_535


class TooLargeError(ValueError):
    """A file asks for more than is read of such files; the text continues after its name."""


def bounded(path: Path, limit: int) -> bytes:
    """The content of a file that may be so large. Raises ``TooLargeError`` and ``OSError``."""
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(f"is larger than {limit // MEGABYTE} MB")
    return data


def open_archive(path: Path) -> ZipFile:
    """A workbook's archive, if it is no larger than workbooks are.

    Raises ``TooLargeError`` and what :class:`ZipFile` does.
    """
    size = path.stat().st_size
    if size > WORKBOOK_FILE:
        raise TooLargeError(f"is larger than {WORKBOOK_FILE // MEGABYTE} MB")
    with path.open("rb") as file:
        file.seek(max(0, size - _END_AND_COMMENT))
        _, found, end = file.read().rpartition(_END_OF_ARCHIVE)
    if found and int.from_bytes(end[8:12], "little") > ARCHIVE_DIRECTORY:
        raise TooLargeError("holds more parts than a workbook has")
    return ZipFile(path)
