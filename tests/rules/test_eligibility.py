"""Only members, in roles they may hold, between their joining and leaving dates."""

import pytest

from planner.domain import Role
from planner.rules import eligibility
from tests.build import broken, day, engineer, problem, rotation

PAIR = rotation("ABC", "primary", "secondary")


def test_members_may_hold_everything_by_default() -> None:
    assert broken(eligibility, problem(PAIR, weeks=2), "AB BC") == []


def test_a_colleague_outside_the_rotation_may_not() -> None:
    team = problem(PAIR, weeks=2, engineers=[engineer("D")])
    assert broken(eligibility, team, "AB DC") == [(1, "D")]


def test_membership_is_a_matter_of_each_rotation() -> None:
    team = problem(rotation("AB"), rotation("BC", name="s"), weeks=1)
    assert broken(eligibility, team, "AB") == []
    assert broken(eligibility, team, "BC") == []
    assert broken(eligibility, team, "CB") == [(0, "C")]


def test_roles_that_somebody_may_hold() -> None:
    team = problem(PAIR, weeks=2, engineers=[engineer("B", roles=("secondary",))])
    assert broken(eligibility, team, "AB CB") == []
    assert broken(eligibility, team, "BA CB") == [(0, "B")]


def test_levels_that_a_role_asks_for() -> None:
    seat = Role("primary", levels=("senior",))
    people = [engineer("A", level="senior"), engineer("B", level="junior")]
    team = problem(rotation("ABC", seat), weeks=3, engineers=people)
    # C has no level, and so is no senior either.
    assert broken(eligibility, team, "A B C") == [(1, "B"), (2, "C")]


@pytest.mark.parametrize(
    ("joined", "expected"),
    [(6, []), (7, []), (8, [(1, "B")]), (13, [(1, "B")]), (14, [(1, "B")])],
)
def test_joining_counts_from_the_first_whole_week(joined: int, expected: list[object]) -> None:
    # Week 1 has the days 7 to 13.
    team = problem(PAIR, weeks=2, engineers=[engineer("B", joined=day(joined))])
    assert broken(eligibility, team, "AC AB") == expected


@pytest.mark.parametrize(("left", "expected"), [(5, [(0, "B")]), (6, []), (7, [])])
def test_leaving_counts_after_the_last_whole_week(left: int, expected: list[object]) -> None:
    # Week 0 has the days 0 to 6; whoever leaves on day 6 still works the whole week.
    team = problem(PAIR, weeks=2, engineers=[engineer("B", left=day(left))])
    assert broken(eligibility, team, "AB AC") == expected
