"""The values in an Excel workbook, read with the standard library alone.

openpyxl writes our workbooks and could read them too, but takes a quarter of a second to load:
longer than everything else that ``rota who`` does. Values come out as openpyxl gives them:
texts, numbers, truth values, errors as texts, and dates where a number's format is one.

Source: ECMA-376, Office Open XML, part 1, chapter 18 (SpreadsheetML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

Rows = list[tuple[object, ...]]

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_CELL = re.compile(r"([A-Z]+)(\d+)")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_DAY_THAT_NEVER_WAS = 60
"""Spreadsheets count a 29 February 1900."""


class Xlsx:
    """An open workbook. Whatever is wrong with the file raises whatever it raises: a damaged
    archive or damaged XML can fail anywhere."""

    def __init__(self, path: Path) -> None:
        self._archive = ZipFile(path)
        try:
            workbook = self._parse("xl/workbook.xml")
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
        """The values of a sheet, row by row from the first; rows end with their last cell."""
        found: Rows = []
        for row in _children(self._parse(self._parts[title]), "sheetData", "row"):
            number = int(row.attrib.get("r", len(found) + 1))
            found.extend(() for _ in range(number - 1 - len(found)))
            found.append(tuple(self._cells(row)))
        return found

    def _cells(self, row: ElementTree.Element) -> Iterator[object]:
        filled = 0
        for cell in row:
            match = _CELL.fullmatch(cell.attrib.get("r", ""))
            column = column_number(match[1]) if match else filled
            for _ in range(column - filled):
                yield None
            yield self._value(cell)
            filled = column + 1

    def _value(self, cell: ElementTree.Element) -> object:
        kind = cell.attrib.get("t", "n")
        if kind == "inlineStr":
            return "".join(_text(part) for part in cell if _tag(part) == "is")
        text = next((part.text for part in cell if _tag(part) == "v"), None)
        if not text:
            return None
        if kind == "s":
            return self._texts[int(text)]
        if kind == "b":
            return text == "1"
        if kind == "d":
            return datetime.fromisoformat(text)
        if kind != "n":
            return text
        number = float(text) if re.search("[.eE]", text) else int(text)
        if int(cell.attrib.get("s", 0)) in self._dates:
            return self._date(number)
        return number

    def _date(self, serial: float) -> datetime:
        if self._epoch == _EPOCH and 0 < serial < _LEAP_DAY_THAT_NEVER_WAS:
            serial += 1
        # To the second: a double holds no more of a time of day.
        return self._epoch + timedelta(seconds=round(serial * 86_400))

    def _targets(self) -> dict[str, str]:
        """The parts of the archive that hold worksheets, by the names the workbook has for them."""
        found = {}
        for relation in self._parse("xl/_rels/workbook.xml.rels"):
            if relation.attrib["Type"].endswith("/worksheet"):
                target = relation.attrib["Target"]
                part = target[1:] if target.startswith("/") else f"xl/{target}"
                found[relation.attrib["Id"]] = part
        return found

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        return [_text(item) for item in self._parse("xl/sharedStrings.xml")]

    def _date_styles(self) -> frozenset[int]:
        """The numbers of the cell styles that show a number as a date."""
        if "xl/styles.xml" not in self._archive.namelist():
            return frozenset()
        styles = self._parse("xl/styles.xml")
        dates = set(_BUILT_IN_DATES)
        for own in _children(styles, "numFmts", "numFmt"):
            code = _NOT_FORMAT.sub("", own.attrib.get("formatCode", "").partition(";")[0])
            number = int(own.attrib["numFmtId"])
            (dates.add if re.search("[dmyhs]", code, re.IGNORECASE) else dates.discard)(number)
        formats = (int(xf.attrib.get("numFmtId", 0)) for xf in _children(styles, "cellXfs", "xf"))
        return frozenset(n for n, number in enumerate(formats) if number in dates)

    def _parse(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(part))


def _children(root: ElementTree.Element, group: str, tag: str) -> Iterator[ElementTree.Element]:
    for found in root:
        if _tag(found) == group:
            yield from (child for child in found if _tag(child) == tag)


def _tag(element: ElementTree.Element) -> str:
    """The name without its namespace, of which there are two dialects."""
    return element.tag.rpartition("}")[2]


def _relation(sheet: ElementTree.Element) -> str:
    return next((v for key, v in sheet.attrib.items() if key.endswith("}id")), "")


def _text(item: ElementTree.Element) -> str:
    """The text of an item, whole or in differently formatted runs; not its phonetic spelling."""
    found = []
    for part in item:
        if _tag(part) == "t":
            found.append(part.text or "")
        elif _tag(part) == "r":
            found.append(_text(part))
    return "".join(found).replace("x005F_", "")


def column_number(letters: str) -> int:
    """The number of a column, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters
