"""The rule “limits” over windows in the workbook: its flags follow edits as ``rota check`` counts.

These tests need ``soffice`` on the path, and fail without it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.domain import Limit
from planner.files.workbook import write
from planner.problem import Problem
from planner.rules import limits
from tests.build import problem, rota, rotation
from tests.files import office as by_hand
from tests.files.live import as_checked, differences, edits, plan_of, plans, verdict
from tests.files.office import Office
from tests.strategies import small


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def test_earlier_weeks_count_in_the_cells_too(office, tmp_path):
    rules = {"limits": (Limit("any role", 1, 4),)}
    team = problem(rotation("ABCDE"), weeks=4, history="D E A", settings=rules)
    made = plan_of(team, rota(team, "B C D E"))
    path, edited = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write(made, path, "inputs")
    assert verdict(path).broken == Counter()
    # A had the week before the first, and B the first: both are too near.
    typed = [by_hand.write_text("Rota", cell, name) for cell, name in (("D3", "A"), ("D4", "B"))]
    office.edited([(path, edited, typed)])
    assert verdict(edited).broken == Counter({limits.NAME: 2})
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
@settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_sheet_says_of_random_windows_what_rota_check_says(office, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("windows")
    made = [data.draw(plans(windowed())) for _ in range(4)]
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
        told = [breach.message for breach in report.breaches_of(limits.NAME)]
        assert said.broken.get(limits.NAME, 0) == len(told), (change, told)
