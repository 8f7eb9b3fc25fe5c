"""The Checks sheet: every rule, OK or broken and where; every aim, and what is proven of it."""

from __future__ import annotations

from datetime import date

from planner.cells import workings as names
from planner.cells.formulas import Formula
from planner.cells.references import as_number
from planner.checking.finished_plan import Plan, Proof
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    ALARM_INK,
    AMBER,
    BANNER,
    COUNT,
    DATE,
    GOOD,
    GOOD_INK,
    GREEN,
    LOOSE,
    LOOSE_QUIET,
    QUIET,
    RED,
    TEXT,
    WRAPPED,
    Highlight,
)
from planner.files.workbook.titles import CANNOT_CHECK
from planner.files.workbook.workings import Workings, verdict
from planner.rules import RULES, aims_of
from planner.rules.base import Value

TITLE = "Checks"
OK, BROKEN, PROVEN, NOT_PROVEN = "OK", "broken", "proven", "not proven"
_EDITED = f"({names.DIFFERENT}+{names.TYPED})"
WORSE, BETTER, AS_PLANNED = "worse than planned", "better than planned", "as planned"
_TWO_LINES = 29.0
"""Room for the place where a rule is broken, should it be."""
RULES_HEADER = ("Rule", "What it says", "First place", "How often", "Result")
AIMS_HEADER = ("Aim", "What it says", "Part", "Value", "Best possible", "Standing", "In words")
SHEETS_THEMSELVES = {
    verdict.NO_ROW_MISSING: "Every planned week has a row on the Rota sheet.",
    verdict.CONSECUTIVE: (
        "The Rota sheet names the planned weeks, each of them once, in whatever order."
    ),
    verdict.READABLE: (
        "Names on the Vacations and Cover sheets are engineers', and dates run forwards. "
        "More than two typed stand-ins in turn on one date cannot be checked."
    ),
}
"""What the workbook checks besides the rules, since people edit it."""


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """A verdict, then the rules, then the aims in the team's order; all of it follows edits."""
    problem = plan.problem
    page.put(1, 1, f"{problem.team.name}: {problem.horizon.label}", BANNER, spill=True)
    put_banner(page, work, 2, 1)
    page.put(3, 1, _proof_verdict(plan), LOOSE.but(ink="555555"), spill=True)
    page.put(1, 5, "Today", LOOSE_QUIET.but(align="right"), spill=True)
    page.put(1, 6, Formula("TODAY()", date.today()), DATE.but(open=True))
    page.name(names.TODAY, 1, 6, 1, 6)
    page.head(5, RULES_HEADER, repeat=False)
    page.freeze(6, 1)
    statements = {rule.NAME: rule.STATEMENT for rule in RULES} | SHEETS_THEMSELVES
    for row, (name, statement) in enumerate(statements.items(), start=6):
        place, times = work.one(verdict.place_name(name)), work.one(verdict.times_name(name))
        _rule(page, row, name, statement, Formula(*place), Formula(*times))
    row = 6 + len(statements)
    results = f"E6:E{row - 1}"
    page.highlight(results, f'E6<>"{OK}"', RED)
    said = "Aims, in the order in which they count. Less is better."
    page.put(row + 1, 1, said, LOOSE_QUIET, spill=True)
    page.head(row + 2, AIMS_HEADER, repeat=False)
    page.break_before(row + 1)
    _aims(page, row + 3, plan, work)
    page.widths.update({1: 25.0, 2: 60.0, 3: 42.0, 4: 12.0, 5: 16.0, 6: 20.0, 7: 50.0})
    page.protect()


def put_banner(page: Page, work: Workings, row: int, column: int) -> None:
    """The one line that says whether all rules hold, green or red."""
    _, said = work.one(names.BANNER)
    look = LOOSE.but(bold=True, size=13, ink=GOOD_INK)
    page.put(row, column, Formula(names.BANNER, said), look, spill=True)
    cell = page.place(row, column)
    fails = f"IF(ISERROR({names.BROKEN}),TRUE,{names.BROKEN}>0)"
    page.highlight(cell, fails, Highlight(ink=ALARM_INK, bold=True))


def _proof_verdict(plan: Plan) -> Formula:
    among = f" among {plan.given}" if plan.given else ""
    proven = f"No better rota exists{among}: every aim is proven."
    if not plan.proven or not plan.proofs:
        proven = "Not every aim is proven: a better rota may exist." if plan.proofs else ""
    changed = (
        f'"Changed since planning: "&{names.DIFFERENT}&" duties, "&{names.TYPED}'
        '&" vacations or stand-ins. What is proven holds for the rota as planned."'
    )
    text = (
        f'IF(ISERROR({_EDITED}),"What has changed {CANNOT_CHECK}.",'
        f'IF({_EDITED}=0,"{proven}",{changed}))'
    )
    return Formula(text, proven)


def _rule(page: Page, row: int, name: str, statement: str, place: Formula, times: Formula) -> None:
    page.put(row, 1, name, TEXT.but(bold=True))
    page.put(row, 2, statement, WRAPPED)
    known = f'IF(ISERROR({place.text}),"{CANNOT_CHECK}",{place.text})'
    place = Formula(f'IF(ISERROR({times.text}),"",{known})', place.value)
    page.put(row, 3, place, WRAPPED.but(size=9), widest=34)
    page.heights[row] = _TWO_LINES
    page.put(row, 4, Formula(f'IF(ISERROR({times.text}),"?",{times.text})', times.value), COUNT)
    result = BROKEN if times.value else OK
    said = f'IF(D{row}="?","{CANNOT_CHECK}",IF(D{row}=0,"{OK}","{BROKEN}"))'
    page.put(row, 5, Formula(said, result), GOOD)


def _aims(page: Page, row: int, plan: Plan, work: Workings) -> None:
    statements = {aim.NAME: aim.STATEMENT for aim in aims_of(plan.problem.team)}
    meanings = {aim.NAME: aim.MEANS for aim in aims_of(plan.problem.team)}
    proofs = {(proof.aim, proof.part): proof for proof in plan.proofs}
    said = ""
    top = row
    for value in plan.report.values:
        proof = proofs.get((value.aim, value.part))
        first = value.aim != said
        said = value.aim
        page.put(row, 1, value.aim if first else None, TEXT.but(bold=True))
        page.put(row, 2, statements.get(value.aim) if first else None, QUIET)
        page.put(row, 3, value.part, WRAPPED, widest=34)
        page.put(row, 7, meanings.get(value.aim) if first else None, QUIET)
        page.put_amount(row, 4, value.value, formula=work.one(f"{value.aim}: {value.part}")[0])
        page.put_amount(row, 5, None if proof is None else proof.bound)
        page.put(row, 6, _standing(row, value, proof), GOOD)
        row += 1
    cells = f"F{top}:F{row - 1}"
    bad = f'OR(F{top}="{NOT_PROVEN}",F{top}="{WORSE}",F{top}="{CANNOT_CHECK}")'
    page.highlight(cells, bad, AMBER)
    page.highlight(cells, f'F{top}="{PROVEN}"', GREEN)


def _standing(row: int, value: Value, proof: Proof | None) -> Formula:
    """Proven or not while the value is as planned; else which way it went."""
    planned = AS_PLANNED if proof is None else PROVEN if proof.proven else NOT_PROVEN
    at = repr(as_number(value.value))
    text = f'IF(ABS(D{row}-{at})<0.000001,"{planned}",IF(D{row}>{at},"{WORSE}","{BETTER}"))'
    return Formula(f'IF(ISERROR(D{row}),"{CANNOT_CHECK}",{text})', planned)
