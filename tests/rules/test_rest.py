"""The fewest (engineer, two consecutive weeks) pairs with a duty in both, in any role."""

from planner.domain import Role
from planner.rules import rest
from tests.build import problem, rotation, values

PAIR = rotation("ABCD", "primary", "secondary")


def test_a_free_week_between() -> None:
    assert values(rest, problem(PAIR, weeks=3), "AB CD AB") == [0]


def test_any_two_roles_running() -> None:
    # Weeks 0 and 1: A and B both. Weeks 1 and 2: B only.
    assert values(rest, problem(PAIR, weeks=3), "AB BA BC") == [3]


def test_three_weeks_running_are_two_pairs() -> None:
    assert values(rest, problem(weeks=4), "A A A B") == [2]


def test_the_week_before_the_first_counts() -> None:
    team = problem(PAIR, weeks=2, history="CD AB")
    assert values(rest, team, "CA DB") == [1]
    assert values(rest, team, "CD AB") == [0]


def test_pairs_within_history_are_settled() -> None:
    assert values(rest, problem(weeks=1, history="A A"), "B") == [0]


def test_restful_roles_do_not_count() -> None:
    pair = rotation("ABCD", "primary", Role("secondary", restful=True))
    # A: primary then secondary, restful. B: secondary, then primary. C: primary twice.
    team = problem(pair, weeks=4)
    assert values(rest, team, "AB BA CD CA") == [1]
    assert values(rest, problem(pair, weeks=1, history="BA"), "AB") == [0]


def test_rotations_count_together() -> None:
    team = problem(rotation("ABC"), rotation("ABC", name="s"), weeks=2)
    assert values(rest, team, "AB CA") == [1]
