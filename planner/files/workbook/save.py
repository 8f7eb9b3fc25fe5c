"""The workbook's file: every part of it is text, written in one go.

That is many times as fast as openpyxl's way through element trees and temporary files, loads
nothing, keeps the values of formulas, and leaves no way in which a text could become a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from planner.cells.references import DAY_ZERO, letters
from planner.files.workbook import comments, package
from planner.files.workbook.book import Book
from planner.files.workbook.page import Page
from planner.files.workbook.sheet import Sheet
from planner.files.workbook.titles import MARK

_COMPRESSION = 2
"""Of 9; more takes much longer and makes hardly smaller files."""
_STOP = ' stopIfTrue="1"'
_PLAIN = frozenset((int, float))
"""Numbers that are written as they are."""


def save(book: Book, path: Path) -> None:
    """Write the workbook to ``path``."""
    parts = package.fixed_parts(book.title, book.subject)
    parts.update(_sheets(book.sheets))
    parts[package.STYLES] = book.styles.xml()
    parts.update(
        package.binding_parts([sheet.layout for sheet in book.sheets], book.names, [*parts])
    )
    packed = BytesIO()  # a file would be gone back in for every part
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = MARK
    path.write_bytes(packed.getbuffer())


def _sheets(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The parts of all sheets, their comments and charts, by name."""
    parts: dict[str, str] = {}
    noted, charted = count(1), count(1)
    for number, sheet in enumerate(sheets, start=1):
        related = []
        page = sheet if isinstance(sheet, Page) else None
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, page)
        if page and page.chart:
            n = next(charted)
            drawing, chart = f"xl/drawings/drawing{n}.xml", f"xl/charts/chart{n}.xml"
            parts[drawing], parts[chart] = page.chart.place(), page.chart.xml()
            to_chart = [("chart", f"/{chart}", "rId1")]
            parts[f"xl/drawings/_rels/drawing{n}.xml.rels"] = package.related(to_chart)
            related.append(("drawing", f"/{drawing}", "rId1"))
        if sheet.comments:
            n = next(noted)
            texts, boxes = f"xl/comments/comment{n}.xml", f"xl/drawings/commentsDrawing{n}.vml"
            parts[texts] = comments.written(sheet.comments)
            parts[boxes] = comments.drawn(sheet.comments)
            related.append(("comments", f"/{texts}", "comments"))
            related.append(("vmlDrawing", f"/{boxes}", "anysvml"))
        if related:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = package.related(related)
    return parts


def _sheet(sheet: Sheet, page: Page | None) -> str:
    highlights, charted = "", False
    if page:
        page.fit()
        highlights, charted = _highlights(page), page.chart is not None
    rows, columns = sheet.size
    before = sheet.layout.before_cells(rows, columns)
    after = sheet.layout.after_cells(highlights, charted, bool(sheet.comments))
    return f"{before}<sheetData>{_rows(sheet, columns)}</sheetData>{after}"


def _highlights(page: Page) -> str:
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
    )


def _rows(sheet: Sheet, last_column: int) -> str:
    """All rows, in one long loop: it is gone through for every cell of every workbook."""
    parts: list[str] = []
    add, columns = parts.append, [f'<c r="{letters(n)}' for n in range(last_column + 1)]
    for row, cells in sorted(sheet.rows.items()):
        height = sheet.heights.get(row)
        sized = f' ht="{height:.1f}"' if height else ""
        hidden = ' hidden="1"' if row in sheet.hidden_rows else ""
        add(f'<row r="{row}"{sized}{hidden}>')
        styled = f'{row}" s="'
        for column in sorted(cells):
            value, style, formula = cells[column][:3]
            start = f'{columns[column]}{styled}{style}"'
            if formula:
                formula = _escaped(formula)
                if value is None or isinstance(value, str):
                    add(f'{start} t="str"><f>{formula}</f><v{_said(value or "")}</v></c>')
                else:  # the value that a program shows until it calculates
                    number = value if value.__class__ in _PLAIN else _number(value)
                    add(f"{start}><f>{formula}</f><v>{number}</v></c>")
            elif value is None:
                add(f"{start}/>")
            elif isinstance(value, str):
                add(f'{start} t="inlineStr"><is><t{_said(value)}</t></is></c>')
            else:
                number = value if value.__class__ in _PLAIN else _number(value)
                add(f"{start}><v>{number}</v></c>")
        add("</row>")
    first, last, styles = sheet.open_rows
    blank = [(f'<c r="{letters(n)}', f'" s="{style}"/>') for n, style in enumerate(styles, 1)]
    for row in range(first, last + 1):
        cells_of_row = "".join([f"{start}{row}{end}" for start, end in blank])
        add(f'<row r="{row}">{cells_of_row}</row>')
    return "".join(parts)


@lru_cache(maxsize=1 << 15)
def _escaped(formula: str) -> str:
    """Formulas are much the same in one workbook and the next."""
    return escape(formula, quote=False)


@lru_cache(maxsize=1 << 13)
def _said(text: str) -> str:
    """The end of a tag, and the text behind it."""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"{kept}>{escape(text, quote=False)}"


def _number(value: int | float | date) -> str:
    if isinstance(value, date):
        return str((value - DAY_ZERO).days)
    return repr(int(value) if isinstance(value, int) else float(value))
