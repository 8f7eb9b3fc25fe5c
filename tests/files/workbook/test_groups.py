"""The rule “group gap” in the workbook: its flags follow edits as ``rota check`` counts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from planner.files.workbook import write
from planner.files.workbook.workings.verdict import banner_of
from planner.rules import group_gap
from tests.build import engineer, problem, rota, rotation
from tests.files import office as by_hand
from tests.files.live import as_checked, cells, differences, edits, plan_of, plans, verdict
from tests.files.typed import Typed
from tests.strategies import in_groups, small

PEOPLE = [engineer(name, group=group) for name, group in zip("ABCD", "xxyy", strict=True)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> Typed:
    return Typed(tmp_path_factory.mktemp("typed"))


def test_the_reason_and_the_count_follow_an_edit(engine, tmp_path):
    team = problem(
        rotation("ABCD"),
        weeks=4,
        engineers=PEOPLE,
        history="C",
        settings={"group_gap": ("on-call",)},
    )
    made = plan_of(team, rota(team, "A C B D"))
    path, edited = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write(made, path, "inputs")
    assert verdict(path).broken == Counter()
    typed = [by_hand.write_text("Rota", cell, name) for cell, name in (("D2", "D"), ("D3", "C"))]
    engine.edited([(path, edited, typed)])
    assert verdict(edited).broken == Counter({group_gap.NAME: 2})
    sheet = cells(edited)
    said = [line for row in sheet["Rota"].values() for line in str(row).split("\n")]
    assert "! primary: D follows somebody of the same group" in said
    assert "! primary: C follows somebody of the same group" in said
    _, report = as_checked(made, edited)
    assert [(b.rule, b.engineer) for b in report.breaches] == [
        (group_gap.NAME, "D"),
        (group_gap.NAME, "C"),
    ]


# The first example is the simplest one; those after it are random.
@seed(1)
@settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_sheet_says_of_random_groups_what_rota_check_says(engine, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("groups")
    made = [data.draw(plans(in_groups(small()))) for _ in range(5)]
    assert any(each.report.breaches_of(group_gap.NAME) for each in made)
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
        found = Counter(breach.rule for breach in report.breaches)
        told = [breach.message for breach in report.breaches_of(group_gap.NAME)]
        assert said.broken.get(group_gap.NAME, 0) == len(told), (change, told)
        assert said.banner == banner_of(len(found))
