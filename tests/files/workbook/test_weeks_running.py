"""Most weeks running in the workbook: its flags follow edits as ``rota check`` counts."""

from __future__ import annotations

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from planner.rules import back_to_back
from tests.build import problem, rota, rotation, swap
from tests.files.live import (
    FEW,
    after_edits,
    as_checked,
    plan_of,
    plans,
    said_in_rota,
    typed_into_rota,
    verdict,
)
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
    # A's third week from the quarter before, B's own third; C's third has a swap in it.
    edited = typed_into_rota(office, made, tmp_path, {"D3": "A", "D5": "C"})
    assert verdict(edited).broken == {back_to_back.NAME: 1}
    assert "! primary: A, over 2 weeks running" in said_in_rota(edited)
    _, report = as_checked(made, edited)
    assert [(b.rule, b.engineer) for b in report.breaches] == [(back_to_back.NAME, "A")]


@seed(2)
@FEW
@given(st.data())
def test_the_sheet_says_of_random_teams_what_rota_check_says(office, tmp_path_factory, data):
    made = [data.draw(plans(running_on(small()))) for _ in range(4)]
    for said, _, report in after_edits(office, made, tmp_path_factory.mktemp("running"), data):
        assert said.broken.get(back_to_back.NAME, 0) == len(report.breaches_of(back_to_back.NAME))
