"""Duties that are part of a week, in the workbook: it says what ``rota check`` says."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.files.live import FEW, after_edits, plans
from tests.files.office import Office
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
def test_so_does_it_where_one_may_hold_several_duties_of_a_week(office, tmp_path_factory, data):
    made = [data.draw(plans(sharing_weeks(small()))) for _ in range(4)]
    for said, _, report in after_edits(office, made, tmp_path_factory.mktemp("several"), data):
        assert said.broken == Counter(breach.rule for breach in report.breaches)
        values = [float(value.value) for value in report.values]
        assert [value for _, value in said.aims] == pytest.approx(values)
