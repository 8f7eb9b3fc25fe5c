"""The Checks sheet: every rule, OK or broken and where; every aim, and what is proven of it."""

from __future__ import annotations

from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    BAD,
    BANNER,
    COUNT,
    GOOD,
    LOOSE,
    LOOSE_QUIET,
    QUIET,
    TEXT,
    WRAPPED,
    Look,
)
from planner.plan import Plan
from planner.rules import RULES, aims_of
from planner.rules.base import Breach

TITLE = "Checks"
OK, BROKEN, PROVEN, NOT_PROVEN = "OK", "broken", "proven", "not proven"
RULES_HEADER = ("Rule", "What it says", "First place", "How often", "Result")
AIMS_HEADER = ("Aim", "What it says", "Part", "Value", "Best possible", "Proven")


def fill(page: Page, plan: Plan) -> None:
    """A verdict, then the rules, then the aims in the team's order."""
    broken = len({breach.rule for breach in plan.report.breaches})
    verdict = f"All {len(RULES)} rules hold." if not broken else f"Broken rules: {broken}."
    problem = plan.problem
    page.put(1, 1, f"{problem.team.name}: {problem.horizon.label}", BANNER, spill=True)
    page.put(2, 1, f"{verdict} {_proof_verdict(plan)}", LOOSE.but(bold=True), spill=True)
    page.head(4, RULES_HEADER)
    page.freeze(4, 1)
    row = 5
    for rule in RULES:
        _rule(page, row, rule.NAME, rule.STATEMENT, plan.report.breaches_of(rule.NAME))
        row += 1
    page.put(
        row + 1,
        1,
        "Aims, in the order in which they count. Less is better.",
        LOOSE_QUIET,
        spill=True,
    )
    page.head(row + 2, AIMS_HEADER)
    _aims(page, row + 3, plan)
    page.widths[2] = 60.0
    page.fit_on_one_page()


def _proof_verdict(plan: Plan) -> str:
    if not plan.proofs:
        return ""
    if plan.proven:
        among = f" among {plan.given}" if plan.given else ""
        return f"No better rota exists{among}: every aim is proven."
    return "Not every aim is proven: a better rota may exist."


def _rule(page: Page, row: int, name: str, statement: str, breaches: tuple[Breach, ...]) -> None:
    page.put(row, 1, name, TEXT.but(bold=True))
    page.put(row, 2, statement, WRAPPED)
    page.put(row, 3, breaches[0].message if breaches else None, WRAPPED, widest=40)
    page.put(row, 4, len(breaches), COUNT)
    page.put(row, 5, BROKEN if breaches else OK, BAD if breaches else GOOD)


def _aims(page: Page, row: int, plan: Plan) -> None:
    statements = {aim.NAME: aim.STATEMENT for aim in aims_of(plan.problem.team)}
    proofs = {(proof.aim, proof.part): proof for proof in plan.proofs}
    said = ""
    for value in plan.report.values:
        proof = proofs.get((value.aim, value.part))
        first = value.aim != said
        said = value.aim
        page.put(row, 1, value.aim if first else None, TEXT.but(bold=True))
        page.put(row, 2, statements.get(value.aim) if first else None, QUIET)
        page.put(row, 3, value.part, WRAPPED, widest=40)
        page.put_amount(row, 4, value.value)
        page.put_amount(row, 5, None if proof is None else proof.bound)
        page.put(row, 6, *_proven(None if proof is None else proof.proven))
        row += 1


def _proven(proven: bool | None) -> tuple[str | None, Look]:
    if proven is None:
        return None, TEXT
    return (PROVEN, GOOD) if proven else (NOT_PROVEN, BAD)
