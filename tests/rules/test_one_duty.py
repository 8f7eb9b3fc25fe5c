"""At most one duty per engineer and week, over all rotations."""

from planner.rules import one_duty
from tests.build import broken, problem, rotation


def test_different_people_in_one_week() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2)
    assert broken(one_duty, team, "AB BA") == []


def test_primary_and_secondary_at_once() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2)
    assert broken(one_duty, team, "AB CC") == [(1, "C")]


def test_two_rotations_at_once() -> None:
    team = problem(rotation("AB"), rotation("AB", name="s"), weeks=2)
    assert broken(one_duty, team, "AB BA") == []
    assert broken(one_duty, team, "AB AA") == [(1, "A")]


def test_open_duties_are_nobodys() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2)
    assert broken(one_duty, team, ".. AB") == []


def test_the_same_person_in_different_weeks_is_another_rules_matter() -> None:
    assert broken(one_duty, problem(rotation("AB"), weeks=3), "A A A") == []
