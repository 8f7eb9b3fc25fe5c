"""Workbooks whose formulas are compared with the planner: random rotas, edits, what each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from planner.checking.finished_plan import Plan, Proof
from planner.checking.report import Report, check
from planner.domain import Cover, Duty, Held, Rota
from planner.files.workbook import Published, read, write
from planner.problem import Problem
from planner.problem.doing import named
from planner.rules import RULES
from tests import build
from tests.files import office
from tests.files.office import Office
from tests.files.typed import Typed
from tests.strategies import small

Engine = Office | Typed
Said = dict[str, dict[str, Any]]
"""Values by sheet and cell; blank ones are left out."""

TODAY = {("Checks", "F1")}
"""Cells that depend on the day on which they are calculated; and all of a column of Pipelines."""
TODAY_COLUMN = ("Pipelines", "C")


def plan_of(problem: Problem, rota: Rota) -> Plan:
    """A finished plan of any rota, good or bad."""
    report = check(problem, rota)
    proofs = tuple(Proof(v.aim, v.part, v.value, v.value) for v in report.values)
    return Plan(problem, rota, report, proofs)


@st.composite
def plans(draw: DrawFn, problems: SearchStrategy[Problem] | None = None) -> Plan:
    """Random teams with random rotas, mostly by the cycle, and stand-ins."""
    problem = draw(small() if problems is None else problems)
    names = [engineer.name for engineer in problem.engineers]
    holders: dict[Duty, str | None] = {}
    for duty in problem.duties:
        rotation = problem.team.rotation(duty.rotation)
        turn = problem.turn(rotation, rotation.role(duty.role), duty.week)
        holders[duty] = draw(st.sampled_from([turn, turn, turn, *names, None]))
    rota = Rota.of(holders)
    # Whoever stands in a locked cell is meant by the lock.
    kept = [Held(h.duty, holders[h.duty]) for h in problem.locked if holders[h.duty]]
    problem = replace(problem, locked=tuple(kept))
    problem = replace(
        problem, covers=named(problem.team, rota, draw(st.lists(covers(problem), max_size=3)))
    )
    return plan_of(problem, rota)


@st.composite
def covers(draw: DrawFn, problem: Problem) -> Cover:
    names = [engineer.name for engineer in problem.engineers]
    engineer = draw(st.sampled_from(names))
    stand_in = draw(st.sampled_from([name for name in names if name != engineer]))
    first, last = draw(_days(problem))
    return Cover(engineer, first, last, stand_in)


@st.composite
def _days(draw: DrawFn, problem: Problem) -> tuple[date, date]:
    span = 7 * len(problem.weeks)
    start = problem.horizon.first + timedelta(days=draw(st.integers(0, span - 1)))
    return start, start + timedelta(days=draw(st.integers(0, 8)))


@st.composite
def edits(draw: DrawFn, plan: Plan) -> list[office.Edit]:
    """What a lead might type: names, vacations below the others, stand-ins."""
    problem = plan.problem
    names = [engineer.name for engineer in problem.engineers]
    columns = "DEFGHI"[: len(problem.seats)]
    found: list[office.Edit] = []
    for _ in range(draw(st.integers(0, 6))):
        row = 2 + draw(st.integers(0, len(problem.weeks) - 1))
        cell = f"{draw(st.sampled_from(columns))}{row}"
        name = draw(st.sampled_from([*names, *names, ""]))
        found.append(office.write_text("Rota", cell, name))
    horizon = problem.horizon
    vacations = problem.team.vacations
    row = 2 + sum(v.start <= horizon.last and horizon.first <= v.end for v in vacations)
    for n in range(draw(st.integers(0, 2))):
        first, last = draw(_days(problem))
        found += _typed("Vacations", row + n, draw(st.sampled_from(names)), first, last)
        kind = draw(st.sampled_from(["", "sick", "annual"]))
        found.append(office.write_text("Vacations", f"D{row + n}", kind))
    within = [c for c in problem.covers if c.start <= horizon.last and horizon.first <= c.end]
    row = 2 + len(within)
    for n in range(draw(st.integers(0, 2))):
        cover = draw(covers(problem))
        found += _typed("Cover", row + n, cover.engineer, cover.start, cover.end)
        found.append(office.write_text("Cover", f"D{row + n}", cover.stand_in))
    return found


def _typed(sheet: str, row: int, name: str, first: date, last: date) -> list[office.Edit]:
    return [
        office.write_text(sheet, f"A{row}", name),
        office.write_date(sheet, f"B{row}", first),
        office.write_date(sheet, f"C{row}", last),
    ]


def cells(path: Path) -> Said:
    """Every filled cell as its file says it."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        for sheet in book.worksheets
    }


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """The formula of every cell that has one, by sheet and cell."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def differences(written: Path, calculated: Path) -> list[str]:
    """Every formula whose value in one file is not what it comes to in the other."""
    one, other = cells(written), cells(calculated)
    found = []
    for (sheet, cell), formula in formulas(written).items():
        if (sheet, cell) in TODAY or (sheet, cell[:1]) == TODAY_COLUMN:
            continue
        left, right = one[sheet].get(cell), other[sheet].get(cell)
        if not same(left, right):
            found.append(f"{sheet}!{cell}: written {left!r}, calculated {right!r}: {formula}")
    return found


def same(left: Any, right: Any) -> bool:
    """Equal; fractions to the last digits that sums in another order may differ in."""
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    return abs(left - right) < 1e-9 if numbers else left == right


@dataclass(frozen=True)
class Verdict:
    """What a sheet of checks says: how often each rule is broken, the aims, and the banner."""

    broken: dict[str, int]
    aims: list[tuple[str, float]]
    banner: str


def verdict(path: Path) -> Verdict:
    rows = list(openpyxl.load_workbook(path, data_only=True)["Checks"].iter_rows(values_only=True))
    names = {rule.NAME for rule in RULES}
    rules = {row[0]: row[3] for row in rows if row[0] in names}
    assert rules.keys() == names
    top = next(n for n, row in enumerate(rows) if row[0] == "Aim")
    aims = [(row[2], row[3]) for row in rows[top + 1 :] if row[2]]
    return Verdict({rule: times for rule, times in rules.items() if times}, aims, rows[1][0])


def checks(path: Path) -> dict[str, tuple[str | None, str]]:
    """Where each check of the sheet of checks found something, and its result, by its name."""
    said, row = cells(path)["Checks"], 6
    found = {}
    while f"A{row}" in said:
        found[said[f"A{row}"]] = said.get(f"C{row}"), said[f"E{row}"]
        row += 1
    return found


def as_checked(plan: Plan, path: Path) -> tuple[Published, Report]:
    """The edited file read back, and what the planner's check says of it, as ``rota check``."""
    published = read(path, plan.problem.team)
    team = plan.problem.team
    vacations = tuple(
        sorted(
            (*team.vacations, *published.vacations),
            key=lambda v: (v.engineer, v.start, v.end, v.kind),
        )
    )
    past = [c for c in plan.problem.covers if c.end < plan.problem.horizon.first]
    problem = replace(
        plan.problem,
        team=replace(team, vacations=vacations),
        covers=(*past, *named(team, published.rota, published.covers)),
        locked=tuple(held for held in published.locked if held.engineer is not None),
        as_published=published.facts,
    )
    return published, check(problem, published.rota)


FEW = settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The first example is the simplest one; that after it is random."""


def typed_into_rota(engine: Engine, made: Plan, folder: Path, names: dict[str, str]) -> Path:
    """The workbook of a plan that keeps all rules, with other names in cells of the Rota sheet."""
    path, edited = folder / "a.xlsx", folder / "b.xlsx"
    write(made, path, "inputs")
    assert verdict(path).broken == {}
    engine.edited(
        [(path, edited, [office.write_text("Rota", cell, name) for cell, name in names.items()])]
    )
    return edited


def after_edits(
    engine: Engine, made: Sequence[Plan], folder: Path, data: st.DataObject
) -> Iterator[tuple[Verdict, Published, Report]]:
    """What the sheet says of each plan after random edits, what is read back, and what ``rota
    check`` says.

    Written and recalculated, no cell of it differs, and the sheet says what the check does.
    """
    jobs = []
    for number, each in enumerate(made):
        path = folder / f"{number}.xlsx"
        write(each, path, "inputs")
        assert verdict(path).broken == Counter(breach.rule for breach in each.report.breaches)
        jobs.append((path, folder / f"{number}-edited.xlsx", data.draw(edits(each))))
    calculated = engine.recalculated([path for path, _, _ in jobs])
    assert not [line for path, _, _ in jobs for line in differences(path, calculated[path])]
    engine.edited(jobs)
    for each, (_, path, change) in zip(made, jobs, strict=True):
        note(str(change))
        yield verdict(path), *as_checked(each, path)


def agrees(said: Verdict, published: Published, report: Report) -> None:
    """The sheet says what ``rota check`` says: which rules are broken, how often (where nobody
    stands in for anybody), and every aim."""
    found = Counter(breach.rule for breach in report.breaches)
    assert said.broken.keys() == found.keys(), report.breaches
    if not published.covers:
        assert said.broken == found
    assert [part for part, _ in said.aims] == [value.part for value in report.values]
    values = [float(value.value) for value in report.values]
    assert [value for _, value in said.aims] == pytest.approx(values)


def by_hand(
    folder: Path, of: Problem, written: str, change: Sequence[office.Edit] = ()
) -> Counter[str]:
    """How often which rules a rota written by hand breaks after edits, as sheet and check say."""
    made = plan_of(of, build.rota(of, written))
    path, edited = folder / "rota.xlsx", folder / "edited.xlsx"
    write(made, path, "inputs")
    Typed(folder).edited([(path, edited, list(change))])
    published, report = as_checked(made, edited)
    said = verdict(edited)
    agrees(said, published, report)
    return Counter(said.broken)


def said_in_rota(path: Path) -> list[str]:
    """Every line of every cell of the Rota sheet."""
    return [line for cell in cells(path)["Rota"].values() for line in str(cell).split("\n")]
