"""Weeks in which a rotation rests, in the workbook: its formulas come to what ``rota check`` says.

These tests need ``soffice`` on the path, and fail without it.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from planner.files.workbook import write
from tests.files.live import as_checked, differences, edits, plans, verdict
from tests.files.office import Office
from tests.strategies import pausing, small


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@seed(3)
@settings(
    max_examples=1,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_sheet_says_of_resting_rotations_what_rota_check_says(office, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("pauses")
    made = [data.draw(plans(pausing(small()))) for _ in range(4)]
    jobs = []
    for number, each in enumerate(made):
        path = folder / f"{number}.xlsx"
        write(each, path, "inputs")
        assert verdict(path).broken == Counter(breach.rule for breach in each.report.breaches)
        jobs.append((path, folder / f"{number}-edited.xlsx", data.draw(edits(each))))
    calculated = office.recalculated([path for path, _, _ in jobs])
    assert not [line for path, _, _ in jobs for line in differences(path, calculated[path])]
    office.edited(jobs)
    for each, (_, path, change) in zip(made, jobs, strict=True):
        said, (_, report) = verdict(path), as_checked(each, path)
        assert said.broken == Counter(breach.rule for breach in report.breaches), change
