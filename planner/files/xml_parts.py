"""The XML parts of a workbook's archive, element by element, and no more than workbooks hold.

Formulas, and formatted cells without a value, of which a careless copy can leave millions, are left
out before anything is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from planner.files import read_limits
from planner.files.read_limits import TooLargeError

_CHUNK = 1 << 20
_EMPTY_CELL = re.compile(rb'<c (?:[^<>]* )?r="[^"<>]*"[^<>]*/>')
_FORMULA = re.compile(rb"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)")
_EMPTY_ROW = re.compile(rb'<row (?:[^<>]* )?r="[^"<>]*"[^<>]*(?:/>|></row>)')


class Parts:
    """An open archive, and what of it may still be read."""

    def __init__(self, path: Path) -> None:
        self._archive = read_limits.open_archive(path)
        self._names = frozenset(self._archive.namelist())
        self._bytes, self._elements = read_limits.WORKBOOK_UNPACKED, read_limits.ELEMENTS

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def close(self) -> None:
        self._archive.close()

    def tree(self, part: str) -> Element:
        """The outermost element of a part."""
        return next(self.elements(part))

    def elements(self, part: str, name: str = "") -> Iterator[Element]:
        """Each element of this name, whatever its namespace, or else the outermost one.

        Raises ``TooLargeError``, ``ValueError`` for what no spreadsheet writes, and whatever a
        damaged file raises.
        """
        finished = _Finished(name)
        parser = DefusedXMLParser(target=finished, forbid_dtd=True)
        # Elements come straight from expat: what stands between takes a quarter of all reading.
        parser.parser.ordered_attributes = False
        parser.parser.StartElementHandler = finished.start
        parser.parser.EndElementHandler = finished.end
        try:
            for chunk in self._filled(part):
                parser.feed(chunk)
                yield from finished.taken()
            parser.close()
        except DefusedXmlException:
            raise ValueError("it declares XML entities, which no spreadsheet does") from None
        yield from finished.taken()

    def _filled(self, part: str) -> Iterator[bytes]:
        """The bytes of a part without formulas, empty cells and rows, as far as tags are whole."""
        kept = b""
        for chunk in self._unpacked(part):
            whole, end, rest = (kept + chunk).rpartition(b">")
            kept = rest
            filled = whole + end
            for left_out in (_FORMULA, _EMPTY_CELL, _EMPTY_ROW):
                filled = left_out.sub(b"", filled)
            self._elements -= filled.count(b"<") - filled.count(b"</")
            if self._elements < 0:
                raise TooLargeError(f"holds more than {read_limits.ELEMENTS:,} filled cells")
            yield filled
            if len(kept) > _CHUNK:  # no tag in sight, so nothing to leave out
                yield kept
                kept = b""
        yield kept

    def _unpacked(self, part: str) -> Iterator[bytes]:
        info = self._archive.getinfo(part)
        with self._archive.open(info) as file:
            claimed = info.file_size
            while claimed <= self._bytes and (chunk := file.read(_CHUNK)):
                self._bytes -= len(chunk)
                claimed -= len(chunk)
                yield chunk
            if claimed > self._bytes or self._bytes < 0:
                limit = read_limits.WORKBOOK_UNPACKED // read_limits.MEGABYTE
                raise TooLargeError(f"unpacks to more than {limit} MB")


class _Finished:
    """What a parser tells, as elements that are handed over when they end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[Element] = []
        self._finished: list[Element] = []

    def taken(self) -> list[Element]:
        """What has ended since this was last asked."""
        found, self._finished = self._finished, []
        return found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._open or self._name in ("", tag.rpartition("}")[2]):
            element = Element(tag, attributes)
            if self._open:
                self._open[-1].append(element)
            self._open.append(element)

    def end(self, tag: str) -> None:
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._finished.append(element)

    def data(self, text: str) -> None:
        if self._open and not len(self._open[-1]):
            before = self._open[-1].text or ""
            if len(before) < 2 * read_limits.LONGEST_TEXT:  # the rest is cut anyway
                self._open[-1].text = before + text
