"""Cells of the hidden sheets: expressions that are a formula and its value, and where they stand.

Rules and aims say here how they look in a workbook; nothing here knows files.
"""

from planner.cells.facts import Facts
from planner.cells.formulas import Cells, Condition, Formula, at, count, joined, lift, total, when
from planner.cells.references import Block, as_number
from planner.cells.workings import Workings
