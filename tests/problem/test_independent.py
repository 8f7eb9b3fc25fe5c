"""What ties rotations together, and each group of them as a problem of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain import Cover, Elsewhere, Role
from planner.planning.infeasible import explain
from planner.problem import Problem
from planner.problem.independent import apart, only
from planner.rules.remaining import remaining_rows
from tests.build import away_week, day, engineer, lock, problem, rotation, swap, wish

NEAR, FAR, THIRD = (
    rotation("AB", name="near"),
    rotation("CD", Role("lead", kind="desk"), name="far"),
    rotation("EF", name="third"),
)


def groups(found: Problem) -> list[list[str]]:
    return [sorted(group) for group in apart(found)]


def test_rotations_that_share_nobody_are_apart() -> None:
    assert groups(problem(NEAR, FAR, THIRD)) == [["near"], ["far"], ["third"]]


@pytest.mark.parametrize(
    "tied",
    [
        {"locked": (lock(1, "C", in_rotation="near"),)},
        {"swaps": (swap("A", 1, "C", in_rotation="near"),)},
        {"history": "CCE"},
        {
            "engineers": [engineer("A", group="x"), engineer("C", group="x")],
            "settings": {"one_per_group": ("on-call",)},
        },
    ],
    ids=["lock", "swap", "history", "home group"],
)
def test_people_who_had_to_do_with_both_tie_them(tied: dict[str, Any]) -> None:
    assert groups(problem(NEAR, FAR, THIRD, **tied)) == [["far", "near"], ["third"]]


def test_a_stand_in_ties_them() -> None:
    cover = Cover("A", day(1), day(2), "C", "near", "primary")
    assert groups(replace(problem(NEAR, FAR), covers=(cover,))) == [["far", "near"]]


def test_members_of_both_tie_them_over_several_steps() -> None:
    chain = (rotation("AB", name="x"), rotation("CD", name="y"), rotation("BC", name="z"))
    assert groups(problem(*chain)) == [["x", "y", "z"]]


def test_home_groups_tie_nothing_where_no_rule_speaks_of_them() -> None:
    people = [engineer("A", group="x"), engineer("C", group="x")]
    assert len(groups(problem(NEAR, FAR, engineers=people))) == 2


def test_a_part_has_what_the_whole_says_of_it() -> None:
    whole = problem(
        NEAR,
        FAR,
        THIRD,
        engineers=[engineer("A", roles=("primary",)), engineer("C", roles=("lead",))],
        vacations=(away_week("A", 1), away_week("C", 2)),
        wishes=(wish("B", 1), wish("D", 1)),
        locked=(lock(2, "A", in_rotation="near"), lock(2, "E", in_rotation="third")),
        settings={"limits": (("primary", 3), ("desk", 1))},
    )
    part = only(whole, {"far"})
    assert [person.name for person in part.engineers] == ["C", "D"]
    assert [vacation.engineer for vacation in part.team.vacations] == ["C"]
    assert [each.engineer for each in part.wishes] == ["D"]
    assert part.locked == ()
    assert part.team.settings.limits == whole.team.settings.limits[1:]
    facts = {row.fact for row in remaining_rows(part)}
    assert facts <= {row.fact for row in remaining_rows(whole)}


def test_a_clash_is_explained_as_if_its_rotation_were_alone() -> None:
    gone = (away_week("A", 1), away_week("B", 1), away_week("E", 1))
    alone = explain(problem(NEAR, weeks=4, vacations=gone[:2]))
    among = explain(problem(NEAR, FAR, THIRD, weeks=4, vacations=gone))
    assert [r.name for r in among.problem.team.rotations] == ["near"]
    assert [repair.lines for repair in among.repairs] == [r.lines for r in alone.repairs]
    assert [r.imbalance for r in among.repairs] == [r.imbalance for r in alone.repairs]


def test_duties_for_other_teams_stay_with_those_who_have_them() -> None:
    gone = (away_week("A", 1), away_week("B", 1))
    there = tuple(Elsewhere(name, "other", (day(8),)) for name in "AC")
    whole = replace(problem(NEAR, FAR, weeks=4, vacations=gone), elsewhere=there)
    assert [each.engineer for each in only(whole, {"near"}).elsewhere] == ["A"]
    assert explain(whole).clashes


def test_clashes_of_two_rotations_are_repaired_together() -> None:
    gone = tuple(away_week(name, 1) for name in "ABEF")
    explanation = explain(problem(NEAR, FAR, THIRD, weeks=4, vacations=gone))
    assert [r.name for r in explanation.problem.team.rotations] == ["near", "third"]
    assert len(explanation.clashes) == 2
    assert {len(repair.steps) for repair in explanation.repairs} == {2}
