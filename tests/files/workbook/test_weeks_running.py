"""Most weeks running in the workbook: its flags follow edits as ``rota check`` counts.

These tests need ``soffice`` on the path, and fail without it.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from planner.files.workbook import write
from planner.rules import back_to_back
from tests.build import problem, rota, rotation, swap
from tests.files import office as by_hand
from tests.files.live import as_checked, cells, differences, edits, plan_of, plans, verdict
from tests.files.office import Office
from tests.strategies import running_on, small

RULES = {"back_to_back": "off", "most_running": 2}


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def test_a_run_that_gets_too_long_is_flagged_over_the_edge_too(office, tmp_path):
    team = problem(
        rotation("ABC"),
        weeks=6,
        history="B A",
        settings=RULES,
        swaps=(swap("A", 4, "C"),),
    )
    made = plan_of(team, rota(team, "A B B A C C"))
    path, edited = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write(made, path, "inputs")
    assert verdict(path).broken == Counter()
    # A's third week from the quarter before, B's own third; C's third has a swap in it.
    typed = [by_hand.write_text("Rota", cell, name) for cell, name in (("D3", "A"), ("D5", "C"))]
    office.edited([(path, edited, typed)])
    assert verdict(edited).broken == Counter({back_to_back.NAME: 1})
    said = [line for row in cells(edited)["Rota"].values() for line in str(row).split("\n")]
    assert "! primary: A, over 2 weeks running" in said
    _, report = as_checked(made, edited)
    assert [(b.rule, b.engineer) for b in report.breaches] == [(back_to_back.NAME, "A")]


@seed(2)
@settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_sheet_says_of_random_teams_what_rota_check_says(office, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("running")
    made = [data.draw(plans(running_on(small()))) for _ in range(4)]
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
        told = [breach.message for breach in report.breaches_of(back_to_back.NAME)]
        assert said.broken.get(back_to_back.NAME, 0) == len(told), (change, told)
