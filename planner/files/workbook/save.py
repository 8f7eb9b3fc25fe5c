"""The workbook's file: openpyxl writes all but cells, styles and highlights, which are text here.

That is three times as fast as openpyxl's way through element trees and temporary files, keeps
the values of formulas, and leaves no way in which a text could become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
)
from openpyxl.xml.functions import tostring

from planner.cells.references import DAY_ZERO, CellValue, letters
from planner.files.workbook.page import Filled, Page
from planner.files.workbook.stylesheet import Stylesheet
from planner.files.workbook.titles import MARK

_COMPRESSION = 4
"""Of 9; more takes longer and makes hardly smaller files."""
_STOP = ' stopIfTrue="1"'
_AFTER_HIGHLIGHTS = re.compile(b"<(dataValidations|printOptions|pageMargins)[ >]")
_NO_CELLS = re.compile(b"<sheetData></sheetData>|<sheetData ?/>")


def save(workbook: Workbook, styles: Stylesheet, pages: Mapping[str, Page], path: Path) -> None:
    """Write the workbook with the pages' cells, by sheet title, to ``path``."""
    for page in pages.values():
        if page.sheet.sheet_state == "visible":
            page.fit()
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        _Writer(workbook, archive, styles, pages).write_data()
        archive.comment = MARK


class _Writer(ExcelWriter):
    def __init__(
        self,
        workbook: Workbook,
        archive: ZipFile,
        styles: Stylesheet,
        pages: Mapping[str, Page],
    ) -> None:
        super().__init__(workbook, archive)
        self._styles = styles
        self._zip = archive
        self._pages = pages

    def write_data(self) -> None:
        """As openpyxl does it, but for the styles."""
        archive, book, written = self._zip, self.workbook, cast(Any, self)
        archive.writestr(ARC_APP, tostring(ExtendedProperties().to_tree()))
        archive.writestr(ARC_CORE, tostring(book.properties.to_tree()))
        archive.writestr(ARC_THEME, theme_xml)
        written._write_worksheets()
        written._write_charts()
        archive.writestr(ARC_STYLE, self._styles.xml())
        writer: Any = WorkbookWriter(book)
        archive.writestr(ARC_ROOT_RELS, writer.write_root_rels())
        archive.writestr(ARC_WORKBOOK, writer.write())
        archive.writestr(ARC_WORKBOOK_RELS, writer.write_rels())
        written.manifest._write(archive, book)

    def _write_drawing(self, drawing: Any) -> None:
        """As openpyxl does it, with a text for whoever cannot see the chart."""
        page = next(p for p in self._pages.values() if cast(Any, p.sheet)._drawing is drawing)
        plain = drawing._write

        def described() -> Any:
            tree = plain()
            for frame in tree.iter():
                if frame.tag.rpartition("}")[2] == "cNvPr":
                    frame.set("name", page.chart_title)
                    frame.set("descr", page.chart_text)
            return tree

        drawing._write = described
        cast(Any, super())._write_drawing(drawing)

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        page = self._pages[ws.title]
        around = BytesIO()
        writer: Any = _AroundCells(ws, out=around)
        writer.size = page.size
        ws._comments = [_comment(*comment) for comment in page.comments]
        writer.write()
        ws._rels = writer._rels
        before, after = _NO_CELLS.split(around.getvalue(), maxsplit=1)
        cells = "".join(_rows(page)).encode()
        until = _AFTER_HIGHLIGHTS.search(after)
        end = until.start() if until else len(after)
        self._zip.writestr(
            ws.path[1:],
            b"%s<sheetData>%s</sheetData>%s%s%s"
            % (before, cells, after[:end], _highlights(page), after[end:]),
        )
        self.manifest.append(ws)


def _comment(place: str, said: str, author: str) -> CommentRecord:
    record = CommentRecord(ref=place, author=author)
    record.text.t = said
    return record


class _AroundCells(WorksheetWriter):
    """Everything of a sheet's file before and after its cells."""

    size = (1, 1)

    def write_dimensions(self) -> None:
        rows, columns = self.size
        self.xf.send(SheetDimension(f"A1:{get_column_letter(columns)}{rows}").to_tree())


def _highlights(page: Page) -> bytes:
    """The conditional formats, those of the same cells together."""
    by_cells: dict[str, list[str]] = {}
    for priority, (cells, formula, look, stop) in enumerate(page.highlights, start=1):
        stopping = _STOP if stop else ""
        by_cells.setdefault(cells, []).append(
            f'<cfRule type="expression" dxfId="{look}" priority="{priority}"{stopping}>'
            f"<formula>{escape(formula)}</formula></cfRule>"
        )
    return "".join(
        f'<conditionalFormatting sqref="{cells}">{"".join(rules)}</conditionalFormatting>'
        for cells, rules in by_cells.items()
    ).encode()


def _rows(page: Page) -> Iterator[str]:
    for row, cells in groupby(sorted(page.cells), key=lambda place: place[0]):
        height = page.heights.get(row)
        sized = f' ht="{height:.1f}"' if height else ""
        hidden = ' hidden="1"' if row in page.hidden_rows else ""
        yield f'<row r="{row}"{sized}{hidden}>'
        for place in cells:
            yield _cell(f"{letters(place[1])}{row}", page.cells[place])
        yield "</row>"
    first, last, styles = page.open_rows
    for row in range(first, last + 1):
        blank = (f'<c r="{letters(n)}{row}" s="{style}"/>' for n, style in enumerate(styles, 1))
        yield f'<row r="{row}">{"".join(blank)}</row>'


def _cell(place: str, filled: Filled) -> str:
    value: CellValue = filled.value
    start = f'<c r="{place}" s="{filled.style}"'
    if filled.formula:
        return _formula_cell(start, filled.formula, value)
    if value is None:
        return f"{start}/>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t{_kept(value)}>{escape(value)}</t></is></c>'
    return f"{start}><v>{_number(value)!r}</v></c>"


def _formula_cell(start: str, formula: str, value: CellValue) -> str:
    """A formula with the value that a program shows until it calculates."""
    formula = escape(formula)
    if value is None or isinstance(value, str):
        said = escape(value or "")
        return f'{start} t="str"><f>{formula}</f><v{_kept(value or "")}>{said}</v></c>'
    return f"{start}><f>{formula}</f><v>{_number(value)!r}</v></c>"


def _kept(value: str) -> str:
    return ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""


def _number(value: int | float | date) -> int | float:
    if isinstance(value, date):
        return (value - DAY_ZERO).days
    return int(value) if isinstance(value, int) else float(value)
