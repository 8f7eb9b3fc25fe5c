"""Duties that are part of a week, in the workbook: it says what ``rota check`` says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from planner.domain.hours import DAY, Hours, Stretch
from planner.files.workbook import write
from tests.build import problem, rota, rotation
from tests.files.live import FEW, after_edits, plan_of, plans
from tests.files.office import Office
from tests.files.typed import Typed
from tests.strategies import in_part, sharing_weeks, small


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@seed(5)
@settings(FEW, max_examples=1)
@given(st.data())
def test_the_sheet_says_of_part_week_duties_what_rota_check_says(office, tmp_path_factory, data):
    made = [data.draw(plans(in_part(small()))) for _ in range(4)]
    for said, _, report in after_edits(office, made, tmp_path_factory.mktemp("hours"), data):
        assert said.broken == Counter(breach.rule for breach in report.breaches)
        values = [float(value.value) for value in report.values]
        assert [value for _, value in said.aims] == pytest.approx(values)


@seed(7)
@settings(FEW, max_examples=1)
@given(st.data())
def test_so_does_it_where_one_may_hold_several_duties_of_a_week(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("several")
    made = [data.draw(plans(sharing_weeks(small()))) for _ in range(4)]
    for said, _, report in after_edits(Typed(folder), made, folder, data):
        assert said.broken == Counter(breach.rule for breach in report.breaches)
        values = [float(value.value) for value in report.values]
        assert [value for _, value in said.aims] == pytest.approx(values)


def test_a_cell_of_part_of_a_week_says_from_when_to_when(tmp_path):
    nights = replace(rotation("CD", name="nights"), hours=Hours((Stretch(600, 4 * DAY + 1080),)))
    team = problem(rotation("AB", name="weeks"), nights, weeks=2)
    write(plan_of(team, rota(team, "AC BD")), tmp_path / "rota.xlsx", "inputs")
    sheet = openpyxl.load_workbook(tmp_path / "rota.xlsx")["Rota"]
    offered = {str(v.sqref): v.prompt for v in sheet.data_validations.dataValidation}
    assert offered["D2:D3"] is None
    assert offered["E2:E3"] == "nights: Mon 10:00 – Fri 18:00"
