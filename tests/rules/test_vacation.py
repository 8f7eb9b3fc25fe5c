"""Nobody holds a duty in a week in which they are away on any day of it."""

import pytest

from planner.rules import vacation
from tests.build import away, broken, problem, rotation

TEAM = rotation("ABC")


@pytest.mark.parametrize(
    ("first", "last"), [(7, 13), (0, 7), (13, 13), (10, 30), (0, 30), (10, 10)]
)
def test_any_day_of_the_week_blocks_it(first: int, last: int) -> None:
    # Week 1 has the days 7 to 13, both included.
    team = problem(TEAM, weeks=3, vacations=(away("B", first, last),))
    assert broken(vacation, team, "A B C") == [(1, "B")]


@pytest.mark.parametrize(("first", "last"), [(0, 6), (14, 20)])
def test_neighbouring_weeks_are_free(first: int, last: int) -> None:
    team = problem(TEAM, weeks=3, vacations=(away("B", first, last),))
    assert broken(vacation, team, "A B C") == []


@pytest.mark.parametrize("kind", ["annual", "sick", "emergency", "parental"])
def test_every_kind_blocks(kind: str) -> None:
    team = problem(TEAM, weeks=3, vacations=(away("B", 8, 9, kind),))
    assert broken(vacation, team, "A B C") == [(1, "B")]


def test_somebody_else_may_take_the_week() -> None:
    team = problem(TEAM, weeks=3, vacations=(away("B", 7, 13),))
    assert broken(vacation, team, "A C B") == []


def test_every_role_counts() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2, vacations=(away("B", 9),))
    assert broken(vacation, team, "AB CB") == [(1, "B")]


def test_a_week_is_seven_days_from_its_handover_day() -> None:
    # Away from Sunday of week 0 to Monday of week 1: both weeks are blocked.
    team = problem(TEAM, weeks=2, vacations=(away("A", 6, 7),))
    assert broken(vacation, team, "A B") == [(0, "A")]
    assert broken(vacation, team, "B A") == [(1, "A")]
