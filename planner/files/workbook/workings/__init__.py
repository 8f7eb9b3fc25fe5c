"""The hidden sheets behind the formulas: see :mod:`planner.cells.workings`."""

from __future__ import annotations

from planner.cells.facts import Facts
from planner.cells.workings import DAYS, WORKINGS, Workings
from planner.checking.finished_plan import Plan
from planner.files.workbook.sheet import HiddenSheet
from planner.files.workbook.workings import balances as ledger
from planner.files.workbook.workings import (
    duties,
    gaps,
    locks,
    own_days,
    reasons,
    rules,
    turns,
    verdict,
)

__all__ = ["DAYS", "WORKINGS", "Workings", "fill"]


def fill(page: HiddenSheet, days: HiddenSheet, plan: Plan) -> Workings:
    """Fill both sheets; returns where everything is on them."""
    work = Workings(Facts(plan.problem, plan.rota, plan.accounts), page, days)
    duties.fill(work)
    locks.fill(work)
    turns.fill(work)
    rules.fill(work)
    reasons.fill(work)
    ledger.fill(work)
    gaps.fill(work)
    own_days.fill(work)
    rules.fill_aims(work, plan)
    verdict.fill(work)
    return work
