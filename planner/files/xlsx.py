"""The values in an Excel workbook, read without openpyxl.

openpyxl could read them too, but takes a quarter of a second to load:
longer than everything else that ``rota who`` does; and it reads whatever a file claims to hold.
Values come out as openpyxl gives them: texts, numbers, truth values, errors as texts, and dates
where a number's format is one.

Source: ECMA-376, Office Open XML, part 1, chapter 18 (SpreadsheetML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from planner.files import read_limits
from planner.files.read_limits import TooLargeError
from planner.files.xml_parts import Parts

Rows = list[tuple[object, ...]]

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,10})")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_DAY_THAT_NEVER_WAS = 60
"""Spreadsheets count a 29 February 1900."""


class Xlsx:
    """An open workbook. Whatever is wrong with the file raises whatever it raises: a damaged
    archive or damaged XML can fail anywhere. What is larger than workbooks are raises
    ``TooLargeError``."""

    def __init__(self, path: Path) -> None:
        self._archive = Parts(path)
        self._room = read_limits.ROOM
        try:
            workbook = self._archive.tree("xl/workbook.xml")
            targets = self._targets()
            self._parts = {
                sheet.attrib["name"]: targets[_relation(sheet)]
                for sheet in _children(workbook, "sheets", "sheet")
                if _relation(sheet) in targets
            }
            self.names = {
                name.attrib["name"]: name.text or ""
                for name in _children(workbook, "definedNames", "definedName")
            }
            properties = [each.attrib for each in workbook if _tag(each) == "workbookPr"]
            mac = any(each.get("date1904") in ("1", "true") for each in properties)
            self._epoch = _EPOCH_1904 if mac else _EPOCH
            self._texts = self._shared_texts()
            self._dates = self._date_styles()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._archive.close()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The titles of the sheets, in their order."""
        return tuple(self._parts)

    def rows(self, title: str) -> Rows:
        """The values of a sheet, row by row from the first to the last that has any; rows end
        with their last filled cell."""
        found: Rows = []
        number = 0
        for row in self._archive.elements(self._parts[title], "row"):
            number = int(row.attrib.get("r", str(number + 1))[:12])
            cells = self._cells(row)
            if cells:
                if not 0 < number <= read_limits.LAST_ROW:
                    raise TooLargeError(f"claims a row {number:,} on the sheet “{title}”")
                if number <= len(found):
                    raise ValueError(f"row {number} of the sheet “{title}” comes twice")
                self._take_room(number - len(found) + len(cells))
                found.extend([()] * (number - 1 - len(found)))
                found.append(tuple(cells))
        return found

    def _take_room(self, places: int) -> None:
        self._room -= places
        if self._room < 0:
            raise TooLargeError(f"holds more than {read_limits.ROOM:,} cells")

    def _cells(self, row: Element) -> list[object]:
        found: list[object] = []
        column = -1
        for cell in row:
            match = _CELL.fullmatch(cell.attrib.get("r", ""))
            column = column_number(match[1]) if match else column + 1
            if column >= read_limits.LAST_COLUMN:
                raise TooLargeError("claims more columns than a sheet has")
            value = self._value(cell)
            if value is not None and column >= len(found):
                found.extend([None] * (column - len(found)))
                found.append(value)
        return found

    def _value(self, cell: Element) -> object:
        kind = cell.attrib.get("t", "n")
        if kind == "inlineStr":
            return self._short("".join(_text(part) for part in cell if _tag(part) == "is"))
        text = next((part.text for part in cell if _tag(part) == "v"), None)
        if not text:
            return None
        if kind == "s":
            return self._short(self._texts[int(text[:10])])
        if kind == "b":
            return text == "1"
        if kind == "d":
            return datetime.fromisoformat(text)
        if kind != "n":
            return self._short(text)
        whole = text.isdigit() or not re.search("[.eE]", text)
        number = int(text[:400]) if whole else float(text)
        if int(cell.attrib.get("s", "0")[:10]) in self._dates:
            return self._date(number)
        return number

    def _short(self, text: str) -> str:
        """The text, as far as a cell can hold it; long ones take room as many cells do."""
        self._take_room(len(text) // 100)
        return text[: read_limits.LONGEST_TEXT]

    def _date(self, serial: float) -> datetime | float:
        if self._epoch == _EPOCH and 0 < serial < _LEAP_DAY_THAT_NEVER_WAS:
            serial += 1
        try:
            # To the second: a double holds no more of a time of day.
            return self._epoch + timedelta(seconds=round(serial * 86_400))
        except (OverflowError, ValueError):
            return serial

    def _targets(self) -> dict[str, str]:
        """The parts of the archive that hold worksheets, by the names the workbook has for them."""
        found = {}
        for relation in self._archive.tree("xl/_rels/workbook.xml.rels"):
            if relation.attrib["Type"].endswith("/worksheet"):
                target = relation.attrib["Target"]
                part = target[1:] if target.startswith("/") else f"xl/{target}"
                found[relation.attrib["Id"]] = part
        return found

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive:
            return []
        items = self._archive.elements("xl/sharedStrings.xml", "si")
        return [_text(item)[: read_limits.LONGEST_TEXT] for item in items]

    def _date_styles(self) -> frozenset[int]:
        """The numbers of the cell styles that show a number as a date."""
        if "xl/styles.xml" not in self._archive:
            return frozenset()
        styles = self._archive.tree("xl/styles.xml")
        dates = set(_BUILT_IN_DATES)
        for own in _children(styles, "numFmts", "numFmt"):
            code = _NOT_FORMAT.sub("", own.attrib.get("formatCode", "").partition(";")[0])
            number = int(own.attrib["numFmtId"])
            (dates.add if re.search("[dmyhs]", code, re.IGNORECASE) else dates.discard)(number)
        formats = (int(xf.attrib.get("numFmtId", 0)) for xf in _children(styles, "cellXfs", "xf"))
        return frozenset(n for n, number in enumerate(formats) if number in dates)


def _children(root: Element, group: str, tag: str) -> Iterator[Element]:
    for found in root:
        if _tag(found) == group:
            yield from (child for child in found if _tag(child) == tag)


def _tag(element: Element) -> str:
    """The name without its namespace, of which there are two dialects."""
    return element.tag.rpartition("}")[2]


def _relation(sheet: Element) -> str:
    return next((v for key, v in sheet.attrib.items() if key.endswith("}id")), "")


def _text(item: Element) -> str:
    """The text of an item, whole or in differently formatted runs; not its phonetic spelling."""
    found = []
    for part in item:
        if _tag(part) == "t":
            found.append(part.text or "")
        elif _tag(part) == "r":
            found.append(_text(part))
    return "".join(found).replace("x005F_", "")


@lru_cache(maxsize=read_limits.LAST_COLUMN)
def column_number(letters: str) -> int:
    """The number of a column, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
