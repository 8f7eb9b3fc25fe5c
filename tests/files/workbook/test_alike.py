"""Seats that are alike, in the workbook: its formulas come to what ``rota check`` says.

IronCalc types TRUE and FALSE as Excel does; LibreOffice is the one that people have. These tests
need ``soffice`` on the path, and fail without it.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from planner.files.workbook import write
from tests.files.live import as_checked, differences, edits, plans, verdict
from tests.files.office import Office
from tests.files.typed import Typed
from tests.strategies import alike, small


@pytest.fixture(scope="module", params=[Typed, Office])
def engine(request, tmp_path_factory) -> Typed | Office:
    return request.param(tmp_path_factory.mktemp("engine"))


@seed(4)
@settings(
    max_examples=1,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_sheet_says_of_seats_alike_what_rota_check_says(engine, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("alike")
    made = [data.draw(plans(alike(small()))) for _ in range(4)]
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
        said, (published, report) = verdict(path), as_checked(each, path)
        found = Counter(breach.rule for breach in report.breaches)
        assert said.broken.keys() == found.keys(), (change, report.breaches)
        if not published.covers:
            assert said.broken == found, change
        values = {value.part: float(value.value) for value in report.values}
        assert dict(said.aims) == pytest.approx(values), change
