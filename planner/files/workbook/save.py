"""The workbook's file: every part of it is text, written in one go.

That is many times as fast as openpyxl's way through element trees and temporary files, loads
nothing, keeps the values of formulas, and leaves no way in which a text could become a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import count, groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from planner.cells.references import DAY_ZERO, CellValue, letters
from planner.files.workbook import comments, package
from planner.files.workbook.book import Book
from planner.files.workbook.page import Filled, Page
from planner.files.workbook.titles import MARK

_COMPRESSION = 3
"""Of 9; more takes much longer and makes hardly smaller files."""
_STOP = ' stopIfTrue="1"'


def save(book: Book, path: Path) -> None:
    """Write the workbook to ``path``."""
    parts = package.fixed_parts(book.title, book.subject)
    parts.update(_sheets(book.pages))
    parts[package.STYLES] = book.styles.xml()
    parts.update(package.binding_parts([page.frame for page in book.pages], book.names, [*parts]))
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = MARK


def _sheets(pages: Sequence[Page]) -> dict[str, str]:
    """The parts of all sheets, their comments and charts, by name."""
    parts: dict[str, str] = {}
    noted, charted = count(1), count(1)
    for number, page in enumerate(pages, start=1):
        if not page.frame.hidden:
            page.fit()
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(page)
        related = []
        if page.chart is not None:
            n = next(charted)
            drawing, chart = f"xl/drawings/drawing{n}.xml", f"xl/charts/chart{n}.xml"
            parts[drawing], parts[chart] = page.chart.place(), page.chart.xml()
            to_chart = [("chart", f"/{chart}", "rId1")]
            parts[f"xl/drawings/_rels/drawing{n}.xml.rels"] = package.related(to_chart)
            related.append(("drawing", f"/{drawing}", "rId1"))
        if page.comments:
            n = next(noted)
            texts, boxes = f"xl/comments/comment{n}.xml", f"xl/drawings/commentsDrawing{n}.vml"
            parts[texts] = comments.written(page.comments)
            parts[boxes] = comments.drawn(page.comments)
            related.append(("comments", f"/{texts}", "comments"))
            related.append(("vmlDrawing", f"/{boxes}", "anysvml"))
        if related:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = package.related(related)
    return parts


def _sheet(page: Page) -> str:
    before = page.frame.before_cells(*page.size)
    drawing, comments = page.chart is not None, bool(page.comments)
    after = page.frame.after_cells(_highlights(page), drawing, comments)
    return f"{before}<sheetData>{''.join(_rows(page))}</sheetData>{after}"


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
