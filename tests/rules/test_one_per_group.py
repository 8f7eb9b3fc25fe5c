"""Two engineers of one home group never share a week in roles of a kind that the team names."""

from planner.domain import Role
from planner.rules import one_per_group
from tests.build import broken, problem, rotation
from tests.rules.test_group_gap import MIXED, PAIR, PEOPLE

ON_CALL = {"one_per_group": ("on-call",)}


def test_people_of_different_groups() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(one_per_group, team, "AC BC") == []


def test_people_of_one_group() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(one_per_group, team, "AC BA") == [(1, "A")]


def test_no_group_is_not_a_group() -> None:
    team = problem(PAIR, weeks=1, engineers=PEOPLE, settings=ON_CALL)
    assert broken(one_per_group, team, "DE") == []


def test_roles_of_different_kinds_may_be_shared() -> None:
    team = problem(MIXED, weeks=1, engineers=PEOPLE, settings=ON_CALL)
    assert broken(one_per_group, team, "AB") == []


def test_different_kinds_may_be_shared_even_if_both_are_named() -> None:
    settings = {"one_per_group": ("on-call", "in-hours")}
    team = problem(MIXED, weeks=1, engineers=PEOPLE, settings=settings)
    assert broken(one_per_group, team, "AB") == []


def test_kinds_that_the_team_does_not_name_may_be_shared() -> None:
    other = rotation("D", Role("desk", kind="in-hours", optional=True), name="s")
    rules = {"one_per_group": ("in-hours",)}
    team = problem(PAIR, other, weeks=1, engineers=PEOPLE, settings=rules)
    assert broken(one_per_group, team, "AB.") == []


def test_rotations_are_looked_at_together() -> None:
    team = problem(
        rotation("AC"), rotation("BD", name="s"), weeks=2, engineers=PEOPLE, settings=ON_CALL
    )
    assert broken(one_per_group, team, "CB AB") == [(1, "A")]
