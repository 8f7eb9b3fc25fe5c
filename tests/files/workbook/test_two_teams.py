"""The rule “other teams” in the workbook: its flags follow edits as ``rota check`` counts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from planner.domain import Elsewhere
from planner.files.workbook import write
from planner.rules import other_teams
from tests.build import day, problem, rota, rotation
from tests.files import office as by_hand
from tests.files.live import as_checked, cells, differences, edits, plan_of, plans, verdict
from tests.files.typed import Typed
from tests.strategies import in_two_teams, small


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> Typed:
    return Typed(tmp_path_factory.mktemp("typed"))


def test_the_reason_and_the_count_follow_an_edit(engine, tmp_path):
    there = [Elsewhere("D", team, tuple(day(n) for n in range(7, 14))) for team in ("b", "c")]
    team = problem(rotation("ABCD"), weeks=4, settings={"other_teams": "never"}, elsewhere=there)
    made = plan_of(team, rota(team, "A C B D"))
    path, edited = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write(made, path, "inputs")
    assert verdict(path).broken == Counter()
    typed = [by_hand.write_text("Rota", cell, name) for cell, name in (("D2", "D"), ("D3", "D"))]
    engine.edited([(path, edited, typed)])
    assert verdict(edited).broken[other_teams.NAME] == 2
    sheet = cells(edited)
    said = "\n".join(str(row) for row in sheet["Rota"].values()).split("\n")
    assert "! primary: D is on duty for another team" in "\n".join(said)
    _, report = as_checked(made, edited)
    assert len(report.breaches_of(other_teams.NAME)) == 2


@seed(1)
@settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_sheet_says_of_people_in_two_teams_what_rota_check_says(engine, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("two-teams")
    made = [data.draw(plans(in_two_teams(small()))) for _ in range(5)]
    assert any(each.report.breaches_of(other_teams.NAME) for each in made)
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
        said, (_, report) = verdict(path), as_checked(each, path)
        told = [breach.message for breach in report.breaches_of(other_teams.NAME)]
        assert said.broken.get(other_teams.NAME, 0) == len(told), (change, told)
