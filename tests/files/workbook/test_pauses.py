"""Weeks in which a rotation rests, in the workbook: it says what ``rota check`` says."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.files.live import FEW, after_edits, plans
from tests.files.office import Office
from tests.strategies import pausing, small


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@seed(3)
@settings(FEW, max_examples=1)
@given(st.data())
def test_the_sheet_says_of_resting_rotations_what_rota_check_says(office, tmp_path_factory, data):
    made = [data.draw(plans(pausing(small()))) for _ in range(4)]
    for said, _, report in after_edits(office, made, tmp_path_factory.mktemp("pauses"), data):
        assert said.broken == Counter(breach.rule for breach in report.breaches)
