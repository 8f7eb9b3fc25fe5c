"""The rule “other teams” in the workbook: its flags follow edits as ``rota check`` counts."""

from __future__ import annotations

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from planner.domain import Elsewhere
from planner.rules import other_teams
from tests.build import day, problem, rota, rotation
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
from tests.files.typed import Typed
from tests.strategies import in_two_teams, small


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> Typed:
    return Typed(tmp_path_factory.mktemp("typed"))


def test_the_reason_and_the_count_follow_an_edit(engine, tmp_path):
    there = [Elsewhere("D", team, tuple(day(n) for n in range(7, 14))) for team in ("b", "c")]
    team = problem(rotation("ABCD"), weeks=4, settings={"other_teams": "never"}, elsewhere=there)
    made = plan_of(team, rota(team, "A C B D"))
    edited = typed_into_rota(engine, made, tmp_path, {"D2": "D", "D3": "D"})
    assert verdict(edited).broken[other_teams.NAME] == 2
    assert "! primary: D is on duty for another team" in "\n".join(said_in_rota(edited))
    _, report = as_checked(made, edited)
    assert len(report.breaches_of(other_teams.NAME)) == 2


@seed(1)
@FEW
@given(st.data())
def test_the_sheet_says_of_people_in_two_teams_what_rota_check_says(engine, tmp_path_factory, data):
    made = [data.draw(plans(in_two_teams(small()))) for _ in range(5)]
    assert any(each.report.breaches_of(other_teams.NAME) for each in made)
    for said, _, report in after_edits(engine, made, tmp_path_factory.mktemp("two-teams"), data):
        assert said.broken.get(other_teams.NAME, 0) == len(report.breaches_of(other_teams.NAME))
