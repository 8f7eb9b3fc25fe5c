"""The About sheet: what was solved and proven, with what, and how to use the workbook."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

from planner import __version__
from planner.cells.references import CellValue
from planner.checking.finished_plan import Plan
from planner.domain.quarters import WEEKDAYS
from planner.files.workbook.page import Page
from planner.files.workbook.record import PLANNED_AT, PLANNED_AT_FORMAT, Record
from planner.files.workbook.sheets.checks import put_banner
from planner.files.workbook.style import (
    ALARM,
    BANNER,
    DOUBTFUL,
    GOOD,
    HEAD,
    LOOSE,
    QUIET,
    SECTION,
    TEXT,
    WRAPPED,
)
from planner.files.workbook.text_width import needed_height
from planner.files.workbook.titles import ABOUT_RECORD_NAME
from planner.files.workbook.workings import Workings

LIBRARIES = ("ortools", "holidays", "openpyxl", "tzdata")
AIMS_HEADER = ("Aim", "Part", "Value", "Best possible", "Proven")
_WIDTHS = (24.0, 34.0, 12.0, 16.0, 60.0)
HOW_TO_USE = (
    "Rota: change a name in a duty cell, or choose one from the list. Empty means nobody.",
    "Lock: “all” or the names of roles; planning anew leaves locked duties alone.",
    "Note: yours; kept when the rota is planned anew.",
    "Cover: type who stands in for part of a week. Vacations: type new ones below the others.",
    "Afterwards “rota check” on this file says whether every rule still holds, and at what price.",
    "After new vacations or edits, “rota replan” changes as few weeks as possible and says why.",
    "Red breaks a rule, amber falls on a holiday or festival, ≠ differs from the plan: the "
    "Problems column says why. This week is blue; the Checks sheet has today's date.",
    "Formulas are protected, without a password: Review, Unprotect Sheet. Then rows and columns "
    "may be sorted, moved or inserted too; nothing edited is overwritten unasked.",
)


def fill(page: Page, plan: Plan, work: Workings, record: Record) -> None:
    """Facts, aims, warnings, advice, and the planner's own record in hidden rows."""
    team = plan.problem.team
    page.put(1, 1, f"{team.name}: on-call rota {plan.problem.horizon.label}", BANNER, spill=True)
    put_banner(page, work, 2, 1)
    row = 4
    for key, value in _facts(plan, record.inputs):
        page.put(row, 1, key, TEXT.but(bold=True))
        page.put(row, 2, value, WRAPPED, spill=True)
        for column in range(3, len(AIMS_HEADER) + 1):
            page.put(row, column, None)
        page.merge(row, 2, row, len(AIMS_HEADER))
        row += 1
    row = _aims(page, row + 1, plan)
    if plan.warnings:
        row = _sentences(page, row + 1, "Warnings", plan.warnings, warn=True)
    if plan.remarks:
        row = _sentences(page, row + 1, "Notes", plan.remarks)
    row = _sentences(page, row + 1, "How to use this workbook", HOW_TO_USE)
    page.widths.update(enumerate(_WIDTHS, start=1))
    rows = record.rows()
    for number, (key, value) in enumerate(rows, start=row + 1):
        page.put(number, 1, key, LOOSE, spill=True)
        page.put(number, 2, value, LOOSE, spill=True)
        page.hidden_rows.add(number)
    page.fit_on_pages()
    page.protect()
    page.name(ABOUT_RECORD_NAME, row + 1, 1, row + len(rows), 2)


def _facts(plan: Plan, inputs: str) -> list[tuple[str, CellValue]]:
    team, horizon = plan.problem.team, plan.problem.horizon
    weekday = WEEKDAYS[team.handover_weekday - 1]
    span = f"{horizon.first:%Y-%m-%d} to {horizon.last:%Y-%m-%d}"
    now = datetime.now(ZoneInfo(team.timezone))
    return [
        ("Team", team.name),
        (
            "Weeks",
            f"{horizon.weeks[0]} to {horizon.weeks[-1]} ({len(horizon.weeks)} weeks, {span})",
        ),
        ("Handover", f"{weekday} {team.handover_time:%H:%M}, {team.timezone}"),
        *(
            (f"Hours of {r.name}", said)
            for r in team.rotations
            if (said := team.hours_said(r.name))
        ),
        ("Written by", f"rota {__version__}"),
        ("With", ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)),
        ("Inputs", inputs),
        (PLANNED_AT, f"{now:{PLANNED_AT_FORMAT} %Z}"),
    ]


@cache
def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "(not installed)"


def _aims(page: Page, row: int, plan: Plan) -> int:
    among = f"; proofs hold among {plan.given}" if plan.given else ""
    page.put(row, 1, f"Aims, in the order in which they count{among}", SECTION, spill=True)
    for column, title in enumerate(AIMS_HEADER, start=1):
        page.put(row + 1, column, title, HEAD, spill=True)
    row += 2
    for proof in plan.proofs:
        page.put(row, 1, proof.aim, TEXT.but(bold=True))
        page.put(row, 2, proof.part, WRAPPED)
        page.put_amount(row, 3, proof.value)
        page.put_amount(row, 4, proof.bound)
        page.put(
            row, 5, "proven" if proof.proven else "not proven", GOOD if proof.proven else DOUBTFUL
        )
        row += 1
    return row


def _sentences(
    page: Page, row: int, title: str, sentences: tuple[str, ...], *, warn: bool = False
) -> int:
    page.put(row, 1, title, SECTION, spill=True)
    look = ALARM if warn else QUIET
    for sentence in sentences:
        row += 1
        page.put(row, 1, sentence, look.but(lined=False), spill=True)
        page.merge(row, 1, row, len(AIMS_HEADER))
        page.heights[row] = needed_height(sentence, sum(_WIDTHS), look)
    return row + 1
