"""The published rota as an Excel workbook: written from a plan, and read back with its edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.files.workbook.readback.workbook import Published, read, team_of
    from planner.files.workbook.writing import write

__all__ = ["Published", "read", "team_of", "write"]


def __getattr__(name: str) -> Any:
    # Loaded when first asked for: whoever only reads can do without openpyxl, which is slow.
    if name == "write":
        from planner.files.workbook import writing

        return writing.write
    if name in __all__:
        from planner.files.workbook.readback import workbook as reading

        return getattr(reading, name)
    raise AttributeError(name)
