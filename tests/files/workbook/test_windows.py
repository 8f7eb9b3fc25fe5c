"""“Limits” over windows in the workbook: their flags follow edits as ``rota check`` counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.domain import Limit
from planner.problem import Problem
from planner.rules import limits
from tests.build import problem, rota, rotation
from tests.files.live import FEW, after_edits, as_checked, plan_of, plans, typed_into_rota, verdict
from tests.files.office import Office
from tests.strategies import small


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def test_earlier_weeks_count_in_the_cells_too(office, tmp_path):
    rules = {"limits": (Limit("any role", 1, 4),)}
    team = problem(rotation("ABCDE"), weeks=4, history="D E A", settings=rules)
    made = plan_of(team, rota(team, "B C D E"))
    # A had the week before the first, and B the first: both are too near.
    edited = typed_into_rota(office, made, tmp_path, {"D3": "A", "D4": "B"})
    assert verdict(edited).broken == {limits.NAME: 2}
    _, report = as_checked(made, edited)
    assert [(b.rule, b.engineer) for b in report.breaches] == [("limits", "A"), ("limits", "B")]


@st.composite
def windowed(draw: DrawFn) -> Problem:
    team = draw(small())
    names = sorted({role.name for _, role in team.seats} | {"any role", "on-call"})
    kinds = {role.kind for _, role in team.seats}
    drawn = [
        Limit(name, draw(st.integers(1, 2)), draw(st.one_of(st.none(), st.integers(2, 5))))
        for name in draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        if name != "on-call" or "on-call" in kinds
    ]
    return replace(
        team, team=replace(team.team, settings=replace(team.team.settings, limits=tuple(drawn)))
    )


@seed(1)
@FEW
@given(st.data())
def test_the_sheet_says_of_random_windows_what_rota_check_says(office, tmp_path_factory, data):
    made = [data.draw(plans(windowed())) for _ in range(4)]
    for said, _, report in after_edits(office, made, tmp_path_factory.mktemp("windows"), data):
        assert said.broken.get(limits.NAME, 0) == len(report.breaches_of(limits.NAME))
