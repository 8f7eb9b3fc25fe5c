"""The hidden sheets behind the formulas: see :mod:`planner.files.workbook.workings.sheet`."""

from __future__ import annotations

from planner.checking.finished import Plan
from planner.files.workbook.page import Page
from planner.files.workbook.workings import aims, duties, reasons, rules, verdict
from planner.files.workbook.workings import balances as ledger
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.sheet import DAYS, WORKINGS, Workings

__all__ = ["DAYS", "WORKINGS", "Workings", "fill"]


def fill(page: Page, days: Page, plan: Plan) -> Workings:
    """Fill both sheets; returns where everything is on them."""
    work = Workings(Facts(plan), page, days)
    duties.fill(work)
    rules.fill(work)
    reasons.fill(work)
    ledger.fill(work)
    aims.fill(work)
    verdict.fill(work)
    return work
