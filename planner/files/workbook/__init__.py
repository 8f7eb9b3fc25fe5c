"""The published rota as an Excel workbook: written from a plan, and read back with its edits."""

from planner.files.workbook.read import Published, read
from planner.files.workbook.write import write

__all__ = ["Published", "read", "write"]
