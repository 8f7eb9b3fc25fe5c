"""Fewest duty days on own festivals, primary twice; then few hold the same festival again."""

from planner.rules import festivals
from tests.build import problem, rotation, values

PAIR = rotation("AB", "primary", "secondary")


def test_days_of_a_primary_count_double() -> None:
    # Days 1 and 2 lie in week 0.
    team = problem(rotation("AB"), weeks=2, festivals={"A": [("f", 1, 2)]})
    assert values(festivals, team, "A B") == [4, 0]
    assert values(festivals, team, "B A") == [0, 0]


def test_days_of_a_secondary_count_once() -> None:
    team = problem(PAIR, weeks=2, festivals={"A": [("f", 1, 2)]})
    assert values(festivals, team, "BA AB") == [2, 0]


def test_only_days_within_the_duty_week_count() -> None:
    # Day 6 is the Sunday of week 0, days 7 and 8 begin week 1.
    team = problem(rotation("AB"), weeks=2, festivals={"A": [("f", 6, 8)]})
    assert values(festivals, team, "A B") == [2, 0]
    assert values(festivals, team, "B A") == [4, 0]


def test_a_day_of_two_festivals_is_one_day() -> None:
    team = problem(rotation("AB"), weeks=1, festivals={"A": [("f", 1, 2), ("g", 2, 3)]})
    assert values(festivals, team, "A") == [6, 0]


def test_everybody_has_their_own() -> None:
    team = problem(rotation("AB"), weeks=2, festivals={"A": [("f", 1, 1)], "B": [("g", 8, 9)]})
    assert values(festivals, team, "A B") == [2 + 4, 0]
    assert values(festivals, team, "B A") == [0, 0]


def test_the_same_festival_again() -> None:
    times = {"A": [("f", -3, -3), ("f", 1, 1)], "B": [("f", -3, -3), ("f", 1, 1)]}
    team = problem(rotation("AB"), weeks=1, history="A", festivals=times)
    assert values(festivals, team, "A") == [2, 1]
    assert values(festivals, team, "B") == [2, 0]


def test_another_festival_is_not_the_same_again() -> None:
    times = {"A": [("f", -3, -3), ("g", 1, 1)]}
    team = problem(rotation("AB"), weeks=1, history="A", festivals=times)
    assert values(festivals, team, "A") == [2, 0]


def test_only_the_previous_occurrence_counts() -> None:
    # A held f two occurrences ago (week −2), B the previous one (week −1).
    times = {"A": [("f", -14, -14), ("f", -7, -7), ("f", 1, 1)]}
    team = problem(rotation("AB"), weeks=1, history="A B", festivals=times)
    assert values(festivals, team, "A") == [2, 0]


def test_both_occurrences_in_the_planned_weeks() -> None:
    times = {"A": [("f", 1, 1), ("f", 15, 15)]}
    team = problem(rotation("AB"), weeks=3, festivals=times)
    assert values(festivals, team, "A B A") == [4, 1]
    assert values(festivals, team, "A B B") == [2, 0]


def test_what_lies_wholly_in_history_is_settled() -> None:
    times = {"A": [("f", -14, -14), ("f", -7, -7)]}
    team = problem(rotation("AB"), weeks=1, history="A A", festivals=times)
    assert values(festivals, team, "A") == [0, 0]


def test_any_role_holds_a_festival() -> None:
    times = {"A": [("f", -3, -3), ("f", 1, 1)]}
    team = problem(PAIR, weeks=1, history="AB", festivals=times)
    assert values(festivals, team, "BA") == [1, 1]
