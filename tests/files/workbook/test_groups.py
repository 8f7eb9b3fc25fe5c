"""The rule “group gap” in the workbook: its flags follow edits as ``rota check`` counts."""

from __future__ import annotations

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from planner.files.workbook.workings.verdict import banner_of
from planner.rules import group_gap
from tests.build import engineer, problem, rota, rotation
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
from tests.strategies import changing, in_groups, small

CHANGING = changing(in_groups(small()))
"""Some move to another group within the weeks, or work more or less from then on."""

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
    edited = typed_into_rota(engine, made, tmp_path, {"D2": "D", "D3": "C"})
    assert verdict(edited).broken == {group_gap.NAME: 2}
    assert "! primary: D follows somebody of the same group" in said_in_rota(edited)
    assert "! primary: C follows somebody of the same group" in said_in_rota(edited)
    _, report = as_checked(made, edited)
    assert [(b.rule, b.engineer) for b in report.breaches] == [
        (group_gap.NAME, "D"),
        (group_gap.NAME, "C"),
    ]


@seed(1)
@FEW
@given(st.data())
def test_the_sheet_says_of_random_groups_what_rota_check_says(engine, tmp_path_factory, data):
    made = [data.draw(plans(each)) for each in 3 * [in_groups(small())] + 2 * [CHANGING]]
    assert any(each.report.breaches_of(group_gap.NAME) for each in made)
    for said, _, report in after_edits(engine, made, tmp_path_factory.mktemp("groups"), data):
        assert said.broken.get(group_gap.NAME, 0) == len(report.breaches_of(group_gap.NAME))
        assert said.banner == banner_of(len({breach.rule for breach in report.breaches}))
