"""Agreed swaps and locked duties stand."""

from planner.domain import Role
from planner.rules import agreed
from tests.build import broken, lock, problem, rotation, swap


def test_a_swap_moves_one_duty() -> None:
    team = problem(weeks=2, swaps=(swap("A", 0, "B"),))
    assert broken(agreed, team, "B A") == []
    assert broken(agreed, team, "A B") == [(0, "B")]


def test_a_swap_with_a_week_in_return_moves_two() -> None:
    team = problem(weeks=4, swaps=(swap("B", 1, "D", for_week=3),))
    assert broken(agreed, team, "A D C B") == []
    assert broken(agreed, team, "A B C D") == [(1, "D"), (3, "B")]
    assert broken(agreed, team, "A D C A") == [(3, "B")]


def test_a_swap_that_is_not_agreed_binds_nobody() -> None:
    team = problem(weeks=2, swaps=(swap("A", 0, "B", agreed=False),))
    assert broken(agreed, team, "A B") == []


def test_a_swap_names_its_role_and_rotation() -> None:
    two = (rotation("ABC", "primary", "secondary"), rotation("ABC", name="s"))
    team = problem(*two, weeks=1, swaps=(swap("A", 0, "B", role="secondary"),))
    assert broken(agreed, team, "ABC") == []
    assert broken(agreed, team, "BAC") == [(0, "B")]
    team = problem(*two, weeks=1, swaps=(swap("A", 0, "B", in_rotation="s"),))
    assert broken(agreed, team, "ACB") == []
    assert broken(agreed, team, "BAC") == [(0, "B")]


def test_a_swap_outside_the_planned_weeks_asks_nothing_of_them() -> None:
    team = problem(weeks=2, swaps=(swap("A", 5, "B", for_week=1), swap("A", -1, "B")))
    assert broken(agreed, team, "B A") == []
    assert broken(agreed, team, "A B") == [(1, "A")]


def test_a_swap_of_a_duty_that_does_not_exist_that_week() -> None:
    extra = Role("extra", weeks="month-end")
    team = problem(
        rotation("ABC", "primary", extra), weeks=1, swaps=(swap("A", 0, "B", role="extra"),)
    )
    assert broken(agreed, team, "A") == []


def test_a_lock_stands() -> None:
    team = problem(weeks=2, locked=[lock(1, "C")])
    assert broken(agreed, team, "A C") == []
    assert broken(agreed, team, "A B") == [(1, "C")]


def test_an_open_duty_breaks_a_lock() -> None:
    assert broken(agreed, problem(weeks=2, locked=[lock(1, "C")]), "A .") == [(1, "C")]
