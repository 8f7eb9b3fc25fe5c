"""A second engine beside LibreOffice: IronCalc, which types TRUE and FALSE as Excel does.

FALSE>0 is TRUE for both, FALSE=0 is FALSE, and sums skip both; LibreOffice reckons with them as 1
and 0, and so hides such faults. It comes from PyPI, and runs where nothing but Python is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ironcalc
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tests.files.office import Edit, with_values


@dataclass(frozen=True)
class Typed:
    """IronCalc, working in ``folder``."""

    folder: Path

    def recalculated(self, paths: Iterable[Path]) -> dict[Path, Path]:
        """Copies that hold only what IronCalc itself calculates, by the paths given."""
        found = {path: self.folder / f"{n}-recalculated.xlsx" for n, path in enumerate(paths)}
        self.edited((path, target, ()) for path, target in found.items())
        return found

    def edited(self, jobs: Iterable[tuple[Path, Path, Sequence[Edit]]]) -> None:
        """Open each first path, type texts and numbers, calculate, and save as the second path."""
        for source, target, edits in jobs:
            wrong = self.folder / "wrong.xlsx"
            with_values(source, wrong, b"<v>-987654</v>")
            book = ironcalc.load_from_xlsx(str(wrong))
            sheets = [each["name"] for each in book.get_worksheets_properties()]
            for what, sheet, cell, value in edits:
                column, row = coordinate_from_string(str(cell))
                place = sheets.index(sheet), row, column_index_from_string(column)
                if what == "number":
                    book.update_cell_with_number(*place, float(value))
                elif what == "formula":
                    book.update_cell_with_formula(*place, str(value))
                elif value == "":
                    book.clear_cell_contents(*place)
                else:
                    book.update_cell_with_text(*place, str(value))
            book.evaluate()
            target.unlink(missing_ok=True)
            book.save_to_xlsx(str(target))
