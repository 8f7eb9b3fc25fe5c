"""What a sheet's file says around its cells: how it is viewed, protected, filled in and printed.

Source: ECMA-376, part 1, section 18.3.1, which also gives the order of the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from html import escape

from planner.cells.references import fixed, letters, quoted_title
from planner.records import dataclass

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROTECTION = (
    '<sheetProtection selectLockedCells="0" selectUnlockedCells="0" sheet="1" objects="0" '
    'insertRows="0" insertHyperlinks="0" autoFilter="0" scenarios="0" formatColumns="0" '
    'deleteColumns="0" insertColumns="0" pivotTables="1" deleteRows="0" formatCells="0" '
    'formatRows="0" sort="0" />'
)
_MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.7" header="0.5" footer="0.3" />'
_OTHER_FEET = "<evenHeader /><evenFooter /><firstHeader /><firstFooter />"


@dataclass
class Layout:
    """Rows and columns count from 1. ``columns`` are (first, last, width), ``expected`` what is
    expected of cells that people fill, ``frozen`` the first row and column that move."""

    title: str
    tab: str = ""
    hidden: bool = False
    grid_lines: bool = False
    frozen: tuple[int, int] = (1, 1)
    columns: list[tuple[int, int, float]] = field(default_factory=list)
    protected: bool = False
    filtered: str = ""
    merged: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    pages_high: int = 0
    """Letters get smaller until no more pages are needed; 0 for any number of them."""
    scale: int = 0
    """Percent; 0 to be as wide as a page."""
    footer: str = ""
    row_breaks: list[int] = field(default_factory=list)
    column_breaks: list[int] = field(default_factory=list)
    repeated_rows: str = ""
    repeated_columns: str = ""
    printed: str = ""

    def before_cells(self, rows: int, columns: int) -> str:
        """All before the cells, which reach to the last row and column."""
        tab = f'<tabColor rgb="00{self.tab}" />' if self.tab else ""
        widths = "".join(
            f'<col width="{width:.16g}" customWidth="1" min="{first}" max="{last}" />'
            for first, last, width in self.columns
        )
        return (
            f'<worksheet xmlns="{_MAIN}"><sheetPr>{tab}<outlinePr summaryBelow="1" '
            f'summaryRight="1" /><pageSetUpPr fitToPage="{int(not self.scale)}" /></sheetPr>'
            f'<dimension ref="A1:{letters(columns)}{rows}" /><sheetViews>'
            f'<sheetView showGridLines="{int(self.grid_lines)}" workbookViewId="0">{self._view()}'
            '</sheetView></sheetViews><sheetFormatPr baseColWidth="8" defaultRowHeight="15" />'
            f"{f'<cols>{widths}</cols>' if widths else ''}"
        )

    def after_cells(self, highlights: str, drawing: bool, comments: bool) -> str:
        """All after the cells."""
        scale = f' scale="{self.scale}"' if self.scale else ""
        parts = (
            _PROTECTION if self.protected else "",
            f'<autoFilter ref="{self.filtered}" />' if self.filtered else "",
            _list("mergeCells", [f'<mergeCell ref="{cells}" />' for cells in self.merged]),
            highlights,
            _list("dataValidations", self.expected),
            _MARGINS,
            f'<pageSetup orientation="landscape" paperSize="9"{scale} '
            f'fitToHeight="{self.pages_high}" fitToWidth="1" />',
            self._feet(),
            _breaks("rowBreaks", self.row_breaks),
            _breaks("colBreaks", self.column_breaks),
            f'<drawing xmlns:r="{_RELATIONS}" r:id="rId1" />' if drawing else "",
            f'<legacyDrawing xmlns:r="{_RELATIONS}" r:id="anysvml" />' if comments else "",
        )
        return "".join(parts) + "</worksheet>"

    def names(self) -> dict[str, str]:
        """The names by which programs know what is filtered and printed, and their cells."""
        sheet = quoted_title(self.title)
        repeated = ",".join(
            f"{sheet}!{cells}" for cells in (self.repeated_rows, self.repeated_columns) if cells
        )
        found = {
            "_xlnm._FilterDatabase": f"{sheet}!{fixed(self.filtered)}" if self.filtered else "",
            "_xlnm.Print_Titles": repeated,
            "_xlnm.Print_Area": f"{sheet}!{fixed(self.printed)}" if self.printed else "",
        }
        return {name: cells for name, cells in found.items() if cells}

    def _view(self) -> str:
        row, column = self.frozen
        places = [
            *(["topRight"] if column > 1 else []),
            *(["bottomLeft"] if row > 1 else []),
            *(["bottomRight"] if row > 1 and column > 1 else []),
        ]
        if not places:
            return '<selection activeCell="A1" sqref="A1" />'
        split = f' xSplit="{column - 1}"' if column > 1 else ""
        split += f' ySplit="{row - 1}"' if row > 1 else ""
        others = "".join(f'<selection pane="{place}" />' for place in places[:-1])
        return (
            f'<pane{split} topLeftCell="{letters(column)}{row}" activePane="{places[-1]}" '
            f'state="frozen" />{others}'
            f'<selection pane="{places[-1]}" activeCell="A1" sqref="A1" />'
        )

    def _feet(self) -> str:
        if not self.footer:
            return ""
        foot = escape(self.footer, quote=False)
        return (
            f"<headerFooter><oddHeader /><oddFooter>{foot}</oddFooter>{_OTHER_FEET}</headerFooter>"
        )


def _list(name: str, parts: Sequence[str]) -> str:
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>' if parts else ""


def _breaks(name: str, after: Sequence[int]) -> str:
    if not after:
        return ""
    count = len(after)
    breaks = "".join(f'<brk id="{n}" min="0" max="16383" man="1" />' for n in after)
    return f'<{name} count="{count}" manualBreakCount="{count}">{breaks}</{name}>'
