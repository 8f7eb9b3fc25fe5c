"""A junior primary has a senior secondary."""

from planner.domain import Role
from planner.rules import mentoring
from tests.build import broken, engineer, problem, rotation

PEOPLE = [
    engineer("A", level="senior"),
    engineer("B", level="senior"),
    engineer("C", level="junior"),
    engineer("D", level="junior"),
    engineer("E"),
]
PAIR = rotation("ABCDE", "primary", "secondary")
MENTORS = {"mentoring": True}


def test_a_junior_beside_a_senior() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "CA DB") == []


def test_a_junior_beside_a_junior() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "CA DC") == [(1, "D")]


def test_no_level_is_neither_junior_nor_senior() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "CE EC") == [(0, "C")]


def test_a_senior_primary_needs_nobody() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "AC BD") == []


def test_nothing_is_asked_of_a_team_that_does_not_mentor() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE)
    assert broken(mentoring, team, "CD DC") == []


def test_a_secondary_that_stays_open_supports_nobody() -> None:
    pair = rotation("ABCDE", "primary", Role("secondary", optional=True))
    team = problem(pair, weeks=2, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "C. A.") == [(0, "C")]


def test_a_secondary_that_does_not_run_that_week_supports_nobody() -> None:
    # In five weeks from 1 July, only week 4 is a month-end week.
    pair = rotation("ABCDE", "primary", Role("secondary", weeks="month-end"))
    team = problem(pair, weeks=5, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "A B A E CB") == []
    assert broken(mentoring, team, "A C A E CB") == [(1, "C")]


def test_the_senior_sits_in_the_same_rotation() -> None:
    two = (PAIR, rotation("ABCDE", "primary", "secondary", name="s"))
    team = problem(*two, weeks=1, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "CADB") == []
    assert broken(mentoring, team, "CEAB") == [(0, "C")]


def test_rotations_without_a_secondary_ask_nothing() -> None:
    team = problem(rotation("ABCD"), weeks=1, engineers=PEOPLE, settings=MENTORS)
    assert broken(mentoring, team, "C") == []
