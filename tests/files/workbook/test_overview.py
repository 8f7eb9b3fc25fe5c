"""The Overview sheet: the rota at one glance. That it follows edits, and calculates to what is
written, is tested with all other cells in ``test_live``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import openpyxl
import pytest

from planner.checking.report import check
from planner.domain import Cover, Rota, Vacation, Wish
from planner.files.workbook import write
from tests.files.live import plan_of
from tests.files.sample_plans import FIRST, large_plan, sample_plan, two_rotations_plan


def _overview(plan, path, **extra):
    write(plan, path, "inputs", **extra)
    return openpyxl.load_workbook(path, data_only=True)["Overview"]


def _grid(sheet):
    """Each engineer's cells: the weeks, then the totals."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(n for n, row in enumerate(rows) if row[0] == "Engineer")
    return {row[0]: row[1:] for row in rows[top + 1 :] if row[0] and len(row[0]) < 30}


def _said(sheet):
    """What stands above the grid."""
    lines = [row[0].value for row in sheet.iter_rows()]
    return lines[: lines.index("Engineer") - 2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rota.xlsx"


def test_it_is_the_first_sheet_and_says_whose_rota_it_is(path):
    sheet = _overview(sample_plan(), path)
    assert openpyxl.load_workbook(path).sheetnames[0] == "Overview"
    assert _said(sheet)[:2] == ["Investor data engineering · 2024Q3", "All rules hold"]


def test_sentences_say_what_is_fair_about_it(path):
    plan = sample_plan()
    off = Wish("Aidil", FIRST, "off")
    team = replace(plan.problem.team, wishes=(off,), aims=("wishes",))
    plan = plan_of(replace(plan.problem, team=team), plan.rota)
    weeks, rest, days, wishes = _said(_overview(plan, path))[2:6]
    assert weeks.startswith("Everyone who is here throughout with a full share has 6 or 7 weeks")
    assert "two weeks running" in rest
    assert days.endswith("worked, none on an own festival.")
    assert wishes == "1 of 1 wishes is not granted."


@pytest.mark.parametrize("name", ["1/3", "1/7", "3/10"])
def test_nobody_is_further_from_a_fair_share_than_is_said(path, name):
    """The distance is rounded up, to tenths, and not where it is one."""
    plan = sample_plan()
    share = Fraction(name)
    people = tuple(
        replace(each, share=share) if n == 0 else each
        for n, each in enumerate(plan.problem.team.engineers)
    )
    plan = plan_of(
        replace(plan.problem, team=replace(plan.problem.team, engineers=people)), plan.rota
    )
    (said,) = [text for text in _said(_overview(plan, path)) if "from a fair share" in text]
    furthest = Fraction(re.search(r"more than ([0-9.]+) from", said)[1])
    most = max(abs(a.balance) for a in plan.accounts if a.owed and not a.rotation)
    assert most <= furthest < most + Fraction(1, 10)


def test_the_grid_has_a_letter_a_duty_and_signs_of_days_off(path):
    plan = sample_plan()
    grid = _grid(_overview(plan, path))
    assert list(grid) == ["Aidil", "Choo", "Spencer", "Thiru"]
    for name, cells in grid.items():
        for week, cell in zip(plan.problem.weeks, cells, strict=False):
            held = [d.role[0].upper() for d in plan.rota.duties_of(name) if d.week == week]
            assert [letter for letter in cell or "" if letter.isupper()] == held
    assert grid["Aidil"][0] == "P"
    assert grid["Aidil"][1].endswith("h"), "Awal Muharram"
    assert "×" in grid["Aidil"][3], "away"


def test_locks_and_stand_ins_show(path):
    plan = sample_plan()
    week = FIRST.later(1)
    holder = next(h.engineer for h in plan.rota if h.duty.week == week and h.duty.role == "primary")
    by = next(name for name in ("Spencer", "Thiru") if name != holder)
    cover = Cover(
        holder, week.first, week.first + timedelta(2), by, "Investor pipelines", "primary"
    )
    plan = plan_of(replace(plan.problem, covers=(cover,)), plan.rota)
    grid = _grid(_overview(plan, path))
    assert grid[holder][1].startswith("P–")
    assert "(P)" in grid[by][1]
    (locked,) = plan.problem.locked
    assert grid[locked.engineer][FIRST.until(locked.duty.week)].startswith("P▪")


def test_totals_are_those_of_the_fairness_sheet(path):
    sheet = _overview(two_rotations_plan(), path)
    fairness = openpyxl.load_workbook(path, data_only=True)["Fairness"]
    head = [cell.value for cell in fairness[1]]
    told = {row[0] for row in fairness.iter_rows(min_row=2, values_only=True)}
    assert {engineer.name for engineer in two_rotations_plan().problem.engineers} <= told
    for row in fairness.iter_rows(min_row=2, values_only=True):
        if row[0] in _grid(sheet):
            totals = dict(zip(head, row, strict=True))
            found = _grid(sheet)[row[0]][-4:]
            names = ("Total", "Owed", "Balance", "Shortest gap")
            assert found == [pytest.approx(totals[name]) for name in names]


def test_who_is_not_on_the_team_is_not_shown_and_weeks_before_joining_are_shaded(path):
    plan = sample_plan()
    gone, new = date(2024, 6, 1), date(2024, 8, 5)
    people = tuple(
        replace(e, left=gone) if e.name == "Choo" else replace(e, joined=new) if e.name == "Thiru"
        else e
        for e in plan.problem.engineers
    )  # fmt: skip
    problem = replace(plan.problem, team=replace(plan.problem.team, engineers=people, swaps=()))
    rota = Rota.of(
        (h.duty, h.engineer if h.engineer in ("Aidil", "Spencer") else None) for h in plan.rota
    )
    sheet = _overview(plan_of(problem, rota), path)
    assert list(_grid(sheet)) == ["Aidil", "Spencer", "Thiru"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Thiru")
    shaded = [cell.fill.fgColor.rgb == "FFD9D9D9" for cell in row[1:14]]
    assert shaded == [week.first < new for week in problem.weeks]


def test_what_the_last_version_changed_is_told(path):
    old = ("2024-W27", "primary", "Aidil", "Choo", "is away", "2024-06-01 09:00")
    new = ("2024-W29", "primary", "Spencer", "Thiru", "is away", "2024-06-30 09:00")
    sheet = _overview(sample_plan(), path, changed=[old, *[new] * 8])
    lines = [row[0].value for row in sheet.iter_rows() if row[0].value]
    assert "Changed 2024-06-30 09:00" in lines
    assert lines.count("2024-W29 primary: Spencer → Thiru (is away)") == 6
    assert lines[-1] == "and 2 more: see Changes"
    assert not [line for line in lines if "Choo (is away)" in line]


def test_a_quarter_is_one_page_and_a_year_a_page_a_quarter(path):
    sheet = _overview(sample_plan(), path)
    assert (sheet.page_setup.fitToHeight, len(sheet.col_breaks)) == (1, 0)
    year = _overview(large_plan(), path)
    assert len(year.col_breaks) == 3
    assert year.print_title_cols == "$A:$A"


def test_of_several_pages_the_first_alone_has_the_sentences_and_each_names_its_months(path):
    year = _overview(large_plan(), path)
    lines = [[cell.value for cell in row] for row in year.iter_rows()]
    top = next(n for n, line in enumerate(lines) if line[0] == "Engineer")
    assert [line[0] for line in lines[:top]] == [None] * top
    assert "on duty" in lines[2][1]
    assert "B3:O3" in map(str, year.merged_cells.ranges)
    breaks = [each.id for each in year.col_breaks.brk]
    assert all(lines[top - 1][column] for column in breaks)


def test_a_balance_of_nearly_nothing_has_no_sign(path):
    """What is shown with one digit has only one: −0.04 would be shown as −0.0."""
    plan = sample_plan()
    people = tuple(
        replace(e, share=Fraction(99, 100) if e.name == "Choo" else e.share)
        for e in plan.problem.engineers
    )
    problem = replace(plan.problem, team=replace(plan.problem.team, engineers=people))
    grid = _grid(_overview(plan_of(problem, plan.rota), path))
    fairness = openpyxl.load_workbook(path, data_only=True)["Fairness"]
    balances = {row[0]: row[7] for row in fairness.iter_rows(min_row=2, values_only=True)}
    for name, cells in grid.items():
        assert cells[-2] == round(cells[-2], 1)
        assert cells[-2] == pytest.approx(balances[name], abs=0.05 + 1e-9)


def test_a_leaver_is_in_no_list_of_absences(path):
    plan = sample_plan()
    people = tuple(
        replace(e, left=date(2024, 6, 30)) if e.name == "Choo" else e
        for e in plan.problem.engineers
    )
    away = (Vacation("Choo", date(2024, 7, 8), date(2024, 7, 9)),)
    team = replace(plan.problem.team, engineers=people, vacations=away, swaps=())
    problem = replace(plan.problem, team=team)
    write(plan_of(problem, plan.rota), path, "inputs")
    book = openpyxl.load_workbook(path, data_only=True)
    assert book["Vacations"]["A2"].value is None
    assert check(problem, plan.rota).breaches_of("eligibility")


def test_the_legend_goes_on_in_a_second_line_where_one_is_too_long_for_the_page(path):
    lines = [str(row[0].value) for row in _overview(two_rotations_plan(), path).iter_rows()]
    legend = [line for line in lines if " · " in line and " = " in line]
    assert len(legend) > 1
    assert max(map(len, legend)) <= 150
    together = " · ".join(legend)
    for sign in ("locked", "public holiday", "own festival", "grey = not on the team"):
        assert together.count(sign) == 1
